//! All of a query's parts, for those who ask something of each.

use super::{
    ClauseKind, ColumnKind, Expr, Pipeline, Query, RowsKind, SourceKind, Write, WriteKind,
};
use crate::visit::children;

impl Query {
    /// Calls `each` with every pipeline of the query: its own, those of CTEs, of sources, of nests, and those inside of expressions.
    pub fn each_pipeline<'q>(&'q self, each: &mut dyn FnMut(&'q Pipeline)) {
        let mut found = Vec::new();
        self.roots(&mut |root| match root {
            Root::Pipeline(pipeline) => found.push(pipeline),
            Root::Expr(expr) => inner(expr, &mut found),
        });
        while let Some(pipeline) = found.pop() {
            each(pipeline);
            parts(pipeline, &mut |root| match root {
                Root::Pipeline(pipeline) => found.push(pipeline),
                Root::Expr(expr) => inner(expr, &mut found),
            });
        }
    }

    /// Calls `each` with every expression of the query, outer ones before those inside of them.
    pub fn each_expr(&self, each: &mut dyn FnMut(&Expr)) {
        let mut pipelines = Vec::new();
        self.each_pipeline(&mut |pipeline| pipelines.push(pipeline));
        let mut all = |root: Root<'_>| {
            if let Root::Expr(expr) = root {
                every(expr, each);
            }
        };
        self.roots(&mut all);
        for pipeline in pipelines {
            parts(pipeline, &mut all);
        }
    }

    fn roots<'q>(&'q self, each: &mut dyn FnMut(Root<'q>)) {
        each(Root::Pipeline(&self.body));
        for cte in &self.ctes {
            each(Root::Pipeline(&cte.body));
        }
        for named in &self.named {
            each(Root::Expr(&named.value));
        }
        for source in &self.sources {
            match &source.kind {
                SourceKind::Derived(body) => each(Root::Pipeline(body)),
                SourceKind::Rows(rows) => match &rows.kind {
                    RowsKind::Literal(rows) => {
                        rows.iter()
                            .flatten()
                            .for_each(|value| each(Root::Expr(value)));
                    }
                    RowsKind::Sql(_, operands) => {
                        operands.iter().for_each(|value| each(Root::Expr(value)));
                    }
                    RowsKind::Parameter(_) => {}
                    RowsKind::Series { first, last, step } => {
                        for value in [first, last, step] {
                            each(Root::Expr(value));
                        }
                    }
                },
                SourceKind::Model(_) | SourceKind::Cte(_) | SourceKind::Tree(_) => {}
            }
            if let Some(link) = &source.link {
                let values = link.left.iter().chain(link.condition.as_deref());
                values.for_each(|value| each(Root::Expr(value)));
            }
        }
        if let Some(write) = &self.write {
            writes(write, each);
        }
    }
}

/// Where a walk goes on.
pub(crate) enum Root<'q> {
    Pipeline(&'q Pipeline),
    Expr(&'q Expr),
}

fn writes<'q>(write: &'q Write, each: &mut dyn FnMut(Root<'q>)) {
    if let Some(returning) = &write.returning {
        each(Root::Pipeline(returning));
    }
    match &write.kind {
        WriteKind::Insert(insert) => {
            for row in &insert.more {
                each(Root::Pipeline(row));
            }
            if let Some(update) = insert.conflict.as_ref().and_then(|on| on.update.as_ref()) {
                each(Root::Pipeline(&update.body));
            }
        }
        WriteKind::Update(_) => {}
        WriteKind::Delete(delete) => {
            for (_, value) in delete.cascade.iter().flat_map(|cascade| &cascade.defaults) {
                each(Root::Expr(value));
            }
        }
    }
}

/// The expressions and pipelines right inside of a pipeline.
pub(crate) fn parts<'q>(pipeline: &'q Pipeline, each: &mut dyn FnMut(Root<'q>)) {
    for clause in &pipeline.clauses {
        match &clause.kind {
            ClauseKind::Join { on, .. } => {
                on.iter().for_each(|value| each(Root::Expr(value)));
            }
            ClauseKind::Where(value) => each(Root::Expr(value)),
            ClauseKind::OrderBy(keys) => {
                keys.iter().for_each(|key| each(Root::Expr(&key.value)));
            }
            ClauseKind::Page { limit, offset } => {
                let bounds = limit.iter().chain(offset);
                bounds.for_each(|value| each(Root::Expr(value)));
            }
            ClauseKind::PagePer { limit, offset, per } => {
                let values = std::iter::once(limit).chain(offset).chain(per);
                values.for_each(|value| each(Root::Expr(value)));
            }
            ClauseKind::SetOperation { right, .. } => each(Root::Pipeline(right)),
            // Their values are among the query's named ones.
            ClauseKind::Let(_)
            | ClauseKind::Select(_)
            | ClauseKind::GroupBy(_)
            | ClauseKind::GroupSets { .. }
            | ClauseKind::Distinct => {}
        }
    }
    for column in &pipeline.columns {
        match &column.kind {
            ColumnKind::Value(value) => each(Root::Expr(value)),
            ColumnKind::Nest(nest) => each(Root::Pipeline(&nest.body)),
        }
    }
}

fn every(expr: &Expr, each: &mut dyn FnMut(&Expr)) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        each(expr);
        children(expr, &mut |child| every(child, each), &mut |_| {});
    });
}

/// The pipelines inside of an expression.
fn inner<'q>(expr: &'q Expr, found: &mut Vec<&'q Pipeline>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        let found = std::cell::RefCell::new(found);
        children(
            expr,
            &mut |child| inner(child, &mut found.borrow_mut()),
            &mut |pipeline| found.borrow_mut().push(pipeline),
        );
    });
}
