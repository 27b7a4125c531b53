//! Nested rows that came as JSON, read by their types.

use crate::{ClientError, ErrorKind, Field, Value, run::field_type};
use djq_plan::plan::{JsonField, JsonKind};
use djq_schema::{FieldType, Schema};
use serde_json::Value as Json;

/// The rows of a nested list, or a nested object.
pub(crate) fn read(
    value: &Value,
    list: bool,
    fields: &[JsonField],
    schema: &Schema,
) -> Result<Field, ClientError> {
    let text;
    let json = match value {
        Value::Null => return Ok(nothing(list)),
        Value::Json(json) => json,
        other => {
            text = match other {
                Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                other => other.to_string(),
            };
            &parse(&text)?
        }
    };
    nested(json, list, fields, schema)
}

/// JSON of any depth: a level of nesting takes two of the parser's, which stops at 128 by itself.
fn parse(text: &str) -> Result<Json, ClientError> {
    serde_json::from_str(text).map_err(|error| {
        let cut = match error.is_eof() {
            true => "; was it cut short, by `group_concat_max_len` or `max_allowed_packet`?",
            false => "",
        };
        ClientError::new(
            ErrorKind::Value,
            format!("nested rows are no JSON: {error}{cut}"),
        )
    })
}

fn nothing(list: bool) -> Field {
    match list {
        true => Field::List(Vec::new()),
        false => Field::Object(None),
    }
}

fn nested(
    json: &Json,
    list: bool,
    fields: &[JsonField],
    schema: &Schema,
) -> Result<Field, ClientError> {
    match (json, list) {
        (Json::Null, _) => Ok(nothing(list)),
        (Json::Array(rows), true) => rows
            .iter()
            .map(|row| object(row, fields, schema))
            .collect::<Result<_, _>>()
            .map(Field::List),
        (Json::Object(_), false) => Ok(Field::Object(Some(object(json, fields, schema)?))),
        _ => Err(ClientError::new(
            ErrorKind::Value,
            "nested rows came in another form than asked for",
        )),
    }
}

fn object(json: &Json, fields: &[JsonField], schema: &Schema) -> Result<Vec<Field>, ClientError> {
    fields
        .iter()
        .map(|field| {
            // A member that is not there is null.
            let json = json.get(&*field.name).unwrap_or(&Json::Null);
            match &field.kind {
                JsonKind::Value(ty) => value(json, &field_type(&ty.kind, schema))
                    .map(Field::Value)
                    .map_err(|error| {
                        ClientError::new(
                            ErrorKind::Value,
                            format!("column `{}`: {error}", field.name),
                        )
                    }),
                JsonKind::Object(inner) => nested(json, false, inner, schema),
                JsonKind::List(inner) => nested(json, true, inner, schema),
            }
        })
        .collect()
}

/// A value in the form that dialects give it in JSON.
fn value(json: &Json, ty: &FieldType) -> Result<Value, crate::TypeError> {
    let text = |text: &str| match ty {
        FieldType::Bytes => hexadecimal(text).map(Value::Bytes),
        FieldType::Float => text.parse().ok().map(Value::Float),
        // SQLite's decimals are floats, and those with many digits are written with an exponent.
        FieldType::Decimal(..) if text.contains(['e', 'E']) => text.parse().ok().map(Value::Float),
        FieldType::Decimal(..) => Some(Value::Decimal(text.to_owned())),
        FieldType::Json | FieldType::HStore => serde_json::from_str(text).ok().map(Value::Json),
        _ => Some(Value::Text(text.to_owned())),
    };
    let found = match json {
        Json::Null => Some(Value::Null),
        Json::String(content) => text(content),
        Json::Bool(is) => Some(Value::Bool(*is)),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Some(Value::Int(whole)),
            None => text(&number.to_string()),
        },
        Json::Array(items) => match ty {
            FieldType::Array(of) => {
                let items = items.iter().map(|item| value(item, of));
                Some(Value::Array(items.collect::<Result<_, _>>()?))
            }
            _ => None,
        },
        Json::Object(_) => None,
    };
    found.unwrap_or_else(|| Value::Json(json.clone())).typed(ty)
}

/// `00ff`, and SQLite's `X'00FF'`.
fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text
        .strip_prefix("X'")
        .and_then(|text| text.strip_suffix('\''))
        .unwrap_or(text);
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            u8::from_str_radix(
                std::str::from_utf8(pair)
                    .ok()
                    .filter(|pair| pair.len() == 2)?,
                16,
            )
            .ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, ty: &str, wanted: Value) {
        let json = serde_json::from_str(json).unwrap();
        assert_eq!(
            value(&json, &FieldType::parse(ty).unwrap()).unwrap(),
            wanted
        );
    }

    #[test]
    fn values_come_back_whole() {
        check(
            "9007199254740993",
            "bigint",
            Value::Int(9_007_199_254_740_993),
        );
        check("\"0.30000000000000004\"", "float", Value::Float(0.1 + 0.2));
        check("\"-9.0e+999\"", "float", Value::Float(f64::NEG_INFINITY));
        check(
            "\"12.340\"",
            "decimal(8, 3)",
            Value::Decimal("12.340".into()),
        );
        check(
            "\"1.9500000000000001776e+00\"",
            "decimal(8, 2)",
            Value::Decimal("1.95".into()),
        );
        check("\"X'00FF'\"", "bytes", Value::Bytes(vec![0, 255]));
        check("\"\"", "bytes", Value::Bytes(Vec::new()));
        check("\"null\"", "json", Value::Json(Json::Null));
        check("null", "json", Value::Null);
        check("1", "bool", Value::Bool(true));
        check("1500000", "duration", Value::Duration(1_500_000));
    }

    #[test]
    fn json_that_was_cut_short_is_said_to_be() {
        let error = read(
            &Value::Text("[{\"a\": 1".into()),
            true,
            &[],
            &Schema::default(),
        );
        assert!(error.unwrap_err().to_string().contains("cut short"));
    }
}
