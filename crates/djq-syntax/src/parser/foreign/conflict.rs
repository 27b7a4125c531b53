//! SQL's `do update set a = 1`, which djq writes `update { a = 1 }`.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use crate::ast::Assignment;
use crate::parser::input::{Input, Read};
use crate::parser::{clauses, shapes};
use crate::token::TokenKind as K;

/// The `do` of `do update`.
pub(crate) fn skip_do(inp: &mut Input<'_, '_>) -> Option<Span> {
    if !inp.at(K::Do) || inp.kind_at(1) != K::Update {
        return None;
    }
    let span = inp.here();
    inp.bump();
    let next = inp.here();
    Some(Span {
        end: next.start,
        ..span
    })
}

/// The assignments behind `update`, in djq's braces or behind SQL's `set`.
pub(crate) fn update_assignments(
    inp: &mut Input<'_, '_>,
    skipped: Option<Span>,
) -> Vec<Assignment> {
    let mut edits: Vec<Edit> = skipped
        .map(|span| Edit {
            span,
            text: String::new(),
        })
        .into_iter()
        .collect();
    let start = skipped.unwrap_or_else(|| inp.here());
    let assignments = if inp.is_word_at(0, "set") && inp.kind_at(2) == K::Equal {
        let word = inp.here();
        inp.bump();
        edits.push(Edit {
            span: word,
            text: "{".into(),
        });
        let assignments = clauses::items(inp, shapes::assignment);
        edits.push(Edit {
            span: inp.previous().after(),
            text: " }".into(),
        });
        assignments
    } else if inp.kind().is_name() && inp.kind_at(1) == K::Equal {
        let before = inp.here().before();
        edits.push(Edit {
            span: before,
            text: "{ ".into(),
        });
        let assignments = clauses::items(inp, shapes::assignment);
        edits.push(Edit {
            span: inp.previous().after(),
            text: " }".into(),
        });
        assignments
    } else {
        shapes::assignments(inp)
    };
    if !edits.is_empty() {
        let span = start;
        inp.knows().report(
            Diagnostic::new(
                &codes::FOREIGN_ASSIGNMENT,
                span,
                "assignments stand in braces behind `update`",
            )
            .label("SQL's way")
            .fix_all(Applicability::Exact, "write `update { … }`", edits),
        );
    }
    assignments
}
