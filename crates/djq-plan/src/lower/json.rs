//! Nested relations as JSON: a subquery for each, which gives an array of objects, or an object.

use super::{
    Planner,
    block::{BlockId, Items},
    child::Child,
    equal,
};
use crate::plan::{Expr, ExprKind, Item, JsonField, JsonKind, JsonMember, OrderKey, Output};
use crate::scan;
use djq_check::{
    Type,
    hir::{ClauseKind, Column, ColumnKind, Nest, SourceId, UnaryOperator},
};
use djq_diagnostics::Span;

impl<'a> Planner<'a> {
    /// The rows of a nested relation as a column of the outer row.
    pub(super) fn json_rows(&mut self, block: BlockId, name: &str, nest: &'a Nest) -> Output {
        let (value, fields) = self.json_query(block, nest);
        Output::Json {
            column: self.add_item(block, value, name),
            list: nest.list,
            fields,
        }
    }

    /// The subquery that gives them.
    fn json_query(&mut self, outer: BlockId, nest: &'a Nest) -> (Expr, Vec<JsonField>) {
        let body = &nest.body;
        let tables = self.tables.len();
        let (scope, breaks_ties) = match self.closed(outer, nest) {
            Some((from, child)) => (self.json_rows_by_key(outer, nest, from, child), false),
            None => self.json_rows_of_each(outer, nest),
        };
        for table in self.tables.iter_mut().skip(tables) {
            if table.span == Span::default() {
                table.span = body.span;
            }
        }
        let block = self.scopes[scope].block;
        let uses = self.uses(block);
        let (mut object, fields) = self.json_object(block, &body.columns, nest);
        let value = if nest.list {
            if let ExprKind::JsonObject(members) = &mut object.kind {
                self.keep_list_inside(block, uses, members);
            }
            self.order(scope, Items::None);
            let mut order_by = std::mem::take(&mut self.blocks[block].order_by);
            if breaks_ties {
                self.break_ties(scope, block, &mut order_by);
            }
            self.json_list(block, object, order_by)
        } else {
            object
        };
        self.blocks[block].items.push(Item {
            value,
            name: "nested".into(),
        });
        let query = self.close(scope);
        let value = Expr {
            kind: ExprKind::Scalar(Box::new(query)),
            ty: Type::Json.required().with_null(!nest.list),
            span: body.span,
        };
        (value, fields)
    }

    /// The rows that belong to the outer row. Gives their scope, and whether equal rows of a page are ordered by key.
    fn json_rows_of_each(&mut self, outer: BlockId, nest: &'a Nest) -> (usize, bool) {
        let scope = self.open(&nest.body, Some(outer));
        self.clauses(scope, &nest.body);
        let block = self.scopes[scope].block;
        let at = &self.blocks[block];
        let (paged, made) = (at.is_paged(), at.sealed || at.grouped || at.windowed);
        // A page of rows that are equal in their order is the same each time.
        let breaks_ties = paged && !made;
        if made || paged && nest.list {
            self.wrap(scope);
        } else if paged {
            self.order(scope, Items::None);
        }
        if breaks_ties {
            let mut order_by = std::mem::take(&mut self.blocks[block].order_by);
            self.break_ties(scope, block, &mut order_by);
            self.blocks[block].order_by = order_by;
        }
        (scope, breaks_ties)
    }

    /// How rows that are to be read for all outer rows at once hang on those, where they can be, and are more than
    /// a filter.
    fn closed(&mut self, outer: BlockId, nest: &'a Nest) -> Option<(SourceId, Child<'a>)> {
        let from = nest.body.from.filter(|_| self.ways.closed)?;
        let makes_rows = nest.body.clauses.iter().any(|clause| match &clause.kind {
            ClauseKind::Page { .. }
            | ClauseKind::PagePer { .. }
            | ClauseKind::GroupBy(_)
            | ClauseKind::GroupSets { .. }
            | ClauseKind::Distinct => true,
            ClauseKind::Let(ids) | ClauseKind::Select(ids) => ids
                .iter()
                .any(|id| scan::has_window(self.query, &self.named(*id).value)),
            _ => false,
        });
        if !makes_rows {
            return None;
        }
        Some((from, self.child_of(outer, nest, None)?))
    }

    /// The rows of all outer rows, each with the key of its own; of these the outer row's.
    fn json_rows_by_key(
        &mut self,
        outer: BlockId,
        nest: &'a Nest,
        from: SourceId,
        mut child: Child<'a>,
    ) -> usize {
        let scope = self.open(&nest.body, None);
        let first = self.scopes[scope].block;
        let values = std::mem::take(&mut child.outer);
        self.rows_of_all(scope, from, child);
        if let Some(link) = self.source(from).link.as_ref() {
            self.link_filter(first, from, link);
        }
        self.clauses(scope, &nest.body);
        self.scopes[scope].parent = Some(outer);
        let block = self.wrap(scope);
        let keys = self.key_columns(scope, block);
        for (key, value) in keys.into_iter().zip(values) {
            self.blocks[block].filter.push(equal(key, value));
        }
        scope
    }

    fn json_list(&mut self, block: BlockId, item: Expr, order_by: Vec<OrderKey>) -> Expr {
        self.blocks[block].grouped = true;
        Expr {
            span: item.span,
            kind: ExprKind::JsonList {
                item: Box::new(item),
                order_by,
            },
            ty: Type::Json.required(),
        }
    }

    /// The object of a row.
    fn json_object(
        &mut self,
        block: BlockId,
        columns: &'a [Column],
        nest: &'a Nest,
    ) -> (Expr, Vec<JsonField>) {
        let mut members = Vec::with_capacity(columns.len());
        let mut fields = Vec::with_capacity(columns.len());
        for column in columns {
            let (value, kind) = match &column.kind {
                ColumnKind::Value(value) => {
                    let value = self.expr(block, value);
                    let ty = value.ty.clone();
                    (value, JsonKind::Value(ty))
                }
                ColumnKind::Nest(nest) => stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
                    self.json_within(block, nest)
                }),
            };
            members.push(JsonMember {
                name: column.name.clone(),
                value,
                nested: !matches!(kind, JsonKind::Value(_)),
            });
            fields.push(JsonField {
                name: column.name.clone(),
                kind,
            });
        }
        let object = Expr {
            kind: ExprKind::JsonObject(members),
            ty: Type::Json.required(),
            span: nest.body.span,
        };
        (object, fields)
    }

    /// A relation nested in a nested row.
    fn json_within(&mut self, block: BlockId, nest: &'a Nest) -> (Expr, JsonKind) {
        let Some(source) = nest.body.from.filter(|_| self.is_object(block, nest)) else {
            let (value, fields) = self.json_query(block, nest);
            return match nest.list {
                true => (value, JsonKind::List(fields)),
                false => (value, JsonKind::Object(fields)),
            };
        };
        let present = self.object_present(block, nest, source);
        let (object, fields) = self.json_object(block, &nest.body.columns, nest);
        let value = match present {
            None => object,
            Some((key, _)) => when_present(key, object),
        };
        (value, JsonKind::Object(fields))
    }
}

/// The object, or null where the key is.
fn when_present(key: Expr, object: Expr) -> Expr {
    let span = object.span;
    let is_null = Expr {
        kind: ExprKind::IsNull(Box::new(key)),
        ty: Type::Bool.required(),
        span,
    };
    let present = Expr {
        kind: ExprKind::Unary(UnaryOperator::Not, Box::new(is_null)),
        ty: Type::Bool.required(),
        span,
    };
    Expr {
        kind: ExprKind::Case {
            branches: vec![(present, object)],
            otherwise: None,
        },
        ty: Type::Json.required().with_null(true),
        span,
    }
}
