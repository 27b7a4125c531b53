//! Every example of the catalogue compiles; of a function that is not there yet, it says so.

mod support;

use djq_check::functions::{Callable, Category, all};

#[test]
fn examples_compile() {
    let mut wrong = Vec::new();
    for entry in all() {
        let text = format!(
            "query example() {{\n  from Entry\n  select {} as x\n}}\n",
            entry.example
        );
        let raised = support::codes(&text);
        let expected: &[&str] = match entry.callable {
            // The blog has no JSON field for these to read.
            Callable::Later(_) if entry.category == Category::Json => continue,
            Callable::Later(_) => &["not-yet"],
            _ => &[],
        };
        if raised != expected {
            wrong.push(format!(
                "{}: {raised:?}\n{}",
                entry.name,
                support::rendered(&text)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
