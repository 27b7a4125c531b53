//! Joins, derived tables, CTEs.

use crate::{
    plans::*,
    servers::{same_rows, sql},
};
use djq_check::Type;
use djq_plan::plan::*;
use djq_sql::dialect::DialectId;

fn written_by() -> Expr {
    equal(
        column(ENTRY, "author_id", Type::BigInt.required()),
        id(AUTHOR),
    )
}

fn company() -> Expr {
    equal(
        id(COMPANY),
        column(AUTHOR, "company_id", Type::BigInt.nullable()),
    )
}

#[test]
fn a_unit_is_joined_as_a_whole() {
    let unit = join(JoinKind::Inner, table(AUTHOR), table(COMPANY), company());
    let mut query = query(select(
        join(JoinKind::Left, table(ENTRY), unit, written_by()),
        vec![
            item("id", id(ENTRY)),
            item("name", column(AUTHOR, "name", Type::Text.nullable())),
            item("city", column(COMPANY, "city", Type::Text.nullable())),
        ],
    ));
    query.order_by = vec![by(0, Type::BigInt.required())];
    let plan = plan(query);
    assert!(same_rows(&plan, &[]).iter().any(|row| row[1] == "null"));
    insta::assert_snapshot!(sql(DialectId::Postgres, &plan));
}

#[test]
fn a_full_join_keeps_both_sides() {
    let plan = plan(query(select(
        join(JoinKind::Full, table(AUTHOR), table(COMPANY), company()),
        vec![
            item("author", column(AUTHOR, "name", Type::Text.nullable())),
            item("company", column(COMPANY, "name", Type::Text.nullable())),
        ],
    )));
    let rows = same_rows(&plan, &[]);
    assert!(rows.iter().any(|row| row[0] == "null"), "{rows:?}");
    assert!(rows.iter().any(|row| row[1] == "null"), "{rows:?}");
    insta::assert_snapshot!(sql(DialectId::MySql, &plan));
}

#[test]
fn a_cte_and_a_derived_table() {
    let ranked = query(Select {
        group_by: vec![column(ENTRY, "author_id", Type::BigInt.required())],
        grouped: true,
        ..select(
            table(ENTRY),
            vec![
                item(
                    "author_id",
                    column(ENTRY, "author_id", Type::BigInt.required()),
                ),
                item("entries", count()),
            ],
        )
    });
    let derived = query(select(
        From::Cte {
            id: OTHER,
            name: "ranked".into(),
        },
        vec![
            item(
                "author_id",
                column(OTHER, "author_id", Type::BigInt.required()),
            ),
            item("entries", column(OTHER, "entries", Type::BigInt.required())),
        ],
    ));
    let mut main = query(select(
        join(
            JoinKind::Inner,
            table(AUTHOR),
            From::Derived {
                id: DERIVED,
                query: Box::new(derived),
                lateral: false,
            },
            equal(
                id(AUTHOR),
                column(DERIVED, "author_id", Type::BigInt.required()),
            ),
        ),
        vec![
            item("id", id(AUTHOR)),
            item(
                "entries",
                column(DERIVED, "entries", Type::BigInt.required()),
            ),
        ],
    ));
    main.ctes = vec![Cte {
        name: "ranked".into(),
        query: ranked,
        recursive: false,
        once: false,
        guard: None,
    }];
    main.order_by = vec![
        by(1, Type::BigInt.required()),
        by(0, Type::BigInt.required()),
    ];
    let plan = plan(main);
    assert!(!same_rows(&plan, &[]).is_empty());
    insta::assert_snapshot!(sql(DialectId::Postgres, &plan));
}
