//! Text lookups on MySQL, and on MariaDB but for regular expressions.

use super::super::literal::text_literal;
use crate::dialect::{Binding, Form, constant::in_template, operand, pattern};
use djq_check::hir::Lookup;
use djq_plan::plan::Expr;

/// The form of a lookup; `binary` is the collation that compares code points.
pub(in crate::dialect) fn spell(binary: &str, lookup: Lookup, pattern: &Expr) -> Form {
    if let Some(form) = operand::text(pattern).and_then(|text| literal(binary, lookup, text)) {
        return form;
    }
    let comparison = |sql: &str| {
        Form::infix(
            sql.replace("@binary", binary),
            Binding::Comparison,
            Binding::Atom,
        )
    };
    // Of LOCATE's collations that of the text searched counts, on MySQL, whatever the other's is; and it
    // may be of another character set.
    match lookup {
        Lookup::Like => comparison("{0} LIKE {1} COLLATE @binary ESCAPE char(92)"),
        Lookup::ILike => comparison("lower({0}) LIKE lower({1}) COLLATE @binary ESCAPE char(92)"),
        Lookup::Contains => {
            comparison("locate({1}, CONVERT({0} USING utf8mb4) COLLATE @binary) > 0")
        }
        Lookup::IContains => {
            comparison("locate(lower({1}), CONVERT(lower({0}) USING utf8mb4) COLLATE @binary) > 0")
        }
        Lookup::StartsWith => {
            comparison("locate({1}, CONVERT({0} USING utf8mb4) COLLATE @binary) = 1")
        }
        Lookup::IStartsWith => {
            comparison("locate(lower({1}), CONVERT(lower({0}) USING utf8mb4) COLLATE @binary) = 1")
        }
        Lookup::EndsWith => comparison("right({0}, char_length({1})) = {1} COLLATE @binary"),
        Lookup::IEndsWith => {
            comparison("right(lower({0}), char_length({1})) = lower({1}) COLLATE @binary")
        }
        Lookup::IExact => comparison("lower({0}) = lower({1}) COLLATE @binary"),
        Lookup::Regex => Form::atom("regexp_like({0}, {1}, 'c')"),
        Lookup::IRegex => Form::atom("regexp_like({0}, {1}, 'i')"),
    }
}

/// The form where the pattern is a literal.
fn literal(binary: &str, lookup: Lookup, text: &str) -> Option<Form> {
    let insensitive = match lookup {
        Lookup::Like | Lookup::Contains | Lookup::StartsWith | Lookup::EndsWith => false,
        Lookup::ILike | Lookup::IContains | Lookup::IStartsWith | Lookup::IEndsWith => true,
        Lookup::IExact | Lookup::Regex | Lookup::IRegex => return None,
    };
    let mut parts = pattern::parts(lookup, text)?;
    if insensitive {
        parts = pattern::lowered(parts);
    }
    let (sql, escapes) = pattern::sql_like(&parts);
    Some(Form::infix(
        format!(
            "{} LIKE {} COLLATE {binary}{}",
            if insensitive { "lower({0})" } else { "{0}" },
            in_template(&text_literal(&sql)),
            if escapes { " ESCAPE '!'" } else { "" }
        ),
        Binding::Comparison,
        Binding::Atom,
    ))
}
