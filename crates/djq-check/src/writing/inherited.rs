//! Rows of multi-table children, which are a row in the table of each parent too.

use crate::walker::Walker;
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::{FieldId, Member, ModelId, RelationId};
use djq_syntax::ast;

/// The models that a new row is made of.
#[derive(Debug)]
pub(super) struct Inherited {
    /// The parents that get a row too, the root first.
    pub(super) parents: Vec<ModelId>,
    /// The model itself.
    pub(super) model: ModelId,
}

impl<'a> Walker<'a> {
    /// The parents whose rows are made with that of a model: none where it has none, or where the rows say which row of
    /// the parent each belongs to. `alone`: the rows are written out, one if anything is returned, and nothing is said of conflicts.
    pub(super) fn inherited(
        &mut self,
        model: ModelId,
        at: Span,
        rows: &'a [Vec<ast::Assignment>],
        alone: bool,
    ) -> Option<Inherited> {
        let none = Inherited {
            parents: Vec::new(),
            model,
        };
        let own = self.schema.model(model);
        let Some(parent) = self.parent(model) else {
            return Some(none);
        };
        let links = own.parents.len();
        let attached = rows.iter().flatten().any(|assignment| {
            &*assignment.name.text == "pk" || self.names_link(model, &assignment.name.text)
        });
        if attached {
            return Some(none);
        }
        let mut parents = vec![parent];
        let mut several = links > 1;
        while let Some(next) = parents.last().and_then(|model| self.parent(*model)) {
            several |= parents
                .last()
                .is_some_and(|model| self.schema.model(*model).parents.len() > 1);
            if parents.contains(&next) {
                break;
            }
            parents.push(next);
        }
        parents.reverse();
        if alone && !several {
            return Some(Inherited { parents, model });
        }
        let link = own
            .fields
            .iter()
            .find(|field| {
                field
                    .relation
                    .is_some_and(|index| own.parents.contains(&index))
            })
            .map_or("pk", |field| &*field.name);
        let (label, parent) = (&own.label, &self.schema.model(parent).label);
        self.report(
            Diagnostic::new(
                &codes::NOT_ASSIGNABLE,
                at,
                format!("a row of `{label}` is a row in each of several tables"),
            )
            .label(format!("a multi-table child of `{parent}`"))
            .help(if several {
                format!("insert the rows of its parents first, and then this with `{link}` and the other keys")
            } else {
                format!(
                    "`insert {} [{{ … }}, …]` makes such rows where they are written out, and returns the key of one; or insert rows of `{parent}` first, and then these with `{link} = …`",
                    own.name
                )
            }),
        );
        None
    }

    /// The first multi-table parent of a model.
    fn parent(&self, model: ModelId) -> Option<ModelId> {
        let of = self.schema.model(model);
        let relation = of.relations.get(*of.parents.first()? as usize)?;
        Some(self.schema.concrete(relation.target?))
    }

    /// Whether a name is that of a model's link to a parent.
    fn names_link(&self, model: ModelId, name: &str) -> bool {
        match self.schema.member(model, name) {
            Some(Member::Field(field)) => self.is_parent_link(field),
            Some(Member::Relation(RelationId { model, index })) => {
                self.schema.model(model).parents.contains(&index)
            }
            None => false,
        }
    }

    /// Whether a field is a model's link to a parent.
    pub(super) fn is_parent_link(&self, field: FieldId) -> bool {
        let parents = &self.schema.model(field.model).parents;
        self.schema
            .field(field)
            .relation
            .is_some_and(|index| parents.contains(&index))
    }
}
