//! Nested rows as JSON on MySQL, and what of it MariaDB does alike.

use crate::dialect::{Form, JsonList, Refusal, operand};
use djq_check::{Ty, Type};

/// The server stops at 100.
pub(super) const DEPTH: usize = 96;

/// Numbers that JSON may round, JSON itself, whose null is not the column's, and bytes are text.
pub(in crate::dialect) fn value(ty: &Ty) -> Result<Form, Refusal> {
    Ok(Form::atom(match ty.kind.base() {
        Type::Float | Type::Decimal(..) | Type::Json => "CAST({0} AS CHAR)",
        Type::Bytes => "hex({0})",
        Type::Row(_) | Type::Array(_) | Type::Range(_) | Type::HStore | Type::SearchVector => {
            return Err(operand::not_in_json(&ty.kind));
        }
        _ => "{0}",
    }))
}

pub(super) fn within() -> Form {
    Form::atom("{0}")
}

pub(in crate::dialect) fn object(members: usize) -> Form {
    Form::atom(format!("json_object({})", operand::holes(2 * members)))
}

/// JSON_ARRAYAGG keeps no order; texts side by side do. The client raises `group_concat_max_len`, which would cut
/// them short.
pub(super) fn list(ordered: bool) -> JsonList {
    JsonList::Aggregate(Form::atom(if ordered {
        "CAST(concat('[', coalesce(group_concat({0} ORDER BY {1} SEPARATOR ','), ''), ']') AS JSON)"
    } else {
        "coalesce(json_arrayagg({0}), json_array())"
    }))
}
