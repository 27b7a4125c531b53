//! Full-text search on PostgreSQL, in the session's own configuration, as Django's.

use crate::dialect::{Binding, Form, operand::base};
use djq_check::Type;
use djq_plan::plan::Expr;

/// The document that the first operand is or becomes.
fn document(operands: &[Expr]) -> &'static str {
    match base(operands, 0) {
        Type::SearchVector => "{0}",
        _ => "to_tsvector({0})",
    }
}

pub(super) fn search(operands: &[Expr]) -> Form {
    Form::infix(
        format!("{} @@ plainto_tsquery({{1}})", document(operands)),
        Binding::Other,
        Binding::Atom,
    )
}

pub(super) fn rank(operands: &[Expr]) -> Form {
    Form::atom(format!(
        "ts_rank({}, plainto_tsquery({{1}}))::double precision",
        document(operands)
    ))
}

pub(super) const SIMILARITY: &str = "similarity({0}, {1})::double precision";

pub(super) const HEADLINE: &str = "ts_headline({0}, plainto_tsquery({1}))";
