//! What the words of a catalogue entry mean: which types an argument takes, what comes out, when it is null.

use super::{moments, node, numbers};
use crate::{
    Type,
    functions::{Argument, Entry, FunctionId, Gives, Nulls, Takes, Times},
    hir::{BinaryOperator, Expr, Literal},
};

/// The argument at a place; the last may stand for several.
pub(super) fn spec(entry: &Entry, place: usize) -> Option<Argument> {
    let last = entry.arguments.last().copied();
    entry
        .arguments
        .get(place)
        .copied()
        .or_else(|| last.filter(|last| last.times == Times::Any))
}

/// The type that an argument without one takes, and to which others are best converted.
pub(super) fn wanted(takes: Takes, expr: &Expr) -> Option<Type> {
    Some(match takes {
        Takes::Text | Takes::Unit | Takes::Zone | Takes::Name | Takes::Document => Type::Text,
        Takes::Bool => Type::Bool,
        Takes::Integer => Type::Int,
        Takes::Number | Takes::Quantity | Takes::Fraction => Type::Float,
        Takes::Date => Type::Date,
        Takes::DateTime => Type::DateTime,
        Takes::Day | Takes::Span | Takes::Clock => match node::literal(expr) {
            Some(Literal::Text(text)) => match moments::moment(text) {
                Ok(moments::Moment::Date(_)) if takes != Takes::Clock => Type::Date,
                Ok(moments::Moment::Time(_)) if takes == Takes::Clock => Type::Time,
                _ => Type::DateTime,
            },
            _ => Type::DateTime,
        },
        Takes::Json => Type::Json,
        Takes::Ordered | Takes::Any | Takes::Common | Takes::Model => return None,
    })
}

/// Whether a type is what an argument takes.
pub(super) fn accepts(takes: Takes, ty: &Type) -> bool {
    let base = ty.base();
    match takes {
        Takes::Text | Takes::Unit | Takes::Zone | Takes::Name => *base == Type::Text,
        Takes::Bool => *base == Type::Bool,
        Takes::Integer => base.is_integer(),
        Takes::Document => matches!(base, Type::Text | Type::SearchVector),
        Takes::Number | Takes::Fraction => base.is_number(),
        Takes::Quantity => base.is_number() || *base == Type::Duration,
        Takes::Date => *base == Type::Date,
        Takes::DateTime => *base == Type::DateTime,
        Takes::Day => matches!(base, Type::Date | Type::DateTime),
        Takes::Span => matches!(base, Type::Date | Type::DateTime | Type::Duration),
        Takes::Clock => matches!(base, Type::Time | Type::DateTime),
        Takes::Json => *base == Type::Json,
        Takes::Ordered => is_ordered(base),
        Takes::Any | Takes::Common | Takes::Model => {
            !matches!(base, Type::Calendar | Type::List(_))
        }
    }
}

/// Whether every database puts values of the type in one order.
pub(super) fn is_ordered(ty: &Type) -> bool {
    matches!(
        ty.base(),
        Type::Bool
            | Type::Int
            | Type::BigInt
            | Type::Float
            | Type::Decimal(..)
            | Type::Text
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Duration
            | Type::Uuid
            | Type::Key(_)
            | Type::Null
    )
}

/// What a function gives for arguments that fit.
pub(super) fn gives(entry: &Entry, arguments: &[Expr], common: Type) -> Type {
    let of = |place: usize| arguments.get(place).map_or(&Type::Null, |one| &one.ty.kind);
    match entry.gives {
        Gives::Bool => Type::Bool,
        Gives::Int => Type::Int,
        Gives::BigInt => Type::BigInt,
        Gives::Float => Type::Float,
        Gives::Text => Type::Text,
        Gives::Date => Type::Date,
        Gives::Time => Type::Time,
        Gives::DateTime => Type::DateTime,
        Gives::Duration => Type::Duration,
        Gives::Uuid => Type::Uuid,
        Gives::Json => Type::Json,
        Gives::ArrayOf => Type::Array(Box::new(of(0).base().clone())),
        Gives::Row => Type::Error,
        Gives::Common => common,
        Gives::Same(place) => of(usize::from(place)).clone(),
        Gives::Widened => match of(0).base() {
            Type::Int => Type::BigInt,
            _ => of(0).clone(),
        },
        Gives::Whole => numbers::whole(of(0)),
        Gives::Rounded => {
            let places = match arguments.get(1).map(node::literal) {
                None => Some(0),
                Some(Some(Literal::Int(places))) => Some(*places),
                Some(_) => None,
            };
            numbers::rounded(of(0), places)
        }
        Gives::Remainder => match arguments {
            [left, right] => {
                numbers::arithmetic(BinaryOperator::Modulo, left, right).unwrap_or(Type::Error)
            }
            _ => Type::Error,
        },
        Gives::Sum => numbers::sum(of(0)),
        Gives::Average => numbers::avg(of(0)),
    }
}

pub(super) fn nullable(id: FunctionId, nulls: Nulls, arguments: &[Expr]) -> bool {
    let any = arguments.iter().any(|argument| argument.ty.nullable);
    match nulls {
        Nulls::Strict => any,
        Nulls::Partial => any || may_have_no_value(id, arguments),
        Nulls::First => arguments.first().is_some_and(|first| first.ty.nullable),
        Nulls::Never => false,
        Nulls::All => arguments.iter().all(|argument| argument.ty.nullable),
        Nulls::May | Nulls::Empty => true,
    }
}

/// Whether a partial function may be given what it has no value for.
pub(crate) fn may_have_no_value(id: FunctionId, arguments: &[Expr]) -> bool {
    let is_from = |place: usize, least: i64| {
        let literal = arguments.get(place).and_then(node::literal);
        matches!(literal, Some(Literal::Int(value)) if *value >= least)
    };
    match id {
        FunctionId::Mod => !arguments.get(1).is_some_and(numbers::is_nonzero),
        FunctionId::Power => !is_from(1, 0),
        FunctionId::SplitPart => !is_from(2, 1),
        _ => true,
    }
}
