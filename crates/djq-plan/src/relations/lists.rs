//! Nested rows as JSON, of all rows of a model: grouped once by the key of their outer row, and joined.
//!
//! The lowering asks for the array of each row. Of two million rows PostgreSQL, MySQL and MariaDB did not come to an end of that
//! in a minute, and had the groups in one or two seconds.

use super::{base, candidate::Candidate, each_select, groups::Groups, is_whole, paged};
use crate::{
    parts::{self, Part},
    plan::{Expr, ExprKind, From, OrderKey, Query, Select, Table},
};
use djq_schema::Schema;

/// Groups the arrays of nested rows of a query; gives whether there were any.
pub(crate) fn group_lists(query: &mut Query, tables: &mut Vec<Table>, schema: &Schema) -> bool {
    let mut found = false;
    each_select(query, &mut |select, order_by, paged| {
        found |= of_select(select, order_by, paged, tables, schema);
    });
    found
}

fn of_select(
    select: &mut Select,
    order_by: &mut [OrderKey],
    paged: bool,
    tables: &mut Vec<Table>,
    schema: &Schema,
) -> bool {
    // What is known of all rows may keep a few of them, whose arrays alone are wanted.
    let keeps_some = paged || !select.filter.is_empty();
    if keeps_some || select.grouped || select.distinct || !is_whole(select, order_by, paged) {
        return false;
    }
    let Some(mut from) = select.from.take() else {
        return false;
    };
    let mut found = false;
    if let From::Table { id, .. } = base(&mut from) {
        let id = *id;
        let mut groups = Groups::new(tables, schema, &from, id);
        for item in &mut select.items {
            replace(&mut item.value, &mut groups, &mut found);
        }
        // There are no conditions on them that could stand for a group.
        (from, _) = groups.joined(from);
    }
    select.from = Some(from);
    found
}

/// Puts a column of groups where an expression has the array of nested rows.
fn replace(expr: &mut Expr, groups: &mut Groups<'_>, found: &mut bool) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        if let ExprKind::Scalar(query) = &expr.kind {
            let paged = paged::numbered(query, groups.base(), groups.tables());
            let query = paged.as_ref().unwrap_or(query);
            if let Some(candidate) = Candidate::of_list(query, groups.base()) {
                expr.kind = groups.add(candidate);
                *found = true;
            }
            return;
        }
        if matches!(expr.kind, ExprKind::When(..)) {
            return;
        }
        parts::of_expr(expr, &mut |part| {
            if let Part::Expr(part) = part {
                replace(part, groups, found);
            }
        });
    });
}
