//! The catalogue's examples, run on every database that they compile for, and `docs/functions.md`, which is made of them.

use crate::case::{Project, root};
use crate::rows::{self, Order, Tolerance};
use crate::{databases, snapshot};
use djq_check::NullReason;
use djq_check::functions::{self, Callable, Category, Entry, FunctionId, Nulls};
use djq_compiler::{Program, Settings};
use djq_diagnostics::Diagnostic;
use djq_sql::{Rendered, dialect::DialectId};
use std::fmt::Write;
use std::sync::OnceLock;

const PATH: &str = "docs/functions.md";

/// What is different at every call, or when it is called.
const UNSTEADY: [&str; 4] = ["now", "today", "random", "uuid_v4"];

/// What needs an index or an extension that the blog has not: `snapshots/search` runs it.
const ELSEWHERE: [&str; 3] = ["search", "search_rank", "similarity"];

/// An example, compiled.
struct Example {
    entry: &'static Entry,
    query: djq_compiler::CompiledQuery,
    /// For each dialect its SQL, or why it has none.
    answers: Vec<(DialectId, Result<Answer, String>)>,
}

/// A dialect's SQL of an example.
struct Answer {
    /// The expression alone.
    sql: String,
    /// What the runtime registers for it.
    functions: Vec<&'static str>,
}

pub(crate) fn check() -> Vec<String> {
    let mut wrong = Vec::new();
    let mut examples = Vec::new();
    let there = functions::all();
    for entry in there {
        match example(entry) {
            Ok(example) => examples.push(example),
            Err(error) => wrong.push(format!("the example of `{}`: {error}", entry.name)),
        }
    }
    wrong.extend(run(&examples));
    wrong.extend(document(&examples).err());
    wrong
}

/// Whether a database has what a reason to be null names: of a function, SQL for its example.
pub(crate) fn has(reason: NullReason, dialect: DialectId) -> bool {
    static WITHOUT: OnceLock<Vec<(Callable, DialectId)>> = OnceLock::new();
    let callable = match reason {
        // No call writes them.
        NullReason::Function(FunctionId::ArrayGet | FunctionId::HStoreGet) => {
            return dialect == DialectId::Postgres;
        }
        NullReason::Function(id) => Callable::Function(id),
        NullReason::Aggregate(id) => Callable::Aggregate(id),
        NullReason::Window(id) => Callable::Window(id),
        _ => return true,
    };
    let without = WITHOUT.get_or_init(|| {
        let examples = functions::all().filter_map(|entry| example(entry).ok());
        let answers = examples.flat_map(|example| {
            let callable = example.entry.callable;
            let refused = example
                .answers
                .into_iter()
                .filter(|(_, answer)| answer.is_err());
            refused.map(move |(dialect, _)| (callable, dialect))
        });
        answers.collect()
    });
    !without.contains(&(callable, dialect))
}

/// The query that an example is, with rows whose order is known: an expression over `Entry`, or a whole pipeline.
fn example(entry: &'static Entry) -> Result<Example, String> {
    let order = match entry.category {
        Category::Aggregates => "",
        _ => " order by id",
    };
    let text = if entry.example.starts_with("from ") {
        format!("query example() {{ {} }}", entry.example)
    } else {
        format!(
            "query example() {{ from Entry select {} as value{order} }}",
            entry.example
        )
    };
    let program = Program::from_text("example", &text);
    let compile = |exact_collation| {
        let settings = Settings {
            exact_collation,
            ..Settings::of(DialectId::ALL)
        };
        djq_compiler::compile(&program, Project::Blog.schema(), &settings)
            .into_iter()
            .next()
    };
    let plain = compile(false).ok_or("it gives no file")?;
    let of_a_dialect = |diagnostic: &&Diagnostic| {
        DialectId::ALL
            .iter()
            .any(|dialect| diagnostic.message.contains(dialect.title()))
    };
    if let Some(error) = plain
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.is_error() && !of_a_dialect(diagnostic))
    {
        return Err(error.message.clone());
    }
    let query = plain
        .queries
        .into_iter()
        .next()
        .ok_or("it gives no query")?;
    let answers = DialectId::ALL.map(|dialect| {
        let refusal = plain
            .diagnostics
            .iter()
            .find(|diagnostic| diagnostic.message.contains(dialect.title()));
        let answer = match (query.sql(dialect), refusal) {
            (Some(sql), _) => Ok(Answer {
                sql: expression(sql),
                functions: sql.functions.clone(),
            }),
            (None, Some(refusal)) => {
                // Of several dialects, each that says it otherwise does so in a note.
                let own = format!("{}: ", dialect.title());
                let mut notes = refusal.notes.iter();
                let why = notes
                    .find_map(|note| note.strip_prefix(&*own))
                    .unwrap_or(&refusal.primary.message);
                Err(match &refusal.help {
                    Some(help) => format!("{why}; write {help}"),
                    None => why.to_owned(),
                })
            }
            (None, None) => Err("it does not compile".into()),
        };
        (dialect, answer)
    });
    // Text is compared as every database compares it.
    let exact = compile(true)
        .and_then(|file| file.queries.into_iter().next())
        .ok_or("it does not compile where text is compared exactly")?;
    Ok(Example {
        entry,
        query: exact,
        answers: answers.into(),
    })
}

/// The expression of a query of one column, on one line.
fn expression(sql: &Rendered) -> String {
    let text: String = sql
        .statements
        .iter()
        .flat_map(|statement| &statement.pieces)
        .map(|piece| &*piece.sql)
        .collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ").replace("( ", "(").replace(" )", ")");
    line.strip_prefix("SELECT ")
        .and_then(|rest| rest.rsplit_once(" AS value FROM "))
        .map_or(line.clone(), |(expression, _)| expression.to_owned())
}

/// Runs every example on every database that it compiles for, and compares the rows.
fn run(examples: &[Example]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut runs = 0;
    let schema = Project::Blog.schema();
    let mut connections =
        DialectId::ALL.map(|dialect| (dialect, databases::open(Project::Blog, dialect)));
    for example in examples {
        let name = example.entry.name;
        let order = Order::of(&example.query.plan);
        if ELSEWHERE.contains(&name) {
            continue;
        }
        let mut first: Option<(DialectId, Vec<Vec<rows::Cell>>)> = None;
        for (dialect, connection) in &mut connections {
            let Some(sql) = example.query.sql(*dialect) else {
                continue;
            };
            match djq_client::run(connection, schema, sql, &[]) {
                Ok(found) => {
                    runs += 1;
                    let mut broken = Vec::new();
                    rows::broken_promises(&example.query.hir.interface.row, &found, &mut broken);
                    if !broken.is_empty() {
                        wrong.push(format!(
                            "`{name}` on {dialect} is null, and should never be"
                        ));
                    }
                    let mut cells = rows::cells(&found);
                    rows::settle(&mut cells, &order);
                    match &first {
                        _ if UNSTEADY
                            .iter()
                            .any(|word| example.entry.example.contains(word)) => {}
                        None => first = Some((*dialect, cells)),
                        Some((whose, wanted)) => {
                            if let Some(difference) =
                                rows::difference(wanted, &cells, Tolerance::SQLITE)
                            {
                                wrong.push(format!(
                                    "`{name}`: {dialect} differs from {whose}: {difference}"
                                ));
                            }
                        }
                    }
                }
                Err(error) => wrong.push(format!("`{name}` on {dialect}: {error}")),
            }
        }
    }
    eprintln!(
        "{} functions, {runs} runs of their examples",
        examples.len()
    );
    wrong
}

fn document(examples: &[Example]) -> Result<(), String> {
    let new = written(examples).map_err(|error| error.to_string())?;
    let path = root().join(PATH);
    if snapshot::update() {
        std::fs::create_dir_all(root().join("docs")).map_err(|error| error.to_string())?;
        return std::fs::write(path, new).map_err(|error| error.to_string());
    }
    match std::fs::read_to_string(path) {
        Ok(text) if text == new => Ok(()),
        _ => Err(format!(
            "{PATH} is stale; its first lines say what writes it"
        )),
    }
}

fn written(examples: &[Example]) -> Result<String, std::fmt::Error> {
    let mut text = String::from(
        "# Functions\n\n\
         <!-- Made from the catalogue by `INSTA_UPDATE=always cargo test -p djq --test corpus functions`. -->\n\n\
         Every function and aggregate, with what Django calls it and its SQL on each database. Each example is an expression over\n\
         `Entry` of `examples/blog`; the tests run it on every database that has SQL here, and all give the same rows. Where a database has\n\
         none, the compiler says so, with what stands here instead. A function that a plain SQLite connection lacks is marked\n\
         *registered*: `djq-runtime` makes it known to the connection.\n",
    );
    let mut categories: Vec<Category> = examples
        .iter()
        .map(|example| example.entry.category)
        .collect();
    categories.sort_unstable();
    categories.dedup();
    writeln!(text, "\n| | | Django | on |\n| --- | --- | --- | --- |")?;
    for example in of_categories(examples, &categories) {
        let entry = example.entry;
        let on: Vec<&str> = example
            .answers
            .iter()
            .filter(|(_, answer)| answer.is_ok())
            .map(|(dialect, _)| dialect.title())
            .collect();
        writeln!(
            text,
            "| [`{0}`](#{0}) | {1} | {2} | {3} |",
            entry.name,
            entry.category.title(),
            django(entry),
            if on.len() == DialectId::ALL.len() {
                "all".to_owned()
            } else {
                on.join(", ")
            }
        )?;
    }
    for category in categories {
        writeln!(text, "\n## {}", category.title())?;
        for example in of_categories(examples, &[category]) {
            entry(&mut text, example)?;
        }
    }
    Ok(text)
}

fn of_categories<'a>(
    examples: &'a [Example],
    categories: &[Category],
) -> impl Iterator<Item = &'a Example> {
    categories.iter().flat_map(|category| {
        examples
            .iter()
            .filter(|example| example.entry.category == *category)
    })
}

fn django(entry: &Entry) -> String {
    entry
        .django
        .map_or(String::new(), |name| format!("`{name}`"))
}

fn entry(text: &mut String, example: &Example) -> std::fmt::Result {
    let entry = example.entry;
    let nulls = match entry.nulls {
        Nulls::Strict => "Null where an argument is.",
        Nulls::Partial => "Null where an argument is, and where there is no answer.",
        Nulls::First => "Null where its first argument is.",
        Nulls::Never => "Never null.",
        Nulls::All => "Null where all its arguments are.",
        Nulls::May => "May be null.",
        Nulls::Empty => "Null over no rows.",
    };
    writeln!(text, "\n### {}\n", entry.name)?;
    writeln!(text, "`{}`\n", entry.signature())?;
    writeln!(text, "{} {nulls}", entry.doc)?;
    if let Some(django) = entry.django {
        writeln!(text, "Django: `{django}`.")?;
    }
    writeln!(text, "\n| `{}` | |\n| --- | --- |", in_cell(entry.example))?;
    for (dialect, answer) in &example.answers {
        match answer {
            Ok(answer) => {
                let registered = if answer.functions.is_empty() {
                    String::new()
                } else {
                    format!(" *registered*: `{}`", answer.functions.join("`, `"))
                };
                writeln!(
                    text,
                    "| {} | `{}`{registered} |",
                    dialect.title(),
                    in_cell(&answer.sql)
                )?;
            }
            Err(why) => writeln!(text, "| {} | none: {} |", dialect.title(), in_cell(why))?,
        }
    }
    Ok(())
}

/// A bar would end the cell.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|")
}
