//! What a SELECT reads.

use super::text::{Hole, Text};
use crate::legal::From;
use djq_plan::plan::JoinKind;
use sea_query::{
    Alias, IntoIden, JoinType, SchemaName, SelectStatement, TableName, TableRef, ValueTuple,
};

impl<'a> Text<'a> {
    /// Puts `from` into a SELECT: joins that lean to the left are its joins.
    pub(super) fn from(&mut self, from: &'a From<'a>, statement: &mut SelectStatement) {
        let mut joins = Vec::new();
        let mut first = from;
        while let From::Join {
            kind,
            left,
            right,
            on,
            ..
        } = first
        {
            joins.push((*kind, &**right, on.as_ref()));
            first = left;
        }
        statement.from(self.table(first));
        for (kind, right, on) in joins.into_iter().rev() {
            let table = self.table(right);
            match on {
                Some(on) => {
                    let on = self.value(on);
                    statement.join(join_type(kind), table, on);
                }
                None => {
                    statement.cross_join(table);
                }
            }
        }
    }

    fn table(&mut self, from: &'a From<'a>) -> TableRef {
        match from {
            From::Table {
                schema,
                table,
                alias,
            } => TableRef::Table(
                TableName(
                    schema.map(|schema| SchemaName(None, Alias::new(schema).into_iden())),
                    Alias::new(&**table).into_iden(),
                ),
                (table != alias || schema.is_some()).then(|| Alias::new(&**alias).into_iden()),
            ),
            From::Derived { .. } | From::Join { .. } => hole(self.hole(Hole::From(from))),
        }
    }

    /// A derived table, or joined tables as one operand.
    pub(super) fn unit(&mut self, from: &'a From<'a>) {
        match from {
            From::Table {
                schema,
                table,
                alias,
            } => {
                if let Some(schema) = schema {
                    self.name(schema);
                    self.push(".");
                }
                self.name(table);
                if table != alias || schema.is_some() {
                    self.push(" AS ");
                    self.name(alias);
                }
            }
            From::Derived {
                query,
                lateral,
                alias,
            } => {
                self.push(if *lateral { "LATERAL (" } else { "(" });
                self.query(query);
                self.push(") AS ");
                self.name(alias);
            }
            From::Join { .. } => {
                self.push("(");
                self.joined(from);
                self.push(")");
            }
        }
    }

    /// Joined tables, without parentheses.
    pub(super) fn joined(&mut self, from: &'a From<'a>) {
        let From::Join {
            kind,
            left,
            right,
            on,
            guard,
        } = from
        else {
            self.unit(from);
            return;
        };
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            self.joined(left);
            self.when(*guard, |text| {
                text.push(match kind {
                    JoinKind::Inner => " JOIN ",
                    JoinKind::Left => " LEFT JOIN ",
                    JoinKind::Right => " RIGHT JOIN ",
                    JoinKind::Full => " FULL JOIN ",
                    JoinKind::Cross => " CROSS JOIN ",
                });
                text.unit(right);
                if let Some(on) = on {
                    text.push(" ON ");
                    text.expression(on);
                }
            });
        });
    }
}

/// What stands in a hole as a table.
pub(super) fn hole(value: sea_query::Value) -> TableRef {
    TableRef::ValuesList(vec![ValueTuple::One(value)], Alias::new("").into_iden())
}

fn join_type(kind: JoinKind) -> JoinType {
    match kind {
        JoinKind::Inner => JoinType::InnerJoin,
        JoinKind::Left => JoinType::LeftJoin,
        JoinKind::Right => JoinType::RightJoin,
        JoinKind::Full => JoinType::FullOuterJoin,
        JoinKind::Cross => JoinType::CrossJoin,
    }
}
