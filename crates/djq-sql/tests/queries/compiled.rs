//! From the text of a query to its SQL.

use djq_check::{Context, check};
use djq_diagnostics::{Diagnostic, SourceMap};
use djq_plan::plan::Plan;
use djq_schema::{Schema, Snapshot};
use djq_sql::{
    Rendered, compile,
    dialect::{DialectId, Options, dialect},
};
use std::sync::OnceLock;

/// The blog example's schema.
pub(crate) fn blog() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let snapshot =
            Snapshot::parse(include_str!("../../../../examples/blog/schema.json")).unwrap();
        Schema::from_snapshot(&snapshot).unwrap()
    })
}

/// The plan of a text's only query.
pub(crate) fn plan(text: &str) -> Plan {
    let mut files = SourceMap::default();
    let file = files.add("test.djq", text);
    let parsed = djq_syntax::parse(file, text);
    let checked = check(&parsed.ast, blog(), &Context::default());
    let mut problems = parsed.diagnostics;
    problems.extend(checked.diagnostics);
    problems.retain(Diagnostic::is_error);
    assert!(
        problems.is_empty(),
        "{}",
        djq_diagnostics::render(&problems, &files, false)
    );
    djq_plan::plan(&checked.queries[0], blog())
}

/// Its SQL in a dialect.
pub(crate) fn rendered(id: DialectId, plan: &Plan, options: Options) -> Rendered {
    compile(plan, &*dialect(id, options)).unwrap_or_else(|problems| {
        panic!(
            "{id}: {:#?}",
            problems
                .iter()
                .map(|problem| (&problem.message, &problem.primary.message))
                .collect::<Vec<_>>()
        )
    })
}

/// The names of the codes that the dialects raise for a text's only query.
pub(crate) fn refusals(text: &str) -> Vec<&'static str> {
    let plan = plan(text);
    DialectId::ALL
        .into_iter()
        .filter_map(|id| compile(&plan, &*dialect(id, Options::default())).err())
        .flatten()
        .map(|problem| problem.code.name)
        .collect()
}

/// The text of all statements.
pub(crate) fn text(rendered: &Rendered) -> String {
    let statements: Vec<&str> = rendered
        .statements
        .iter()
        .map(|statement| &*statement.pieces[0].sql)
        .collect();
    statements.join("\n\n")
}
