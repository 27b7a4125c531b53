//! The catalogue: functions that are none of the other sorts.

use super::{
    FunctionId,
    entry::{Callable, Category, Entry, Gives, Nulls, Takes, Times, arg},
};

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        callable: Callable::Function(FunctionId::UuidV4),
        name: "uuid_v4",
        arguments: &[],
        gives: Gives::Uuid,
        nulls: Nulls::Never,
        category: Category::Other,
        volatile: true,
        doc: "A random UUID, another one at each call.",
        example: "uuid_v4()",
        django: Some("UUID4"),
    },
    Entry {
        callable: Callable::Row,
        name: "row",
        arguments: &[arg("value", Takes::Any, Times::Any)],
        gives: Gives::Row,
        nulls: Nulls::Never,
        category: Category::Other,
        volatile: false,
        doc: "Several values as one, which is compared whole; `(a, b)` is the same.",
        example: "row(id, title) = (1, 'a')",
        django: None,
    },
    Entry {
        callable: Callable::ContentType,
        name: "content_type",
        arguments: &[arg("model", Takes::Model, Times::Once)],
        gives: Gives::Int,
        nulls: Nulls::May,
        category: Category::Other,
        volatile: false,
        doc: "The key of a model's content type; null where the database has none yet.",
        example: "content_type(Entry)",
        django: None,
    },
];
