//! What people bring from SQL, Python and PRQL: recognised, read as what was meant, and answered
//! with a fix, so that nothing behind it goes wrong.

mod clauses;
mod clock;
mod conflict;
mod declared;
mod django;
mod durations;
mod expressions;
mod inserts;
mod json;
mod lists;
mod operators;
mod prql;
mod quantified;
mod queryset;
mod select;
mod sources;
mod sql_calls;
mod statements;
mod values;
mod within;

use djq_diagnostics::{Applicability, Diagnostic, Span, codes};

use super::input::{Input, Read};

pub(super) use clauses::{
    before_select, clause, clause_at, clause_at_next, lateral, not_a_clause, outer, semicolon,
};
pub(super) use clock::clock;
pub(super) use conflict::{skip_do, update_assignments};
pub(super) use declared::Declared;
pub(super) use django::{django_path, is_django_path};
pub(super) use durations::cast_duration;
use expressions::call_of;
pub(super) use expressions::{
    call, dollar, leading_dot, minus_descends, name, second_where, value,
};
pub(super) use inserts::insert;
pub(super) use json::arrow;
pub(super) use lists::{
    Top, assignment_alias, assignment_sign, bare_alias, bare_cte, bare_set_operand, braced_columns,
    forgotten_comma, hyphens, limit_pair, named_before, parameter_type, quoted_alias, top,
    top_pending, top_report,
};
pub(super) use operators::{
    begins_null_test, begins_word_operator, between_comma, comparison, is_value, joiner,
    joins_conditions, not, null_test,
};
pub(super) use prql::{group, pipe, prql_join, prql_window};
pub(super) use queryset::{expression, is_manager, manager, manager_ahead};
pub(super) use select::{
    report_select_distinct, select_before_from, select_distinct, select_distinct_on,
};
pub(super) use sources::{behind_source, element_of, using, value_rows, with_without_as};
pub(super) use statements::{statement, transaction};
pub(super) use values::{
    bare_pattern, begins_choice, choice, missing_end, missing_when, placeholder,
};
pub(super) use within::within_group;

/// Steps over a word that says nothing here, and offers to remove it.
fn not_needed(inp: &mut Input<'_, '_>, message: &str, offer: &str) {
    let span = inp.here();
    inp.bump();
    let next = inp.here();
    inp.knows().report(
        Diagnostic::new(&codes::FOREIGN_CLAUSE, span, message)
            .label("not needed")
            .fix(
                Applicability::Exact,
                offer,
                Span {
                    end: next.start.max(span.end),
                    ..span
                },
                "",
            ),
    );
}

/// Steps over a value's word of another language, and offers djq's.
fn written_so(inp: &mut Input<'_, '_>, ours: &str) -> Span {
    let span = inp.here();
    let token = inp.bump();
    let theirs = inp.knows().text(token);
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_VALUE,
            span,
            format!("`{theirs}` is written `{ours}`"),
        )
        .label("a value of another language")
        .fix(Applicability::Exact, format!("write `{ours}`"), span, ours),
    );
    span
}
