//! The time by the methods of Python's modules.

use djq_diagnostics::{Applicability, Diagnostic, codes};

use super::call_of;
use crate::ast::{Expr, ExprKind};
use crate::parser::input::{Input, Read};
use crate::parser::recovery::skip_group;
use crate::token::TokenKind as K;

/// A method of Python's modules for the time: `datetime.now()`, `timezone.now()`, `date.today()`.
pub(crate) fn clock(inp: &mut Input<'_, '_>, base: &Expr) -> Option<Expr> {
    let ExprKind::Name(module) = &base.kind else {
        return None;
    };
    if !matches!(&*module.text, "datetime" | "timezone" | "date" | "dt") {
        return None;
    }
    let ours = if inp.is_word_at(1, "now") || inp.is_word_at(1, "utcnow") {
        "now"
    } else if inp.is_word_at(1, "today") {
        "today"
    } else {
        return None;
    };
    if inp.kind_at(2) != K::OpenParen {
        return None;
    }
    inp.bump();
    let token = inp.bump();
    let mut name = inp.name_of(token);
    name.text = ours.into();
    skip_group(inp);
    let span = inp.since(base.span);
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CALL,
            span,
            format!("the time is a function: `{ours}()`"),
        )
        .label("Python's way")
        .fix(
            Applicability::Exact,
            format!("write `{ours}()`"),
            span,
            format!("{ours}()"),
        ),
    );
    Some(Expr {
        kind: ExprKind::Call(Box::new(call_of(name, Vec::new()))),
        span,
    })
}
