//! Values for a query's parameters, out of `# run: name=value …`.

use djq_check::{Interface, Ty, Type, hir::Literal};
use djq_client::{Value, field_type};
use djq_schema::Schema;

/// The values in the interface's order; none for a parameter that is left out.
pub(crate) fn of(
    interface: &Interface,
    schema: &Schema,
    run: &str,
) -> Result<Vec<Option<Value>>, String> {
    let given = words(run)?;
    for (name, _) in &given {
        if !interface
            .parameters
            .iter()
            .any(|parameter| *parameter.name == **name)
        {
            return Err(format!("`# run:` gives `{name}`, which is no parameter"));
        }
    }
    interface
        .parameters
        .iter()
        .map(|parameter| {
            let text = given
                .iter()
                .find(|(name, _)| **name == *parameter.name)
                .map(|(_, text)| text);
            match (text, &parameter.default) {
                (Some(text), _) => value(text, &parameter.ty, schema).map(Some),
                (None, Some(default)) => literal(default, &parameter.ty, schema).map(Some),
                (None, None) if parameter.optional => Ok(None),
                (None, None) => Err(format!(
                    "no `# run:` gives the parameter `{}`",
                    parameter.name
                )),
            }
        })
        .collect()
}

/// A word of a run: bare or quoted text, a list, or a row `{a: 1, b: 'x'}`.
enum Word {
    Bare(String),
    Quoted(String),
    List(Vec<Word>),
    Row(Vec<(String, Word)>),
}

fn words(run: &str) -> Result<Vec<(String, Word)>, String> {
    let mut rest = run.trim_start();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (name, behind) = rest
            .split_once('=')
            .ok_or_else(|| format!("`{rest}` is not name=value"))?;
        let (word, behind) = word(behind)?;
        found.push((name.trim().to_owned(), word));
        rest = behind.trim_start();
    }
    Ok(found)
}

fn word(text: &str) -> Result<(Word, &str), String> {
    match text.chars().next() {
        Some(quote @ ('\'' | '"')) => {
            let mut inside = String::new();
            let mut rest = &text[1..];
            loop {
                let end = rest
                    .find(quote)
                    .ok_or_else(|| format!("{text} has no end"))?;
                inside.push_str(&rest[..end]);
                rest = &rest[end + 1..];
                // A doubled quote is one quote, as in djq.
                match rest.strip_prefix(quote) {
                    Some(behind) => {
                        inside.push(quote);
                        rest = behind;
                    }
                    None => return Ok((Word::Quoted(inside), rest)),
                }
            }
        }
        Some('[') => {
            let mut items = Vec::new();
            let mut rest = text[1..].trim_start();
            while !rest.starts_with(']') {
                let (item, behind) = word(rest)?;
                items.push(item);
                rest = behind.trim_start_matches([',', ' ']);
                if rest.is_empty() {
                    return Err(format!("{text} has no end"));
                }
            }
            Ok((Word::List(items), &rest[1..]))
        }
        Some('{') => {
            let mut fields = Vec::new();
            let mut rest = text[1..].trim_start();
            while !rest.starts_with('}') {
                let (name, behind) = rest
                    .split_once(':')
                    .ok_or_else(|| format!("{text} has no end"))?;
                let (value, behind) = word(behind.trim_start())?;
                fields.push((name.trim().to_owned(), value));
                rest = behind.trim_start_matches([',', ' ']);
            }
            Ok((Word::Row(fields), &rest[1..]))
        }
        _ => {
            let end = text.find([' ', ',', ']', '}']).unwrap_or(text.len());
            Ok((Word::Bare(text[..end].to_owned()), &text[end..]))
        }
    }
}

fn value(word: &Word, ty: &Ty, schema: &Schema) -> Result<Value, String> {
    match (word, &ty.kind) {
        (Word::List(items), Type::List(of)) => items
            .iter()
            .map(|item| value(item, of, schema))
            .collect::<Result<_, _>>()
            .map(Value::Array),
        (Word::Row(given), Type::Row(fields)) => fields
            .iter()
            .map(|(name, ty)| {
                let (_, word) = given
                    .iter()
                    .find(|(known, _)| **known == **name)
                    .ok_or_else(|| format!("a row without `{name}`"))?;
                value(word, ty, schema)
            })
            .collect::<Result<_, _>>()
            .map(Value::Array),
        (Word::Bare(text), _) if text == "null" => Ok(Value::Null),
        (Word::Bare(text) | Word::Quoted(text), _) => read(text, &ty.kind, schema),
        (Word::List(_), _) => Err(format!("a list for a parameter of type {ty}")),
        (Word::Row(_), _) => Err(format!("a row for a parameter of type {ty}")),
    }
}

/// The text of a value as one of a type.
fn read(text: &str, ty: &Type, schema: &Schema) -> Result<Value, String> {
    let wrong = |_| format!("`{text}` is no {ty}");
    match field_type(ty, schema) {
        djq_schema::FieldType::Bool => text
            .parse()
            .map(Value::Bool)
            .map_err(|_| format!("`{text}` is no bool")),
        djq_schema::FieldType::Int | djq_schema::FieldType::BigInt => text
            .parse()
            .map(Value::Int)
            .map_err(|_| format!("`{text}` is no integer")),
        djq_schema::FieldType::Float => text
            .parse()
            .map(Value::Float)
            .map_err(|_| format!("`{text}` is no float")),
        djq_schema::FieldType::Duration => text
            .parse()
            .map(Value::Duration)
            .map_err(|_| format!("`{text}` is no number of microseconds")),
        other => Value::Text(text.to_owned()).typed(&other).map_err(wrong),
    }
}

fn literal(default: &Literal, ty: &Ty, schema: &Schema) -> Result<Value, String> {
    Ok(match default {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Duration(micros) => Value::Duration(*micros),
        Literal::Uuid(id) => Value::Uuid(u128::from_be_bytes(*id)),
        Literal::Int(number) => read(&number.to_string(), &ty.kind, schema)?,
        Literal::Float(number) => Value::Float(*number),
        Literal::Decimal(text)
        | Literal::Text(text)
        | Literal::Date(text)
        | Literal::Time(text)
        | Literal::DateTime(text) => read(text, &ty.kind, schema)?,
        Literal::Calendar(_) => return Err("a calendar step is no parameter's value".into()),
    })
}
