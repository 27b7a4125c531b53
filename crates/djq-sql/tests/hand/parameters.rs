//! PostgreSQL infers the type of every placeholder as that of its slot.

use crate::{
    plans::*,
    servers::{rendered, url},
};
use djq_check::{
    Ty, Type,
    functions::FunctionId,
    hir::{BinaryOperator, Lookup, UnaryOperator},
};
use djq_plan::plan::*;
use djq_sql::dialect::DialectId;
use postgres::types::Type as Oid;

fn inferred(items: Vec<Item>, filter: Vec<Expr>, parameters: &[Ty]) {
    let columns = items.iter().map(|item| item.value.ty.clone()).collect();
    let plan = plan_with(
        query(Select {
            filter,
            ..select(table(ENTRY), items)
        }),
        columns,
        parameters,
    );
    let rendered = rendered(DialectId::Postgres, &plan);
    let piece = &rendered.statements[0].pieces[0];
    let mut client = postgres::Client::connect(&url(DialectId::Postgres), postgres::NoTls).unwrap();
    let statement = client
        .prepare(&piece.sql)
        .unwrap_or_else(|error| panic!("{error:?}\n{}", piece.sql));
    for (slot, oid) in piece.slots.iter().zip(statement.params()) {
        let wanted = match slot.ty.kind {
            Type::Bool => Oid::BOOL,
            Type::Int => Oid::INT4,
            Type::BigInt => Oid::INT8,
            Type::Float => Oid::FLOAT8,
            Type::Decimal(..) => Oid::NUMERIC,
            Type::Date => Oid::DATE,
            Type::DateTime => Oid::TIMESTAMPTZ,
            Type::Duration => Oid::INTERVAL,
            Type::Uuid => Oid::UUID,
            _ => Oid::TEXT,
        };
        assert_eq!(*oid, wanted, "{}", piece.sql);
    }
}

fn types() -> Vec<Type> {
    vec![
        Type::Bool,
        Type::Int,
        Type::BigInt,
        Type::Float,
        Type::Decimal(8, 3),
        Type::Text,
        Type::Date,
        Type::DateTime,
        Type::Duration,
        Type::Uuid,
    ]
}

#[test]
fn alone_and_beside_another() {
    for ty in types() {
        let ty = ty.nullable();
        let bool = |kind| expr(kind, Type::Bool.nullable());
        inferred(
            vec![
                item("alone", param(0, ty.clone())),
                item(
                    "coalesced",
                    expr(
                        ExprKind::Call(
                            FunctionId::Coalesce,
                            vec![param(0, ty.clone()), param(1, ty.clone())],
                        ),
                        ty.clone(),
                    ),
                ),
                item(
                    "null",
                    bool(ExprKind::IsNull(Box::new(param(0, ty.clone())))),
                ),
            ],
            vec![
                equal(param(0, ty.clone()), param(1, ty.clone())),
                bool(ExprKind::InList(
                    Box::new(param(0, ty.clone())),
                    vec![param(1, ty.clone())],
                )),
            ],
            &[ty.clone(), ty],
        );
    }
}

#[test]
fn beside_a_column() {
    for (name, ty) in [
        ("rating", Type::Int),
        ("id", Type::BigInt),
        ("score", Type::Decimal(8, 3)),
        ("title", Type::Text),
        ("pub_date", Type::DateTime),
    ] {
        let mine = || column(ENTRY, name, ty.clone().nullable());
        let given = || param(0, ty.clone().required());
        let filter = vec![
            equal(mine(), given()),
            binary(BinaryOperator::Greater, given(), mine()),
            binary(BinaryOperator::DistinctFrom, mine(), given()),
            expr(
                ExprKind::InList(Box::new(mine()), vec![given(), given()]),
                Type::Bool.nullable(),
            ),
            expr(
                ExprKind::Unary(UnaryOperator::Not, Box::new(equal(mine(), given()))),
                Type::Bool.nullable(),
            ),
        ];
        inferred(
            vec![item("id", id(ENTRY))],
            filter,
            &[ty.clone().required()],
        );
    }
    // A number of another width.
    inferred(
        vec![item("id", id(ENTRY))],
        vec![
            equal(rating(), param(0, Type::BigInt.required())),
            equal(id(ENTRY), param(1, Type::Int.required())),
        ],
        &[Type::BigInt.required(), Type::Int.required()],
    );
}

#[test]
fn in_operators_and_lookups() {
    use BinaryOperator::{Add, Divide, FloorDivide, Modulo, Multiply, Subtract};
    for (name, ty) in [
        ("rating", Type::Int),
        ("id", Type::BigInt),
        ("score", Type::Decimal(8, 3)),
    ] {
        for operator in [Add, Subtract, Multiply, Divide, FloorDivide, Modulo] {
            let result = match (operator, &ty) {
                (Divide, Type::Decimal(..)) => Type::Decimal(20, 10),
                (Divide, _) => Type::Float,
                _ => ty.clone(),
            };
            let two = expr(
                ExprKind::Binary(
                    operator,
                    Box::new(column(ENTRY, name, ty.clone().nullable())),
                    Box::new(param(0, ty.clone().required())),
                ),
                result.nullable(),
            );
            inferred(vec![item("x", two)], vec![], &[ty.clone().required()]);
        }
    }
    let lookups = [
        Lookup::Like,
        Lookup::ILike,
        Lookup::Contains,
        Lookup::IContains,
        Lookup::StartsWith,
        Lookup::IStartsWith,
        Lookup::EndsWith,
        Lookup::IEndsWith,
        Lookup::IExact,
        Lookup::Regex,
        Lookup::IRegex,
    ];
    for lookup in lookups {
        let filter = expr(
            ExprKind::Lookup {
                lookup,
                value: Box::new(text(ENTRY, "title")),
                pattern: Box::new(param(0, Type::Text.required())),
            },
            Type::Bool.required(),
        );
        inferred(
            vec![item("id", id(ENTRY))],
            vec![filter],
            &[Type::Text.required()],
        );
    }
}
