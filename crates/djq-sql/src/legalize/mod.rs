//! From the plan to one that a dialect can run: what it lacks is rewritten where that is exact, else refused.

mod aggregate;
mod apart;
mod escape;
mod exact;
mod expression;
mod first_of_each;
mod from;
mod full_join;
mod grouping_sets;
mod guard;
mod json;
mod lateral;
mod lock;
mod membership;
mod once;
mod order;
mod ordered;
mod outer_text;
mod parameter;
mod query;
mod recursion;
mod refuse;
mod row_comparison;
mod rows;
mod set_operation;
mod truth;
mod window;
mod write;

pub(crate) use apart::groups_apart;
pub use refuse::refused_by;
pub(crate) use write::conflicts_apart;

use crate::{
    dialect::{Dialect, Features},
    legal::{LegalPlan, Name, Statement},
    rendered::Slot,
};
use djq_diagnostics::Diagnostic;
use djq_plan::plan::{self, Parent, Plan, TableId};
use djq_plan::walk;

/// What the dialect runs for the plan.
///
/// # Errors
/// A diagnostic for each thing that the dialect cannot do faithfully.
pub fn legalize<'a>(
    plan: &'a Plan,
    dialect: &'a dyn Dialect,
) -> Result<LegalPlan<'a>, Vec<Diagnostic>> {
    let mut legalizer = Legalizer {
        plan,
        dialect,
        parent: None,
        slots: Vec::new(),
        guarded: false,
        items: None,
        functions: Vec::new(),
        diagnostics: Vec::new(),
        renamed: Vec::new(),
        inlined: Vec::new(),
        from: None,
        group_keys: &[],
        grouping_set: None,
        absent: Vec::new(),
        partitions: Vec::new(),
        whole: false,
        aggregating: false,
        lengths_later: false,
        windowed: None,
        having: false,
        own_aliases: 0,
        rows: Vec::new(),
        first: None,
        features: Features::default(),
    };
    let statements = plan
        .statements
        .iter()
        .map(|statement| legalizer.statement(statement))
        .collect();
    let writes = match &plan.write {
        Some(write) => legalizer.write(write),
        None => Vec::new(),
    };
    if !legalizer.diagnostics.is_empty() {
        return Err(legalizer.diagnostics);
    }
    let mut functions = legalizer.functions;
    functions.sort_unstable();
    functions.dedup();
    Ok(LegalPlan {
        dialect,
        statements,
        writes,
        row: &plan.row,
        functions,
    })
}

/// Where the work stands.
struct Legalizer<'a> {
    plan: &'a Plan,
    dialect: &'a dyn Dialect,
    /// Of the statement at hand.
    parent: Option<&'a Parent>,
    /// Of the statement at hand.
    slots: Vec<Slot>,
    /// Whether the statement at hand has a guard.
    guarded: bool,
    /// The output of the SELECT whose ORDER BY is at hand.
    items: Option<&'a [plan::Item]>,
    functions: Vec<&'static str>,
    diagnostics: Vec<Diagnostic>,
    /// Columns that are now those of a derived table: reference, column, its table, its name there.
    renamed: Vec<Renamed<'a>>,
    /// Columns of lateral queries that are no tables any more.
    inlined: Vec<(TableId, &'a str, lateral::Inlined<'a>)>,
    /// What the SELECT at hand reads.
    from: Option<&'a plan::From>,
    /// Keys of the SELECT at hand.
    group_keys: &'a [plan::Expr],
    /// Of several sets of keys, the one whose groups are at hand.
    grouping_set: Option<grouping_sets::Set<'a>>,
    /// What more the windows of the SELECT at hand are partitioned by.
    partitions: Vec<&'a plan::Expr>,
    /// That of each SELECT around, where its groups are spoken of.
    absent: Vec<grouping_sets::Set<'a>>,
    /// Whether the next expression stands alone: an output, a key of a group or of an order.
    whole: bool,
    /// Whether it stands in an aggregate.
    aggregating: bool,
    /// Whether the lengths of texts are looked at around the query.
    lengths_later: bool,
    /// An aggregate that is written as a window over all rows.
    windowed: Option<&'a plan::Aggregate>,
    /// Whether it stands in HAVING.
    having: bool,
    /// How many derived tables of our own there are.
    own_aliases: usize,
    /// What rows of the table that is written go by, where that is not their alias.
    rows: Vec<(TableId, write::RowName<'a>)>,
    /// What keeps the first row of each key of the derived table at hand.
    first: Option<first_of_each::First<'a>>,
    /// What the statement at hand has.
    features: Features,
}

/// A column that is read through a derived table of our own.
struct Renamed<'a> {
    table: TableId,
    column: &'a str,
    alias: Name<'a>,
    name: Name<'a>,
}

impl<'a> Legalizer<'a> {
    fn statement(&mut self, statement: &'a plan::Statement) -> Statement<'a> {
        self.parent = statement.parent.as_ref();
        self.slots = Vec::new();
        self.guarded = false;
        self.features = Features::default();
        let query = self.query(&statement.query);
        self.check_size(&query, query::span_of(&statement.query));
        let columns = query
            .items()
            .iter()
            .map(|item| Box::from(&*item.name))
            .zip(statement.columns.iter().cloned())
            .collect();
        let lock = statement.lock.as_ref();
        let lock = lock.and_then(|lock| self.lock(lock, &query));
        Statement {
            query,
            lock,
            slots: std::mem::take(&mut self.slots),
            guarded: self.guarded,
            setting: self.dialect.setting(std::mem::take(&mut self.features)),
            columns,
            parent: self.parent,
        }
    }

    /// The alias of a table reference.
    fn alias(&self, id: TableId) -> &'a str {
        usize::try_from(id.0)
            .ok()
            .and_then(|place| self.plan.tables.get(place))
            .map_or("", |table| &table.alias)
    }

    /// An alias for a derived table of our own, which is none of the plan's.
    fn own_alias(&mut self, what: &str) -> Name<'a> {
        self.own_aliases += 1;
        let mut name = match self.own_aliases {
            1 => what.to_owned(),
            number => format!("{what}{number}"),
        };
        while self.plan.tables.iter().any(|table| *table.alias == *name) {
            name.push('_');
        }
        name.into()
    }
}
