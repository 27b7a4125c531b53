//! SQL's `select`, which stands before `from` and takes `distinct`.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use crate::parser::input::{Input, Read};
use crate::parser::{clauses, names};
use crate::token::TokenKind as K;

/// The `distinct` of `select distinct a, b`.
pub(crate) fn select_distinct(inp: &mut Input<'_, '_>) -> Option<Span> {
    if !inp.at(K::Distinct) || names::reserved_is_name(inp) || inp.kind_at(1) == K::On {
        return None;
    }
    let span = inp.here();
    inp.bump();
    Some(span)
}

/// The `distinct on (k)` of SQL's `select distinct on (k) a, b`: a clause of its own here, before `select`.
pub(crate) fn select_distinct_on(inp: &mut Input<'_, '_>, select: Span) {
    if !inp.at(K::Distinct) || inp.kind_at(1) != K::On || inp.kind_at(2) != K::OpenParen {
        return;
    }
    let start = inp.here();
    inp.bump();
    let _ = clauses::distinct(inp);
    let clause = inp.since(start);
    let state = inp.knows();
    let text = state.slice(clause).to_owned();
    let rest = state.text.get(clause.end as usize..).unwrap_or("");
    let space = rest.len() - rest.trim_start().len();
    let removed = Span::new(
        clause.file,
        clause.start as usize,
        clause.end as usize + space,
    );
    state.report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            clause,
            "`distinct on` is a clause of its own, below `order by` and above `select`",
        )
        .label("belongs before `select`")
        .fix_all(
            Applicability::Likely,
            "write it before `select`",
            vec![
                Edit {
                    span: select.before(),
                    text: format!("{text} "),
                },
                Edit {
                    span: removed,
                    text: String::new(),
                },
            ],
        ),
    );
}

/// Reports it, when the list behind has been read: `distinct` is a clause behind `select`.
pub(crate) fn report_select_distinct(inp: &mut Input<'_, '_>, distinct: Span) {
    let behind = inp.previous().after();
    let state = inp.knows();
    let rest = state.text.get(distinct.end as usize..).unwrap_or("");
    let space = rest.len() - rest.trim_start().len();
    let removed = Span::new(
        distinct.file,
        distinct.start as usize,
        distinct.end as usize + space,
    );
    let edits = vec![
        Edit {
            span: removed,
            text: String::new(),
        },
        Edit {
            span: behind,
            text: " distinct".into(),
        },
    ];
    state.report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            distinct,
            "`distinct` is a clause of its own, after `select`",
        )
        .label("belongs behind the list")
        .fix_all(Applicability::Exact, "write it behind the list", edits),
    );
}

/// Reports a `select` that stands before its `from`; `behind` is where it belongs.
pub(crate) fn select_before_from(
    inp: &mut Input<'_, '_>,
    keyword: Span,
    whole: Span,
    from: Span,
    behind: Span,
) {
    let state = inp.knows();
    let text = state.slice(whole);
    let line = state
        .text
        .get(..whole.start as usize)
        .and_then(|before| before.rsplit('\n').next())
        .unwrap_or("");
    let several_lines = state
        .slice(Span {
            start: whole.start,
            end: behind.end,
            ..whole
        })
        .contains('\n');
    let separator = if several_lines && line.trim().is_empty() {
        format!("\n{line}")
    } else {
        " ".to_owned()
    };
    let rest = state.text.get(whole.end as usize..).unwrap_or("");
    let space = rest.len() - rest.trim_start().len();
    let removed = Span::new(whole.file, whole.start as usize, whole.end as usize + space);
    let edits = vec![
        Edit {
            span: removed,
            text: String::new(),
        },
        Edit {
            span: behind,
            text: format!("{separator}{text}"),
        },
    ];
    state.report(
        Diagnostic::new(
            &codes::SELECT_FIRST,
            keyword,
            "`from` comes first: clauses stand in the order they happen",
        )
        .label("belongs behind the clauses that it reads")
        .because(from, "the pipeline begins here")
        .fix_all(Applicability::Exact, "move `select` down", edits),
    );
}
