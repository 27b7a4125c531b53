//! UPDATE.

use super::{RowName, order::readers_first};
use crate::{
    dialect::Joined as Form,
    legal::{Expr, Joined, Name, Update, Write, WriteStatement},
    legalize::Legalizer,
    rendered::Does,
};
use djq_plan::plan;

impl<'a> Legalizer<'a> {
    pub(super) fn update(
        &mut self,
        write: &'a plan::Write,
        update: &'a plan::Update,
    ) -> WriteStatement<'a> {
        let update = match self.plain_update(write, update) {
            Some(update) => update,
            None => self.joined_update(write, update),
        };
        let gives = self.returned_columns(write);
        let does = if gives.is_empty() {
            Does::Count
        } else {
            Does::Return
        };
        self.written(Write::Update(update), gives, does)
    }

    /// `UPDATE t SET a = x WHERE …`, where that is all.
    fn plain_update(
        &mut self,
        write: &'a plan::Write,
        update: &'a plan::Update,
    ) -> Option<Update<'a>> {
        let writing = self.dialect.writing();
        let (id, select) = self.plain(&update.rows)?;
        if self.is_better_found(select) {
            return None;
        }
        let values = select.items.get(write.target.key.len()..)?;
        let reads = |expr: &plan::Expr| self.reads(expr, &write.target.table);
        if !writing.keeps_target && values.iter().any(|item| reads(&item.value))
            || !writing.reads_target && select.filter.iter().any(reads)
        {
            return None;
        }
        let sets: Vec<(&str, &'a plan::Expr)> = update
            .columns
            .iter()
            .map(|column| &**column)
            .zip(values.iter().map(|item| &item.value))
            .collect();
        let order: Vec<usize> = if writing.assigns_in_order {
            readers_first(&sets, id)?
        } else {
            (0..sets.len()).collect()
        };
        let alias: Name<'a> = self.alias(id).into();
        let sets = order
            .into_iter()
            .filter_map(|place| {
                let (column, value) = sets.get(place)?;
                Some((*column, self.stored(value)))
            })
            .collect();
        let filter = self.conditions(&select.filter);
        let returning = self.returning(write, writing.returning.update, || {
            if writing.returns_by_alias {
                RowName::Alias(alias.clone())
            } else {
                RowName::Bare
            }
        });
        Some(Update {
            target: self.target(&write.target, &alias),
            sets,
            joined: None,
            filter,
            returning,
        })
    }

    /// The rows' keys and values as a derived table, joined by the key.
    fn joined_update(&mut self, write: &'a plan::Write, update: &'a plan::Update) -> Update<'a> {
        let writing = self.dialect.writing();
        let alias = self.first_alias(&update.rows, &write.target);
        let found = self.own_alias("found");
        let query = self.found(&update.rows);
        let sets = update
            .columns
            .iter()
            .zip(query.items().iter().skip(write.target.key.len()))
            .map(|(column, item)| {
                let value = Expr::Column(found.clone(), item.name.clone());
                (&**column, item.value.guard_of(value))
            })
            .collect();
        let on = self.same_key(&write.target.key, &alias, &found);
        let returning = self.returning(write, writing.returning.update, || {
            if writing.returns_by_alias {
                RowName::Alias(alias.clone())
            } else {
                RowName::Bare
            }
        });
        Update {
            target: self.target(&write.target, &alias),
            sets,
            joined: Some(Joined {
                query,
                alias: found,
                on,
                as_join: writing.joined == Form::Join,
            }),
            filter: None,
            returning,
        }
    }
}
