//! Short ways to write a plan over the blog example's tables.

use djq_check::Parameter;
use djq_check::{
    Interface, RowShape, Ty, Type,
    functions::AggregateId,
    hir::{BinaryOperator, Cardinality, Literal, ParamId},
};
use djq_diagnostics::Span;
use djq_plan::plan::*;

pub(crate) const AUTHOR: TableId = TableId(0);
pub(crate) const ENTRY: TableId = TableId(1);
pub(crate) const COMPANY: TableId = TableId(2);
pub(crate) const OTHER: TableId = TableId(3);
pub(crate) const DERIVED: TableId = TableId(4);

/// A plan of one query.
pub(crate) fn plan(query: Query) -> Plan {
    let columns = items(&query)
        .iter()
        .map(|item| item.value.ty.clone())
        .collect();
    plan_with(query, columns, &[])
}

/// A plan of one query with parameters of these types.
pub(crate) fn plan_with(query: Query, columns: Vec<Ty>, parameters: &[Ty]) -> Plan {
    Plan {
        interface: Interface {
            name: "test".into(),
            docs: None,
            parameters: parameters
                .iter()
                .map(|ty| Parameter {
                    name: "p".into(),
                    docs: None,
                    ty: ty.clone(),
                    optional: false,
                    default: None,
                    span: Span::default(),
                })
                .collect(),
            cardinality: Cardinality::Many,
            row: RowShape { fields: Vec::new() },
            writes: false,
        }
        .into(),
        tables: ["a", "e", "c", "o", "d"]
            .into_iter()
            .map(|alias| Table {
                alias: alias.into(),
                reason: None,
                span: Span::default(),
            })
            .collect(),
        statements: vec![Statement {
            query,
            parent: None,
            columns,
            lock: None,
        }],
        write: None,
        row: Vec::new(),
        counts: Vec::new(),
        has_forms: false,
    }
}

pub(crate) fn items(query: &Query) -> &[Item] {
    match &query.body {
        Body::Select(select) => &select.items,
        Body::SetOperation { left, .. } => items(left),
        Body::Values(_) => &[],
    }
}

pub(crate) fn expr(kind: ExprKind, ty: Ty) -> Expr {
    Expr {
        kind,
        ty,
        span: Span::default(),
    }
}

pub(crate) fn column(table: TableId, name: &str, ty: Ty) -> Expr {
    expr(ExprKind::Column(table, name.into()), ty)
}

/// A key, which is a bigint in every table of the blog.
pub(crate) fn id(table: TableId) -> Expr {
    column(table, "id", Type::BigInt.required())
}

pub(crate) fn text(table: TableId, name: &str) -> Expr {
    column(table, name, Type::Text.required())
}

pub(crate) fn rating() -> Expr {
    column(ENTRY, "rating", Type::Int.nullable())
}

pub(crate) fn literal(literal: Literal, ty: Type) -> Expr {
    expr(ExprKind::Literal(literal), ty.required())
}

pub(crate) fn int(number: i64) -> Expr {
    literal(Literal::Int(number), Type::Int)
}

pub(crate) fn param(number: u32, ty: Ty) -> Expr {
    expr(ExprKind::Param(ParamId(number)), ty)
}

pub(crate) fn binary(operator: BinaryOperator, left: Expr, right: Expr) -> Expr {
    expr(
        ExprKind::Binary(operator, Box::new(left), Box::new(right)),
        Type::Bool.nullable(),
    )
}

pub(crate) fn equal(left: Expr, right: Expr) -> Expr {
    binary(BinaryOperator::Equal, left, right)
}

pub(crate) fn count() -> Expr {
    expr(
        ExprKind::Aggregate(Box::new(Aggregate {
            function: AggregateId::Count,
            distinct: false,
            arguments: Vec::new(),
            condition: None,
            order_by: Vec::new(),
        })),
        Type::BigInt.required(),
    )
}

pub(crate) fn item(name: &str, value: Expr) -> Item {
    Item {
        value,
        name: name.into(),
    }
}

pub(crate) fn table(id: TableId) -> From {
    let table = match id {
        AUTHOR | OTHER => "blog_author",
        ENTRY => "blog_entry",
        _ => "blog_company",
    };
    From::Table {
        id,
        schema: None,
        table: table.into(),
    }
}

pub(crate) fn join(kind: JoinKind, left: From, right: From, on: Expr) -> From {
    From::Join {
        kind,
        left: Box::new(left),
        right: Box::new(right),
        on: vec![on],
        guard: None,
    }
}

pub(crate) fn select(from: From, items: Vec<Item>) -> Select {
    Select {
        items,
        from: Some(from),
        ..Select::default()
    }
}

pub(crate) fn query(select: Select) -> Query {
    Query {
        ctes: Vec::new(),
        body: Body::Select(Box::new(select)),
        order_by: Vec::new(),
        limit: None,
        offset: None,
    }
}

pub(crate) fn by(place: usize, ty: Ty) -> OrderKey {
    OrderKey {
        value: expr(ExprKind::Item(place), ty),
        descending: false,
        nulls_first: false,
    }
}
