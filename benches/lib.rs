//! The queries that the benches compile: the same question in djq and in PRQL.

use djq_schema::Schema;

/// The shop example's schema.
///
/// # Panics
/// Where the example's snapshot is broken.
#[must_use]
pub fn schema() -> Schema {
    Schema::from_json(include_str!("../examples/shop/schema.json")).expect("the example's snapshot is right")
}

/// A question in two languages.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// What it is called in the report.
    pub name: &'static str,
    /// In djq.
    pub djq: &'static str,
    /// In PRQL.
    pub prql: &'static str,
}

/// A small query, a medium one (two joins, group, aggregate, sort), a large one (six joins).
pub const PAIRS: [Pair; 3] = [
    Pair { name: "small", djq: include_str!("queries/small.djq"), prql: include_str!("queries/small.prql") },
    Pair { name: "medium", djq: include_str!("queries/medium.djq"), prql: include_str!("queries/medium.prql") },
    Pair { name: "large", djq: include_str!("queries/large.djq"), prql: include_str!("queries/large.prql") },
];

impl std::fmt::Display for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
