//! Answers that a dialect gives about itself.

use super::{Form, Refusal};
use djq_check::functions::AggregateId;

/// How bound values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholders {
    /// By number, behind this character: `$1`, `?1`. One value may stand at several places.
    Numbered(char),
    /// `?`, a value for each.
    Positional,
}

/// How the JSON array of all rows is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonList {
    /// An aggregate: an empty array over no rows.
    Aggregate(Form),
    /// A window function: the first row has all, and there is none over no rows.
    Window {
        /// The function with its window.
        form: Form,
        /// The empty array.
        empty: &'static str,
    },
}

/// What is in a statement that a server runs right only if it is told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Features {
    /// A query that reads itself: some servers cut it, or refuse it, behind a number of steps.
    pub recursion: bool,
    /// A subquery that uses a text of the queries around it: a server may keep what it gave, and find that again by a
    /// collation that takes other texts for the same.
    pub outer_text: bool,
    /// `mode`.
    pub mode: bool,
}

/// What a server is told with a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// Nothing.
    None,
    /// A hint behind the outermost SELECT.
    Hint(&'static str),
    /// Words in front of the statement.
    Prefix(String),
}

/// How a frame by value is counted: templates over `{0}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeBy {
    /// The key.
    pub key: String,
    /// A distance along it.
    pub distance: String,
}

/// How nulls are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NullOrder {
    /// Whether there is `NULLS FIRST` and `NULLS LAST`.
    pub clause: bool,
    /// Whether a null counts as larger than all values where nothing is said, or as smaller.
    pub largest: bool,
}

impl NullOrder {
    /// Whether nulls come first where nothing is said.
    #[must_use]
    pub fn first_by_itself(self, descending: bool) -> bool {
        self.largest == descending
    }
}

/// Whether every database has an aggregate over windows; what is not among these each dialect answers for.
pub(super) fn is_over_everywhere(function: AggregateId) -> bool {
    use AggregateId as A;
    matches!(
        function,
        A::Count
            | A::Sum
            | A::Avg
            | A::Min
            | A::Max
            | A::Every
            | A::Some
            | A::BitAnd
            | A::BitOr
            | A::BitXor
            | A::StddevPop
            | A::StddevSamp
            | A::VarPop
            | A::VarSamp
            | A::AnyValue
    )
}

/// The answer to an aggregate that is none over windows.
pub(super) fn not_over() -> Refusal {
    Refusal {
        why: "this aggregate cannot stand before `over` there".into(),
        instead: Some(
            "aggregate a relation or a query for each row: `string_agg(a.entries.title, ', ')`"
                .into(),
        ),
    }
}
