//! The stages in a row, over files side by side.

use crate::{LintLevel, Program, ProgramFile, refusals::Refusals};
use djq_check::{Context, Level, hir};
use djq_diagnostics::{Diagnostic, FileId, MOST_ERRORS, Span};
use djq_plan::{
    Ways,
    plan::{Nesting, Plan},
};
use djq_schema::Schema;
use djq_sql::{
    Rendered,
    dialect::{Dialect, DialectId, Options},
};
use djq_syntax::Parsed;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What to compile for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The dialects, in the order in which they are shown.
    pub dialects: Vec<DialectId>,
    /// Whether text is compared byte by byte everywhere.
    pub exact_collation: bool,
    /// How nested rows are fetched.
    pub nesting: Nesting,
    /// Levels of lints by name.
    pub lints: BTreeMap<String, LintLevel>,
}

impl Settings {
    /// For these dialects, all else as an empty `djq.toml` has it.
    #[must_use]
    pub fn of(dialects: impl Into<Vec<DialectId>>) -> Self {
        Self {
            dialects: dialects.into(),
            exact_collation: false,
            nesting: Nesting::Levels,
            lints: BTreeMap::new(),
        }
    }
}

/// A file, compiled.
#[derive(Debug)]
pub struct CompiledFile {
    /// Which.
    pub file: FileId,
    /// Its queries that have no error, in the order written.
    pub queries: Vec<CompiledQuery>,
    /// Everything that was found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// A query, compiled.
#[derive(Debug)]
pub struct CompiledQuery {
    /// Names resolved, types known.
    pub hir: hir::Query,
    /// The relational plan.
    pub plan: Plan,
    /// The SQL of each dialect that can do it, in the settings' order.
    pub sql: Vec<(DialectId, Rendered)>,
}

impl CompiledQuery {
    /// Its name; empty for a bare pipeline.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.hir.interface.name
    }

    /// Its SQL for a dialect; none where the dialect cannot do it or was not asked for.
    #[must_use]
    pub fn sql(&self, dialect: DialectId) -> Option<&Rendered> {
        self.sql
            .iter()
            .find(|(id, _)| *id == dialect)
            .map(|(_, sql)| sql)
    }
}

/// Compiles the files that a program was asked for.
///
/// ```
/// # use djq_compiler::{Program, Settings, compile};
/// # use djq_sql::dialect::DialectId;
/// # let schema = djq_schema::Schema::from_json(r#"{"version": 1, "source": "django", "models": [{"label":
/// # "blog.Entry", "table": "blog_entry", "kind": "concrete", "primary_key": ["id"], "fields": [{"name": "id", "column":
/// # "id", "type": "bigint", "django": "BigAutoField", "null": false}], "relations": []}]}"#).unwrap();
/// let program = Program::from_text("q.djq", "query ids() { from Entry select id }");
/// let files = compile(&program, &schema, &Settings::of([DialectId::Sqlite]));
/// assert!(files[0].diagnostics.is_empty());
/// assert_eq!(files[0].queries[0].name(), "ids");
/// ```
#[must_use]
pub fn compile(program: &Program, schema: &Schema, settings: &Settings) -> Vec<CompiledFile> {
    let options = Options {
        exact_collation: settings.exact_collation,
        use_tz: schema.use_tz,
    };
    let dialects: Vec<Box<dyn Dialect>> = settings
        .dialects
        .iter()
        .map(|id| djq_sql::dialect::dialect(*id, options))
        .collect();
    let wanted: Vec<&ProgramFile> = program.files.iter().filter(|file| file.wanted).collect();
    let one = |file: &&ProgramFile| compile_file(program, file, schema, settings, &dialects);
    // One file is not worth a thread.
    if wanted.len() < 2 {
        wanted.iter().map(one).collect()
    } else {
        wanted.par_iter().map(one).collect()
    }
}

fn compile_file(
    program: &Program,
    file: &ProgramFile,
    schema: &Schema,
    settings: &Settings,
    dialects: &[Box<dyn Dialect>],
) -> CompiledFile {
    let context = Context {
        text: program
            .sources
            .get(file.id)
            .map_or("", |source| &source.text),
        imports: program
            .imported_by(file.id)
            .into_iter()
            .map(|(path, import)| (path, &import.parsed.ast))
            .collect(),
        levels: settings
            .lints
            .iter()
            .map(|(name, level)| (name.as_str().into(), check_level(*level)))
            .collect(),
    };
    let mut diagnostics = file.problems.clone();
    diagnostics.extend(file.parsed.diagnostics.iter().cloned());
    if keep_readable(&mut diagnostics) {
        // What the parser says no more of is broken too.
        return CompiledFile {
            file: file.id,
            queries: Vec::new(),
            diagnostics,
        };
    }
    let checked = djq_check::check(&file.parsed.ast, schema, &context);
    diagnostics.extend(checked.diagnostics);
    let mut queries = Vec::with_capacity(checked.queries.len());
    let mended = mended_items(&file.parsed);
    for hir in checked.queries {
        if is_in(&mended, hir.span) {
            continue;
        }
        let ways = Ways {
            nesting: settings.nesting,
            closed: false,
        };
        let plan = djq_plan::plan_in(&hir, schema, ways);
        let mut closed: Option<Plan> = None;
        let mut sql = Vec::with_capacity(dialects.len());
        let mut refusals = Refusals::default();
        for dialect in dialects {
            let plan = match plan.has_json_rows() && !dialect.has_outer_in_derived() {
                true => closed.get_or_insert_with(|| {
                    djq_plan::plan_in(
                        &hir,
                        schema,
                        Ways {
                            closed: true,
                            ..ways
                        },
                    )
                }),
                false => &plan,
            };
            let formed = djq_plan::in_forms(plan, schema, dialect.forms());
            match djq_sql::compile(formed.as_ref().unwrap_or(plan), &**dialect) {
                Ok(rendered) => sql.push((dialect.id(), rendered)),
                Err(refused) => refusals.add(dialect.id(), refused),
            }
        }
        diagnostics.extend(refusals.into_diagnostics());
        queries.push(CompiledQuery { hir, plan, sql });
    }
    keep_readable(&mut diagnostics);
    CompiledFile {
        file: file.id,
        queries,
        diagnostics,
    }
}

/// Sorts diagnostics by place, and keeps no more than the first errors where there are more than anyone reads; whether there
/// are so many.
fn keep_readable(diagnostics: &mut Vec<Diagnostic>) -> bool {
    diagnostics
        .sort_by_key(|diagnostic| (diagnostic.primary.span.file, diagnostic.primary.span.start));
    let mut errors = diagnostics.iter().enumerate();
    let last = errors
        .by_ref()
        .filter(|(_, found)| found.is_error())
        .nth(MOST_ERRORS - 1);
    let Some((last, _)) = last else {
        return false;
    };
    diagnostics.truncate(last + 1);
    if let Some(last) = diagnostics.last_mut() {
        last.notes.push(format!(
            "these are the first {MOST_ERRORS} errors; what is behind them is not looked at yet"
        ));
    }
    true
}

/// The items that the parser had to mend, in order. The checker takes what is left of them, for the names there; that is not
/// the query that was meant.
fn mended_items(parsed: &Parsed) -> Vec<Span> {
    let errors = parsed.diagnostics.iter().filter(|found| found.is_error());
    let mut errors: Vec<u32> = errors.map(|found| found.primary.span.start).collect();
    errors.sort_unstable();
    let items = parsed.ast.items.iter().map(|item| item.span);
    items
        .filter(|item| {
            let first = errors.partition_point(|at| *at < item.start);
            errors.get(first).is_some_and(|at| *at <= item.end)
        })
        .collect()
}

/// Whether a place is in one of these spans, which are in order.
fn is_in(spans: &[Span], place: Span) -> bool {
    let first = spans.partition_point(|span| span.end < place.start);
    spans
        .get(first)
        .is_some_and(|span| span.start <= place.start)
}

fn check_level(level: LintLevel) -> Level {
    match level {
        LintLevel::Allow => Level::Allow,
        LintLevel::Warn => Level::Warn,
        LintLevel::Deny => Level::Deny,
    }
}
