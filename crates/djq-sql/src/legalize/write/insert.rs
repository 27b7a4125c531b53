//! INSERT.

use super::{RowName, order::readers_first};
use crate::{
    dialect::{NewRow, Refusal, Upsert},
    legal::{
        Body, Conflict, Expr, From, Insert, Item, Query, Rows, Select, Side, Write, WriteStatement,
    },
    legalize::{Legalizer, walk},
    rendered::Does,
};
use djq_check::hir::SetOperator;
use djq_plan::plan;

impl<'a> Legalizer<'a> {
    pub(super) fn insert(
        &mut self,
        write: &'a plan::Write,
        insert: &'a plan::Insert,
    ) -> Vec<WriteStatement<'a>> {
        let mut statements = Vec::new();
        let upsert = self.dialect.writing().upsert;
        if let Some(conflict) = &insert.conflict
            && conflict.update.is_some()
            && !conflict.distinct
            && !matches!(
                upsert,
                Upsert::OnConflict {
                    refuses_repeats: true,
                    ..
                }
            )
        {
            statements.push(self.no_repeats(insert, conflict));
        }
        if let Some(apart) = insert
            .conflict
            .as_ref()
            .and_then(|conflict| conflict.apart.as_ref())
        {
            statements.extend(self.insert_apart(write, insert, apart));
            return statements;
        }
        let mut row_alias = None;
        let rows = self.rows_of(write, insert, upsert, &mut row_alias);
        let conflict = insert
            .conflict
            .as_ref()
            .and_then(|conflict| self.conflict(write, conflict, upsert));
        self.rows.clear();
        let reads_key = self.reads_key(write, insert);
        let has = self.dialect.writing().returning.insert;
        let key = if !has && !write.before.is_empty() && self.returns_key(write) {
            self.key_of_row(insert)
        } else {
            None
        };
        let asks_key = key.is_some();
        let returning = if !has && (reads_key || asks_key) {
            Vec::new()
        } else {
            self.returning(write, has, || RowName::Bare)
        };
        let columns = self.returned_columns(write);
        let does = if columns.is_empty() || asks_key {
            self.count_of(insert, upsert)
        } else if returning.is_empty() {
            Does::Key
        } else {
            Does::Return
        };
        let table = (&*write.target.table).into();
        let insert = Insert {
            target: self.target(&write.target, &table),
            columns: insert.columns.iter().map(|column| &**column).collect(),
            rows,
            row_alias,
            conflict,
            returning,
        };
        match key {
            None => statements.push(self.written(Write::Insert(insert), columns, does)),
            Some(key) => {
                statements.push(self.written(Write::Insert(insert), Vec::new(), does));
                statements.push(self.written(Write::Read(key), columns, Does::Return));
            }
        }
        statements
    }

    /// A query of the key that the database has made for the root of a row, by which all its parts are linked.
    fn key_of_row(&mut self, insert: &'a plan::Insert) -> Option<Query<'a>> {
        let [row] = insert.rows.as_slice() else {
            return None;
        };
        let plan::Body::Select(select) = &row.body else {
            return None;
        };
        let link = select.items.first()?;
        matches!(link.value.kind, plan::ExprKind::NewKey(..)).then(|| {
            Query::select(Select {
                items: vec![self.item(link)],
                ..Select::default()
            })
        })
    }

    /// Whether the key of the written row is what is returned, and nothing else.
    fn returns_key(&self, write: &'a plan::Write) -> bool {
        let Some(select) = self.returned(write) else {
            return false;
        };
        let ([key], [item]) = (&*write.target.key, &*select.items) else {
            return false;
        };
        matches!(&item.value.kind, plan::ExprKind::Column(_, column) if column == key)
    }

    /// Whether what is returned is the automatic key of one new row, which a driver can read.
    fn reads_key(&self, write: &'a plan::Write, insert: &plan::Insert) -> bool {
        write.target.automatic
            && insert.literal
            && insert.rows.len() == 1
            && insert.conflict.is_none()
            && self.returns_key(write)
    }

    /// What the number of rows is: where a changed row counts as two, that of the rows given.
    fn count_of(&self, insert: &plan::Insert, upsert: Upsert) -> Does {
        match (&insert.conflict, upsert) {
            (Some(conflict), Upsert::OnDuplicateKey(_)) if conflict.update.is_some() => {
                if insert.literal {
                    Does::Rows(insert.rows.len())
                } else {
                    Does::Records
                }
            }
            _ => Does::Count,
        }
    }

    /// Whether a row would see those in front of it, where the server writes one after the other.
    fn sees_own_rows(&self, write: &plan::Write, insert: &plan::Insert) -> bool {
        !self.dialect.writing().reads_target
            && insert.rows.len() > 1
            && insert
                .rows
                .iter()
                .any(|row| walk::reads_table(row, &write.target.table))
    }

    fn rows_of(
        &mut self,
        write: &'a plan::Write,
        insert: &'a plan::Insert,
        upsert: Upsert,
        row_alias: &mut Option<&'static str>,
    ) -> Rows<'a> {
        let updates = insert
            .conflict
            .as_ref()
            .is_some_and(|conflict| conflict.update.is_some());
        if insert.columns.is_empty() {
            return Rows::Empty(self.dialect.writing().empty_row);
        }
        if insert.literal && insert.rows.iter().all(is_row) && !self.sees_own_rows(write, insert) {
            if updates && upsert == Upsert::OnDuplicateKey(NewRow::Alias) {
                *row_alias = Some("new");
            }
            let rows = insert.rows.iter();
            return Rows::Values(
                rows.map(|row| match &row.body {
                    plan::Body::Select(select) => select
                        .items
                        .iter()
                        .map(|item| self.stored(&item.value))
                        .collect(),
                    plan::Body::SetOperation { .. } | plan::Body::Values(_) => Vec::new(),
                })
                .collect(),
            );
        }
        let query = self.all_rows(&insert.rows);
        Rows::Query(match (&insert.conflict, upsert) {
            // The clause behind names the new row's columns, and those of the table.
            (Some(_), Upsert::OnDuplicateKey(_)) => self.named_new(query),
            (
                Some(_),
                Upsert::OnConflict {
                    needs_where: true, ..
                },
            ) => self.with_where(query),
            _ => query,
        })
    }

    /// All rows as one query.
    fn all_rows(&mut self, rows: &'a [plan::Query]) -> Query<'a> {
        let mut queries = rows.iter();
        let mut all = match queries.next() {
            Some(first) => self.rows_in_length(first),
            None => Query::select(Select::default()),
        };
        for row in queries {
            let right = self.query(row);
            all = Query::bare(Body::SetOperation {
                operator: SetOperator::Union,
                all: true,
                left: Side {
                    query: Box::new(all),
                    parentheses: false,
                },
                right: Side {
                    query: Box::new(right),
                    parentheses: false,
                },
            });
        }
        all
    }

    /// `SELECT new.a, new.b FROM (…) AS new`.
    fn named_new(&mut self, mut query: Query<'a>) -> Query<'a> {
        query.name_items();
        let items = query
            .items()
            .iter()
            .map(|item| Item {
                value: Expr::Column("new".into(), item.name.clone()),
                name: item.name.clone(),
            })
            .collect();
        Query::select(Select {
            items,
            from: Some(From::Derived {
                query: Box::new(query),
                lateral: false,
                alias: "new".into(),
            }),
            ..Select::default()
        })
    }

    /// With something between FROM and ON, which would else be a join's.
    fn with_where(&mut self, mut query: Query<'a>) -> Query<'a> {
        let ends = query.order_by.is_empty() && query.limit.is_none() && query.offset.is_none();
        if !ends {
            return query;
        }
        match &mut query.body {
            Body::Select(select) => {
                if select.filter.is_none()
                    && select.group_by.is_empty()
                    && select.having.is_none()
                    && select.from.is_some()
                {
                    select.filter = Some(Expr::atom("TRUE"));
                }
                query
            }
            Body::SetOperation { .. } | Body::Values { .. } => {
                let mut query = self.derived(query, "given");
                if let Body::Select(select) = &mut query.body {
                    select.filter = Some(Expr::atom("TRUE"));
                }
                query
            }
        }
    }

    fn conflict(
        &mut self,
        write: &'a plan::Write,
        conflict: &'a plan::Conflict,
        upsert: Upsert,
    ) -> Option<Conflict<'a>> {
        let new = match upsert {
            Upsert::OnConflict { .. } => RowName::Alias("excluded".into()),
            Upsert::OnDuplicateKey(new) => {
                if let Some(other) = conflict.others.first() {
                    self.refuse(
                        conflict.span,
                        Refusal {
                            why: format!(
                                "a row with the same ({}) is met as if it were one with the same ({})",
                                other.join(", "),
                                conflict.columns.join(", ")
                            )
                            .into(),
                            instead: Some(super::apart::way_out(write, conflict).into()),
                        },
                    );
                    return None;
                }
                match new {
                    // In front of a query, it is that query's alias.
                    NewRow::Alias => RowName::Alias("new".into()),
                    NewRow::Function => RowName::Function,
                }
            }
        };
        let in_place = matches!(upsert, Upsert::OnDuplicateKey(_));
        let Some(update) = &conflict.update else {
            return Some(if in_place {
                let column = &**write.target.key.first().or(conflict.columns.first())?;
                let same = Expr::Column((&*write.target.table).into(), column.into());
                Conflict::Duplicate(vec![(column, same)])
            } else {
                Conflict::On {
                    columns: conflict.columns.iter().map(|column| &**column).collect(),
                    sets: None,
                    filter: None,
                }
            });
        };
        let plan::Body::Select(select) = &update.values.body else {
            return None;
        };
        let Some(plan::From::Join { left, right, .. }) = &select.from else {
            return None;
        };
        let (plan::From::Table { id: row, .. }, plan::From::Table { id: fresh, .. }) =
            (&**left, &**right)
        else {
            return None;
        };
        self.rows
            .push((*row, RowName::Alias((&*write.target.table).into())));
        self.rows.push((*fresh, new));
        let sets: Vec<(&str, &'a plan::Expr)> = update
            .columns
            .iter()
            .map(|column| &**column)
            .zip(select.items.iter().map(|item| &item.value))
            .collect();
        let condition = select
            .items
            .get(update.columns.len())
            .filter(|_| update.conditional);
        if in_place {
            if let Some(condition) = condition {
                self.refuse(
                    condition.value.span,
                    Refusal {
                        why: "there is no condition on the update of a row that is there".into(),
                        instead: Some(super::apart::way_out(write, conflict).into()),
                    },
                );
            }
            let Some(order) = readers_first(&sets, *row) else {
                self.refuse(
                    conflict.span,
                    Refusal {
                        why: "one of these fields would be set from what another has just been set to".into(),
                        instead: Some("set them from `new`".into()),
                    },
                );
                return None;
            };
            let sets = order
                .into_iter()
                .filter_map(|place| {
                    let (column, value) = sets.get(place)?;
                    Some((*column, self.stored(value)))
                })
                .collect();
            return Some(Conflict::Duplicate(sets));
        }
        let sets = sets
            .into_iter()
            .map(|(column, value)| (column, self.stored(value)))
            .collect();
        let filter = condition.map(|item| self.condition(&item.value));
        Some(Conflict::On {
            columns: conflict.columns.iter().map(|column| &**column).collect(),
            sets: Some(sets),
            filter,
        })
    }

    /// A query that finds a row if two new rows are to change the same one: which of them wins is no question to ask.
    fn no_repeats(
        &mut self,
        insert: &'a plan::Insert,
        conflict: &'a plan::Conflict,
    ) -> WriteStatement<'a> {
        let mut given = self.all_rows(&insert.rows);
        given.name_items();
        let alias = self.own_alias("given");
        let key: Vec<_> = conflict
            .columns
            .iter()
            .filter_map(|column| insert.columns.iter().position(|known| known == column))
            .filter_map(|place| given.items().get(place))
            .map(|item| Expr::Column(alias.clone(), item.name.clone()))
            .collect();
        let there = key.iter().map(|column| Expr::Form {
            sql: "{0} IS NOT NULL".into(),
            binds: crate::dialect::Binding::Comparison,
            holes: crate::dialect::Binding::Sum,
            operands: vec![copy(column)],
        });
        let filter = Expr::all(there.collect());
        let query = Query {
            limit: Some(Expr::atom("1")),
            ..Query::select(Select {
                items: vec![Item {
                    value: Expr::atom("1"),
                    name: "one".into(),
                }],
                from: Some(From::Derived {
                    query: Box::new(given),
                    lateral: false,
                    alias,
                }),
                filter,
                group_by: key,
                having: Some(Expr::Text(
                    "count(*) > 1".into(),
                    crate::dialect::Binding::Comparison,
                )),
                ..Select::default()
            })
        };
        let message = format!(
            "two of the given rows have the same ({}), so it is not clear which is to be kept",
            conflict.columns.join(", ")
        );
        self.written(Write::Read(query), Vec::new(), Does::Refuse(message.into()))
    }
}

/// A column again.
fn copy<'a>(column: &Expr<'a>) -> Expr<'a> {
    match column {
        Expr::Column(table, name) => Expr::Column(table.clone(), name.clone()),
        _ => Expr::atom("NULL"),
    }
}

/// Whether it is one row of values, with nothing around it.
fn is_row(query: &plan::Query) -> bool {
    let plan::Body::Select(select) = &query.body else {
        return false;
    };
    query.ctes.is_empty()
        && query.order_by.is_empty()
        && query.limit.is_none()
        && query.offset.is_none()
        && select.from.is_none()
        && select.filter.is_empty()
        && !select.grouped
        && !select.distinct
}
