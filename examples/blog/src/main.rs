//! Prints the page of all authors, from one query.

use djq_runtime::rusqlite::Connection;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connection = Connection::open(concat!(env!("CARGO_MANIFEST_DIR"), "/db.sqlite3"))?;
    for author in blog::queries::authors_page(&connection)? {
        println!("{} ({})", author.name, author.company.as_deref().unwrap_or("no company"));
        for entry in author.entries {
            let date = entry.pub_date.map_or("undated".to_owned(), |date| date.strftime("%Y-%m-%d").to_string());
            println!("  {date}  {}, {} comments", entry.title, entry.comments);
        }
    }
    Ok(())
}
