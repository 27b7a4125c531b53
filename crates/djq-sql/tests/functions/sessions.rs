//! What depends on more than operands: the clock, chance, the project's options, unsigned columns.

use crate::{
    case::{What, case, expr, literal},
    servers::Server,
    value::*,
};
use djq_check::{Type, functions::FunctionId, hir::BinaryOperator};
use djq_client::Value;
use djq_plan::plan::{Expr, ExprKind, TableId};
use djq_sql::dialect::{DialectId, Options};

fn call(id: FunctionId, ty: Type) -> Expr {
    expr(ExprKind::Call(id, Vec::new()), ty.required())
}

fn column(name: &str, ty: Type) -> Expr {
    expr(ExprKind::Column(TableId(0), name.into()), ty.required())
}

#[test]
fn the_clock_is_utc() {
    for use_tz in [true, false] {
        for id in DialectId::ALL {
            let options = Options {
                use_tz,
                ..Options::default()
            };
            let mut server = Server::open(id, options);
            let before = jiff::Timestamp::now();
            let now = server.value(call(FunctionId::Now, Type::DateTime), None);
            let after = jiff::Timestamp::now();
            let Value::DateTime(now) = now else {
                panic!("{id}: now() is {now:?}");
            };
            let now = jiff::tz::Offset::UTC.to_timestamp(now).expect("a moment");
            let second = jiff::SignedDuration::from_secs(1);
            assert!(
                before - second <= now && now <= after + second,
                "{id}: {now}"
            );
            let Value::Date(today) = server.value(call(FunctionId::Today, Type::Date), None) else {
                panic!("{id}: today() is no date");
            };
            let days = [before, after].map(|at| jiff::tz::Offset::UTC.to_datetime(at).date());
            assert!(days.contains(&today), "{id}: {today}");
        }
    }
}

#[test]
fn chance_differs_at_each_call() {
    for id in DialectId::ALL {
        let mut server = Server::open(id, Options::default());
        let mut numbers = Vec::new();
        let mut ids = Vec::new();
        for _ in 0..50 {
            let Value::Float(number) = server.value(call(FunctionId::Random, Type::Float), None)
            else {
                panic!("{id}: random() is no float");
            };
            assert!((0.0..1.0).contains(&number), "{id}: {number}");
            numbers.push(number.to_bits());
            let Value::Uuid(uuid) = server.value(call(FunctionId::UuidV4, Type::Uuid), None) else {
                panic!("{id}: uuid_v4() is no UUID");
            };
            assert_eq!(uuid >> 76 & 0xf, 4, "{id}: the version of {uuid:032x}");
            assert_eq!(uuid >> 62 & 0b11, 0b10, "{id}: the variant of {uuid:032x}");
            ids.push(uuid);
        }
        for list in [&mut ids, &mut numbers.into_iter().map(u128::from).collect()] {
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), 50, "{id}");
        }
    }
}

/// Django's positive integers are unsigned on MySQL, where what is computed from one may not be negative.
#[test]
fn positive_integers_become_negative() {
    for id in DialectId::ALL {
        let unsigned = match id {
            DialectId::MySql | DialectId::MariaDb => "integer unsigned",
            DialectId::Postgres | DialectId::Sqlite => "integer",
        };
        let mut server = Server::open(id, Options::default());
        server.batch(&[
            &format!("CREATE TEMPORARY TABLE stock (id integer, c0 {unsigned}, c1 {unsigned})"),
            "INSERT INTO stock VALUES (1, 3, 5)",
        ]);
        let left = || column("c0", Type::Int);
        let right = || column("c1", Type::Int);
        let sum = case(What::Binary(BinaryOperator::Add), vec![i(0), i(0)], i(0));
        for (what, operands, expected) in [
            (
                What::Binary(BinaryOperator::Subtract),
                vec![left(), right()],
                -2,
            ),
            (
                What::Binary(BinaryOperator::Subtract),
                vec![left(), literal(&i(4))],
                -1,
            ),
            (
                What::Binary(BinaryOperator::Subtract),
                vec![literal(&i(4)), right()],
                -1,
            ),
            (
                What::Binary(BinaryOperator::Add),
                vec![left(), literal(&i(-5))],
                -2,
            ),
            (
                What::Binary(BinaryOperator::Multiply),
                vec![left(), literal(&i(-2))],
                -6,
            ),
            (
                What::Binary(BinaryOperator::FloorDivide),
                vec![left(), literal(&i(-2))],
                -2,
            ),
            (
                What::Binary(BinaryOperator::Modulo),
                vec![left(), literal(&i(-2))],
                -1,
            ),
            (
                What::Binary(BinaryOperator::Subtract),
                vec![sum.expr(vec![left(), left()]), literal(&i(10))],
                -4,
            ),
            (What::Negate, vec![left()], -3),
        ] {
            let case = case(what, vec![i(0), i(0)], i(expected));
            assert_eq!(
                server.value(case.expr(operands), Some("stock")),
                Value::Int(expected),
                "{id}: {what:?}"
            );
        }
    }
}

/// With `collation = "exact"` text is compared character by character, whatever the column's collation is.
#[test]
fn text_is_compared_exactly_where_asked() {
    let options = Options {
        exact_collation: true,
        ..Options::default()
    };
    for id in DialectId::ALL {
        let mut server = Server::open(id, options);
        let end = match id {
            DialectId::MySql | DialectId::MariaDb => {
                " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
            }
            DialectId::Postgres | DialectId::Sqlite => "",
        };
        let nocase = match id {
            DialectId::Sqlite => " COLLATE NOCASE",
            _ => "",
        };
        server.batch(&[
            &format!("CREATE TEMPORARY TABLE words (id integer, c0 varchar(10){nocase}, c1 varchar(10)){end}"),
            "INSERT INTO words VALUES (1, 'a', 'A')",
        ]);
        for (operator, expected) in [
            (BinaryOperator::Equal, false),
            (BinaryOperator::NotEqual, true),
            (BinaryOperator::Less, false),
            (BinaryOperator::Greater, true),
            (BinaryOperator::DistinctFrom, true),
            (BinaryOperator::NotDistinctFrom, false),
        ] {
            let case = case(What::Binary(operator), vec![t(""), t("")], b(expected));
            let operands = vec![column("c0", Type::Text), column("c1", Type::Text)];
            assert_eq!(
                server.value(case.expr(operands), Some("words")),
                Value::Bool(expected),
                "{id}: {operator:?}"
            );
        }
    }
}

/// What stands in the tables of cases holds with naive datetimes too.
#[test]
fn projects_without_time_zones() {
    let options = Options {
        use_tz: false,
        ..Options::default()
    };
    let failures = crate::fails_on(DialectId::Postgres, options, crate::time::cases());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
