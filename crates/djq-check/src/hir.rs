//! The high-level representation: a query with every name resolved and every expression typed.
//!
//! Clauses stay in the order written; what they mean together is for the plan. Everything refers to
//! things by id: rows by [`SourceId`], values that a clause names by [`NamedId`], fields by the schema's
//! ids.
//!
//! What stands here is free of errors: a query with a diagnostic of severity error is not handed on.

mod lock;
mod rows;
mod sql;
mod walk;

pub(crate) use walk::{Root, parts};

use crate::{
    Interface, RowShape, Ty,
    functions::{AggregateId, FunctionId, WindowId},
};
use djq_diagnostics::Span;
use djq_schema::{FieldId, ModelId, RelationId};
use std::sync::Arc;

mod write;

pub use crate::guard::Guard;
pub use djq_syntax::ast::{JoinKind, SetOperator};
pub use lock::{Lock, Wait};
pub use rows::{Rows, RowsKind, Tree};
pub use sql::{SqlPart, SqlTexts};
pub use write::{Cascade, Conflict, ConflictUpdate, Delete, Insert, Update, Write, WriteKind};

/// A source of rows in a [`Query`]: an alias the author wrote, an implied join, a step on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A value that a clause gave a name: of `let`, `select`, `group by`, a set operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NamedId(pub u32);

/// A parameter, a place in [`Interface::parameters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParamId(pub u32);

impl ParamId {
    /// The moment at which the query runs, in UTC: the one value that callers do not give and the runtime binds.
    /// `auto_now` and `auto_now_add` are set to it.
    pub const NOW: Self = Self(u32::MAX);
}

/// A CTE or view, a place in [`Query::ctes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CteId(pub u32);

/// A query, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What callers see; the plan has it too.
    pub interface: Arc<Interface>,
    /// The query's name where it is declared.
    pub span: Span,
    /// All sources, of nested pipelines too.
    pub sources: Vec<Source>,
    /// All named values, of nested pipelines too.
    pub named: Vec<Named>,
    /// The CTEs and used views of all pipelines; each refers to earlier ones only (a recursive one also to itself).
    pub ctes: Vec<Cte>,
    /// What it does; of a query that writes, which rows and values.
    pub body: Pipeline,
    /// What it writes, if it does.
    pub write: Option<Write>,
    /// What it locks of the rows that it reads, if it does; of a query that reads alone.
    pub lock: Option<Lock>,
}

/// How many rows a query gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cardinality {
    /// Exactly one; none at run time is an error value.
    One,
    /// At most one.
    Maybe,
    /// Any number.
    Many,
}

/// A CTE, or a view that the query uses.
#[derive(Debug, Clone, PartialEq)]
pub struct Cte {
    /// Its name.
    pub name: Box<str>,
    /// Its rows.
    pub body: Pipeline,
    /// Where its name is declared.
    pub span: Span,
}

/// Something that has rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The alias as written, or the name it goes by: a wish for the SQL alias.
    pub name: Box<str>,
    /// What its rows are.
    pub kind: SourceKind,
    /// How its rows belong to those of another source; of relation joins, implied joins and the
    /// sources of relation expressions.
    pub link: Option<Link>,
    /// What put it there.
    pub role: Role,
    /// Whether all its columns may be null because there may be no row (an outer join, a nullable path).
    pub nullable: bool,
    /// Where it is written; of an implied join, the first path that needs it.
    pub span: Span,
}

/// What put a source there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// `from`.
    From,
    /// A written join, or a step on its way.
    Join,
    /// A path to one: not in any clause; the plan joins it where it is used.
    Implied,
}

/// What a source's rows are.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceKind {
    /// A model's table. Expressions name its columns by `Column`.
    Model(ModelId),
    /// A CTE or view. Expressions name its columns by `Output`.
    Cte(CteId),
    /// `( pipeline )`; may use outer sources (lateral). Expressions name its columns by `Output`.
    Derived(Box<Pipeline>),
    /// Rows that no table holds; may use outer sources. Expressions name their columns by `Output`.
    Rows(Box<Rows>),
    /// The pairs of a tree. `Column` names the key of the row that each starts from, `Output` the others.
    Tree(Tree),
}

/// How a source's rows belong to another's: `left` equals `right`, pair by pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The source it hangs on (for explanation; `left` says it in full).
    pub parent: SourceId,
    /// The relation it follows, and which of its hops.
    pub relation: Option<(RelationId, usize)>,
    /// Values of the parent.
    pub left: Vec<Expr>,
    /// Fields of this source's model, one for each of `left`.
    pub right: Vec<FieldId>,
    /// A generic relation's: this field holds the content type of that model.
    pub content_type: Option<(FieldId, ModelId)>,
    /// A declared relation's condition, over both sources, where it is more than pairs.
    pub condition: Option<Box<Expr>>,
    /// Whether there is at most one row for each of the parent's.
    pub to_one: bool,
    /// Whether there is surely one for each row of the parent (key not null, enforced by the database).
    pub total: bool,
}

/// A value that a clause named.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name.
    pub name: Box<str>,
    /// Its value, over the rows where it was named. For a set operation's column: that of the left side.
    pub value: Expr,
    /// Where the name is written.
    pub span: Span,
}

/// Clauses from top to bottom, and what comes out.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// The source it starts from; `None`: one row without columns.
    pub from: Option<SourceId>,
    /// CTEs declared by this very pipeline, for the plan to write there (views: on the outermost).
    pub ctes: Vec<CteId>,
    /// `with recursive`.
    pub recursive: bool,
    /// In order.
    pub clauses: Vec<Clause>,
    /// The output, in order. Every pipeline has it, written or not.
    pub columns: Vec<Column>,
    /// Proven to give at most one row (for each row of the outer query).
    pub at_most_one: bool,
    /// All of it.
    pub span: Span,
}

/// A column of a pipeline's output.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name; unique in the pipeline.
    pub name: Box<str>,
    /// What it is.
    pub kind: ColumnKind,
}

/// What a column of the output is.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnKind {
    /// A value.
    Value(Expr),
    /// A relation's rows, nested: `a.entries { … }`.
    Nest(Box<Nest>),
}

/// A nested relation.
///
/// For a list, and for an object that is more than a path (`(a.entries order by id limit 1) { … }`), `body` is a pipeline
/// of its own whose `from` has a link to an outer source, which may be a source of a nest further out.
///
/// For an object behind a path to one, or behind a row that is there, `body` has no clauses: `from` is the path's
/// implied source, or the very source that a clause of the outer pipeline brought. Where it is null, so is the object;
/// inside, `columns` are typed as of a row that is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Nest {
    /// Its rows; `columns` are its items, each a value or a nest again.
    pub body: Pipeline,
    /// Whether it is a list, or one object or null.
    pub list: bool,
    /// What one of its objects is.
    pub shape: RowShape,
}

/// One clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// What it does.
    pub kind: ClauseKind,
    /// When it is there; none where it always is. It proves nothing, whatever the clause says. Of a page it is none:
    /// its bounds have guards of their own ([`ExprKind::When`]).
    pub guard: Option<Guard>,
    /// All of it.
    pub span: Span,
}

/// What a clause does.
#[derive(Debug, Clone, PartialEq)]
pub enum ClauseKind {
    /// A join. Steps on the way come first; the last is what the author named. Steps with a link join by it.
    Join {
        /// Which rows it keeps.
        kind: JoinKind,
        /// The sources, at least one; with several, they are one unit, inner among themselves.
        steps: Vec<SourceId>,
        /// What is written after `on`.
        on: Option<Expr>,
    },
    /// Keep the rows for which it is true.
    Where(Expr),
    /// Names values.
    Let(Vec<NamedId>),
    /// One row for each key.
    GroupBy(Vec<GroupKey>),
    /// One row for each combination of each set of keys (`rollup`, `cube`, `grouping sets`); a key that is not
    /// in the set is null.
    GroupSets {
        /// All keys, each once. Those that are not in every set are nullable.
        keys: Vec<GroupKey>,
        /// Places in `keys`, rising; at least one set.
        sets: Vec<Vec<usize>>,
    },
    /// The output, as far as clauses above know; [`Pipeline::columns`] says the whole. Here to say where it
    /// stands, since aggregates in it make one row when nothing is grouped.
    Select(Vec<NamedId>),
    /// Rows that differ in the output.
    Distinct,
    /// Replaces an earlier one.
    OrderBy(Vec<OrderKey>),
    /// At most so many; joined with an adjoining offset by the checker. A guarded bound is an [`ExprKind::When`].
    Page {
        /// How many.
        limit: Option<Expr>,
        /// After how many.
        offset: Option<Expr>,
    },
    /// At most so many rows for each combination of keys (nulls are one), by the order that holds: `limit n per k`,
    /// and `distinct on (k)`, which is one for each.
    PagePer {
        /// How many.
        limit: Expr,
        /// After how many of each.
        offset: Option<Expr>,
        /// The keys, at least one.
        per: Vec<Expr>,
    },
    /// Rows of two pipelines. The output's names from here on are `columns`.
    SetOperation {
        /// Which.
        operator: SetOperator,
        /// `all`.
        all: bool,
        /// The right side.
        right: Box<Pipeline>,
        /// The output of the left side, in order (what it selected).
        left: Vec<NamedId>,
        /// The output from here on, in order; each [`Named::value`] is that of the left side, its type the unified one.
        columns: Vec<NamedId>,
    },
}

/// A key of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupKey {
    /// The key's value and name.
    pub named: NamedId,
    /// The source whose row it is the key of: its columns stay usable (`group by a`, then `a.name`).
    pub model: Option<SourceId>,
}

/// A key of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    /// By what.
    pub value: Expr,
    /// `desc`.
    pub descending: bool,
    /// Where nulls go; the language's default is last, filled in.
    pub nulls_first: bool,
}

/// A typed expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Ty,
    /// Where it is written.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A constant.
    Literal(Literal),
    /// A parameter. A list parameter stands only in `InList`.
    Param(ParamId),
    /// A field of a model's row.
    Column(SourceId, FieldId),
    /// A column of a CTE's or derived table's row, by place.
    Output(SourceId, u32),
    /// A named value.
    Named(NamedId),
    /// `not x`, `-x`.
    Unary(UnaryOperator, Box<Expr>),
    /// Two operands, of types that the checker has brought together (by `Cast` where need be).
    Binary(BinaryOperator, Box<Expr>, Box<Expr>),
    /// `x is null`; a key of several columns is null if any of them is.
    IsNull(Box<Expr>),
    /// `x is true`, `x is false`: never null.
    IsBool(Box<Expr>, bool),
    /// A text lookup; the wildcards in `pattern` are data except for `Like` and `ILike`.
    Lookup {
        /// Which.
        lookup: Lookup,
        /// The text.
        value: Box<Expr>,
        /// What is looked for.
        pattern: Box<Expr>,
    },
    /// `x in (a, b)`, never empty.
    InList(Box<Expr>, Vec<Expr>),
    /// `x in $ids`.
    InParam(Box<Expr>, ParamId),
    /// `x in (pipeline)`, `x in rel.field`; the row's columns are the pipeline's.
    InPipeline {
        /// The left side; a `Row` for several columns.
        value: Box<Expr>,
        /// The right side.
        body: Box<Pipeline>,
        /// Never null: false where SQL's `in` would be null (`x in rel.field` means `exists`).
        known: bool,
    },
    /// `exists (pipeline)`.
    Exists(Box<Pipeline>),
    /// A pipeline of one column and at most one row, as a value; also every aggregate over a relation.
    Scalar(Box<Pipeline>),
    /// `case`; a `case` with operand has become comparisons.
    Case {
        /// Conditions and values.
        branches: Vec<(Expr, Expr)>,
        /// `else`; null where none is written.
        otherwise: Option<Box<Expr>>,
    },
    /// A function of the catalogue.
    Call(FunctionId, Vec<Expr>),
    /// An aggregate over the rows of the group.
    Aggregate(Box<Aggregate>),
    /// `f(…) over (…)`: only in the values that `let` and `select` name.
    Window(Box<Window>),
    /// `grouping(k, …)`, over keys of the group: a bit for each, the last the lowest, set where it is summed up.
    Grouping(Vec<NamedId>),
    /// A cast that cannot fail, to the expression's type.
    Cast(Box<Expr>),
    /// `try_cast(x as t)`: null where it cannot.
    TryCast(Box<Expr>),
    /// SQL of the author's, with its operands.
    Sql(Arc<SqlTexts>, Vec<Expr>),
    /// `(a, b)`, and the value of a composite key.
    Row(Vec<Expr>),
    /// `content_type(M)`: the key of the model's content type.
    ContentType(ModelId),
    /// Something that is there when the guard holds: a page's bound.
    When(Box<Guard>, Box<Expr>),
}

/// An aggregate.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Which.
    pub function: AggregateId,
    /// `distinct`.
    pub distinct: bool,
    /// Its arguments; none for `count()`. `string_agg` has two.
    pub arguments: Vec<Expr>,
    /// `where` in the parentheses.
    pub condition: Option<Expr>,
    /// `order by` in the parentheses.
    pub order_by: Vec<OrderKey>,
}

/// A function over the rows around one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// What it computes.
    pub function: WindowFunction,
    /// Rows with the same values belong together; one partition where there are none.
    pub partition_by: Vec<Expr>,
    /// The order in a partition.
    pub order_by: Vec<OrderKey>,
    /// The rows it sees; none for SQL's default, and for functions that see the whole partition.
    pub frame: Option<Frame>,
}

/// What a window computes.
#[derive(Debug, Clone, PartialEq)]
pub enum WindowFunction {
    /// A function of windows alone, with its arguments.
    Window(WindowId, Vec<Expr>),
    /// An aggregate over the rows of the frame; never `distinct`, in no order of its own.
    Aggregate(Aggregate),
}

/// The rows around a row that a window sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// What its bounds count.
    pub unit: FrameUnit,
    /// The first row.
    pub start: FrameBound,
    /// The last row.
    pub end: FrameBound,
    /// What is left out.
    pub exclude: Exclusion,
}

/// What the bounds of a frame count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FrameUnit {
    /// Rows.
    Rows,
    /// Values of the order's key: with a distance there is one key, a number or a duration.
    Range,
    /// Groups of rows that are equal in the order; with a distance, as without one they are `Range`'s.
    Groups,
}

/// An end of a frame.
#[derive(Debug, Clone, PartialEq)]
pub enum FrameBound {
    /// The first row of the partition.
    UnboundedPreceding,
    /// So far before the row; a literal or a parameter.
    Preceding(Expr),
    /// The row itself; in `range` with all that are equal to it.
    CurrentRow,
    /// So far behind the row.
    Following(Expr),
    /// The last row of the partition.
    UnboundedFollowing,
}

/// What a frame leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exclusion {
    /// Nothing.
    NoOthers,
    /// The row itself.
    CurrentRow,
    /// The row and all that are equal to it.
    Group,
    /// All that are equal to the row, but not itself.
    Ties,
}

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Digits with a point, perhaps a sign in front: canonical (`9.99`, `-0.5`).
    Decimal(Box<str>),
    /// A float, finite.
    Float(f64),
    /// Text.
    Text(Box<str>),
    /// `YYYY-MM-DD`.
    Date(Box<str>),
    /// `HH:MM:SS[.ffffff]`.
    Time(Box<str>),
    /// `YYYY-MM-DD HH:MM:SS[.ffffff]`, in UTC.
    DateTime(Box<str>),
    /// Microseconds.
    Duration(i64),
    /// Months.
    Calendar(i64),
    /// The bytes of a UUID, the first the highest. (A `u128` would align every expression to 16 bytes.)
    Uuid([u8; 16]),
}

/// An operator in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOperator {
    /// `-`.
    Negate,
    /// `not`.
    Not,
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the operator of its name")]
pub enum BinaryOperator {
    Or,
    And,
    /// True where exactly one is.
    Xor,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    /// `is distinct from`: never null.
    DistinctFrom,
    /// `is not distinct from`: never null.
    NotDistinctFrom,
    /// `||`.
    Concat,
    /// Of numbers, and of durations. Dates and times are added to by functions of the catalogue.
    Add,
    /// As `Add`.
    Subtract,
    /// Of numbers; of a duration and an integer.
    Multiply,
    /// `/`: of integers a float, of decimals a decimal of the expression's type; null for a divisor of zero.
    Divide,
    /// `//`: floors; null for a divisor of zero.
    FloorDivide,
    /// `%`: takes the divisor's sign; null for a divisor of zero.
    Modulo,
}

/// Django's text lookups, and SQL's `like`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the lookup of its name")]
pub enum Lookup {
    Like,
    ILike,
    Contains,
    IContains,
    StartsWith,
    IStartsWith,
    EndsWith,
    IEndsWith,
    IExact,
    Regex,
    IRegex,
}
