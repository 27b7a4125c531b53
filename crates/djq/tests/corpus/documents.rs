//! Code in Markdown: every block marked `djq` that is whole items compiles, and every server takes its SQL.

use crate::case::{self, Project, root};
use crate::databases;
use djq_client::Access;
use djq_compiler::{Program, Settings};
use djq_sql::dialect::DialectId;

/// A block of code and where it stands.
struct Block {
    place: String,
    text: String,
    project: Project,
}

pub(crate) fn check() -> Vec<String> {
    let mut wrong = Vec::new();
    let blocks: Vec<Block> = case::files("md")
        .iter()
        .flat_map(|path| blocks(path))
        .collect();
    for project in Project::ALL.into_iter().chain([Project::Django]) {
        if blocks.iter().all(|block| block.project != project) {
            continue;
        }
        let mut connections = DialectId::ALL.map(|dialect| {
            // Some of it writes; it is prepared, and not run.
            (
                dialect,
                databases::open_with(project, dialect, Access::Write),
            )
        });
        for block in blocks.iter().filter(|block| block.project == project) {
            let program = Program::from_text(&block.place, &block.text);
            for file in
                djq_compiler::compile(&program, project.schema(), &Settings::of(DialectId::ALL))
            {
                if file
                    .diagnostics
                    .iter()
                    .any(djq_diagnostics::Diagnostic::is_error)
                {
                    wrong.push(djq_diagnostics::render(
                        &file.diagnostics,
                        &program.sources,
                        false,
                    ));
                }
                for query in &file.queries {
                    for (dialect, connection) in &mut connections {
                        for statement in query.sql(*dialect).iter().flat_map(|sql| &sql.statements)
                        {
                            // With all parameters given, and with none.
                            for given in [true, false] {
                                let text = statement.text(&mut |guard| {
                                    guard.holds(&mut |atom| {
                                        given && matches!(atom, djq_check::Guard::Given(_))
                                    })
                                });
                                if let Err(error) = connection.prepare(&text.sql) {
                                    let (place, sql) = (&block.place, &text.sql);
                                    wrong.push(format!("{place} on {dialect}: {error}\n{sql}"));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    eprintln!("{} blocks of code in documents", blocks.len());
    if blocks.is_empty() {
        wrong.push("no document has a block of djq".into());
    }
    wrong
}

/// The blocks of a document that begin with an item.
fn blocks(path: &str) -> Vec<Block> {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    let project = if path.starts_with("examples/shop/") {
        Project::Shop
    } else if path.starts_with("tests/tpch/") {
        Project::Tpch
    } else if path.starts_with("tests/types/") {
        Project::Types
    } else if path.starts_with("tests/django/") {
        Project::Django
    } else if path.starts_with("tests/rules/") {
        Project::Rules
    } else {
        Project::Blog
    };
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.trim() != "```djq" {
            continue;
        }
        let block: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| line.trim() != "```")
            .collect();
        let is_item = |line: &&&str| {
            ["query ", "view ", "def ", "use ", "@["]
                .iter()
                .any(|word| line.starts_with(word))
        };
        let first = block
            .iter()
            .find(|line| !line.trim().is_empty() && !line.starts_with('#'));
        if first.as_ref().is_some_and(is_item) {
            found.push(Block {
                place: format!("{path}:{}", number + 1),
                text: block.join("\n"),
                project,
            });
        }
    }
    found
}
