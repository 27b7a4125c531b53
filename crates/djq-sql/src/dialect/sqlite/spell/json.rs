//! JSON on SQLite, which is text.

use super::operators::NUDGE;
use crate::dialect::{
    Binding, Form, Refusal,
    constant::{in_template, quoted},
    operand::{base, no_cast, refuse},
    step::{Step, is_plain, quoted_key, steps},
};
use djq_check::{Ty, Type};
use djq_plan::plan::Expr;

/// Where a value lies: in which JSON, at which path, both SQL.
struct Place {
    json: String,
    /// Without `$`, quotes and what binds it together: constant text.
    path: String,
    /// What is put together when it runs, behind `path`.
    dynamic: Option<String>,
}

impl Place {
    fn of(operands: &[Expr]) -> Self {
        let mut place = Self {
            json: "{0}".to_owned(),
            path: String::new(),
            dynamic: None,
        };
        for step in steps(operands) {
            match step {
                Step::Key(key) if is_plain(key) => {
                    place.settle();
                    place.path.push('.');
                    place.path.push_str(&quoted_key(key));
                }
                // A path compares a key with what the text has, escapes and all; json_each with what that means.
                Step::Key(key) => place.looked_up(&format!("key = {}", in_template(&quoted(key)))),
                Step::KeyAt(at) => {
                    place.looked_up(&format!("typeof(key) = 'text' AND key = {{{at}}}"));
                }
                Step::Index(index) if index < 0 => {
                    place.settle();
                    place.path.push_str(&format!("[#{index}]"));
                }
                Step::Index(index) => {
                    place.settle();
                    place.path.push_str(&format!("[{index}]"));
                }
                Step::IndexAt(at) => {
                    place.settle();
                    place.dynamic = Some(format!(
                        "'[' || CASE WHEN {{{at}}} < 0 THEN '#' ELSE '' END || {{{at}}} || ']'"
                    ));
                }
            }
        }
        place
    }

    /// Behind a step that is known only when it runs, a path begins anew.
    fn settle(&mut self) {
        if self.dynamic.is_some() {
            self.json = self.value("->");
            self.path.clear();
            self.dynamic = None;
        }
    }

    /// The value of the item that fits, as JSON.
    fn looked_up(&mut self, fits: &str) {
        let json = self.raw();
        self.json = format!(
            "(SELECT CASE type WHEN 'text' THEN json_quote(value) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'null' THEN 'null' ELSE value END \
             FROM json_each({json}) WHERE {fits} LIMIT 1)"
        );
        self.path.clear();
        self.dynamic = None;
    }

    fn path(&self) -> String {
        let path = in_template(&quoted(&format!("${}", self.path)));
        match &self.dynamic {
            Some(dynamic) => format!("{path} || {dynamic}"),
            None => path,
        }
    }

    fn is_whole(&self) -> bool {
        self.path.is_empty() && self.dynamic.is_none()
    }

    /// Through `->` or `->>`.
    fn value(&self, operator: &str) -> String {
        let path = self.path();
        if self.dynamic.is_some() {
            format!("({} {operator} ({path}))", self.json)
        } else {
            format!("({} {operator} {path})", self.json)
        }
    }

    /// As JSON.
    fn raw(&self) -> String {
        if self.is_whole() {
            self.json.clone()
        } else {
            self.value("->")
        }
    }

    /// As a value.
    fn text(&self) -> String {
        self.value("->>")
    }

    /// What it is.
    fn kind(&self) -> String {
        if self.is_whole() {
            format!("json_type({})", self.json)
        } else {
            format!("json_type({}, {})", self.json, self.path())
        }
    }
}

/// `x['a'][0]`.
pub(super) fn get(operands: &[Expr]) -> Form {
    let raw = Place::of(operands).raw();
    let raw = raw
        .strip_prefix("({0}")
        .and_then(|rest| rest.strip_suffix(')'))
        .map_or(raw.clone(), |rest| format!("{{0}}{rest}"));
    Form::atom(format!("nullif({raw}, 'null')"))
}

/// What is there, as a value of a type; null where it is of another kind.
pub(super) fn take(operands: &[Expr], ty: &Ty) -> Result<Form, Refusal> {
    let place = Place::of(operands);
    let (kind, text) = (place.kind(), place.text());
    let whole = |least: &str, most: &str| {
        format!(
            "CASE WHEN {kind} IN ('integer', 'real') AND {text} BETWEEN {least} AND {most} AND {text} = CAST({text} AS INTEGER) THEN CAST({text} AS INTEGER) END"
        )
    };
    Ok(Form::atom(match ty.kind.base() {
        Type::Text => format!("CASE {kind} WHEN 'text' THEN {text} END"),
        Type::Bool => format!("CASE {kind} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"),
        Type::Int => whole("-2147483648", "2147483647"),
        Type::BigInt => whole("-9223372036854775808", "9223372036854775807"),
        Type::Float => {
            format!("CASE WHEN {kind} IN ('integer', 'real') THEN CAST({text} AS REAL) END")
        }
        Type::Decimal(precision, places) => format!(
            "CASE WHEN {kind} IN ('integer', 'real') AND abs(round({text} * {NUDGE}, {places})) < 1e{} THEN round({text} * {NUDGE}, {places}) END",
            precision.saturating_sub(*places)
        ),
        other => return Err(no_cast(&Type::Json, other)),
    }))
}

/// What kind of value is there.
pub(super) fn kind(operands: &[Expr]) -> Form {
    Form::atom(format!(
        "CASE {} WHEN 'text' THEN 'string' WHEN 'integer' THEN 'number' WHEN 'real' THEN 'number' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' \
         WHEN 'object' THEN 'object' WHEN 'array' THEN 'array' WHEN 'null' THEN 'null' END",
        Place::of(operands).kind()
    ))
}

/// Of arrays and objects alone.
pub(super) const LENGTH: &str = "CASE json_type({0}) WHEN 'array' THEN json_array_length({0}) WHEN 'object' THEN (SELECT count(*) FROM json_each({0})) END";

/// The shortest first, as servers store them.
pub(super) const KEYS: &str = "CASE json_type({0}) WHEN 'object' THEN (SELECT json_group_array(key) FROM \
(SELECT key FROM json_each({0}) ORDER BY length(CAST(key AS BLOB)), CAST(key AS BLOB))) END";

/// Of objects alone. Null where either is.
pub(super) fn has_key(operands: &[Expr]) -> Form {
    let nullable = operands.iter().any(|operand| operand.ty.nullable);
    let has = match steps(operands).next() {
        Some(Step::Key(key)) if is_plain(key) => format!(
            "json_type({{0}}, {}) IS NOT NULL",
            in_template(&quoted(&format!("$.{}", quoted_key(key))))
        ),
        _ => "EXISTS (SELECT 1 FROM json_each({0}) WHERE typeof(key) = 'text' AND key = {1})"
            .to_owned(),
    };
    if !nullable {
        return Form::infix(has, Binding::Comparison, Binding::Atom);
    }
    Form::atom(format!(
        "CASE WHEN {{0}} IS NOT NULL AND {{1}} IS NOT NULL THEN {has} END"
    ))
}

/// An item of an array. Null where either is.
pub(super) fn contains(operands: &[Expr]) -> Result<Form, Refusal> {
    let fits = match base(operands, 1) {
        Type::Json => {
            return Err(refuse(
                "SQLite cannot tell whether JSON holds other JSON",
                "what is looked for as a text, a number or a truth value, or `has_key(x, 'a')` and `x['a']::text = 'b'`",
            ));
        }
        Type::Text => "type = 'text' AND value = {1}",
        Type::Bool => "type = CASE WHEN {1} THEN 'true' ELSE 'false' END",
        _ => "type IN ('integer', 'real') AND value = {1}",
    };
    let holds = format!(
        "json_type({{0}}) = 'array' AND EXISTS (SELECT 1 FROM json_each({{0}}) WHERE {fits})"
    );
    Ok(if operands.iter().any(|operand| operand.ty.nullable) {
        Form::atom(format!(
            "CASE WHEN {{0}} IS NOT NULL AND {{1}} IS NOT NULL THEN {holds} END"
        ))
    } else {
        Form::infix(holds, Binding::And, Binding::Atom)
    })
}

/// An object or an array out of values.
pub(super) fn made(function: &str, operands: &[Expr]) -> Form {
    let values: Vec<String> = operands
        .iter()
        .enumerate()
        .map(|(place, operand)| value(place, operand))
        .collect();
    Form::atom(format!("{function}({})", values.join(", ")))
}

/// A value that becomes part of JSON: JSON as what it is, and truth values, which are numbers here, as JSON's.
pub(super) fn value(place: usize, operand: &Expr) -> String {
    match operand.ty.kind.base() {
        Type::Json => format!("json({{{place}}})"),
        Type::Bool => {
            format!("json(CASE {{{place}}} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END)")
        }
        _ => format!("{{{place}}}"),
    }
}
