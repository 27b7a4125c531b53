//! The relational plan: SELECTs over tables by id, each with its final alias.
//!
//! It says what SQL says, in no dialect: nulls' order is explicit, `count(… where …)` is still an
//! aggregate with a condition, functions are ids of the catalogue. What a dialect lacks is for
//! `djq-sql` to rewrite or refuse.

mod lock;
mod rows;

use djq_check::{
    Interface, Ty,
    functions::{AggregateId, FunctionId, WindowId},
    hir::{BinaryOperator, Guard, Literal, Lookup, ParamId, SetOperator, UnaryOperator},
};
use djq_diagnostics::Span;
use std::sync::Arc;

mod write;

pub use djq_check::hir::{Exclusion, JoinKind};
pub use lock::Lock;
pub use rows::{TableFunction, Values};
pub use write::{
    Cascade, Change, Conflict, ConflictApart, ConflictUpdate, Delete, Follow, Insert, Keys, Limit,
    Protect, Remove, RowSet, Target, Update, Write, WriteKind,
};

/// A table reference of a [`Plan`], a place in [`Plan::tables`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub u32);

/// How nested rows are fetched. The rows are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nesting {
    /// A statement for each level.
    #[default]
    Levels,
    /// As JSON, in the one statement.
    Json,
}

/// A query's plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What callers see.
    pub interface: Arc<Interface>,
    /// Every table reference of every statement.
    pub tables: Vec<Table>,
    /// The root, then one statement for each nested relation, parents before children. None where it writes.
    pub statements: Vec<Statement>,
    /// What it writes, if it does.
    pub write: Option<Write>,
    /// What the fields of a row are made of, in the order of the interface's row shape.
    pub row: Vec<Output>,
    /// The parameters that say how many rows in a `limit` or an `offset`, and so are not negative. Each once.
    pub counts: Vec<ParamId>,
    /// Whether there is another of its [`Forms`](crate::Forms).
    pub has_forms: bool,
}

/// A table reference's name.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its alias: unique where it is in scope, at most 63 bytes, not yet quoted.
    pub alias: Box<str>,
    /// Why it is there, for `djq sql --why`; none where the author wrote it.
    pub reason: Option<Reason>,
    /// Where it is written, or the path that needs it.
    pub span: Span,
}

/// Why a join is there and of its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The path that needs it, as Django names it: `blog.Entry.author`.
    pub path: Box<str>,
    /// The kind of join.
    pub kind: JoinKind,
    /// Why that kind, in a clause: "`editor` may be null".
    pub because: Box<str>,
    /// When it is there; none where it always is.
    pub guard: Option<Guard>,
}

/// One SQL statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it selects.
    pub query: Query,
    /// How its rows belong to those of an earlier statement; none for the root.
    pub parent: Option<Parent>,
    /// The types of its columns, in order.
    pub columns: Vec<Ty>,
    /// What it locks; of the root alone.
    pub lock: Option<Lock>,
}

/// How a nested statement's rows belong to its parent's.
#[derive(Debug, Clone, PartialEq)]
pub struct Parent {
    /// The parent, a place in [`Plan::statements`].
    pub statement: usize,
    /// Columns of the parent's rows…
    pub parent_columns: Vec<usize>,
    /// …that equal these columns of this statement's, one for one. Both sides have the same types.
    pub own_columns: Vec<usize>,
}

impl Plan {
    /// Whether nested rows come as JSON.
    #[must_use]
    pub fn has_json_rows(&self) -> bool {
        fn any(outputs: &[Output]) -> bool {
            outputs.iter().any(|output| match output {
                Output::Value(_) => false,
                Output::Json { .. } => true,
                Output::Object { fields, .. }
                | Output::List { fields, .. }
                | Output::One { fields, .. } => any(fields),
            })
        }
        any(&self.row)
    }
}

/// What a field of a row is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// A column of the statement's row.
    Value(usize),
    /// An object out of columns of the same row; null where `present` names a column and that is null.
    Object {
        /// A column that is null exactly if there is no object.
        present: Option<usize>,
        /// The fields, in the shape's order.
        fields: Vec<Output>,
    },
    /// The rows of a nested statement that belong to this row, in the statement's order.
    List {
        /// The statement.
        statement: usize,
        /// The fields of each, in the shape's order.
        fields: Vec<Output>,
    },
    /// The one row of a nested statement that belongs to this row, or null.
    One {
        /// The statement.
        statement: usize,
        /// Its fields, in the shape's order.
        fields: Vec<Output>,
    },
    /// Nested rows in a column of this row, as JSON: an array of objects, or an object or null.
    Json {
        /// The column.
        column: usize,
        /// Whether it is an array.
        list: bool,
        /// What each object has, in the shape's order.
        fields: Vec<JsonField>,
    },
}

/// A member of a nested row's JSON object.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonField {
    /// Its name; a member that is not there is null.
    pub name: Box<str>,
    /// What it is.
    pub kind: JsonKind,
}

/// What a member of a nested row's JSON object is.
#[derive(Debug, Clone, PartialEq)]
pub enum JsonKind {
    /// A value of this type, in the form that the dialect gives such values in JSON.
    Value(Ty),
    /// An object, or null.
    Object(Vec<JsonField>),
    /// An array of objects.
    List(Vec<JsonField>),
}

/// A SELECT or a set operation, with what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// CTEs, each may use those before it.
    pub ctes: Vec<Cte>,
    /// What gives the rows.
    pub body: Body,
    /// The order; over a set operation only `Item`s.
    pub order_by: Vec<OrderKey>,
    /// At most so many rows.
    pub limit: Option<Expr>,
    /// After so many.
    pub offset: Option<Expr>,
}

/// What gives the rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A SELECT.
    Select(Box<Select>),
    /// Rows of two queries; the names are the left side's.
    SetOperation {
        /// Which.
        operator: SetOperator,
        /// `all`.
        all: bool,
        /// Left; may have an order and limit of its own.
        left: Box<Query>,
        /// Right; likewise.
        right: Box<Query>,
    },
    /// Literal rows.
    Values(Box<Values>),
}

/// A CTE.
#[derive(Debug, Clone, PartialEq)]
pub struct Cte {
    /// Its name, unique in the statement.
    pub name: Box<str>,
    /// Its rows.
    pub query: Query,
    /// Whether it uses itself.
    pub recursive: bool,
    /// Whether its rows are made once, however often what stands around it is read.
    pub once: bool,
    /// When anything uses it; none where something always does.
    pub guard: Option<Guard>,
}

/// A SELECT.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Select {
    /// `DISTINCT`.
    pub distinct: bool,
    /// The output, at least one.
    pub items: Vec<Item>,
    /// What it reads; none: one row.
    pub from: Option<From>,
    /// Conditions that all must be true.
    pub filter: Vec<Expr>,
    /// Grouping keys; see `grouped`.
    pub group_by: Vec<Expr>,
    /// Tables whose primary key is among the keys, and of which other columns are used that follow from it.
    pub keyed: Vec<TableId>,
    /// Sets of places in `group_by`: one group for each combination of each set, the other keys null; none where
    /// all keys are one set.
    pub grouping_sets: Option<Vec<Vec<usize>>>,
    /// Whether rows are grouped: with no keys, into exactly one.
    pub grouped: bool,
    /// Conditions on groups that all must be true.
    pub having: Vec<Expr>,
    /// Whether an index on its keys would mislead: all rows are read, and of each more than such an index holds, so that
    /// they are best read as they lie in the table. The keys are whole numbers then.
    pub scans: bool,
}

/// A column of a SELECT's output.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its value.
    pub value: Expr,
    /// Its name; unique in the SELECT.
    pub name: Box<str>,
}

/// What a SELECT reads.
#[derive(Debug, Clone, PartialEq)]
pub enum From {
    /// A table of the database.
    Table {
        /// The reference.
        id: TableId,
        /// The database schema, where it is not the default one.
        schema: Option<Box<str>>,
        /// The table.
        table: Box<str>,
    },
    /// A CTE.
    Cte {
        /// The reference.
        id: TableId,
        /// The CTE's name.
        name: Box<str>,
    },
    /// A derived table.
    Derived {
        /// The reference.
        id: TableId,
        /// Its rows.
        query: Box<Query>,
        /// Whether it uses tables on its left.
        lateral: bool,
    },
    /// A function that gives rows.
    Function {
        /// The reference.
        id: TableId,
        /// Which.
        function: Box<TableFunction>,
    },
    /// Two of them.
    Join {
        /// Which rows it keeps.
        kind: JoinKind,
        /// Left.
        left: Box<From>,
        /// Right; a join of its own where a unit is joined as a whole.
        right: Box<From>,
        /// Conditions that all must be true; none for a cross join.
        on: Vec<Expr>,
        /// When the join is there; none where it always is.
        guard: Option<Box<Guard>>,
    },
}

impl From {
    /// The reference of what is no join.
    #[must_use]
    pub fn id(&self) -> Option<TableId> {
        match self {
            Self::Table { id, .. }
            | Self::Cte { id, .. }
            | Self::Derived { id, .. }
            | Self::Function { id, .. } => Some(*id),
            Self::Join { .. } => None,
        }
    }
}

/// A key of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    /// By what.
    pub value: Expr,
    /// `DESC`.
    pub descending: bool,
    /// Where nulls go, if there can be any.
    pub nulls_first: bool,
}

/// A typed expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type; keys of models have become the types of their columns.
    pub ty: Ty,
    /// Where it is written.
    pub span: Span,
}

impl Expr {
    /// The expression without the guard around it.
    #[must_use]
    pub fn unguarded(&self) -> &Self {
        match &self.kind {
            ExprKind::When(_, of) => of,
            _ => self,
        }
    }

    /// The guard around it.
    #[must_use]
    pub fn guard(&self) -> Option<&Guard> {
        match &self.kind {
            ExprKind::When(guard, _) => Some(guard),
            _ => None,
        }
    }

    /// The expression where the guard holds; as it is where there is none.
    #[must_use]
    pub fn when(self, guard: Option<&Guard>) -> Self {
        match guard {
            None => self,
            Some(guard) => {
                let (ty, span) = (self.ty.clone(), self.span);
                let (guard, of) = match self.kind {
                    ExprKind::When(known, of) => (known.and(guard.clone()), of),
                    _ => (guard.clone(), Box::new(self)),
                };
                let kind = ExprKind::When(Box::new(guard), of);
                Self { kind, ty, span }
            }
        }
    }
}

/// What an expression is. See [`djq_check::hir::ExprKind`] for the meaning of each.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A constant.
    Literal(Literal),
    /// A parameter's value.
    Param(ParamId),
    /// A column of a table reference.
    Column(TableId, Box<str>),
    /// A column of the SELECT's own output, by place: in `order_by` alone.
    Item(usize),
    /// The key that the database has made for the last row of this table that the connection inserted: the key's column.
    NewKey(Box<Target>, Box<str>),
    /// A text on its way into a column: an error where it is longer than that takes; spaces beyond are left out.
    Within(Box<Expr>, Box<Limit>),
    /// The content type's id of the model with this app and lower-case name.
    ContentType(Box<str>, Box<str>),
    /// `not x`, `-x`.
    Unary(UnaryOperator, Box<Expr>),
    /// Two operands.
    Binary(BinaryOperator, Box<Expr>, Box<Expr>),
    /// `x is null`.
    IsNull(Box<Expr>),
    /// `x is true`, `x is false`.
    IsBool(Box<Expr>, bool),
    /// A text lookup.
    Lookup {
        /// Which.
        lookup: Lookup,
        /// The text.
        value: Box<Expr>,
        /// What is looked for.
        pattern: Box<Expr>,
    },
    /// `x in (a, b)`.
    InList(Box<Expr>, Vec<Expr>),
    /// `x in $ids`.
    InParam(Box<Expr>, ParamId),
    /// The values are among the keys that the parent statement found (of [`Statement::parent`]).
    InParent(Vec<Expr>),
    /// `x in (query)`; with `known`, false where SQL's would be null.
    InQuery {
        /// The left side; a `Row` for several columns.
        value: Box<Expr>,
        /// The right side.
        query: Box<Query>,
        /// Never null.
        known: bool,
    },
    /// `exists (query)`.
    Exists(Box<Query>),
    /// The one value of a query.
    Scalar(Box<Query>),
    /// `case`.
    Case {
        /// Conditions and values.
        branches: Vec<(Expr, Expr)>,
        /// `else`.
        otherwise: Option<Box<Expr>>,
    },
    /// A function of the catalogue.
    Call(FunctionId, Vec<Expr>),
    /// An aggregate.
    Aggregate(Box<Aggregate>),
    /// `f(…) over (…)`: in the output and in `order_by` alone.
    Window(Box<Window>),
    /// `grouping(k, …)`: the keys, places in [`Select::group_by`] that stand for each; a bit for each, the last the
    /// lowest.
    Grouping(Vec<usize>),
    /// A cast that cannot fail, to the expression's type.
    Cast(Box<Expr>),
    /// A cast to the expression's type that gives null where it fails.
    TryCast(Box<Expr>),
    /// SQL of the author's, with its operands.
    Sql(std::sync::Arc<djq_check::hir::SqlTexts>, Vec<Expr>),
    /// `(a, b)`.
    Row(Vec<Expr>),
    /// Something that is there when the guard holds: a condition of `filter` or `having`, a key of `order_by`, a
    /// `limit`, an `offset`. It stands outermost there and nowhere else; what it says must not be taken as known.
    When(Box<Guard>, Box<Expr>),
    /// A JSON object of a nested row.
    JsonObject(Vec<JsonMember>),
    /// An aggregate: the JSON array of the rows' values, JSON themselves; empty over no rows.
    JsonList {
        /// The value of each row.
        item: Box<Expr>,
        /// The order of the rows.
        order_by: Vec<OrderKey>,
    },
    /// A JSON array of a row that an outer join may have left without: empty then.
    JsonListOrEmpty(Box<Expr>),
}

/// A member of an [`ExprKind::JsonObject`].
#[derive(Debug, Clone, PartialEq)]
pub struct JsonMember {
    /// Its name.
    pub name: Box<str>,
    /// Its value.
    pub value: Expr,
    /// Whether the value is made of nested rows, and stands as it is; else it is written so that it can be
    /// read back as what it is, of its type.
    pub nested: bool,
}

/// An aggregate.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Which.
    pub function: AggregateId,
    /// `distinct`.
    pub distinct: bool,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// Rows for which it is not true do not count.
    pub condition: Option<Expr>,
    /// The order of the rows.
    pub order_by: Vec<OrderKey>,
}

/// A function over the rows around one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// What it computes.
    pub function: WindowFunction,
    /// The partition's keys.
    pub partition_by: Vec<Expr>,
    /// The order in a partition.
    pub order_by: Vec<OrderKey>,
    /// The rows it sees, where that is not SQL's default.
    pub frame: Option<Frame>,
}

/// What a window computes.
#[derive(Debug, Clone, PartialEq)]
pub enum WindowFunction {
    /// A function of windows alone, with its arguments.
    Window(WindowId, Vec<Expr>),
    /// An aggregate over the rows of the frame.
    Aggregate(Aggregate),
}

/// The rows around a row that a window sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Whether the bounds are values of the order's one key, and not numbers of rows.
    pub range: bool,
    /// The first row.
    pub start: FrameBound,
    /// The last row.
    pub end: FrameBound,
    /// What is left out.
    pub exclude: Exclusion,
}

/// An end of a frame.
#[derive(Debug, Clone, PartialEq)]
pub enum FrameBound {
    /// The first row of the partition.
    UnboundedPreceding,
    /// So far before the row: a literal or a parameter.
    Preceding(Expr),
    /// The row itself; by range with all that are equal to it.
    CurrentRow,
    /// So far behind the row.
    Following(Expr),
    /// The last row of the partition.
    UnboundedFollowing,
}

impl Window {
    /// The expressions in it, in order.
    pub fn parts(&self) -> impl Iterator<Item = &Expr> {
        let (arguments, condition) = match &self.function {
            WindowFunction::Window(_, arguments) => (arguments, None),
            WindowFunction::Aggregate(aggregate) => {
                (&aggregate.arguments, aggregate.condition.as_ref())
            }
        };
        let bounds = self
            .frame
            .iter()
            .flat_map(|frame| [&frame.start, &frame.end])
            .filter_map(|bound| match bound {
                FrameBound::Preceding(distance) | FrameBound::Following(distance) => Some(distance),
                _ => None,
            });
        arguments
            .iter()
            .chain(condition)
            .chain(&self.partition_by)
            .chain(self.order_by.iter().map(|key| &key.value))
            .chain(bounds)
    }
}
