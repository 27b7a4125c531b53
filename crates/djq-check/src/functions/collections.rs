//! The catalogue: arrays, HStore and ranges, which PostgreSQL alone has.

use super::{
    FunctionId,
    entry::{Argument, Callable, Category, Entry, Gives, Nulls, Takes, Times, arg},
};

const TWO: &[Argument] = &[
    arg("x", Takes::Any, Times::Once),
    arg("y", Takes::Any, Times::Once),
];

const ONE_AND_PLACE: &[Argument] = &[
    arg("x", Takes::Any, Times::Once),
    arg("at", Takes::Any, Times::Once),
];

/// What an operator or a literal writes, and no call.
const fn written(
    id: FunctionId,
    arguments: &'static [Argument],
    gives: Gives,
    nulls: Nulls,
    doc: &'static str,
    example: &'static str,
    django: &'static str,
) -> Entry {
    Entry {
        callable: Callable::Function(id),
        name: "",
        arguments,
        gives,
        nulls,
        category: Category::Other,
        volatile: false,
        doc,
        example,
        django: Some(django),
    }
}

pub(super) static ENTRIES: &[Entry] = &[
    written(
        FunctionId::ArrayMake,
        &[arg("item", Takes::Any, Times::Any)],
        Gives::Common,
        Nulls::Never,
        "An array of values, beside another array.",
        "['a', 'b']",
        "ArrayField",
    ),
    written(
        FunctionId::ArrayGet,
        ONE_AND_PLACE,
        Gives::Common,
        Nulls::May,
        "An item of an array: the first is at 0, a negative index counts from the end; null where there is none.",
        "tags[0]",
        "ArrayField",
    ),
    written(
        FunctionId::HStoreGet,
        ONE_AND_PLACE,
        Gives::Text,
        Nulls::May,
        "What an HStore has at a key; null where there is nothing.",
        "attrs['color']",
        "HStoreField",
    ),
    written(
        FunctionId::HStoreHasKey,
        ONE_AND_PLACE,
        Gives::Bool,
        Nulls::Strict,
        "Whether an HStore has a key, its value null or not.",
        "has_key(attrs, 'color')",
        "has_key",
    ),
    written(
        FunctionId::Holds,
        TWO,
        Gives::Bool,
        Nulls::Strict,
        "Whether all that is on the right is in what is on the left.",
        "tags @> ['a']",
        "contains",
    ),
    written(
        FunctionId::HeldBy,
        TWO,
        Gives::Bool,
        Nulls::Strict,
        "Whether all that is on the left is in what is on the right.",
        "tags <@ ['a', 'b']",
        "contained_by",
    ),
    written(
        FunctionId::Overlaps,
        TWO,
        Gives::Bool,
        Nulls::Strict,
        "Whether both sides have something in common.",
        "tags && ['a', 'b']",
        "overlap",
    ),
    written(
        FunctionId::Adjacent,
        TWO,
        Gives::Bool,
        Nulls::Strict,
        "Whether one range begins where the other ends.",
        "floors -|- floors",
        "adjacent_to",
    ),
];
