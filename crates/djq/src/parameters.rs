//! Parameters as typed on the command line: `name=value`.

use crate::failure::Failure;
use djq_check::{Interface, Parameter, Ty, Type, hir::Literal};
use djq_client::{Value, field_type};
use djq_diagnostics::nearest;
use djq_schema::{FieldType, Schema};

/// The parameters' values in the interface's order; none for one that is left out.
pub(crate) fn parse(
    interface: &Interface,
    schema: &Schema,
    words: &[String],
) -> Result<Vec<Option<Value>>, Failure> {
    let mut given: Vec<Option<Value>> = vec![None; interface.parameters.len()];
    for word in words {
        let Some((name, text)) = word.split_once('=') else {
            return Err(Failure::call(format!(
                "`{word}` is no parameter; write name=value"
            )));
        };
        let name = name.trim_start_matches('$');
        let Some(place) = interface
            .parameters
            .iter()
            .position(|parameter| &*parameter.name == name)
        else {
            return Err(unknown(interface, name));
        };
        given[place] = Some(value(&interface.parameters[place], schema, text)?);
    }
    let missing: Vec<String> = interface
        .parameters
        .iter()
        .zip(&given)
        .filter(|(parameter, value)| {
            value.is_none() && parameter.default.is_none() && !parameter.optional
        })
        .map(|(parameter, _)| format!("{}=<{}>", parameter.name, parameter.ty))
        .collect();
    if !missing.is_empty() {
        return Err(Failure::call(format!(
            "the query needs {}",
            missing.join(" ")
        )));
    }
    let default = |parameter: &Parameter| {
        let literal = parameter.default.as_ref()?;
        Some(of_literal(literal, parameter, schema))
    };
    Ok(given
        .into_iter()
        .zip(&interface.parameters)
        .map(|(value, parameter)| value.or_else(|| default(parameter)))
        .collect())
}

fn unknown(interface: &Interface, name: &str) -> Failure {
    let names = interface
        .parameters
        .iter()
        .map(|parameter| &*parameter.name);
    let meant =
        nearest(name, names.clone()).map_or(String::new(), |near| format!("; `{near}` is near"));
    let all: Vec<&str> = names.collect();
    let all = if all.is_empty() {
        "it has none".to_owned()
    } else {
        format!("it has: {}", all.join(", "))
    };
    Failure::call(format!("the query has no parameter `{name}`{meant}; {all}"))
}

/// A value as people write it. An empty text is null for a parameter that may be null and is not text.
fn value(parameter: &Parameter, schema: &Schema, text: &str) -> Result<Value, Failure> {
    let kind = parameter.ty.kind.base();
    if parameter.ty.nullable && (text == "null" || (text.is_empty() && *kind != Type::Text)) {
        return Ok(Value::Null);
    }
    let wrong = |ty: &Type, text: &str| {
        Failure::call(format!(
            "`{text}` is no {ty} for the parameter `{}`{}",
            parameter.name,
            example(ty)
        ))
    };
    if let Type::Union(values) = &parameter.ty.kind
        && !values.iter().any(|value| **value == *text)
    {
        return Err(Failure::call(format!(
            "`{}` is one of {}, not '{text}'",
            parameter.name, parameter.ty.kind
        )));
    }
    if let Type::List(of) = kind
        && let Type::Row(fields) = &of.kind
    {
        return rows(parameter, fields, schema, text);
    }
    match kind {
        Type::List(of) => {
            let ty = field_type(&of.kind, schema);
            let items = text.split(',').filter(|_| !text.is_empty());
            let item = |item: &str| scalar(&ty, item).ok_or_else(|| wrong(&of.kind, item));
            items.map(item).collect::<Result<_, _>>().map(Value::Array)
        }
        kind => scalar(&field_type(kind, schema), text).ok_or_else(|| wrong(kind, text)),
    }
}

/// A list of rows, as JSON: `[{"slug": "a", "price": "9.90"}]`.
fn rows(
    parameter: &Parameter,
    fields: &[(Box<str>, Ty)],
    schema: &Schema,
    text: &str,
) -> Result<Value, Failure> {
    let name = &parameter.name;
    let read: Result<Vec<serde_json::Map<String, serde_json::Value>>, _> =
        serde_json::from_str(text);
    let given = read.map_err(|error| {
        let example: Vec<String> = fields
            .iter()
            .map(|(field, _)| format!("\"{field}\": …"))
            .collect();
        Failure::call(format!(
            "`{name}` is a list of rows, written as JSON: [{{{}}}] ({error})",
            example.join(", ")
        ))
    })?;
    let row = |(at, row): (usize, serde_json::Map<String, serde_json::Value>)| {
        if let Some(unknown) = row
            .keys()
            .find(|key| !fields.iter().any(|(field, _)| **field == ***key))
        {
            return Err(Failure::call(format!(
                "row {} of `{name}` has `{unknown}`, which is no field",
                at + 1
            )));
        }
        let value = |(field, ty): &(Box<str>, Ty)| {
            let found = row.get(&**field).unwrap_or(&serde_json::Value::Null);
            json_value(found, ty, schema).ok_or_else(|| {
                Failure::call(match found {
                    serde_json::Value::Null => {
                        format!("row {} of `{name}` has no `{field}`", at + 1)
                    }
                    found => format!(
                        "row {} of `{name}`: {found} is no {} for `{field}`",
                        at + 1,
                        ty.kind
                    ),
                })
            })
        };
        fields
            .iter()
            .map(value)
            .collect::<Result<_, _>>()
            .map(Value::Array)
    };
    given
        .into_iter()
        .enumerate()
        .map(row)
        .collect::<Result<_, _>>()
        .map(Value::Array)
}

/// A value of JSON as one of a type; text is read as on the command line.
fn json_value(value: &serde_json::Value, ty: &Ty, schema: &Schema) -> Option<Value> {
    use serde_json::Value as Json;
    let field = field_type(&ty.kind, schema);
    match (value, &field) {
        (Json::Null, _) => ty.nullable.then_some(Value::Null),
        (value, FieldType::Json) => Some(Value::Json(value.clone())),
        (Json::String(text), FieldType::Text) => {
            let fits = match &ty.kind {
                Type::Union(values) => values.iter().any(|value| **value == **text),
                _ => true,
            };
            fits.then(|| Value::Text(text.clone()))
        }
        (_, FieldType::Text) => None,
        (Json::String(text), field) => scalar(field, text),
        (Json::Bool(value), FieldType::Bool) => Some(Value::Bool(*value)),
        (Json::Number(number), FieldType::Int | FieldType::BigInt) => {
            number.as_i64().map(Value::Int)
        }
        (Json::Number(number), FieldType::Float) => number.as_f64().map(Value::Float),
        (Json::Number(number), FieldType::Decimal(..)) => scalar(&field, &number.to_string()),
        _ => None,
    }
}

fn scalar(ty: &FieldType, text: &str) -> Option<Value> {
    match ty {
        FieldType::Bool => match text {
            "true" | "t" | "1" | "yes" => Some(Value::Bool(true)),
            "false" | "f" | "0" | "no" => Some(Value::Bool(false)),
            _ => None,
        },
        FieldType::Int | FieldType::BigInt => text.replace('_', "").parse().ok().map(Value::Int),
        FieldType::Float => text.parse().ok().map(Value::Float),
        // A literal's digits are kept as they are: the column rounds, not the command line.
        FieldType::Decimal(..) => text
            .trim_start_matches(['-', '+'])
            .split('.')
            .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| Value::Decimal(text.to_owned()))
            .filter(|_| {
                text.bytes().any(|byte| byte.is_ascii_digit()) && text.matches('.').count() < 2
            }),
        FieldType::DateTime => moment(text).map(Value::DateTime),
        FieldType::Json => serde_json::from_str(text).ok().map(Value::Json),
        FieldType::Duration => text
            .parse::<jiff::SignedDuration>()
            .ok()
            .and_then(|span| i64::try_from(span.as_micros()).ok())
            .map(Value::Duration),
        other => Value::Text(text.to_owned()).typed(other).ok(),
    }
}

/// A moment with a zone is brought to UTC; one without is UTC.
fn moment(text: &str) -> Option<jiff::civil::DateTime> {
    if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
        return Some(timestamp.to_zoned(jiff::tz::TimeZone::UTC).datetime());
    }
    text.parse().ok()
}

fn example(ty: &Type) -> &'static str {
    match ty.base() {
        Type::Date => "; write it as 2024-01-31",
        Type::DateTime => "; write it as 2024-01-31T12:00:00Z",
        Type::Time => "; write it as 12:30",
        Type::Duration => "; write it as 1h30m or PT1H30M",
        Type::Bool => "; write true or false",
        _ => "",
    }
}

/// A default as a value.
fn of_literal(literal: &Literal, parameter: &Parameter, schema: &Schema) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Int(number) => match field_type(&parameter.ty.kind, schema) {
            FieldType::Decimal(..) => Value::Decimal(number.to_string()),
            #[expect(
                clippy::cast_precision_loss,
                reason = "a float parameter takes the nearest float"
            )]
            FieldType::Float => Value::Float(*number as f64),
            _ => Value::Int(*number),
        },
        Literal::Decimal(digits) => Value::Decimal(digits.to_string()),
        Literal::Float(number) => Value::Float(*number),
        Literal::Text(text) => Value::Text(text.to_string()),
        Literal::Date(text) | Literal::Time(text) | Literal::DateTime(text) => {
            let plain = Value::Text(text.to_string());
            plain
                .clone()
                .typed(&field_type(&parameter.ty.kind, schema))
                .unwrap_or(plain)
        }
        Literal::Duration(micros) => Value::Duration(*micros),
        Literal::Calendar(months) => Value::Int(*months),
        Literal::Uuid(id) => Value::Uuid(u128::from_be_bytes(*id)),
    }
}
