//! Aggregates over relations of several steps, of some rows of a model: `where a.region = $region select count(a.tags.name)`.
//!
//! The lowering asks for each row. PostgreSQL then reads the whole of a small table at each step for every row, since that
//! seems cheaper to it than a few look-ups: fourteen times the time of groups that are made of the wanted rows alone.

use super::{
    base, candidate::Candidate, each_select, groups::Groups, joins_keep_rows, survey::Survey,
};
use crate::{
    parts::{self, Part},
    plan::{Expr, ExprKind, From, Query, Select, Table},
};
use djq_schema::Schema;

/// Groups such aggregates of a query; gives whether there were any.
pub(crate) fn group_within(query: &mut Query, tables: &mut Vec<Table>, schema: &Schema) -> bool {
    let mut found = false;
    each_select(query, &mut |select, _, paged| {
        found |= !paged && of_select(select, tables, schema);
    });
    found
}

fn of_select(select: &mut Select, tables: &mut Vec<Table>, schema: &Schema) -> bool {
    let Some(mut from) = select.from.take() else {
        return false;
    };
    let mut found = false;
    if !select.grouped
        && joins_keep_rows(&from)
        && let From::Table { id, .. } = base(&mut from)
    {
        let id = *id;
        let rows = base(&mut from).clone();
        // Any of the conditions will do: what is left out only makes groups that no row is joined to.
        let conditions: Vec<_> = (select.filter.iter())
            .filter(|condition| {
                let survey = Survey::of(condition);
                let plain = !survey.queries && !survey.fixed && !survey.windows;
                plain && !survey.named.is_empty() && survey.named.iter().all(|(of, _)| *of == id)
            })
            .cloned()
            .collect();
        if !conditions.is_empty() {
            let mut groups = Groups::new(tables, schema, &from, id);
            for item in &mut select.items {
                replace(&mut item.value, &mut groups);
            }
            found = groups.keep_within(&rows, &conditions);
            let listed;
            (from, listed) = groups.joined(from);
            select.filter.extend(listed);
        }
    }
    select.from = Some(from);
    found
}

/// Puts columns of groups where an expression has aggregates over relations of several steps.
fn replace(expr: &mut Expr, groups: &mut Groups<'_>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        if let ExprKind::Scalar(query) = &mut expr.kind {
            let candidate = Candidate::of(query, groups.base());
            let candidate = candidate.filter(|found| matches!(found.from, From::Join { .. }));
            if let Some(candidate) = candidate {
                expr.kind = groups.add(candidate);
            }
            return;
        }
        if matches!(expr.kind, ExprKind::When(..)) {
            return;
        }
        parts::of_expr(expr, &mut |part| {
            if let Part::Expr(part) = part {
                replace(part, groups);
            }
        });
    });
}
