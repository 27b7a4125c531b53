//! Items: `use`, `query`, `def`, `view`, and what stands above and in front of them.

use djq_diagnostics::Span;

use super::{Clause, Expr, Name, Path, Pipeline, Shape, TypeExpr};

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
