//! SQL that the author wrote.

use super::{Legalizer, lateral::one_row, walk};
use crate::{
    dialect::{Binding, Placeholders, Refusal},
    legal::{Expr, From},
};
use djq_check::hir::{SqlPart, SqlTexts};
use djq_diagnostics::Span;
use djq_plan::plan::{self, ExprKind, TableId};

impl<'a> Legalizer<'a> {
    /// The text for this dialect, with its operands where they stand.
    pub(super) fn sql(
        &mut self,
        texts: &'a SqlTexts,
        operands: &'a [plan::Expr],
        span: Span,
    ) -> Expr<'a> {
        let Some(sql) = self.sql_template(texts, span) else {
            return Expr::atom("NULL");
        };
        Expr::Form {
            sql: sql.into(),
            binds: Binding::Or,
            holes: Binding::Atom,
            operands: self.used(texts, operands),
        }
    }

    /// The operands; what only another dialect's text has is not looked at.
    fn used(&mut self, texts: &SqlTexts, operands: &'a [plan::Expr]) -> Vec<Expr<'a>> {
        let parts = texts.of(self.dialect.id().name()).unwrap_or_default();
        operands
            .iter()
            .enumerate()
            .map(|(place, operand)| {
                if parts.contains(&SqlPart::Operand(place)) {
                    self.expression(operand)
                } else {
                    Expr::atom("NULL")
                }
            })
            .collect()
    }

    /// The same as what a SELECT reads.
    pub(super) fn sql_rows(
        &mut self,
        id: TableId,
        texts: &'a SqlTexts,
        operands: &'a [plan::Expr],
    ) -> From<'a> {
        let span = usize::try_from(id.0)
            .ok()
            .and_then(|place| self.plan.tables.get(place))
            .map_or_else(Default::default, |table| table.span);
        let Some(sql) = self.sql_template(texts, span) else {
            return one_row(self.alias(id).into());
        };
        let mut uses = false;
        for operand in operands {
            walk::expressions(operand, true, &mut |part| {
                uses |= matches!(part.kind, ExprKind::Column(..));
            });
        }
        if uses && !self.dialect.has_lateral() {
            self.refuse_lateral(id);
        }
        From::Function {
            sql: format!("{}({sql})", if uses { "LATERAL " } else { "" }).into(),
            operands: self.used(texts, operands),
            alias: self.alias(id).into(),
            columns: Vec::new(),
        }
    }

    /// A template: braces doubled, operands by number. Refused where the server would read a part as a placeholder.
    fn sql_template(&mut self, texts: &SqlTexts, span: Span) -> Option<String> {
        let id = self.dialect.id();
        let Some(parts) = texts.of(id.name()) else {
            self.refuse(
                span,
                Refusal {
                    why: format!("there is no text for {}", id.title()).into(),
                    instead: Some(format!("add `{} \"…\"` to the others", id.name()).into()),
                },
            );
            return None;
        };
        let placeholders = self.dialect.placeholders();
        let mut sql = String::new();
        let mut quote = None;
        let mut bound = false;
        for part in parts {
            match part {
                SqlPart::Sql(text) => {
                    bound |= has_placeholder(text, &mut quote, placeholders);
                    sql.push_str(&text.replace('{', "{{").replace('}', "}}"));
                }
                SqlPart::Operand(place) => sql.push_str(&format!("{{{place}}}")),
            }
        }
        if bound {
            self.refuse(
                span,
                Refusal {
                    why: "the server would read a part of this text as the place of a bound value"
                        .into(),
                    instead: Some("bind values by braces: `{$q}`".into()),
                },
            );
            return None;
        }
        Some(sql)
    }
}

/// Whether a server would take a part of a text, outside of quotes, for a placeholder.
fn has_placeholder(text: &str, quote: &mut Option<char>, placeholders: Placeholders) -> bool {
    let mut characters = text.chars().peekable();
    let mut before = ' ';
    let mut found = false;
    while let Some(character) = characters.next() {
        match *quote {
            Some(open) if character == open => *quote = None,
            Some(_) => {}
            None => {
                let next = characters.peek().copied().unwrap_or(' ');
                let word = next.is_alphanumeric() || next == '_';
                found |= match placeholders {
                    Placeholders::Positional => character == '?',
                    Placeholders::Numbered('?') => {
                        character == '?'
                            || matches!(character, ':' | '@' | '$') && word && before != ':'
                    }
                    Placeholders::Numbered(mark) => character == mark && next.is_ascii_digit(),
                };
                if matches!(character, '\'' | '"' | '`') {
                    *quote = Some(character);
                }
            }
        }
        before = character;
    }
    found
}
