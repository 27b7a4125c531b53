//! What a spelling may see of its operands: literals, types, scales.

use super::Refusal;
use djq_check::{
    Ty, Type,
    hir::{BinaryOperator, Literal},
};
use djq_plan::plan::{Expr, ExprKind};
use std::borrow::Cow;

/// The type that the database sees of an operand; of one that is not there, null's.
pub(super) fn base(operands: &[Expr], place: usize) -> &Type {
    operands
        .get(place)
        .map_or(&Type::Null, |operand| operand.ty.kind.base())
}

/// The text of a text literal.
pub(super) fn text(operand: &Expr) -> Option<&str> {
    match &operand.kind {
        ExprKind::Literal(Literal::Text(text)) => Some(text),
        _ => None,
    }
}

/// The text of a text literal at a place.
pub(super) fn text_at(operands: &[Expr], place: usize) -> Option<&str> {
    operands.get(place).and_then(text)
}

/// The value of an integer literal, with a sign or without.
pub(super) fn int(operand: &Expr) -> Option<i64> {
    match &operand.kind {
        ExprKind::Literal(Literal::Int(number)) => Some(*number),
        ExprKind::Unary(djq_check::hir::UnaryOperator::Negate, inner) => {
            int(inner).and_then(i64::checked_neg)
        }
        _ => None,
    }
}

/// The value of an integer literal at a place.
pub(super) fn int_at(operands: &[Expr], place: usize) -> Option<i64> {
    operands.get(place).and_then(int)
}

/// The microseconds of a duration literal at a place.
pub(super) fn duration_at(operands: &[Expr], place: usize) -> Option<i64> {
    match operands.get(place).map(|operand| &operand.kind) {
        Some(ExprKind::Literal(Literal::Duration(microseconds))) => Some(*microseconds),
        _ => None,
    }
}

/// Whether an operand is a number literal other than zero, so that dividing by it cannot fail.
pub(super) fn is_nonzero(operand: &Expr) -> bool {
    match &operand.kind {
        ExprKind::Literal(Literal::Int(number)) => *number != 0,
        ExprKind::Literal(Literal::Float(number)) => *number != 0.0,
        ExprKind::Literal(Literal::Decimal(digits)) => {
            digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
        }
        ExprKind::Unary(djq_check::hir::UnaryOperator::Negate, inner) => is_nonzero(inner),
        _ => false,
    }
}

/// The digits behind the point of a number's type.
pub(super) fn scale(ty: &Type) -> u16 {
    match ty.base() {
        Type::Decimal(_, scale) => *scale,
        _ => 0,
    }
}

/// Whether a value is text to the database, so that a collation decides how it compares.
pub(super) fn is_text(ty: &Ty) -> bool {
    matches!(ty.kind.base(), Type::Text)
}

/// `{0}`, `{1}`… of so many operands, between commas.
pub(crate) fn holes(count: usize) -> String {
    let holes: Vec<String> = (0..count).map(|place| format!("{{{place}}}")).collect();
    holes.join(", ")
}

/// A template with `@name` filled in; names must not begin another name.
///
/// In a value, the names behind its own are filled in as well.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    fill_into(&mut filled, template, values);
    filled
}

fn fill_into(filled: &mut String, template: &str, values: &[(&str, &str)]) {
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('@') {
        filled.push_str(before);
        let mut later = values.iter();
        let found = later.find_map(|(name, value)| {
            let behind = behind.strip_prefix(name.strip_prefix('@')?)?;
            Some((*value, behind))
        });
        if let Some((value, behind)) = found {
            fill_into(filled, value, later.as_slice());
            rest = behind;
        } else {
            filled.push('@');
            rest = behind;
        }
    }
    filled.push_str(rest);
}

/// A refusal with what to write instead.
pub(super) fn refuse(
    why: impl Into<Cow<'static, str>>,
    instead: impl Into<Cow<'static, str>>,
) -> Refusal {
    Refusal {
        why: why.into(),
        instead: Some(instead.into()),
    }
}

/// The refusal of what PostgreSQL alone has.
pub(super) fn no_collections(who_has: &str) -> Refusal {
    Refusal {
        why: format!("{who_has} no arrays, HStore and ranges, PostgreSQL alone does").into(),
        instead: None,
    }
}

/// The refusal of what PostgreSQL alone has.
pub(super) fn postgres_alone(what: &str, instead: &'static str) -> Refusal {
    refuse(format!("PostgreSQL alone has {what}"), instead)
}

/// The refusal of `to_char`.
pub(super) fn no_to_char() -> Refusal {
    postgres_alone(
        "`to_char`",
        "`x::text`, or put the parts together: `year(x)::text || '-' || lpad(month(x)::text, 2, '0')`",
    )
}

/// The refusal of full-text search on SQLite.
pub(super) fn no_search() -> Refusal {
    refuse(
        "SQLite has full-text search in tables that are made for it alone",
        "`x icontains 'word'`",
    )
}

/// The refusal of `similarity`.
pub(super) fn no_similarity() -> Refusal {
    postgres_alone("trigrams", "`x icontains 'part'` or `x istartswith 'part'`")
}

/// The refusal of `headline`.
pub(super) fn no_headline() -> Refusal {
    postgres_alone("`headline`", "the text itself, marked where it is shown")
}

/// The refusal of `initcap`.
pub(super) fn no_initcap() -> Refusal {
    postgres_alone(
        "`initcap`",
        "`upper(left(x, 1)) || lower(substr(x, 2))` for a single word",
    )
}

/// The refusal of `regr_slope` and its like.
pub(super) fn no_regression() -> Refusal {
    postgres_alone(
        "aggregates of regression",
        "`covar_pop`, `var_pop` and `avg`, of which they are made: the slope is `covar_pop(y, x) / var_pop(x)`",
    )
}

/// The refusal of a cast between types that have none.
pub(super) fn no_cast(from: &Type, to: &Type) -> Refusal {
    let instead = match (from.base(), to.base()) {
        (Type::Float, Type::Text) => {
            Some("cast to a decimal first, whose digits are the same everywhere".into())
        }
        (Type::Text, _) => {
            Some("`try_cast`, which gives null where the text is no such value".into())
        }
        _ => None,
    };
    Refusal {
        why: format!("there is no cast from {from} to {to} that is the same on every database")
            .into(),
        instead,
    }
}

/// The refusal of a `try_cast` that cannot be exact.
pub(super) fn no_try_cast(from: &Type, to: &Type) -> Refusal {
    Refusal {
        why: format!("whether a {from} is a {to} cannot be told alike on every database").into(),
        instead: None,
    }
}

/// `{0} = {1}` and its kin, with what stands behind it.
pub(super) fn compared(operator: BinaryOperator, behind: &str) -> Cow<'static, str> {
    let plain = match operator {
        BinaryOperator::NotEqual => "{0} <> {1}",
        BinaryOperator::Less => "{0} < {1}",
        BinaryOperator::LessEqual => "{0} <= {1}",
        BinaryOperator::Greater => "{0} > {1}",
        BinaryOperator::GreaterEqual => "{0} >= {1}",
        _ => "{0} = {1}",
    };
    if behind.is_empty() {
        plain.into()
    } else {
        format!("{plain}{behind}").into()
    }
}

/// The comparison's sign in SQL; none for another operator.
pub(super) fn comparison(operator: BinaryOperator) -> Option<&'static str> {
    match operator {
        BinaryOperator::Equal => Some("="),
        BinaryOperator::NotEqual => Some("<>"),
        BinaryOperator::Less => Some("<"),
        BinaryOperator::LessEqual => Some("<="),
        BinaryOperator::Greater => Some(">"),
        BinaryOperator::GreaterEqual => Some(">="),
        BinaryOperator::Or
        | BinaryOperator::And
        | BinaryOperator::Xor
        | BinaryOperator::DistinctFrom
        | BinaryOperator::NotDistinctFrom
        | BinaryOperator::Concat
        | BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::FloorDivide
        | BinaryOperator::Modulo => None,
    }
}

/// Why a value cannot stand in the JSON of nested rows.
pub(super) fn not_in_json(ty: &Type) -> Refusal {
    refuse(
        format!("nested rows as JSON cannot hold a value of type {ty}"),
        "`nest = \"levels\"`, which fetches nested rows by a statement for each level",
    )
}
