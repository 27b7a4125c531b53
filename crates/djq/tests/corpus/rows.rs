//! Rows as they are compared: in order where the query has one, floats and SQLite's decimals with a tolerance.

use djq_check::{RowFieldKind, RowShape};
use djq_client::{Field, Value};
use djq_plan::plan::{JsonField, JsonKind, Output, Plan};
use std::fmt;

/// A field of a row, ready to be compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Float(f64),
    Decimal(String),
    /// Any other value as text, with quotes around text.
    Exact(String),
    Object(Vec<Cell>),
    List(Vec<Vec<Cell>>),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Float(number) => write!(f, "{number:?}"),
            Self::Decimal(text) | Self::Exact(text) => f.write_str(text),
            Self::Object(cells) => write!(f, "{{{}}}", shown(cells)),
            Self::List(rows) => write!(
                f,
                "[{}]",
                rows.iter()
                    .map(|row| shown(row))
                    .collect::<Vec<_>>()
                    .join("; ")
            ),
        }
    }
}

/// A row on one line.
pub(crate) fn shown(row: &[Cell]) -> String {
    row.iter()
        .map(Cell::to_string)
        .collect::<Vec<_>>()
        .join(" | ")
}

/// Rows that a query gave.
pub(crate) fn cells(found: &[Vec<Field>]) -> Vec<Vec<Cell>> {
    found
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

fn cell(field: &Field) -> Cell {
    match field {
        Field::Value(value) => of_value(value),
        Field::Object(None) => Cell::Exact("null".into()),
        Field::Object(Some(fields)) => Cell::Object(fields.iter().map(cell).collect()),
        Field::List(rows) => Cell::List(cells(rows)),
    }
}

pub(crate) fn of_value(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Exact("null".into()),
        Value::Float(number) => Cell::Float(*number),
        Value::Decimal(text) => Cell::Decimal(text.clone()),
        Value::Text(text) => Cell::Exact(format!("{text:?}")),
        Value::Json(json) => Cell::Exact(sorted(json).to_string()),
        other => Cell::Exact(other.to_string()),
    }
}

/// JSON with its keys in order, which databases keep or not, and whole numbers without a point, which they write or not.
fn sorted(json: &serde_json::Value) -> serde_json::Value {
    match json {
        serde_json::Value::Object(map) => {
            let mut entries: Vec<_> = map
                .iter()
                .map(|(key, value)| (key.clone(), sorted(value)))
                .collect();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            entries.into_iter().collect()
        }
        serde_json::Value::Array(items) => items.iter().map(sorted).collect(),
        serde_json::Value::Number(number) => match number.as_f64() {
            #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e18 => {
                (float as i64).into()
            }
            _ => json.clone(),
        },
        other => other.clone(),
    }
}

/// Which rows of a query have an order: the root's, and for each field those of nested lists.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    pub(crate) ordered: bool,
    fields: Vec<Order>,
}

impl Order {
    pub(crate) fn of(plan: &Plan) -> Self {
        Self {
            ordered: plan
                .statements
                .first()
                .is_some_and(|root| !root.query.order_by.is_empty()),
            fields: fields(&plan.row, plan),
        }
    }
}

fn fields(outputs: &[Output], plan: &Plan) -> Vec<Order> {
    let of = |output: &Output| match output {
        Output::Value(_) => Order::default(),
        Output::Object { fields: inner, .. } | Output::One { fields: inner, .. } => Order {
            ordered: true,
            fields: fields(inner, plan),
        },
        Output::List {
            statement,
            fields: inner,
        } => Order {
            ordered: plan
                .statements
                .get(*statement)
                .is_some_and(|nested| !nested.query.order_by.is_empty()),
            fields: fields(inner, plan),
        },
        Output::Json { list, fields, .. } => Order {
            ordered: !list,
            fields: json_fields(fields),
        },
    };
    outputs.iter().map(of).collect()
}

/// Of JSON the plan does not say whether it has an order.
fn json_fields(fields: &[JsonField]) -> Vec<Order> {
    let of = |field: &JsonField| match &field.kind {
        JsonKind::Value(_) => Order::default(),
        JsonKind::Object(inner) => Order {
            ordered: true,
            fields: json_fields(inner),
        },
        JsonKind::List(inner) => Order {
            ordered: false,
            fields: json_fields(inner),
        },
    };
    fields.iter().map(of).collect()
}

/// Brings rows that have no order into one.
pub(crate) fn settle(rows: &mut [Vec<Cell>], order: &Order) {
    for row in rows.iter_mut() {
        for (cell, order) in row.iter_mut().zip(&order.fields) {
            match cell {
                Cell::List(inner) => settle(inner, order),
                Cell::Object(inner) => settle(std::slice::from_mut(inner), order),
                _ => {}
            }
        }
    }
    if !order.ordered {
        rows.sort_by_cached_key(|row| sorting_row(row));
    }
}

fn sorting_row(row: &[Cell]) -> String {
    row.iter().map(sorting).collect::<Vec<_>>().join("|")
}

/// Text that sorts equal cells side by side: numbers that differ in their last digits alone are equal.
fn sorting(cell: &Cell) -> String {
    match cell {
        // A zero with a sign is a zero.
        Cell::Float(number) => format!("{:.6e}", number + 0.0),
        Cell::Decimal(text) => format!("{:.6e}", text.parse::<f64>().unwrap_or(f64::NAN) + 0.0),
        Cell::Object(cells) => format!("{{{}}}", sorting_row(cells)),
        Cell::List(rows) => rows
            .iter()
            .map(|row| sorting_row(row))
            .collect::<Vec<_>>()
            .join(";"),
        Cell::Exact(text) => text.clone(),
    }
}

/// How far numbers may be apart, relative to their size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tolerance {
    pub(crate) float: f64,
    pub(crate) decimal: f64,
}

impl Tolerance {
    /// Between servers: decimals are exact.
    pub(crate) const EXACT: Self = Self {
        float: 1e-9,
        decimal: 0.0,
    };
    /// Between two ways on one database.
    pub(crate) const NONE: Self = Self {
        float: 0.0,
        decimal: 0.0,
    };
    /// Where one side is SQLite, which keeps decimals as floats.
    pub(crate) const SQLITE: Self = Self {
        float: 1e-9,
        decimal: 1e-13,
    };
}

/// The first difference of settled rows.
pub(crate) fn difference(
    wanted: &[Vec<Cell>],
    found: &[Vec<Cell>],
    tolerance: Tolerance,
) -> Option<String> {
    for (number, (a, b)) in wanted.iter().zip(found).enumerate() {
        if a.len() != b.len() || !a.iter().zip(b).all(|(a, b)| same(a, b, tolerance)) {
            return Some(format!(
                "row {} is\n    {}\n  instead of\n    {}",
                number + 1,
                shown(b),
                shown(a)
            ));
        }
    }
    (wanted.len() != found.len()).then(|| {
        let longer = if wanted.len() > found.len() {
            wanted
        } else {
            found
        };
        let next = longer
            .get(wanted.len().min(found.len()))
            .map_or(String::new(), |row| shown(row));
        format!(
            "{} rows instead of {}, the first one too many or missing:\n    {next}",
            found.len(),
            wanted.len()
        )
    })
}

fn same(a: &Cell, b: &Cell, tolerance: Tolerance) -> bool {
    match (a, b) {
        (Cell::Float(a), Cell::Float(b)) => close(*a, *b, tolerance.float),
        (Cell::Decimal(a), Cell::Decimal(b)) => {
            a == b
                || matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(a), Ok(b)) if tolerance.decimal > 0.0 && close(a, b, tolerance.decimal))
        }
        (Cell::Object(a), Cell::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, tolerance))
        }
        (Cell::List(a), Cell::List(b)) => difference(a, b, tolerance).is_none(),
        (a, b) => a == b,
    }
}

pub(crate) fn close(a: f64, b: f64, tolerance: f64) -> bool {
    a == b
        || (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
        || (a.is_nan() && b.is_nan())
}

/// The fields that are null though their type says that they never are.
pub(crate) fn broken_promises(shape: &RowShape, rows: &[Vec<Field>], found: &mut Vec<String>) {
    for row in rows {
        for (field, value) in shape.fields.iter().zip(row) {
            let broken = match (&field.kind, value) {
                (RowFieldKind::Value(ty), Field::Value(value)) => value.is_null() && !ty.nullable,
                (RowFieldKind::Object { nullable, .. }, Field::Object(None)) => !nullable,
                (RowFieldKind::Object { shape, .. }, Field::Object(Some(inner))) => {
                    broken_promises(shape, std::slice::from_ref(inner), found);
                    false
                }
                (RowFieldKind::List(shape), Field::List(rows)) => {
                    broken_promises(shape, rows, found);
                    false
                }
                _ => true,
            };
            if broken && !found.iter().any(|name| **name == *field.name) {
                found.push(field.name.to_string());
            }
        }
    }
}
