//! How a dialect spells a function or operator: a template with holes for the operands.

use djq_check::{
    Ty,
    functions::{AggregateId, FunctionId},
    hir::{BinaryOperator, Lookup},
};
use djq_plan::plan::Expr;
use std::borrow::Cow;

/// SQL with holes: `substr({0}, {1})`. `{0}` is the first operand; `{{` is a brace. An operand
/// may stand several times (it is then written several times), or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The template.
    pub sql: Cow<'static, str>,
    /// How tightly the template itself binds, so that parentheses go around it where it is an operand.
    pub binds: Binding,
    /// How tightly an operand in a hole must bind, or get parentheses: `Atom` inside a function's parentheses
    /// would be too strict, so holes that stand alone between `(`, `,` and `)` need none, and others this.
    pub holes: Binding,
    /// A function that a plain connection lacks and the runtime registers (SQLite alone).
    pub registers: Option<&'static str>,
}

/// How tightly SQL binds, from loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the operators of its name")]
pub enum Binding {
    Or,
    And,
    Not,
    Comparison,
    /// `||`, `LIKE`'s operands, `->`, bit operators: dialects disagree, so nothing relies on it.
    Other,
    Sum,
    Product,
    Unary,
    /// Calls, columns, literals, anything in parentheses.
    Atom,
}

/// What is asked of a dialect: how it spells this, with operands of these types.
#[derive(Debug, Clone, Copy)]
pub enum Spelling<'a> {
    /// A scalar function. The operands are there for their types and for literal units.
    Function(FunctionId, &'a [Expr], &'a Ty),
    /// An aggregate without condition and order (those are placed by `legalize`); `distinct` stands in the template.
    Aggregate {
        /// Which.
        function: AggregateId,
        /// `distinct`.
        distinct: bool,
        /// The operands; of `string_agg` the text and the separator.
        operands: &'a [Expr],
        /// The result.
        ty: &'a Ty,
        /// The ORDER BY of its rows, already spelt by the caller, is hole number `operands.len()`, where this is true.
        ordered: bool,
    },
    /// A value as an item of the JSON that an aggregate gathers. It is never null where rows that do not count are
    /// told by null: then null has become JSON's.
    JsonItem(&'a Expr),
    /// An operator between two operands.
    Binary(BinaryOperator, &'a Expr, &'a Expr, &'a Ty),
    /// A text lookup, operands value and pattern.
    Lookup(Lookup, &'a Expr, &'a Expr),
    /// A cast that cannot fail, to the type.
    Cast(&'a Expr, &'a Ty),
    /// A cast that gives null where it fails.
    TryCast(&'a Expr, &'a Ty),
    /// `-x`, of this type.
    Negate(&'a Expr, &'a Ty),
}

/// Why a dialect has no faithful form, in words for the diagnostic's note, with what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why: "SQLite has no …".
    pub why: Cow<'static, str>,
    /// What to write instead, if anything.
    pub instead: Option<Cow<'static, str>>,
}

impl Form {
    /// A call or other self-contained text.
    #[must_use]
    pub fn atom(sql: impl Into<Cow<'static, str>>) -> Self {
        Self {
            sql: sql.into(),
            binds: Binding::Atom,
            holes: Binding::Atom,
            registers: None,
        }
    }

    /// An infix operator whose operands must bind at least as tightly as `holes`.
    #[must_use]
    pub fn infix(sql: impl Into<Cow<'static, str>>, binds: Binding, holes: Binding) -> Self {
        Self {
            sql: sql.into(),
            binds,
            holes,
            registers: None,
        }
    }

    /// With a function that the runtime registers.
    #[must_use]
    pub fn registering(self, function: &'static str) -> Self {
        Self {
            registers: Some(function),
            ..self
        }
    }
}
