//! Clauses by the words of other languages.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes, nearest};

use crate::ast::{Binding, Clause, ClauseKind, Expr, JoinKind, Name};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read, describe};
use crate::parser::recovery::{self, another, close, closes};
use crate::parser::{clauses, names, pipelines};
use crate::token::{Token, TokenKind as K};

/// The clauses of other languages, and djq's.
const WORDS: &[(&str, &str)] = &[
    ("having", "where"),
    ("filter", "where"),
    ("sort", "order by"),
    ("derive", "let"),
    ("take", "limit"),
    ("inner", "join"),
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
        | K::Bang => true,
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
        "limit" => ClauseKind::Limit {
            count: expr(inp),
            per: Vec::new(),
        },
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
        "let" => ClauseKind::Let(braced(inp, &mut edits, |inp| {
            let name = names::name(inp, "a name");
            if inp.eat(K::Equal).is_none() {
                inp.unexpected("`=` and a value");
            }
            Binding {
                name,
                value: expr(inp),
            }
        })),
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

/// A list, perhaps in PRQL's braces, which the fix takes away.
fn braced<'src, 'parse, T>(
    inp: &mut Input<'src, 'parse>,
    edits: &mut Vec<Edit>,
    item: impl Fn(&mut Input<'src, 'parse>) -> T,
) -> Vec<T> {
    if !inp.at(K::OpenBrace) {
        return clauses::items(inp, item);
    }
    let open = inp.bump();
    edits.push(Edit {
        span: inp.span_of(open),
        text: String::new(),
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

/// Reports what stands where a clause should; a misspelt one gets the nearest.
pub(crate) fn not_a_clause(inp: &mut Input<'_, '_>, clauses: &[Clause]) {
    const CLAUSES: &[&str] = &[
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
    let token = inp.token();
    let span = inp.here();
    let text = inp.knows().text(token);
    let near = (token.kind == K::Name)
        .then(|| nearest(text, CLAUSES.iter().copied()))
        .flatten();
    if let Some(near) = near {
        let found = describe(inp.knows(), token);
        inp.knows().complain(
            Diagnostic::new(
                &codes::SYNTAX_ERROR,
                span,
                format!("expected a clause, found {found}"),
            )
            .label("not a clause")
            .fix(Applicability::Likely, format!("write `{near}`"), span, near),
        );
        return;
    }
    match clauses.last().map(|clause| &clause.kind) {
        Some(ClauseKind::OrderBy(_)) if misspelt_direction(inp) => {}
        Some(ClauseKind::Where(condition)) if begins_operand(token.kind) => {
            missing_operator(inp, condition);
        }
        _ => inp.unexpected("an operator or a clause"),
    }
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
fn missing_operator(inp: &mut Input<'_, '_>, condition: &Expr) {
    let before = condition.span;
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
    if !inp.is_word_at(0, "outer") {
        return;
    }
    let span = inp.here();
    inp.bump();
    let next = inp.here();
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            span,
            "`left join` is outer by itself",
        )
        .label("not needed")
        .fix(
            Applicability::Exact,
            "remove `outer`",
            Span {
                end: next.start.max(span.end),
                ..span
            },
            "",
        ),
    );
}

/// `from Entry e`: an alias without `as`.
pub(crate) fn bare_alias(inp: &mut Input<'_, '_>, in_list: bool) -> Option<Name> {
    let token = inp.token();
    if token.kind != K::Name || token.first_on_line || word(inp, 0).is_some() {
        return None;
    }
    let next = inp.token_at(1);
    let ends = next.first_on_line
        || next.kind.is_reserved()
        || next.kind.closes()
        || matches!(next.kind, K::Comma | K::End | K::Semicolon);
    if !ends {
        return None;
    }
    let span = inp.here();
    let text = inp.knows().text(token);
    let mut diagnostic = Diagnostic::new(
        &codes::SYNTAX_ERROR,
        span,
        format!("a name for it needs `as`: `as {text}`"),
    )
    .label("`as` should stand before this")
    .fix(Applicability::Exact, "write `as`", span.before(), "as ");
    if in_list {
        diagnostic = diagnostic
            .label("`as` or a comma should stand before this")
            .fix(
                Applicability::Likely,
                "write a comma, if it is an output of its own",
                inp.previous().after(),
                ",",
            );
    }
    inp.knows().complain(diagnostic);
    inp.knows().recovered();
    inp.bump();
    Some(inp.name_of(token))
}

/// `union select …`: the right side without parentheses.
pub(crate) fn bare_set_operand(inp: &mut Input<'_, '_>, right: Span) {
    let edits = vec![
        Edit {
            span: right.before(),
            text: "(".into(),
        },
        Edit {
            span: right.after(),
            text: ")".into(),
        },
    ];
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            right,
            "the right side of a set operation stands in parentheses",
        )
        .label("without parentheses")
        .fix_all(Applicability::Exact, "put it in parentheses", edits),
    );
}
