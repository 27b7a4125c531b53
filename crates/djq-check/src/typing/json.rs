//! JSON: reading it by keys and indexes, taking values out of it, making it.

use super::{
    describe,
    node::{self, node},
};
use crate::{
    Type,
    functions::{Entry, FunctionId},
    hir::{Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use serde_json::Value;

/// How many arguments a function takes on every server.
const MOST_VALUES: usize = 100;

impl Typing<'_> {
    /// `base[index]`.
    pub(crate) fn index(&mut self, base: Expr, mut index: Expr, span: Span) -> Expr {
        if node::is_error(&base) || node::is_error(&index) {
            self.silence(&base);
            self.silence(&index);
            return node::error(span);
        }
        let mut base = base;
        if self.is_open(&base) {
            let at = base.span;
            self.read(&mut base, &Type::Json, at);
        }
        match base.ty.kind.base() {
            Type::Json => {}
            Type::Array(of) => {
                let of = (**of).clone();
                return self.array_item(base, index, of, span);
            }
            Type::HStore => return self.hstore_item(base, index, span),
            _ => {
                let message = format!(
                    "`[…]` reads JSON, arrays and HStore, and this is {}",
                    self.ty_name(&base.ty)
                );
                let diagnostic = self.about(&codes::OPERAND_TYPE, base.span, message, &[&base]);
                self.problems.push(diagnostic);
                return node::error(span);
            }
        }
        if self.is_open(&index) {
            let at = index.span;
            self.read(&mut index, &Type::Text, at);
        }
        self.key_as_value(&mut index);
        if !matches!(index.ty.kind.base(), Type::Text | Type::Int | Type::BigInt) {
            let message = format!(
                "a step into JSON is a text for a key or a whole number for an index, and this is {}",
                self.ty_name(&index.ty)
            );
            let diagnostic = self.about(&codes::OPERAND_TYPE, index.span, message, &[&index]);
            self.problems.push(diagnostic);
            return node::error(span);
        }
        let mut path = path(base);
        path.push(index);
        node(
            ExprKind::Call(FunctionId::JsonGet, path),
            Type::Json.nullable(),
            span,
        )
    }

    /// What JSON holds, as a value of a type: null where it is of another kind. What JSON writes as text is read
    /// from it.
    pub(super) fn taken(&mut self, operand: Expr, to: Type, span: Span) -> Expr {
        let is_text = matches!(
            to.base(),
            Type::Date | Type::Time | Type::DateTime | Type::Uuid
        );
        let out = if is_text { Type::Text } else { to.clone() };
        let taken = node(
            ExprKind::Call(FunctionId::JsonTake, path(operand)),
            out.nullable(),
            span,
        );
        if is_text {
            node(ExprKind::TryCast(Box::new(taken)), to.nullable(), span)
        } else {
            taken
        }
    }

    /// `json_type(x['a'])` looks at the place itself, where JSON's null still is one.
    pub(super) fn json_type(&mut self, arguments: Vec<Expr>, span: Span) -> Expr {
        let Some(operand) = arguments.into_iter().next() else {
            return node::error(span);
        };
        let nullable = operand.ty.nullable;
        node(
            ExprKind::Call(FunctionId::JsonType, path(operand)),
            Type::Text.required().with_null(nullable),
            span,
        )
    }

    /// What `json_contains` looks for: JSON, or a text, a number or a truth value; false after a diagnostic.
    pub(super) fn json_item(&mut self, arguments: &mut [Expr], call: Span) -> bool {
        let [document, item, ..] = arguments else {
            return false;
        };
        self.key_as_value(item);
        if node::is_null(item) {
            let span = item.span;
            self.null_in(span);
            return false;
        }
        let fits = matches!(
            item.ty.kind.base(),
            Type::Json | Type::Text | Type::Bool | Type::Error
        ) || item.ty.kind.is_number();
        if let Some(Literal::Text(text)) = node::literal(item)
            && let Some(written) = written_document(text)
        {
            self.document_as_text(document, item.span, &written, call);
            return false;
        }
        if !fits {
            let message = format!(
                "`json_contains` looks for text, a number or a truth value, and this is {}",
                self.ty_name(&item.ty)
            );
            let mut diagnostic = self.about(&codes::ARGUMENT_TYPE, item.span, message, &[item]);
            if is_written_as_text(&item.ty.kind) {
                diagnostic = diagnostic.help("JSON has it as text: `x::text`");
            }
            self.problems.push(diagnostic);
        }
        fits
    }

    /// `json_contains(x, '{"a": 1}')`: a text is a text, also where it is written as JSON.
    fn document_as_text(&mut self, document: &Expr, text: Span, written: &Value, call: Span) {
        let mut diagnostic = Diagnostic::new(
            &codes::ARGUMENT_TYPE,
            text,
            "`json_contains` looks for this very text, and it is written as JSON",
        )
        .label("no list holds it");
        let one = written.as_object().filter(|pairs| pairs.len() == 1);
        let asked = one
            .and_then(|pairs| pairs.iter().next())
            .and_then(|(key, value)| Some((key, compared(value)?)));
        diagnostic = match asked {
            Some((key, value)) => diagnostic.fix_all(
                Applicability::Likely,
                "ask for the value behind the key",
                vec![
                    Edit {
                        span: Span {
                            end: document.span.start,
                            ..call
                        },
                        text: String::new(),
                    },
                    Edit {
                        span: Span {
                            start: document.span.end,
                            ..call
                        },
                        text: format!("[{}]{value}", describe::quoted(key)),
                    },
                ],
            ),
            None if written.is_array() => diagnostic.help(
                "ask for each item: `json_contains(x, 'a') and json_contains(x, 'b')`",
            ),
            None => diagnostic.help(
                "ask for each value: `x['a']::int = 1 and x['b']::text = 'c'`; PostgreSQL alone has `json_contains(x, json_object('a', 1, 'b', 'c'))`",
            ),
        };
        self.problems.push(diagnostic);
    }

    /// The arguments of `json_object`; false after a diagnostic.
    pub(super) fn json_pairs(&mut self, entry: &Entry, at: Span, arguments: &mut [Expr]) -> bool {
        if arguments.len() % 2 == 1 {
            let stray = arguments.last().map_or(at, |last| last.span);
            self.problems.push(
                Diagnostic::new(
                    &codes::ARGUMENT_COUNT,
                    stray,
                    "`json_object` takes keys and values by turns, and this key has no value",
                )
                .note(format!("`{}`", entry.example)),
            );
            return false;
        }
        if !self.few_enough(entry, arguments) {
            return false;
        }
        let mut fit = true;
        let mut seen: Vec<Box<str>> = Vec::new();
        for pair in arguments.chunks_mut(2) {
            let [key, value] = pair else {
                continue;
            };
            match node::literal(key) {
                Some(Literal::Text(text)) if seen.contains(text) => {
                    self.problems.push(Diagnostic::new(
                        &codes::DUPLICATE_NAME,
                        key.span,
                        format!("the object has the key `{text}` already"),
                    ));
                    fit = false;
                }
                Some(Literal::Text(text)) => seen.push(text.clone()),
                _ => {
                    let message = format!(
                        "a key of `json_object` is a text literal, and this is {}",
                        self.ty_name(&key.ty)
                    );
                    let diagnostic = self
                        .about(&codes::ARGUMENT_TYPE, key.span, message, &[key])
                        .help("`json_object_agg(key, value)` makes keys of values");
                    self.problems.push(diagnostic);
                    fit = false;
                }
            }
            fit &= self.json_value(value);
        }
        fit
    }

    /// The arguments of `json_array`; false after a diagnostic.
    pub(super) fn json_values(&mut self, entry: &Entry, arguments: &mut [Expr]) -> bool {
        if !self.few_enough(entry, arguments) {
            return false;
        }
        let mut fit = true;
        for value in arguments {
            fit &= self.json_value(value);
        }
        fit
    }

    fn few_enough(&mut self, entry: &Entry, arguments: &[Expr]) -> bool {
        let Some(stray) = arguments.get(MOST_VALUES) else {
            return true;
        };
        self.problems.push(
            Diagnostic::new(
                &codes::ARGUMENT_COUNT,
                stray.span,
                format!(
                    "`{}` takes at most {MOST_VALUES} arguments on PostgreSQL",
                    entry.name
                ),
            )
            .help("nest one inside another"),
        );
        false
    }

    /// A value as JSON can hold it, in place: what it has no kind for becomes text; false after a diagnostic.
    pub(super) fn json_value(&mut self, value: &mut Expr) -> bool {
        if self.is_open(value) {
            self.open_is_untold(value);
            return false;
        }
        if node::is_null(value) || node::is_error(value) {
            return true;
        }
        self.key_as_value(value);
        let base = value.ty.kind.base();
        if is_written_as_text(base) {
            node::cast(value, Type::Text);
            return true;
        }
        if matches!(base, Type::Json | Type::Text | Type::Bool) || base.is_number() {
            return true;
        }
        let message = format!("JSON has no form for {}", self.ty_name(&value.ty));
        let diagnostic = self.about(&codes::ARGUMENT_TYPE, value.span, message, &[value]);
        self.problems.push(match base {
            Type::Row(_) => diagnostic.fix(
                Applicability::Likely,
                "a list of values is an array",
                value.span.before(),
                "json_array",
            ),
            _ => diagnostic,
        });
        false
    }
}

/// What JSON holds as text.
fn is_written_as_text(ty: &Type) -> bool {
    matches!(
        ty.base(),
        Type::Date | Type::Time | Type::DateTime | Type::Uuid | Type::Inet
    )
}

/// A JSON value and the steps into it: those of `x['a']`, whose own steps come first.
fn path(operand: Expr) -> Vec<Expr> {
    match operand.kind {
        ExprKind::Call(FunctionId::JsonGet, path) => path,
        _ => vec![operand],
    }
}

/// The object or array that a text is written as.
fn written_document(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_object() || value.is_array()).then_some(value)
}

/// `::int = 1`: how a value that JSON holds is compared with one that is written.
fn compared(value: &Value) -> Option<String> {
    Some(match value {
        Value::Bool(value) => format!("::bool = {value}"),
        Value::String(text) => format!("::text = {}", describe::quoted(text)),
        Value::Number(number) if number.is_i64() => format!("::bigint = {number}"),
        Value::Number(number) if number.is_f64() => format!("::float = {number}"),
        _ => return None,
    })
}
