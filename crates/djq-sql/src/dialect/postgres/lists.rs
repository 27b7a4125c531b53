//! Bound lists on PostgreSQL: an array; several values a row, JSON, since there is no array of rows to bind.

use super::types;
use crate::dialect::{Binding, Form, Options, Refusal};
use djq_check::{Ty, Type};
use djq_plan::plan::Expr;

pub(super) fn in_list(options: &Options, element: &Ty) -> Result<Form, Refusal> {
    let ty = types::sql(&element.kind, options).ok_or_else(|| unbindable(&element.kind))?;
    Ok(Form::infix(
        format!("{{0}} = ANY({{1}}::{ty}[])"),
        Binding::Comparison,
        Binding::Other,
    ))
}

pub(super) fn in_rows(options: &Options, values: &[Expr]) -> Result<Form, Refusal> {
    let mut left = String::new();
    let mut right = String::new();
    for (place, value) in values.iter().enumerate() {
        let ty = types::sql(&value.ty.kind, options).ok_or_else(|| unbindable(&value.ty.kind))?;
        let comma = if place == 0 { "" } else { ", " };
        left.push_str(&format!("{comma}{{{place}}}"));
        right.push_str(&format!("{comma}(value ->> {place})::{ty}"));
    }
    Ok(Form::infix(
        format!(
            "({left}) IN (SELECT {right} FROM jsonb_array_elements({{{}}}::text::jsonb))",
            values.len()
        ),
        Binding::Comparison,
        Binding::Atom,
    ))
}

fn unbindable(ty: &Type) -> Refusal {
    Refusal {
        why: format!("a list of values of type {ty} cannot be bound").into(),
        instead: None,
    }
}
