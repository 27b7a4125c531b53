//! What a SELECT reads.

use super::text::Text;
use crate::{dialect::Binding, legal::From};
use djq_plan::plan::JoinKind;
use sea_query::{DynIden, TableRef, ValueTuple};

impl<'a> Text<'a> {
    /// A table, a derived table, or joined tables as one operand.
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
            From::Function {
                sql,
                operands,
                alias,
                columns,
            } => {
                self.form(sql, Binding::Atom, Binding::Atom, operands);
                self.push(" AS ");
                self.name(alias);
                for (place, column) in columns.iter().enumerate() {
                    self.push(if place == 0 { "(" } else { ", " });
                    self.name(column);
                }
                if !columns.is_empty() {
                    self.push(")");
                }
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
    TableRef::ValuesList(vec![ValueTuple::One(value)], DynIden::from(""))
}
