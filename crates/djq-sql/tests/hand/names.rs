//! Names that no one would choose, and text that servers read differently.

use crate::{
    plans::*,
    servers::{same_rows, sql},
};
use djq_check::{Type, hir::Literal};
use djq_plan::plan::*;
use djq_sql::dialect::DialectId;

const HOSTILE: [&str; 10] = [
    "order",
    "Größe",
    "with space",
    "it's",
    "say \"hi\"",
    "back`tick",
    "semi;colon--",
    "名前",
    "$1 ? {0} %s",
    "sixty_three_bytes_sixty_three_bytes_sixty_three_bytes_sixty_thr",
];

#[test]
fn hostile_names_are_quoted() {
    for name in HOSTILE {
        let inner = query(select(table(AUTHOR), vec![item(name, id(AUTHOR))]));
        let mut outer = query(select(
            From::Derived {
                id: DERIVED,
                query: Box::new(inner),
                lateral: false,
            },
            vec![item(name, column(DERIVED, name, Type::BigInt.required()))],
        ));
        outer.order_by = vec![by(0, Type::BigInt.required())];
        let mut plan = plan(outer);
        plan.tables[4].alias = name.into();
        assert!(!same_rows(&plan, &[]).is_empty());
    }
}

#[test]
fn a_name_that_would_be_cut_is_refused() {
    let long = "x".repeat(64);
    let plan = plan(query(select(table(AUTHOR), vec![item(&long, id(AUTHOR))])));
    let dialect =
        djq_sql::dialect::dialect(DialectId::Postgres, djq_sql::dialect::Options::default());
    let refused = djq_sql::compile(&plan, &*dialect).unwrap_err();
    assert_eq!(refused[0].code.name, "name-too-long");
}

#[test]
fn text_comes_back_as_it_was_written() {
    for text in [
        "it's",
        "a\\b",
        "\\",
        "\\'",
        "'; --",
        "?",
        "$1",
        "{0}{1}",
        "line\nbreak",
        "ö名🙂",
        "",
        "% _",
        "\"",
        "`",
        "/* x */",
    ] {
        let plan = plan(query(Select {
            items: vec![item("t", literal(Literal::Text(text.into()), Type::Text))],
            ..Select::default()
        }));
        assert_eq!(same_rows(&plan, &[]), [[text]]);
    }
    let plan = plan(query(Select {
        items: vec![item("t", literal(Literal::Text("a\\b".into()), Type::Text))],
        ..Select::default()
    }));
    insta::assert_snapshot!(sql(DialectId::MySql, &plan), @r"SELECT _utf8mb4 X'615C62' AS t");
}

#[test]
fn numbers_and_nulls() {
    let plan = plan(query(Select {
        items: vec![
            item("least", literal(Literal::Int(i64::MIN), Type::BigInt)),
            item("minus", literal(Literal::Int(-3), Type::Int)),
            item("float", literal(Literal::Float(1e-3), Type::Float)),
            item("yes", literal(Literal::Bool(true), Type::Bool)),
            item(
                "nothing",
                expr(ExprKind::Literal(Literal::Null), Type::Int.nullable()),
            ),
        ],
        ..Select::default()
    }));
    assert_eq!(
        same_rows(&plan, &[]),
        [["\"-9223372036854775808\"", "-3", "0.001", "true", "null"]]
    );
}
