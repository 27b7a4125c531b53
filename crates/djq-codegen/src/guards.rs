//! Guards in Rust: a truth value for each, and a statement's pieces.

use crate::{names, rust};
use djq_check::{
    Comparison, Guard, Interface, Parameter, Type,
    hir::{Literal, ParamId},
};
use djq_sql::{Rendered, Statement};
use std::fmt::Write;

/// The guards of a query, each once.
pub(crate) fn of(sql: &Rendered) -> Vec<&Guard> {
    let mut guards: Vec<&Guard> = Vec::new();
    let pieces = sql
        .statements
        .iter()
        .flat_map(|statement| &statement.pieces);
    for guard in pieces.filter_map(|piece| piece.guard.as_ref()) {
        if !guards.contains(&guard) {
            guards.push(guard);
        }
    }
    guards
}

/// Whether callers may leave a parameter out, so that it is an `Option`.
pub(crate) fn may_be_left_out(parameter: &Parameter) -> bool {
    parameter.optional && parameter.default.is_none()
}

/// An expression that says whether a guard holds, over the function's arguments.
pub(crate) fn condition(guard: &Guard, interface: &Interface, use_tz: bool) -> String {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match guard {
        Guard::Given(id) => match parameter(*id, interface) {
            Some((name, parameter)) if may_be_left_out(parameter) => format!("{name}.is_some()"),
            _ => "true".to_owned(),
        },
        Guard::Null(id) => match parameter(*id, interface) {
            Some((name, parameter)) if parameter.ty.nullable => {
                if may_be_left_out(parameter) {
                    format!("matches!({name}, Some(None))")
                } else {
                    format!("{name}.is_none()")
                }
            }
            _ => "false".to_owned(),
        },
        Guard::Compare(id, comparison, literal) => {
            let Some((name, parameter)) = parameter(*id, interface) else {
                return "false".to_owned();
            };
            let compared = |value: &str| compared(value, *comparison, literal, parameter, use_tz);
            match (may_be_left_out(parameter), parameter.ty.nullable) {
                (false, false) => compared(&name),
                (true, true) => {
                    format!(
                        "{name}.flatten().is_some_and(|value| {})",
                        compared("value")
                    )
                }
                _ => format!("{name}.is_some_and(|value| {})", compared("value")),
            }
        }
        Guard::Not(of) => format!("!({})", condition(of, interface, use_tz)),
        Guard::All(of) => joined(of, " && ", "true", interface, use_tz),
        Guard::Any(of) => joined(of, " || ", "false", interface, use_tz),
    })
}

fn joined(of: &[Guard], word: &str, none: &str, interface: &Interface, use_tz: bool) -> String {
    if of.is_empty() {
        return none.to_owned();
    }
    let of: Vec<_> = of
        .iter()
        .map(|guard| condition(guard, interface, use_tz))
        .collect();
    format!("({})", of.join(word))
}

fn parameter(id: ParamId, interface: &Interface) -> Option<(String, &Parameter)> {
    let parameter = interface.parameters.get(id.0 as usize)?;
    Some((rust::argument_name(&parameter.name), parameter))
}

fn compared(
    value: &str,
    comparison: Comparison,
    literal: &Literal,
    parameter: &Parameter,
    use_tz: bool,
) -> String {
    let symbol = match comparison {
        Comparison::Equal => "==",
        other => other.symbol(),
    };
    let parsed = |ty: &str, text: &str| {
        format!("{text:?}.parse::<{ty}>().is_ok_and(|bound| {value} {symbol} bound)")
    };
    match (parameter.ty.kind.base(), literal) {
        (Type::Decimal(..), Literal::Decimal(digits)) => {
            parsed("djq_runtime::rust_decimal::Decimal", digits)
        }
        (Type::Decimal(..), Literal::Int(number)) => {
            parsed("djq_runtime::rust_decimal::Decimal", &number.to_string())
        }
        (Type::Float, Literal::Int(number)) => format!("{value} {symbol} {number}_f64"),
        (_, Literal::Bool(bound)) => format!("{value} {symbol} {bound}"),
        (_, Literal::Int(bound)) => format!("{value} {symbol} {bound}"),
        (_, Literal::Float(bound)) => format!("{value} {symbol} {bound:?}_f64"),
        (_, Literal::Decimal(digits)) => parsed("f64", digits),
        (_, Literal::Text(text)) => format!("{value} {symbol} {:?}", &**text),
        (_, Literal::Date(text)) => parsed("djq_runtime::jiff::civil::Date", text),
        (_, Literal::Time(text)) => parsed("djq_runtime::jiff::civil::Time", text),
        (_, Literal::DateTime(text)) => {
            let text = text.replacen(' ', "T", 1);
            if use_tz {
                parsed("djq_runtime::jiff::Timestamp", &format!("{text}Z"))
            } else {
                parsed("djq_runtime::jiff::civil::DateTime", &text)
            }
        }
        (_, Literal::Duration(microseconds)) => format!(
            "{value} {symbol} djq_runtime::jiff::SignedDuration::from_micros({microseconds})"
        ),
        (_, Literal::Uuid(id)) => {
            let id = u128::from_be_bytes(*id);
            format!("{value} {symbol} djq_runtime::uuid::Uuid::from_u128({id})")
        }
        (_, Literal::Null | Literal::Calendar(_)) => "false".to_owned(),
    }
}

/// The pieces of a statement, each with the place of its guard among those of the query.
pub(crate) fn write_pieces(text: &mut String, statement: &Statement, guards: &[&Guard]) {
    text.push_str("            pieces: &[\n");
    for piece in &statement.pieces {
        let guard = piece.guard.as_ref().map(|guard| {
            guards
                .iter()
                .position(|known| *known == guard)
                .unwrap_or(usize::MAX)
        });
        let fence = rust::fence(&piece.sql);
        let slots: Vec<String> = piece.slots.iter().map(rust::slot).collect();
        let _ = writeln!(
            text,
            "                djq_runtime::Piece {{\n                    guard: {guard:?},\n                    \
             sql: r{fence}\"{}\"{fence},\n                    places: &{:?},\n                    \
             slots: &[{}],\n                }},",
            piece.sql,
            piece.places,
            slots.join(", ")
        );
    }
    text.push_str("            ],\n");
}

/// The words of a function that has guards: behind the parameters, whether each holds.
pub(crate) fn truths(guards: &[&Guard], interface: &Interface, use_tz: bool) -> String {
    let truths: Vec<_> = guards
        .iter()
        .map(|guard| condition(guard, interface, use_tz))
        .collect();
    format!("&[{}]", truths.join(", "))
}

/// A name for the argument of a list that may be left out, in the closure that reads it.
pub(crate) fn list_argument(parameter: &Parameter, list: impl Fn(&str) -> String) -> String {
    let name = rust::argument_name(&parameter.name);
    if may_be_left_out(parameter) {
        let inner = if names::snake(&parameter.name) == "list" {
            "items"
        } else {
            "list"
        };
        format!("&{name}.map(|{inner}| {})", list(inner))
    } else {
        format!("&{}", list(&name))
    }
}
