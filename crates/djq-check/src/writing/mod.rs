//! Clauses that write: `insert`, `update`, `delete`, and what stands behind them. They end the outermost pipeline of a
//! query; everything in front of them is a pipeline that only reads.

mod assignments;
mod conflict;
mod defaults;
mod delete;
mod inherited;
mod insert;
mod returning;
mod update;

use crate::{
    hir::{self, ClauseKind, SourceId, SourceKind, Write},
    scope::OutputColumn,
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_schema::ModelId;
use djq_syntax::ast;

/// A query that writes, checked.
pub(crate) struct Written {
    /// Which rows, and the values they get.
    pub(crate) body: hir::Pipeline,
    /// What is done with them; none after an error.
    pub(crate) write: Option<Write>,
    /// Whether it surely writes at most one row.
    pub(crate) at_most_one: bool,
    /// The columns of `returning`.
    pub(crate) returned: Vec<OutputColumn>,
}

/// The clauses of a write: the one that says what is done, and those behind it.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'a> {
    /// `insert`, `update` or `delete`.
    pub(crate) clause: &'a ast::Clause,
    /// `on conflict`.
    pub(crate) conflict: Option<&'a ast::Clause>,
    /// `returning`.
    pub(crate) returning: Option<&'a [ast::SelectItem]>,
}

/// The place of the clause that writes, if there is one.
pub(crate) fn first_write(pipeline: &ast::Pipeline) -> Option<usize> {
    pipeline
        .clauses
        .iter()
        .position(|clause| is_write(&clause.kind))
}

fn is_write(kind: &ast::ClauseKind) -> bool {
    matches!(
        kind,
        ast::ClauseKind::Insert { .. }
            | ast::ClauseKind::Update { .. }
            | ast::ClauseKind::Delete { .. }
    )
}

impl<'a> Walker<'a> {
    /// The outermost pipeline of a query whose clause number `at` writes.
    pub(crate) fn write(&mut self, pipeline: &'a ast::Pipeline, at: usize) -> Written {
        let (before, rest) = pipeline.clauses.split_at(at);
        self.open_scope(true);
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.run_to(pipeline, before));
        let Some((clause, behind)) = rest.split_first() else {
            return self.unwritten(pipeline.span);
        };
        let parts = self.parts(clause, behind);
        match &clause.kind {
            ast::ClauseKind::Insert { model, into, rows } => {
                self.insert(pipeline, parts, model, *into, rows)
            }
            ast::ClauseKind::Update { all, assignments } => {
                self.update(pipeline, parts, *all, assignments)
            }
            ast::ClauseKind::Delete { all, mode } => {
                self.delete(pipeline, parts, *all, mode.as_ref())
            }
            _ => self.unwritten(pipeline.span),
        }
    }

    /// What a write is after an error that leaves nothing to check.
    fn unwritten(&mut self, span: Span) -> Written {
        self.broken = true;
        Written {
            body: self.close(Wanted::Nothing, span),
            write: None,
            at_most_one: true,
            returned: Vec::new(),
        }
    }

    /// What stands behind the clause that writes.
    fn parts(&mut self, clause: &'a ast::Clause, behind: &'a [ast::Clause]) -> Parts<'a> {
        let mut parts = Parts {
            clause,
            conflict: None,
            returning: None,
        };
        let inserts = matches!(clause.kind, ast::ClauseKind::Insert { .. });
        for other in behind {
            match &other.kind {
                ast::ClauseKind::OnConflict { .. }
                    if inserts && parts.conflict.is_none() && parts.returning.is_none() =>
                {
                    parts.conflict = Some(other);
                }
                ast::ClauseKind::Returning(items) if parts.returning.is_none() => {
                    parts.returning = Some(items);
                }
                ast::ClauseKind::Error => self.broken = true,
                _ => {
                    let why = match &other.kind {
                        ast::ClauseKind::OnConflict { .. } if inserts => {
                            "`on conflict` stands right behind `insert`, once"
                        }
                        ast::ClauseKind::OnConflict { .. } => "`on conflict` belongs to `insert`",
                        ast::ClauseKind::Returning(_) => "`returning` stands once",
                        kind if is_write(kind) => "a query writes once",
                        _ => "nothing but `returning` stands behind a clause that writes",
                    };
                    self.report(
                        Diagnostic::new(&codes::MISPLACED_WRITE, other.keyword, why)
                            .because(clause.keyword, "this ends the pipeline"),
                    );
                }
            }
        }
        parts
    }

    /// A clause that writes where rows are only read.
    pub(crate) fn misplaced_write(&mut self, clause: &'a ast::Clause) {
        let why = match &clause.kind {
            ast::ClauseKind::OnConflict { .. } => "`on conflict` belongs behind `insert`",
            ast::ClauseKind::Returning(_) => {
                "`returning` belongs behind `insert`, `update` or `delete`"
            }
            _ => "only a query's outermost pipeline writes",
        };
        self.report(Diagnostic::new(
            &codes::MISPLACED_WRITE,
            clause.keyword,
            why,
        ));
        self.scope().grain.unknown = true;
    }

    /// The source whose rows an `update` or `delete` writes: the model that the pipeline starts from.
    fn target(&mut self, parts: Parts<'a>, verb: &str) -> Option<(SourceId, ModelId)> {
        let keyword = parts.clause.keyword;
        if self.scope().grain.unknown && self.scope().from.is_none() {
            return None;
        }
        let from = self.scope().from;
        let model = from.and_then(|from| match self.source(from).kind {
            SourceKind::Model(model) => Some((from, self.schema.concrete(model))),
            _ => None,
        });
        let no_target = |message: String| Diagnostic::new(&codes::NOT_A_TARGET, keyword, message);
        let Some((source, model)) = model else {
            let mut diagnostic = no_target(format!(
                "`{verb}` needs rows of a model that the pipeline starts from"
            ));
            if let Some(from) = from {
                let of = self.source(from);
                let what = match of.kind {
                    SourceKind::Cte(_) => "a CTE has no rows of its own",
                    _ => "this has no rows of its own",
                };
                diagnostic = diagnostic.because(of.span, what);
            }
            self.report(diagnostic);
            return None;
        };
        if !self.scope().has_rows() {
            let made_by = self.scope().frame().made_by;
            self.report(
                no_target("the rows are no longer those of the model".into())
                    .because(made_by, "this makes other rows of them")
                    .help(format!(
                        "find the keys in a nested pipeline: `from {0} where pk in (from {0} …) {verb} …`",
                        self.schema.model(model).name
                    )),
            );
            return None;
        }
        if self.schema.primary_key(model).next().is_none() {
            let label = &self.schema.model(model).label;
            self.report(no_target(format!(
                "`{label}` has no primary key, so its rows cannot be told apart"
            )));
            return None;
        }
        Some((source, model))
    }

    /// Whether the words say what is meant: every row by `all`, some by `where`.
    fn check_all(&mut self, clause: &ast::Clause, all: bool, word: &str) {
        let filtered = self
            .scope()
            .clauses
            .iter()
            .find(|clause| matches!(clause.kind, ClauseKind::Where(_)) && clause.guard.is_none())
            .map(|clause| clause.span);
        match (all, filtered) {
            (false, None) => self.report(
                Diagnostic::new(
                    &codes::WHOLE_TABLE,
                    clause.keyword,
                    format!("this would {word} every row"),
                )
                .label("there is no `where` that is always there")
                .fix(
                    Applicability::Likely,
                    "say that every row is meant",
                    clause.keyword.after(),
                    " all",
                ),
            ),
            (true, Some(filter)) => self.report(
                Diagnostic::new(
                    &codes::WHOLE_TABLE,
                    clause.keyword,
                    "`all` says every row, and a `where` leaves some out",
                )
                .because(filter, "this leaves some out")
                .help("take one of the two away"),
            ),
            _ => {}
        }
    }
}
