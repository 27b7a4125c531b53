//! RETURNING.

use super::RowName;
use crate::{dialect::Refusal, legal::Item, legalize::Legalizer};
use djq_check::Ty;
use djq_plan::plan;

impl<'a> Legalizer<'a> {
    /// The items of RETURNING, where the dialect has it for this statement. `name` is what the row goes by there.
    pub(super) fn returning(
        &mut self,
        write: &'a plan::Write,
        has: bool,
        name: impl FnOnce() -> RowName<'a>,
    ) -> Vec<Item<'a>> {
        let Some(select) = self.returned(write) else {
            return Vec::new();
        };
        if !has {
            let span = select
                .items
                .first()
                .map_or(write.span, |item| item.value.span);
            self.refuse(span, no_returning(write, self.dialect.id().title()));
            return Vec::new();
        }
        if let Some(plan::From::Table { id, .. }) = &select.from {
            self.rows.push((*id, name()));
        }
        select.items.iter().map(|item| self.item(item)).collect()
    }

    /// What is asked for of the written rows.
    pub(super) fn returned(&self, write: &'a plan::Write) -> Option<&'a plan::Select> {
        match &write.returning.as_ref()?.body {
            plan::Body::Select(select) => Some(select),
            plan::Body::SetOperation { .. } | plan::Body::Values(_) => None,
        }
    }

    /// The names and types of the columns that the statement gives.
    pub(super) fn returned_columns(&self, write: &'a plan::Write) -> Vec<(Box<str>, Ty)> {
        self.returned(write)
            .into_iter()
            .flat_map(|select| &select.items)
            .map(|item| (item.name.clone(), item.value.ty.clone()))
            .collect()
    }
}

fn no_returning(write: &plan::Write, title: &str) -> Refusal {
    let (verb, instead) = match &write.kind {
        plan::WriteKind::Insert(_) => (
            "INSERT",
            "return the automatic key of one new row alone, which the driver reads; or read the rows by a unique field \
             with a second query",
        ),
        plan::WriteKind::Update(_) => (
            "UPDATE",
            "read the rows with a second query, in the same transaction",
        ),
        plan::WriteKind::Delete(_) => (
            "DELETE",
            "read the rows with a query in front of it, in the same transaction",
        ),
    };
    Refusal {
        why: format!("{title} has no {verb} … RETURNING").into(),
        instead: Some(instead.into()),
    }
}
