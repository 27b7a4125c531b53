//! JSON on MySQL, and on MariaDB, where it is text.

use super::super::literal::text_literal;
use crate::dialect::{
    Binding, Form, Refusal,
    constant::in_template,
    operand::{base, no_cast, refuse},
    step::{Step, escaped_key, is_plain, quoted_key, steps},
};
use djq_check::{Ty, Type};
use djq_plan::plan::Expr;

/// What one of the two does otherwise than the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dialect) enum Kind {
    /// JSON is a type.
    Typed,
    /// JSON is text, and a path compares a key with what that text has, escapes and all.
    Text,
}

/// Where a value lies.
struct Place {
    /// In which JSON.
    json: String,
    /// At which path in it, constant text.
    path: String,
    /// Only where these hold: an index of what is no array would be the thing itself.
    only: Vec<String>,
}

impl Place {
    fn of(kind: Kind, operands: &[Expr]) -> Result<Self, Refusal> {
        let mut place = Self {
            json: "{0}".to_owned(),
            path: "$".to_owned(),
            only: Vec::new(),
        };
        for step in steps(operands) {
            place.step(kind, step)?;
        }
        Ok(place)
    }

    fn step(&mut self, kind: Kind, step: Step<'_>) -> Result<(), Refusal> {
        match step {
            Step::Key(key) if kind == Kind::Text && key.starts_with('-') => {
                return Err(refuse(
                    "MariaDB's paths have no keys that begin with `-`",
                    "another key, or the JSON itself, read where the query is used",
                ));
            }
            Step::Key(key) if kind == Kind::Typed || is_plain(key) || key.is_ascii() => {
                self.path.push('.');
                self.path.push_str(&quoted_key(key));
            }
            // As Django writes it, or as it is.
            Step::Key(key) => {
                let at = |quoted: String| {
                    format!(
                        "json_extract({}, {})",
                        self.json,
                        literal(&format!("{}.{quoted}", self.path))
                    )
                };
                self.json = format!(
                    "coalesce({}, {})",
                    at(escaped_key(key)),
                    at(quoted_key(key))
                );
                "$".clone_into(&mut self.path);
            }
            Step::KeyAt(_) if kind == Kind::Text => {
                return Err(refuse(
                    "MariaDB finds a key only as it is written in the JSON text, and how that is cannot be told before the query runs",
                    "a key that is a literal",
                ));
            }
            Step::KeyAt(at) => {
                self.json = self.at_dynamic(&format!("concat('.', json_quote({{{at}}}))"));
                "$".clone_into(&mut self.path);
            }
            Step::Index(index @ 1..) => self.path.push_str(&format!("[{index}]")),
            Step::Index(0) => {
                self.only.push(self.is_array());
                self.path.push_str("[0]");
            }
            Step::Index(index) => {
                self.only.push(self.is_array());
                if kind == Kind::Typed {
                    self.path.push_str(&if index == -1 {
                        "[last]".to_owned()
                    } else {
                        format!("[last-{}]", index.unsigned_abs() - 1)
                    });
                } else {
                    // Counting from the end came with 10.9.
                    let from_end = index.unsigned_abs();
                    let length = format!("json_length({})", self.raw());
                    self.only.push(format!("{length} >= {from_end}"));
                    self.json =
                        self.at_dynamic(&format!("concat('[', {length} - {from_end}, ']')"));
                    "$".clone_into(&mut self.path);
                }
            }
            Step::IndexAt(at) => {
                self.only.push(self.is_array());
                let length = format!("json_length({})", self.raw());
                self.only
                    .push(format!("{{{at}}} BETWEEN -{length} AND {length} - 1"));
                self.json = self.at_dynamic(&format!(
                    "concat('[', CASE WHEN {{{at}}} < 0 THEN {length} + {{{at}}} ELSE {{{at}}} END, ']')"
                ));
                "$".clone_into(&mut self.path);
            }
        }
        Ok(())
    }

    fn is_array(&self) -> String {
        format!("json_type({}) = 'ARRAY'", self.raw())
    }

    fn at_dynamic(&self, step: &str) -> String {
        format!(
            "json_extract({}, concat({}, {step}))",
            self.json,
            literal(&self.path)
        )
    }

    /// Without the conditions.
    fn raw(&self) -> String {
        if self.path == "$" {
            self.json.clone()
        } else {
            format!("json_extract({}, {})", self.json, literal(&self.path))
        }
    }

    /// A value where a condition holds, and those of the way.
    fn when(&self, condition: &str, value: &str) -> String {
        let mut conditions: Vec<&str> = self.only.iter().map(String::as_str).collect();
        if !condition.is_empty() {
            conditions.push(condition);
        }
        if conditions.is_empty() {
            value.to_owned()
        } else {
            format!("CASE WHEN {} THEN {value} END", conditions.join(" AND "))
        }
    }
}

fn literal(text: &str) -> String {
    in_template(&text_literal(text))
}

/// `x['a'][0]`.
pub(in crate::dialect) fn get(kind: Kind, operands: &[Expr]) -> Result<Form, Refusal> {
    let place = Place::of(kind, operands)?;
    let raw = place.raw();
    Ok(Form::atom(
        place.when(&format!("json_type({raw}) <> 'NULL'"), &raw),
    ))
}

/// What is there, as a value of a type; null where it is of another kind.
pub(in crate::dialect) fn take(kind: Kind, operands: &[Expr], ty: &Ty) -> Result<Form, Refusal> {
    let place = Place::of(kind, operands)?;
    let raw = place.raw();
    let is_number =
        format!("json_type({raw}) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')");
    let number = format!("CAST({raw} AS DECIMAL(65, 30))");
    let whole = |least: &str, most: &str| {
        place.when(
            &format!(
                "{is_number} AND {number} BETWEEN {least} AND {most} AND {number} = truncate({number}, 0)"
            ),
            &format!("CAST({number} AS SIGNED)"),
        )
    };
    Ok(Form::atom(match ty.kind.base() {
        Type::Text => place.when(
            &format!("json_type({raw}) = 'STRING'"),
            &format!("json_unquote({raw})"),
        ),
        // As text, which is the same whether JSON is a type or not.
        Type::Bool => place.when(
            &format!("json_type({raw}) = 'BOOLEAN'"),
            &format!("json_unquote({raw}) = 'true'"),
        ),
        Type::Int => whole("-2147483648", "2147483647"),
        Type::BigInt => whole("-9223372036854775808", "9223372036854775807"),
        Type::Float => place.when(&is_number, &format!("CAST({raw} AS DOUBLE)")),
        Type::Decimal(precision, places) => {
            let decimal = format!("CAST({raw} AS DECIMAL(65, {places}))");
            place.when(
                &format!(
                    "{is_number} AND abs({decimal}) < 1{}",
                    "0".repeat(usize::from(precision.saturating_sub(*places)))
                ),
                &decimal,
            )
        }
        other => return Err(no_cast(&Type::Json, other)),
    }))
}

/// What kind of value is there.
pub(in crate::dialect) fn kind(kind: Kind, operands: &[Expr]) -> Result<Form, Refusal> {
    let place = Place::of(kind, operands)?;
    let name = format!(
        "CASE json_type({}) WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'STRING' THEN 'string' WHEN 'BOOLEAN' THEN 'boolean' \
         WHEN 'NULL' THEN 'null' WHEN 'INTEGER' THEN 'number' WHEN 'UNSIGNED INTEGER' THEN 'number' WHEN 'DOUBLE' THEN 'number' \
         WHEN 'DECIMAL' THEN 'number' END",
        place.raw()
    );
    Ok(Form::atom(place.when("", &name)))
}

/// Of arrays and objects alone.
pub(in crate::dialect) const LENGTH: &str =
    "CASE WHEN json_type({0}) IN ('ARRAY', 'OBJECT') THEN json_length({0}) END";

/// The shortest first, as they are stored, or put into that order.
pub(in crate::dialect) fn keys(kind: Kind) -> Form {
    Form::atom(match kind {
        Kind::Typed => "json_keys({0})",
        Kind::Text => {
            "CASE json_type({0}) WHEN 'OBJECT' THEN (SELECT coalesce(json_arrayagg(k.name ORDER BY octet_length(k.name), CAST(k.name AS BINARY)), '[]') \
             FROM json_table(json_keys({0}), '$[*]' COLUMNS (name longtext PATH '$')) AS k) END"
        }
    })
}

/// Of objects alone.
pub(in crate::dialect) fn has_key(kind: Kind, operands: &[Expr]) -> Result<Form, Refusal> {
    let key = match steps(operands).next() {
        Some(Step::Key(key)) => key,
        _ if kind == Kind::Typed => {
            return Ok(Form::atom(
                "json_contains_path({0}, 'one', concat('$.', json_quote({1})))",
            ));
        }
        _ => "",
    };
    let path = |quoted: String| literal(&format!("$.{quoted}"));
    let mut checked = Place {
        json: String::new(),
        path: String::new(),
        only: Vec::new(),
    };
    for step in steps(operands) {
        checked.step(kind, step)?;
    }
    let mut paths = path(quoted_key(key));
    if kind == Kind::Text && !key.is_ascii() {
        paths = format!("{}, {paths}", path(escaped_key(key)));
    }
    Ok(Form::atom(format!(
        "json_contains_path({{0}}, 'one', {paths})"
    )))
}

/// An item of an array.
pub(in crate::dialect) fn contains(kind: Kind, operands: &[Expr]) -> Result<Form, Refusal> {
    let item = base(operands, 1);
    if item == &Type::Json {
        return Err(refuse(
            "MySQL and MariaDB look for the items of an array in the arrays inside it too",
            "what is looked for as a text, a number or a truth value, or `has_key(x, 'a')` and `x['a']::text = 'b'`",
        ));
    }
    if kind == Kind::Typed {
        let item = match item {
            Type::Bool => "CAST(CASE WHEN {1} THEN 'true' WHEN NOT {1} THEN 'false' END AS JSON)",
            _ => "{1}",
        };
        let holds = format!("json_type({{0}}) = 'ARRAY' AND {item} MEMBER OF({{0}})");
        return Ok(known(operands, holds));
    }
    let (fits, value) = match item {
        Type::Text => (
            "'STRING'",
            "CAST(json_unquote(i.value) AS BINARY) = CAST({1} AS BINARY)",
        ),
        Type::Bool => (
            "'BOOLEAN'",
            "i.value = CASE WHEN {1} THEN 'true' ELSE 'false' END",
        ),
        _ => (
            "'INTEGER', 'DOUBLE'",
            "CAST(i.value AS DECIMAL(65, 30)) = {1}",
        ),
    };
    let holds = format!(
        "json_type({{0}}) = 'ARRAY' AND EXISTS (SELECT 1 FROM json_table({{0}}, '$[*]' COLUMNS (value json PATH '$')) AS i \
         WHERE json_type(i.value) IN ({fits}) AND {value})"
    );
    Ok(known(operands, holds))
}

/// A condition that is null where any of what it is about is.
fn known(operands: &[Expr], condition: String) -> Form {
    if operands.iter().any(|operand| operand.ty.nullable) {
        Form::atom(format!(
            "CASE WHEN {{0}} IS NOT NULL AND {{1}} IS NOT NULL THEN {condition} END"
        ))
    } else {
        Form::infix(condition, Binding::And, Binding::Atom)
    }
}

/// An object or an array out of values.
pub(in crate::dialect) fn made(kind: Kind, function: &str, operands: &[Expr]) -> Form {
    // In a derived table MariaDB gives such a text no room.
    if kind == Kind::Text && operands.is_empty() {
        let empty = if function == "json_array" {
            "'[]'"
        } else {
            "'{}'"
        };
        return Form::atom(in_template(empty));
    }
    let values: Vec<String> = operands
        .iter()
        .enumerate()
        .map(|(place, operand)| value(kind, place, operand))
        .collect();
    Form::atom(format!("{function}({})", values.join(", ")))
}

/// A value that becomes part of JSON: JSON as what it is, and truth values, which are numbers here, as JSON's.
fn value(kind: Kind, place: usize, operand: &Expr) -> String {
    let is = |sql: &str| match kind {
        Kind::Typed => format!("CAST({sql} AS JSON)"),
        Kind::Text => format!("json_compact({sql})"),
    };
    match operand.ty.kind.base() {
        Type::Json if kind == Kind::Typed => format!("{{{place}}}"),
        Type::Json => is(&format!("{{{place}}}")),
        Type::Bool => is(&format!(
            "CASE {{{place}}} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END"
        )),
        _ => format!("{{{place}}}"),
    }
}

/// Texts put together in an order and read as JSON; null of none. The client raises `group_concat_max_len`, which would
/// cut it short.
pub(in crate::dialect) fn gathered(
    kind: Kind,
    open: &str,
    item: &str,
    order: Option<usize>,
    close: &str,
) -> Form {
    let order = order.map_or(String::new(), |hole| format!(" ORDER BY {{{hole}}}"));
    let all = format!(
        "concat('{}', group_concat({item}{order} SEPARATOR ','), '{}')",
        in_template(open),
        in_template(close)
    );
    Form::atom(match kind {
        Kind::Typed => format!("CAST({all} AS JSON)"),
        Kind::Text => all,
    })
}

/// A value as the text of its JSON; null as JSON's.
pub(in crate::dialect) fn item(kind: Kind, operand: &Expr) -> Form {
    let text = match operand.ty.kind.base() {
        Type::Text => "json_quote({0})",
        Type::Bool => "CASE {0} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END",
        Type::Json if kind == Kind::Typed => "CAST({0} AS CHAR)",
        Type::Json => "{0}",
        _ => "CAST({0} AS CHAR)",
    };
    Form::atom(if operand.ty.nullable {
        format!("coalesce({text}, 'null')")
    } else {
        text.to_owned()
    })
}
