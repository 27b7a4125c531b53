//! The catalogue: functions that are none of the other sorts.

use super::{
    FunctionId,
    entry::{Callable, Category, Entry, Gives, Nulls},
};

pub(super) static ENTRIES: &[Entry] = &[Entry {
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
}];
