//! Text lookups on SQLite: its LIKE does not mind the case of ASCII letters, GLOB minds all.

use crate::dialect::{
    Binding, Form,
    constant::{in_template, quoted},
    operand,
    pattern::{self, Part},
};
use djq_check::hir::Lookup;
use djq_plan::plan::Expr;

/// A bound pattern of `like` as one of GLOB, by places of its own for what is escaped.
const GLOB: &str = "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace({1}, \
'[', '[[]'), '*', '[*]'), '?', '[?]'), '\\\\', char(1)), '\\%', char(2)), '\\_', char(3)), '\\', ''), '%', '*'), '_', '?'), \
char(2), '%'), char(3), '_')";

/// The form of a lookup.
pub(super) fn spell(lookup: Lookup, pattern: &Expr) -> Form {
    if let Some(form) = operand::text(pattern).and_then(|text| literal(lookup, text)) {
        return form;
    }
    let comparison = |sql: &str| Form::infix(sql.to_owned(), Binding::Comparison, Binding::Atom);
    let lowered = |sql: &str| comparison(sql).registering("djq_lower");
    match lookup {
        Lookup::Like => comparison(&format!("{{0}} GLOB replace({GLOB}, char(1), '\\')")),
        Lookup::ILike => lowered(&format!(
            "djq_lower({{0}}) GLOB djq_lower(replace({GLOB}, char(1), '\\'))"
        )),
        Lookup::Contains => comparison("instr({0}, {1}) > 0"),
        Lookup::IContains => lowered("instr(djq_lower({0}), djq_lower({1})) > 0"),
        Lookup::StartsWith => comparison("instr({0}, {1}) = 1"),
        Lookup::IStartsWith => lowered("instr(djq_lower({0}), djq_lower({1})) = 1"),
        Lookup::EndsWith => comparison("substr({0}, length({0}) - length({1}) + 1) = {1}"),
        Lookup::IEndsWith => {
            lowered("substr(djq_lower({0}), length({0}) - length({1}) + 1) = djq_lower({1})")
        }
        Lookup::IExact => lowered("djq_lower({0}) = djq_lower({1})"),
        Lookup::Regex => comparison("{0} REGEXP {1}").registering("regexp"),
        Lookup::IRegex => comparison("{0} REGEXP '(?i)' || {1}").registering("regexp"),
    }
}

/// The form where the pattern is a literal.
fn literal(lookup: Lookup, text: &str) -> Option<Form> {
    let insensitive = match lookup {
        Lookup::Like | Lookup::Contains | Lookup::StartsWith | Lookup::EndsWith => false,
        Lookup::ILike
        | Lookup::IContains
        | Lookup::IStartsWith
        | Lookup::IEndsWith
        | Lookup::IExact => true,
        Lookup::Regex | Lookup::IRegex => return None,
    };
    let parts = pattern::parts(lookup, text)?;
    let form = |sql: String| Form::infix(sql, Binding::Comparison, Binding::Atom);
    if !insensitive {
        let pattern = in_template(&quoted(&pattern::glob(&parts)));
        return Some(form(format!("{{0}} GLOB {pattern}")));
    }
    if parts.iter().all(|part| folds_alike(*part)) {
        let (sql, escapes) = pattern::sql_like(&parts);
        return Some(form(format!(
            "{{0}} LIKE {}{}",
            in_template(&quoted(&sql)),
            if escapes { " ESCAPE '!'" } else { "" }
        )));
    }
    let pattern = in_template(&quoted(&pattern::glob(&pattern::lowered(parts))));
    Some(form(format!("djq_lower({{0}}) GLOB {pattern}")).registering("djq_lower"))
}

/// Whether SQLite's LIKE, which knows the case of ASCII letters alone, takes the same characters for this one as
/// Unicode does: `İ` is an `i` there, and the sign of the kelvin a `k`.
fn folds_alike(part: Part) -> bool {
    match part {
        Part::Any | Part::One => true,
        Part::Data(char) => char.is_ascii() && !matches!(char, 'i' | 'I' | 'k' | 'K'),
    }
}
