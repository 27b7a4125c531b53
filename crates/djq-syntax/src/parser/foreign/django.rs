//! Django's paths and lookups: `author__name`, `rating__gte=3`, `pub_date__year=2024`.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::call_of;
use crate::ast::{BinaryOperator, Expr, ExprKind, IsTest, Name};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::recovery::close;
use crate::token::TokenKind as K;

/// Whether a name is several with `__` between, which no field of Django may be.
pub(crate) fn is_django_path(name: &Name) -> bool {
    name.text.as_bytes().windows(2).any(|pair| pair == b"__")
        && !name.text.starts_with('_')
        && !name.text.ends_with('_')
}

/// A lookup at the end of a path, and how djq writes it.
fn lookup(word: &str) -> Option<(BinaryOperator, &'static str)> {
    use BinaryOperator as B;
    Some(match word {
        "exact" => (B::Equal, "="),
        "iexact" => (B::IExact, "iexact"),
        "contains" => (B::Contains, "contains"),
        "icontains" => (B::IContains, "icontains"),
        "startswith" => (B::StartsWith, "startswith"),
        "istartswith" => (B::IStartsWith, "istartswith"),
        "endswith" => (B::EndsWith, "endswith"),
        "iendswith" => (B::IEndsWith, "iendswith"),
        "regex" => (B::Regex, "regex"),
        "iregex" => (B::IRegex, "iregex"),
        "gt" => (B::Greater, ">"),
        "gte" => (B::GreaterEqual, ">="),
        "lt" => (B::Less, "<"),
        "lte" => (B::LessEqual, "<="),
        "in" => (B::In, "in"),
        _ => return None,
    })
}

/// A transform at the end of a path, as a function.
fn transform(word: &str) -> Option<&'static str> {
    Some(match word {
        "year" => "year",
        "iso_year" => "iso_year",
        "quarter" => "quarter",
        "month" => "month",
        "week" => "week",
        "day" => "day",
        "week_day" => "weekday",
        "iso_week_day" => "iso_weekday",
        "hour" => "hour",
        "minute" => "minute",
        "second" => "second",
        "date" => "date",
        "time" => "time",
        "length" | "len" => "length",
        "lower" => "lower",
        "upper" => "upper",
        _ => return None,
    })
}

/// `author__name` behind `base.`, or alone: the path that it stands for.
pub(crate) fn django_path(inp: &mut Input<'_, '_>, base: Option<Expr>, name: Name) -> Expr {
    let text = name.text.clone();
    let mut words: Vec<&str> = text.split("__").filter(|word| !word.is_empty()).collect();
    let least = usize::from(base.is_none());
    let mut edits = Vec::new();
    let mut tail = Tail::Nothing;
    if inp.at(K::Equal)
        && words.len() > least
        && let Some(word) = words.last().copied()
    {
        tail = tail_of(inp, word, &mut edits);
    }
    if !matches!(tail, Tail::Nothing) {
        words.pop();
    }
    let function = words.last().and_then(|word| transform(word));
    let function = function.filter(|_| words.len() > least);
    if function.is_some() {
        words.pop();
    }
    let path = words.join(".");
    let start = base.as_ref().map_or(name.span, |base| base.span);
    let mut offer = path.clone();
    match function {
        Some(function) if base.is_some() && path.is_empty() => {
            // `e.pub_date.year`: the dot goes as well.
            let dot = Span {
                start: base.as_ref().map_or(name.span.start, |base| base.span.end),
                ..name.span
            };
            edits.push(Edit {
                span: start.before(),
                text: format!("{function}("),
            });
            edits.push(Edit {
                span: dot,
                text: ")".into(),
            });
            offer = format!("{function}(…)");
        }
        Some(function) => {
            offer = format!("{function}({path})");
            if base.is_some() {
                edits.push(Edit {
                    span: start.before(),
                    text: format!("{function}("),
                });
                edits.push(Edit {
                    span: name.span,
                    text: format!("{path})"),
                });
            } else {
                edits.push(Edit {
                    span: name.span,
                    text: offer.clone(),
                });
            }
        }
        None => edits.push(Edit {
            span: name.span,
            text: path.clone(),
        }),
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let what = if matches!(tail, Tail::Nothing) {
        "a path is written with dots"
    } else {
        "a lookup is an operator, and a path is written with dots"
    };
    inp.knows().report(
        Diagnostic::new(&codes::DJANGO_PATH, name.span, what)
            .label("Django's way")
            .fix_all(Applicability::Exact, format!("write `{offer}`"), edits),
    );
    let path = path_expr(base, words, name.span);
    let value = match function {
        Some(function) => {
            let function = Name {
                text: function.into(),
                span: name.span,
            };
            Expr {
                span: path.span.to(name.span),
                kind: ExprKind::Call(Box::new(call_of(function, vec![path]))),
            }
        }
        None => path,
    };
    let span = inp.since(start);
    let kind = match tail {
        Tail::Nothing | Tail::Operator => return value,
        Tail::Null { negated } => ExprKind::Is {
            operand: Box::new(value),
            negated,
            what: IsTest::Null,
        },
        Tail::Between { low, high } => ExprKind::Between {
            operand: Box::new(value),
            negated: false,
            low,
            high,
        },
    };
    Expr { kind, span }
}

/// What a lookup at the end of a path makes of the `=` behind it.
enum Tail {
    Nothing,
    /// Another operator, in the place of the `=`.
    Operator,
    /// `__isnull=True`.
    Null {
        negated: bool,
    },
    /// `__range=(a, b)`.
    Between {
        low: Box<Expr>,
        high: Box<Expr>,
    },
}

/// Reads the lookup `word` at the `=` behind its path.
fn tail_of(inp: &mut Input<'_, '_>, word: &str, edits: &mut Vec<Edit>) -> Tail {
    let equal = inp.token();
    let span = inp.span_of(equal);
    let space = if equal.adjacent { " " } else { "" };
    if word == "isnull" {
        let holds = inp.kind_at(1) == K::True || inp.is_word_at(1, "true");
        if !holds && inp.kind_at(1) != K::False && !inp.is_word_at(1, "false") {
            return Tail::Nothing;
        }
        inp.bump();
        inp.bump();
        edits.push(Edit {
            span: inp.since(span),
            text: format!("{space}{}", if holds { "is null" } else { "is not null" }),
        });
        return Tail::Null { negated: !holds };
    }
    if word == "range" && matches!(inp.kind_at(1), K::OpenParen | K::OpenBracket) {
        inp.bump();
        let open = inp.bump();
        let low = expr(inp);
        inp.eat(K::Comma);
        let high = expr(inp);
        close(inp, open, "`)`");
        let state = inp.knows();
        let text = format!(
            "{space}between {} and {}",
            state.slice(low.span),
            state.slice(high.span)
        );
        edits.push(Edit {
            span: inp.since(span),
            text,
        });
        return Tail::Between {
            low: Box::new(low),
            high: Box::new(high),
        };
    }
    let Some((operator, written)) = lookup(word) else {
        return Tail::Nothing;
    };
    let text = if equal.adjacent {
        format!(" {written} ")
    } else {
        written.to_owned()
    };
    let position = inp.position();
    inp.knows().lookup = Some((position, operator));
    edits.push(Edit { span, text });
    Tail::Operator
}

/// A path of these words behind `base`, at the place of the name that they were written as.
fn path_expr(base: Option<Expr>, words: Vec<&str>, span: Span) -> Expr {
    let mut expr = base;
    let mut start = span.start;
    for word in words {
        let end = start + u32::try_from(word.len()).unwrap_or(0);
        let part = Name {
            text: word.into(),
            span: Span { start, end, ..span },
        };
        start = end + 2;
        expr = Some(match expr {
            Some(base) => Expr {
                span: base.span.to(part.span),
                kind: ExprKind::Field {
                    base: Box::new(base),
                    name: part,
                },
            },
            None => Expr {
                span: part.span,
                kind: ExprKind::Name(part),
            },
        });
    }
    expr.unwrap_or(Expr {
        kind: ExprKind::Error,
        span,
    })
}
