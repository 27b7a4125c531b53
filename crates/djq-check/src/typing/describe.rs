//! Types and where they come from, in words for diagnostics.

use super::node::is_operand;
use crate::{
    Ty, Type, functions,
    hir::{Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Code, Diagnostic, Edit, Span};
use djq_schema::FieldId;

impl Typing<'_> {
    /// A type in backticks, models and fields by name.
    pub(super) fn type_name(&self, ty: &Type) -> String {
        match ty {
            Type::Key(model) => format!("a key of `{}`", self.schema.model(*model).name),
            Type::Choices(field, base) => {
                format!("`{base}` (choices of `{}`)", self.field_name(*field))
            }
            Type::Calendar => "a calendar step".into(),
            Type::Null => "null".into(),
            other => format!("`{other}`"),
        }
    }

    /// As [`type_name`](Self::type_name), with `?` where it may be null.
    pub(super) fn ty_name(&self, ty: &Ty) -> String {
        match (&ty.kind, ty.nullable) {
            (Type::Key(model), true) => {
                format!("a key of `{}`, or null", self.schema.model(*model).name)
            }
            (Type::Choices(field, base), true) => {
                format!("`{base}?` (choices of `{}`)", self.field_name(*field))
            }
            (Type::Calendar | Type::Null, _) | (_, false) => self.type_name(&ty.kind),
            (_, true) => format!("`{ty}`"),
        }
    }

    /// `Entry.rating`.
    pub(super) fn field_name(&self, field: FieldId) -> String {
        let model = self.schema.model(field.model);
        format!("{}.{}", model.name, self.schema.field(field).name)
    }

    /// What an expression is and why it has its type, for a label beneath it.
    pub(super) fn origin(&self, expr: &Expr) -> String {
        let ty = self.ty_name(&expr.ty);
        match &expr.kind {
            ExprKind::Column(_, field) => {
                let django = &self.schema.field(*field).django;
                let name = self.field_name(*field);
                if django.is_empty() {
                    format!("`{name}` is {ty}")
                } else {
                    format!("`{name}` is {ty}, {} {django}", article(django))
                }
            }
            ExprKind::Param(id) => format!("`${}` is {ty}", self.parameters.name(*id)),
            ExprKind::Call(id, _) => {
                let name = functions::entry(*id).name;
                if name.is_empty() {
                    format!("this is {ty}")
                } else {
                    format!("`{name}` gives {ty}")
                }
            }
            ExprKind::Aggregate(aggregate) => {
                let name = functions::aggregate_entry(aggregate.function).name;
                format!("`{name}` gives {ty}")
            }
            ExprKind::Cast(_) | ExprKind::TryCast(_) => format!("this is made {ty}"),
            _ => format!("this is {ty}"),
        }
    }

    /// A diagnostic about two operands, with the origin of each.
    pub(super) fn about(
        &self,
        code: &'static Code,
        span: Span,
        message: impl Into<String>,
        operands: &[&Expr],
    ) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(code, span, message);
        for operand in operands {
            if operand.span == span {
                diagnostic.primary.message = self.origin(operand);
            } else {
                diagnostic = diagnostic.because(operand.span, self.origin(operand));
            }
            if let ExprKind::Param(id) = operand.kind
                && let Some(entry) = self.parameters.entries.get(id.0 as usize)
            {
                let name = &entry.name;
                diagnostic = match entry.inferred_from {
                    Some(at) if at != operand.span => {
                        diagnostic.because(at, format!("`${name}` takes its type from here"))
                    }
                    None if entry.span != operand.span => {
                        diagnostic.because(entry.span, format!("`${name}` is declared here"))
                    }
                    _ => diagnostic,
                };
            }
        }
        diagnostic
    }
}

/// The article before a word.
pub(super) fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) {
        "an"
    } else {
        "a"
    }
}

/// Edits that put an expression into the parentheses of a function.
pub(super) fn wrap_call(expr: &Expr, function: &str) -> Vec<Edit> {
    vec![
        insert(expr.span.before(), format!("{function}(")),
        insert(expr.span.after(), ")"),
    ]
}

/// Edits that put a suffix such as `::text` or ` is not null` behind an expression.
pub(super) fn append(expr: &Expr, suffix: &str) -> Vec<Edit> {
    if is_operand(expr) {
        return vec![insert(expr.span.after(), suffix)];
    }
    vec![
        insert(expr.span.before(), "("),
        insert(expr.span.after(), format!("){suffix}")),
    ]
}

/// As [`append`], with parentheses around all of it.
pub(super) fn append_whole(expr: &Expr, suffix: &str) -> Vec<Edit> {
    let (open, close) = if is_operand(expr) {
        ("(", "")
    } else {
        ("((", ")")
    };
    vec![
        insert(expr.span.before(), open),
        insert(expr.span.after(), format!("{close}{suffix})")),
    ]
}

fn insert(span: Span, text: impl Into<String>) -> Edit {
    Edit {
        span,
        text: text.into(),
    }
}

/// A text as a djq literal.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Offers a conversion of one of two values to the type of the other: to text rather than from it, else of
/// `other`.
pub(super) fn offer_either(diagnostic: Diagnostic, one: &Expr, other: &Expr) -> Diagnostic {
    if let Some(offered) =
        offer_document(&diagnostic, one, other).or_else(|| offer_document(&diagnostic, other, one))
    {
        return offered;
    }
    let (first, second) = if other.ty.kind.base() == &Type::Text {
        (one, other)
    } else {
        (other, one)
    };
    let offered = offer_conversion(diagnostic, first, &second.ty.kind);
    if offered.fixes.is_empty() && offered.help.is_none() {
        offer_conversion(offered, second, &first.ty.kind)
    } else {
        offered
    }
}

/// Offers what is asked of JSON beside a text that is a document: whether it is empty. As text it never is one.
fn offer_document(diagnostic: &Diagnostic, json: &Expr, text: &Expr) -> Option<Diagnostic> {
    let Some(Literal::Text(document)) = super::node::literal(text) else {
        return None;
    };
    if json.ty.kind.base() != &Type::Json || !document.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let diagnostic = diagnostic.clone();
    let inside: String = document.split_whitespace().collect();
    if inside != "{}" && inside != "[]" {
        return Some(diagnostic.help(
            "JSON is not compared whole: take out a value, `x['key']::text = 'a'`, or ask a list, `json_contains(x, 'a')`",
        ));
    }
    let mut edits = wrap_call(json, "json_length");
    edits.push(Edit {
        span: text.span,
        text: "0".to_owned(),
    });
    Some(diagnostic.fix_all(Applicability::Likely, "count what is inside", edits))
}

/// Offers a conversion of `expr` that makes it fit a value of type `to`, if there is one.
pub(super) fn offer_conversion(diagnostic: Diagnostic, expr: &Expr, to: &Type) -> Diagnostic {
    use Type::{
        BigInt, Bool, Choices, Date, DateTime, Decimal, Duration, Float, Int, Json, Text, Time,
        Union, Uuid,
    };
    let likely = Applicability::Likely;
    match (expr.ty.kind.base(), to) {
        (
            Int | BigInt | Float | Decimal(..) | Bool | Date | Time | DateTime | Uuid,
            Text | Choices(..) | Union(_),
        ) => match super::node::literal(expr) {
            Some(Literal::Int(value)) => diagnostic.fix(
                likely,
                "write the number as text",
                expr.span,
                format!("'{value}'"),
            ),
            _ => diagnostic.fix_all(likely, "convert it to text", append(expr, "::text")),
        },
        (
            Json,
            Text | Choices(..) | Union(_) | Int | BigInt | Float | Decimal(..) | Bool | Date | Time
            | DateTime | Uuid,
        ) => {
            let to = to.base();
            diagnostic.fix_all(
                likely,
                "take it out with its type",
                append(expr, &format!("::{to}")),
            )
        }
        (DateTime, Date) => diagnostic.fix_all(likely, "take its day", wrap_call(expr, "date")),
        (DateTime, Time) => {
            diagnostic.fix_all(likely, "take its time of day", wrap_call(expr, "time"))
        }
        (Date, DateTime) => diagnostic.fix_all(
            likely,
            "take the first moment of that day, UTC",
            append(expr, "::datetime"),
        ),
        (Text, Int | BigInt | Float | Decimal(..))
            if super::reading::unquoted_number(expr).is_some() =>
        {
            let digits = super::reading::unquoted_number(expr).unwrap_or_default();
            diagnostic.fix(
                Applicability::Exact,
                "write the number without quotes",
                expr.span,
                digits,
            )
        }
        (Text, Int | BigInt | Float | Decimal(..) | Bool | Date | Time | DateTime | Uuid) => {
            diagnostic.fix_all(
                likely,
                "convert it, null where it cannot be",
                vec![
                    insert(expr.span.before(), "try_cast("),
                    insert(expr.span.after(), format!(" as {to})")),
                ],
            )
        }
        (DateTime | Date, Float | Decimal(..)) => {
            diagnostic.help("`epoch(x)` gives the seconds since 1970")
        }
        (Int | BigInt, Duration) => match super::node::literal(expr) {
            Some(_) => diagnostic.fix(likely, "say the unit: days", expr.span.after(), " days"),
            None => diagnostic.fix(likely, "say the unit: days", expr.span.after(), " * 1 day"),
        },
        (Float | Decimal(..), Int | BigInt) => {
            diagnostic.help("`round(x)` or `floor(x)` makes it whole")
        }
        _ => diagnostic,
    }
}
