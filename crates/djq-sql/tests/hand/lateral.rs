//! Lateral joins, which MariaDB and SQLite have none of.

use crate::{
    plans::*,
    servers::{same_rows, sql},
};
use djq_check::{Type, hir::BinaryOperator};
use djq_plan::plan::*;
use djq_sql::dialect::{DialectId, Options, dialect};

fn big(table: TableId, name: &str) -> Expr {
    column(table, name, Type::BigInt.required())
}

/// The entries of the author on the left.
fn entries(items: Vec<Item>) -> Select {
    Select {
        filter: vec![equal(big(ENTRY, "author_id"), id(AUTHOR))],
        ..select(table(ENTRY), items)
    }
}

/// Authors with a lateral query's `x`.
fn joined(kind: JoinKind, lateral: Query, on: Vec<Expr>) -> Plan {
    let mut outer = query(select(
        From::Join {
            kind,
            left: Box::new(table(AUTHOR)),
            right: Box::new(From::Derived {
                id: DERIVED,
                query: Box::new(lateral),
                lateral: true,
            }),
            on,
            guard: None,
        },
        vec![
            item("id", id(AUTHOR)),
            item("x", column(DERIVED, "x", Type::BigInt.nullable())),
        ],
    ));
    outer.order_by = vec![
        by(0, Type::BigInt.required()),
        by(1, Type::BigInt.nullable()),
    ];
    plan(outer)
}

fn both(lateral: &Query, on: &[Expr]) {
    for kind in [JoinKind::Inner, JoinKind::Left] {
        let rows = same_rows(&joined(kind, lateral.clone(), on.to_vec()), &[]);
        assert!(!rows.is_empty());
    }
}

#[test]
fn a_filter_is_a_join() {
    let lateral = query(entries(vec![item("x", id(ENTRY))]));
    let on = binary(
        BinaryOperator::Greater,
        column(DERIVED, "x", Type::BigInt.required()),
        int(20),
    );
    both(&lateral, &[on]);
    let plan = joined(JoinKind::Left, lateral, Vec::new());
    insta::assert_snapshot!(sql(DialectId::Sqlite, &plan));
}

#[test]
fn the_newest_of_each() {
    let mut lateral = query(entries(vec![item("x", id(ENTRY))]));
    lateral.order_by = vec![OrderKey {
        value: expr(ExprKind::Item(0), Type::BigInt.required()),
        descending: true,
        nulls_first: false,
    }];
    lateral.limit = Some(int(2));
    both(&lateral, &[]);
    lateral.offset = Some(int(1));
    both(&lateral, &[]);
    let plan = joined(JoinKind::Inner, lateral, Vec::new());
    insta::assert_snapshot!(sql(DialectId::MariaDb, &plan));
}

#[test]
fn groups_of_each() {
    let lateral = query(Select {
        grouped: true,
        group_by: vec![text(ENTRY, "status")],
        ..entries(vec![item("x", count())])
    });
    both(&lateral, &[]);
    both(
        &query(Select {
            distinct: true,
            ..entries(vec![item(
                "x",
                column(ENTRY, "editor_id", Type::BigInt.nullable()),
            )])
        }),
        &[],
    );
}

#[test]
fn one_row_of_aggregates() {
    let lateral = query(Select {
        grouped: true,
        ..entries(vec![item("x", count())])
    });
    both(&lateral, &[]);
    let on = binary(
        BinaryOperator::Greater,
        column(DERIVED, "x", Type::BigInt.required()),
        int(3),
    );
    both(&lateral, &[on]);
    let plan = joined(JoinKind::Inner, lateral, Vec::new());
    insta::assert_snapshot!(sql(DialectId::Sqlite, &plan));
}

#[test]
fn what_has_no_form_is_refused() {
    // More of the left than a value to pin it to, and a limit.
    let mut lateral = query(Select {
        filter: vec![binary(
            BinaryOperator::Greater,
            big(ENTRY, "author_id"),
            id(AUTHOR),
        )],
        ..select(table(ENTRY), vec![item("x", id(ENTRY))])
    });
    lateral.limit = Some(int(1));
    let plan = joined(JoinKind::Inner, lateral, Vec::new());
    for id in [DialectId::Sqlite, DialectId::MariaDb] {
        let refused = djq_sql::compile(&plan, &*dialect(id, Options::default())).unwrap_err();
        assert_eq!(refused[0].code.name, "no-lateral-join");
    }
}
