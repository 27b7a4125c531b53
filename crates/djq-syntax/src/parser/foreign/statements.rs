//! SQL's statements that change rows: `update M set …`, `delete from M`; and `begin`.
//!
//! djq names the rows first and what happens to them last.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use crate::ast::{Clause, ClauseKind, Name, Pipeline};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::{clauses, pipelines, shapes};
use crate::token::TokenKind as K;

/// Reads SQL's `update` or `delete` at the head of a pipeline, if one stands here.
pub(crate) fn statement(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline) -> bool {
    let next = inp.kind_at(1);
    let is_model = matches!(next, K::Name | K::QuotedName);
    match inp.kind() {
        K::Update if is_model && !inp.is_word_at(1, "set") => update(inp, pipeline),
        K::Delete if next == K::From || is_model => delete(inp, pipeline),
        _ => return false,
    }
    true
}

/// `update M as e set a = 1 where c` is `from M as e where c update { a = 1 }`.
fn update(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline) {
    let keyword = inp.here();
    inp.bump();
    let mut edits = vec![Edit {
        span: keyword,
        text: "from".into(),
    }];
    source(inp, pipeline, &mut edits);
    let set = inp.here();
    if !inp.is_word_at(0, "set") {
        inp.unexpected("`set` and assignments");
        return;
    }
    inp.bump();
    let first = inp.here();
    let assignments = clauses::items(inp, shapes::assignment);
    let list = inp.since(first);
    let other = other_source(inp);
    let condition = condition(inp, pipeline);
    let behind = inp.previous().after();
    let text = inp.knows().slice(list).to_owned();
    if let Some((source, at)) = other {
        let name = inp.knows().slice(source.span).to_owned();
        let on = match pipeline.clauses.pop().map(|clause| clause.kind) {
            Some(ClauseKind::Where(on)) if condition.is_some() => on,
            _ => {
                inp.knows().report(
                    Diagnostic::new(
                        &codes::FOREIGN_STATEMENT,
                        keyword,
                        "the rows come first: `from M join N on … update { … }`",
                    )
                    .label("a statement as SQL has it")
                    .because(at, "read first"),
                );
                return;
            }
        };
        edits.push(Edit {
            span: Span {
                end: on.span.start,
                ..set
            },
            text: format!("join {name} on "),
        });
        edits.push(Edit {
            span: behind,
            text: format!(" update all {{ {text} }}"),
        });
        report(
            inp,
            keyword,
            "the rows come first: `from M join N on … update { … }`",
            vec![(
                Applicability::Exact,
                "name the rows and those beside them, then what is set",
                edits,
            )],
        );
        pipeline.clauses.push(Clause {
            kind: ClauseKind::Join {
                kind: crate::ast::JoinKind::Inner,
                source,
                on: Some(on),
            },
            guard: None,
            span: at,
            keyword: at,
        });
        pipeline.clauses.push(Clause {
            kind: ClauseKind::Update {
                all: true,
                assignments,
            },
            guard: None,
            span: set.to(list),
            keyword: set,
        });
        return;
    }
    match condition {
        Some(found) => {
            edits.push(Edit {
                span: Span {
                    end: found.start,
                    ..set
                },
                text: String::new(),
            });
            let space = space_before(inp, found);
            edits.push(Edit {
                span: behind,
                text: format!("{space}update {{ {text} }}"),
            });
        }
        None => {
            edits.push(Edit {
                span: set,
                text: "update all {".into(),
            });
            edits.push(Edit {
                span: behind,
                text: " }".into(),
            });
        }
    }
    report(
        inp,
        keyword,
        "the rows come first: `from M where … update { … }`",
        vec![(
            Applicability::Exact,
            "name the rows, then what is set",
            edits,
        )],
    );
    pipeline.clauses.push(Clause {
        kind: ClauseKind::Update {
            all: condition.is_none(),
            assignments,
        },
        guard: None,
        span: set.to(list),
        keyword: set,
    });
}

/// PostgreSQL's `from N` behind the assignments.
fn other_source(inp: &mut Input<'_, '_>) -> Option<(crate::ast::Source, Span)> {
    if !inp.at(K::From) {
        return None;
    }
    let at = inp.here();
    inp.bump();
    Some((pipelines::source(inp), at))
}

/// `delete from M where c` is `from M where c delete restrict`, or `cascade` as Django does it.
fn delete(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline) {
    let keyword = inp.here();
    inp.bump();
    let mut edits = Vec::new();
    if inp.at(K::From) {
        let from = inp.here();
        edits.push(Edit {
            span: Span {
                end: from.start,
                ..keyword
            },
            text: String::new(),
        });
        inp.bump();
    } else {
        edits.push(Edit {
            span: keyword,
            text: "from".into(),
        });
    }
    source(inp, pipeline, &mut edits);
    let condition = condition(inp, pipeline);
    let behind = inp.previous().after();
    let (space, all) = match condition {
        Some(found) => (space_before(inp, found), ""),
        None => (" ".to_owned(), "all "),
    };
    let with = |mode: &str| {
        let mut edits = edits.clone();
        edits.push(Edit {
            span: behind,
            text: format!("{space}delete {all}{mode}"),
        });
        edits
    };
    report(
        inp,
        keyword,
        "the rows come first: `from M where … delete …`",
        vec![
            (
                Applicability::Exact,
                "name the rows; the database refuses where others point to them",
                with("restrict"),
            ),
            (
                Applicability::Likely,
                "or delete as Django does, each `on_delete` carried out",
                with("cascade"),
            ),
        ],
    );
    pipeline.clauses.push(Clause {
        kind: ClauseKind::Delete {
            all: condition.is_none(),
            mode: Some(Name {
                text: "restrict".into(),
                span: keyword,
            }),
        },
        guard: None,
        span: keyword,
        keyword,
    });
}

/// The model with its alias, which SQL writes with or without `as`.
fn source(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline, edits: &mut Vec<Edit>) {
    let mut source = pipelines::source(inp);
    if source.alias.is_none() && inp.at(K::Name) && inp.is_word_at(1, "set") {
        let token = inp.bump();
        let alias = inp.name_of(token);
        edits.push(Edit {
            span: alias.span.before(),
            text: "as ".into(),
        });
        source.span = source.span.to(alias.span);
        source.alias = Some(alias);
    }
    pipeline.source = Some(source);
}

/// The `where` behind, with where its word stands.
fn condition(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline) -> Option<Span> {
    if !inp.at(K::Where) {
        return None;
    }
    let keyword = inp.here();
    inp.bump();
    let condition = expr(inp);
    let span = inp.since(keyword);
    pipeline.clauses.push(Clause {
        kind: ClauseKind::Where(condition),
        guard: None,
        span,
        keyword,
    });
    Some(keyword)
}

/// The space that stands before a clause, for another one to stand as it does.
fn space_before(inp: &mut Input<'_, '_>, clause: Span) -> String {
    let state = inp.knows();
    let before = state.text.get(..clause.start as usize).unwrap_or("");
    let space = before.get(before.trim_end().len()..).unwrap_or("");
    if space.contains('\n') {
        space.to_owned()
    } else {
        " ".to_owned()
    }
}

pub(super) fn report(
    inp: &mut Input<'_, '_>,
    keyword: Span,
    message: &str,
    fixes: Vec<(Applicability, &str, Vec<Edit>)>,
) {
    let mut diagnostic = Diagnostic::new(&codes::FOREIGN_STATEMENT, keyword, message)
        .label("a statement as SQL has it");
    for (applicability, message, edits) in fixes {
        diagnostic = diagnostic.fix_all(applicability, message, edits);
    }
    inp.knows().report(diagnostic);
}

/// `begin;` before a pipeline.
pub(crate) fn transaction(inp: &mut Input<'_, '_>) {
    let begins = ["begin", "start", "commit", "rollback"]
        .iter()
        .any(|word| inp.is_word_at(0, word));
    let words = if inp.is_word_at(1, "transaction") {
        2
    } else {
        1
    };
    if !begins || inp.kind_at(words) != K::Semicolon {
        return;
    }
    let start = inp.here();
    for _ in 0..=words {
        inp.bump();
    }
    let word = inp.knows().slice(start).to_lowercase();
    let span = inp.since(start);
    let next = inp.here();
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_STATEMENT,
            span,
            format!("`{word}` is the program's: its driver begins and ends transactions"),
        )
        .label("no query")
        .fix(
            Applicability::Exact,
            "remove it",
            Span {
                end: next.start.max(span.end),
                ..span
            },
            "",
        ),
    );
}
