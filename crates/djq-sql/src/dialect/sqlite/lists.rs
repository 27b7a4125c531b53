//! Bound lists on SQLite: the text of a JSON array, unpacked by `json_each`.

use crate::dialect::{Binding, BoundRows, Form, Refusal, Series, constant::quoted};
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

/// The rows of a list.
pub(super) fn rows(columns: &[&Ty]) -> Result<BoundRows, Refusal> {
    let mut values = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        in_list(column)?;
        values.push(match column.kind.base() {
            // Bound as text, to keep its digits on the way.
            Type::Decimal(..) => format!("CAST(listed.value ->> {place} AS REAL)").into(),
            _ => format!("listed.value ->> {place}").into(),
        });
    }
    Ok(BoundRows::Select {
        from: "json_each({0})".into(),
        columns: values,
    })
}

/// The rows of a JSON list of objects, whose numbers that are no whole ones are texts.
pub(super) fn gathered(columns: &[(Box<str>, Ty)]) -> BoundRows {
    let value = |(name, ty): &(Box<str>, Ty)| match ty.kind.base() {
        Type::Float | Type::Decimal(..) => {
            format!("CAST(listed.value ->> {} AS REAL)", quoted(name)).into()
        }
        _ => format!("listed.value ->> {}", quoted(name)).into(),
    };
    BoundRows::Select {
        from: "json_each({0})".into(),
        columns: columns.iter().map(value).collect(),
    }
}

/// A series: the elements of a JSON array of so many zeros. SQLite's own `generate_series` is not in a plain library.
pub(super) const SERIES: Series = Series::Numbered {
    from: "json_each({0})",
    text: "'[' || substr(replace(hex(zeroblob({0})), '00', ',0'), 2) || ']'",
    known: "'[' || substr(replace(hex(zeroblob({0})), '00', ',0'), 2) || ']'",
    divide: "{0} / {1}",
    column: "key",
    number: "{0}",
};

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
