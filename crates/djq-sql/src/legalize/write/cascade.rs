//! The statements of a delete that carries out each `on_delete`.

use crate::{
    legal::{Write, WriteStatement},
    legalize::Legalizer,
    rendered::Does,
};
use djq_plan::plan;

impl<'a> Legalizer<'a> {
    pub(super) fn cascade(
        &mut self,
        delete: &'a plan::Delete,
        cascade: &'a plan::Cascade,
    ) -> Vec<WriteStatement<'a>> {
        let mut statements = Vec::new();
        let key_of = |set: usize| cascade.sets.get(set).map_or(0, |set| set.key);
        let first = Does::Collect {
            into: 0,
            key: key_of(0),
            keys: None,
        };
        statements.push(self.collected(&delete.rows, cascade, 0, first));
        for follow in &cascade.follow {
            let does = Does::Collect {
                into: follow.into,
                key: key_of(follow.into),
                keys: Some(follow.keys.clone()),
            };
            statements.push(self.collected(&follow.rows, cascade, follow.into, does));
        }
        for protect in &cascade.protect {
            let query = self.query(&protect.rows);
            let columns = match &protect.rows.body {
                plan::Body::Select(select) => select
                    .items
                    .iter()
                    .map(|item| (item.name.clone(), item.value.ty.clone()))
                    .collect(),
                _ => Vec::new(),
            };
            let does = Does::Protect {
                keys: protect.keys.clone(),
                except: protect.except,
                why: protect.message.clone(),
            };
            statements.push(self.written(Write::Read(query), columns, does));
        }
        for change in &cascade.change {
            if let plan::WriteKind::Update(update) = &change.write.kind {
                let mut statement = self.update(&change.write, update);
                statement.does = Does::Change(change.keys.clone());
                statements.push(statement);
            }
        }
        for remove in &cascade.remove {
            if let plan::WriteKind::Delete(delete) = &remove.write.kind {
                let mut statement = self.delete(&remove.write, delete);
                statement.does = Does::Remove {
                    keys: remove.keys.clone(),
                    in_turn: remove.in_turn,
                };
                statements.push(statement);
            }
        }
        statements
    }

    /// A statement that reads rows of a set.
    fn collected(
        &mut self,
        rows: &'a plan::Query,
        cascade: &plan::Cascade,
        set: usize,
        does: Does,
    ) -> WriteStatement<'a> {
        let query = self.query(rows);
        let columns = cascade
            .sets
            .get(set)
            .map_or_else(Vec::new, |set| set.columns.clone());
        self.written(Write::Read(query), columns, does)
    }
}
