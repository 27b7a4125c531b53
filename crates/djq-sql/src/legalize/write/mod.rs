//! Statements that write, from the queries that say which rows and which values.
//!
//! An update or delete whose rows are those of one table and a condition is written as such. Any other reads its rows'
//! keys and new values in a derived table first, which is joined by the key: so every value is computed from the rows as
//! they were, whatever the server's order of evaluation.

mod apart;
mod cascade;
mod delete;
mod insert;
mod order;
mod returning;
mod update;

pub(crate) use apart::conflicts_apart;

use super::{Legalizer, walk};
use crate::{
    dialect::{Binding, Form},
    legal::{Body, Chain, Expr, Name, Query, Target, Write, WriteStatement},
    rendered::Does,
};
use djq_check::Ty;
use djq_plan::plan::{self, ExprKind, TableId};

/// What a row of the table that is written goes by.
#[derive(Debug, Clone)]
pub(super) enum RowName<'a> {
    /// `name.column`.
    Alias(Name<'a>),
    /// `column` alone.
    Bare,
    /// `VALUES(column)`.
    Function,
}

impl<'a> Legalizer<'a> {
    /// The statements of a write, in the order in which they run.
    pub(super) fn write(&mut self, write: &'a plan::Write) -> Vec<WriteStatement<'a>> {
        match &write.kind {
            plan::WriteKind::Insert(insert) => {
                let mut statements = Vec::new();
                for before in &write.before {
                    let made = self.write(before);
                    // Of several rows with parents, those in front of the last.
                    let counts = before.target == write.target;
                    statements.extend(made.into_iter().map(|statement| match statement.does {
                        Does::Count if counts => WriteStatement {
                            does: Does::Add,
                            ..statement
                        },
                        _ => statement,
                    }));
                }
                statements.extend(self.insert(write, insert));
                statements
            }
            plan::WriteKind::Update(update) => vec![self.update(write, update)],
            plan::WriteKind::Delete(delete) => match &delete.cascade {
                Some(cascade) => self.cascade(delete, cascade),
                None => vec![self.delete(write, delete)],
            },
        }
    }

    /// A statement with what has been bound for it.
    fn written(
        &mut self,
        write: Write<'a>,
        columns: Vec<(Box<str>, Ty)>,
        does: Does,
    ) -> WriteStatement<'a> {
        self.rows.clear();
        WriteStatement {
            write,
            slots: std::mem::take(&mut self.slots),
            guarded: std::mem::take(&mut self.guarded),
            columns,
            does,
            setting: self.dialect.setting(std::mem::take(&mut self.features)),
        }
    }

    /// A value that a column gets.
    fn stored(&mut self, value: &'a plan::Expr) -> Expr<'a> {
        match value.kind {
            ExprKind::Literal(djq_check::hir::Literal::Null) => Expr::atom("NULL"),
            _ => self.expression(value),
        }
    }

    /// A column of a row that is written, under the name that the row goes by.
    pub(super) fn column_of_row(&self, table: TableId, column: &'a str) -> Option<Expr<'a>> {
        let (_, name) = self.rows.iter().rev().find(|(id, _)| *id == table)?;
        Some(match name {
            RowName::Alias(alias) => Expr::Column(alias.clone(), column.into()),
            RowName::Bare => Expr::Name(column.into()),
            RowName::Function => Expr::Form {
                sql: "VALUES({0})".into(),
                binds: Binding::Atom,
                holes: Binding::Or,
                operands: vec![Expr::Name(column.into())],
            },
        })
    }

    fn target(&self, target: &'a plan::Target, alias: &Name<'a>) -> Target<'a> {
        Target {
            schema: target.schema.as_deref(),
            table: &target.table,
            alias: (**alias != *target.table).then(|| alias.clone()),
        }
    }

    /// The keys of two tables are equal.
    fn same_key(&self, key: &'a [Box<str>], left: &Name<'a>, right: &Name<'a>) -> Expr<'a> {
        let mut pairs: Vec<_> = key
            .iter()
            .map(|column| Expr::Form {
                sql: "{0} = {1}".into(),
                binds: Binding::Comparison,
                holes: Binding::Sum,
                operands: vec![
                    Expr::Column(left.clone(), (&**column).into()),
                    Expr::Column(right.clone(), (&**column).into()),
                ],
            })
            .collect();
        match pairs.len() {
            1 => pairs.swap_remove(0),
            _ => Expr::Chain(Chain::And, pairs),
        }
    }

    /// The one table that a query reads, if it is a SELECT of that table and a condition.
    fn plain<'q>(&self, query: &'q plan::Query) -> Option<(TableId, &'q plan::Select)> {
        let plan::Body::Select(select) = &query.body else {
            return None;
        };
        let Some(plan::From::Table { id, .. }) = &select.from else {
            return None;
        };
        let plain = query.ctes.is_empty()
            && query.limit.is_none()
            && query.offset.is_none()
            && !select.distinct
            && !select.grouped
            && select.having.is_empty()
            // No statement that writes has windows.
            && !select.items.iter().any(|item| has_window(&item.value));
        plain.then_some((*id, &**select))
    }

    /// Whether a subquery in an expression reads a table of this name.
    fn reads(&self, expr: &plan::Expr, table: &str) -> bool {
        let mut found = false;
        walk::expressions(expr, true, &mut |part| {
            if let ExprKind::InQuery { query, .. }
            | ExprKind::Exists(query)
            | ExprKind::Scalar(query) = &part.kind
            {
                found |= walk::reads_table(query, table);
            }
        });
        found
    }

    /// Whether a condition is better read by a SELECT than by the statement that writes.
    fn is_better_found(&self, select: &plan::Select) -> bool {
        if self.dialect.writing().plans_subqueries {
            return false;
        }
        let mut found = false;
        for condition in &select.filter {
            walk::expressions(condition, false, &mut |part| {
                found |= matches!(
                    part.kind,
                    ExprKind::InQuery { .. }
                        | ExprKind::Exists(_)
                        | ExprKind::Scalar(_)
                        | ExprKind::InParent(_)
                        | ExprKind::InParam(..)
                );
            });
        }
        found
    }

    /// The alias by which the table that a query starts from goes.
    fn first_alias(&self, query: &plan::Query, target: &'a plan::Target) -> Name<'a> {
        let plan::Body::Select(select) = &query.body else {
            return (&*target.table).into();
        };
        let mut from = select.from.as_ref();
        while let Some(plan::From::Join { left, .. }) = from {
            from = Some(left);
        }
        match from {
            Some(plan::From::Table { id, table, .. }) if *table == target.table => {
                self.alias(*id).into()
            }
            _ => (&*target.table).into(),
        }
    }

    /// Whether another table of the query goes by the name of the table that is written.
    fn is_taken(&self, id: TableId, table: &str) -> bool {
        (0u32..)
            .zip(&self.plan.tables)
            .any(|(place, known)| place != id.0 && *known.alias == *table)
    }

    /// The rows that are written. A server may work out the values of rows that a limit then leaves out: their lengths are
    /// of no concern, so that all of them are looked at around a query with one.
    fn rows_in_length(&mut self, query: &'a plan::Query) -> Query<'a> {
        let paged = query.limit.is_some() || query.offset.is_some();
        let forms: Vec<Option<Form>> = match &query.body {
            plan::Body::Select(select) if paged => select
                .items
                .iter()
                .map(|item| match &item.value.kind {
                    ExprKind::Within(_, limit) => self.dialect.within(limit),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        if forms.iter().all(Option::is_none) {
            return self.query(query);
        }
        let outer = std::mem::replace(&mut self.lengths_later, true);
        let page = self.query(query);
        self.lengths_later = outer;
        let mut rows = self.derived(page, "page");
        if let Body::Select(select) = &mut rows.body {
            for (item, form) in select.items.iter_mut().zip(forms) {
                if let Some(form) = form {
                    let value = std::mem::replace(&mut item.value, Expr::atom("NULL"));
                    item.value = Expr::form(form, vec![value]);
                }
            }
        }
        // With a limit of its own it is not merged with the query in it.
        rows.limit = self.dialect.no_limit().map(Expr::atom);
        rows
    }

    /// The rows that are written, as they are before any of them is. A server that may not read the table that it
    /// writes would take a derived table apart, and then read it; one with a limit it leaves whole.
    fn found(&mut self, query: &'a plan::Query) -> Query<'a> {
        let mut query = self.rows_in_length(query);
        query.name_items();
        if !self.dialect.writing().reads_target && query.limit.is_none() {
            query.limit = self.dialect.no_limit().map(Expr::atom);
        }
        query
    }
}

fn has_window(expr: &plan::Expr) -> bool {
    let mut found = false;
    walk::expressions(expr, false, &mut |part| {
        found |= matches!(part.kind, ExprKind::Window(_));
    });
    found
}
