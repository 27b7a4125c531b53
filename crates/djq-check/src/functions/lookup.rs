//! Finding an entry by id and by name, in tables that are laid out when djq is compiled.

use super::{
    AggregateId, Callable, Entry, FunctionId, aggregates, choice, collections, json, numbers,
    other, search, statistics, text, time, windows,
};
use std::borrow::Cow;

static TABLES: [&[Entry]; 11] = [
    text::ENTRIES,
    numbers::ENTRIES,
    time::ENTRIES,
    choice::ENTRIES,
    collections::ENTRIES,
    json::ENTRIES,
    search::ENTRIES,
    other::ENTRIES,
    aggregates::ENTRIES,
    statistics::ENTRIES,
    windows::ENTRIES,
];

const FUNCTIONS: usize = FunctionId::UuidV4 as usize + 1;
const AGGREGATES: usize = AggregateId::AnyValue as usize + 1;

/// By id. A missing id stops djq itself from compiling.
static BY_FUNCTION: [&Entry; FUNCTIONS] = {
    let mut found: [Option<&Entry>; FUNCTIONS] = [None; FUNCTIONS];
    let mut table = 0;
    while table < TABLES.len() {
        let mut place = 0;
        while place < TABLES[table].len() {
            if let Callable::Function(id) = TABLES[table][place].callable {
                found[id as usize] = Some(&TABLES[table][place]);
            }
            place += 1;
        }
        table += 1;
    }
    let mut all = [&TABLES[0][0]; FUNCTIONS];
    let mut id = 0;
    while id < FUNCTIONS {
        match found[id] {
            Some(entry) => all[id] = entry,
            None => panic!("a function has no entry"),
        }
        id += 1;
    }
    all
};

static BY_AGGREGATE: [&Entry; AGGREGATES] = {
    let mut found: [Option<&Entry>; AGGREGATES] = [None; AGGREGATES];
    let mut table = 0;
    while table < TABLES.len() {
        let mut place = 0;
        while place < TABLES[table].len() {
            if let Callable::Aggregate(id) = TABLES[table][place].callable {
                found[id as usize] = Some(&TABLES[table][place]);
            }
            place += 1;
        }
        table += 1;
    }
    let mut all = [&aggregates::ENTRIES[0]; AGGREGATES];
    let mut id = 0;
    while id < AGGREGATES {
        match found[id] {
            Some(entry) => all[id] = entry,
            None => panic!("an aggregate has no entry"),
        }
        id += 1;
    }
    all
};

const NAMED: usize = {
    let mut count = 0;
    let mut table = 0;
    while table < TABLES.len() {
        let mut place = 0;
        while place < TABLES[table].len() {
            if !TABLES[table][place].name.is_empty() {
                count += 1;
            }
            place += 1;
        }
        table += 1;
    }
    count
};

/// By name, sorted.
static BY_NAME: [&Entry; NAMED] = {
    let mut sorted = [&TABLES[0][0]; NAMED];
    let mut count = 0;
    let mut table = 0;
    while table < TABLES.len() {
        let mut place = 0;
        while place < TABLES[table].len() {
            let entry = &TABLES[table][place];
            place += 1;
            if entry.name.is_empty() {
                continue;
            }
            let mut hole = count;
            while hole > 0 && is_before(entry.name, sorted[hole - 1].name) {
                sorted[hole] = sorted[hole - 1];
                hole -= 1;
            }
            sorted[hole] = entry;
            count += 1;
        }
        table += 1;
    }
    sorted
};

const fn is_before(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut place = 0;
    while place < one.len() && place < other.len() {
        if one[place] != other[place] {
            return one[place] < other[place];
        }
        place += 1;
    }
    one.len() < other.len()
}

/// What the catalogue says of a scalar function.
#[must_use]
pub fn entry(id: FunctionId) -> &'static Entry {
    BY_FUNCTION[id as usize]
}

/// What the catalogue says of an aggregate.
#[must_use]
pub fn aggregate_entry(id: AggregateId) -> &'static Entry {
    BY_AGGREGATE[id as usize]
}

/// What the catalogue says of the function of this name, in lower or upper case.
#[must_use]
pub fn entry_by_name(name: &str) -> Option<&'static Entry> {
    let name = lowered(name);
    let place = BY_NAME
        .binary_search_by(|entry| entry.name.cmp(&name))
        .ok()?;
    BY_NAME.get(place).copied()
}

/// A name as the catalogue has it.
pub(crate) fn lowered(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The function of this name, in lower or upper case.
///
/// ```
/// use djq_check::functions::{AggregateId, Callable, by_name};
/// assert_eq!(by_name("count"), Some(Callable::Aggregate(AggregateId::Count)));
/// assert_eq!(by_name("COUNT"), by_name("count"));
/// assert_eq!(by_name("cuont"), None);
/// ```
#[must_use]
pub fn by_name(name: &str) -> Option<Callable> {
    entry_by_name(name).map(|entry| entry.callable)
}

/// Every function that has a name, sorted by it.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    BY_NAME.iter().copied()
}

/// Every function, also those that operators alone write.
pub(crate) fn every() -> impl Iterator<Item = &'static Entry> {
    TABLES.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_entry() {
        for entry in all() {
            assert!(
                std::ptr::eq(entry_by_name(entry.name).unwrap(), entry),
                "{}",
                entry.name
            );
        }
        assert!(BY_NAME.is_sorted_by(|one, other| one.name < other.name));
        assert_eq!(entry_by_name(""), None);
    }

    #[test]
    fn every_id_leads_to_its_entry() {
        for table in TABLES {
            for listed in table {
                match listed.callable {
                    Callable::Function(id) => assert!(std::ptr::eq(entry(id), listed), "{id:?}"),
                    Callable::Aggregate(id) => {
                        assert!(std::ptr::eq(aggregate_entry(id), listed), "{id:?}");
                    }
                    Callable::Window(_)
                    | Callable::Grouping
                    | Callable::Iif
                    | Callable::Row
                    | Callable::ContentType => {}
                }
            }
        }
    }

    #[test]
    fn every_entry_is_documented() {
        for entry in all() {
            assert!(entry.doc.ends_with('.'), "{}: {}", entry.name, entry.doc);
            assert!(
                entry.example.contains(entry.name),
                "{}: {}",
                entry.name,
                entry.example
            );
        }
        let signature = |name| entry_by_name(name).unwrap().signature();
        assert_eq!(
            signature("substr"),
            "substr(text: text, start: int[, length: int]): text"
        );
        assert_eq!(signature("greatest"), "greatest(value: T, more: T, …): T");
        assert_eq!(signature("avg"), "avg(value: number | duration): number?");
        assert_eq!(signature("now"), "now(): datetime");
    }
}
