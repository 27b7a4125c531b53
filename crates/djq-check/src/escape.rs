//! The escape: `sql<float>"…"`, typed, with djq in braces.

use crate::{
    Ty, Type,
    hir::{Expr, ExprKind, Rows, RowsKind, SqlPart, SqlTexts},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes, nearest};
use djq_syntax::ast;
use std::sync::Arc;

/// The names of the dialects, as settings write them.
const DIALECTS: [&str; 4] = ["postgres", "mysql", "mariadb", "sqlite"];

/// Whether a text is whole where it ends, and what is open in it on the way.
#[derive(Default)]
struct Scan {
    quote: Option<char>,
    depth: u32,
    /// What may not stand in it, once found.
    wrong: Option<&'static str>,
}

impl Scan {
    fn read(&mut self, text: &str) {
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let next = characters.peek().copied();
            if let Some(quote) = self.quote {
                if character == quote {
                    self.quote = None;
                }
                continue;
            }
            match character {
                '\'' | '"' | '`' => self.quote = Some(character),
                '(' => self.depth += 1,
                ')' => match self.depth.checked_sub(1) {
                    Some(depth) => self.depth = depth,
                    None => self.wrong = Some("it closes a parenthesis that it has not opened"),
                },
                ';' => self.wrong = Some("a semicolon ends a statement"),
                '-' if next == Some('-') => self.wrong = Some("a comment hides what is behind it"),
                '/' if next == Some('*') => self.wrong = Some("a comment hides what is behind it"),
                '\\' => {
                    self.wrong = Some("what a backslash means depends on the server's settings")
                }
                _ => {}
            }
        }
    }
}

impl<'a> Walker<'a> {
    /// `sql<T>"…"` as a value.
    pub(crate) fn sql_value(&mut self, escape: &'a ast::SqlEscape, span: Span) -> Expr {
        let Some(ty) = &escape.ty else {
            self.report(
                Diagnostic::new(&codes::SQL_ESCAPE, span, "a value has one type")
                    .help("write `sql<float>\"…\"`; columns with names are for a source: `from sql<id: int>\"…\" as x`"),
            );
            return self.error(span);
        };
        let ty = self.written_type(ty);
        if ty.kind == Type::Error {
            return self.error(span);
        }
        let Some((texts, operands)) = self.sql_texts(escape) else {
            return self.error(span);
        };
        Expr {
            kind: ExprKind::Sql(texts, operands),
            ty,
            span,
        }
    }

    /// `sql<id: int, name: text>"…"` as rows.
    pub(crate) fn sql_rows(&mut self, escape: &'a ast::SqlEscape, span: Span) -> Option<Rows> {
        if escape.columns.is_empty() {
            self.report(
                Diagnostic::new(
                    &codes::SQL_ESCAPE,
                    span,
                    "a source says which columns it has",
                )
                .help("write `from sql<id: int, name: text>\"…\" as x`"),
            );
            return None;
        }
        let mut columns: Vec<(Box<str>, Ty)> = Vec::with_capacity(escape.columns.len());
        for column in &escape.columns {
            if columns.iter().any(|(name, _)| *name == column.name.text) {
                self.report(crate::names::duplicate("column", &column.name, span));
                return None;
            }
            let ty = match &column.ty {
                Some(ty) => self.written_type(ty),
                None => Type::Error.required(),
            };
            if ty.kind == Type::Error {
                return None;
            }
            columns.push((column.name.text.clone(), ty));
        }
        let (texts, operands) = self.sql_texts(escape)?;
        Some(Rows {
            columns,
            kind: RowsKind::Sql(texts, operands),
        })
    }

    fn sql_texts(&mut self, escape: &'a ast::SqlEscape) -> Option<(Arc<SqlTexts>, Vec<Expr>)> {
        let mut texts: Vec<(Option<Box<str>>, Vec<SqlPart>)> =
            Vec::with_capacity(escape.texts.len());
        let mut operands = Vec::new();
        let mut whole = true;
        for (dialect, text) in &escape.texts {
            if let Some(name) = dialect {
                whole &= self.check_dialect(name, &texts);
            }
            let mut scan = Scan::default();
            let mut parts = Vec::with_capacity(text.parts.len());
            for part in &text.parts {
                match part {
                    ast::SqlPart::Sql(sql) => {
                        scan.read(sql);
                        parts.push(SqlPart::Sql(sql.clone()));
                    }
                    ast::SqlPart::Expr(expr) => {
                        if scan.quote.is_some() {
                            self.report(
                                Diagnostic::new(
                                    &codes::SQL_ESCAPE,
                                    expr.span,
                                    "a value stands between quotes here, where nothing can be bound",
                                )
                                .help("take the quotes away, or join with `||` in braces: `{'%' || $q}`"),
                            );
                            whole = false;
                        }
                        let value = self.expr(expr);
                        let value = self.typing().value(value);
                        whole &= value.ty.kind != Type::Error;
                        parts.push(SqlPart::Operand(operands.len()));
                        operands.push(value);
                    }
                }
            }
            let wrong = scan
                .wrong
                .or(scan.quote.map(|_| "a quote is open at its end"))
                .or((scan.depth > 0).then_some("a parenthesis is open at its end"));
            if let Some(wrong) = wrong {
                self.report(
                    Diagnostic::new(
                        &codes::SQL_ESCAPE,
                        text.span,
                        "this text does not stay in its place in the statement",
                    )
                    .label(wrong),
                );
                whole = false;
            }
            texts.push((dialect.as_ref().map(|name| name.text.clone()), parts));
        }
        whole.then(|| (Arc::new(SqlTexts { texts }), operands))
    }

    fn check_dialect(
        &mut self,
        name: &'a ast::Name,
        known: &[(Option<Box<str>>, Vec<SqlPart>)],
    ) -> bool {
        if !DIALECTS.contains(&&*name.text) {
            let near = nearest(&name.text, DIALECTS);
            self.report(crate::names::with_nearest(
                Diagnostic::new(
                    &codes::SQL_ESCAPE,
                    name.span,
                    format!("there is no dialect `{}`", name.text),
                )
                .note("there are `postgres`, `mysql`, `mariadb` and `sqlite`"),
                name.span,
                near,
            ));
            return false;
        }
        if known
            .iter()
            .any(|(known, _)| known.as_deref() == Some(&name.text))
        {
            self.report(Diagnostic::new(
                &codes::SQL_ESCAPE,
                name.span,
                format!("`{}` has a text already", name.text),
            ));
            return false;
        }
        true
    }
}
