//! An aggregate over rows in an order, as one over the list of its rows: the groups give that list in no order, and the
//! query around them reads its rows again.

use super::Split;
use crate::{
    lower::unique,
    plan::{
        Aggregate, Body, Expr, ExprKind, From, Item, JsonMember, OrderKey, Query, Select, Table,
        TableFunction, TableId,
    },
    same::same,
};
use djq_check::{Ty, Type};
use djq_diagnostics::Span;

impl Split<'_> {
    /// The aggregate over the rows that the groups have gathered.
    pub(super) fn gathered(
        &mut self,
        aggregate: &Aggregate,
        ty: &Ty,
        span: Span,
    ) -> Option<ExprKind> {
        let number = u32::try_from(self.tables.len()).ok()?;
        let alias = unique("gathered", |name| {
            self.tables.iter().any(|table| *table.alias == *name)
        });
        let table = |alias| Table {
            alias,
            reason: None,
            span,
        };
        self.tables.push(table(alias));
        let mut rows = Rows {
            table: TableId(number),
            members: Vec::new(),
        };
        let mut over = Aggregate {
            arguments: aggregate
                .arguments
                .iter()
                .map(|argument| rows.value(argument))
                .collect(),
            condition: aggregate.condition.as_ref().map(|of| rows.value(of)),
            order_by: aggregate.order_by.iter().map(|key| rows.key(key)).collect(),
            ..aggregate.clone()
        };
        let columns: Vec<(Box<str>, Ty)> = rows
            .members
            .iter()
            .map(|member| (member.name.clone(), member.value.ty.clone()))
            .collect();
        let object = Expr {
            kind: ExprKind::JsonObject(rows.members),
            ty: Type::Json.required(),
            span,
        };
        let mut list = Expr {
            kind: ExprKind::JsonList {
                item: Box::new(object),
                order_by: Vec::new(),
            },
            ty: Type::Json.required(),
            span,
        };
        self.give(&mut list);
        let mut from = From::Function {
            id: TableId(number),
            function: Box::new(TableFunction::Gathered { list, columns }),
        };
        if aggregate.distinct {
            let alias = unique("different", |name| {
                self.tables.iter().any(|table| *table.alias == *name)
            });
            let id = TableId(u32::try_from(self.tables.len()).ok()?);
            self.tables.push(table(alias));
            from = different(&mut over, from, id)?;
        }
        Some(ExprKind::Scalar(Box::new(query(Select {
            items: vec![Item {
                value: Expr {
                    kind: ExprKind::Aggregate(Box::new(over)),
                    ty: ty.clone(),
                    span,
                },
                name: "value".into(),
            }],
            from: Some(from),
            grouped: true,
            ..Select::default()
        }))))
    }
}

/// What is gathered of each row.
struct Rows {
    /// What reads it again.
    table: TableId,
    members: Vec<JsonMember>,
}

impl Rows {
    /// A value of a row; one that is the same for all rows stays what it is.
    fn value(&mut self, expr: &Expr) -> Expr {
        if matches!(expr.kind, ExprKind::Literal(_) | ExprKind::Param(_)) {
            return expr.clone();
        }
        let known = self.members.iter().find(|known| same(&known.value, expr));
        let name = match known {
            Some(known) => known.name.clone(),
            None => {
                let name: Box<str> = format!("v{}", self.members.len()).into();
                self.members.push(JsonMember {
                    name: name.clone(),
                    value: expr.clone(),
                    nested: false,
                });
                name
            }
        };
        Expr {
            kind: ExprKind::Column(self.table, name),
            ty: expr.ty.clone(),
            span: expr.span,
        }
    }

    fn key(&mut self, key: &OrderKey) -> OrderKey {
        OrderKey {
            value: self.value(key.value.unguarded()).when(key.value.guard()),
            ..key.clone()
        }
    }
}

/// Of different values, a query of them, and the aggregate over that: such values are ordered by themselves.
fn different(aggregate: &mut Aggregate, from: From, id: TableId) -> Option<From> {
    let value = aggregate.arguments.first()?.clone();
    let name: Box<str> = "value".into();
    let column = Expr {
        kind: ExprKind::Column(id, name.clone()),
        ty: value.ty.clone(),
        span: value.span,
    };
    let select = Select {
        distinct: true,
        items: vec![Item { value, name }],
        from: Some(from),
        filter: aggregate.condition.take().into_iter().collect(),
        ..Select::default()
    };
    aggregate.distinct = false;
    *aggregate.arguments.first_mut()? = column.clone();
    aggregate.order_by.truncate(1);
    for key in &mut aggregate.order_by {
        key.value = column.clone().when(key.value.guard());
    }
    Some(From::Derived {
        id,
        query: Box::new(query(select)),
        lateral: false,
    })
}

fn query(select: Select) -> Query {
    Query {
        ctes: Vec::new(),
        body: Body::Select(Box::new(select)),
        order_by: Vec::new(),
        limit: None,
        offset: None,
    }
}
