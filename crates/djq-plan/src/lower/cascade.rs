//! What goes with rows that go: statements that read, set and remove, made from the schema alone.

use super::{Planner, equal};
use crate::plan::{
    self, Body, Cascade, Change, Expr, ExprKind, Follow, From, Item, Keys, Protect, Query, Remove,
    RowSet, Select, TableId, Write, WriteKind,
};
use djq_check::{Type, hir};
use djq_diagnostics::Span;
use djq_schema::{Deletion, FieldId, ModelId, OnDelete, Reference};

impl<'a> Planner<'a> {
    /// The cascade of a delete of a model's rows; `fields` are the columns that it reads.
    pub(super) fn cascade(
        &mut self,
        model: ModelId,
        fields: &[FieldId],
        cascade: &'a hir::Cascade,
        span: Span,
    ) -> Option<Cascade> {
        let deletion = self.schema.deletion(model);
        let fields: Vec<Vec<FieldId>> = deletion
            .models
            .iter()
            .enumerate()
            .map(|(place, of)| match place {
                0 => fields.to_vec(),
                _ => self.read_fields(*of, &deletion),
            })
            .collect();
        let order = deletion.order();
        let circular = |place: usize| order.contains(&(place, true));
        let mut plan = Cascade {
            sets: deletion
                .models
                .iter()
                .zip(&fields)
                .map(|(of, fields)| self.row_set(*of, fields))
                .collect(),
            follow: Vec::new(),
            protect: Vec::new(),
            change: Vec::new(),
            remove: Vec::new(),
        };
        for reference in &deletion.references {
            let from = reference.from_place;
            let known = fields.get(from)?;
            let columns = reference
                .on
                .iter()
                .map(|(held, _)| known.iter().position(|field| field == held))
                .collect::<Option<Vec<usize>>>()?;
            let keys = Keys { set: from, columns };
            let into = reference.to_place;
            match reference.action {
                OnDelete::Cascade => {
                    let into = into?;
                    let rows = self.pointing(reference, fields.get(into)?, span);
                    plan.follow.push(Follow { keys, into, rows });
                    if !reference.is_parent && circular(from) && circular(into) {
                        plan.change
                            .extend(self.loosen(reference, into, &plan.sets, span));
                    }
                }
                OnDelete::Protect | OnDelete::Restrict => {
                    let key: Vec<FieldId> = self.schema.primary_key(reference.to).collect();
                    let rows = self.pointing(reference, &key, span);
                    let restricts = reference.action == OnDelete::Restrict;
                    plan.protect.push(Protect {
                        keys,
                        except: into.filter(|_| restricts),
                        rows,
                        message: self.kept(reference),
                    });
                }
                OnDelete::SetNull | OnDelete::SetDefault => {
                    let write = self.reset(reference, cascade, span);
                    plan.change.push(Change { keys, write });
                }
                OnDelete::DoNothing | OnDelete::Set => {}
            }
        }
        for (set, in_turn) in &order {
            let (set, model) = (*set, deletion.models.get(*set)?);
            let key: Vec<FieldId> = self.schema.primary_key(*model).collect();
            plan.remove.push(Remove {
                keys: Keys {
                    set,
                    columns: (0..key.len()).collect(),
                },
                write: self.removal(*model, &key, span),
                in_turn: *in_turn,
            });
        }
        Some(plan)
    }

    /// What is read of rows that go: the primary key, and the fields that others point to.
    fn read_fields(&self, model: ModelId, deletion: &Deletion) -> Vec<FieldId> {
        let mut fields: Vec<FieldId> = self.schema.primary_key(model).collect();
        for reference in &deletion.references {
            for (held, _) in &reference.on {
                if reference.from == model && !fields.contains(held) {
                    fields.push(*held);
                }
            }
        }
        fields
    }

    fn row_set(&self, model: ModelId, fields: &[FieldId]) -> RowSet {
        let column = |field: &FieldId| {
            let of = self.schema.field(*field);
            let ty = Type::from(&of.ty).required().with_null(of.null);
            (of.column.clone(), ty)
        };
        RowSet {
            columns: fields.iter().map(column).collect(),
            key: self.schema.primary_key(model).count(),
        }
    }

    /// A table that no source stands for.
    fn loose_table(&mut self, model: ModelId, span: Span) -> (TableId, From) {
        let of = self.schema.model(model);
        let id = self.push_table(0, of.table.clone(), span);
        // Each stands in a statement of its own.
        self.active.pop();
        let from = From::Table {
            id,
            schema: of.db_schema.clone(),
            table: of.table.clone(),
        };
        (id, from)
    }

    /// A SELECT of fields from a model's rows under a condition made for its table.
    fn loose_rows(
        &mut self,
        model: ModelId,
        fields: &[FieldId],
        span: Span,
        filter: impl FnOnce(&mut Self, TableId) -> Vec<Expr>,
    ) -> Query {
        let (id, from) = self.loose_table(model, span);
        let items = fields
            .iter()
            .map(|field| Item {
                value: self.field(id, *field, span),
                name: self.schema.field(*field).column.clone(),
            })
            .collect();
        let filter = filter(self, id);
        Query {
            ctes: Vec::new(),
            body: Body::Select(Box::new(Select {
                items,
                from: Some(from),
                filter,
                ..Select::default()
            })),
            order_by: Vec::new(),
            limit: None,
            offset: None,
        }
    }

    /// Rows that point to rows that go.
    fn pointing(&mut self, reference: &Reference, fields: &[FieldId], span: Span) -> Query {
        self.loose_rows(reference.to, fields, span, |planner, id| {
            planner.points(reference, id, span)
        })
    }

    /// The condition that a row points to rows that go.
    fn points(&mut self, reference: &Reference, id: TableId, span: Span) -> Vec<Expr> {
        let own: Vec<FieldId> = reference.on.iter().map(|(_, own)| *own).collect();
        let mut filter = vec![self.given(&own, id, span)];
        if let Some((field, model)) = reference.content_type {
            let column = self.field(id, field, span);
            let model = self.schema.model(self.schema.concrete(model));
            let ty = column.ty.clone().with_null(true);
            let name = model.name.to_lowercase().into();
            filter.push(equal(
                column,
                Expr {
                    kind: ExprKind::ContentType(model.app.clone(), name),
                    ty,
                    span,
                },
            ));
        }
        filter
    }

    /// The condition that fields have values that are given when the statement runs.
    fn given(&mut self, fields: &[FieldId], id: TableId, span: Span) -> Expr {
        let values = fields
            .iter()
            .map(|field| self.field(id, *field, span))
            .collect();
        Expr {
            kind: ExprKind::InParent(values),
            ty: Type::Bool.nullable(),
            span,
        }
    }

    fn write_of(&self, model: ModelId, kind: WriteKind, span: Span) -> Write {
        Write {
            before: Vec::new(),
            target: self.target_of(model),
            kind,
            returning: None,
            span,
        }
    }

    /// `UPDATE` of rows that point to rows that go: null, or the default.
    fn reset(&mut self, reference: &Reference, cascade: &'a hir::Cascade, span: Span) -> Write {
        let to_default = reference.action == OnDelete::SetDefault;
        let values = reference
            .on
            .iter()
            .map(|(_, own)| {
                let default = cascade
                    .defaults
                    .iter()
                    .find(|(field, _)| to_default && field == own);
                match default.map(|(_, value)| (&value.kind, &value.ty)) {
                    Some((hir::ExprKind::Literal(literal), ty)) => {
                        (*own, literal.clone(), ty.clone())
                    }
                    _ => self.null_of(*own),
                }
            })
            .collect();
        let reference = reference.clone();
        self.setting(reference.to, values, span, move |planner, id| {
            planner.points(&reference, id, span)
        })
    }

    fn null_of(&self, field: FieldId) -> (FieldId, hir::Literal, djq_check::Ty) {
        let ty = Type::from(&self.schema.field(field).ty).nullable();
        (field, hir::Literal::Null, ty)
    }

    /// Rows that go and point to each other let go first, where their keys can be null.
    fn loosen(
        &mut self,
        reference: &Reference,
        into: usize,
        sets: &[RowSet],
        span: Span,
    ) -> Option<Change> {
        let nullable = |(_, own): &(FieldId, FieldId)| self.schema.field(*own).null;
        if !reference.on.iter().all(nullable) {
            return None;
        }
        let values = reference
            .on
            .iter()
            .map(|(_, own)| self.null_of(*own))
            .collect();
        let key: Vec<FieldId> = self.schema.primary_key(reference.to).collect();
        let write = self.setting(reference.to, values, span, |planner, id| {
            vec![planner.given(&key, id, span)]
        });
        let columns = (0..sets.get(into)?.key).collect();
        Some(Change {
            keys: Keys { set: into, columns },
            write,
        })
    }

    fn setting(
        &mut self,
        model: ModelId,
        values: Vec<(FieldId, hir::Literal, djq_check::Ty)>,
        span: Span,
        filter: impl FnOnce(&mut Self, TableId) -> Vec<Expr>,
    ) -> Write {
        let key: Vec<FieldId> = self.schema.primary_key(model).collect();
        let mut rows = self.loose_rows(model, &key, span, filter);
        let mut columns = Vec::with_capacity(values.len());
        for (field, literal, ty) in values {
            let column = self.schema.field(field).column.clone();
            if let Body::Select(select) = &mut rows.body {
                select.items.push(Item {
                    value: Expr {
                        kind: ExprKind::Literal(literal),
                        ty,
                        span,
                    },
                    name: column.clone(),
                });
            }
            columns.push(column);
        }
        self.write_of(
            model,
            WriteKind::Update(plan::Update { rows, columns }),
            span,
        )
    }

    /// `DELETE` of the rows that are given when the statement runs.
    fn removal(&mut self, model: ModelId, key: &[FieldId], span: Span) -> Write {
        let rows = self.loose_rows(model, key, span, |planner, id| {
            vec![planner.given(key, id, span)]
        });
        let cascade = None;
        self.write_of(
            model,
            WriteKind::Delete(plan::Delete { rows, cascade }),
            span,
        )
    }

    /// What is said where rows keep others.
    fn kept(&self, reference: &Reference) -> Box<str> {
        let from = &self.schema.model(reference.from).label;
        let to = &self.schema.model(reference.relation.model).label;
        let relation = &self.schema.relation(reference.relation).name;
        let rule = if reference.action == OnDelete::Protect {
            "PROTECT"
        } else {
            "RESTRICT"
        };
        format!("rows of `{from}` cannot be deleted: `{to}.{relation}` points to them, with on_delete={rule}")
            .into()
    }
}
