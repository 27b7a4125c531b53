//! Aggregates of a subquery over values of the query around it.
//!
//! To SQL, an aggregate belongs to the innermost query whose columns are in it: `(select max(a.id) from b)` is an
//! aggregate of the rows of `a`. One that is over this query's rows, and names none of their columns, is given one.

use super::{
    Planner,
    block::{BlockId, Mode, Place},
};
use crate::plan::{self, Expr, ExprKind, JsonMember, TableId};
use djq_check::{
    Type,
    functions::AggregateId,
    hir::{BinaryOperator, Literal, SourceKind, UnaryOperator},
};
use djq_diagnostics::Span;

impl Planner<'_> {
    /// How often columns were named so far; nothing where no query is around this one.
    pub(super) fn uses(&self, block: BlockId) -> Option<usize> {
        let scope = self.blocks[block].scope;
        self.scopes[scope].parent?;
        Some(self.facts.iter().map(|facts| facts.uses).sum())
    }

    /// Keeps an aggregate in its own query where all columns that it has named since `before` are another's.
    pub(super) fn keep_inside(
        &mut self,
        block: BlockId,
        before: Option<usize>,
        aggregate: &mut plan::Aggregate,
    ) {
        let (Some(before), Some(now)) = (before, self.uses(block)) else {
            return;
        };
        let scope = self.blocks[block].scope;
        let is_own = |table: TableId| self.facts[table.0 as usize].scope == scope;
        let parts = || aggregate.arguments.iter().chain(&aggregate.condition);
        // Of columns in a query further inside not all servers take notice. A key of groups around is one that is not counted.
        let none = now == before && !parts().any(|part| names(part, &|_| true));
        if none || parts().any(|part| names(part, &is_own)) {
            return;
        }
        let Some(own) = self.any_column(block) else {
            return;
        };
        let there = is_there(own);
        aggregate.condition = Some(match aggregate.condition.take() {
            None => there,
            Some(said) => binary(BinaryOperator::And, there, said),
        });
    }

    /// Keeps the array of nested rows in its own query, where the columns that the rows' object has named since `before`
    /// are all another's: one of its members then names a column of these rows.
    pub(super) fn keep_list_inside(
        &mut self,
        block: BlockId,
        before: Option<usize>,
        members: &mut [JsonMember],
    ) {
        let scope = self.blocks[block].scope;
        let is_own = |table: TableId| self.facts[table.0 as usize].scope == scope;
        if before == self.uses(block) || members.iter().any(|m| names(&m.value, &is_own)) {
            return;
        }
        let own = match self.blocks[block].inner {
            Some((inner, table)) => Some(self.any_item(block, inner, table)),
            None => self.any_column(block),
        };
        let at = members.iter().position(|member| !member.nested);
        let (Some(own), Some(member)) = (own, members.get_mut(at.unwrap_or(0))) else {
            return;
        };
        let (ty, span) = (member.value.ty.clone(), member.value.span);
        let value = Expr {
            kind: ExprKind::Literal(Literal::Null),
            ty: ty.clone(),
            span,
        };
        let value = std::mem::replace(&mut member.value, value);
        member.value = Expr {
            kind: ExprKind::Case {
                branches: vec![(is_there(own), value)],
                otherwise: None,
            },
            ty,
            span,
        };
    }

    /// A column of the derived table that a block reads.
    fn any_item(&mut self, block: BlockId, inner: BlockId, table: TableId) -> Expr {
        let span = Span::default();
        if self.blocks[inner].items.is_empty() {
            self.blocks[inner].items.push(plan::Item {
                value: Expr {
                    kind: ExprKind::Literal(Literal::Int(1)),
                    ty: Type::Int.required(),
                    span,
                },
                name: "one".into(),
            });
        }
        self.item_column(block, inner, table, 0, span)
    }

    /// A column of the source that a block's pipeline starts from.
    fn any_column(&mut self, block: BlockId) -> Option<Expr> {
        let source = self.scopes[self.blocks[block].scope].from?;
        let of = self.source(source);
        let (place, ty, span) = match &of.kind {
            SourceKind::Model(model) => {
                let key = self.schema.primary_key(*model).next()?;
                let ty = Type::from(&self.schema.field(key).ty).required();
                (Place::Field(key), ty, of.span)
            }
            SourceKind::Cte(cte) => {
                let body = &self.query.ctes[cte.0 as usize].body;
                (Place::Output(0), value_type(body)?, of.span)
            }
            SourceKind::Derived(body) => (Place::Output(0), value_type(body)?, of.span),
            SourceKind::Tree(_) => (
                Place::Output(djq_check::hir::Tree::DEPTH),
                Type::Int.required(),
                of.span,
            ),
            SourceKind::Rows(rows) => {
                let (_, ty) = rows.columns.first()?;
                (Place::Output(0), ty.clone(), of.span)
            }
        };
        // An outer join makes it nullable where it may be missing.
        Some(self.in_mode(block, Mode::Rows, |p| {
            p.column(block, source, place, &ty, span)
        }))
    }
}

/// What is true of every row that has such a column.
fn is_there(own: Expr) -> Expr {
    let nullable = own.ty.nullable;
    let not_null = negated(is_null(own.clone()));
    match nullable {
        true => binary(BinaryOperator::Or, is_null(own), not_null),
        false => not_null,
    }
}

fn is_null(of: Expr) -> Expr {
    condition(of.span, ExprKind::IsNull(Box::new(of)))
}

fn negated(of: Expr) -> Expr {
    condition(of.span, ExprKind::Unary(UnaryOperator::Not, Box::new(of)))
}

fn binary(operator: BinaryOperator, left: Expr, right: Expr) -> Expr {
    let span = left.span;
    let kind = ExprKind::Binary(operator, Box::new(left), Box::new(right));
    condition(span, kind)
}

fn condition(span: Span, kind: ExprKind) -> Expr {
    Expr {
        kind,
        ty: Type::Bool.required(),
        span,
    }
}

/// Whether a column of such a table is in an expression, queries in it apart.
fn names(expr: &Expr, is_own: &dyn Fn(TableId) -> bool) -> bool {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        let inner = |expr: &Expr| names(expr, is_own);
        match &expr.kind {
            ExprKind::Column(table, _) => is_own(*table),
            ExprKind::Unary(_, of)
            | ExprKind::IsNull(of)
            | ExprKind::IsBool(of, _)
            | ExprKind::InParam(of, _)
            | ExprKind::Cast(of)
            | ExprKind::TryCast(of)
            | ExprKind::InQuery { value: of, .. } => inner(of),
            ExprKind::Binary(_, left, right)
            | ExprKind::Lookup {
                value: left,
                pattern: right,
                ..
            } => inner(left) || inner(right),
            ExprKind::InList(value, list) => inner(value) || list.iter().any(inner),
            ExprKind::Call(_, list) | ExprKind::Sql(_, list) | ExprKind::Row(list) => {
                list.iter().any(inner)
            }
            ExprKind::Case {
                branches,
                otherwise,
            } => {
                let mut parts = branches.iter();
                parts.any(|(condition, value)| inner(condition) || inner(value))
                    || otherwise.as_deref().is_some_and(inner)
            }
            _ => false,
        }
    })
}

/// The type of a pipeline's first column.
fn value_type(body: &djq_check::hir::Pipeline) -> Option<djq_check::Ty> {
    match &body.columns.first()?.kind {
        djq_check::hir::ColumnKind::Value(value) => Some(value.ty.clone()),
        djq_check::hir::ColumnKind::Nest(_) => None,
    }
}

/// Where all rows have the same value, the different ones are one, and each place among them has it: that needs no list,
/// which SQLite could not place, and no order, for which MySQL would take a number to be a column's place.
pub(super) fn only_value(aggregate: &mut plan::Aggregate) {
    let Some(of) = aggregate.arguments.first() else {
        return;
    };
    if !matches!(of.kind, ExprKind::Literal(_) | ExprKind::Param(_)) {
        return;
    }
    let is_double = !matches!(of.ty.kind.base(), Type::Decimal(..));
    aggregate.function = match aggregate.function {
        AggregateId::StringAgg if aggregate.distinct => AggregateId::Min,
        AggregateId::PercentileDisc => AggregateId::Min,
        AggregateId::PercentileCont | AggregateId::Median if is_double => AggregateId::Avg,
        _ => return,
    };
    aggregate.distinct = false;
    aggregate.arguments.truncate(1);
    aggregate.order_by.clear();
}
