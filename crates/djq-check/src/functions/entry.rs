//! What the catalogue says of a function.

use super::{AggregateId, FunctionId, WindowId};

/// What a function's name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Callable {
    /// A function of one row's values.
    Function(FunctionId),
    /// An aggregate over rows.
    Aggregate(AggregateId),
    /// A function that needs `over`.
    Window(WindowId),
    /// `grouping(k, …)`, of the keys of a group.
    Grouping,
    /// `iif(c, x, y)`, which is a `case`.
    Iif,
    /// `row(a, b)`, which is `(a, b)`.
    Row,
    /// `content_type(Model)`: its argument is no value.
    ContentType,
}

/// A function of the catalogue: its documentation, completion and hover come from here, and so does its typing.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub callable: Callable,
    /// Its name; empty for what operators alone write (`date + 3 days`).
    pub name: &'static str,
    /// What it takes, in order.
    pub arguments: &'static [Argument],
    /// What it gives.
    pub gives: Gives,
    /// When it is null.
    pub nulls: Nulls,
    /// Where it is listed.
    pub category: Category,
    /// Whether two calls with the same arguments in one statement may differ.
    pub volatile: bool,
    /// What it does, in a sentence or two.
    pub doc: &'static str,
    /// An expression over the blog example's `Entry` or `Author`.
    pub example: &'static str,
    /// What Django calls it, in `django.db.models.functions` or among its aggregates.
    pub django: Option<&'static str>,
}

/// An argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// Its name, for documentation.
    pub name: &'static str,
    /// What it may be.
    pub takes: Takes,
    /// How often it stands.
    pub times: Times,
}

/// How often an argument stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Once.
    Once,
    /// Once, or not at all.
    Optional,
    /// Any number of times, and the last of the arguments.
    Any,
}

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Text.
    Text,
    /// A truth value.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A number or a duration.
    Quantity,
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// A day or a moment.
    Day,
    /// A day, a moment or a duration.
    Span,
    /// A moment or a time of day.
    Clock,
    /// A unit of time, as a text literal.
    Unit,
    /// A time zone, as a text literal.
    Zone,
    /// JSON.
    Json,
    /// Text, or a full-text document.
    Document,
    /// A fraction from 0 to 1, a literal or a parameter.
    Fraction,
    /// A name as a text literal.
    Name,
    /// A model.
    Model,
    /// A value of which one can be the greatest.
    Ordered,
    /// Any value.
    Any,
    /// Any value; all arguments that take this are brought to one type.
    Common,
}

/// What a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each is the type of its name, but for those documented"
)]
pub enum Gives {
    Bool,
    Int,
    BigInt,
    Float,
    Text,
    Date,
    Time,
    DateTime,
    Duration,
    Uuid,
    Json,
    /// An array of the first argument's type.
    ArrayOf,
    /// A row of the arguments.
    Row,
    /// The type of the argument at this place.
    Same(u8),
    /// The one type of the arguments that take [`Takes::Common`].
    Common,
    /// The number: a whole one in 64 bits, another of its type.
    Widened,
    /// The number without what is behind the point; a float stays one.
    Whole,
    /// The number rounded to the places of the second argument.
    Rounded,
    /// What `%` gives.
    Remainder,
    /// What `sum` gives: whole numbers in 64 bits, decimals with more digits.
    Sum,
    /// What `avg` gives: of whole numbers a float, of decimals ten places at least.
    Average,
}

/// When a function is null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// Where any argument is.
    Strict,
    /// Where any argument is, and for arguments it has no value for: the logarithm of -1.
    Partial,
    /// Where its first argument is.
    First,
    /// Never.
    Never,
    /// Where all its arguments are.
    All,
    /// It may always be.
    May,
    /// An aggregate: over no rows, and where all it is given is null.
    Empty,
}

/// Where a function is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Category {
    Text,
    Numbers,
    Time,
    Choice,
    Aggregates,
    Windows,
    Json,
    Search,
    Other,
}

impl Category {
    /// As a heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Category::Text => "Text",
            Category::Numbers => "Numbers",
            Category::Time => "Time",
            Category::Choice => "Nulls and choice",
            Category::Aggregates => "Aggregates",
            Category::Windows => "Windows",
            Category::Json => "JSON",
            Category::Search => "Search",
            Category::Other => "Other",
        }
    }
}

impl Takes {
    /// As a type in a signature.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Takes::Text => "text",
            Takes::Bool => "bool",
            Takes::Integer => "int",
            Takes::Number => "number",
            Takes::Quantity => "number | duration",
            Takes::Date => "date",
            Takes::DateTime => "datetime",
            Takes::Day => "date | datetime",
            Takes::Span => "date | datetime | duration",
            Takes::Clock => "datetime | time",
            Takes::Unit => "unit",
            Takes::Zone => "zone",
            Takes::Json => "json",
            Takes::Document => "text | document",
            Takes::Fraction => "fraction",
            Takes::Name => "name",
            Takes::Model => "model",
            Takes::Ordered => "ordered",
            Takes::Any => "any",
            Takes::Common => "T",
        }
    }
}

impl Entry {
    /// `substr(text: text, start: int[, length: int]): text`.
    #[must_use]
    pub fn signature(&self) -> String {
        use std::fmt::Write;
        let mut written = format!("{}(", self.name);
        for (place, argument) in self.arguments.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            let (name, takes) = (argument.name, argument.takes.name());
            let _ = match argument.times {
                Times::Once => write!(written, "{comma}{name}: {takes}"),
                Times::Optional => write!(written, "[{comma}{name}: {takes}]"),
                Times::Any => write!(written, "{comma}{name}: {takes}, …"),
            };
        }
        let gives = match self.gives {
            Gives::Bool => "bool",
            Gives::Int => "int",
            Gives::BigInt => "bigint",
            Gives::Float => "float",
            Gives::Text => "text",
            Gives::Date => "date",
            Gives::Time => "time",
            Gives::DateTime => "datetime",
            Gives::Duration => "duration",
            Gives::Uuid => "uuid",
            Gives::Json => "json",
            Gives::ArrayOf => "[T]",
            Gives::Row => "row",
            Gives::Common => "T",
            Gives::Same(place) => self
                .arguments
                .get(usize::from(place))
                .map_or("any", |argument| argument.takes.name()),
            Gives::Widened | Gives::Whole | Gives::Rounded | Gives::Remainder | Gives::Sum => {
                "number"
            }
            Gives::Average => "number",
        };
        let null = match self.nulls {
            Nulls::Partial | Nulls::May | Nulls::Empty => "?",
            _ => "",
        };
        let _ = write!(written, "): {gives}{null}");
        written
    }

    /// The fewest and the most arguments.
    #[must_use]
    pub fn arity(&self) -> (usize, Option<usize>) {
        let least = self
            .arguments
            .iter()
            .filter(|argument| argument.times == Times::Once)
            .count();
        let any = self
            .arguments
            .iter()
            .any(|argument| argument.times == Times::Any);
        (least, (!any).then_some(self.arguments.len()))
    }
}

/// An argument, for the tables.
pub(super) const fn arg(name: &'static str, takes: Takes, times: Times) -> Argument {
    Argument { name, takes, times }
}
