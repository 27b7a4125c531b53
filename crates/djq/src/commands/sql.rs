//! `djq sql`: the SQL of queries, for all dialects or one, and why each join is there.

use crate::{
    args::Sql,
    compiling::{self, Wanted},
    failure::Failure,
    output,
    project::Project,
};
use djq_check::Interface;
use djq_compiler::{CompiledQuery, pieces};
use djq_plan::plan::{JoinKind, Plan};
use djq_sql::Rendered;
use std::fmt::Write;

pub(crate) fn run(project: &Project, args: &Sql) -> Result<(), Failure> {
    let schema = project.schema()?;
    let wanted = args.query.as_deref().map(Wanted::parse);
    let program = compiling::program(project, wanted.as_ref(), args.expression.as_deref())?;
    let name = wanted.as_ref().and_then(|wanted| wanted.query.as_deref());
    let queries = compiling::queries(
        project,
        &program,
        &schema,
        &compiling::settings(project),
        name,
    )?;
    let several = queries.len() > 1;
    let mut text = String::new();
    for query in &queries {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&of_query(query, several, args.why));
    }
    output::print(&text);
    Ok(())
}

/// The SQL of one query for each dialect, with a heading where there is more than one of anything.
fn of_query(query: &CompiledQuery, several: bool, why: bool) -> String {
    let mut text = String::new();
    let headings = several || query.sql.len() > 1;
    for (index, (dialect, sql)) in query.sql.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if headings {
            let name = if several {
                format!("{}, ", query.name())
            } else {
                String::new()
            };
            let _ = writeln!(text, "-- {name}{}", dialect.title());
        }
        text.push_str(&statements(sql, &query.hir.interface));
    }
    if why {
        let _ = write!(text, "\n{}", self::why(query));
    }
    text
}

/// The SQL for each dialect that the query was compiled for.
pub(crate) fn all(query: &CompiledQuery) -> String {
    of_query(query, false, false)
}

/// The implied joins, or that there are none.
pub(crate) fn why(query: &CompiledQuery) -> String {
    let reasons = reasons(&query.plan, &query.hir.interface);
    if reasons.is_empty() {
        "-- no join is implied\n".to_owned()
    } else {
        format!("-- the implied joins\n{reasons}")
    }
}

/// A query's statements, ended by semicolons; guarded ones as pieces, and with all and with no parameters given.
pub(crate) fn statements(sql: &Rendered, interface: &Interface) -> String {
    let mut text = pieces::statements(sql, interface);
    if let Some([given, none]) = pieces::examples(sql, interface) {
        let _ = write!(
            text,
            "\n-- with every parameter given\n{given}\n-- with as few as can be\n{none}"
        );
    }
    text
}

/// Each implied join: its table, its path, its kind, and why that kind.
fn reasons(plan: &Plan, interface: &Interface) -> String {
    let mut text = String::new();
    for table in &plan.tables {
        if let Some(reason) = &table.reason {
            let kind = match reason.kind {
                JoinKind::Inner => "inner",
                JoinKind::Left => "left",
                JoinKind::Right => "right",
                JoinKind::Full => "full",
                JoinKind::Cross => "cross",
            };
            let _ = writeln!(
                text,
                "-- {} for `{}`: {kind}, since {}{}",
                table.alias,
                reason.path,
                reason.because,
                reason.guard.as_ref().map_or_else(String::new, |guard| {
                    format!("; only when {}", pieces::guard(guard, interface))
                })
            );
        }
    }
    text
}
