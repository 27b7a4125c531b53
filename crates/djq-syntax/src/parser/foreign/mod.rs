//! What people bring from SQL, Python and PRQL: recognised, read as what was meant, and answered
//! with a fix, so that nothing behind it goes wrong.

mod clauses;
mod conflict;
mod django;
mod expressions;
mod select;

pub(super) use clauses::{
    bare_alias, bare_set_operand, before_select, clause, clause_at, clause_at_next, not_a_clause,
    outer, semicolon,
};
pub(super) use conflict::{skip_do, update_assignments};
pub(super) use django::{django_path, is_django_path, is_manager, manager, manager_ahead};
pub(super) use expressions::{call, dollar, interval, joins_conditions, minus_descends, name};
pub(super) use select::{report_select_distinct, select_before_from, select_distinct};
