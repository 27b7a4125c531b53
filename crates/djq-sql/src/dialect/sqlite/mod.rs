//! SQLite.

mod json;
mod lists;
mod literal;
mod spell;

use super::{
    Binding, BoundRows, Constant, Dialect, DialectId, Features, Form, JsonList, NullOrder, Options,
    Placeholders, RangeBy, Refusal, Series, Setting, Spelling, capability,
};
use super::{Joined, Locking, Returning, Upsert, Writing};
use djq_check::{
    Ty, Type,
    functions::{AggregateId, WindowId},
    hir::{Literal, SetOperator},
};
use djq_plan::{
    Forms, JoinedFirsts, LateralPages,
    plan::{Expr, Limit},
};
use std::borrow::Cow;

/// SQLite.
#[derive(Debug)]
pub(super) struct Sqlite {
    options: Options,
}

impl Sqlite {
    pub(super) fn new(options: Options) -> Self {
        Self { options }
    }
}

impl Dialect for Sqlite {
    fn id(&self) -> DialectId {
        DialectId::Sqlite
    }

    fn options(&self) -> &Options {
        &self.options
    }

    fn spell(&self, spelling: Spelling<'_>) -> Result<Form, Refusal> {
        spell::spell(&self.options, spelling)
    }

    fn literal(&self, literal: &Literal, ty: &Type) -> Result<Constant, Refusal> {
        literal::literal(literal, ty)
    }

    fn in_list_parameter(&self, element: &Ty) -> Result<Form, Refusal> {
        lists::in_list(element)
    }

    fn in_rows_parameter(&self, values: &[Expr]) -> Result<Form, Refusal> {
        lists::in_rows(values)
    }

    fn rows_parameter(&self, columns: &[&Ty]) -> Result<BoundRows, Refusal> {
        lists::rows(columns)
    }

    fn series(&self) -> Series {
        lists::SERIES
    }

    fn recursive_column(
        &self,
        _ty: &Type,
        _columns: bool,
        _first: bool,
    ) -> Option<Cow<'static, str>> {
        None
    }

    fn inlines_ctes(&self) -> bool {
        false
    }

    fn setting(&self, _features: Features) -> Setting {
        Setting::None
    }

    fn row_word(&self) -> &'static str {
        ""
    }

    fn json_value(&self, ty: &Ty) -> Result<Form, Refusal> {
        json::value(ty)
    }

    fn json_within(&self) -> Form {
        json::within()
    }

    fn json_depth(&self) -> usize {
        json::DEPTH
    }

    fn json_object(&self, members: usize) -> Form {
        json::object(members)
    }

    fn json_list(&self, ordered: bool) -> JsonList {
        json::list(ordered)
    }

    fn json_empty_list(&self) -> &'static str {
        "'[]'"
    }

    fn typed_placeholder(&self, _ty: &Type) -> Option<Cow<'static, str>> {
        None
    }

    fn infers_placeholder(&self, _ty: &Type) -> bool {
        true
    }

    fn typed_side(&self, _ty: &Type) -> Option<Cow<'static, str>> {
        None
    }

    fn exact_collation(&self) -> Option<&'static str> {
        self.options.exact_collation.then_some("BINARY")
    }

    fn quote(&self) -> char {
        '"'
    }

    fn takes_name(&self, _name: &str) -> bool {
        true
    }

    fn placeholders(&self) -> Placeholders {
        Placeholders::Numbered('?')
    }

    fn group_key_inside(&self, _having: bool) -> Option<&'static str> {
        None
    }

    fn window_text_inside(&self) -> Option<&'static str> {
        None
    }

    fn key_past_index(&self) -> Option<Form> {
        Some(Form::infix("+{0}", Binding::Unary, Binding::Atom))
    }

    fn key_past_index_in_output(&self) -> bool {
        false
    }

    fn forms(&self) -> Forms {
        Forms {
            lateral_pages: LateralPages::Never,
            members: true,
            members_in_conditions: true,
            joined_firsts: JoinedFirsts::Never,
            grouped_within: false,
            grouped_lists: false,
        }
    }

    fn has_distinct_on(&self) -> bool {
        false
    }

    fn has_full_join(&self) -> bool {
        true
    }

    fn full_join_needs_equality(&self) -> bool {
        false
    }

    fn has_lateral(&self) -> bool {
        false
    }

    fn has_outer_in_derived(&self) -> bool {
        true
    }

    fn has_set_operation(&self, operator: SetOperator, all: bool) -> bool {
        !all || operator == SetOperator::Union
    }

    fn has_parenthesised_sides(&self) -> bool {
        false
    }

    fn null_order(&self) -> NullOrder {
        NullOrder {
            clause: true,
            largest: false,
        }
    }

    fn has_grouping_sets(&self) -> bool {
        false
    }

    fn aggregate_over(&self, function: AggregateId) -> Result<(), Refusal> {
        if capability::is_over_everywhere(function) || function == AggregateId::StringAgg {
            Ok(())
        } else {
            Err(capability::not_over())
        }
    }

    fn has_lag_default(&self) -> bool {
        true
    }

    fn different_text(&self) -> Form {
        Form::infix("{0}", Binding::Atom, Binding::Atom)
    }

    fn different_values(&self) -> Option<&'static str> {
        Some("value")
    }

    fn gathered_rows(&self, columns: &[(Box<str>, Ty)]) -> Option<BoundRows> {
        Some(lists::gathered(columns))
    }

    fn order_of_no_order(&self, _function: WindowId) -> Option<&'static str> {
        None
    }

    fn has_bound_frames(&self) -> bool {
        true
    }

    fn has_windows_in_windows(&self) -> bool {
        true
    }

    fn has_outer_in_windows(&self) -> bool {
        true
    }

    fn has_frame_exclusion(&self) -> bool {
        true
    }

    fn range_by(&self, ty: &Type) -> Option<RangeBy> {
        match ty.base() {
            // Floats, of which a difference may be a hair off: counted in whole numbers of their last place. A
            // frame's bound takes no function.
            Type::Decimal(_, scale) => {
                let unit = format!("1{}", "0".repeat(usize::from(*scale)));
                Some(RangeBy {
                    key: format!("CAST(round({{0}} * {unit}) AS INTEGER)"),
                    distance: format!("CAST({{0}} * {unit} + 0.000001 AS INTEGER)"),
                })
            }
            _ => None,
        }
    }

    fn has_filter(&self) -> bool {
        true
    }

    fn no_limit(&self) -> Option<&'static str> {
        Some("-1")
    }

    fn has_query_in_row(&self) -> bool {
        true
    }

    fn has_having_alone(&self) -> bool {
        false
    }

    fn has_row_comparison(&self) -> bool {
        true
    }

    fn page_bound(&self) -> Option<&'static str> {
        Some("CASE WHEN {0} >= 0 THEN {0} END")
    }

    fn has_row_lists(&self) -> bool {
        false
    }

    fn has_outer_references_in_derived(&self) -> bool {
        true
    }

    fn has_limit_in_subquery(&self) -> bool {
        true
    }

    fn has_queries_over_groups(&self) -> bool {
        true
    }

    fn has_distinct_in_windows(&self) -> bool {
        true
    }

    fn has_outer_aggregates_in_from(&self) -> bool {
        false
    }

    fn null_text(&self) -> &'static str {
        "NULL"
    }

    fn has_windows_in_list(&self) -> bool {
        true
    }

    fn has_windows_in_intersect(&self) -> bool {
        true
    }

    fn has_frames_beside_row(&self) -> bool {
        true
    }

    fn locking(&self) -> Result<Locking, Refusal> {
        Err(Refusal {
            why: "SQLite locks no rows, but the whole database".into(),
            instead: Some(
                "leave the lock out, and begin the transaction with `BEGIN IMMEDIATE`: no other then writes".into(),
            ),
        })
    }

    fn within(&self, limit: &Limit) -> Option<Form> {
        // No path begins like this, and the error shows it.
        let why = super::constant::quoted(&format!(
            "{} takes {} characters",
            limit.field, limit.characters
        ));
        let (why, limit) = (super::constant::in_template(&why), limit.characters);
        Some(Form::atom(format!(
            "iif(length(rtrim({{0}}, ' ')) > {limit}, json_extract('{{{{}}}}', {why}), substr({{0}}, 1, {limit}))"
        )))
    }

    fn new_key(&self, _schema: Option<&str>, table: &str, column: &str) -> Cow<'static, str> {
        // `last_insert_rowid()` is of the last table, whichever that was; an automatic key is larger than all before it.
        let name = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        format!("(SELECT max({}) FROM {})", name(column), name(table)).into()
    }

    fn writing(&self) -> Writing {
        Writing {
            upsert: Upsert::OnConflict {
                refuses_repeats: false,
                needs_where: true,
            },
            returning: Returning {
                insert: true,
                update: true,
                delete: true,
            },
            returns_by_alias: false,
            joined: Joined::From,
            assigns_in_order: false,
            reads_target: true,
            keeps_target: false,
            plans_subqueries: true,
            has_delete_alias: true,
            empty_row: "DEFAULT VALUES",
        }
    }
}
