//! Rows of a multi-table child: for each a row in each table, those of the parents first, linked by the key of the root.

use super::Planner;
use crate::plan::{self, Body, Expr, ExprKind, Item, Query, Write, WriteKind};
use djq_check::{Type, hir};
use djq_schema::ModelId;

impl Planner<'_> {
    /// Takes the rows of an insert apart. None where they are not written out.
    pub(super) fn with_parents(
        &self,
        write: &mut Write,
        model: ModelId,
        insert: &hir::Insert,
    ) -> Option<()> {
        let WriteKind::Insert(whole) = &write.kind else {
            return None;
        };
        let mut writes = Vec::new();
        for row in &whole.rows {
            writes.extend(self.parts_of_row(row, write, model, insert)?);
        }
        let own = writes.pop()?;
        write.kind = own.kind;
        write.before = writes;
        Some(())
    }

    /// The inserts that make one row, the root's first.
    fn parts_of_row(
        &self,
        row: &Query,
        write: &Write,
        model: ModelId,
        insert: &hir::Insert,
    ) -> Option<Vec<Write>> {
        let Body::Select(select) = &row.body else {
            return None;
        };
        let root = *insert.parents.first()?;
        let key = self.schema.primary_key(root).next()?;
        let given = insert.fields.iter().position(|field| *field == key);
        let key = match given {
            Some(place) => select.items.get(place)?.value.clone(),
            None => Expr {
                kind: ExprKind::NewKey(
                    Box::new(self.target_of(root)),
                    self.schema.field(key).column.clone(),
                ),
                ty: Type::from(&self.schema.field(key).ty).required(),
                span: write.span,
            },
        };
        insert
            .parents
            .iter()
            .chain([&model])
            .map(|of| {
                let mut columns = Vec::new();
                let mut items = Vec::new();
                if *of != root {
                    columns = self.target_of(*of).key;
                    items = columns
                        .iter()
                        .map(|column| Item {
                            value: key.clone(),
                            name: column.clone(),
                        })
                        .collect();
                }
                for (field, item) in insert.fields.iter().zip(&select.items) {
                    if field.model == *of {
                        columns.push(self.schema.field(*field).column.clone());
                        items.push(item.clone());
                    }
                }
                self.row_of(*of, row, columns, items, write)
            })
            .collect()
    }

    /// The insert of a row's values for one table.
    fn row_of(
        &self,
        model: ModelId,
        row: &Query,
        columns: Vec<Box<str>>,
        items: Vec<Item>,
        write: &Write,
    ) -> Option<Write> {
        let mut row = row.clone();
        match &mut row.body {
            Body::Select(select) => select.items = items,
            Body::SetOperation { .. } | Body::Values(_) => return None,
        }
        Some(Write {
            target: self.target_of(model),
            before: Vec::new(),
            kind: WriteKind::Insert(plan::Insert {
                columns,
                rows: vec![row],
                literal: true,
                conflict: None,
            }),
            returning: None,
            span: write.span,
        })
    }
}
