//! What a row still has after `group by`, `distinct` and set operations.

use crate::{
    hir::{ClauseKind, ColumnKind, Expr, ExprKind, NamedId, Pipeline, SourceId, SourceKind},
    scope::FrameKind,
    visit::{children_mut, clause_children_mut, same},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};

/// The frame that an expression has to fit.
struct Fit {
    scope: u32,
    level: usize,
    /// The named values that the rows have.
    values: Vec<NamedId>,
    /// Sources whose rows are keys.
    models: Vec<SourceId>,
    made_by: Span,
    kind: FitKind,
    reported: bool,
    /// Inside the link of a nested relation: the source it belongs to.
    relation: Option<SourceId>,
    /// Whether keys may be null where they are summed up.
    summed: bool,
    /// Inside the value of a name: its name. What it computes from many rows, it computed from those before.
    name: Option<NamedId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FitKind {
    Grouped,
    Total,
    Distinct,
    SetOperation,
}

impl<'a> Walker<'a> {
    /// The expression in terms of the rows of the current frame: what is a key goes by its name, and what the
    /// rows no longer have is an error.
    pub(crate) fn settle(&mut self, mut expr: Expr) -> Expr {
        let Some(scope) = self.scope_ref() else {
            return expr;
        };
        let level = scope.level;
        if matches!(scope.frame().kind, FrameKind::Rows) {
            return expr;
        }
        if expr.ty.kind == crate::Type::Error {
            return expr;
        }
        let mut fit = self.fit(level);
        self.fit_expr(&mut expr, &mut fit);
        if fit.reported {
            return self.error(expr.span);
        }
        expr
    }

    /// As [`Walker::settle`], of a nested pipeline.
    pub(crate) fn settle_pipeline(&mut self, pipeline: &mut Pipeline) {
        let Some(scope) = self.scope_ref() else {
            return;
        };
        let level = scope.level;
        if !matches!(scope.frame().kind, FrameKind::Rows) {
            let mut fit = self.fit(level);
            self.fit_pipeline(pipeline, &mut fit);
            self.broken |= fit.reported;
        }
    }

    fn fit(&self, level: usize) -> Fit {
        let mut fit = Fit {
            scope: 0,
            level,
            values: Vec::new(),
            models: Vec::new(),
            made_by: Span::default(),
            kind: FitKind::Grouped,
            reported: false,
            relation: None,
            summed: false,
            name: None,
        };
        let Some(scope) = self.scope_ref() else {
            return fit;
        };
        fit.scope = scope.id;
        let Some(frame) = scope.frames.get(level) else {
            return fit;
        };
        fit.made_by = frame.made_by;
        fit.summed = frame.summed;
        match &frame.kind {
            FrameKind::Rows => {}
            FrameKind::Grouped(keys) => {
                if keys.is_empty() {
                    fit.kind = FitKind::Total;
                }
                fit.values.extend(keys.iter().map(|key| key.named));
                fit.models.extend(keys.iter().filter_map(|key| key.model));
            }
            FrameKind::Distinct(ids) => {
                fit.kind = FitKind::Distinct;
                fit.values.extend(ids);
            }
            FrameKind::SetOperation => fit.kind = FitKind::SetOperation,
        }
        fit
    }

    fn fit_expr(&mut self, expr: &mut Expr, fit: &mut Fit) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.fit_here(expr, fit));
    }

    fn fit_here(&mut self, expr: &mut Expr, fit: &mut Fit) {
        let mut values = fit.values.iter();
        if let Some(id) = values.find(|id| same(&self.named(**id).value, expr)) {
            expr.kind = ExprKind::Named(*id);
            expr.ty.nullable |= self.named(*id).value.ty.nullable;
            return;
        }
        match &mut expr.kind {
            ExprKind::Column(source, _) | ExprKind::Output(source, _) => {
                let source = *source;
                // What hangs on a key is null with it.
                expr.ty.nullable |= fit.summed && self.info(source).scope == fit.scope;
                if self.info(source).scope == fit.scope && !self.hangs_on(source, &fit.models) {
                    self.not_a_key(expr, fit);
                }
            }
            ExprKind::Named(id) => {
                let id = *id;
                let info = self.named_infos[id.0 as usize];
                if info.scope == fit.scope && info.level < fit.level {
                    if fit.values.contains(&id) {
                        return;
                    }
                    // A `let` above: its value, if that can still be told.
                    let mut value = self.named(id).value.clone();
                    value.span = expr.span;
                    let reported = fit.reported;
                    let outer = fit.name.replace(id);
                    self.fit_expr(&mut value, fit);
                    fit.name = outer;
                    if fit.reported == reported {
                        *expr = value;
                    }
                }
            }
            ExprKind::Aggregate(_) | ExprKind::Window(_) if fit.name.is_some() => {
                self.not_a_key(expr, fit);
            }
            ExprKind::Aggregate(_) if matches!(fit.kind, FitKind::Grouped | FitKind::Total) => {}
            _ => {
                let summed = fit.summed;
                let mut became_null = false;
                let walker = std::cell::RefCell::new((self, fit));
                children_mut(
                    expr,
                    &mut |child| {
                        let (walker, fit) = &mut *walker.borrow_mut();
                        let before = child.ty.nullable;
                        walker.fit_expr(child, fit);
                        became_null |= child.ty.nullable && !before;
                    },
                    &mut |pipeline| {
                        let (walker, fit) = &mut *walker.borrow_mut();
                        walker.fit_pipeline(pipeline, fit);
                    },
                );
                if summed && became_null && !is_never_null(&expr.kind) {
                    expr.ty.nullable = true;
                }
            }
        }
    }

    /// Whether a source is one of these, or reached from one by paths to one.
    fn hangs_on(&self, source: SourceId, models: &[SourceId]) -> bool {
        let mut at = source;
        loop {
            if models.contains(&at) {
                return true;
            }
            match self.source(at) {
                crate::hir::Source {
                    role: crate::hir::Role::Implied,
                    link: Some(link),
                    ..
                } if link.parent != at => {
                    // A join by a value of the new rows hangs on nothing below them.
                    if link
                        .left
                        .iter()
                        .all(|value| matches!(value.kind, ExprKind::Named(_)))
                        && !link.left.is_empty()
                    {
                        return true;
                    }
                    at = link.parent;
                }
                _ => return false,
            }
        }
    }

    /// A nested pipeline's uses of the rows outside.
    fn fit_pipeline(&mut self, pipeline: &mut Pipeline, fit: &mut Fit) {
        if let Some(from) = pipeline.from {
            self.fit_source(from, fit);
        }
        for clause in &mut pipeline.clauses {
            let mut steps = Vec::new();
            let mut ids: Vec<NamedId> = Vec::new();
            match &clause.kind {
                ClauseKind::Join { steps: joined, .. } => steps.extend(joined),
                ClauseKind::Let(named) | ClauseKind::Select(named) => ids.extend(named),
                ClauseKind::GroupBy(keys) => ids.extend(keys.iter().map(|key| key.named)),
                _ => {}
            }
            for step in steps {
                self.fit_source(step, fit);
            }
            for id in ids {
                self.fit_named(id, fit);
            }
            let walker = std::cell::RefCell::new((&mut *self, &mut *fit));
            clause_children_mut(
                clause,
                &mut |child| {
                    let (walker, fit) = &mut *walker.borrow_mut();
                    walker.fit_expr(child, fit);
                },
                &mut |pipeline| {
                    let (walker, fit) = &mut *walker.borrow_mut();
                    walker.fit_pipeline(pipeline, fit);
                },
            );
        }
        for column in &mut pipeline.columns {
            match &mut column.kind {
                ColumnKind::Value(value) => self.fit_inner(value, fit),
                ColumnKind::Nest(nest) => self.fit_pipeline(&mut nest.body, fit),
            }
        }
    }

    /// An expression of a nested pipeline, whose aggregates are of its own rows.
    fn fit_inner(&mut self, expr: &mut Expr, fit: &mut Fit) {
        if let ExprKind::Aggregate(aggregate) = &mut expr.kind {
            for argument in &mut aggregate.arguments {
                self.fit_inner(argument, fit);
            }
            if let Some(condition) = &mut aggregate.condition {
                self.fit_inner(condition, fit);
            }
            return;
        }
        self.fit_expr(expr, fit);
    }

    fn fit_named(&mut self, id: NamedId, fit: &mut Fit) {
        let span = self.named(id).span;
        let hollow = self.hollow(span);
        let mut value = std::mem::replace(&mut self.named[id.0 as usize].value, hollow);
        self.fit_inner(&mut value, fit);
        self.named[id.0 as usize].value = value;
    }

    fn fit_source(&mut self, id: SourceId, fit: &mut Fit) {
        if let Some(mut link) = self.sources[id.0 as usize].link.take() {
            let outer = fit.relation.replace(link.parent);
            for value in &mut link.left {
                self.fit_expr(value, fit);
            }
            fit.relation = outer;
            if let Some(condition) = &mut link.condition {
                self.fit_expr(condition, fit);
            }
            self.sources[id.0 as usize].link = Some(link);
        }
        let model = SourceKind::Model(djq_schema::ModelId(0));
        if let SourceKind::Derived(_) = self.sources[id.0 as usize].kind
            && let SourceKind::Derived(mut body) =
                std::mem::replace(&mut self.sources[id.0 as usize].kind, model)
        {
            self.fit_pipeline(&mut body, fit);
            self.sources[id.0 as usize].kind = SourceKind::Derived(body);
        }
        if let SourceKind::Rows(_) = self.sources[id.0 as usize].kind
            && let SourceKind::Rows(mut rows) = std::mem::replace(
                &mut self.sources[id.0 as usize].kind,
                SourceKind::Model(djq_schema::ModelId(0)),
            )
        {
            for value in rows.kind.expressions_mut() {
                self.fit_expr(value, fit);
            }
            self.sources[id.0 as usize].kind = SourceKind::Rows(rows);
        }
    }

    /// A source as a path would write it.
    pub(crate) fn path_of(&self, id: SourceId) -> String {
        let source = self.source(id);
        match (&source.role, &source.link) {
            (crate::hir::Role::Implied, Some(link)) if link.parent != id => {
                format!("{}.{}", self.path_of(link.parent), source.name)
            }
            _ => source.name.to_string(),
        }
    }

    fn not_a_key(&mut self, expr: &Expr, fit: &mut Fit) {
        if std::mem::replace(&mut fit.reported, true) {
            return;
        }
        let name = match &expr.kind {
            _ if fit.relation.is_some() => fit
                .relation
                .map_or_else(String::new, |source| self.path_of(source)),
            ExprKind::Column(source, field) => {
                format!(
                    "{}.{}",
                    self.path_of(*source),
                    self.schema.field(*field).name
                )
            }
            ExprKind::Output(source, place) => format!(
                "{}.{}",
                self.source(*source).name,
                self.info(*source)
                    .columns
                    .get(*place as usize)
                    .map_or("", |(name, _)| name)
            ),
            _ => fit
                .name
                .map(|id| self.named(id).name.to_string())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| "this".to_owned()),
        };
        let mut name = name.trim_start_matches('.').to_owned();
        if let (ExprKind::Column(source, field), Some(scope)) = (&expr.kind, self.scope_ref())
            && let [only] = scope.sources.as_slice()
            && only.id == *source
            && fit.relation.is_none()
            && self
                .info(*source)
                .model
                .is_some_and(|model| *self.schema.model(model).name == *only.name)
        {
            // One source without an alias: its fields go by their bare names.
            name = self.schema.field(*field).name.to_string();
        }
        let is_made = matches!(expr.kind, ExprKind::Aggregate(_) | ExprKind::Window(_));
        let diagnostic = match fit.kind {
            FitKind::Grouped if is_made => Diagnostic::new(
                &codes::NOT_GROUPED,
                expr.span,
                format!("`{name}` is of the rows above these groups"),
            )
            .label("which of the group's rows is meant?")
            .because(fit.made_by, "rows are groups from here on")
            .help(format!(
                "add `{name}` to the keys, or aggregate it right below them: `let most = max({name})`"
            ))
            .fix(
                djq_diagnostics::Applicability::Likely,
                format!("add `{name}` to the keys"),
                fit.made_by.after(),
                format!(" {name},"),
            ),
            FitKind::Grouped => Diagnostic::new(
                &codes::NOT_GROUPED,
                expr.span,
                if fit.relation.is_some() {
                    format!("`{name}` is many rows in each group, and a relation is of one row")
                } else {
                    format!("`{name}` is neither a key nor inside an aggregate")
                },
            )
            .label("which of the group's rows is meant?")
            .because(fit.made_by, "rows are groups from here on")
            .help(format!(
                "add it to the keys, or aggregate it: `min({name})`, `count(distinct {name})`"
            ))
            .fix(
                djq_diagnostics::Applicability::Likely,
                format!("add `{name}` to the keys"),
                fit.made_by.after(),
                format!(" {name},"),
            ),
            FitKind::Total => Diagnostic::new(
                &codes::NOT_GROUPED,
                expr.span,
                format!("`{name}` stands beside an aggregate, and there is no `group by`"),
            )
            .label("all rows are aggregated into one")
            .because(fit.made_by, "this `select` aggregates")
            .help(format!("group by it, or aggregate it: `min({name})`"))
            .fix(
                djq_diagnostics::Applicability::Likely,
                format!("group by `{name}`"),
                fit.made_by.before(),
                format!("group by {name} "),
            ),
            FitKind::Distinct => Diagnostic::new(
                &codes::OUT_OF_REACH,
                expr.span,
                format!("`{name}` is not in the output that `distinct` compares"),
            )
            .because(fit.made_by, "rows that differ in the output, from here on")
            .help(format!(
                "add `{name}` to `select`, or move this clause above `distinct`"
            )),
            FitKind::SetOperation => Diagnostic::new(
                &codes::OUT_OF_REACH,
                expr.span,
                format!("`{name}` is of one side alone"),
            )
            .because(fit.made_by, "rows of two pipelines, from here on")
            .help("use the names of the output"),
        };
        let mut diagnostic = diagnostic;
        if fit.kind == FitKind::Total
            && let Some(edits) = self.without_aggregates()
        {
            diagnostic.fixes.insert(
                0,
                djq_diagnostics::Fix {
                    message: "what is aggregated is one value of each row: leave it as it is"
                        .to_owned(),
                    edits,
                    applicability: djq_diagnostics::Applicability::Likely,
                },
            );
        } else if fit.kind == FitKind::Total
            && let Some(edits) = self.moved_above_select(fit.made_by)
        {
            diagnostic.fixes.insert(
                0,
                djq_diagnostics::Fix {
                    message: "filter the rows before they are aggregated".to_owned(),
                    edits,
                    applicability: djq_diagnostics::Applicability::Likely,
                },
            );
        }
        self.report(diagnostic);
    }
}

/// Whether an expression has a value whatever its operands are.
fn is_never_null(kind: &ExprKind) -> bool {
    use crate::hir::BinaryOperator;
    matches!(
        kind,
        ExprKind::IsNull(_)
            | ExprKind::IsBool(..)
            | ExprKind::Exists(_)
            | ExprKind::Binary(
                BinaryOperator::DistinctFrom | BinaryOperator::NotDistinctFrom,
                ..
            )
    )
}
