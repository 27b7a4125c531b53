//! The syntax tree: what was written, with a span on everything, nothing resolved.
//!
//! It holds the whole language. What a later stage cannot do yet, that stage says; the parser
//! accepts it. Broken parts are `Error` nodes, which later stages pass over in silence, since
//! their diagnostic has been given.

use djq_diagnostics::Span;

/// A name as written, without backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The text; a quoted name's without its backticks.
    pub text: Box<str>,
    /// Where, backticks included.
    pub span: Span,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// The items in order.
    pub items: Vec<Item>,
}

/// A `use`, `query`, `def` or `view`, with what stands above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The `##` lines above, joined by newlines, without `##` and one space.
    pub docs: Option<Name>,
    /// `@[allow(unbounded)]`.
    pub attributes: Vec<Attribute>,
    /// What it is.
    pub kind: ItemKind,
    /// All of it, attributes and docs included.
    pub span: Span,
}

/// `@[allow(unbounded, fan-out)]`: sets the level of lints for an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// `allow`, `warn` or `deny`.
    pub level: Name,
    /// The lints' names, hyphens included.
    pub lints: Vec<Name>,
    /// All of it.
    pub span: Span,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a file has few items; a box would cost more than the room"
)]
pub enum ItemKind {
    /// `use blog`, `use blog.Entry as E`, `use "other.djq"`.
    Use(Use),
    /// `query name(params) one { … }`.
    Query(Box<Query>),
    /// `def …`.
    Def(Box<Def>),
    /// `view name { pipeline }`.
    View(View),
    /// Something that could not be read; its diagnostic has been given.
    Error,
}

/// `use blog`, `use accounts.User as Person`, `use "other/file.djq"`.
#[derive(Debug, Clone, PartialEq)]
pub enum Use {
    /// An app or one of its models, perhaps under another name.
    Path {
        /// `blog` or `accounts`, `User`.
        path: Vec<Name>,
        /// The name after `as`.
        alias: Option<Name>,
    },
    /// Another file's definitions.
    File {
        /// The path, relative to this file.
        path: Name,
    },
}

/// A named query.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Its name. A bare pipeline of `djq run -e` or the REPL has an empty one.
    pub name: Name,
    /// In the order written.
    pub parameters: Vec<Parameter>,
    /// `one`, `maybe`, `many`; `None` where nothing is written.
    pub cardinality: Option<Name>,
    /// `-> Entry`.
    pub returns: Option<Path>,
    /// What it does.
    pub body: Pipeline,
}

/// A query's or a `def`'s parameter: `q?: text? = 'x'`.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The `##` lines above it.
    pub docs: Option<Name>,
    /// Without `$`.
    pub name: Name,
    /// `q?`: may be left out.
    pub optional: bool,
    /// After the colon.
    pub ty: Option<TypeExpr>,
    /// After `=`.
    pub default: Option<Expr>,
    /// All of it.
    pub span: Span,
}

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeExpr {
    /// What it is.
    pub kind: TypeExprKind,
    /// All of it.
    pub span: Span,
}

/// What a written type is.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeExprKind {
    /// `int`, `decimal(10, 2)`, `Author`, `blog.Author`, `range<int>`.
    Named {
        /// The type's or model's name.
        path: Path,
        /// `(10, 2)`.
        arguments: Vec<Expr>,
        /// `<int>`.
        of: Option<Box<TypeExpr>>,
    },
    /// `T?`.
    Nullable(Box<TypeExpr>),
    /// `[T]`.
    List(Box<TypeExpr>),
    /// `'title' | 'newest'`.
    Union(Vec<Name>),
    /// `{a: int, b: text}`.
    Row(Vec<Parameter>),
    /// Could not be read.
    Error,
}

/// `a.b.c`, names only.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// At least one.
    pub names: Vec<Name>,
    /// All of it.
    pub span: Span,
}

/// A `def`.
#[derive(Debug, Clone, PartialEq)]
pub struct Def {
    /// `Entry` in `def Entry.card`; perhaps with its app.
    pub model: Option<Path>,
    /// What it names.
    pub name: Name,
    /// A function's.
    pub parameters: Vec<Parameter>,
    /// Whether a parameter list was written, empty or not.
    pub has_parameter_list: bool,
    /// The type after `:`.
    pub ty: Option<TypeExpr>,
    /// What it stands for.
    pub body: DefBody,
}

/// What a `def` stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum DefBody {
    /// A function's or a computed field's value.
    Expr(Expr),
    /// A scope: clauses that begin with `where`, `join`, `order by`….
    Scope(Vec<Clause>),
    /// A shape: `{ id, title, author { name } }`.
    Shape(Shape),
    /// A relation: `Refund on number = Order.number`.
    Relation {
        /// The related model.
        target: Path,
        /// What joins the two.
        on: Expr,
    },
    /// Could not be read.
    Error,
}

/// `view name { pipeline }`.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Its name.
    pub name: Name,
    /// Its rows.
    pub body: Pipeline,
}

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

/// An item of `select`, `returning` or a shape.
#[derive(Debug, Clone, PartialEq)]
pub struct SelectItem {
    /// The `##` lines above it (in a shape).
    pub docs: Option<Name>,
    /// What it is.
    pub kind: SelectItemKind,
    /// All of it.
    pub span: Span,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
pub enum SelectItemKind {
    /// `expr [as name]`.
    Expr {
        /// The value.
        value: Expr,
        /// After `as`.
        alias: Option<Name>,
    },
    /// `*`, `e.*`, `e.* except (body)`, `e.author.* as author_*`.
    Star {
        /// Before `.*`.
        of: Option<Expr>,
        /// After `except`.
        except: Vec<Name>,
        /// The text before `*` in `as author_*`.
        prefix: Option<Name>,
    },
    /// `..card`: a shape's items (in a shape).
    Spread(Name),
    /// Could not be read.
    Error,
}

/// `{ … }` behind a relation, or a `def`'s.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The items.
    pub items: Vec<SelectItem>,
    /// Braces included.
    pub span: Span,
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

/// `( [base] partition by … order by … frame )`.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowSpec {
    /// A named window that it starts from.
    pub base: Option<Name>,
    /// `partition by`.
    pub partition_by: Vec<Expr>,
    /// `order by`.
    pub order_by: Vec<OrderItem>,
    /// `rows between … and …`.
    pub frame: Option<Frame>,
    /// All of it.
    pub span: Span,
}

/// A window's frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// `rows`, `range` or `groups`.
    pub unit: Name,
    /// Its start.
    pub start: FrameBound,
    /// Its end, where `between` is written.
    pub end: Option<FrameBound>,
    /// `exclude current row`, `group`, `ties`, `no others`: the words after `exclude`.
    pub exclude: Option<Name>,
}

/// An end of a frame.
#[derive(Debug, Clone, PartialEq)]
pub enum FrameBound {
    /// `unbounded preceding`.
    UnboundedPreceding,
    /// `n preceding`.
    Preceding(Expr),
    /// `current row`.
    CurrentRow,
    /// `n following`.
    Following(Expr),
    /// `unbounded following`.
    UnboundedFollowing,
}

/// `sql<float>"…"`, `sql<float> { postgres "…", mysql "…" }`.
#[derive(Debug, Clone, PartialEq)]
pub struct SqlEscape {
    /// The type of the value, where it is one.
    pub ty: Option<TypeExpr>,
    /// The columns, where it is a source.
    pub columns: Vec<Parameter>,
    /// One text for all dialects (no name), or one for each.
    pub texts: Vec<(Option<Name>, SqlText)>,
}

/// The text of an escape, cut at its braces.
#[derive(Debug, Clone, PartialEq)]
pub struct SqlText {
    /// SQL and djq by turns.
    pub parts: Vec<SqlPart>,
    /// Quotes included.
    pub span: Span,
}

/// A part of an escape's text.
#[derive(Debug, Clone, PartialEq)]
pub enum SqlPart {
    /// SQL as it is.
    Sql(Box<str>),
    /// A djq expression in braces.
    Expr(Expr),
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// All of it, parentheses excluded.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// `$name`, without the `$`.
    Parameter(Name),
    /// A bare name.
    Name(Name),
    /// `base.name`.
    Field {
        /// Before the dot.
        base: Box<Expr>,
        /// After it.
        name: Name,
    },
    /// `base.(expr)`: an expression of each item.
    Each {
        /// The relation.
        base: Box<Expr>,
        /// The expression.
        value: Box<Expr>,
    },
    /// `base[index]`: JSON, arrays, HStore.
    Index {
        /// Before the bracket.
        base: Box<Expr>,
        /// Inside.
        index: Box<Expr>,
    },
    /// `f(…)`, `base.f(…)`, with what aggregates and windows take.
    Call(Box<Call>),
    /// `(expr)`: kept, since the formatter keeps it and `loose-coalesce` asks.
    Paren(Box<Expr>),
    /// `( [from] … )`: a pipeline or a relation expression.
    Pipeline(Box<Pipeline>),
    /// `relation { … }`.
    Nest {
        /// The relation.
        base: Box<Expr>,
        /// What each item becomes.
        shape: Shape,
    },
    /// `-x`, `not x`, `exists x`.
    Unary {
        /// Which.
        operator: UnaryOperator,
        /// The operator's own words.
        operator_span: Span,
        /// Behind it.
        operand: Box<Expr>,
    },
    /// `a + b` and all others between two operands; `not` in front of a lookup, `like` or `in` is a flag.
    Binary {
        /// Which.
        operator: BinaryOperator,
        /// `not like`, `not in`, `not contains`, `is not distinct from`.
        negated: bool,
        /// The operator's own words.
        operator_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `x is [not] null|true|false`.
    Is {
        /// Before `is`.
        operand: Box<Expr>,
        /// `not`.
        negated: bool,
        /// `null`, `true` or `false`.
        what: IsTest,
    },
    /// `x [not] between a and b`.
    Between {
        /// Before it.
        operand: Box<Expr>,
        /// `not`.
        negated: bool,
        /// The lower end.
        low: Box<Expr>,
        /// The upper end.
        high: Box<Expr>,
    },
    /// `case [e] when … then … [else …] end`.
    Case {
        /// Between `case` and `when`.
        operand: Option<Box<Expr>>,
        /// The branches.
        branches: Vec<(Expr, Expr)>,
        /// After `else`.
        otherwise: Option<Box<Expr>>,
    },
    /// `x::t`.
    Cast {
        /// What is cast.
        operand: Box<Expr>,
        /// To what: a type, or a model for a generic key.
        ty: Box<TypeExpr>,
    },
    /// `try_cast(x as t)`.
    TryCast {
        /// What is cast.
        operand: Box<Expr>,
        /// To what.
        ty: Box<TypeExpr>,
    },
    /// `(a, b)`, also the right side of `in (1, 2)`.
    Row(Vec<Expr>),
    /// `[1, 2]`.
    List(Vec<Expr>),
    /// `{id: 1, name: 'a'}`, in literal rows.
    Record(Vec<(Name, Expr)>),
    /// `sql<float>"…"`.
    Sql(Box<SqlEscape>),
    /// Could not be read; its diagnostic has been given.
    Error,
}

/// A call with all that may stand in its parentheses and behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Before the dot, in `base.f(…)`.
    pub base: Option<Expr>,
    /// The function.
    pub name: Name,
    /// `distinct`: the word's span.
    pub distinct: Option<Span>,
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// `where c` inside the parentheses.
    pub condition: Option<Expr>,
    /// `order by …` inside the parentheses.
    pub order_by: Vec<OrderItem>,
    /// `limit n` inside the parentheses (of a relation).
    pub limit: Option<Expr>,
    /// `over (…)` or `over w`.
    pub over: Option<Over>,
}

/// Behind `over`.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "it lies in a boxed call")]
pub enum Over {
    /// `over w`.
    Name(Name),
    /// `over ( … )`.
    Spec(WindowSpec),
}

/// A literal as read.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// `42`, `1_000`; digits only. Larger than 64 bits is for the checker to refuse.
    Int(Box<str>),
    /// `9.99`: digits and one point.
    Decimal(Box<str>),
    /// `1e-3`.
    Float(Box<str>),
    /// `'it''s'`, without quotes, doubled quotes undone.
    Text(Box<str>),
    /// `@2024-01-31`, `@2024-01-31T12:00:00Z`, `@12:30`, without the `@`; validated by the checker.
    Moment(Box<str>),
    /// `30 days`, `1.5 hours`: the number as written and the unit.
    Duration {
        /// Digits, perhaps with a point.
        amount: Box<str>,
        /// Which unit; singular and plural are read.
        unit: DurationUnit,
    },
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// A calendar step.
    Year,
    /// A calendar step.
    Month,
    /// Seven days.
    Week,
    /// Twenty-four hours.
    Day,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
    /// A millionth of a second.
    Microsecond,
}

/// What `is` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IsTest {
    /// `is null`.
    Null,
    /// `is true`.
    True,
    /// `is false`.
    False,
}

/// An operator in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOperator {
    /// `-`.
    Negate,
    /// `not`.
    Not,
    /// `exists`.
    Exists,
}

/// An operator between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the operator of its name")]
pub enum BinaryOperator {
    Or,
    Xor,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    DistinctFrom,
    In,
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
    /// `??`.
    Coalesce,
    /// `||`.
    Concat,
    Add,
    Subtract,
    Multiply,
    Divide,
    /// `//`.
    FloorDivide,
    /// `%`.
    Modulo,
    /// `@>`.
    Holds,
    /// `<@`.
    HeldBy,
    /// `&&` on arrays and ranges.
    Overlaps,
    /// `-|-`.
    Adjacent,
}
