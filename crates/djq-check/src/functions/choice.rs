//! The catalogue: functions that choose among values.

use super::{
    FunctionId,
    entry::{Callable, Category, Entry, Gives, Nulls, Takes, Times, arg},
};

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        callable: Callable::Function(FunctionId::Coalesce),
        name: "coalesce",
        arguments: &[
            arg("value", Takes::Common, Times::Once),
            arg("more", Takes::Common, Times::Any),
        ],
        gives: Gives::Common,
        nulls: Nulls::All,
        category: Category::Choice,
        volatile: false,
        doc: "The first value that is not null; `a ?? b` is the same.",
        example: "coalesce(rating, 0)",
        django: Some("Coalesce"),
    },
    Entry {
        callable: Callable::Function(FunctionId::NullIf),
        name: "nullif",
        arguments: &[
            arg("value", Takes::Common, Times::Once),
            arg("other", Takes::Common, Times::Once),
        ],
        gives: Gives::Common,
        nulls: Nulls::May,
        category: Category::Choice,
        volatile: false,
        doc: "Null where both are equal, else the first.",
        example: "nullif(body, '')",
        django: Some("NullIf"),
    },
    Entry {
        callable: Callable::Iif,
        name: "iif",
        arguments: &[
            arg("condition", Takes::Bool, Times::Once),
            arg("then", Takes::Common, Times::Once),
            arg("else", Takes::Common, Times::Once),
        ],
        gives: Gives::Common,
        nulls: Nulls::May,
        category: Category::Choice,
        volatile: false,
        doc: "The second where the condition is true, else the third: a short `case`.",
        example: "iif(rating > 3, 1, 0)",
        django: Some("Case"),
    },
];
