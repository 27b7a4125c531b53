//! The dialects, a folder each; what one can do and how it spells things is asked through [`Dialect`].
//!
//! Nothing outside this folder asks which dialect it has: it asks what the dialect can do.

mod capability;
mod constant;
mod form;
mod locking;
mod mariadb;
mod mysql;
mod operand;
mod pattern;
mod postgres;
mod rows;
mod sqlite;
mod step;
mod unit;
mod valid;
mod writing;
mod zone;

pub use capability::{Features, JsonList, NullOrder, Placeholders, RangeBy, Setting};
pub use constant::Constant;
pub use form::{Binding, Form, Refusal, Spelling};
pub use locking::Locking;
pub(crate) use operand::holes;
pub use rows::{BoundRows, Series};
pub use writing::{Joined, NewRow, Returning, Upsert, Writing};

use djq_check::{
    Ty, Type,
    functions::{AggregateId, WindowId},
    hir::{Literal, SetOperator},
};
use djq_plan::{
    Forms,
    plan::{Expr, Limit},
};
use std::{borrow::Cow, fmt};

/// What a dialect can do, and how it spells things. No method has a default: each dialect answers each.
pub trait Dialect: fmt::Debug + Send + Sync {
    /// Which one it is: for file names and manifests, never to decide what SQL to write.
    fn id(&self) -> DialectId;
    /// The options it was made with.
    fn options(&self) -> &Options;

    /// How it spells a function, an aggregate, an operator, a lookup or a cast.
    ///
    /// # Errors
    /// Why it has no faithful form.
    fn spell(&self, spelling: Spelling<'_>) -> Result<Form, Refusal>;
    /// How it spells a constant of a type, as it compares with a column of that type.
    ///
    /// # Errors
    /// Why it cannot hold such a value.
    fn literal(&self, literal: &Literal, ty: &Type) -> Result<Constant, Refusal>;
    /// `{0} in {1}`, where `{1}` is a bound list of values of `element`'s type.
    ///
    /// # Errors
    /// Why lists of this type cannot be bound.
    fn in_list_parameter(&self, element: &Ty) -> Result<Form, Refusal>;
    /// The values `{0}`, `{1}`… are among the rows of the bound list in the hole behind them. One value
    /// is [`Dialect::in_list_parameter`]'s.
    ///
    /// # Errors
    /// Why lists of these types cannot be bound.
    fn in_rows_parameter(&self, values: &[Expr]) -> Result<Form, Refusal>;
    /// How a value `{0}` of a type stands in JSON, so that who knows the type finds the very value again.
    ///
    /// # Errors
    /// Why JSON cannot hold such a value.
    fn json_value(&self, ty: &Ty) -> Result<Form, Refusal>;
    /// How JSON `{0}` that comes out of a query or a CASE is put into other JSON, as what it is and not as text.
    fn json_within(&self) -> Form;
    /// How many arrays and objects in each other JSON may have that is put into other JSON; what is deeper would be null
    /// on some servers, or fail.
    fn json_depth(&self) -> usize;
    /// A JSON object: `{0}` and `{1}` are the name and the value of its first member, and so on.
    fn json_object(&self, members: usize) -> Form;
    /// The JSON array of the values `{0}` of all rows; with `ordered`, `{1}` is their ORDER BY.
    fn json_list(&self, ordered: bool) -> JsonList;
    /// The JSON array of no rows.
    fn json_empty_list(&self) -> &'static str;
    /// How the rows of a bound list with columns of these types are read.
    ///
    /// # Errors
    /// Why lists of these types cannot be bound.
    fn rows_parameter(&self, columns: &[&Ty]) -> Result<BoundRows, Refusal>;
    /// How a series of whole numbers is read.
    fn series(&self) -> Series;
    /// The form of a column of a query that reads itself, where its first part, or every part, has to say the type in full;
    /// `columns`: all parts have a plain column there.
    fn recursive_column(&self, ty: &Type, columns: bool, first: bool) -> Option<Cow<'static, str>>;
    /// Whether the server reads a CTE that is named once where it is named, row by row if need be, unless it is told not to.
    fn inlines_ctes(&self) -> bool;
    /// What the server is told with a statement that has these.
    fn setting(&self, features: Features) -> Setting;
    /// What stands before each row of VALUES.
    fn row_word(&self) -> &'static str;
    /// How a placeholder `{0}` gets its type where the server could not infer it; none where the server
    /// needs no type.
    fn typed_placeholder(&self, ty: &Type) -> Option<Cow<'static, str>>;

    /// Whether the server takes a placeholder of this type to be what stands beside it in a comparison or a sum, and
    /// that is right.
    fn infers_placeholder(&self, ty: &Type) -> bool;

    /// How an output `{0}` that is a placeholder gets its type beside the other side of a set operation; none where the
    /// server takes it from there.
    fn typed_side(&self, ty: &Type) -> Option<Cow<'static, str>>;

    /// The collation that compares text exactly, as SQL, where [`Options::exact_collation`] asks for it.
    fn exact_collation(&self) -> Option<&'static str>;

    /// What an identifier is quoted with, on both sides; doubled inside.
    fn quote(&self) -> char;
    /// Whether a name of this length is taken, and taken in full.
    fn takes_name(&self, name: &str) -> bool;
    /// How bound values are written.
    fn placeholders(&self) -> Placeholders;
    /// How a key of a group stands in a larger expression, in HAVING or not, where the server does not know it there
    /// again.
    fn group_key_inside(&self, having: bool) -> Option<&'static str>;
    /// How a text that a window gave stands in a larger expression, where the server would lose it there.
    fn window_text_inside(&self) -> Option<&'static str>;
    /// How a whole number `{0}` is written as a key of a group, so that the server does not take its rows in the order of an
    /// index, one by one, but as they lie in the table; none where the server chooses by the cost.
    fn key_past_index(&self) -> Option<Form>;
    /// Whether such a key stands in the output as it is written in GROUP BY; else as the column that it is, by which a join
    /// may find its rows.
    fn key_past_index_in_output(&self) -> bool;
    /// The forms that are fast there, where the same rows have several.
    fn forms(&self) -> Forms;
    /// Whether it has `SELECT DISTINCT ON`.
    fn has_distinct_on(&self) -> bool;
    /// Whether it has FULL JOIN.
    fn has_full_join(&self) -> bool;
    /// Whether the condition of a FULL JOIN must have an equality between its two sides.
    fn full_join_needs_equality(&self) -> bool;
    /// Whether a derived table may use tables on its left.
    fn has_lateral(&self) -> bool;
    /// Whether a derived table inside a subquery may use tables of the queries around that.
    fn has_outer_in_derived(&self) -> bool;
    /// Whether it has this set operator.
    fn has_set_operation(&self, operator: SetOperator, all: bool) -> bool;
    /// Whether the sides of a set operation may stand in parentheses, and so have an order, a limit or CTEs.
    fn has_parenthesised_sides(&self) -> bool;
    /// How nulls are ordered.
    fn null_order(&self) -> NullOrder;
    /// Whether it has GROUPING SETS, ROLLUP and GROUPING as the standard says.
    fn has_grouping_sets(&self) -> bool;
    /// Whether an aggregate may stand before OVER.
    ///
    /// # Errors
    /// Why not.
    fn aggregate_over(&self, function: AggregateId) -> Result<(), Refusal>;
    /// Whether `lag` and `lead` take a default.
    fn has_lag_default(&self) -> bool;
    /// Where no aggregate takes an order in every version, how the rows of a JSON list of objects are read, to be put in one:
    /// the members with these names, each as a nested row's JSON holds a value of its type.
    fn gathered_rows(&self, columns: &[(Box<str>, Ty)]) -> Option<BoundRows>;
    /// How a text is written which is gathered with an exact collation, different ones alone, so that it is known again as
    /// their key.
    fn different_text(&self) -> Form;
    /// What the different values that an aggregate gathers go by in its ORDER BY, where that is not what they are gathered from.
    fn different_values(&self) -> Option<&'static str>;
    /// What a window of this function is ordered by where nothing orders it, and the server wants an order.
    fn order_of_no_order(&self, function: WindowId) -> Option<&'static str>;
    /// Whether the bound of a frame may be a bound value.
    fn has_bound_frames(&self) -> bool;
    /// Whether a window's partition and order may have queries with windows in them.
    fn has_windows_in_windows(&self) -> bool;
    /// Whether a window's partition and order may name columns of the queries around it.
    fn has_outer_in_windows(&self) -> bool;
    /// Whether a frame takes EXCLUDE.
    fn has_frame_exclusion(&self) -> bool;
    /// How a key of this type is written in a frame by value, and a distance along it, where they would not be counted
    /// exactly as they are.
    fn range_by(&self, ty: &Type) -> Option<RangeBy>;
    /// Whether an aggregate takes `FILTER (WHERE …)`.
    fn has_filter(&self) -> bool;
    /// The LIMIT that stands for none before an OFFSET; none where OFFSET stands alone.
    fn no_limit(&self) -> Option<&'static str>;
    /// Whether a list of rows may stand in `(a, b) IN ((1, 2), …)`.
    fn has_row_lists(&self) -> bool;
    /// Whether a row on the left of IN may have a query in it.
    fn has_query_in_row(&self) -> bool;
    /// Whether rows compare as SQL says, nulls in them too.
    fn has_row_comparison(&self) -> bool;
    /// How a bound value stands in LIMIT or OFFSET, where the server would take a negative one to be none; it fails there,
    /// as elsewhere.
    fn page_bound(&self) -> Option<&'static str>;
    /// Whether HAVING may stand without GROUP BY where no output is an aggregate.
    fn has_having_alone(&self) -> bool;
    /// Whether a derived table that is not lateral may use the tables of the queries around it.
    fn has_outer_references_in_derived(&self) -> bool;
    /// Whether a query with LIMIT may stand in `IN (…)`.
    fn has_limit_in_subquery(&self) -> bool;
    /// Whether a query in HAVING may use columns of the rows that are grouped, and an aggregate be looked for in one.
    fn has_queries_over_groups(&self) -> bool;
    /// Whether a window may be over what aggregates of different values give.
    fn has_distinct_in_windows(&self) -> bool;
    /// Whether the rows that a query reads may come from a function of an aggregate of the query around it.
    fn has_outer_aggregates_in_from(&self) -> bool;
    /// A null that is a text to compare with.
    fn null_text(&self) -> &'static str;
    /// Whether a query with windows may stand in `IN (…)`: else it is refused there, or gives null.
    fn has_windows_in_list(&self) -> bool;
    /// Whether a side of INTERSECT may have windows: not where conditions on the result are asked of the rows below them.
    fn has_windows_in_intersect(&self) -> bool;
    /// Whether a window that leaves out the row itself is empty over a single row.
    fn has_frames_beside_row(&self) -> bool;
    /// How it locks rows that it reads.
    ///
    /// # Errors
    /// Why it cannot.
    fn locking(&self) -> Result<Locking, Refusal>;
    /// How the text `{0}` is written on its way into a column that takes so many characters, where the column itself does not see to it.
    fn within(&self, limit: &Limit) -> Option<Form>;
    /// The key that the database has made for the last row of a table that the connection inserted.
    fn new_key(&self, schema: Option<&str>, table: &str, column: &str) -> Cow<'static, str>;
    /// What it can do when it writes.
    fn writing(&self) -> Writing;
}

/// The dialects there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DialectId {
    /// PostgreSQL, 14 and later.
    Postgres,
    /// MySQL, 8.0.31 and later.
    MySql,
    /// MariaDB, 10.6 and later.
    MariaDb,
    /// SQLite, 3.39 and later.
    Sqlite,
}

/// What a project decides about its SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Options {
    /// Whether text is compared exactly, whatever the collation of the column.
    pub exact_collation: bool,
    /// Django's `USE_TZ`: whether the database holds moments or naive times.
    pub use_tz: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            exact_collation: false,
            use_tz: true,
        }
    }
}

impl DialectId {
    /// All, PostgreSQL first.
    pub const ALL: [Self; 4] = [Self::Postgres, Self::MySql, Self::MariaDb, Self::Sqlite];

    /// Its name in settings and file names: `postgres`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
            Self::MariaDb => "mariadb",
            Self::Sqlite => "sqlite",
        }
    }

    /// Its name for people: `PostgreSQL`.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::MySql => "MySQL",
            Self::MariaDb => "MariaDB",
            Self::Sqlite => "SQLite",
        }
    }

    /// The dialect of a name, in any case; `postgresql` and `sqlite3` are read too.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "postgres" | "postgresql" => Some(Self::Postgres),
            "mysql" => Some(Self::MySql),
            "mariadb" => Some(Self::MariaDb),
            "sqlite" | "sqlite3" => Some(Self::Sqlite),
            _ => None,
        }
    }
}

impl fmt::Display for DialectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

/// The dialect of an id, with a project's options.
#[must_use]
pub fn dialect(id: DialectId, options: Options) -> Box<dyn Dialect> {
    match id {
        DialectId::Postgres => Box::new(postgres::Postgres::new(options)),
        DialectId::MySql => Box::new(mysql::MySql::new(options)),
        DialectId::MariaDb => Box::new(mariadb::MariaDb::new(options)),
        DialectId::Sqlite => Box::new(sqlite::Sqlite::new(options)),
    }
}
