//! Pipelines: the clauses from top to bottom.

use crate::{
    Type,
    facts::FactKind,
    hir::{
        Clause, ClauseKind, Column, ColumnKind, Cte, Expr, ExprKind, NamedId, OrderKey, Pipeline,
    },
    scope::{Aggregates, FrameKind, OutputColumn, OutputKind},
    selection::Wanted,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

/// More values with a name, in `let`, `select` and `group by`, than one query has.
const MOST_NAMED: usize = 5 * crate::sizes::MOST;

impl<'a> Walker<'a> {
    /// A whole pipeline in a scope of its own.
    pub(crate) fn pipeline(
        &mut self,
        pipeline: &'a ast::Pipeline,
        wanted: Wanted,
        barrier: bool,
    ) -> Pipeline {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            self.open_scope(barrier);
            self.run(pipeline);
            self.close(wanted, pipeline.span)
        })
    }

    /// The clauses of a pipeline, in the innermost scope.
    pub(crate) fn run(&mut self, pipeline: &'a ast::Pipeline) {
        self.run_to(pipeline, &pipeline.clauses);
    }

    /// As `run`, with these of its clauses.
    pub(crate) fn run_to(&mut self, pipeline: &'a ast::Pipeline, clauses: &'a [ast::Clause]) {
        let ctes = self.bounded(&pipeline.with, pipeline.span, "CTEs");
        for cte in ctes {
            self.cte(cte, pipeline.recursive.is_some());
        }
        if let Some(source) = &pipeline.source {
            self.from(source);
        }
        self.clauses(clauses);
    }

    /// Clauses one after the other.
    pub(crate) fn clauses(&mut self, clauses: &'a [ast::Clause]) {
        let mut before: Option<&'a ast::Clause> = None;
        let start = clauses
            .first()
            .map_or_else(Span::default, |first| first.keyword);
        let clauses = self.bounded(clauses, start, "clauses");
        for (at, clause) in clauses.iter().enumerate() {
            let below = clauses.get(at + 1..).unwrap_or(&[]);
            if self.groups_below(clause, below) {
                return;
            }
            self.scope().below = below;
            if self.keys_below(clause, below) {
                return;
            }
            if self.named.len() > MOST_NAMED {
                let count = self.named.len();
                self.report(crate::sizes::too_many(
                    count,
                    clause.keyword,
                    "values with a name",
                ));
                self.broken = true;
                break;
            }
            self.lint_adjacent(before, clause);
            self.clause(clause);
            before = Some(clause);
        }
    }

    /// The pipeline that the innermost scope has become.
    pub(crate) fn close(&mut self, wanted: Wanted, span: Span) -> Pipeline {
        if self.scope().output.is_none() && wanted != Wanted::Nothing {
            self.default_output(span);
        }
        if wanted == Wanted::Named
            && let Some(output) = self.scope().output.take()
        {
            self.check_output_names(&output);
            self.scope().output = Some(output);
        }
        self.lint_pipeline();
        self.lint_filters();
        let at_most_one = crate::cardinality::at_most_one(self);
        let Some(scope) = self.scopes.pop() else {
            return empty(span);
        };
        self.broken |= scope.grain.unknown;
        let columns = scope
            .output
            .unwrap_or_default()
            .into_iter()
            .map(|column| Column {
                name: column.name,
                kind: match column.kind {
                    OutputKind::Named(id) => ColumnKind::Value(self.named_expr(id, column.span)),
                    OutputKind::Nest(shaped) => ColumnKind::Nest(Box::new(shaped.nest)),
                },
            })
            .collect::<Vec<_>>();
        if wanted == Wanted::Named {
            self.refuse_composite_columns(&columns);
        }
        Pipeline {
            from: scope.from,
            ctes: scope.own_ctes,
            recursive: false,
            clauses: scope.clauses,
            columns,
            at_most_one,
            span,
        }
    }

    fn cte(&mut self, cte: &'a ast::Cte, recursive: bool) {
        let visible = self.scope().ctes.clone();
        self.open_scope(true);
        // Those above are in sight; rows are not.
        self.scope().ctes = visible;
        let own = if recursive {
            self.recursive_body(cte)
        } else {
            self.run(&cte.body);
            None
        };
        if !cte.columns.is_empty() && own.is_none() {
            self.rename_output(&cte.columns, cte.name.span);
        }
        let unique = crate::cardinality::unique_columns(self);
        let body = self.close(Wanted::Named, cte.body.span);
        self.refuse_nests(&body, "a CTE");
        let id = match own {
            Some(id) => {
                self.ctes[id.0 as usize].body = body;
                self.move_behind(id)
            }
            None => {
                let id = crate::hir::CteId(u32::try_from(self.ctes.len()).unwrap_or(u32::MAX));
                self.ctes.push(Cte {
                    name: cte.name.text.clone(),
                    body,
                    span: cte.name.span,
                });
                self.cte_unique.push(unique);
                id
            }
        };
        self.fact(cte.name.span, FactKind::Definition(cte.name.span));
        if let Some((_, first)) = self
            .scope()
            .ctes
            .iter()
            .find(|(name, id)| **name == *cte.name.text && id.0 != u32::MAX)
            .copied()
            && self.scope().own_ctes.contains(&first)
        {
            let first = self.ctes[first.0 as usize].span;
            self.report(crate::names::duplicate("CTE", &cte.name, first));
        }
        let scope = self.scope();
        scope.ctes.push((&cte.name.text, id));
        scope.own_ctes.push(id);
    }

    pub(crate) fn rename_output(&mut self, names: &'a [ast::Name], span: Span) {
        if self.scope().output.is_none() {
            self.default_output(span);
        }
        let count = self.scope().output.as_ref().map_or(0, Vec::len);
        if count != names.len() {
            self.report(Diagnostic::new(
                &codes::COLUMN_COUNT,
                span,
                format!("{} names are given for {count} columns", names.len()),
            ));
            return;
        }
        if let Some(output) = &mut self.scope().output {
            for (column, name) in output.iter_mut().zip(names) {
                column.name = name.text.clone();
                column.span = name.span;
            }
        }
    }

    fn clause(&mut self, clause: &'a ast::Clause) {
        let guard = self.clause_guard(clause);
        self.scope().guard = guard;
        self.scope().at_clause = Some(clause);
        self.clause_here(clause);
        self.scope().guard = None;
        self.scope().at_clause = None;
    }

    fn clause_here(&mut self, clause: &'a ast::Clause) {
        let span = clause.span;
        let was_page = std::mem::take(&mut self.scope().open_page);
        match &clause.kind {
            ast::ClauseKind::Join { kind, source, on } => {
                self.join(*kind, source, on.as_ref(), span);
            }
            ast::ClauseKind::Where(condition) => {
                self.allow(Aggregates::Refused("`where`"));
                let before = self.problems.diagnostics.len();
                let value = self.clause_expr(condition);
                self.offer_truth(before, condition);
                let value = self.typing().condition(value);
                let value = self.lift_windows(value);
                self.push_clause(ClauseKind::Where(value), span);
            }
            ast::ClauseKind::Let(bindings) => self.let_clause(bindings, span),
            ast::ClauseKind::GroupBy(items) => self.group_by(items, clause),
            ast::ClauseKind::Select(items) => self.select(items, clause),
            ast::ClauseKind::Distinct => {
                let ids = self.selected_ids(span);
                self.compared(&ids, "`distinct`", clause.keyword);
                let names = self.output_names();
                self.push_clause(ClauseKind::Distinct, span);
                let scope = self.scope();
                scope.push_frame(FrameKind::Distinct(ids), names, clause.keyword);
                scope.ordered = false;
            }
            ast::ClauseKind::DistinctOn(keys) => self.distinct_on(keys, clause),
            ast::ClauseKind::OrderBy(items) => {
                self.allow(Aggregates::Refused("`order by`"));
                let items = self.bounded(items, clause.keyword, "keys");
                let keys: Vec<OrderKey> = items.iter().map(|item| self.order_key(item)).collect();
                self.scope().ordered = true;
                self.lint_null_order(&keys);
                self.push_clause(ClauseKind::OrderBy(keys), span);
            }
            ast::ClauseKind::Limit { count, per } => {
                let value = self.row_count(count);
                if per.is_empty() {
                    self.lint_limit(clause.keyword.to(count.span), "which rows this keeps");
                    self.page(Some(value), None, was_page, span);
                } else {
                    self.limit_per(value, per, was_page, clause);
                }
            }
            ast::ClauseKind::Offset(count) => {
                let value = self.row_count(count);
                if self.is_torn_offset(was_page) {
                    self.torn_offset(span);
                }
                self.lint_offset(span);
                if let Some(value) = self.offset_per(value, was_page, span) {
                    self.page(None, Some(value), was_page, span);
                }
            }
            ast::ClauseKind::SetOperation {
                operator,
                all,
                right,
            } => self.set_operation(*operator, *all, right, clause),
            ast::ClauseKind::Window { name, spec } => {
                self.allow(Aggregates::Refused("`window`"));
                self.window_clause(name, spec);
            }
            ast::ClauseKind::Lock { .. } => self.misplaced_lock(clause),
            ast::ClauseKind::Insert { .. }
            | ast::ClauseKind::OnConflict { .. }
            | ast::ClauseKind::Update { .. }
            | ast::ClauseKind::Delete { .. }
            | ast::ClauseKind::Returning(_) => self.misplaced_write(clause),
            ast::ClauseKind::Error => self.scope().grain.unknown = true,
        }
    }

    /// Whether aggregates of rows may stand in what follows.
    pub(crate) fn allow(&mut self, aggregates: Aggregates) {
        self.scope().aggregates = aggregates;
    }

    /// The expression of a clause, fit for the rows that there are.
    pub(crate) fn clause_expr(&mut self, expr: &'a ast::Expr) -> Expr {
        let value = self.expr(expr);
        let value = self.settle(value);
        self.fact(expr.span, FactKind::Value(value.ty.clone()));
        value
    }

    fn row_count(&mut self, count: &'a ast::Expr) -> Expr {
        self.allow(Aggregates::Refused("a limit"));
        let value = self.expr(count);
        self.refuse_windows(&value, "a limit");
        let value = self.typing().row_count(value);
        let constant = matches!(value.kind, ExprKind::Literal(_) | ExprKind::Param(_));
        if !constant && value.ty.kind != Type::Error {
            self.report(
                Diagnostic::new(
                    &codes::VARYING_LIMIT,
                    count.span,
                    "a number of rows is the same for all rows",
                )
                .help("write a literal or a parameter"),
            );
            return self.hollow(count.span);
        }
        value
    }

    fn page(&mut self, limit: Option<Expr>, offset: Option<Expr>, joins: bool, span: Span) {
        let limit = limit.map(|bound| self.guarded_bound(bound));
        let offset = offset.map(|bound| self.guarded_bound(bound));
        // The bounds have the guard.
        self.scope().guard = None;
        let scope = self.scope();
        if joins
            && let Some(Clause {
                kind:
                    ClauseKind::Page {
                        limit: known_limit,
                        offset: known_offset,
                    },
                span: known,
                ..
            }) = scope.clauses.last_mut()
            && (limit.is_none() || known_limit.is_none())
            && (offset.is_none() || known_offset.is_none())
        {
            *known_limit = known_limit.take().or(limit);
            *known_offset = known_offset.take().or(offset);
            *known = known.to(span);
            return;
        }
        scope.open_page = true;
        self.push_clause(ClauseKind::Page { limit, offset }, span);
    }

    fn let_clause(&mut self, bindings: &'a [ast::Binding], span: Span) {
        self.allow(Aggregates::Refused("`let`"));
        let bindings = self.bounded(bindings, span, "names");
        let mut ids = Vec::with_capacity(bindings.len());
        for binding in bindings {
            let value = self.clause_expr(&binding.value);
            let value = self.typing().value(value);
            let id = self.add_named(&binding.name.text, value, binding.name.span);
            let declared = binding.name.span;
            let ty = self.named(id).value.ty.clone();
            self.fact(declared, FactKind::Named(ty, declared));
            self.lint_shadowing(&binding.name);
            ids.push(id);
        }
        for (at, binding) in bindings.iter().enumerate() {
            if let Some(first) = bindings[..at]
                .iter()
                .find(|other| other.name.text == binding.name.text)
            {
                let first = first.name.span;
                self.report(crate::names::duplicate("value", &binding.name, first));
            }
        }
        let names: Vec<_> = ids
            .iter()
            .map(|id| (self.named(*id).name.clone(), *id))
            .collect();
        self.scope().frame_mut().names.extend(names);
        self.push_clause(ClauseKind::Let(ids), span);
    }

    pub(crate) fn order_key(&mut self, item: &'a ast::OrderItem) -> OrderKey {
        if self.refuse_ordinal(&item.value) {
            return OrderKey {
                value: self.error(item.value.span),
                descending: item.descending,
                nulls_first: item.nulls_first.unwrap_or(false),
            };
        }
        let mut key = self.window_order_key(item);
        key.value = self.lift_windows(key.value);
        key
    }

    /// A key of an order in a window, where no other window may stand.
    pub(crate) fn window_order_key(&mut self, item: &'a ast::OrderItem) -> OrderKey {
        let value = self.clause_expr(&item.value);
        let value = self.typing().value(value);
        self.compared_value(&value.ty.kind, "`order by`", value.span);
        OrderKey {
            value,
            descending: item.descending,
            nulls_first: item.nulls_first.unwrap_or(false),
        }
    }

    fn set_operation(
        &mut self,
        operator: ast::SetOperator,
        all: bool,
        right: &'a ast::Pipeline,
        clause: &'a ast::Clause,
    ) {
        let left = self.selected_ids(clause.keyword);
        let names: Vec<(Box<str>, Span)> = self
            .scope()
            .output
            .iter()
            .flatten()
            .map(|column| (column.name.clone(), column.span))
            .collect();
        // The right side sees what is outside of this pipeline, not its rows.
        let Some(mut own) = self.scopes.pop() else {
            return;
        };
        let ctes = own.ctes.clone();
        self.open_scope(false);
        self.scope().ctes = ctes;
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.run(right));
        let unsure = self.scope().grain.unknown;
        let mut right = self.close(Wanted::Unnamed, right.span);
        self.refuse_nests(&right, "a set operation");
        own.open_page = false;
        self.scopes.push(own);
        if right.columns.len() != left.len() && !unsure && !self.failed(&right) {
            self.report(
                Diagnostic::new(
                    &codes::COLUMN_COUNT,
                    clause.keyword,
                    format!(
                        "the left side has {} column{}, the right side {}",
                        left.len(),
                        if left.len() == 1 { "" } else { "s" },
                        right.columns.len()
                    ),
                )
                .because(right.span, "the right side")
                .help("select the same number of columns on both sides"),
            );
        }
        if !all || operator != ast::SetOperator::Union {
            self.compared(
                &left,
                "a set operation other than `union all`",
                clause.keyword,
            );
        }
        let mut columns: Vec<NamedId> = Vec::with_capacity(left.len());
        let mut output = Vec::with_capacity(left.len());
        let mut visible = Vec::with_capacity(left.len());
        for (at, id) in left.iter().enumerate() {
            let (name, span) = names.get(at).cloned().unwrap_or_default();
            let left_value = self.named_expr(*id, span);
            let mut value = left_value.clone();
            if let Some(column) = right.columns.get_mut(at)
                && let ColumnKind::Value(right_value) = &mut column.kind
            {
                let taken = std::mem::replace(right_value, left_value.clone());
                let (l, r) = self.typing().set_column(left_value, taken);
                value = l;
                value.ty.nullable |= r.ty.nullable;
                if operator == ast::SetOperator::Except {
                    value.ty.nullable = self.named(*id).value.ty.nullable;
                }
                *right_value = r;
            }
            let column = self.add_named(&name, value, span);
            columns.push(column);
            visible.push((name.clone(), column));
            output.push(OutputColumn {
                name,
                span,
                aliased: false,
                kind: OutputKind::Named(column),
            });
        }
        self.push_clause(
            ClauseKind::SetOperation {
                operator,
                all,
                right: Box::new(right),
                left,
                columns: columns.clone(),
            },
            clause.span,
        );
        let scope = self.scope();
        scope.push_frame(FrameKind::SetOperation, visible, clause.keyword);
        scope.output = Some(output);
        scope.ordered = false;
        let level = scope.level;
        for id in columns {
            self.named_infos[id.0 as usize].level = level;
        }
    }

    /// Whether part of a pipeline has failed, so that its columns are not to be judged.
    pub(crate) fn failed(&self, pipeline: &Pipeline) -> bool {
        pipeline.columns.is_empty()
            || pipeline.columns.iter().any(|column| match &column.kind {
                ColumnKind::Value(value) => value.ty.kind == crate::Type::Error,
                ColumnKind::Nest(_) => false,
            })
    }

    pub(crate) fn refuse_nests(&mut self, pipeline: &Pipeline, place: &str) {
        for column in &pipeline.columns {
            if matches!(column.kind, ColumnKind::Nest(_)) {
                self.report(
                    Diagnostic::new(
                        &codes::MISPLACED_NEST,
                        pipeline.span,
                        format!("`{}` is nested, and {place} has plain columns", column.name),
                    )
                    .help("nest in the outermost `select`"),
                );
            }
        }
    }
}

fn empty(span: Span) -> Pipeline {
    Pipeline {
        from: None,
        ctes: Vec::new(),
        recursive: false,
        clauses: Vec::new(),
        columns: Vec::new(),
        at_most_one: true,
        span,
    }
}
