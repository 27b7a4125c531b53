//! Queries and their SELECTs.

use super::{Legalizer, expression::Use, first_of_each::First, order::order_names, walk};
use crate::{
    dialect::{Binding, Form},
    legal::{Cte, Expr, Item, Query, Select},
};
use djq_check::{functions::FunctionId, hir::Literal};
use djq_plan::plan::{self, ExprKind};

impl<'a> Legalizer<'a> {
    pub(super) fn query(&mut self, query: &'a plan::Query) -> Query<'a> {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.query_inner(query))
    }

    fn query_inner(&mut self, query: &'a plan::Query) -> Query<'a> {
        let outer_keys = std::mem::take(&mut self.group_keys);
        let aggregating = std::mem::take(&mut self.aggregating);
        let rows = aggregating.then(|| std::mem::take(&mut self.absent));
        let partitions = std::mem::take(&mut self.partitions);
        let having = std::mem::take(&mut self.having);
        let from = self.from.take();
        let legal = self.query_of(query);
        self.from = from;
        self.group_keys = outer_keys;
        self.aggregating = aggregating;
        self.having = having;
        self.partitions = partitions;
        if let Some(absent) = rows {
            self.absent = absent;
        }
        legal
    }

    fn query_of(&mut self, query: &'a plan::Query) -> Query<'a> {
        let mut ctes = Vec::with_capacity(query.ctes.len());
        for cte in &query.ctes {
            self.check_name(&cte.name, span_of(&cte.query));
            let query = if cte.recursive {
                self.recursive_query(&cte.query)
            } else {
                let mut query = self.query(&cte.query);
                self.evaluate_once(&cte.query, &mut query);
                query
            };
            ctes.push(Cte {
                name: (&*cte.name).into(),
                query,
                materialized: cte.once && self.dialect.inlines_ctes(),
                guard: self.guard(cte.guard.as_ref()),
            });
        }
        let (renamed, inlined) = (self.renamed.len(), self.inlined.len());
        let (body, items) = match &query.body {
            plan::Body::Select(select) => self.select_or_union(select, &query.order_by),
            plan::Body::SetOperation {
                operator,
                all,
                left,
                right,
            } => (self.set_operation(*operator, *all, left, right), None),
            plan::Body::Values(values) => (self.values(values), None),
        };
        let (body, items) = if self.orders_different_rows(query) || skips_equal_rows(query) {
            (self.derived(Query::bare(body), "different").body, None)
        } else {
            (body, items)
        };
        let outer = std::mem::replace(&mut self.items, items);
        let order_by = if query.order_by.is_empty() {
            Vec::new()
        } else {
            self.order_of_query(&query.order_by, &order_names(&body))
        };
        self.items = outer;
        self.renamed.truncate(renamed);
        self.inlined.truncate(inlined);
        let (limit, no_limit, offset) = self.page(query);
        let legal = Query {
            recursive: query.ctes.iter().any(|cte| cte.recursive),
            ctes,
            body,
            order_by,
            limit,
            no_limit,
            offset,
        };
        self.ordered_by_expression(legal)
    }

    /// Whether it is SELECT DISTINCT with an order by more than its own columns: where nulls must be said by
    /// an expression, MySQL takes none over what is not selected as it stands, and reads a name as a column's.
    fn orders_different_rows(&self, query: &plan::Query) -> bool {
        let nulls = self.dialect.null_order();
        let plan::Body::Select(select) = &query.body else {
            return false;
        };
        let made = |key: &plan::OrderKey| match key.value.unguarded().kind {
            ExprKind::Item(place) => select.items.get(place).is_some_and(|item| {
                let exact = self.dialect.exact_collation().is_some()
                    && *item.value.ty.kind.base() == djq_check::Type::Text;
                let said = item.value.ty.nullable
                    && nulls.first_by_itself(key.descending) != key.nulls_first;
                said && (exact || !matches!(item.value.kind, ExprKind::Column(..)))
            }),
            _ => false,
        };
        let items = |key: &plan::OrderKey| matches!(key.value.unguarded().kind, ExprKind::Item(_));
        select.distinct
            && !nulls.clause
            && query.order_by.iter().all(items)
            && query.order_by.iter().any(made)
    }

    /// LIMIT and OFFSET. A literal stands as it is; a placeholder there is a bigint to every server.
    fn page(
        &mut self,
        query: &'a plan::Query,
    ) -> (Option<Expr<'a>>, Option<Expr<'a>>, Option<Expr<'a>>) {
        let count = |this: &mut Self, expr: &'a plan::Expr| {
            let bound = expr.unguarded();
            let value = match bound.kind {
                ExprKind::Param(param) if bound.ty.kind == djq_check::Type::BigInt => this.slot(
                    crate::rendered::SlotValue::Param(param),
                    bound.ty.clone(),
                    false,
                ),
                _ => this.expression(bound),
            };
            let value = match (&bound.kind, this.dialect.page_bound()) {
                (ExprKind::Literal(_), _) | (_, None) => value,
                (_, Some(sql)) => Expr::form(Form::atom(sql), vec![value]),
            };
            match expr.guard() {
                Some(guard) => this.when(guard, value),
                None => value,
            }
        };
        let offset = query.offset.as_ref().filter(|offset| {
            !matches!(offset.unguarded().kind, ExprKind::Literal(Literal::Int(0)))
        });
        let limit = query.limit.as_ref().map(|limit| count(self, limit));
        let offset = offset.map(|offset| count(self, offset));
        let mut no_limit = None;
        if let (Some(offset), Some(none)) = (&offset, self.dialect.no_limit()) {
            let left_out = match &limit {
                None => Some(None),
                Some(limit) => limit.guard().map(|guard| Some(guard.clone().negated())),
            };
            if let Some(left_out) = left_out {
                let guards = offset.guard().cloned().into_iter().chain(left_out);
                no_limit = Some(self.when_all(guards.collect(), Expr::atom(none)));
            }
        }
        (limit, no_limit, offset)
    }

    pub(super) fn select(
        &mut self,
        select: &'a plan::Select,
        order_by: &'a [plan::OrderKey],
    ) -> Select<'a> {
        self.first = match self.dialect.has_distinct_on() {
            true => First::of(select, order_by),
            false => None,
        };
        let from = select
            .from
            .as_ref()
            .map(|from| self.from(select, order_by, from));
        self.from = select.from.as_ref();
        let filter = match self.first.take() {
            None => self.conditions(&select.filter),
            Some(first) => {
                let others = select.filter.iter();
                let others = others.filter(|condition| !std::ptr::eq(*condition, first.condition));
                let others = others.map(|condition| self.expression_for(condition, Use::Truth));
                Expr::all(others.collect())
            }
        };
        self.group_keys = &select.group_by;
        let grouped = self.grouping_set.map(|set| {
            let grouped = self.group_by(select);
            self.absent.push(set);
            grouped
        });
        let mut items: Vec<_> = select.items.iter().map(|item| self.item(item)).collect();
        if select.distinct {
            self.exact_items(&mut items, &select.items);
        }
        let of_set = grouped.is_some();
        let past_index = self.dialect.key_past_index().filter(|_| select.scans);
        if let Some(form) = &past_index
            && self.dialect.key_past_index_in_output()
        {
            let keys = |item: &plan::Item| select.group_by.iter().any(|key| same(key, &item.value));
            for (item, _) in items
                .iter_mut()
                .zip(&select.items)
                .filter(|(_, plan)| keys(plan))
            {
                past(form, &mut item.value);
            }
        }
        let (mut keys, by_nothing) = match grouped {
            Some(grouped) => grouped,
            None => self.group_by(select),
        };
        if let Some(form) = &past_index {
            keys.iter_mut().flatten().for_each(|key| past(form, key));
        }
        let group_by = match &select.grouping_sets {
            Some(sets) if !of_set => super::grouping_sets::native(keys, sets),
            _ => keys.into_iter().flatten().collect(),
        };
        self.having = true;
        let mut having: Vec<_> = select
            .having
            .iter()
            .map(|condition| self.expression_for(condition, Use::Truth))
            .collect();
        self.having = false;
        if of_set {
            self.absent.pop();
        }
        if select.grouped && group_by.is_empty() {
            // Grouped by constants alone: no group without rows. By nothing: one, even if no aggregate says so.
            let aggregates = select.items.iter().any(|item| gathers(&item.value));
            let always = |condition: &plan::Expr| condition.guard().is_none() && gathers(condition);
            if !by_nothing {
                having.insert(0, rows("count(*) > 0"));
            } else if !aggregates && !select.having.iter().any(always) {
                having.push(rows("count(*) >= 0"));
            }
            if !having.is_empty()
                && !aggregates
                && !self.dialect.has_having_alone()
                && let Some(first) = items.first_mut()
            {
                let value = std::mem::replace(&mut first.value, Expr::atom("NULL"));
                first.value = Expr::Case {
                    branches: vec![(rows("count(*) >= 0"), value)],
                    otherwise: None,
                };
            }
        }
        Select {
            distinct: select.distinct,
            distinct_on: Vec::new(),
            items,
            from,
            filter,
            group_by,
            having: Expr::all(having),
        }
    }

    /// What is written for each key of the groups at hand, by its place, and whether there are none at all.
    fn group_by(&mut self, select: &'a plan::Select) -> (Vec<Vec<Expr<'a>>>, bool) {
        let mut group_by = Vec::with_capacity(select.group_by.len());
        let mut by_nothing = true;
        for (place, key) in select.group_by.iter().enumerate() {
            let mut written = Vec::with_capacity(1);
            if self.grouping_set.is_none_or(|set| set.has(place)) {
                by_nothing = false;
                if !is_constant(key) {
                    written.push(self.group_key(key, &select.items));
                    written.extend(self.exact_key(select, key));
                    written.extend(self.columns_of_row(select, key));
                }
            }
            group_by.push(written);
        }
        (group_by, by_nothing)
    }

    /// Where a row that is grouped by its key is read through a derived table of our own, its other columns: the server no
    /// longer knows that they follow from the key.
    fn columns_of_row(&self, select: &plan::Select, key: &plan::Expr) -> Vec<Expr<'a>> {
        let ExprKind::Column(table, column) = &key.kind else {
            return Vec::new();
        };
        if !select.keyed.contains(table) {
            return Vec::new();
        }
        let others = self
            .renamed
            .iter()
            .filter(|known| known.table == *table && *known.column != **column);
        others
            .map(|known| Expr::Column(known.alias.clone(), known.name.clone()))
            .collect()
    }

    pub(super) fn item(&mut self, item: &'a plan::Item) -> Item<'a> {
        self.check_name(&item.name, item.value.span);
        self.whole = true;
        let value = self.expression(&item.value);
        let value = match item.value.unguarded().kind {
            // A bare NULL would be text to PostgreSQL.
            ExprKind::Literal(Literal::Null) => {
                value.within_guard(|null| self.typed(null, &item.value.ty))
            }
            _ => value,
        };
        Item {
            value,
            name: (&*item.name).into(),
        }
    }

    /// Text outputs compared exactly, for rows that are told from each other.
    pub(super) fn exact_items(&mut self, items: &mut [Item<'a>], plan: &[plan::Item]) {
        for (item, plan) in items.iter_mut().zip(plan) {
            // A null without a type has no character set, and so no collation.
            let null = matches!(plan.value.kind, ExprKind::Literal(Literal::Null))
                && self
                    .dialect
                    .typed_placeholder(&plan.value.ty.kind)
                    .is_none();
            if !null {
                let value = std::mem::replace(&mut item.value, Expr::atom("NULL"));
                item.value = self.exactly(value, &plan.value.ty);
            }
        }
    }

    /// A key with a bound value in it goes by its place: where placeholders have no numbers, the server could
    /// not know that the two are the same.
    fn group_key(&mut self, key: &'a plan::Expr, items: &'a [plan::Item]) -> Expr<'a> {
        if self.dialect.placeholders() == crate::dialect::Placeholders::Positional
            && walk::has_parameter(key)
            && let Some(place) = items.iter().position(|item| same(&item.value, key))
        {
            return Expr::atom((place + 1).to_string());
        }
        self.whole = true;
        self.expression(key)
    }
}

/// Whether of rows that are all the same one is kept, and an offset skips it: MariaDB stops at the first then, and skips none.
fn skips_equal_rows(query: &plan::Query) -> bool {
    let plan::Body::Select(select) = &query.body else {
        return false;
    };
    let by_items = |key: &plan::OrderKey| matches!(key.value.kind, ExprKind::Item(_));
    query.offset.is_some()
        && select.distinct
        && query.order_by.iter().all(by_items)
        && select.items.iter().all(|item| is_constant(&item.value))
}

/// Puts an operand into a form.
fn past<'a>(form: &Form, operand: &mut Expr<'a>) {
    let value = std::mem::replace(operand, Expr::atom("NULL"));
    *operand = Expr::form(form.clone(), vec![value]);
}

/// The same expression, wherever written: compared by shape, since spans differ.
pub(super) fn same(left: &plan::Expr, right: &plan::Expr) -> bool {
    match (&left.kind, &right.kind) {
        (ExprKind::Call(a, left), ExprKind::Call(b, right)) => a == b && all_same(left, right),
        (ExprKind::Row(left), ExprKind::Row(right)) => all_same(left, right),
        (ExprKind::Unary(a, left), ExprKind::Unary(b, right)) => a == b && same(left, right),
        (ExprKind::Binary(a, left, right), ExprKind::Binary(b, other_left, other_right)) => {
            a == b && same(left, other_left) && same(right, other_right)
        }
        (ExprKind::Cast(a), ExprKind::Cast(b)) | (ExprKind::TryCast(a), ExprKind::TryCast(b)) => {
            left.ty == right.ty && same(a, b)
        }
        (left, right) => left == right,
    }
}

fn all_same(left: &[plan::Expr], right: &[plan::Expr]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| same(left, right))
}

/// Whether an aggregate is in it that makes one row of all: `grouping` becomes a number.
fn gathers(expr: &plan::Expr) -> bool {
    let mut found = false;
    walk::expressions(expr, false, &mut |part| {
        found |= matches!(
            part.kind,
            ExprKind::Aggregate(_) | ExprKind::JsonList { .. }
        );
    });
    found
}

/// A condition on the number of rows.
fn rows<'a>(sql: &'static str) -> Expr<'a> {
    Expr::Text(sql.into(), Binding::Comparison)
}

/// Whether it is the same for all rows: that makes no groups and no order. A server may work it out before it reads
/// the clause, and take the number that comes out for a place.
pub(super) fn is_constant(expr: &plan::Expr) -> bool {
    if super::truth::always(expr).is_some() {
        return true;
    }
    let mut constant = true;
    walk::expressions(expr, false, &mut |part| {
        constant &= !matches!(
            part.kind,
            ExprKind::Column(..)
                | ExprKind::Item(_)
                | ExprKind::NewKey(..)
                | ExprKind::ContentType(..)
                | ExprKind::Aggregate(_)
                | ExprKind::Grouping(_)
                | ExprKind::Window(_)
                | ExprKind::InQuery { .. }
                | ExprKind::Exists(_)
                | ExprKind::Scalar(_)
                | ExprKind::InParent(_)
                | ExprKind::Call(FunctionId::Random | FunctionId::UuidV4, _)
        );
    });
    constant
}

/// A place in the source where a query starts.
pub(super) fn span_of(query: &plan::Query) -> djq_diagnostics::Span {
    match &query.body {
        plan::Body::Select(select) => select
            .items
            .first()
            .map_or_else(Default::default, |item| item.value.span),
        plan::Body::SetOperation { left, .. } => span_of(left),
        plan::Body::Values(values) => values
            .rows
            .iter()
            .flatten()
            .next()
            .map_or_else(Default::default, |value| value.span),
    }
}
