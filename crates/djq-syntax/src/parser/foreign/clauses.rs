//! Clauses by the words of other languages.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes, nearest};

use super::not_needed;
use crate::ast::{
    BinaryOperator, Binding, Clause, ClauseKind, Expr, ExprKind, JoinKind, Pipeline, SelectItem,
    SelectItemKind, SetOperator,
};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read, describe};
use crate::parser::recovery::{self, another, close, closes};
use crate::parser::{clauses, names, pipelines, shapes};
use crate::token::{Token, TokenKind as K};

/// The clauses of other languages, and djq's.
const WORDS: &[(&str, &str)] = &[
    ("having", "where"),
    ("filter", "where"),
    ("sort", "order by"),
    ("derive", "let"),
    ("take", "limit"),
    ("inner", "join"),
    ("qualify", "where"),
    ("annotate", "let"),
    ("alias", "let"),
    ("aggregate", "select"),
    ("summarize", "select"),
    ("set", "update"),
    ("order_by", "order by"),
    ("orderby", "order by"),
    ("group_by", "group by"),
    ("groupby", "group by"),
    ("fetch", "limit"),
    ("minus", "except"),
];

/// The clause of another language that the token `n` after the next begins, and djq's for it.
fn word(inp: &mut Input<'_, '_>, n: usize) -> Option<&'static str> {
    let token = inp.token_at(n);
    if token.kind != K::Name {
        return None;
    }
    let text = inp.knows().text(token);
    let (_, ours) = WORDS
        .iter()
        .find(|(theirs, _)| text.eq_ignore_ascii_case(theirs))?;
    let next = inp.kind_at(n + 1);
    match text {
        "set" if inp.kind_at(n + 2) != K::Equal => return None,
        "fetch" if next != K::First => return None,
        "minus" => return (next == K::OpenParen).then_some(ours),
        "alias" | "annotate" if next != K::OpenParen => return None,
        _ => {}
    }
    let begins = match next {
        K::Not | K::Case | K::Exists | K::Null | K::True | K::False | K::Left | K::Right => true,
        K::Int
        | K::Decimal
        | K::Float
        | K::Text
        | K::Moment
        | K::Parameter
        | K::OpenParen
        | K::OpenBrace
        | K::Minus
        | K::Bang
        | K::Tilde => true,
        K::Dot => text == "filter" && inp.kind_at(n + 2).is_name(),
        K::Join => *ours == "join",
        kind => kind.is_name() && *ours != "join",
    };
    begins.then_some(ours)
}

/// Whether a clause of another language begins here.
pub(crate) fn clause_at(inp: &mut Input<'_, '_>) -> bool {
    word(inp, 0).is_some()
}

/// Whether one begins after the next token.
pub(crate) fn clause_at_next(inp: &mut Input<'_, '_>) -> bool {
    word(inp, 1).is_some()
}

/// Whether what begins here is run before `select` in SQL.
pub(crate) fn before_select(inp: &mut Input<'_, '_>) -> bool {
    match inp.kind() {
        K::Where | K::Join | K::Left | K::Right | K::Full | K::Cross | K::Group | K::Let => {
            recovery::clause_at(inp, 0)
        }
        _ => matches!(word(inp, 0), Some("where" | "join" | "let")),
    }
}

/// Reads the clause of another language that begins here, if one does.
pub(crate) fn clause(inp: &mut Input<'_, '_>, clauses: &mut Vec<Clause>) -> bool {
    let Some(ours) = word(inp, 0) else {
        return false;
    };
    let token = inp.bump();
    let keyword = inp.span_of(token);
    let theirs = inp.knows().text(token).to_lowercase();
    let mut edits = vec![Edit {
        span: keyword,
        text: ours.to_owned(),
    }];
    let kind = match ours {
        "where" => ClauseKind::Where(expr(inp)),
        "limit" => {
            if theirs == "fetch" {
                // `fetch first 5 rows only`
                inp.bump();
                let next = inp.here();
                if let Some(edit) = edits.first_mut() {
                    edit.span.end = next.start.saturating_sub(1).max(keyword.end);
                }
            }
            let count = expr(inp);
            if theirs == "fetch" {
                let behind = inp.previous().after();
                while matches!(inp.kind(), K::Rows | K::Row) || inp.is_word_at(0, "only") {
                    inp.bump();
                }
                edits.push(Edit {
                    span: Span {
                        end: inp.previous().end.max(behind.end),
                        ..behind
                    },
                    text: String::new(),
                });
            }
            ClauseKind::Limit {
                count,
                per: Vec::new(),
            }
        }
        "join" => {
            let behind = inp.here();
            if inp.eat(K::Join).is_some() {
                edits = vec![Edit {
                    span: Span {
                        end: behind.start,
                        ..keyword
                    },
                    text: String::new(),
                }];
            }
            let source = pipelines::source(inp);
            let on = inp.eat(K::On).map(|_| expr(inp));
            ClauseKind::Join {
                kind: JoinKind::Inner,
                source,
                on,
            }
        }
        "except" => clauses::set_operation(inp, SetOperator::Except),
        "let" => ClauseKind::Let(braced(inp, &mut edits, binding)),
        "select" => ClauseKind::Select(aggregates(inp, &mut edits)),
        "update" => {
            let assignments = clauses::items(inp, shapes::assignment);
            edits = vec![
                Edit {
                    span: keyword,
                    text: "update {".into(),
                },
                Edit {
                    span: inp.previous().after(),
                    text: " }".into(),
                },
            ];
            ClauseKind::Update {
                all: false,
                assignments,
            }
        }
        "group by" => ClauseKind::GroupBy(braced(inp, &mut edits, clauses::group_item)),
        _ => {
            if inp.at(K::By) {
                edits = vec![Edit {
                    span: keyword,
                    text: "order".to_owned(),
                }];
                inp.bump();
            }
            ClauseKind::OrderBy(braced(inp, &mut edits, clauses::order_item))
        }
    };
    let (theirs, ours) = if ours == "join" {
        ("inner join".to_owned(), "join")
    } else {
        (theirs, ours)
    };
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            keyword,
            format!("`{theirs}` is written `{ours}`"),
        )
        .label("a clause of another language")
        .fix_all(Applicability::Exact, format!("write `{ours}`"), edits),
    );
    let guard = inp.eat(K::When).map(|_| expr(inp));
    let span = inp.since(keyword);
    clauses.push(Clause {
        kind,
        guard,
        span,
        keyword,
    });
    true
}

fn binding(inp: &mut Input<'_, '_>) -> Binding {
    let name = names::name(inp, "a name");
    if inp.eat(K::Equal).is_none() {
        inp.unexpected("`=` and a value");
    }
    Binding {
        name,
        value: expr(inp),
    }
}

/// PRQL's `aggregate { n = count() }`: columns with their names before them.
fn aggregates(inp: &mut Input<'_, '_>, edits: &mut Vec<Edit>) -> Vec<SelectItem> {
    let named = braced(inp, edits, |inp| {
        let start = inp.here();
        let named = inp.kind().is_name() && inp.kind_at(1) == K::Equal;
        let name = named.then(|| {
            let token = inp.bump();
            inp.bump();
            inp.name_of(token)
        });
        let (value, call) = super::prql::call(inp)
            .map_or_else(|| (expr(inp), None), |(value, edit)| (value, Some(edit)));
        (start, name, value, call)
    });
    let mut items = Vec::new();
    for (start, name, value, call) in named {
        edits.extend(call);
        if let Some(name) = &name {
            edits.push(Edit {
                span: Span {
                    end: value.span.start,
                    ..start
                },
                text: String::new(),
            });
            edits.push(Edit {
                span: value.span.after(),
                text: format!(" as {}", name.text),
            });
        }
        items.push(SelectItem {
            docs: None,
            span: value.span,
            kind: SelectItemKind::Expr { value, alias: name },
        });
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    items
}

/// A list, perhaps in PRQL's braces or in parentheses, which the fix takes away.
fn braced<'src, 'parse, T>(
    inp: &mut Input<'src, 'parse>,
    edits: &mut Vec<Edit>,
    item: impl Fn(&mut Input<'src, 'parse>) -> T,
) -> Vec<T> {
    let assigned = inp.at(K::OpenParen) && inp.kind_at(2) == K::Equal;
    if !inp.at(K::OpenBrace) && !assigned {
        return clauses::items(inp, item);
    }
    let open = inp.bump();
    let spaced = !open.adjacent;
    edits.push(Edit {
        span: inp.span_of(open),
        text: if spaced { "" } else { " " }.into(),
    });
    let mut items = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        items.push(item(inp));
        let comma = inp.here();
        let was_comma = inp.at(K::Comma);
        more = another(inp, open, "`,` or `}`");
        if was_comma && !more {
            edits.push(Edit {
                span: comma,
                text: String::new(),
            });
        }
    }
    close(inp, open, "`,` or `}`");
    if open.partner != Token::ALONE {
        edits.push(Edit {
            span: inp.previous(),
            text: String::new(),
        });
    }
    items
}

/// The first words of clauses.
pub(super) const CLAUSES: &[&str] = &[
    "from",
    "where",
    "join",
    "let",
    "group",
    "select",
    "distinct",
    "order",
    "limit",
    "offset",
    "union",
    "intersect",
    "except",
    "window",
    "insert",
    "update",
    "delete",
    "returning",
];

/// Reports what stands where a clause should; a misspelt one gets the nearest.
pub(crate) fn not_a_clause(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline) {
    let token = inp.token();
    let span = inp.here();
    let text = inp.knows().text(token);
    let near = (token.kind == K::Name)
        .then(|| nearest(text, CLAUSES.iter().copied()))
        .flatten();
    let begins = pipeline.source.is_none() && pipeline.clauses.is_empty();
    if let Some(near) = near {
        let found = describe(inp.knows(), token);
        let near = match near {
            "order" | "group" if inp.kind_at(1) != K::By => format!("{near} by"),
            near => near.to_owned(),
        };
        inp.knows().complain(
            Diagnostic::new(
                &codes::SYNTAX_ERROR,
                span,
                format!("expected a clause, found {found}"),
            )
            .label("not a clause")
            .fix(Applicability::Likely, format!("write `{near}`"), span, near),
        );
    } else if begins {
        no_pipeline(inp);
    } else {
        match pipeline.clauses.last_mut().map(|clause| &mut clause.kind) {
            Some(ClauseKind::OrderBy(_)) if misspelt_direction(inp) => {}
            Some(ClauseKind::Where(condition)) if inp.at(K::Comma) => {
                listed_condition(inp, condition);
                return;
            }
            Some(ClauseKind::Where(condition)) if begins_operand(token.kind) => {
                missing_operator(inp, condition.span);
            }
            _ => inp.unexpected("an operator or a clause"),
        }
    }
    // What it does to the rows cannot be known.
    pipeline.clauses.push(Clause {
        kind: ClauseKind::Error,
        guard: None,
        span,
        keyword: span,
    });
}

/// What begins a pipeline is neither `from` nor another clause.
fn no_pipeline(inp: &mut Input<'_, '_>) {
    let token = inp.token();
    let span = inp.here();
    let found = describe(inp.knows(), token);
    let word = inp.knows().text(token).to_lowercase();
    let diagnostic = Diagnostic::new(
        &codes::SYNTAX_ERROR,
        span,
        format!("expected a pipeline, found {found}"),
    )
    .label("a pipeline begins with `from` or `select`");
    let diagnostic = match word.as_str() {
        "create" | "drop" | "alter" | "truncate" => {
            diagnostic.help("tables are Django's: its migrations make and change them")
        }
        "begin" | "commit" | "rollback" | "start" => {
            diagnostic.help("transactions are the program's: its driver begins and ends them")
        }
        "show" | "describe" | "use" => {
            diagnostic.help("`djq schema` lists models and their fields")
        }
        _ if begins_operand(token.kind) && !inp.kind_at(1).is_name() => diagnostic.fix(
            Applicability::Likely,
            "write `select`, to compute a value",
            span.before(),
            "select ",
        ),
        _ => diagnostic,
    };
    inp.knows().complain(diagnostic);
}

/// `where a = 1, b = 2`: the comma is an `and`, as in Django's `filter`.
fn listed_condition(inp: &mut Input<'_, '_>, condition: &mut Expr) {
    if super::values::bare_list(inp, condition) {
        return;
    }
    let comma = inp.token();
    let span = inp.here();
    let before = inp.previous();
    inp.bump();
    let next = inp.token();
    let state = inp.knows();
    let digits = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let thousands = comma.adjacent
        && next.adjacent
        && digits(state.text(next))
        && state
            .slice(before)
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_');
    let diagnostic = if thousands {
        Diagnostic::new(
            &codes::MALFORMED_LITERAL,
            before.to(state.span(next)),
            "the digits of a number are grouped by `_`",
        )
        .label("a comma ends the number")
        .fix(Applicability::Exact, "write `_`", span, "_")
    } else {
        Diagnostic::new(
            &codes::FOREIGN_OPERATOR,
            span,
            "conditions are joined by `and` and `or`, not by commas",
        )
        .label("`and` should stand here")
        .fix(Applicability::Exact, "write `and`", span, " and")
    };
    state.report(diagnostic);
    let right = expr(inp);
    if thousands {
        return;
    }
    let left = std::mem::replace(
        condition,
        Expr {
            kind: ExprKind::Error,
            span,
        },
    );
    *condition = Expr {
        span: left.span.to(right.span),
        kind: ExprKind::Binary {
            operator: BinaryOperator::And,
            negated: false,
            operator_span: span,
            left: Box::new(left),
            right: Box::new(right),
        },
    };
}

/// `order by title dsc`.
fn misspelt_direction(inp: &mut Input<'_, '_>) -> bool {
    let token = inp.token();
    let span = inp.here();
    let text = inp.knows().text(token);
    let direction = match text.chars().next().map(|first| first.to_ascii_lowercase()) {
        Some('d') => ["desc", "descending"],
        _ => ["asc", "ascending"],
    };
    if token.kind != K::Name || nearest(text, direction).is_none() {
        return false;
    }
    let [direction, _] = direction;
    inp.knows().complain(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            span,
            format!("expected `asc`, `desc` or a clause, found `{text}`"),
        )
        .label("not a direction")
        .fix(
            Applicability::Likely,
            format!("write `{direction}`"),
            span,
            direction,
        ),
    );
    true
}

fn begins_operand(kind: K) -> bool {
    kind.is_name()
        || matches!(
            kind,
            K::QuotedName | K::Parameter | K::Int | K::Decimal | K::Float | K::Text | K::Moment
        )
}

/// `where a b`.
fn missing_operator(inp: &mut Input<'_, '_>, before: Span) {
    let span = inp.here();
    let token = inp.token();
    let found = describe(inp.knows(), token);
    inp.knows().complain(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            span,
            format!("an operator is missing before {found}"),
        )
        .label("neither an operator nor a clause")
        .because(before, "the condition ends here")
        .help("conditions are joined by `and` and `or`, values compared by `=` and its kin"),
    );
}

/// SQL's `;`.
pub(crate) fn semicolon(inp: &mut Input<'_, '_>) {
    let span = inp.here();
    inp.bump();
    inp.knows().report(
        Diagnostic::new(&codes::SEMICOLON, span, "nothing ends with `;`")
            .label("not needed")
            .fix(Applicability::Exact, "remove it", span, ""),
    );
}

/// `left outer join`: the word that says nothing.
pub(crate) fn outer(inp: &mut Input<'_, '_>) {
    if inp.is_word_at(0, "outer") {
        not_needed(inp, "`left join` is outer by itself", "remove `outer`");
    }
}

/// `join lateral ( … )`: a source may use the names on its left without the word.
pub(crate) fn lateral(inp: &mut Input<'_, '_>) {
    if inp.is_word_at(0, "lateral") && inp.kind_at(1) == K::OpenParen {
        not_needed(
            inp,
            "a source that uses the names on its left is lateral by itself",
            "remove `lateral`",
        );
    }
}
