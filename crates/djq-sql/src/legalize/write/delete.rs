//! DELETE.

use super::RowName;
use crate::{
    dialect::Joined as Form,
    legal::{Delete, Expr, Joined, Name, Write, WriteStatement},
    legalize::Legalizer,
    rendered::Does,
};
use djq_plan::plan;

impl<'a> Legalizer<'a> {
    pub(super) fn delete(
        &mut self,
        write: &'a plan::Write,
        delete: &'a plan::Delete,
    ) -> WriteStatement<'a> {
        let delete = match self.plain_delete(write, delete) {
            Some(delete) => delete,
            None => self.joined_delete(write, delete),
        };
        let gives = self.returned_columns(write);
        let does = if gives.is_empty() {
            Does::Count
        } else {
            Does::Return
        };
        self.written(Write::Delete(delete), gives, does)
    }

    /// `DELETE FROM t WHERE …`, where that is all.
    fn plain_delete(
        &mut self,
        write: &'a plan::Write,
        delete: &'a plan::Delete,
    ) -> Option<Delete<'a>> {
        let writing = self.dialect.writing();
        let (id, select) = self.plain(&delete.rows)?;
        if self.is_better_found(select) && write.returning.is_none() {
            return None;
        }
        let mut filter = select.filter.iter();
        if !writing.reads_target && filter.any(|expr| self.reads(expr, &write.target.table)) {
            return None;
        }
        let mut alias: Name<'a> = self.alias(id).into();
        if !writing.has_delete_alias && *alias != *write.target.table {
            if self.is_taken(id, &write.target.table) {
                return None;
            }
            alias = (&*write.target.table).into();
            self.rows.push((id, RowName::Alias(alias.clone())));
        }
        let filter = self.conditions(&select.filter);
        let returning = self.returning(write, writing.returning.delete, || RowName::Bare);
        Some(Delete {
            target: self.target(&write.target, &alias),
            joined: None,
            filter,
            returning,
        })
    }

    /// The rows' keys from a query of their own.
    fn joined_delete(&mut self, write: &'a plan::Write, delete: &'a plan::Delete) -> Delete<'a> {
        let writing = self.dialect.writing();
        let query = self.found(&delete.rows);
        if writing.joined == Form::Join && write.returning.is_none() {
            let alias = self.first_alias(&delete.rows, &write.target);
            let found = self.own_alias("found");
            let on = self.same_key(&write.target.key, &alias, &found);
            return Delete {
                target: self.target(&write.target, &alias),
                joined: Some(Joined {
                    query,
                    alias: found,
                    on,
                    as_join: true,
                }),
                filter: None,
                returning: Vec::new(),
            };
        }
        // A server that may not read the table that it writes reads it in a derived table.
        let query = if writing.reads_target {
            query
        } else {
            self.derived(query, "found")
        };
        let table: Name<'a> = (&*write.target.table).into();
        let mut key: Vec<Expr<'a>> = write
            .target
            .key
            .iter()
            .map(|column| Expr::Column(table.clone(), (&**column).into()))
            .collect();
        let value = match key.len() {
            1 => key.swap_remove(0),
            _ => Expr::Row(key),
        };
        let returning = self.returning(write, writing.returning.delete, || RowName::Bare);
        Delete {
            target: self.target(&write.target, &table),
            joined: None,
            filter: Some(Expr::InQuery {
                value: Box::new(value),
                negated: false,
                query: Box::new(query),
            }),
            returning,
        }
    }
}
