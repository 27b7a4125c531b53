//! Keys of several columns: compared whole, grouped by and counted, and no single value anywhere else.

use crate::{
    Type,
    hir::{Column, ColumnKind, Expr, ExprKind},
    sink::Typing,
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, codes};

impl Typing<'_> {
    /// Whether a value is no key of several columns; false after a diagnostic.
    pub(crate) fn is_single(&mut self, value: &Expr) -> bool {
        let Type::Key(model) = value.ty.kind else {
            return true;
        };
        let fields: Vec<_> = self.schema.primary_key(model).collect();
        if fields.len() < 2 {
            return true;
        }
        let names: Vec<String> = fields
            .iter()
            .map(|field| format!("`{}`", self.schema.field(*field).name))
            .collect();
        self.problems.push(
            Diagnostic::new(
                &codes::NOT_A_VALUE,
                value.span,
                format!(
                    "a key of `{}` is {} columns, and here is place for one value",
                    self.schema.model(model).name,
                    fields.len()
                ),
            )
            .label(format!("{} together", names.join(" and ")))
            .help("name the column that is meant, or each of them"),
        );
        false
    }
}

impl Walker<'_> {
    /// Columns of an output are single values.
    pub(crate) fn refuse_composite_columns(&mut self, columns: &[Column]) {
        for column in columns {
            let ColumnKind::Value(value) = &column.kind else {
                continue;
            };
            if let Type::Row(fields) = &value.ty.kind {
                self.report(
                    Diagnostic::new(
                        &codes::NOT_A_VALUE,
                        value.span,
                        format!(
                            "this is a row of {} values, and here is place for one",
                            fields.len()
                        ),
                    )
                    .help("name each of them"),
                );
                continue;
            }
            self.typing().is_single(value);
        }
    }

    /// The columns of a key: its parts, where they are known by now.
    pub(crate) fn key_parts(&self, key: &Expr) -> Vec<Expr> {
        let mut at = key;
        for _ in 0..16 {
            match &at.kind {
                ExprKind::Row(parts) => return parts.clone(),
                ExprKind::Named(id) => at = &self.named(*id).value,
                _ => break,
            }
        }
        vec![key.clone()]
    }
}
