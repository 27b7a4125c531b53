//! Nested rows as JSON on SQLite.

use crate::dialect::{Form, JsonList, Refusal, operand};
use djq_check::{Ty, Type};

/// An expression is at most 1000 deep, queries in it and all: seen to hold at this, and not at 34.
pub(super) const DEPTH: usize = 28;

/// A function takes 127 arguments.
const MEMBERS: usize = 60;

/// `quote` writes floats (and decimals, which are floats there) so that they read back the same, and bytes as `X'…'`.
pub(super) fn value(ty: &Ty) -> Result<Form, Refusal> {
    Ok(Form::atom(match ty.kind.base() {
        Type::Float | Type::Decimal(..) | Type::Bytes => "nullif(quote({0}), 'NULL')",
        // As text: JSON's null is not the column's.
        Type::Json => {
            return Ok(Form::infix(
                "{0} || ''",
                crate::dialect::Binding::Other,
                crate::dialect::Binding::Atom,
            ));
        }
        Type::Row(_) | Type::Array(_) | Type::Range(_) | Type::HStore | Type::SearchVector => {
            return Err(operand::not_in_json(&ty.kind));
        }
        _ => "{0}",
    }))
}

/// Since 3.54 a query's JSON is text to the function around it.
pub(super) fn within() -> Form {
    Form::atom("json({0})")
}

pub(super) fn object(members: usize) -> Form {
    let holes: Vec<String> = (0..members)
        .map(|place| format!("{{{}}}, {{{}}}", 2 * place, 2 * place + 1))
        .collect();
    let mut parts = holes
        .chunks(MEMBERS)
        .map(|part| format!("json_object({})", part.join(", ")));
    let first = parts.next().unwrap_or_else(|| "json_object()".to_owned());
    // A member that is null is left out by the patch; who reads it takes it for null.
    Form::atom(parts.fold(first, |whole, part| format!("json_patch({whole}, {part})")))
}

/// An aggregate takes ORDER BY since 3.44; a window always has.
pub(super) fn list(ordered: bool) -> JsonList {
    if ordered {
        JsonList::Window {
            form: Form::atom(
                "'[' || group_concat({0}, ',') OVER (ORDER BY {1} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) || ']'",
            ),
            empty: "'[]'",
        }
    } else {
        JsonList::Aggregate(Form::atom("json_group_array({0})"))
    }
}
