//! Aggregates with conditions and orders.

use crate::{
    plans::*,
    servers::{same_rows, sql},
};
use djq_check::{
    Ty, Type,
    functions::AggregateId,
    hir::{BinaryOperator, Literal},
};
use djq_plan::plan::*;
use djq_sql::dialect::DialectId;

fn published() -> Expr {
    equal(
        text(ENTRY, "status"),
        literal(Literal::Text("published".into()), Type::Text),
    )
}

fn aggregate(
    function: AggregateId,
    distinct: bool,
    arguments: Vec<Expr>,
    condition: Option<Expr>,
    ty: Ty,
) -> Expr {
    expr(
        ExprKind::Aggregate(Box::new(Aggregate {
            function,
            distinct,
            arguments,
            condition,
            order_by: Vec::new(),
        })),
        ty,
    )
}

fn by_author(items: Vec<Item>) -> Plan {
    let author = column(ENTRY, "author_id", Type::BigInt.required());
    let mut all = vec![item("author", author.clone())];
    all.extend(items);
    let mut query = query(Select {
        grouped: true,
        group_by: vec![author],
        ..select(table(ENTRY), all)
    });
    query.order_by = vec![by(0, Type::BigInt.required())];
    plan(query)
}

#[test]
fn conditions() {
    let where_published =
        |function, arguments, ty| aggregate(function, false, arguments, Some(published()), ty);
    let good = || binary(BinaryOperator::Greater, rating(), int(2));
    let plan = by_author(vec![
        item(
            "entries",
            where_published(AggregateId::Count, vec![], Type::BigInt.required()),
        ),
        item(
            "rated",
            where_published(AggregateId::Count, vec![rating()], Type::BigInt.required()),
        ),
        item(
            "total",
            where_published(AggregateId::Sum, vec![rating()], Type::BigInt.nullable()),
        ),
        item(
            "least",
            where_published(AggregateId::Min, vec![rating()], Type::Int.nullable()),
        ),
        item(
            "all_good",
            where_published(AggregateId::Every, vec![good()], Type::Bool.required()),
        ),
        item(
            "some_good",
            where_published(AggregateId::Some, vec![good()], Type::Bool.required()),
        ),
    ]);
    let rows = same_rows(&plan, &[]);
    assert!(
        rows.iter()
            .any(|row| row[2] == "0" && row[5] == "true" && row[6] == "false")
    );
    insta::assert_snapshot!(sql(DialectId::Postgres, &plan));
    insta::assert_snapshot!(sql(DialectId::MySql, &plan));
}

#[test]
fn different_rows_of_several_columns() {
    let plan = by_author(vec![item(
        "kinds",
        aggregate(
            AggregateId::Count,
            true,
            vec![text(ENTRY, "status"), rating()],
            Some(published()),
            Type::BigInt.required(),
        ),
    )]);
    same_rows(&plan, &[]);
}

#[test]
fn an_ordered_list() {
    let mut list = aggregate(
        AggregateId::StringAgg,
        false,
        vec![
            text(ENTRY, "slug"),
            literal(Literal::Text(", ".into()), Type::Text),
        ],
        Some(published()),
        Type::Text.nullable(),
    );
    if let ExprKind::Aggregate(aggregate) = &mut list.kind {
        aggregate.order_by = vec![
            OrderKey {
                value: rating(),
                descending: true,
                nulls_first: false,
            },
            OrderKey {
                value: id(ENTRY),
                descending: false,
                nulls_first: false,
            },
        ];
    }
    let plan = by_author(vec![item("slugs", list)]);
    assert!(
        same_rows(&plan, &[])
            .iter()
            .any(|row| row[1].contains(", "))
    );
    insta::assert_snapshot!(sql(DialectId::Postgres, &plan));
}
