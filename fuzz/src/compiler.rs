//! The whole compiler: what is checked has SQL on each dialect, or a diagnostic of that dialect.

use super::{Project, parser::presentable};
use djq_codegen::Unit;
use djq_compiler::{CompiledFile, LintLevel, Program, Settings, pieces};
use djq_plan::plan::Nesting;
use djq_sql::{
    dialect::{DialectId, Options, dialect},
    render,
};

/// No panic on any dialect, with either collation and either way of nesting; a query without SQL for a dialect has a
/// diagnostic that says why; compiled again, and compiled from its formatted text, it is the same SQL.
pub fn compiler(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let project = Project::of(text);
    let Some(levels) = compile(text, project, &settings(Nesting::Levels, false)) else {
        return;
    };
    for query in &levels.queries {
        let interface = &query.hir.interface;
        for (_, sql) in &query.sql {
            let _ = pieces::statements(sql, interface);
            let _ = pieces::examples(sql, interface);
        }
        if let Some(sql) = query.sql(DialectId::Sqlite) {
            let unit = Unit {
                interface,
                sql,
                source: "fuzz.djq:1",
            };
            let _ = djq_codegen::rust(&[unit], project.schema());
        }
        // The plan that follows the clauses one by one is legal or refused as well.
        let naive = djq_plan::plan_clause_by_clause(&query.hir, project.schema());
        for id in DialectId::ALL {
            let dialect = dialect(
                id,
                Options {
                    exact_collation: false,
                    use_tz: project.schema().use_tz,
                },
            );
            let _ = djq_sql::legalize(&naive, &*dialect).map(render);
        }
    }
    let formatted = djq_syntax::format(text);
    let again = match &formatted {
        Ok(formatted) => formatted,
        Err(_) => text,
    };
    let again = compile(again, project, &settings(Nesting::Levels, false));
    assert_eq!(
        Some(sql(&levels)),
        again.as_ref().map(sql),
        "other SQL the second time, or from the formatted text"
    );
    let json = compile(text, project, &settings(Nesting::Json, true));
    assert!(json.is_some(), "an error of the settings");
}

/// The settings under which most compiles: no lint is an error.
pub(super) fn settings(nesting: Nesting, exact_collation: bool) -> Settings {
    let lints = djq_diagnostics::codes::ALL.iter();
    Settings {
        nesting,
        exact_collation,
        lints: lints
            .map(|code| (code.name.to_owned(), LintLevel::Allow))
            .collect(),
        ..Settings::of(DialectId::ALL)
    }
}

/// The file, if it has queries, with each promise of the compiler looked at.
fn compile(text: &str, project: Project, settings: &Settings) -> Option<CompiledFile> {
    let program = Program::from_text("fuzz.djq", text);
    let file = djq_compiler::compile(&program, project.schema(), settings).pop()?;
    presentable(&file.diagnostics, &program.sources);
    if file.queries.is_empty() {
        return None;
    }
    let errors = file.diagnostics.iter().any(|found| found.is_error());
    for query in &file.queries {
        for id in DialectId::ALL {
            match query.sql(id) {
                None => assert!(
                    errors,
                    "no SQL for {id}, and nothing said: {}",
                    query.name()
                ),
                Some(sql) => {
                    assert!(!sql.statements.is_empty(), "no statement for {id}");
                    for piece in sql
                        .statements
                        .iter()
                        .flat_map(|statement| &statement.pieces)
                    {
                        assert!(
                            piece.places.is_empty() || piece.places.len() == piece.slots.len(),
                            "places and slots differ for {id}"
                        );
                    }
                }
            }
        }
    }
    Some(file)
}

fn sql(file: &CompiledFile) -> Vec<String> {
    let all = file.queries.iter().flat_map(|query| &query.sql);
    all.map(|(id, sql)| format!("{id}: {:?}", sql.statements))
        .collect()
}
