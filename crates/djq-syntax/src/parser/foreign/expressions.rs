//! Expressions as other languages write them.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::declared::declares;
use super::durations::interval;
use super::not_needed;
use super::values;
use crate::ast::{
    BinaryOperator, Call, Expr, ExprKind, Literal, Name, TypeExpr, TypeExprKind, UnaryOperator,
};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::recovery::close;
use crate::parser::types;
use crate::token::TokenKind as K;
use crate::type_names::brought_type;

/// `extract(year from d)`, `cast(x as t)`.
pub(crate) fn call(inp: &mut Input<'_, '_>) -> Option<Expr> {
    if let Some(value) = super::quantified::comparison(inp) {
        return Some(value);
    }
    let word = inp.token();
    if word.kind != K::Name && !inp.is_word_at(0, "position") {
        return None;
    }
    if inp.is_word_at(0, "group_concat") {
        return super::sql_calls::group_concat(inp);
    }
    if inp.is_word_at(0, "substring") || inp.is_word_at(0, "position") {
        return super::sql_calls::keyword_arguments(inp);
    }
    if inp.is_word_at(0, "extract") && inp.kind_at(2).is_name() && inp.kind_at(3) == K::From {
        return Some(extract(inp));
    }
    if inp.is_word_at(0, "cast") {
        return Some(cast(inp));
    }
    super::expression(inp)
}

/// A plain call.
pub(crate) fn call_of(name: Name, arguments: Vec<Expr>) -> Call {
    Call {
        base: None,
        name,
        distinct: None,
        arguments,
        condition: None,
        order_by: Vec::new(),
        limit: None,
        over: None,
    }
}

/// `extract(year from d)` is `year(d)`, and `extract(dow from d)` is `(weekday(d) - 1)`.
fn extract(inp: &mut Input<'_, '_>) -> Expr {
    let start = inp.here();
    inp.bump();
    let open = inp.bump();
    let part = inp.bump();
    inp.bump();
    let mut name = inp.name_of(part);
    let lower = name.text.to_lowercase();
    // SQL counts days of the week from 0.
    let from_zero = lower == "dow";
    name.text = match lower.as_str() {
        "isodow" => "iso_weekday".into(),
        "isoyear" => "iso_year".into(),
        "dow" => "weekday".into(),
        _ => lower.into(),
    };
    let argument = expr(inp);
    close(inp, open, "an operator or `)`");
    let span = inp.since(start);
    let head = Span {
        end: argument.span.start,
        ..start
    };
    let function = name.text.clone();
    let (opens, closes) = if from_zero { ("(", " - 1)") } else { ("", "") };
    let mut edits = vec![Edit {
        span: head,
        text: format!("{opens}{function}("),
    }];
    if from_zero {
        edits.push(Edit {
            span: span.after(),
            text: closes.into(),
        });
    }
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CALL,
            start,
            format!("a part of a date is a function: `{function}(…)`"),
        )
        .label("SQL's way")
        .fix_all(
            Applicability::Exact,
            format!("write `{opens}{function}(…){closes}`"),
            edits,
        ),
    );
    let call = Expr {
        kind: ExprKind::Call(Box::new(call_of(name, vec![argument]))),
        span,
    };
    if !from_zero {
        return call;
    }
    let one = Expr {
        kind: ExprKind::Literal(Literal::Int("1".into())),
        span: span.after(),
    };
    Expr {
        kind: ExprKind::Binary {
            operator: BinaryOperator::Subtract,
            negated: false,
            operator_span: span.after(),
            left: Box::new(call),
            right: Box::new(one),
        },
        span,
    }
}

/// `cast(x as t)` is `x::t`.
fn cast(inp: &mut Input<'_, '_>) -> Expr {
    let start = inp.here();
    inp.bump();
    let open = inp.bump();
    let operand = expr(inp);
    if !inp.at(K::As) {
        inp.unexpected("`as` and a type");
        close(inp, open, "`)`");
        return Expr {
            kind: ExprKind::Error,
            span: inp.since(start),
        };
    }
    inp.bump();
    let mut ty = types::type_expr(inp);
    close(inp, open, "`)`");
    let span = inp.since(start);
    let renamed = ours(&mut ty);
    let compound = matches!(
        operand.kind,
        ExprKind::Binary { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Is { .. }
            | ExprKind::Between { .. }
    );
    let (left, right) = if compound { ("(", ")::") } else { ("", "::") };
    let kept = Span {
        start: renamed.map_or(ty.span.start, |(span, _)| span.end),
        ..ty.span
    };
    let right = format!("{right}{}", renamed.map_or("", |(_, ours)| ours));
    let edits = vec![
        Edit {
            span: Span {
                end: operand.span.start,
                ..start
            },
            text: left.into(),
        },
        Edit {
            span: Span {
                start: operand.span.end,
                end: kept.start,
                ..start
            },
            text: right,
        },
        Edit {
            span: Span {
                start: ty.span.end,
                end: span.end,
                ..start
            },
            text: String::new(),
        },
    ];
    inp.knows().report(
        Diagnostic::new(&codes::FOREIGN_CALL, start, "a cast is written `x::type`")
            .label("SQL's way")
            .note("`try_cast(x as type)` is null where the cast fails")
            .fix_all(Applicability::Exact, "write `::`", edits),
    );
    let operand = if compound {
        Expr {
            span: operand.span,
            kind: ExprKind::Paren(Box::new(operand)),
        }
    } else {
        operand
    };
    Expr {
        kind: ExprKind::Cast {
            operand: Box::new(operand),
            ty: Box::new(ty),
        },
        span,
    }
}

/// The type that another language's name means, in its place: where it stood, and its name here.
fn ours(ty: &mut TypeExpr) -> Option<(Span, &'static str)> {
    let TypeExprKind::Named {
        path, arguments, ..
    } = &mut ty.kind
    else {
        return None;
    };
    let [name] = path.names.as_mut_slice() else {
        return None;
    };
    let ours = brought_type(&name.text)?;
    name.text = ours.into();
    if ours == "decimal" {
        return Some((name.span, ours));
    }
    // Texts have no length here.
    arguments.clear();
    Some((ty.span, ours))
}

/// A value that begins with a word of another language.
pub(crate) fn value(inp: &mut Input<'_, '_>) -> Option<Expr> {
    if inp.kind() != K::Name {
        return None;
    }
    match inp.kind_at(1) {
        K::Text => interval(inp)
            .or_else(|| values::formatted(inp))
            .or_else(|| values::typed_moment(inp)),
        K::Int | K::Decimal => interval(inp),
        _ => values::word(inp),
    }
}

/// `.name`: a field of the row, as EdgeQL and others have it.
pub(crate) fn leading_dot(inp: &mut Input<'_, '_>) -> Expr {
    let span = inp.here();
    inp.bump();
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_VALUE,
            span,
            "a field goes by its name, without a dot before it",
        )
        .label("not needed")
        .fix(Applicability::Exact, "remove the dot", span, ""),
    );
    name(inp)
}

/// `and where …`: the second `where` is too much.
pub(crate) fn second_where(inp: &mut Input<'_, '_>) -> bool {
    let before = inp.position().checked_sub(1);
    let state = inp.knows();
    let joins = before
        .and_then(|before| state.tokens.get(before))
        .is_some_and(|token| matches!(token.kind, K::And | K::Or));
    if !joins {
        return false;
    }
    not_needed(
        inp,
        "conditions that `and` and `or` join have one `where`",
        "remove it",
    );
    true
}

/// A name; one with `__` is a path of Django's.
pub(crate) fn name(inp: &mut Input<'_, '_>) -> Expr {
    let token = inp.bump();
    let name = inp.name_of(token);
    if token.kind == K::Name && super::is_django_path(&name) && !declares(inp, &name.text) {
        return super::django_path(inp, None, name);
    }
    Expr {
        span: name.span,
        kind: ExprKind::Name(name),
    }
}

/// `$name` where a parameter is declared.
pub(crate) fn dollar(inp: &mut Input<'_, '_>, name: &Name) {
    let sign = Span {
        end: name.span.start + 1,
        ..name.span
    };
    inp.knows().report(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            name.span,
            "a parameter is declared without `$`",
        )
        .label("`$` stands where it is used")
        .fix(Applicability::Exact, "remove `$`", sign, ""),
    );
}

/// `order by -name`: the name, descending.
pub(crate) fn minus_descends(inp: &mut Input<'_, '_>, value: Expr) -> (Expr, bool) {
    let span = value.span;
    match value.kind {
        ExprKind::Unary {
            operator: UnaryOperator::Negate,
            operator_span,
            operand,
        } if matches!(operand.kind, ExprKind::Name(_) | ExprKind::Field { .. })
            && !matches!(inp.kind(), K::Asc | K::Desc) =>
        {
            let edits = vec![
                Edit {
                    span: operator_span,
                    text: String::new(),
                },
                Edit {
                    span: span.after(),
                    text: " desc".into(),
                },
            ];
            inp.knows().report(
                Diagnostic::new(
                    &codes::DESCENDING_MINUS,
                    span,
                    "descending order is written `desc`",
                )
                .label("`-` negates a number")
                .note("to sort by the negated number, write `(-x)`")
                .fix_all(Applicability::Exact, "write `desc`", edits),
            );
            (*operand, true)
        }
        kind => (Expr { kind, span }, false),
    }
}
