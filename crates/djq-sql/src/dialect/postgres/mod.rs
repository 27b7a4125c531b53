//! PostgreSQL.

mod json;
mod lists;
mod literal;
mod spell;
mod types;

use super::{
    BoundRows, Constant, Dialect, DialectId, Features, Form, JsonList, NullOrder, Options,
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

/// PostgreSQL.
#[derive(Debug)]
pub(super) struct Postgres {
    options: Options,
}

impl Postgres {
    pub(super) fn new(options: Options) -> Self {
        Self { options }
    }
}

impl Dialect for Postgres {
    fn id(&self) -> DialectId {
        DialectId::Postgres
    }

    fn options(&self) -> &Options {
        &self.options
    }

    fn spell(&self, spelling: Spelling<'_>) -> Result<Form, Refusal> {
        spell::spell(&self.options, spelling)
    }

    fn literal(&self, literal: &Literal, ty: &Type) -> Result<Constant, Refusal> {
        literal::literal(&self.options, literal, ty)
    }

    fn in_list_parameter(&self, element: &Ty) -> Result<Form, Refusal> {
        lists::in_list(&self.options, element)
    }

    fn in_rows_parameter(&self, values: &[Expr]) -> Result<Form, Refusal> {
        lists::in_rows(&self.options, values)
    }

    fn rows_parameter(&self, columns: &[&Ty]) -> Result<BoundRows, Refusal> {
        lists::rows(&self.options, columns)
    }

    fn series(&self) -> Series {
        Series::Function {
            by_one: "generate_series({0}, {1})",
            by_step: "generate_series({0}, {1}, {2})",
        }
    }

    fn recursive_column(
        &self,
        ty: &Type,
        columns: bool,
        _first: bool,
    ) -> Option<Cow<'static, str>> {
        let same = matches!(
            ty.base(),
            Type::BigInt | Type::Bool | Type::Date | Type::DateTime | Type::Uuid
        );
        if columns && same {
            return None;
        }
        types::sql(ty, &self.options).map(|ty| format!("CAST({{0}} AS {ty})").into())
    }

    fn inlines_ctes(&self) -> bool {
        true
    }

    fn setting(&self, _features: Features) -> Setting {
        Setting::None
    }

    fn row_word(&self) -> &'static str {
        ""
    }

    fn json_value(&self, ty: &Ty) -> Result<Form, Refusal> {
        json::value(&self.options, ty)
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

    fn typed_placeholder(&self, ty: &Type) -> Option<Cow<'static, str>> {
        types::sql(ty, &self.options).map(|ty| format!("{{0}}::{ty}").into())
    }

    fn infers_placeholder(&self, ty: &Type) -> bool {
        // Beside a column of 16 bits it would take no number of more.
        !matches!(ty.base(), Type::Int)
    }

    fn typed_side(&self, _ty: &Type) -> Option<Cow<'static, str>> {
        None
    }

    fn exact_collation(&self) -> Option<&'static str> {
        self.options.exact_collation.then_some(r#""C""#)
    }

    fn quote(&self) -> char {
        '"'
    }

    fn takes_name(&self, name: &str) -> bool {
        name.len() <= 63
    }

    fn placeholders(&self) -> Placeholders {
        Placeholders::Numbered('$')
    }

    fn group_key_inside(&self, _having: bool) -> Option<&'static str> {
        None
    }

    fn window_text_inside(&self) -> Option<&'static str> {
        None
    }

    fn key_past_index(&self) -> Option<Form> {
        None
    }

    fn key_past_index_in_output(&self) -> bool {
        false
    }

    fn forms(&self) -> Forms {
        Forms {
            lateral_pages: LateralPages::Filtered,
            members: false,
            members_in_conditions: false,
            joined_firsts: JoinedFirsts::WithoutIndex,
            grouped_within: true,
            grouped_lists: true,
        }
    }

    fn has_distinct_on(&self) -> bool {
        true
    }

    fn has_full_join(&self) -> bool {
        true
    }

    fn full_join_needs_equality(&self) -> bool {
        true
    }

    fn has_lateral(&self) -> bool {
        true
    }

    fn has_outer_in_derived(&self) -> bool {
        true
    }

    fn has_set_operation(&self, _operator: SetOperator, _all: bool) -> bool {
        true
    }

    fn has_parenthesised_sides(&self) -> bool {
        true
    }

    fn null_order(&self) -> NullOrder {
        NullOrder {
            clause: true,
            largest: true,
        }
    }

    fn has_grouping_sets(&self) -> bool {
        true
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
        // The aggregate takes a `text`: a `varchar` would become one inside the collation, and then differ from the key.
        Form::infix("{0}::text", super::Binding::Atom, super::Binding::Atom)
    }

    fn different_values(&self) -> Option<&'static str> {
        None
    }

    fn gathered_rows(&self, _columns: &[(Box<str>, Ty)]) -> Option<BoundRows> {
        None
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

    fn range_by(&self, _ty: &Type) -> Option<RangeBy> {
        None
    }

    fn has_filter(&self) -> bool {
        true
    }

    fn no_limit(&self) -> Option<&'static str> {
        None
    }

    fn has_query_in_row(&self) -> bool {
        true
    }

    fn has_having_alone(&self) -> bool {
        true
    }

    fn has_row_comparison(&self) -> bool {
        true
    }

    fn page_bound(&self) -> Option<&'static str> {
        None
    }

    fn has_row_lists(&self) -> bool {
        true
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
        true
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
        Ok(Locking {
            has_of: true,
            share: "FOR SHARE",
        })
    }

    fn within(&self, _limit: &Limit) -> Option<Form> {
        None
    }

    fn new_key(&self, schema: Option<&str>, table: &str, column: &str) -> Cow<'static, str> {
        let name = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let table = match schema {
            Some(schema) => format!("{}.{}", name(schema), name(table)),
            None => name(table),
        };
        format!(
            "currval(pg_get_serial_sequence({}, {}))",
            super::constant::quoted(&table),
            super::constant::quoted(column)
        )
        .into()
    }

    fn writing(&self) -> Writing {
        Writing {
            upsert: Upsert::OnConflict {
                refuses_repeats: true,
                needs_where: false,
            },
            returning: Returning {
                insert: true,
                update: true,
                delete: true,
            },
            returns_by_alias: true,
            joined: Joined::From,
            assigns_in_order: false,
            reads_target: true,
            keeps_target: true,
            plans_subqueries: true,
            has_delete_alias: true,
            empty_row: "DEFAULT VALUES",
        }
    }
}
