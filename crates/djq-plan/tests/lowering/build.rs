//! HIR by hand: what the checker hands on, for tests of one rule of the plan.

use djq_check::{
    Interface, RowShape, Ty, Type,
    functions::{AggregateId, FunctionId},
    hir::{
        Aggregate, BinaryOperator, Cardinality, Clause, ClauseKind, Column, ColumnKind, Expr,
        ExprKind, GroupKey, JoinKind, Link, Literal, Named, NamedId, Nest, OrderKey, Pipeline,
        Query, Role, Source, SourceId, SourceKind,
    },
};
use djq_diagnostics::Span;
use djq_schema::{FieldId, Member, ModelId, ModelLookup, RelationKind, Schema};

/// A query in the making, over the blog of the examples.
pub(crate) struct Build {
    pub(crate) schema: Schema,
    pub(crate) sources: Vec<Source>,
    pub(crate) named: Vec<Named>,
}

impl Build {
    pub(crate) fn new() -> Self {
        let text = include_str!("../../../../examples/blog/schema.json");
        Build {
            schema: Schema::from_json(text).unwrap(),
            sources: Vec::new(),
            named: Vec::new(),
        }
    }

    pub(crate) fn plan(self, body: Pipeline) -> String {
        let query = Query {
            interface: Interface {
                name: "test".into(),
                docs: None,
                parameters: Vec::new(),
                cardinality: Cardinality::Many,
                row: RowShape { fields: Vec::new() },
                writes: false,
            }
            .into(),
            span: Span::default(),
            sources: self.sources,
            named: self.named,
            ctes: Vec::new(),
            body,
            write: None,
            lock: None,
        };
        crate::dump::dump(&djq_plan::plan(&query, &self.schema))
    }

    fn model(&self, name: &str) -> ModelId {
        match self.schema.find_model(Some("blog"), name) {
            ModelLookup::Found(id) => id,
            other => panic!("{name}: {other:?}"),
        }
    }

    fn add(&mut self, source: Source) -> SourceId {
        self.sources.push(source);
        SourceId(self.sources.len() as u32 - 1)
    }

    pub(crate) fn from(&mut self, model: &str, name: &str) -> SourceId {
        let kind = SourceKind::Model(self.model(model));
        self.source(kind, name, Role::From)
    }

    pub(crate) fn free_join(&mut self, model: &str, name: &str) -> SourceId {
        let kind = SourceKind::Model(self.model(model));
        self.source(kind, name, Role::Join)
    }

    fn source(&mut self, kind: SourceKind, name: &str, role: Role) -> SourceId {
        self.add(Source {
            name: name.into(),
            kind,
            link: None,
            role,
            nullable: false,
            span: Span::default(),
        })
    }

    fn model_of(&self, source: SourceId) -> ModelId {
        match self.sources[source.0 as usize].kind {
            SourceKind::Model(model) => model,
            _ => panic!("no model"),
        }
    }

    /// The sources along a relation, one for each hop; the last goes by `name`.
    pub(crate) fn along(
        &mut self,
        parent: SourceId,
        relation: &str,
        name: &str,
        role: Role,
    ) -> Vec<SourceId> {
        let model = self.model_of(parent);
        let Some(Member::Relation(id)) = self.schema.member(model, relation) else {
            panic!("no relation {relation}");
        };
        let of = self.schema.relation(id).clone();
        let mut at = parent;
        let mut made = Vec::new();
        for (index, hop) in of.hops.iter().enumerate() {
            let last = index + 1 == of.hops.len();
            let forward = matches!(of.kind, RelationKind::ForeignKey | RelationKind::OneToOne);
            let left: Vec<Expr> = hop
                .on
                .iter()
                .map(|(left, _)| self.field(at, *left))
                .collect();
            let total = forward && !of.nullable && of.enforced || index == 1;
            let nullable =
                role == Role::Implied && (self.sources[at.0 as usize].nullable || !total);
            at = self.add(Source {
                name: if last {
                    name.into()
                } else {
                    format!("{name}_link").into()
                },
                kind: SourceKind::Model(hop.model),
                link: Some(Link {
                    parent: at,
                    relation: Some((id, index)),
                    left,
                    right: hop.on.iter().map(|(_, right)| *right).collect(),
                    content_type: hop.content_type,
                    condition: None,
                    to_one: hop.to_one,
                    total,
                }),
                role: if role == Role::From && index > 0 {
                    Role::Join
                } else {
                    role
                },
                nullable,
                span: Span::default(),
            });
            made.push(at);
        }
        made
    }

    /// The source at the end of a path to one.
    pub(crate) fn path(&mut self, parent: SourceId, relation: &str) -> SourceId {
        *self
            .along(parent, relation, relation, Role::Implied)
            .last()
            .unwrap()
    }

    /// Says that a source may have no row.
    pub(crate) fn nullable(&mut self, source: SourceId) {
        self.sources[source.0 as usize].nullable = true;
    }

    fn field(&self, source: SourceId, field: FieldId) -> Expr {
        let of = self.schema.field(field);
        Expr {
            kind: ExprKind::Column(source, field),
            ty: Ty {
                kind: Type::from(&of.ty),
                nullable: of.null || self.sources[source.0 as usize].nullable,
            },
            span: Span::default(),
        }
    }

    pub(crate) fn col(&self, source: SourceId, name: &str) -> Expr {
        let model = self.model_of(source);
        match self.schema.member(model, name) {
            Some(Member::Field(field)) => self.field(source, field),
            other => panic!("{name}: {other:?}"),
        }
    }

    pub(crate) fn name(&mut self, name: &str, value: Expr) -> NamedId {
        self.named.push(Named {
            name: name.into(),
            value,
            span: Span::default(),
        });
        NamedId(self.named.len() as u32 - 1)
    }

    pub(crate) fn use_of(&self, id: NamedId) -> Expr {
        Expr {
            kind: ExprKind::Named(id),
            ty: self.named[id.0 as usize].value.ty.clone(),
            span: Span::default(),
        }
    }

    /// `select`: the clause, and the columns it leaves at the end.
    pub(crate) fn select(&mut self, items: Vec<(&str, Expr)>) -> (Clause, Vec<NamedId>) {
        let ids: Vec<NamedId> = items
            .into_iter()
            .map(|(name, value)| self.name(name, value))
            .collect();
        (clause(ClauseKind::Select(ids.clone())), ids)
    }

    pub(crate) fn columns(&self, ids: &[NamedId]) -> Vec<Column> {
        ids.iter()
            .map(|id| Column {
                name: self.named[id.0 as usize].name.clone(),
                kind: ColumnKind::Value(self.use_of(*id)),
            })
            .collect()
    }

    /// A pipeline that ends in a `select`, with clauses before and after it.
    pub(crate) fn pipeline(
        &mut self,
        from: SourceId,
        mut clauses: Vec<Clause>,
        items: Vec<(&str, Expr)>,
        after: impl FnOnce(&mut Self, &[NamedId]) -> Vec<Clause>,
    ) -> Pipeline {
        let (select, ids) = self.select(items);
        clauses.push(select);
        clauses.extend(after(self, &ids));
        let columns = self.columns(&ids);
        pipeline(from, clauses, columns)
    }
}

pub(crate) fn pipeline(from: SourceId, clauses: Vec<Clause>, columns: Vec<Column>) -> Pipeline {
    Pipeline {
        from: Some(from),
        ctes: Vec::new(),
        recursive: false,
        clauses,
        columns,
        at_most_one: false,
        span: Span::default(),
    }
}

pub(crate) fn clause(kind: ClauseKind) -> Clause {
    Clause {
        kind,
        guard: None,
        span: Span::default(),
    }
}

pub(crate) fn filter(condition: Expr) -> Clause {
    clause(ClauseKind::Where(condition))
}

pub(crate) fn join(kind: JoinKind, steps: Vec<SourceId>, on: Option<Expr>) -> Clause {
    clause(ClauseKind::Join { kind, steps, on })
}

pub(crate) fn group(keys: Vec<(NamedId, Option<SourceId>)>) -> Clause {
    let keys = keys
        .into_iter()
        .map(|(named, model)| GroupKey { named, model })
        .collect();
    clause(ClauseKind::GroupBy(keys))
}

pub(crate) fn order(keys: Vec<Expr>) -> Clause {
    let keys = keys
        .into_iter()
        .map(|value| OrderKey {
            value,
            descending: false,
            nulls_first: false,
        })
        .collect();
    clause(ClauseKind::OrderBy(keys))
}

pub(crate) fn limit(count: i64) -> Clause {
    clause(ClauseKind::Page {
        limit: Some(int(count)),
        offset: None,
    })
}

pub(crate) fn nest(name: &str, body: Pipeline, list: bool) -> Column {
    Column {
        name: name.into(),
        kind: ColumnKind::Nest(Box::new(Nest {
            body,
            list,
            shape: RowShape { fields: Vec::new() },
        })),
    }
}

/// A name whose type does not matter.
pub(crate) fn named(id: NamedId) -> Expr {
    expr(ExprKind::Named(id), Type::Null.nullable())
}

fn expr(kind: ExprKind, ty: Ty) -> Expr {
    Expr {
        kind,
        ty,
        span: Span::default(),
    }
}

pub(crate) fn int(value: i64) -> Expr {
    expr(ExprKind::Literal(Literal::Int(value)), Type::Int.required())
}

pub(crate) fn text(value: &str) -> Expr {
    expr(
        ExprKind::Literal(Literal::Text(value.into())),
        Type::Text.required(),
    )
}

pub(crate) fn binary(operator: BinaryOperator, left: Expr, right: Expr) -> Expr {
    let nullable = left.ty.nullable || right.ty.nullable;
    expr(
        ExprKind::Binary(operator, Box::new(left), Box::new(right)),
        Type::Bool.required().with_null(nullable),
    )
}

pub(crate) fn equal(left: Expr, right: Expr) -> Expr {
    binary(BinaryOperator::Equal, left, right)
}

pub(crate) fn more(left: Expr, right: Expr) -> Expr {
    binary(BinaryOperator::Greater, left, right)
}

pub(crate) fn count() -> Expr {
    aggregate(AggregateId::Count, Vec::new(), Type::BigInt.required())
}

pub(crate) fn aggregate(function: AggregateId, arguments: Vec<Expr>, ty: Ty) -> Expr {
    expr(
        ExprKind::Aggregate(Box::new(Aggregate {
            function,
            distinct: false,
            arguments,
            condition: None,
            order_by: Vec::new(),
        })),
        ty,
    )
}

pub(crate) fn call(function: FunctionId, arguments: Vec<Expr>, ty: Ty) -> Expr {
    expr(ExprKind::Call(function, arguments), ty)
}

pub(crate) fn scalar(body: Pipeline, ty: Ty) -> Expr {
    expr(ExprKind::Scalar(Box::new(body)), ty)
}

pub(crate) fn exists(body: Pipeline) -> Expr {
    expr(ExprKind::Exists(Box::new(body)), Type::Bool.required())
}
