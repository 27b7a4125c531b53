//! Django's own spellings: `author__name`, `Entry.objects.filter(…)`.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use crate::ast::{
    BinaryOperator, Clause, ClauseKind, Expr, ExprKind, Name, Pipeline, Source, SourceKind,
    UnaryOperator,
};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::recovery::{another, close, closes};
use crate::token::{Token, TokenKind as K};

/// Whether a name is several with `__` between, which no field of Django may be.
pub(crate) fn is_django_path(name: &Name) -> bool {
    name.text.contains("__") && !name.text.starts_with('_') && !name.text.ends_with('_')
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

/// `author__name` behind `base.`, or alone: the path that it stands for.
pub(crate) fn django_path(inp: &mut Input<'_, '_>, base: Option<Expr>, name: Name) -> Expr {
    let mut words: Vec<&str> = name
        .text
        .split("__")
        .filter(|word| !word.is_empty())
        .collect();
    let mut edits = Vec::new();
    let mut operator = None;
    if inp.at(K::Equal) {
        operator = words
            .last()
            .and_then(|word| lookup(word))
            .filter(|_| words.len() > 1 || base.is_some());
        if let Some((operator, written)) = operator {
            words.pop();
            let position = inp.position();
            let equal = inp.token();
            let span = inp.span_of(equal);
            let text = if equal.adjacent {
                format!(" {written} ")
            } else {
                written.to_owned()
            };
            inp.knows().lookup = Some((position, operator));
            edits.push(Edit { span, text });
        }
    }
    let path = words.join(".");
    edits.insert(
        0,
        Edit {
            span: name.span,
            text: path.clone(),
        },
    );
    let what = if operator.is_some() {
        "a lookup is an operator, and a path is written with dots"
    } else {
        "a path is written with dots"
    };
    inp.knows().report(
        Diagnostic::new(&codes::DJANGO_PATH, name.span, what)
            .label("Django's way")
            .fix_all(Applicability::Exact, format!("write `{path}`"), edits),
    );
    let mut expr = base;
    let mut start = name.span.start;
    for word in words {
        let end = start + u32::try_from(word.len()).unwrap_or(0);
        let part = Name {
            text: word.into(),
            span: Span {
                start,
                end,
                ..name.span
            },
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
        span: name.span,
    })
}

const METHODS: &[&str] = &["filter", "exclude", "all"];

/// Whether `.objects.filter(`, at its first dot, comes next.
pub(crate) fn is_manager(inp: &mut Input<'_, '_>) -> bool {
    inp.is_word_at(1, "objects") && inp.kind_at(2) == K::Dot && method(inp, 3).is_some()
}

/// Whether `Name.objects.filter(` begins here.
pub(crate) fn manager_ahead(inp: &mut Input<'_, '_>) -> bool {
    inp.is_word_at(2, "objects") && inp.kind_at(3) == K::Dot
}

fn method(inp: &mut Input<'_, '_>, n: usize) -> Option<&'static str> {
    let token = inp.token_at(n);
    if inp.kind_at(n + 1) != K::OpenParen {
        return None;
    }
    let text = if token.kind == K::All {
        "all"
    } else {
        inp.knows().text(token)
    };
    METHODS.iter().copied().find(|method| *method == text)
}

/// `.objects.filter(a=1).exclude(b=2)` behind a model: the pipeline that it stands for.
pub(crate) fn manager(inp: &mut Input<'_, '_>, base: Expr) -> Expr {
    let start = base.span;
    let before = inp.position();
    let mut edits = Vec::new();
    let mut clauses = Vec::new();
    let dot = inp.here();
    inp.bump();
    inp.bump();
    let objects = inp.since(dot);
    edits.push(Edit {
        span: objects,
        text: String::new(),
    });
    while inp.at(K::Dot) {
        let Some(method) = method(inp, 1) else { break };
        let from = inp.here();
        inp.bump();
        inp.bump();
        let open = inp.bump();
        call(inp, method, from, open, &mut edits, &mut clauses);
    }
    let span = inp.since(start);
    let wrapped = wraps(inp, before, start);
    match wrapped {
        Wrap::From => edits.insert(
            0,
            Edit {
                span: start.before(),
                text: "from ".into(),
            },
        ),
        Wrap::Parentheses => {
            edits.insert(
                0,
                Edit {
                    span: start.before(),
                    text: "(".into(),
                },
            );
            edits.push(Edit {
                span: span.after(),
                text: ")".into(),
            });
        }
        Wrap::Nothing => {}
    }
    let edits = merge(edits);
    inp.knows().report(
        Diagnostic::new(
            &codes::DJANGO_MANAGER,
            objects,
            "managers do not apply: a model is read by `from`, and `where` filters it",
        )
        .label("Django's way")
        .fix_all(Applicability::Exact, "write `where`", edits),
    );
    if clauses.is_empty() {
        return base;
    }
    let source = Source {
        span: base.span,
        kind: SourceKind::Expr(Box::new(base)),
        alias: None,
    };
    let pipeline = Pipeline {
        with: Vec::new(),
        recursive: None,
        source: Some(source),
        clauses,
        span,
    };
    Expr {
        kind: ExprKind::Pipeline(Box::new(pipeline)),
        span,
    }
}

/// One method's conditions.
fn call(
    inp: &mut Input<'_, '_>,
    method: &str,
    from: Span,
    open: Token,
    edits: &mut Vec<Edit>,
    clauses: &mut Vec<Clause>,
) {
    let head = inp.since(from);
    let negated = method == "exclude";
    let mut conditions = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        conditions.push(expr(inp));
        let comma = inp.here();
        let was_comma = inp.at(K::Comma);
        more = another(inp, open, "`,` or `)`");
        if was_comma {
            edits.push(Edit {
                span: comma,
                text: if more { " and".into() } else { String::new() },
            });
        }
    }
    close(inp, open, "`,` or `)`");
    let text = match (conditions.is_empty(), negated) {
        (true, _) => "",
        (false, false) => " where ",
        (false, true) => " where not (",
    };
    let tail = if negated && !conditions.is_empty() {
        ")"
    } else {
        ""
    };
    edits.push(Edit {
        span: head,
        text: text.into(),
    });
    edits.push(Edit {
        span: inp.previous(),
        text: tail.into(),
    });
    let span = inp.since(from);
    let condition = conditions.into_iter().reduce(|left, right| Expr {
        span: left.span.to(right.span),
        kind: ExprKind::Binary {
            operator: BinaryOperator::And,
            negated: false,
            operator_span: left.span.after(),
            left: Box::new(left),
            right: Box::new(right),
        },
    });
    if let Some(condition) = condition {
        let condition = if negated {
            Expr {
                span: condition.span,
                kind: ExprKind::Unary {
                    operator: UnaryOperator::Not,
                    operator_span: head,
                    operand: Box::new(condition),
                },
            }
        } else {
            condition
        };
        clauses.push(Clause {
            kind: ClauseKind::Where(condition),
            guard: None,
            span,
            keyword: head,
        });
    }
}

/// What must stand around the pipeline that replaces a manager.
enum Wrap {
    Nothing,
    From,
    Parentheses,
}

fn wraps(inp: &mut Input<'_, '_>, dot: usize, base: Span) -> Wrap {
    let end = inp.token();
    let state = inp.knows();
    let first = state
        .tokens
        .partition_point(|token| token.start < base.start)
        .min(dot);
    let before = first
        .checked_sub(1)
        .and_then(|before| state.tokens.get(before));
    match before.map(|token| token.kind) {
        Some(K::From) => Wrap::Nothing,
        None | Some(K::OpenBrace | K::CloseBrace) => Wrap::From,
        Some(K::OpenParen) if end.kind == K::CloseParen => Wrap::Nothing,
        _ => Wrap::Parentheses,
    }
}

/// Edits in order.
fn merge(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}
