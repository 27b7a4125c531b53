//! Text compared exactly, whatever its column's collation: in lists, groups, orders, different rows.
//!
//! Operators and aggregates are spelt so by the dialects themselves.

use super::{Legalizer, query};
use crate::{
    dialect::{Binding, Form},
    legal::Expr,
};
use djq_check::{Ty, Type};
use djq_plan::plan;

/// Whether a key is a column of a table that is grouped by its whole primary key. That is unique by the column's own
/// collation, and only as it stands do servers know that the table's other columns follow from it.
fn is_row_key(select: &plan::Select, key: &plan::Expr) -> bool {
    matches!(&key.kind, plan::ExprKind::Column(table, _) if select.keyed.contains(table))
}

impl<'a> Legalizer<'a> {
    /// `expr` with the exact collation, where that is asked for and it is text.
    pub(super) fn exactly(&self, expr: Expr<'a>, ty: &Ty) -> Expr<'a> {
        match self.dialect.exact_collation() {
            Some(collation) if *ty.kind.base() == Type::Text => expr.within_guard(|expr| {
                Expr::form(
                    Form::infix(
                        format!("{{0}} COLLATE {collation}"),
                        Binding::Unary,
                        Binding::Atom,
                    ),
                    vec![expr],
                )
            }),
            _ => expr,
        }
    }

    /// Whether an expression is a key of a group around it, which then stands in one form everywhere.
    pub(super) fn is_exact_key(&self, expr: &plan::Expr) -> bool {
        self.exact_keys.iter().any(|key| query::same(key, expr))
    }

    /// The text keys of a SELECT's groups, from here on until they are taken away again.
    pub(super) fn add_exact_keys(&mut self, select: &'a plan::Select) {
        if self.dialect.exact_collation().is_some() {
            let keys = select
                .group_by
                .iter()
                .filter(|key| *key.ty.kind.base() == Type::Text)
                .filter(|key| !is_row_key(select, key));
            self.exact_keys.extend(keys);
        }
    }
}
