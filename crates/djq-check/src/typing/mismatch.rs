//! What is said where two sides of a comparison do not fit, or fit and mean something else.

use super::{
    Operator,
    describe::{append, offer_either, wrap_call},
    node, reading,
};
use crate::{
    Type,
    hir::{BinaryOperator, Expr, ExprKind, Literal, ParamId},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Code, Diagnostic, Edit, Span, codes};
use djq_schema::ModelId;
use djq_syntax::ast;

impl Typing<'_> {
    pub(super) fn different_models(
        &mut self,
        left: &Expr,
        right: &Expr,
        one: ModelId,
        other: ModelId,
        operator: Option<Span>,
    ) {
        let (one, other) = (
            self.schema.model(one).label.clone(),
            self.schema.model(other).label.clone(),
        );
        let span = operator.unwrap_or_else(|| left.span.to(right.span));
        let diagnostic = self.about(
            &codes::DIFFERENT_MODELS,
            span,
            format!("a key of `{one}` is compared with a key of `{other}`"),
            &[left, right],
        );
        self.problems.push(diagnostic);
    }

    pub(super) fn date_with_datetime(&mut self, left: &Expr, right: &Expr, operator: Option<Span>) {
        let (moment, day) = if left.ty.kind == Type::DateTime {
            (left, right)
        } else {
            (right, left)
        };
        let span = operator.unwrap_or_else(|| left.span.to(right.span));
        let mut diagnostic = self.about(
            &codes::DATE_WITH_DATETIME,
            span,
            "a date is compared with a datetime",
            &[left, right],
        );
        let likely = Applicability::Likely;
        if node::literal(moment).is_none() {
            diagnostic =
                diagnostic.fix_all(likely, "compare days, in UTC", wrap_call(moment, "date"));
            if let Some(Literal::Date(text)) = node::literal(day) {
                let zone = if self.schema.use_tz { "Z" } else { "" };
                diagnostic = diagnostic.fix(
                    likely,
                    "compare moments, with the first of that day",
                    day.span,
                    format!("@{text}T00:00:00{zone}"),
                );
            }
        } else {
            diagnostic = diagnostic.fix_all(
                likely,
                "compare moments, the date as its first one in UTC",
                append(day, "::datetime"),
            );
        }
        self.problems.push(diagnostic);
    }

    /// Two types that do not fit, with the conversions there are.
    pub(super) fn mismatch(&mut self, left: &Expr, right: &Expr, operator: Option<Span>) {
        let span = operator.unwrap_or(right.span);
        let code = self.mismatch_code(&[left, right]);
        let message = match (code == &codes::PARAMETER_CONFLICT, &left.kind, &right.kind) {
            (true, _, ExprKind::Param(id)) => self.conflict(*id, right, left),
            (true, ExprKind::Param(id), _) => self.conflict(*id, left, right),
            _ => format!(
                "{} is compared with {}",
                self.ty_name(&left.ty),
                self.ty_name(&right.ty)
            ),
        };
        let mut diagnostic = self.about(code, span, message, &[left, right]);
        if let (Type::List(_), _) | (_, Type::List(_)) = (&left.ty.kind, &right.ty.kind) {
            diagnostic = diagnostic.help("a list stands behind `in`: `x in $ids`");
        }
        // What is a literal is mended by writing another; else by converting one of the sides.
        let (literal, other) = if node::literal(left).is_some() {
            (left, right)
        } else {
            (right, left)
        };
        let is_number = match other.ty.kind {
            Type::Key(model) => self.key_type(model).is_some_and(|key| key.is_number()),
            ref kind => kind.is_number(),
        };
        if is_number && let Some(digits) = reading::unquoted_number(literal) {
            diagnostic = diagnostic.fix(
                Applicability::Exact,
                "write the number without quotes",
                literal.span,
                digits,
            );
        } else if let Some(year) = year_of(literal, other) {
            diagnostic = diagnostic.fix_all(Applicability::Likely, year, wrap_call(other, "year"));
        } else if let Some((day, written)) = [(left, right), (right, left)]
            .into_iter()
            .find_map(|(number, date)| subtracted_day(number, date))
        {
            diagnostic = diagnostic.fix(Applicability::Likely, "write the date", day, written);
        } else {
            diagnostic = offer_either(diagnostic, literal, other);
        }
        if let Some(help) = self
            .key_help(left, right)
            .or_else(|| self.key_help(right, left))
        {
            diagnostic = diagnostic.help(help);
        }
        for (key, text) in [(left, right), (right, left)] {
            if let Some(field) = self.unique_text(key, text) {
                diagnostic = diagnostic.fix(
                    Applicability::Likely,
                    format!("compare its `{field}`"),
                    key.span.after(),
                    format!(".{field}"),
                );
            }
        }
        self.problems.push(diagnostic);
    }

    /// The one text of a key's row that is unique, where the key stands beside a text.
    fn unique_text(&self, key: &Expr, text: &Expr) -> Option<&str> {
        let Type::Key(model) = key.ty.kind else {
            return None;
        };
        let is_given = matches!(text.kind, ExprKind::Literal(_) | ExprKind::Param(_));
        if *text.ty.kind.base() != Type::Text || !is_given {
            return None;
        }
        let model = self.schema.model(self.schema.concrete(model));
        let mut unique = model.unique.iter().filter_map(|unique| {
            let [field] = unique.fields.as_slice() else {
                return None;
            };
            let field = model.fields.get(*field as usize)?;
            let is_text = *Type::from(&field.ty).base() == Type::Text;
            (is_text && unique.condition.is_none()).then_some(&*field.name)
        });
        match (unique.next(), unique.next()) {
            (Some(field), None) => Some(field),
            _ => None,
        }
    }

    /// What to compare where a key stands beside a text.
    fn key_help(&self, key: &Expr, text: &Expr) -> Option<String> {
        let Type::Key(model) = key.ty.kind else {
            return None;
        };
        if *text.ty.kind.base() != Type::Text {
            return None;
        }
        let model = self.schema.model(model);
        let fields: Vec<String> = model
            .fields
            .iter()
            .filter(|field| field.choices.is_empty() && *Type::from(&field.ty).base() == Type::Text)
            .take(3)
            .map(|field| format!("`….{}`", field.name))
            .collect();
        let held = format!("a foreign key holds the key of `{}`", model.name);
        Some(if fields.is_empty() {
            held
        } else {
            format!(
                "{held}; a field of that row is one step further: {}",
                fields.join(", ")
            )
        })
    }

    fn conflict(&self, id: ParamId, parameter: &Expr, other: &Expr) -> String {
        format!(
            "`${}` has become {} by an earlier use, and here it is compared with {}",
            self.parameters.name(id),
            self.type_name(&parameter.ty.kind),
            self.ty_name(&other.ty)
        )
    }

    /// The code for operands that do not fit: of a parameter that an earlier use gave its type, that this is so.
    pub(super) fn mismatch_code(&self, operands: &[&Expr]) -> &'static Code {
        let inferred = operands.iter().any(|operand| match operand.kind {
            ExprKind::Param(id) => self
                .parameters
                .entries
                .get(id.0 as usize)
                .is_some_and(|entry| entry.inferred_from.is_some()),
            _ => false,
        });
        if inferred {
            &codes::PARAMETER_CONFLICT
        } else {
            &codes::TYPE_MISMATCH
        }
    }

    pub(super) fn compared_with_null(
        &mut self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        span: Span,
    ) -> Expr {
        let error = node::error(span);
        if node::is_error(left) || node::is_error(right) {
            return error;
        }
        let mut diagnostic = Diagnostic::new(
            &codes::COMPARE_WITH_NULL,
            operator.span,
            "a comparison with null is null, never true",
        );
        let words = match operator.kind {
            ast::BinaryOperator::Equal => Some("is null"),
            ast::BinaryOperator::NotEqual => Some("is not null"),
            _ => None,
        };
        if let Some(words) = words {
            let edits = if node::is_null(right) {
                vec![Edit {
                    span: operator.span.to(right.span),
                    text: words.into(),
                }]
            } else {
                vec![
                    Edit {
                        span: left.span.to(operator.span),
                        text: String::new(),
                    },
                    Edit {
                        span: right.span.after(),
                        text: format!(" {words}"),
                    },
                ]
            };
            diagnostic =
                diagnostic.fix_all(Applicability::Exact, format!("write `{words}`"), edits);
        } else {
            diagnostic = diagnostic.help("whether a value is missing is asked by `is null`");
        }
        self.problems.push(diagnostic);
        error
    }

    /// `null` among values that are compared.
    pub(super) fn null_in(&mut self, span: Span) {
        self.problems.push(
            Diagnostic::new(
                &codes::COMPARE_WITH_NULL,
                span,
                "a comparison with null is null, never true",
            )
            .help("whether a value is missing is asked by `is null`"),
        );
    }

    /// `x = $p` where `$p` may be null.
    pub(super) fn nullable_comparison(
        &mut self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        span: Span,
    ) {
        let words = match operator.kind {
            ast::BinaryOperator::Equal => "is not distinct from",
            ast::BinaryOperator::NotEqual => "is distinct from",
            _ => return,
        };
        let nullable = |expr: &Expr| match expr.kind {
            ExprKind::Param(id) if expr.ty.nullable => Some(id),
            _ => None,
        };
        let Some(id) = nullable(left).or_else(|| nullable(right)) else {
            return;
        };
        let name = self.parameters.name(id);
        let mut diagnostic = Diagnostic::new(
            &codes::NULLABLE_COMPARISON,
            span,
            format!("where `${name}` is null, this comparison is null and keeps no row"),
        );
        if let Some(entry) = self.parameters.entries.get(id.0 as usize) {
            diagnostic = diagnostic.because(entry.span, format!("`${name}` may be null"));
        }
        self.problems.push(diagnostic.fix(
            Applicability::Likely,
            format!("write `{words}`, for which null equals null"),
            operator.span,
            words,
        ));
    }
}

/// `2024-01-31` without its `@`, which subtracts: the date that it was to be.
fn subtracted_day(number: &Expr, date: &Expr) -> Option<(Span, String)> {
    if !matches!(date.ty.kind, Type::Date | Type::DateTime) {
        return None;
    }
    let whole = |expr: &Expr| match node::literal(expr) {
        Some(Literal::Int(value)) => Some(*value),
        _ => None,
    };
    let ExprKind::Binary(BinaryOperator::Subtract, month, day) = &number.kind else {
        return None;
    };
    let ExprKind::Binary(BinaryOperator::Subtract, year, month) = &month.kind else {
        return None;
    };
    let (year, month, day) = (whole(year)?, whole(month)?, whole(day)?);
    let is_day = (1000..3000).contains(&year) && (1..13).contains(&month) && (1..32).contains(&day);
    is_day.then(|| (number.span, format!("@{year}-{month:02}-{day:02}")))
}

/// What to do where a date is compared with a number that looks like a year.
fn year_of(number: &Expr, date: &Expr) -> Option<&'static str> {
    let is_year =
        matches!(node::literal(number), Some(Literal::Int(year)) if (1500..3000).contains(year));
    let is_date = matches!(date.ty.kind, Type::Date | Type::DateTime);
    (is_year && is_date).then_some("compare the year")
}
