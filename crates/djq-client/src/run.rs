//! Running a compiled query: the root statement, then each nested one with the keys that its parent found.

use crate::{ClientError, Connection, ErrorKind, Rows, Value, holds};
use djq_check::Type;
use djq_plan::plan::Output;
use djq_schema::{FieldType, Schema};
use djq_sql::{Rendered, Slot, SlotValue, Statement};
use std::collections::HashMap;

/// A field of a row that a query gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// A value, of the type that the query's interface says.
    Value(Value),
    /// An object's fields, or none where there is no object.
    Object(Option<Vec<Field>>),
    /// A list of objects.
    List(Vec<Vec<Field>>),
}

/// Runs a compiled query and gives its rows, each with the fields of the interface's row shape.
///
/// `arguments` are the parameters' values in the interface's order; a list is [`Value::Array`], and none is a parameter that
/// is left out, which what its default says is not. The statements of a query with
/// nested lists read one snapshot only if the caller has begun a transaction.
///
/// # Errors
/// What the server says, and values in the database that are not of their column's type.
pub fn run(
    connection: &mut Connection,
    schema: &Schema,
    sql: &Rendered,
    arguments: &[Option<Value>],
) -> Result<Vec<Vec<Field>>, ClientError> {
    let mut levels: Vec<Level> = Vec::with_capacity(sql.statements.len());
    for (index, statement) in sql.statements.iter().enumerate() {
        let keys = statement.parent.as_ref().map(|parent| {
            let rows = levels
                .get(parent.statement)
                .map_or(&[][..], |level| &level.rows);
            distinct_keys(rows, &parent.parent_columns, takes_keys(statement))
        });
        // Without parents there are no children, and no statement to ask for them.
        if keys.as_ref().is_some_and(Vec::is_empty) {
            levels.push(Level::default());
            continue;
        }
        let text = statement.text(&mut |guard| holds(guard, arguments));
        let bound = bind(&text.slots, arguments, keys, now())?;
        let mut nested = Vec::new();
        json_columns(&sql.row, (0, index), &mut nested);
        let rows = typed(
            connection.query(&text.sql, &bound)?,
            statement,
            &nested,
            schema,
        )?;
        levels.push(Level::new(rows, statement));
        debug_assert_eq!(levels.len(), index + 1);
    }
    let Some(root) = levels.first() else {
        return Ok(Vec::new());
    };
    let found = Found {
        sql,
        schema,
        levels: &levels,
    };
    root.rows
        .iter()
        .map(|row| found.fields(row, &sql.row))
        .collect()
}

/// A statement's rows, and where those of each parent are.
#[derive(Default)]
struct Level {
    rows: Vec<Vec<Value>>,
    /// The places of the rows by their key in the statement's own columns, as text that tells values apart.
    by_key: HashMap<String, Vec<usize>>,
}

impl Level {
    fn new(rows: Vec<Vec<Value>>, statement: &Statement) -> Self {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        if let Some(parent) = &statement.parent {
            for (place, row) in rows.iter().enumerate() {
                if let Some(key) = key(row, &parent.own_columns, takes_keys(statement)) {
                    by_key.entry(key).or_default().push(place);
                }
            }
        }
        Self { rows, by_key }
    }
}

/// Whether a nested statement is given the keys that its parent found. One that is not reads the parent's query again,
/// and then a null in a key belongs to a null.
fn takes_keys(statement: &Statement) -> bool {
    let mut slots = statement.pieces.iter().flat_map(|piece| &piece.slots);
    slots.any(|slot| slot.value == SlotValue::ParentKeys)
}

/// The values in these columns as text that tells values apart. With `never_null` there is no key where one is null, since a
/// null belongs to nothing.
pub(crate) fn key(row: &[Value], columns: &[usize], never_null: bool) -> Option<String> {
    let mut text = String::new();
    for column in columns {
        let value = row.get(*column)?;
        if value.is_null() {
            if never_null {
                return None;
            }
            text.push('\u{1}');
        }
        text.push_str(&value.to_string());
        text.push('\u{0}');
    }
    Some(text)
}

/// The distinct keys of rows in the order found: a value each, or an array where a key has several columns.
pub(crate) fn distinct_keys(
    rows: &[Vec<Value>],
    columns: &[usize],
    never_null: bool,
) -> Vec<Value> {
    let mut seen = std::collections::HashSet::new();
    let fresh = rows
        .iter()
        .filter(|row| key(row, columns, never_null).is_some_and(|key| seen.insert(key)));
    let value = |row: &Vec<Value>, column: &usize| row.get(*column).cloned().unwrap_or(Value::Null);
    fresh
        .map(|row| match columns {
            [column] => value(row, column),
            several => Value::Array(several.iter().map(|column| value(row, column)).collect()),
        })
        .collect()
}

/// What is bound for a statement of a query that runs at a moment.
pub(crate) fn bind(
    slots: &[Slot],
    arguments: &[Option<Value>],
    keys: Option<Vec<Value>>,
    now: jiff::civil::DateTime,
) -> Result<Vec<Value>, ClientError> {
    let keys = Value::Array(keys.unwrap_or_default());
    slots
        .iter()
        .map(|slot| {
            let value = match slot.value {
                SlotValue::Param(parameter) => arguments
                    .get(parameter.0 as usize)
                    .cloned()
                    .flatten()
                    .unwrap_or(Value::Null),
                SlotValue::ParentKeys => match element(&slot.ty.kind) {
                    // A generic key holds any key as text.
                    Type::Text => as_text(&keys),
                    _ => keys.clone(),
                },
                SlotValue::Now => match slot.ty.kind.base() {
                    Type::Date => Value::Date(now.date()),
                    Type::Time => Value::Time(now.time()),
                    _ => Value::DateTime(now),
                },
            };
            match value {
                Value::Int(number) if slot.counts && number < 0 => Err(ClientError::new(
                    ErrorKind::Value,
                    format!("`limit` and `offset` take no negative number, and {number} is one"),
                )),
                value => Ok(value),
            }
        })
        .collect()
}

fn element(ty: &Type) -> &Type {
    match ty {
        Type::List(of) => of.kind.base(),
        other => other.base(),
    }
}

fn as_text(keys: &Value) -> Value {
    match keys {
        Value::Array(keys) => Value::Array(keys.iter().map(as_text).collect()),
        Value::Null | Value::Text(_) => keys.clone(),
        other => Value::Text(other.to_string()),
    }
}

/// The moment that is now, in UTC, in whole microseconds.
pub(crate) fn now() -> jiff::civil::DateTime {
    let moment = jiff::Timestamp::now();
    let micros = jiff::Timestamp::from_microsecond(moment.as_microsecond()).unwrap_or(moment);
    micros.to_zoned(jiff::tz::TimeZone::UTC).datetime()
}

/// The columns of a statement that hold nested rows as JSON; `at` is where the outputs are from, and that statement.
fn json_columns(outputs: &[Output], at: (usize, usize), into: &mut Vec<usize>) {
    for output in outputs {
        match output {
            Output::Value(_) => {}
            Output::Json { column, .. } if at.0 == at.1 => into.push(*column),
            Output::Json { .. } => {}
            Output::Object { fields, .. } => json_columns(fields, at, into),
            Output::List { statement, fields } | Output::One { statement, fields } => {
                json_columns(fields, (*statement, at.1), into);
            }
        }
    }
}

/// The rows with each value as the statement's columns say; those of `nested` as they are.
pub(crate) fn typed(
    rows: Rows,
    statement: &Statement,
    nested: &[usize],
    schema: &Schema,
) -> Result<Vec<Vec<Value>>, ClientError> {
    let types: Vec<FieldType> = statement
        .columns
        .iter()
        .enumerate()
        .map(|(column, (_, ty))| match nested.contains(&column) {
            true => FieldType::Unknown("nested rows".into()),
            false => field_type(&ty.kind, schema),
        })
        .collect();
    let row = |values: Vec<Value>| {
        let cells = values.into_iter().zip(&types).zip(&statement.columns);
        cells
            .map(|((value, ty), (name, _))| {
                value.typed(ty).map_err(|error| {
                    ClientError::new(ErrorKind::Value, format!("column `{name}`: {error}"))
                })
            })
            .collect()
    };
    rows.rows.into_iter().map(row).collect()
}

/// The type of a field that holds values of this type.
#[must_use]
pub fn field_type(ty: &Type, schema: &Schema) -> FieldType {
    match ty.base() {
        Type::Bool => FieldType::Bool,
        Type::Int => FieldType::Int,
        Type::BigInt => FieldType::BigInt,
        Type::Float => FieldType::Float,
        Type::Decimal(precision, scale) => FieldType::Decimal(*precision, *scale),
        Type::Text => FieldType::Text,
        Type::Bytes => FieldType::Bytes,
        Type::Date => FieldType::Date,
        Type::Time => FieldType::Time,
        Type::DateTime => FieldType::DateTime,
        Type::Duration => FieldType::Duration,
        Type::Uuid => FieldType::Uuid,
        Type::Json => FieldType::Json,
        Type::Inet => FieldType::Inet,
        Type::HStore => FieldType::HStore,
        Type::Array(of) => FieldType::Array(Box::new(field_type(of, schema))),
        Type::List(of) => FieldType::Array(Box::new(field_type(&of.kind, schema))),
        Type::Range(of) => FieldType::Range(Box::new(field_type(of, schema))),
        Type::SearchVector => FieldType::SearchVector,
        Type::Key(model) => {
            let mut keys = schema.primary_key(*model);
            match (keys.next(), keys.next()) {
                (Some(field), None) => schema.field(field).ty.clone(),
                _ => FieldType::Unknown("composite key".into()),
            }
        }
        other => FieldType::Unknown(other.to_string().into()),
    }
}

/// The rows of all statements.
struct Found<'a> {
    sql: &'a Rendered,
    schema: &'a Schema,
    levels: &'a [Level],
}

impl Found<'_> {
    fn fields(&self, row: &[Value], outputs: &[Output]) -> Result<Vec<Field>, ClientError> {
        outputs
            .iter()
            .map(|output| self.field(row, output))
            .collect()
    }

    fn field(&self, row: &[Value], output: &Output) -> Result<Field, ClientError> {
        let value = |column: usize| row.get(column).unwrap_or(&Value::Null);
        Ok(match output {
            Output::Value(column) => Field::Value(value(*column).clone()),
            Output::Object {
                present: Some(column),
                ..
            } if value(*column).is_null() => Field::Object(None),
            Output::Object { fields, .. } => Field::Object(Some(self.fields(row, fields)?)),
            Output::List { statement, fields } => Field::List(
                self.children(row, *statement)
                    .map(|row| self.fields(row, fields))
                    .collect::<Result<_, _>>()?,
            ),
            Output::One { statement, fields } => Field::Object(
                self.children(row, *statement)
                    .next()
                    .map(|row| self.fields(row, fields))
                    .transpose()?,
            ),
            Output::Json {
                column,
                list,
                fields,
            } => crate::nested::read(value(*column), *list, fields, self.schema)?,
        })
    }

    /// The rows of a nested statement that belong to a row.
    fn children(&self, row: &[Value], statement: usize) -> impl Iterator<Item = &Vec<Value>> {
        let places = || {
            let nested = self.sql.statements.get(statement)?;
            let parent = nested.parent.as_ref()?;
            let key = key(row, &parent.parent_columns, takes_keys(nested))?;
            self.levels.get(statement)?.by_key.get(&key)
        };
        let level = self.levels.get(statement);
        places()
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(move |place| level?.rows.get(*place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use djq_check::hir::ParamId;

    #[test]
    fn a_number_of_rows_is_not_negative() {
        let slot = |counts| Slot {
            value: SlotValue::Param(ParamId(0)),
            ty: Type::BigInt.required(),
            list: false,
            counts,
        };
        let bound = |counts, number| {
            bind(&[slot(counts)], &[Some(Value::Int(number))], None, now())
                .map_err(|error| error.to_string())
        };
        assert_eq!(bound(true, 0), Ok(vec![Value::Int(0)]));
        assert_eq!(bound(false, -1), Ok(vec![Value::Int(-1)]));
        let error = "`limit` and `offset` take no negative number, and -1 is one";
        assert_eq!(bound(true, -1), Err(error.to_owned()));
    }
}
