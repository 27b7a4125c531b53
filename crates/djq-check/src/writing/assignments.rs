//! `field = value`: which field a name on the left is, and a value that fits it.

use crate::{
    Ty, Type,
    facts::FactKind,
    hir::{Expr, ExprKind, Guard, NamedId},
    members::{field_type, find_member, member_names},
    names::with_nearest,
    scope::{OutputColumn, OutputKind},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes, nearest};
use djq_schema::{FieldId, Member, ModelId, RelationId};
use djq_syntax::ast;

/// A field with its new value.
#[derive(Debug)]
pub(super) struct Assigned {
    pub(super) field: FieldId,
    pub(super) value: Expr,
}

/// A value that is set when a guard holds.
pub(super) fn value_when(guard: Guard, value: Expr) -> Expr {
    Expr {
        ty: value.ty.clone(),
        span: value.span,
        kind: ExprKind::When(Box::new(guard), Box::new(value)),
    }
}

impl Assigned {
    /// When it is there; none where it always is.
    pub(super) fn guard(&self) -> Option<&Guard> {
        match &self.value.kind {
            ExprKind::When(guard, _) => Some(guard),
            _ => None,
        }
    }
}

/// Whether a row is made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Insert,
    /// With a row of each multi-table parent.
    InsertWhole,
    Update,
}

impl<'a> Walker<'a> {
    /// The assignments of one row, checked in the innermost scope, in the order written.
    pub(super) fn assignments(
        &mut self,
        model: ModelId,
        list: &'a [ast::Assignment],
        verb: Verb,
    ) -> Vec<Assigned> {
        let mut assigned: Vec<Assigned> = Vec::with_capacity(list.len());
        let mut first: Vec<(FieldId, Span)> = Vec::with_capacity(list.len());
        for assignment in list {
            let guard = self.assignment_guard(assignment, verb);
            let to = self.assigned_field(model, &assignment.name, verb);
            self.scope().guard = guard.clone();
            let value = self.clause_expr(&assignment.value);
            let value = self.typing().value(value);
            self.scope().guard = None;
            let Some((field, ty)) = to else {
                self.broken = true;
                continue;
            };
            let value = self
                .typing()
                .assign(value, field, &ty, assignment.name.span);
            if let Some((_, span)) = first.iter().find(|(known, _)| *known == field) {
                let (name, span) = (&assignment.name, *span);
                self.report(
                    Diagnostic::new(
                        &codes::NOT_ASSIGNABLE,
                        name.span,
                        format!("`{}` is set twice", name.text),
                    )
                    .because(span, "here first"),
                );
                continue;
            }
            first.push((field, assignment.name.span));
            self.broken |= value.ty.kind == Type::Error;
            let value = match guard {
                Some(guard) => value_when(guard, value),
                None => value,
            };
            assigned.push(Assigned { field, value });
        }
        assigned
    }

    /// When an assignment is there; none where it always is.
    fn assignment_guard(&mut self, assignment: &'a ast::Assignment, verb: Verb) -> Option<Guard> {
        let written = assignment.guard.as_ref()?;
        let guard = self.guard(written);
        if verb != Verb::Update {
            self.report(
                Diagnostic::new(
                    &codes::MISPLACED_GUARD,
                    written.span,
                    "a new row has the same fields each time",
                )
                .because(assignment.name.span, "this cannot be optional")
                .help("give the parameter a default, or the field a fallback with `??`"),
            );
        }
        Some(guard)
    }

    /// The field of a name on the left, and what the name stands for: a relation's is the key it holds.
    pub(super) fn assigned_field(
        &mut self,
        model: ModelId,
        name: &'a ast::Name,
        verb: Verb,
    ) -> Option<(FieldId, Ty)> {
        let of = self.schema.model(model);
        if &*name.text == "pk" {
            let mut key = self.schema.primary_key(model);
            if let (Some(field), None) = (key.next(), key.next()) {
                return self.settable(field, name);
            }
        }
        let Some((path, member)) = find_member(self.schema, model, &name.text) else {
            self.report(with_nearest(
                Diagnostic::new(
                    &codes::UNKNOWN_FIELD,
                    name.span,
                    format!("`{}` has no field `{}`", of.label, name.text),
                ),
                name.span,
                nearest(&name.text, member_names(self.schema, model)),
            ));
            return None;
        };
        if let Some(step) = path.first().filter(|_| verb != Verb::InsertWhole) {
            let parent = self
                .schema
                .relation(*step)
                .target
                .map_or_else(String::new, |parent| {
                    self.schema.model(parent).label.to_string()
                });
            self.report(
                Diagnostic::new(
                    &codes::NOT_ASSIGNABLE,
                    name.span,
                    format!("`{}` is in the table of the parent `{parent}`", name.text),
                )
                .help(format!("write to `{parent}`")),
            );
            return None;
        }
        match member {
            Member::Field(field) => {
                self.fact(
                    name.span,
                    FactKind::Field(field, field_type(self.schema, field).required()),
                );
                self.settable(field, name)
            }
            Member::Relation(relation) => {
                self.fact(name.span, FactKind::Relation(relation));
                match self.key_field(relation) {
                    Some(field) => self.settable(field, name),
                    None => {
                        self.no_column(relation, name);
                        None
                    }
                }
            }
        }
    }

    /// The field that holds a relation's key, where it is one column of the model's own table.
    fn key_field(&self, relation: RelationId) -> Option<FieldId> {
        let model = self.schema.concrete(relation.model);
        let index = self
            .schema
            .model(model)
            .fields
            .iter()
            .position(|field| field.relation == Some(relation.index))?;
        Some(FieldId {
            model,
            index: u32::try_from(index).ok()?,
        })
    }

    fn no_column(&mut self, relation: RelationId, name: &ast::Name) {
        let of = self.schema.relation(relation);
        let mut diagnostic = Diagnostic::new(
            &codes::NOT_ASSIGNABLE,
            name.span,
            format!("`{}` has no column here to set", name.text),
        );
        let holder = of.hops.first().map(|hop| hop.model);
        if let Some(generic) = of.generic {
            let fields = &self.schema.model(relation.model).fields;
            let names: Vec<&str> = [generic.0, generic.1]
                .iter()
                .filter_map(|place| fields.get(*place as usize))
                .map(|field| &*field.name)
                .collect();
            diagnostic = diagnostic.help(format!("set its two fields: `{}`", names.join("`, `")));
        } else if let Some(holder) = holder {
            let holder = &self.schema.model(holder).label;
            diagnostic = diagnostic
                .label("the rows of a relation to many are elsewhere")
                .help(format!("write to `{holder}`, whose rows it is made of"));
        }
        self.report(diagnostic);
    }

    /// Refuses what the database makes by itself.
    fn settable(&mut self, field: FieldId, name: &ast::Name) -> Option<(FieldId, Ty)> {
        let of = self.schema.field(field);
        if of.generated {
            let key = self.schema.primary_key(field.model).any(|key| key == field);
            let message = format!("`{}` is made by the database", name.text);
            let mut diagnostic =
                Diagnostic::new(&codes::NOT_ASSIGNABLE, name.span, message).label(if key {
                    "an automatic key"
                } else {
                    "a generated column"
                });
            if key {
                diagnostic =
                    diagnostic.help("leave it out; behind `insert`, `returning` gives the new key");
            }
            self.report(diagnostic);
            return None;
        }
        let mut ty = field_type(self.schema, field).required().with_null(of.null);
        if let Some(target) = self.key_target(field) {
            ty.kind = Type::Key(target);
        }
        Some((field, ty))
    }

    /// The model whose primary key a field holds.
    fn key_target(&self, field: FieldId) -> Option<ModelId> {
        let relation = self.schema.relation(RelationId {
            model: field.model,
            index: self.schema.field(field).relation?,
        });
        let target = self.schema.concrete(relation.target?);
        let [hop] = relation.hops.as_slice() else {
            return None;
        };
        hop.on
            .iter()
            .map(|(_, right)| *right)
            .eq(self.schema.primary_key(target))
            .then_some(target)
    }

    /// Values as columns of the innermost scope's output; the names are those of the table's columns.
    pub(super) fn value_columns(
        &mut self,
        assigned: impl IntoIterator<Item = Assigned>,
        output: &mut Vec<OutputColumn>,
    ) -> Vec<FieldId> {
        let mut fields = Vec::new();
        for Assigned { field, value } in assigned {
            let column = self.schema.field(field).column.clone();
            let taken = |name: &str| output.iter().any(|other| *other.name == *name);
            let name: Box<str> = if taken(&column) {
                format!("new_{column}").into()
            } else {
                column
            };
            let id = self.output_value(&name, value);
            let span = self.named(id).span;
            output.push(OutputColumn {
                name,
                span,
                aliased: false,
                kind: OutputKind::Named(id),
            });
            fields.push(field);
        }
        fields
    }

    fn output_value(&mut self, name: &str, value: Expr) -> NamedId {
        let span = value.span;
        self.add_named(name, value, span)
    }
}
