//! The rows of a query beside those that Django's queryset gave.

use crate::expressed::Expressed;
use crate::load::microseconds;
use crate::recorded::Recorded;
use djq_check::{RowFieldKind, RowShape};
use djq_client::{Field, Value};
use serde_json::Value as Json;

/// How far floats may be apart, relative to their size; Django's decimals are floats on SQLite, where it was recorded.
const TOLERANCE: f64 = 1e-9;

/// A query's rows as a table: nested ones are one row for each way to them.
pub(crate) struct Table {
    /// For each column, the place of the recorded column that it is compared with.
    places: Vec<usize>,
    pub(crate) rows: Vec<Vec<Value>>,
}

impl Table {
    /// The columns of a query's rows that a case is about.
    pub(crate) fn of(
        expressed: &Expressed,
        recorded: &Recorded,
        shape: &RowShape,
        rows: &[Vec<Field>],
    ) -> Result<Self, String> {
        // Of several columns of one name, which a `select_related` gives, the place says which.
        let place = |column: &str| match column.parse::<usize>() {
            Ok(number) => (1..=recorded.columns.len())
                .contains(&number)
                .then(|| number - 1),
            Err(_) => recorded.columns.iter().position(|name| name == column),
        };
        let mut paths: Vec<&[String]> = Vec::new();
        let mut places = Vec::new();
        let values: Vec<Vec<String>> = shape
            .fields
            .iter()
            .filter(|field| matches!(field.kind, RowFieldKind::Value(_)))
            .map(|field| vec![field.name.to_string()])
            .collect();
        if expressed.columns.is_empty() {
            let named: Option<Vec<usize>> =
                values.iter().map(|path| place(path.first()?)).collect();
            places = match named {
                Some(places) => places,
                None if values.len() == recorded.columns.len() => (0..values.len()).collect(),
                None => {
                    return Err(format!(
                        "say which columns are compared: it has {values:?}, recorded are {:?}",
                        recorded.columns
                    ));
                }
            };
            paths.extend(values.iter().map(Vec::as_slice));
        }
        for (column, path) in &expressed.columns {
            places.push(place(column).ok_or_else(|| {
                format!("`{column}` is none of the columns {:?}", recorded.columns)
            })?);
            paths.push(path);
        }
        let mut table = Vec::new();
        for row in rows {
            table.extend(expanded(shape, row, &paths)?);
        }
        if expressed.distinct {
            let mut once: Vec<Vec<Value>> = Vec::new();
            for row in table {
                if !once.contains(&row) {
                    once.push(row);
                }
            }
            table = once;
        }
        Ok(Self {
            places,
            rows: table,
        })
    }

    /// Whether the rows are those recorded, in their order or in any.
    pub(crate) fn is(&self, recorded: &Recorded, ordered: bool) -> bool {
        let wanted: Vec<Vec<&Json>> = recorded
            .rows
            .iter()
            .map(|row| {
                self.places
                    .iter()
                    .filter_map(|place| row.get(*place))
                    .collect()
            })
            .collect();
        are(&self.rows, &wanted, ordered)
    }

    /// Whether the rows are these, written down for all columns.
    pub(crate) fn gives(&self, wanted: &[Vec<Json>], ordered: bool) -> bool {
        let wanted: Vec<Vec<&Json>> = wanted.iter().map(|row| row.iter().collect()).collect();
        are(&self.rows, &wanted, ordered)
    }
}

fn are(rows: &[Vec<Value>], wanted: &[Vec<&Json>], ordered: bool) -> bool {
    let same = |row: &[Value], wanted: &[&Json]| {
        row.len() == wanted.len() && row.iter().zip(wanted).all(|(a, b)| is_value(a, b))
    };
    if rows.len() != wanted.len() {
        return false;
    }
    if ordered {
        return rows
            .iter()
            .zip(wanted)
            .all(|(row, wanted)| same(row, wanted));
    }
    let mut left: Vec<&Vec<&Json>> = wanted.iter().collect();
    rows.iter().all(|row| {
        let found = left.iter().position(|wanted| same(row, wanted));
        found.map(|place| left.swap_remove(place)).is_some()
    })
}

/// The values at some paths: those of lists give a row for each item, and none where there is no object.
fn expanded(
    shape: &RowShape,
    row: &[Field],
    paths: &[&[String]],
) -> Result<Vec<Vec<Value>>, String> {
    let mut heads: Vec<&str> = Vec::new();
    for head in paths.iter().filter_map(|path| path.first()) {
        if !heads.contains(&head.as_str()) {
            heads.push(head);
        }
    }
    let mut made = vec![vec![Value::Null; paths.len()]];
    for head in heads {
        let of_head = |path: &&[String]| path.first().is_some_and(|first| first == head);
        let targets: Vec<usize> = (0..paths.len())
            .filter(|place| paths.get(*place).is_some_and(of_head))
            .collect();
        let rest: Vec<&[String]> = paths
            .iter()
            .filter(|path| of_head(path))
            .filter_map(|path| path.get(1..))
            .collect();
        let field = shape
            .fields
            .iter()
            .zip(row)
            .find(|(field, _)| &*field.name == head);
        let items = match field {
            Some((_, Field::Value(value))) => vec![vec![value.clone(); rest.len()]],
            Some((field, Field::Object(object))) => match (&field.kind, object) {
                (RowFieldKind::Object { shape, .. }, Some(object)) => {
                    expanded(shape, object, &rest)?
                }
                _ => Vec::new(),
            },
            Some((field, Field::List(list))) => {
                let RowFieldKind::List(shape) = &field.kind else {
                    return Err(format!("`{head}` is no list"));
                };
                let mut items = Vec::new();
                for item in list {
                    items.extend(expanded(shape, item, &rest)?);
                }
                items
            }
            None => return Err(format!("it has no field `{head}`")),
        };
        let mut product = Vec::new();
        for row in &made {
            for item in &items {
                let mut row = row.clone();
                for (target, value) in targets.iter().zip(item) {
                    if let Some(cell) = row.get_mut(*target) {
                        *cell = value.clone();
                    }
                }
                product.push(row);
            }
        }
        made = product;
    }
    Ok(made)
}

/// Whether a value is the one recorded, which on SQLite may be a number for true, for a length of time, for a decimal.
fn is_value(found: &Value, wanted: &Json) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()).max(1.0);
    let tagged = wanted.as_object().and_then(|object| object.iter().next());
    match (found, wanted) {
        (Value::Null, wanted) => wanted.is_null(),
        (Value::Bool(found), Json::Bool(wanted)) => found == wanted,
        (Value::Bool(found), Json::Number(wanted)) => wanted.as_i64() == Some(i64::from(*found)),
        (Value::Int(found), Json::Number(wanted)) if wanted.is_i64() => {
            wanted.as_i64() == Some(*found)
        }
        // An average of SQLite's microseconds is a float.
        (Value::Duration(found), Json::Number(wanted)) => wanted
            .as_f64()
            .is_some_and(|wanted| wanted.round() == *found as f64),
        (Value::Int(_) | Value::Float(_) | Value::Decimal(_), Json::Number(wanted)) => {
            let found = found.to_string().parse::<f64>();
            matches!((found, wanted.as_f64()), (Ok(a), Some(b)) if close(a, b))
        }
        (Value::Json(found), Json::String(wanted)) => {
            serde_json::from_str::<Json>(wanted).is_ok_and(|wanted| wanted == *found)
        }
        (Value::Uuid(_), Json::String(wanted)) => is_uuid(found, wanted),
        (Value::DateTime(_), Json::String(wanted)) => is_moment(found, wanted),
        (Value::Text(found), Json::String(wanted)) => found == wanted,
        (Value::Date(_) | Value::Time(_), Json::String(wanted)) => found.to_string() == *wanted,
        (found, _) => match (found, tagged.map(|(tag, inner)| (tag.as_str(), inner))) {
            (Value::DateTime(_), Some(("$datetime", Json::String(wanted)))) => {
                is_moment(found, wanted)
            }
            (Value::Date(_), Some(("$date", Json::String(wanted))))
            | (Value::Time(_), Some(("$time", Json::String(wanted)))) => {
                found.to_string() == *wanted
            }
            (Value::Uuid(_), Some(("$uuid", Json::String(wanted)))) => is_uuid(found, wanted),
            (Value::Duration(found), Some(("$delta", Json::Array(parts)))) => {
                *found == microseconds(parts)
            }
            (Value::Decimal(found), Some(("$decimal", Json::String(wanted)))) => {
                matches!((found.parse::<f64>(), wanted.parse::<f64>()), (Ok(a), Ok(b)) if close(a, b))
            }
            _ => false,
        },
    }
}

fn is_uuid(found: &Value, wanted: &str) -> bool {
    found.to_string().replace('-', "") == wanted.replace('-', "")
}

fn is_moment(found: &Value, wanted: &str) -> bool {
    found.to_string().trim_end_matches('Z') == wanted.replace(' ', "T")
}
