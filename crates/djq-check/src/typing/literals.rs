//! Literals as they are written: validated, in canonical form, with a type.

use super::{
    moments::{self, Moment, Step},
    node::{self, node},
};
use crate::{
    Ty, Type,
    hir::{Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use djq_syntax::ast;

/// The most digits a decimal can have, and the most behind the point: MySQL's limits, the narrowest.
pub(super) const MOST_DIGITS: u16 = 65;
/// See [`MOST_DIGITS`].
pub(super) const MOST_PLACES: u16 = 30;

impl Typing<'_> {
    /// A literal, validated.
    pub(crate) fn literal(&mut self, literal: &ast::Literal, span: Span) -> Expr {
        let read = match literal {
            ast::Literal::Null => Ok((Literal::Null, Type::Null.nullable())),
            ast::Literal::Bool(value) => Ok((Literal::Bool(*value), Type::Bool.required())),
            ast::Literal::Text(text) => Ok((Literal::Text(text.clone()), Type::Text.required())),
            ast::Literal::Int(digits) => int(digits).ok_or("whole numbers have 64 bits"),
            ast::Literal::Decimal(digits) => decimal(digits)
                .ok_or("decimals have at most 65 digits, 30 of them behind the point"),
            ast::Literal::Float(digits) => float(digits).ok_or("no float is that large"),
            ast::Literal::Moment(text) => match moments::moment(text) {
                Ok(moment) => return self.moment(moment, span),
                Err(why) => Err(why),
            },
            ast::Literal::Duration { amount, unit } => moments::step(amount, *unit).map(step),
        };
        match read {
            Ok((literal, ty)) => node(ExprKind::Literal(literal), ty, span),
            Err(why) => {
                let what = match literal {
                    ast::Literal::Moment(text) => format!("there is no `@{text}`"),
                    _ => "this number is out of all bounds".to_owned(),
                };
                self.problems
                    .push(Diagnostic::new(&codes::INVALID_LITERAL, span, what).label(why));
                node::error(span)
            }
        }
    }

    /// A moment, if its zone is as the project's datetimes need it.
    fn moment(&mut self, moment: Moment, span: Span) -> Expr {
        match self.check_zone(
            moment,
            span,
            Edit {
                span: span.after(),
                text: "Z".into(),
            },
        ) {
            Some((literal, ty)) => node(ExprKind::Literal(literal), ty.required(), span),
            None => node::error(span),
        }
    }

    /// The literal of a moment; a datetime must have a zone exactly where the project keeps moments in UTC.
    /// `edit` adds the missing `Z`.
    pub(super) fn check_zone(
        &mut self,
        moment: Moment,
        span: Span,
        edit: Edit,
    ) -> Option<(Literal, Type)> {
        Some(match moment {
            Moment::Date(date) => (Literal::Date(moments::date_text(date)), Type::Date),
            Moment::Time(time) => (Literal::Time(moments::time_text(time)), Type::Time),
            Moment::Zoned(moment) if self.schema.use_tz => (
                Literal::DateTime(moments::datetime_text(moment)),
                Type::DateTime,
            ),
            Moment::Local(moment) if !self.schema.use_tz => (
                Literal::DateTime(moments::datetime_text(moment)),
                Type::DateTime,
            ),
            Moment::Local(_) => {
                self.problems.push(
                    Diagnostic::new(
                        &codes::DATETIME_WITHOUT_ZONE,
                        span,
                        "this datetime has no time zone",
                    )
                    .note("the project keeps datetimes as moments in UTC (`USE_TZ`)")
                    .help("write `Z` behind it for UTC, or an offset such as `+02:00`")
                    .fix_all(
                        Applicability::Likely,
                        "read it as UTC",
                        vec![edit],
                    ),
                );
                return None;
            }
            Moment::Zoned(moment) => {
                let text = moments::datetime_text(moment).replace(' ', "T");
                self.problems.push(
                    Diagnostic::new(
                        &codes::DATETIME_WITHOUT_ZONE,
                        span,
                        "this datetime has a time zone, and the project's datetimes have none",
                    )
                    .note("the project has `USE_TZ = False`")
                    .fix(
                        Applicability::Likely,
                        "write the same moment of UTC without a zone",
                        span,
                        format!("@{text}"),
                    ),
                );
                return None;
            }
        })
    }

    /// A parameter's default: a literal, perhaps behind `-`, of the parameter's type.
    pub(crate) fn default_value(&mut self, value: &ast::Expr, ty: &Ty) -> Option<Literal> {
        let typed = match &value.kind {
            ast::ExprKind::Literal(literal) => self.literal(literal, value.span),
            ast::ExprKind::Paren(inner) => return self.default_value(inner, ty),
            ast::ExprKind::Unary {
                operator: ast::UnaryOperator::Negate,
                operator_span,
                operand,
            } => {
                let ast::ExprKind::Literal(literal) = &operand.kind else {
                    return self.not_a_literal(value.span);
                };
                let operand = self.literal(literal, operand.span);
                self.unary(
                    ast::UnaryOperator::Negate,
                    *operator_span,
                    operand,
                    value.span,
                )
            }
            ast::ExprKind::Error => return None,
            _ => return self.not_a_literal(value.span),
        };
        if node::is_error(&typed) || ty.kind == Type::Error {
            return None;
        }
        if node::is_null(&typed) && !ty.nullable {
            let shown = self.type_name(&ty.kind);
            self.problems.push(
                Diagnostic::new(
                    &codes::TYPE_MISMATCH,
                    value.span,
                    format!("the default is null, and the parameter is {shown}"),
                )
                .help("`?` behind the type lets the parameter be null"),
            );
            return None;
        }
        match self.coerce(typed, &ty.kind).kind {
            ExprKind::Literal(Literal::Null) if !ty.nullable => None,
            ExprKind::Literal(literal) => Some(literal),
            _ => None,
        }
    }

    fn not_a_literal(&mut self, span: Span) -> Option<Literal> {
        self.problems.push(
            Diagnostic::new(
                &codes::TYPE_MISMATCH,
                span,
                "a parameter's default is a literal",
            )
            .help("compute it in the query, where the parameter is used"),
        );
        None
    }
}

/// A whole number; of 32 bits where it fits.
fn int(digits: &str) -> Option<(Literal, Ty)> {
    let value: i64 = without_underscores(digits).parse().ok()?;
    Some((Literal::Int(value), int_type(value).required()))
}

/// The type of a whole number as a literal.
pub(super) fn int_type(value: i64) -> Type {
    if i32::try_from(value).is_ok() {
        Type::Int
    } else {
        Type::BigInt
    }
}

/// An exact decimal: canonical digits, and the precision and scale they have.
pub(super) fn decimal(digits: &str) -> Option<(Literal, Ty)> {
    let text = without_underscores(digits);
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", &*text),
    };
    let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
    if !whole
        .bytes()
        .chain(places.bytes())
        .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let places = if places.is_empty() { "0" } else { places };
    let scale = u16::try_from(places.len()).ok()?;
    let precision = u16::try_from(whole.len()).ok()?.checked_add(scale)?;
    if precision > MOST_DIGITS || scale > MOST_PLACES {
        return None;
    }
    let zero = if whole.is_empty() { "0" } else { "" };
    let text = format!("{sign}{zero}{whole}.{places}");
    Some((
        Literal::Decimal(text.into()),
        Type::Decimal(precision, scale).required(),
    ))
}

fn float(digits: &str) -> Option<(Literal, Ty)> {
    let value: f64 = without_underscores(digits).parse().ok()?;
    value
        .is_finite()
        .then_some((Literal::Float(value), Type::Float.required()))
}

fn step(step: Step) -> (Literal, Ty) {
    match step {
        Step::Duration(micros) => (Literal::Duration(micros), Type::Duration.required()),
        Step::Calendar(months) => (Literal::Calendar(months), Type::Calendar.required()),
    }
}

fn without_underscores(digits: &str) -> std::borrow::Cow<'_, str> {
    if digits.contains('_') {
        digits.replace('_', "").into()
    } else {
        digits.into()
    }
}
