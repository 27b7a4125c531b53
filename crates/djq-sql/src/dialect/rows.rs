//! How a dialect reads rows that no table holds.

use std::borrow::Cow;

/// How the rows of a bound list are read. Bound is the text of a JSON array of arrays, a value for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundRows {
    /// A SELECT over a function that unpacks the list (`{0}`) under the alias `listed`.
    Select {
        /// The function.
        from: Cow<'static, str>,
        /// The value of each column.
        columns: Vec<Cow<'static, str>>,
    },
    /// A function that names the columns: the list is `{0}`, the names are `{1}` and on.
    Function {
        /// The function.
        from: Cow<'static, str>,
        /// A column's value out of what the function gives (`{0}`), where that is not yet it.
        columns: Vec<Option<&'static str>>,
    },
}

/// How a series of whole numbers is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// By a function of the first value, the last and the step, which gives nothing where one of them is null.
    Function {
        /// Where the step is 1: without it.
        by_one: &'static str,
        /// With the step.
        by_step: &'static str,
    },
    /// By a function that gives as many rows as a text has parts.
    Numbered {
        /// The function over the text `{0}`.
        from: &'static str,
        /// The text for `{0}` rows: none where that is null or negative, an error where they are too many.
        text: &'static str,
        /// The same where `{0}` is surely not null.
        known: &'static str,
        /// The whole part of `{0}` by `{1}`; null for zero.
        divide: &'static str,
        /// The column with the number.
        column: &'static str,
        /// The number of the row, from 0, out of that column (`{0}`).
        number: &'static str,
    },
}
