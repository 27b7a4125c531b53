//! How Django writes values that a database has no type for: what is bound on SQLite, MySQL and MariaDB.

use crate::value::Value;

/// `2024-01-31 12:00:00[.ffffff]`, as Django writes it on SQLite and MySQL.
pub(crate) fn moment(moment: &jiff::civil::DateTime) -> String {
    let text = moment.to_string();
    // Django writes six digits or none.
    let text = match text.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{fraction:0<6}"),
        None => text,
    };
    text.replace('T', " ")
}

/// `12:00:00[.ffffff]`.
pub(crate) fn time(time: &jiff::civil::Time) -> String {
    let text = time.to_string();
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{fraction:0<6}"),
        None => text,
    }
}

/// A list's text where lists are bound as a JSON array, with each item as a column would hold it.
pub(crate) fn list(items: &[Value]) -> String {
    serde_json::Value::from(items.iter().map(item).collect::<Vec<_>>()).to_string()
}

fn item(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => i64::from(*value).into(),
        Value::Int(number) => (*number).into(),
        Value::Float(number) if !number.is_finite() => value.to_string().into(),
        Value::Float(number) => (*number).into(),
        Value::Decimal(text) => text.clone().into(),
        Value::DateTime(at) => moment(at).into(),
        Value::Time(at) => time(at).into(),
        Value::Duration(micros) => (*micros).into(),
        Value::Uuid(id) => format!("{id:032x}").into(),
        Value::Json(value) => value.to_string().into(),
        Value::Array(items) => items.iter().map(item).collect(),
        Value::Bytes(_) | Value::Text(_) | Value::Date(_) => value.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datetimes_have_six_digits_or_none() {
        assert_eq!(
            moment(&"2024-01-31T12:00:00.5".parse().unwrap()),
            "2024-01-31 12:00:00.500000"
        );
        assert_eq!(
            moment(&"2024-01-31T00:00:00".parse().unwrap()),
            "2024-01-31 00:00:00"
        );
        assert_eq!(time(&"23:59:59.000001".parse().unwrap()), "23:59:59.000001");
    }

    #[test]
    fn lists_hold_what_columns_hold() {
        let items = [
            Value::Uuid(255),
            Value::Bool(true),
            Value::Text("a\"b".into()),
            Value::Null,
        ];
        assert_eq!(
            list(&items),
            r#"["000000000000000000000000000000ff",1,"a\"b",null]"#
        );
    }
}
