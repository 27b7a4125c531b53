//! Text lookups on PostgreSQL.

use crate::dialect::{Binding, Form, constant::in_template, operand, pattern};
use djq_check::hir::Lookup;
use djq_plan::plan::Expr;

/// The form of a lookup.
pub(super) fn spell(lookup: Lookup, _value: &Expr, pattern: &Expr) -> Form {
    if let Some(form) = operand::text(pattern).and_then(|text| literal(lookup, text)) {
        return form;
    }
    let comparison = |sql: &'static str| Form::infix(sql, Binding::Comparison, Binding::Other);
    match lookup {
        Lookup::Like => comparison("{0} LIKE {1}"),
        Lookup::ILike => comparison("{0} ILIKE {1}"),
        Lookup::Contains => comparison("strpos({0}, {1}) > 0"),
        Lookup::IContains => comparison("strpos(lower({0}), lower({1})) > 0"),
        Lookup::StartsWith => Form::atom("starts_with({0}, {1})"),
        Lookup::IStartsWith => Form::atom("starts_with(lower({0}), lower({1}))"),
        Lookup::EndsWith => comparison("right({0}, char_length({1})) = {1}"),
        Lookup::IEndsWith => comparison("right(lower({0}), char_length(lower({1}))) = lower({1})"),
        Lookup::IExact => comparison("lower({0}) = lower({1})"),
        Lookup::Regex => comparison("{0} ~ {1}"),
        Lookup::IRegex => comparison("{0} ~* {1}"),
    }
}

/// The form where the pattern is a literal.
fn literal(lookup: Lookup, text: &str) -> Option<Form> {
    let insensitive = match lookup {
        Lookup::Like | Lookup::Contains | Lookup::StartsWith | Lookup::EndsWith => false,
        Lookup::ILike | Lookup::IContains | Lookup::IStartsWith | Lookup::IEndsWith => true,
        Lookup::IExact | Lookup::Regex | Lookup::IRegex => return None,
    };
    let (sql, escapes) = pattern::sql_like(&pattern::parts(lookup, text)?);
    Some(Form::infix(
        format!(
            "{{0}} {} {}{}",
            if insensitive { "ILIKE" } else { "LIKE" },
            in_template(&quoted(&sql)),
            if escapes { " ESCAPE '!'" } else { "" }
        ),
        Binding::Comparison,
        Binding::Other,
    ))
}

/// A literal that means the same whatever `standard_conforming_strings` says.
fn quoted(text: &str) -> String {
    if text.contains('\\') {
        format!(
            "E{}",
            crate::dialect::constant::quoted(&text.replace('\\', "\\\\"))
        )
    } else {
        crate::dialect::constant::quoted(text)
    }
}
