//! Every example of the catalogue compiles.

mod support;

use djq_check::functions::all;

#[test]
fn examples_compile() {
    let mut wrong = Vec::new();
    for entry in all() {
        let text = if entry.example.starts_with("from ") {
            format!("query example() {{\n  {}\n}}\n", entry.example)
        } else {
            format!(
                "query example() {{\n  from Entry\n  select {} as x\n}}\n",
                entry.example
            )
        };
        let raised = support::codes(&text);
        if !raised.is_empty() {
            wrong.push(format!(
                "{}: {raised:?}\n{}",
                entry.name,
                support::rendered(&text)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
