//! Rows that no table holds.

use super::{
    Planner, Scope,
    block::{Block, BlockId, Mode},
};
use crate::plan::{Body, From, Query, TableFunction, TableId, Values};
use djq_check::hir::{Rows, RowsKind};

impl<'a> Planner<'a> {
    /// The table reference `id` to rows of a source's own.
    pub(super) fn rows(&mut self, block: BlockId, id: TableId, rows: &'a Rows) -> From {
        match &rows.kind {
            RowsKind::Literal(literal) => {
                let names = rows.columns.iter().map(|(name, _)| name.clone()).collect();
                let (query, lateral) = self.values(block, names, literal);
                From::Derived {
                    id,
                    query: Box::new(query),
                    lateral,
                }
            }
            RowsKind::Parameter(parameter) => From::Function {
                id,
                function: Box::new(TableFunction::Parameter {
                    parameter: *parameter,
                    columns: rows
                        .columns
                        .iter()
                        .map(|(name, ty)| (name.clone(), self.ty(ty)))
                        .collect(),
                }),
            },
            RowsKind::Sql(texts, operands) => {
                let operands = self.in_mode(block, Mode::Rows, |p| {
                    operands.iter().map(|part| p.expr(block, part)).collect()
                });
                From::Function {
                    id,
                    function: Box::new(TableFunction::Sql(texts.clone(), operands)),
                }
            }
            RowsKind::Series { first, last, step } => {
                let column = rows.columns.first().map(|(name, _)| name.clone());
                let function = self.in_mode(block, Mode::Rows, |p| TableFunction::Series {
                    column: column.unwrap_or_default(),
                    first: p.expr(block, first),
                    last: p.expr(block, last),
                    step: p.expr(block, step),
                });
                From::Function {
                    id,
                    function: Box::new(function),
                }
            }
        }
    }

    /// Literal rows as a query that stands in a block, and whether it uses the block's tables.
    fn values(
        &mut self,
        parent: BlockId,
        names: Vec<Box<str>>,
        rows: &'a [Vec<djq_check::hir::Expr>],
    ) -> (Query, bool) {
        let scope = self.scopes.len();
        let block = self.blocks.len();
        self.blocks.push(Block::new(scope));
        self.scopes.push(Scope {
            parent: Some(parent),
            block,
            order: None,
            output: None,
            grouped: false,
            lateral: false,
            keys: Vec::new(),
            from: None,
            relation: false,
        });
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|value| self.expr(block, value)).collect())
            .collect();
        let query = Query {
            ctes: Vec::new(),
            body: Body::Values(Box::new(Values { names, rows })),
            order_by: Vec::new(),
            limit: None,
            offset: None,
        };
        (query, self.scopes[scope].lateral)
    }
}
