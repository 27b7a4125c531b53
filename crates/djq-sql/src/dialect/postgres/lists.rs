//! Bound lists on PostgreSQL: an array; several values a row, JSON, since there is no array of rows to bind.

use super::types;
use crate::dialect::{Binding, BoundRows, Form, Options, Refusal};
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
        let comma = if place == 0 { "" } else { ", " };
        left.push_str(&format!("{comma}{{{place}}}"));
        right.push_str(comma);
        right.push_str(&element(options, &value.ty, place)?);
    }
    Ok(Form::infix(
        format!(
            "({left}) IN (SELECT {right} FROM jsonb_array_elements({{{}}}::text::jsonb) AS listed)",
            values.len()
        ),
        Binding::Comparison,
        Binding::Atom,
    ))
}

/// The rows of a list.
pub(super) fn rows(options: &Options, columns: &[&Ty]) -> Result<BoundRows, Refusal> {
    let values = columns
        .iter()
        .enumerate()
        .map(|(place, column)| element(options, column, place).map(Into::into))
        .collect::<Result<_, _>>()?;
    Ok(BoundRows::Select {
        from: "jsonb_array_elements({0}::text::jsonb)".into(),
        columns: values,
    })
}

/// A value of a row that `listed` holds as a JSON array of texts, each as its type reads it.
fn element(options: &Options, ty: &Ty, place: usize) -> Result<String, Refusal> {
    let name = types::sql(&ty.kind, options).ok_or_else(|| unbindable(&ty.kind))?;
    Ok(match ty.kind.base() {
        Type::Text => format!("listed.value ->> {place}"),
        _ => format!("(listed.value ->> {place})::{name}"),
    })
}

fn unbindable(ty: &Type) -> Refusal {
    Refusal {
        why: format!("a list of values of type {ty} cannot be bound").into(),
        instead: None,
    }
}
