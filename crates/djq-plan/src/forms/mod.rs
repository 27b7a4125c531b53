//! Forms of the same rows, of which one is faster on one server, and another on another; docs/plans.md has the measures.
//!
//! Not here: forms that are best everywhere, which the lowering writes.

mod firsts;
mod joined;
mod members;
mod pages;

use crate::lower::unique;
use crate::plan::{Body, From, Plan, Query, Table};
use crate::relations::{group_lists, group_within};
use crate::walk;
use djq_schema::Schema;

/// The forms that are fast on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forms {
    /// Where a page of each of some parents is read parent by parent, by a lateral join; else the rows of all of them are
    /// numbered.
    pub lateral_pages: LateralPages,
    /// Whether, of all rows of a model, it is asked whether they are in a list of those with related rows, not of each
    /// whether it has any.
    pub members: bool,
    /// Whether that is so in a condition too.
    pub members_in_conditions: bool,
    /// Where a value of the first related row, of all rows of a model, is read for all of them at once, not for each.
    pub joined_firsts: JoinedFirsts,
    /// Whether aggregates over relations of several steps, of some rows of a model, are grouped for all of those at once.
    pub grouped_within: bool,
    /// Whether nested rows as JSON, of all rows of a model, are grouped for all of those at once, not asked for by the row.
    pub grouped_lists: bool,
}

/// Where a page of each parent is read by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LateralPages {
    /// Nowhere.
    #[default]
    Never,
    /// Where an index has the pages' order.
    ByIndex,
    /// Where a condition says which parents.
    Filtered,
}

/// Where the first related rows of all rows of a model are read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JoinedFirsts {
    /// Nowhere.
    #[default]
    Never,
    /// Where no index has their order.
    WithoutIndex,
    /// Everywhere.
    Always,
}

impl Forms {
    /// All of them: what these leave alone, any do.
    const ALL: Self = Self {
        lateral_pages: LateralPages::Filtered,
        members: true,
        members_in_conditions: true,
        joined_firsts: JoinedFirsts::Always,
        grouped_within: true,
        grouped_lists: true,
    };
}

/// The plan in these forms, if that is another.
#[must_use]
pub fn in_forms(plan: &Plan, schema: &Schema, forms: Forms) -> Option<Plan> {
    if forms == Forms::default() || !plan.has_forms {
        return None;
    }
    let mut plan = plan.clone();
    apply(&mut plan, schema, forms).then_some(plan)
}

/// Whether a plan has other forms.
pub(crate) fn has_any(plan: &Plan, schema: &Schema) -> bool {
    may_have_any(plan) && apply(&mut plan.clone(), schema, Forms::ALL)
}

/// A quick look before the thorough one: a derived table, or a subquery.
fn may_have_any(plan: &Plan) -> bool {
    let mut queries = plan.statements.iter().map(|statement| &statement.query);
    queries.any(has_parts)
}

fn has_parts(query: &Query) -> bool {
    fn derived(from: &From) -> bool {
        match from {
            From::Derived { .. } => true,
            From::Join { left, right, .. } => derived(left) || derived(right),
            _ => false,
        }
    }
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        query.ctes.iter().any(|cte| has_parts(&cte.query))
            || match &query.body {
                Body::Select(select) => {
                    let items = select.items.iter().map(|item| &item.value);
                    select.from.as_ref().is_some_and(derived)
                        || items.chain(&select.filter).any(walk::has_query)
                }
                Body::SetOperation { left, right, .. } => has_parts(left) || has_parts(right),
                Body::Values(_) => false,
            }
    })
}

/// Puts the plan into these forms; gives whether that changed it.
fn apply(plan: &mut Plan, schema: &Schema, forms: Forms) -> bool {
    let mut changed = false;
    for statement in &mut plan.statements {
        // Locks name the tables of the outermost SELECT as they stand.
        if statement.lock.is_some() {
            continue;
        }
        if forms.lateral_pages != LateralPages::Never {
            let mut pages = pages::Pages {
                schema,
                tables: &mut plan.tables,
                counts: &plan.counts,
                place: forms.lateral_pages,
                changed: false,
            };
            pages.query(&mut statement.query);
            changed |= pages.changed;
        }
        if forms.members {
            let mut members = members::Members {
                schema,
                in_conditions: forms.members_in_conditions,
                changed: false,
            };
            members.query(&mut statement.query);
            changed |= members.changed;
        }
        if forms.grouped_within {
            changed |= group_within(&mut statement.query, &mut plan.tables, schema);
        }
        if forms.grouped_lists {
            changed |= group_lists(&mut statement.query, &mut plan.tables, schema);
        }
        if forms.joined_firsts != JoinedFirsts::Never {
            let mut firsts = firsts::Firsts {
                schema,
                tables: &mut plan.tables,
                place: forms.joined_firsts,
                changed: false,
            };
            firsts.query(&mut statement.query);
            changed |= firsts.changed;
        }
    }
    changed
}

/// A name for a table reference that no other has: as wished, or with a number behind it.
fn free_alias(tables: &[Table], wish: &str) -> Box<str> {
    unique(wish, |name| {
        tables.iter().any(|table| *table.alias == *name)
    })
}
