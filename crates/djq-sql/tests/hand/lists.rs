//! Bound lists, and `in` a query.

use crate::{
    plans::*,
    servers::{same_rows, sql},
};
use djq_check::{Type, hir::ParamId};
use djq_client::Value;
use djq_plan::plan::*;
use djq_sql::dialect::DialectId;

fn filtered(from: TableId, filter: Expr, parameters: &[djq_check::Ty]) -> Plan {
    let mut query = query(Select {
        filter: vec![filter],
        ..select(table(from), vec![item("id", id(from))])
    });
    query.order_by = vec![by(0, Type::BigInt.required())];
    plan_with(query, vec![Type::BigInt.required()], parameters)
}

fn list(of: Type) -> djq_check::Ty {
    Type::List(Box::new(of.required())).required()
}

fn array(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(values.into_iter().collect())
}

fn bool(kind: ExprKind) -> Expr {
    expr(kind, Type::Bool.nullable())
}

#[test]
fn a_list_of_any_length() {
    let plan = filtered(
        ENTRY,
        bool(ExprKind::InParam(Box::new(id(ENTRY)), ParamId(0))),
        &[list(Type::BigInt)],
    );
    assert_eq!(
        same_rows(&plan, &[array([1, 3].map(Value::Int))]),
        [["1"], ["3"]]
    );
    assert!(same_rows(&plan, &[array([])]).is_empty());
}

#[test]
fn a_list_of_texts_is_compared_as_the_column_is() {
    let plan = filtered(
        ENTRY,
        bool(ExprKind::InParam(
            Box::new(text(ENTRY, "status")),
            ParamId(0),
        )),
        &[list(Type::Text)],
    );
    let value =
        array(["draft", "with \"quotes\" \\ and 'more'"].map(|text| Value::Text(text.into())));
    assert!(!same_rows(&plan, &[value]).is_empty());
}

#[test]
fn keys_of_two_columns() {
    let plan = filtered(
        ENTRY,
        bool(ExprKind::InParent(vec![
            column(ENTRY, "author_id", Type::BigInt.required()),
            text(ENTRY, "status"),
        ])),
        &[],
    );
    let keys = array([
        array([Value::Int(1), Value::Text("published".into())]),
        array([Value::Int(2), Value::Text("draft".into())]),
    ]);
    assert!(!same_rows(&plan, &[keys]).is_empty());
}

fn editors(known: bool) -> Expr {
    bool(ExprKind::InQuery {
        value: Box::new(id(AUTHOR)),
        query: Box::new(query(select(
            table(ENTRY),
            vec![item(
                "editor_id",
                column(ENTRY, "editor_id", Type::BigInt.nullable()),
            )],
        ))),
        known,
    })
}

fn not(expr: Expr) -> Expr {
    bool(ExprKind::Unary(
        djq_check::hir::UnaryOperator::Not,
        Box::new(expr),
    ))
}

#[test]
fn not_in_with_a_null_among_the_values() {
    // SQL's `not in` is null then, and keeps nothing; a relation's is known, and keeps the others.
    assert!(same_rows(&filtered(AUTHOR, not(editors(false)), &[]), &[]).is_empty());
    let plan = filtered(AUTHOR, not(editors(true)), &[]);
    assert!(!same_rows(&plan, &[]).is_empty());
    insta::assert_snapshot!(sql(DialectId::Postgres, &plan));
}

#[test]
fn a_limit_inside_in() {
    let mut newest = query(select(
        table(ENTRY),
        vec![item(
            "author_id",
            column(ENTRY, "author_id", Type::BigInt.required()),
        )],
    ));
    newest.order_by = vec![OrderKey {
        value: id(ENTRY),
        descending: true,
        nulls_first: false,
    }];
    newest.limit = Some(int(2));
    let plan = filtered(
        AUTHOR,
        bool(ExprKind::InQuery {
            value: Box::new(id(AUTHOR)),
            query: Box::new(newest),
            known: false,
        }),
        &[],
    );
    assert!(!same_rows(&plan, &[]).is_empty());
    insta::assert_snapshot!(sql(DialectId::MariaDb, &plan));
}

#[test]
fn a_list_of_rows() {
    let row = |author: i64, status: &str| {
        expr(
            ExprKind::Row(vec![
                int(author),
                literal(djq_check::hir::Literal::Text(status.into()), Type::Text),
            ]),
            Type::Error.required(),
        )
    };
    let value = expr(
        ExprKind::Row(vec![
            column(ENTRY, "author_id", Type::BigInt.required()),
            text(ENTRY, "status"),
        ]),
        Type::Error.required(),
    );
    let plan = filtered(
        ENTRY,
        bool(ExprKind::InList(
            Box::new(value),
            vec![row(1, "published"), row(2, "draft")],
        )),
        &[],
    );
    assert!(!same_rows(&plan, &[]).is_empty());
}
