//! Nested rows as JSON on PostgreSQL.

use crate::dialect::{Binding, Form, JsonList, Options, Refusal, operand};
use djq_check::{Ty, Type};

/// The server has no bound; the reader of JSON stops at 128.
pub(super) const DEPTH: usize = 120;

/// More arguments than a hundred no function takes.
const MEMBERS: usize = 50;

pub(super) fn value(options: &Options, ty: &Ty) -> Result<Form, Refusal> {
    Ok(Form::atom(match ty.kind.base() {
        // What JSON has no number for, and JSON itself, whose null is not the column's.
        Type::Float | Type::Decimal(..) | Type::Json | Type::SearchVector | Type::Range(_) => {
            "{0}::text"
        }
        Type::HStore => "hstore_to_json({0})::text",
        Type::Bytes => "encode({0}, 'hex')",
        // In UTC, whatever the session's zone is.
        Type::DateTime if options.use_tz => {
            return Ok(Form::infix(
                "{0} AT TIME ZONE 'UTC'",
                Binding::Other,
                Binding::Atom,
            ));
        }
        Type::Duration => "(extract(epoch FROM {0}) * 1000000)::bigint",
        Type::Array(of) => match element(of) {
            Type::Bool | Type::Int | Type::BigInt | Type::Date | Type::DateTime => "to_json({0})",
            Type::Duration | Type::Bytes => return Err(operand::not_in_json(&ty.kind)),
            _ => "to_json({0}::text[])",
        },
        Type::Row(_) => return Err(operand::not_in_json(&ty.kind)),
        _ => return Ok(Form::atom("{0}")),
    }))
}

fn element(of: &Type) -> &Type {
    match of.base() {
        Type::Array(inner) => element(inner),
        other => other,
    }
}

pub(super) fn within() -> Form {
    Form::atom("{0}")
}

pub(super) fn object(members: usize) -> Form {
    let holes: Vec<String> = (0..members)
        .map(|place| format!("{{{}}}, {{{}}}", 2 * place, 2 * place + 1))
        .collect();
    if holes.len() <= MEMBERS {
        return Form::atom(format!("json_build_object({})", holes.join(", ")));
    }
    let parts: Vec<String> = holes
        .chunks(MEMBERS)
        .map(|part| format!("jsonb_build_object({})", part.join(", ")))
        .collect();
    Form::atom(format!("({})", parts.join(" || ")))
}

pub(super) fn list(ordered: bool) -> JsonList {
    JsonList::Aggregate(Form::atom(if ordered {
        "coalesce(json_agg({0} ORDER BY {1}), '[]')"
    } else {
        "coalesce(json_agg({0}), '[]')"
    }))
}
