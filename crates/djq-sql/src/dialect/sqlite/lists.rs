//! Bound lists on SQLite: the text of a JSON array, unpacked by `json_each`.

use crate::dialect::{Binding, Form, Refusal};
use djq_check::{Ty, Type};
use djq_plan::plan::Expr;

pub(super) fn in_list(element: &Ty) -> Result<Form, Refusal> {
    match element.kind.base() {
        Type::Bytes => Err(Refusal {
            why: "a list of bytes cannot be bound on SQLite".into(),
            instead: None,
        }),
        _ => Ok(Form::infix(
            "{0} IN (SELECT value FROM json_each({1}))",
            Binding::Comparison,
            Binding::Other,
        )),
    }
}

pub(super) fn in_rows(values: &[Expr]) -> Result<Form, Refusal> {
    let mut left = String::new();
    let mut right = String::new();
    for (place, value) in values.iter().enumerate() {
        in_list(&value.ty)?;
        let comma = if place == 0 { "" } else { ", " };
        left.push_str(&format!("{comma}{{{place}}}"));
        right.push_str(&format!("{comma}value ->> {place}"));
    }
    Ok(Form::infix(
        format!(
            "({left}) IN (SELECT {right} FROM json_each({{{}}}))",
            values.len()
        ),
        Binding::Comparison,
        Binding::Atom,
    ))
}
