//! Every diagnostic there is: a file each, with its number, its long story and an example.
//!
//! Numbers are stable and never used again. E01 syntax, E02 names, E03 types, E04 relations,
//! cardinality and grouping, E05 dialects, E06 the schema snapshot, E08 writing, E09 limits of the compiler,
//! E10 optional clauses;
//! L lints, which have levels.
//!
//! A code's file opens with the manual of the diagnostic: `djq explain` prints it.

use crate::Severity;

/// What a diagnostic is called and how it is explained.
///
/// ```
/// let code = djq_diagnostics::codes::by_id("unknown-field").unwrap();
/// assert_eq!(code.id, "E0204");
/// ```
#[derive(Debug)]
pub struct Code {
    /// Stable number: `E0204`, `L0003`.
    pub id: &'static str,
    /// Stable name, kebab-case: `unknown-field`.
    pub name: &'static str,
    /// Severity where nothing changes it; a lint that is allowed unless asked for has `Note`.
    pub severity: Severity,
    /// A few words for the place of the problem, where its diagnostic has none of its own.
    pub label: &'static str,
    /// The long story: what it means, why it is so, what to write. Markdown, no headings.
    pub doc: &'static str,
    /// A whole file over the blog example's schema that raises this code (and no other); for E06 a snapshot.
    pub example: &'static str,
    /// The same file mended; compiles. `None` where there is nothing to mend in the file.
    pub mended: Option<&'static str>,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

/// The code of this number or name, in any case.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Code> {
    ALL.iter()
        .copied()
        .find(|code| code.id.eq_ignore_ascii_case(id) || code.name.eq_ignore_ascii_case(id))
}

macro_rules! codes {
    ($($module:ident $name:ident),* $(,)?) => {
        $(mod $module; pub use $module::$name;)*
        /// Every code, by number.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    syntax_error SYNTAX_ERROR,
    unclosed_bracket UNCLOSED_BRACKET,
    stray_bracket STRAY_BRACKET,
    unclosed_text UNCLOSED_TEXT,
    unknown_character UNKNOWN_CHARACTER,
    malformed_literal MALFORMED_LITERAL,
    trailing_comma TRAILING_COMMA,
    chained_comparison CHAINED_COMPARISON,
    reserved_word RESERVED_WORD,
    foreign_operator FOREIGN_OPERATOR,
    foreign_comment FOREIGN_COMMENT,
    foreign_clause FOREIGN_CLAUSE,
    select_first SELECT_FIRST,
    foreign_call FOREIGN_CALL,
    django_path DJANGO_PATH,
    django_manager DJANGO_MANAGER,
    foreign_interval FOREIGN_INTERVAL,
    foreign_assignment FOREIGN_ASSIGNMENT,
    semicolon SEMICOLON,
    descending_minus DESCENDING_MINUS,
    foreign_value FOREIGN_VALUE,
    foreign_statement FOREIGN_STATEMENT,
    unknown_model UNKNOWN_MODEL,
    unknown_name UNKNOWN_NAME,
    unknown_field UNKNOWN_FIELD,
    ambiguous_name AMBIGUOUS_NAME,
    duplicate_name DUPLICATE_NAME,
    wrong_case WRONG_CASE,
    unknown_parameter UNKNOWN_PARAMETER,
    definition_clash DEFINITION_CLASH,
    recursive_definition RECURSIVE_DEFINITION,
    definition_arguments DEFINITION_ARGUMENTS,
    definition_without_model DEFINITION_WITHOUT_MODEL,
    unnamed_column UNNAMED_COLUMN,
    duplicate_column DUPLICATE_COLUMN,
    out_of_reach OUT_OF_REACH,
    nullable_definition NULLABLE_DEFINITION,
    unknown_file UNKNOWN_FILE,
    unknown_lint UNKNOWN_LINT,
    not_a_value NOT_A_VALUE,
    not_a_source NOT_A_SOURCE,
    type_mismatch TYPE_MISMATCH,
    operand_type OPERAND_TYPE,
    argument_type ARGUMENT_TYPE,
    argument_count ARGUMENT_COUNT,
    unknown_function UNKNOWN_FUNCTION,
    compare_with_null COMPARE_WITH_NULL,
    date_with_datetime DATE_WITH_DATETIME,
    datetime_without_zone DATETIME_WITHOUT_ZONE,
    invalid_literal INVALID_LITERAL,
    unknown_choice UNKNOWN_CHOICE,
    different_models DIFFERENT_MODELS,
    invalid_regex INVALID_REGEX,
    parameter_conflict PARAMETER_CONFLICT,
    untyped_parameter UNTYPED_PARAMETER,
    unsafe_cast UNSAFE_CAST,
    impossible_cast IMPOSSIBLE_CAST,
    unknown_type UNKNOWN_TYPE,
    division_by_zero DIVISION_BY_ZERO,
    not_a_condition NOT_A_CONDITION,
    date_with_time_step DATE_WITH_TIME_STEP,
    row_size ROW_SIZE,
    misplaced_step MISPLACED_STEP,
    misplaced_order MISPLACED_ORDER,
    unknown_unit UNKNOWN_UNIT,
    volatile_operand VOLATILE_OPERAND,
    misplaced_window MISPLACED_WINDOW,
    unknown_window UNKNOWN_WINDOW,
    invalid_frame INVALID_FRAME,
    window_without_order WINDOW_WITHOUT_ORDER,
    not_a_key NOT_A_KEY,
    varying_limit VARYING_LIMIT,
    to_many_value TO_MANY_VALUE,
    misplaced_aggregate MISPLACED_AGGREGATE,
    not_grouped NOT_GROUPED,
    nested_aggregate NESTED_AGGREGATE,
    not_proven NOT_PROVEN,
    many_rows MANY_ROWS,
    one_column ONE_COLUMN,
    join_without_condition JOIN_WITHOUT_CONDITION,
    column_count COLUMN_COUNT,
    not_a_relation NOT_A_RELATION,
    misplaced_nest MISPLACED_NEST,
    no_columns NO_COLUMNS,
    not_whole_rows NOT_WHOLE_ROWS,
    recursive_cte RECURSIVE_CTE,
    sql_escape SQL_ESCAPE,
    misplaced_lock MISPLACED_LOCK,
    no_faithful_form NO_FAITHFUL_FORM,
    no_lateral NO_LATERAL,
    name_too_long NAME_TOO_LONG,
    limited_subquery LIMITED_SUBQUERY,
    snapshot_syntax SNAPSHOT_SYNTAX,
    snapshot_version SNAPSHOT_VERSION,
    snapshot_key SNAPSHOT_KEY,
    snapshot_value SNAPSHOT_VALUE,
    snapshot_name SNAPSHOT_NAME,
    snapshot_duplicate SNAPSHOT_DUPLICATE,
    bad_config BAD_CONFIG,
    not_utf8 NOT_UTF8,
    missing_file MISSING_FILE,
    missing_field MISSING_FIELD,
    null_for_required NULL_FOR_REQUIRED,
    not_assignable NOT_ASSIGNABLE,
    too_long TOO_LONG,
    conflict_fields CONFLICT_FIELDS,
    whole_table WHOLE_TABLE,
    still_referenced STILL_REFERENCED,
    repeated_target REPEATED_TARGET,
    not_a_target NOT_A_TARGET,
    misplaced_write MISPLACED_WRITE,
    returning_elsewhere RETURNING_ELSEWHERE,
    too_deep TOO_DEEP,
    too_large TOO_LARGE,
    not_a_guard NOT_A_GUARD,
    misplaced_guard MISPLACED_GUARD,
    always_given ALWAYS_GIVEN,
    may_be_left_out MAY_BE_LEFT_OUT,
    guarded_join GUARDED_JOIN,
    torn_page TORN_PAGE,
    fan_out FAN_OUT,
    unused_parameter UNUSED_PARAMETER,
    unused_join UNUSED_JOIN,
    cartesian_join CARTESIAN_JOIN,
    shadowed_name SHADOWED_NAME,
    loose_coalesce LOOSE_COALESCE,
    quoted_field QUOTED_FIELD,
    nullable_comparison NULLABLE_COMPARISON,
    where_after_exists WHERE_AFTER_EXISTS,
    unstable_limit UNSTABLE_LIMIT,
    select_star SELECT_STAR,
    offset_pagination OFFSET_PAGINATION,
    unbounded UNBOUNDED,
    unindexed_filter UNINDEXED_FILTER,
    null_order NULL_ORDER,
    implicit_cascade IMPLICIT_CASCADE,
    counted_condition COUNTED_CONDITION,
}
