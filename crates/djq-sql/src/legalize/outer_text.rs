//! Subqueries that use a text of the queries around them: a server that keeps what a subquery gave finds it again by the
//! text's own collation, and so for another text too.

use super::{Legalizer, walk};
use crate::dialect::{Features, Setting};
use djq_check::Type;
use djq_plan::plan::{self, Expr, ExprKind, TableId};
use rustc_hash::FxHashSet;

impl Legalizer<'_> {
    /// Notes whether the query of an expression uses such a text; the left side of `in` may become part of its query.
    pub(super) fn note_subquery(&mut self, expr: &Expr) {
        let (ExprKind::Scalar(query) | ExprKind::Exists(query) | ExprKind::InQuery { query, .. }) =
            &expr.kind
        else {
            return;
        };
        if !self.heeds_outer_text() {
            return;
        }
        let mut own = FxHashSet::default();
        walk::own_tables(query, &mut own);
        let mut found = false;
        walk::of_query(query, &mut |part| found |= is_outer_text(part, &own));
        if let ExprKind::InQuery { value, .. } = &expr.kind {
            walk::expressions(value, true, &mut |part| found |= is_outer_text(part, &own));
        }
        self.features.outer_text |= found;
    }

    /// Whether it makes a difference to the server, and none has been seen yet: each look goes through the whole query.
    fn heeds_outer_text(&self) -> bool {
        let outer_text = Features {
            outer_text: true,
            ..Features::default()
        };
        !self.features.outer_text && self.dialect.setting(outer_text) != Setting::None
    }

    /// As `note_subquery`, of a lateral query that has become one.
    pub(super) fn note_lateral(&mut self, select: &plan::Select) {
        if !self.heeds_outer_text() {
            return;
        }
        let mut own = FxHashSet::default();
        if let Some(from) = &select.from {
            walk::tables_of(from, &mut own);
        }
        let mut found = false;
        walk::of_select(select, &mut |part| found |= is_outer_text(part, &own));
        self.features.outer_text |= found;
    }
}

fn is_outer_text(expr: &Expr, own: &FxHashSet<TableId>) -> bool {
    *expr.ty.kind.base() == Type::Text
        && matches!(&expr.kind, ExprKind::Column(table, _) if !own.contains(table))
}
