//! MariaDB.

mod json;
mod spell;

use super::{
    Binding, BoundRows, Constant, Dialect, DialectId, Features, Form, JsonList, NullOrder, Options,
    Placeholders, RangeBy, Refusal, Series, Setting, Spelling, capability,
    mysql::{lists, literal, recursion},
};
use super::{Joined, Locking, NewRow, Returning, Upsert, Writing};
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

/// MariaDB.
#[derive(Debug)]
pub(super) struct MariaDb {
    options: Options,
}

impl MariaDb {
    pub(super) fn new(options: Options) -> Self {
        Self { options }
    }
}

impl Dialect for MariaDb {
    fn id(&self) -> DialectId {
        DialectId::MariaDb
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

    fn recursive_column(&self, ty: &Type, columns: bool, first: bool) -> Option<Cow<'static, str>> {
        first.then(|| recursion::column(ty, columns)).flatten()
    }

    fn inlines_ctes(&self) -> bool {
        false
    }

    fn setting(&self, features: Features) -> Setting {
        let mut settings = Vec::new();
        if features.recursion {
            settings.push("max_recursive_iterations = 4294967295");
        }
        if features.outer_text {
            // The server keeps what subqueries gave, by the collation of the texts that they were given. Without the switch
            // `mode` is null behind the first group without rows; what is kept must fit memory, so that it is not kept then.
            settings.push(if features.mode {
                "tmp_memory_table_size = 0"
            } else {
                "optimizer_switch = 'subquery_cache=off'"
            });
        }
        if settings.is_empty() {
            Setting::None
        } else {
            Setting::Prefix(format!("SET STATEMENT {} FOR ", settings.join(", ")))
        }
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

    fn typed_placeholder(&self, ty: &Type) -> Option<Cow<'static, str>> {
        // A moment that is bound is text, which computed moments are then compared with as text; a decimal that is bound
        // is text, which a number is then compared with as a float.
        match ty.base() {
            Type::Date | Type::Time | Type::DateTime | Type::Decimal(..) => self.typed_side(ty),
            _ => None,
        }
    }

    fn infers_placeholder(&self, ty: &Type) -> bool {
        !matches!(ty.base(), Type::Decimal(..))
    }

    fn typed_side(&self, ty: &Type) -> Option<Cow<'static, str>> {
        super::mysql::spell::casts::side(ty)
    }

    fn exact_collation(&self) -> Option<&'static str> {
        self.options.exact_collation.then_some(spell::BINARY)
    }

    fn quote(&self) -> char {
        '`'
    }

    fn takes_name(&self, name: &str) -> bool {
        name.chars().count() <= 64
    }

    fn placeholders(&self) -> Placeholders {
        Placeholders::Positional
    }

    fn group_key_inside(&self, having: bool) -> Option<&'static str> {
        // HAVING knows columns in aggregates alone; a key that is made is looked up by its columns there.
        having.then_some("max({0})")
    }

    fn window_text_inside(&self) -> Option<&'static str> {
        // `concat` of a text that a window made of a made one loses it, where another window has another order.
        Some("coalesce({0})")
    }

    fn key_past_index(&self) -> Option<Form> {
        Some(Form::infix("{0} + 0", Binding::Sum, Binding::Sum))
    }

    fn key_past_index_in_output(&self) -> bool {
        true
    }

    fn forms(&self) -> Forms {
        Forms {
            lateral_pages: LateralPages::Never,
            members: true,
            members_in_conditions: false,
            joined_firsts: JoinedFirsts::Never,
            grouped_within: false,
            grouped_lists: true,
        }
    }

    fn has_distinct_on(&self) -> bool {
        false
    }

    fn has_full_join(&self) -> bool {
        false
    }

    fn full_join_needs_equality(&self) -> bool {
        false
    }

    fn has_lateral(&self) -> bool {
        false
    }

    fn has_outer_in_derived(&self) -> bool {
        false
    }

    fn has_set_operation(&self, _operator: SetOperator, _all: bool) -> bool {
        true
    }

    fn has_parenthesised_sides(&self) -> bool {
        true
    }

    fn null_order(&self) -> NullOrder {
        NullOrder {
            clause: false,
            largest: false,
        }
    }

    fn has_grouping_sets(&self) -> bool {
        false
    }

    fn aggregate_over(&self, function: AggregateId) -> Result<(), Refusal> {
        if capability::is_over_everywhere(function) {
            Ok(())
        } else {
            Err(capability::not_over())
        }
    }

    fn has_lag_default(&self) -> bool {
        false
    }

    fn different_text(&self) -> Form {
        Form::infix("{0}", Binding::Atom, Binding::Atom)
    }

    fn different_values(&self) -> Option<&'static str> {
        None
    }

    fn gathered_rows(&self, _columns: &[(Box<str>, Ty)]) -> Option<BoundRows> {
        None
    }

    fn order_of_no_order(&self, _function: WindowId) -> Option<&'static str> {
        Some("NULL")
    }

    fn has_bound_frames(&self) -> bool {
        false
    }

    fn has_windows_in_windows(&self) -> bool {
        // Such a window's frame becomes that of the window around it.
        false
    }

    fn has_outer_in_windows(&self) -> bool {
        true
    }

    fn has_frame_exclusion(&self) -> bool {
        false
    }

    fn range_by(&self, ty: &Type) -> Option<RangeBy> {
        // From a number without a sign no distance could be taken that is greater.
        ty.is_integer().then(|| RangeBy {
            key: "CAST({0} AS SIGNED)".into(),
            distance: "{0}".into(),
        })
    }

    fn has_filter(&self) -> bool {
        false
    }

    fn no_limit(&self) -> Option<&'static str> {
        Some("18446744073709551615")
    }

    fn has_query_in_row(&self) -> bool {
        false
    }

    fn has_having_alone(&self) -> bool {
        true
    }

    fn has_row_comparison(&self) -> bool {
        false
    }

    fn page_bound(&self) -> Option<&'static str> {
        None
    }

    fn has_row_lists(&self) -> bool {
        true
    }

    fn has_outer_references_in_derived(&self) -> bool {
        false
    }

    fn has_limit_in_subquery(&self) -> bool {
        false
    }

    fn has_queries_over_groups(&self) -> bool {
        false
    }

    fn has_distinct_in_windows(&self) -> bool {
        false
    }

    fn has_outer_aggregates_in_from(&self) -> bool {
        true
    }

    fn null_text(&self) -> &'static str {
        "CONVERT(NULL USING utf8mb4)"
    }

    fn has_windows_in_list(&self) -> bool {
        false
    }

    fn has_windows_in_intersect(&self) -> bool {
        true
    }

    fn has_frames_beside_row(&self) -> bool {
        true
    }

    fn locking(&self) -> Result<Locking, Refusal> {
        Ok(Locking {
            has_of: false,
            share: "LOCK IN SHARE MODE",
        })
    }

    fn within(&self, _limit: &Limit) -> Option<Form> {
        None
    }

    fn new_key(&self, _schema: Option<&str>, _table: &str, _column: &str) -> Cow<'static, str> {
        "last_insert_id()".into()
    }

    fn writing(&self) -> Writing {
        Writing {
            upsert: Upsert::OnDuplicateKey(NewRow::Function),
            returning: Returning {
                insert: true,
                update: false,
                delete: true,
            },
            returns_by_alias: false,
            joined: Joined::Join,
            assigns_in_order: true,
            reads_target: false,
            keeps_target: false,
            plans_subqueries: false,
            has_delete_alias: false,
            empty_row: "() VALUES ()",
        }
    }
}
