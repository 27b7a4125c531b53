//! Pipelines and their clauses.

use djq_diagnostics::Span;

use super::{Expr, Name, Path, SelectItem, SqlEscape, WindowSpec};

/// Clauses from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// CTEs before `from`, in order.
    pub with: Vec<Cte>,
    /// `with recursive`: the word's span.
    pub recursive: Option<Span>,
    /// `from …`, or the path of a relation expression; `None` where it is left out.
    pub source: Option<Source>,
    /// The rest, in order.
    pub clauses: Vec<Clause>,
    /// All of it.
    pub span: Span,
}

/// `name as ( pipeline )`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cte {
    /// Its name.
    pub name: Name,
    /// Column names in parentheses, if any.
    pub columns: Vec<Name>,
    /// Its rows.
    pub body: Pipeline,
}

/// What `from` or `join` reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// What it is.
    pub kind: SourceKind,
    /// After `as`.
    pub alias: Option<Name>,
    /// All of it.
    pub span: Span,
}

/// What a source is.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceKind {
    /// A model, scope, CTE, view, relation path, `$rows`, `series(…)`, literal rows, a cast generic
    /// key: whatever an expression can write. A name or path is `Expr::Name`/`Expr::Field`.
    Expr(Box<Expr>),
    /// `( pipeline )`.
    Pipeline(Box<Pipeline>),
    /// `sql<id: int>"…"`.
    Sql(SqlEscape),
    /// Could not be read.
    Error,
}

/// One clause, perhaps guarded.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// What it does.
    pub kind: ClauseKind,
    /// `when GUARD`.
    pub guard: Option<Expr>,
    /// All of it.
    pub span: Span,
    /// Its first word or words (`group by`).
    pub keyword: Span,
}

/// What a clause does.
#[derive(Debug, Clone, PartialEq)]
pub enum ClauseKind {
    /// `join …`, `left join …`.
    Join {
        /// Which.
        kind: JoinKind,
        /// What is joined.
        source: Source,
        /// After `on`.
        on: Option<Expr>,
    },
    /// `where cond`.
    Where(Expr),
    /// `let name = expr, …`.
    Let(Vec<Binding>),
    /// `group by …`.
    GroupBy(Vec<GroupItem>),
    /// `select …`.
    Select(Vec<SelectItem>),
    /// `distinct`.
    Distinct,
    /// `distinct on (k, …)`.
    DistinctOn(Vec<Expr>),
    /// `order by …`.
    OrderBy(Vec<OrderItem>),
    /// `limit n`, `limit n per k, …`.
    Limit {
        /// How many.
        count: Expr,
        /// After `per`.
        per: Vec<Expr>,
    },
    /// `offset n`.
    Offset(Expr),
    /// `union [all] (…)` and its kin.
    SetOperation {
        /// Which.
        operator: SetOperator,
        /// `all`.
        all: bool,
        /// The right side.
        right: Box<Pipeline>,
    },
    /// `window w as ( … )`.
    Window {
        /// Its name.
        name: Name,
        /// What it is.
        spec: WindowSpec,
    },
    /// `for update …`, `for share …`.
    Lock {
        /// `update` or `share`.
        strength: Name,
        /// `of x`.
        of: Vec<Name>,
        /// `skip locked` or `nowait`.
        wait: Option<Name>,
    },
    /// `insert M { … }`, `insert M [ … ]`, `insert into M { … }`.
    Insert {
        /// The model.
        model: Path,
        /// After `from …`: `insert into`.
        into: bool,
        /// A list of assignments for each row (exactly one with `into`).
        rows: Vec<Vec<Assignment>>,
    },
    /// `on conflict (…) …`.
    OnConflict {
        /// The unique fields.
        fields: Vec<Expr>,
        /// `update { … }`; `None`: `do nothing`.
        update: Option<Vec<Assignment>>,
        /// `where` behind the update.
        condition: Option<Expr>,
    },
    /// `update [all] { … }`.
    Update {
        /// `all`.
        all: bool,
        /// What is set.
        assignments: Vec<Assignment>,
    },
    /// `delete [all] [cascade | restrict]`.
    Delete {
        /// `all`.
        all: bool,
        /// `cascade` or `restrict`.
        mode: Option<Name>,
    },
    /// `returning …`.
    Returning(Vec<SelectItem>),
    /// Could not be read.
    Error,
}

/// Which rows a join keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JoinKind {
    /// `join`.
    Inner,
    /// `left join`.
    Left,
    /// `right join`.
    Right,
    /// `full join`.
    Full,
    /// `cross join`.
    Cross,
}

/// `union`, `intersect`, `except`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetOperator {
    /// Rows of either.
    Union,
    /// Rows of both.
    Intersect,
    /// Rows of the left alone.
    Except,
}

/// `name = expr`.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The name.
    pub name: Name,
    /// Its value.
    pub value: Expr,
}

/// A key of `group by`.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupItem {
    /// `expr [as name]`.
    Key {
        /// The key.
        value: Expr,
        /// After `as`.
        alias: Option<Name>,
    },
    /// `rollup(…)`, `cube(…)`: the word, the keys.
    Rolled {
        /// `rollup` or `cube`.
        word: Name,
        /// The keys.
        keys: Vec<(Expr, Option<Name>)>,
    },
    /// `grouping sets ((…), …)`.
    Sets {
        /// The words' span.
        span: Span,
        /// The sets.
        sets: Vec<Vec<(Expr, Option<Name>)>>,
    },
}

/// `e [asc|desc] [nulls first|last]`.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderItem {
    /// By what.
    pub value: Expr,
    /// `desc`.
    pub descending: bool,
    /// `nulls first` is `Some(true)`.
    pub nulls_first: Option<bool>,
    /// All of it.
    pub span: Span,
}

/// `field = expr [when GUARD]` in an insert or update.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The field.
    pub name: Name,
    /// Its new value.
    pub value: Expr,
    /// After `when`.
    pub guard: Option<Expr>,
    /// All of it.
    pub span: Span,
}
