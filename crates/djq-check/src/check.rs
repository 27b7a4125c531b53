//! The stage itself: a file in, its queries checked.

use crate::{
    Interface, RowField, RowShape, Ty, Type, cardinality,
    definition_checks::check_definitions,
    facts::Facts,
    hir,
    lints::{Level, at_level},
    names::Names,
    scope::{OutputColumn, OutputKind},
    selection::Wanted,
    sink::Problems,
    sizes::{MOST, too_many},
    walker::Walker,
    writing::first_write,
};
use djq_diagnostics::{Diagnostic, MOST_ERRORS, Span, codes, nearest};
use djq_schema::Schema;
use djq_syntax::ast;
use rustc_hash::FxHashMap;
use std::{collections::hash_map::Entry, sync::Arc};

/// What a file is checked with, beside the schema.
#[derive(Debug, Default)]
pub struct Context<'a> {
    /// The file's text, for fixes that move a piece of it; empty where there is none.
    pub text: &'a str,
    /// The files that `use "…"` names, by the path as written, and those that they use.
    pub imports: Vec<(&'a str, &'a ast::File)>,
    /// Levels of lints, by name, where the project says otherwise.
    pub levels: Vec<(Box<str>, Level)>,
}

/// A file, checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The queries that have no error, in order.
    pub queries: Vec<hir::Query>,
    /// The names of those that have.
    pub failed: Vec<Box<str>>,
    /// What each place means.
    pub facts: Facts,
    /// All problems, by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a file: names, types, nullability, cardinality.
#[must_use]
pub fn check(file: &ast::File, schema: &Schema, context: &Context<'_>) -> Checked {
    let mut problems = Problems::default();
    let mut checked = Checked::default();
    let mut names = Names::collect(schema, file, &context.imports, &mut problems);
    names.incomplete = check_imports(file, context, &mut problems);
    check_definitions(
        schema,
        &mut names,
        &mut problems,
        &mut checked.facts,
        &context.levels,
    );
    let mut queries: FxHashMap<&str, Span> = FxHashMap::default();
    let mut known = 0;
    let mut errors = 0;
    for item in &file.items {
        let levels = levels(item, context, &mut problems);
        let ast::ItemKind::Query(query) = &item.kind else {
            continue;
        };
        let new = problems.diagnostics.iter().skip(known);
        errors += new.filter(|found| found.is_error()).count();
        known = problems.diagnostics.len();
        if errors >= MOST_ERRORS {
            // Nobody reads more.
            checked.failed.push(query.name.text.clone());
            continue;
        }
        if !query.name.text.is_empty() {
            match queries.entry(&query.name.text) {
                Entry::Occupied(first) => {
                    problems.push(crate::names::duplicate("query", &query.name, *first.get()));
                }
                Entry::Vacant(free) => {
                    free.insert(query.name.span);
                }
            }
        }
        let docs = item.docs.as_ref().map(|docs| docs.text.clone());
        let done = check_query(
            query,
            docs,
            schema,
            &names,
            context.text,
            &levels,
            &mut problems,
        );
        checked.facts.append(done.facts);
        match done.query {
            Some(query) => checked.queries.push(query),
            None => checked.failed.push(query.name.text.clone()),
        }
    }
    checked.diagnostics = problems.diagnostics;
    checked
        .diagnostics
        .sort_by_key(|diagnostic| (diagnostic.primary.span.file, diagnostic.primary.span.start));
    checked
}

/// Whether a file is missing.
fn check_imports(file: &ast::File, context: &Context<'_>, problems: &mut Problems) -> bool {
    let known = problems.diagnostics.len();
    for item in &file.items {
        let ast::ItemKind::Use(ast::Use::File { path }) = &item.kind else {
            continue;
        };
        if !context
            .imports
            .iter()
            .any(|(known, _)| **known == *path.text)
        {
            problems.push(
                Diagnostic::new(
                    &codes::UNKNOWN_FILE,
                    path.span,
                    format!("there is no file `{}`", path.text),
                )
                .help("the path is relative to this file"),
            );
        }
    }
    problems.diagnostics.len() > known
}

/// The levels of lints for an item: the project's, then its own attributes'.
fn levels(
    item: &ast::Item,
    context: &Context<'_>,
    problems: &mut Problems,
) -> Vec<(Box<str>, Level)> {
    let mut levels = context.levels.clone();
    for attribute in &item.attributes {
        let Some(level) = Level::of(&attribute.level.text) else {
            problems.push(crate::names::with_nearest(
                Diagnostic::new(
                    &codes::UNKNOWN_LINT,
                    attribute.level.span,
                    format!("`{}` is not a level", attribute.level.text),
                )
                .help("write `allow`, `warn` or `deny`"),
                attribute.level.span,
                nearest(&attribute.level.text, ["allow", "warn", "deny"]),
            ));
            continue;
        };
        for lint in &attribute.lints {
            let known = || {
                codes::ALL
                    .iter()
                    .filter(|code| code.id.starts_with('L'))
                    .map(|code| code.name)
            };
            if known().any(|name| *name == *lint.text) {
                levels.push((lint.text.clone(), level));
            } else {
                problems.push(crate::names::with_nearest(
                    Diagnostic::new(
                        &codes::UNKNOWN_LINT,
                        lint.span,
                        format!("there is no lint `{}`", lint.text),
                    ),
                    lint.span,
                    nearest(&lint.text, known()),
                ));
            }
        }
    }
    levels
}

#[derive(Default)]
struct Done {
    query: Option<hir::Query>,
    facts: Facts,
}

fn check_query<'a>(
    query: &'a ast::Query,
    docs: Option<Box<str>>,
    schema: &'a Schema,
    names: &'a Names<'a>,
    text: &'a str,
    levels: &[(Box<str>, Level)],
    problems: &mut Problems,
) -> Done {
    if query.parameters.len() > MOST {
        let count = query.parameters.len();
        problems.push(too_many(count, query.name.span, "parameters"));
        return Done::default();
    }
    let mut known: Vec<(Box<str>, Option<Ty>)> = Vec::new();
    loop {
        let mut walker = Walker::new(schema, names, 0);
        walker.levels = levels.to_vec();
        walker.text = (query.name.span.file, text);
        walker.header = (!query.name.text.is_empty()).then_some(query.name.span);
        walker.facts = Facts::with_capacity(8 * query.body.clauses.len());
        walker.bare = query.name.text.is_empty();
        if walker.bare {
            walker.asked_for = crate::guards::asked_for(&query.body);
        }
        let types: Vec<Option<Ty>> = known.iter().map(|(_, ty)| ty.clone()).collect();
        let defaults = walker.declare_parameters(&query.parameters, &types);
        for (name, ty) in known.iter().skip(query.parameters.len()) {
            walker.add_parameter(name, ty.clone(), query.body.span);
        }
        let Body {
            pipeline: body,
            write,
            lock,
            at_most_one,
            output,
        } = walker.body(&query.body);
        let late = walker
            .parameters
            .entries
            .iter()
            .any(|entry| entry.untold.is_some() && entry.ty.is_some());
        if known.is_empty() && late {
            // A use came before the one that tells the type: once more, knowing it.
            known = walker
                .parameters
                .entries
                .iter()
                // What nobody declared is to be said again.
                .filter(|entry| entry.ty.as_ref().is_none_or(|ty| ty.kind != Type::Error))
                .map(|entry| (entry.name.clone(), entry.ty.clone()))
                .collect();
            continue;
        }
        walker.typing().finish_parameters();
        let cardinality = cardinality::declared(&mut walker, query, at_most_one);
        if let Some(returns) = &query.returns {
            walker.check_returns(returns, &body);
        }
        walker.lint_unused_parameters(&query.parameters);
        if write.is_none() {
            walker.lint_unbounded(query, &body);
        }
        let row = RowShape {
            fields: output
                .into_iter()
                .map(|column| RowField {
                    docs: walker.column_docs(&column),
                    kind: walker.row_field(&column.kind),
                    name: column.name,
                })
                .collect(),
        };
        let parameters = walker.interface_parameters(&query.parameters, defaults);
        let failed = walker.problems.diagnostics.iter().any(Diagnostic::is_error) || walker.broken;
        problems
            .diagnostics
            .append(&mut walker.problems.diagnostics);
        let facts = walker.facts;
        let query = (!failed).then(|| hir::Query {
            interface: Arc::new(Interface {
                name: query.name.text.clone(),
                docs,
                parameters,
                cardinality,
                row,
                writes: write.is_some(),
            }),
            span: query.name.span,
            sources: walker.sources,
            named: walker.named,
            ctes: walker.ctes,
            body,
            write,
            lock,
        });
        return Done { query, facts };
    }
}

/// The outermost pipeline of a query, checked.
struct Body {
    pipeline: hir::Pipeline,
    write: Option<hir::Write>,
    lock: Option<hir::Lock>,
    at_most_one: bool,
    /// What callers see: the output, or what is returned of written rows.
    output: Vec<OutputColumn>,
}

impl<'a> Walker<'a> {
    /// The outermost pipeline, and its output with what callers see of it.
    fn body(&mut self, pipeline: &'a ast::Pipeline) -> Body {
        if let Some(at) = first_write(pipeline) {
            let written = self.write(pipeline, at);
            self.broken |= written.write.is_none();
            return Body {
                pipeline: written.body,
                write: written.write,
                lock: None,
                at_most_one: written.at_most_one,
                output: written.returned,
            };
        }
        self.open_scope(true);
        let (clauses, lock) = crate::lock::split(&pipeline.clauses);
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.run_to(pipeline, clauses));
        let lock = lock.and_then(|clause| self.lock(clause));
        if self.scope().output.is_none() {
            self.default_output(pipeline.span);
        }
        let output = self.scope().output.clone().unwrap_or_default();
        // What could not be read has its diagnostic; here it only stops the query.
        self.broken |= self.scope().grain.unknown
            || output.iter().any(|column| match column.kind {
                OutputKind::Named(id) => self.named(id).value.ty.kind == crate::Type::Error,
                OutputKind::Nest(_) => false,
            });
        let pipeline = self.close(Wanted::Named, pipeline.span);
        Body {
            write: None,
            lock,
            at_most_one: pipeline.at_most_one,
            pipeline,
            output,
        }
    }

    fn column_docs(&self, column: &OutputColumn) -> Option<Box<str>> {
        match &column.kind {
            OutputKind::Named(id) => match &self.named(*id).value.kind {
                hir::ExprKind::Column(_, field) => self.schema.field(*field).doc.clone(),
                _ => None,
            },
            OutputKind::Nest(shaped) => shaped.docs.clone(),
        }
    }

    /// `-> Entry`: the output is the model's fields, all of them and nothing else.
    fn check_returns(&mut self, returns: &'a ast::Path, body: &hir::Pipeline) {
        let Some(model) = self.model_path(returns) else {
            return;
        };
        let fields = crate::selection::fields_of(self.schema, model);
        let whole = body.columns.len() == fields.len()
            && body.columns.iter().zip(&fields).all(|(column, field)| {
                *column.name == *self.schema.field(*field).attname
                    && match &column.kind {
                        hir::ColumnKind::Value(value) => self.is_field(value, *field),
                        hir::ColumnKind::Nest(_) => false,
                    }
            });
        if !whole && !self.problems.diagnostics.iter().any(Diagnostic::is_error) {
            let label = &self.schema.model(model).label;
            self.report(
                Diagnostic::new(
                    &codes::NOT_WHOLE_ROWS,
                    returns.span,
                    format!("this says whole rows of `{label}`, and the output is something else"),
                )
                .because(body.span, "gives other columns")
                .help("select the source itself (`select e`), or nothing"),
            );
        }
    }

    fn is_field(&self, value: &hir::Expr, field: djq_schema::FieldId) -> bool {
        match &value.kind {
            hir::ExprKind::Named(id) => self.is_field(&self.named(*id).value, field),
            hir::ExprKind::Column(_, known) => *known == field,
            _ => false,
        }
    }

    fn lint_unbounded(&mut self, query: &ast::Query, body: &hir::Pipeline) {
        let limited = body.at_most_one
            || body
                .clauses
                .iter()
                .any(|clause| matches!(clause.kind, hir::ClauseKind::Page { limit: Some(_), .. }));
        if !limited && body.from.is_some() && !query.name.text.is_empty() {
            let diagnostic = Diagnostic::new(
                &codes::UNBOUNDED,
                query.name.span,
                "nothing bounds the number of rows",
            )
            .help("add `limit`");
            if let Some(diagnostic) = at_level(diagnostic, &self.levels) {
                self.report(diagnostic);
            }
        }
    }
}
