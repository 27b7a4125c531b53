//! Inserts that meet rows which are there, in two statements, where the server's one clause would meet others too.

use super::order::readers_first;
use crate::{
    dialect::{Dialect, Upsert},
    legal::{Insert, Rows, Write, WriteStatement},
    legalize::Legalizer,
    rendered::Does,
};
use djq_plan::plan::{self, Plan, WriteKind};

/// The plan with its insert in two statements, where it has to be and can be.
pub(crate) fn conflicts_apart(plan: &Plan, dialect: &dyn Dialect) -> Option<Plan> {
    let WriteKind::Insert(plan::Insert {
        conflict: Some(conflict),
        ..
    }) = &plan.write.as_ref()?.kind
    else {
        return None;
    };
    let needed = matches!(dialect.writing().upsert, Upsert::OnDuplicateKey(_))
        && (!conflict.others.is_empty() || conflict.update.as_ref().is_some_and(is_beyond));
    needed.then(|| djq_plan::conflicts_apart(plan)).flatten()
}

/// What to write where an insert cannot be taken apart.
pub(super) fn way_out(write: &plan::Write, conflict: &plan::Conflict) -> &'static str {
    match &conflict.update {
        _ if write.returning.is_some() => {
            "leave `returning` out, and read the rows with a second query"
        }
        Some(update)
            if update
                .columns
                .iter()
                .any(|set| conflict.columns.contains(set)) =>
        {
            "do not set the fields of `on conflict`"
        }
        Some(_) => {
            "insert rows that are read from other tables, or literal rows; or update the rows that are there first, in the same transaction"
        }
        None => {
            "rows of which no two have the same fields there: behind `group by`, or one at a time"
        }
    }
}

/// Whether ON DUPLICATE KEY UPDATE cannot say it: it has no condition, and sees what it has set.
fn is_beyond(update: &plan::ConflictUpdate) -> bool {
    let plan::Body::Select(select) = &update.values.body else {
        return false;
    };
    let Some(plan::From::Join { left, .. }) = &select.from else {
        return false;
    };
    let values = select.items.iter().map(|item| &item.value);
    let sets: Vec<_> = update.columns.iter().map(|c| &**c).zip(values).collect();
    update.conditional
        || left
            .id()
            .is_some_and(|row| readers_first(&sets, row).is_none())
}

impl<'a> Legalizer<'a> {
    /// The update, and the insert of the rows that it has not met.
    pub(super) fn insert_apart(
        &mut self,
        write: &'a plan::Write,
        insert: &'a plan::Insert,
        apart: &'a plan::ConflictApart,
    ) -> Vec<WriteStatement<'a>> {
        let mut statements = Vec::new();
        if let Some(update) = &apart.update {
            statements.extend(
                self.write(update)
                    .into_iter()
                    .map(|statement| WriteStatement {
                        does: Does::Add,
                        ..statement
                    }),
            );
        }
        let table = (&*write.target.table).into();
        let insert = Insert {
            target: self.target(&write.target, &table),
            columns: insert.columns.iter().map(|column| &**column).collect(),
            rows: Rows::Query(self.rows_in_length(&apart.rows)),
            row_alias: None,
            conflict: None,
            returning: Vec::new(),
        };
        statements.push(self.written(Write::Insert(insert), Vec::new(), Does::Count));
        statements
    }
}
