//! Operators.

use crate::{
    case::{Case, What, case},
    value::*,
};
use djq_check::hir::BinaryOperator as B;
use djq_sql::dialect::DialectId;

fn binary(operator: B, left: V, right: V, expected: V) -> Case {
    case(What::Binary(operator), vec![left, right], expected)
}

pub(crate) fn all() -> Vec<What> {
    [
        B::Or,
        B::And,
        B::Xor,
        B::Equal,
        B::NotEqual,
        B::Less,
        B::LessEqual,
        B::Greater,
        B::GreaterEqual,
        B::DistinctFrom,
        B::NotDistinctFrom,
        B::Concat,
        B::Add,
        B::Subtract,
        B::Multiply,
        B::Divide,
        B::FloorDivide,
        B::Modulo,
    ]
    .into_iter()
    .map(What::Binary)
    .chain([What::Negate, What::Cast, What::TryCast])
    .collect()
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = logic();
    cases.extend(comparisons());
    cases.extend(sums());
    cases.extend(quotients());
    cases
}

fn logic() -> Vec<Case> {
    let no = || null(b(true));
    let mut cases = Vec::new();
    for (left, right, or, and, xor) in [
        (b(true), b(true), b(true), b(true), b(false)),
        (b(true), b(false), b(true), b(false), b(true)),
        (b(false), b(true), b(true), b(false), b(true)),
        (b(false), b(false), b(false), b(false), b(false)),
        (b(true), no(), b(true), no(), no()),
        (b(false), no(), no(), b(false), no()),
        (no(), no(), no(), no(), no()),
    ] {
        cases.push(binary(B::Or, left.clone(), right.clone(), or));
        cases.push(binary(B::And, left.clone(), right.clone(), and));
        cases.push(binary(B::Xor, left, right, xor));
    }
    for (of, expected) in [
        (i(5), i(-5)),
        (i(-5), i(5)),
        (f(-2.5), f(2.5)),
        (d("9.90"), d("-9.90")),
        (sec(90), sec(-90)),
        (us(-1), us(1)),
        (null(i(0)), null(i(0))),
    ] {
        cases.push(case(What::Negate, vec![of], expected));
    }
    cases
}

fn comparisons() -> Vec<Case> {
    let mut cases = Vec::new();
    let pairs = [
        (i(1), i(2)),
        (i(-1), big(1)),
        (f(1.5), f(1.6)),
        (d("1.10"), d("1.2")),
        (i(1), d("1.5")),
        (i(1), f(1.5)),
        (d("0.1"), f(0.5)),
        (t("a"), t("b")),
        (b(false), b(true)),
        (date("2023-12-31"), date("2024-01-01")),
        (time("00:00:00"), time("23:59:59.999999")),
        (dt("2024-01-31 12:00:00"), dt("2024-01-31 12:00:00.000001")),
        (dt("1969-12-31 23:59:59"), dt("1970-01-01 00:00:00")),
        (sec(-1), us(1)),
        (uuid(1), uuid(2)),
        // Its last part says otherwise.
        (
            uuid(0x0000_0001_0000_4000_8000_ffff_ffff_ffff),
            uuid(0x0000_0002_0000_4000_8000_0000_0000_0000),
        ),
    ];
    for (less, more) in pairs {
        for (left, right, order) in [(&less, &more, -1), (&more, &less, 1), (&less, &less, 0)] {
            for (operator, holds) in [
                (B::Equal, order == 0),
                (B::NotEqual, order != 0),
                (B::Less, order < 0),
                (B::LessEqual, order <= 0),
                (B::Greater, order > 0),
                (B::GreaterEqual, order >= 0),
                (B::DistinctFrom, order != 0),
                (B::NotDistinctFrom, order == 0),
            ] {
                cases.push(binary(operator, left.clone(), right.clone(), b(holds)));
            }
        }
        for operator in [B::Equal, B::NotEqual, B::Less] {
            cases.push(binary(
                operator,
                less.clone(),
                null(more.clone()),
                null(b(true)),
            ));
        }
        cases.push(binary(
            B::DistinctFrom,
            less.clone(),
            null(more.clone()),
            b(true),
        ));
        cases.push(binary(
            B::NotDistinctFrom,
            less.clone(),
            null(more.clone()),
            b(false),
        ));
        cases.push(binary(
            B::NotDistinctFrom,
            null(less.clone()),
            null(more.clone()),
            b(true),
        ));
        cases.push(binary(B::DistinctFrom, null(less), null(more), b(false)));
    }
    cases
}

fn sums() -> Vec<Case> {
    let mut cases = Vec::new();
    for (left, right, expected) in [
        ("a", "b", "ab"),
        ("", "b", "b"),
        ("é", "€", "é€"),
        ("a\\", "'b", "a\\'b"),
        ("{0}", "}}", "{0}}}"),
    ] {
        cases.push(binary(B::Concat, t(left), t(right), t(expected)));
    }
    cases.push(binary(B::Concat, t("a"), null(t("")), null(t(""))));
    for (operator, left, right, expected) in [
        (B::Add, i(2), i(3), i(5)),
        (B::Add, i(2), i(-3), i(-1)),
        (B::Add, big(9_000_000_000), i(1), big(9_000_000_001)),
        (B::Add, f(0.5), f(0.25), f(0.75)),
        (B::Add, i(1), f(0.5), f(1.5)),
        (B::Add, d("0.5"), f(0.25), f(0.75)),
        (B::Add, dp("0.1", 3, 1), dp("0.2", 3, 1), dp("0.3", 4, 1)),
        (
            B::Add,
            dp("0.10", 4, 2),
            dp("0.205", 4, 3),
            dp("0.305", 5, 3),
        ),
        (B::Add, i(1), dp("0.25", 4, 2), dp("1.25", 13, 2)),
        (B::Add, sec(90), us(500_000), us(90_500_000)),
        (B::Add, sec(90), sec(-100), sec(-10)),
        (B::Add, i(1), null(i(0)), null(i(0))),
        (B::Subtract, i(2), i(3), i(-1)),
        (B::Subtract, i(2), i(-3), i(5)),
        (
            B::Subtract,
            dp("0.30", 4, 2),
            dp("0.10", 4, 2),
            dp("0.20", 5, 2),
        ),
        (B::Subtract, dp("1.00", 4, 2), i(1), dp("0.00", 13, 2)),
        (B::Subtract, f(0.5), i(1), f(-0.5)),
        (B::Subtract, sec(1), us(1), us(999_999)),
        (B::Multiply, i(-2), i(3), i(-6)),
        (B::Multiply, big(3_000_000_000), i(3), big(9_000_000_000)),
        (B::Multiply, f(1.5), i(2), f(3.0)),
        (
            B::Multiply,
            dp("1.10", 4, 2),
            dp("1.10", 4, 2),
            dp("1.2100", 8, 4),
        ),
        (B::Multiply, dp("19.99", 6, 2), i(3), dp("59.97", 16, 2)),
        // Products whose type has fewer places than the digits: rounded, half away from zero.
        (
            B::Multiply,
            dp("0.05", 4, 2),
            dp("0.5", 4, 1),
            dp("0.03", 8, 2),
        ),
        (
            B::Multiply,
            dp("-0.05", 4, 2),
            dp("0.5", 4, 1),
            dp("-0.03", 8, 2),
        ),
        (B::Multiply, sec(90), i(-2), sec(-180)),
        (B::Multiply, sec(86_400), i(2), sec(172_800)),
    ] {
        cases.push(binary(operator, left, right, expected));
    }
    cases
}

fn quotients() -> Vec<Case> {
    let mut cases = Vec::new();
    let no_int = || null(i(0));
    let no_float = || null(f(0.0));
    for (left, right, quotient, floor, modulo) in [
        (7, 2, 3.5, 3, 1),
        (-7, 2, -3.5, -4, 1),
        (7, -2, -3.5, -4, -1),
        (-7, -2, 3.5, 3, -1),
        (6, 3, 2.0, 2, 0),
        (-6, 3, -2.0, -2, 0),
        (0, 5, 0.0, 0, 0),
        (1, 3, 1.0 / 3.0, 0, 1),
        (-1, 3, -1.0 / 3.0, -1, 2),
        (2_000_000_000, 1_999_999_999, 2e9 / 1_999_999_999.0, 1, 1),
    ] {
        cases.push(binary(B::Divide, i(left), i(right), f(quotient)));
        cases.push(binary(B::FloorDivide, i(left), i(right), i(floor)));
        cases.push(binary(B::Modulo, i(left), i(right), i(modulo)));
        cases.push(binary(B::FloorDivide, big(left), big(right), big(floor)));
        cases.push(binary(B::Modulo, big(left), big(right), big(modulo)));
    }
    for (left, right, floor, modulo) in [
        (9_223_372_036_854_775_807, 2, 4_611_686_018_427_387_903, 1),
        (
            9_223_372_036_854_775_806,
            9_223_372_036_854_775_807,
            0,
            9_223_372_036_854_775_806,
        ),
        (-9_223_372_036_854_775_807, 10, -922_337_203_685_477_581, 3),
    ] {
        cases.push(binary(B::FloorDivide, big(left), big(right), big(floor)));
        if right < 1_000_000 {
            cases.push(binary(B::Modulo, big(left), big(right), big(modulo)));
        }
    }
    // Null by zero; a divisor that may be zero stands in a column.
    for zero in [i(0), big(0)] {
        cases.push(binary(B::Divide, i(7), zero.clone(), no_float()));
        cases.push(binary(B::FloorDivide, i(7), zero.clone(), no_int()));
        cases.push(binary(B::Modulo, i(7), zero, no_int()));
    }
    cases.push(binary(B::Divide, f(7.0), f(0.0), no_float()));
    cases.push(binary(B::FloorDivide, f(7.0), f(0.0), no_float()));
    cases.push(binary(B::Modulo, f(7.0), f(0.0), no_float()));
    cases.push(binary(
        B::Divide,
        d("7.00"),
        d("0.00"),
        null(dp("0", 13, 10)),
    ));
    cases.push(binary(
        B::FloorDivide,
        d("7.00"),
        d("0.00"),
        null(dp("0", 13, 0)),
    ));
    cases.push(binary(
        B::Modulo,
        d("7.00"),
        d("0.00"),
        null(dp("0.00", 13, 2)),
    ));
    cases.push(binary(B::Divide, null(i(0)), i(2), no_float()));
    for (left, right, quotient, floor, modulo) in [
        (7.5, 2.0, 3.75, 3.0, 1.5),
        (-7.5, 2.0, -3.75, -4.0, 0.5),
        (7.5, -2.0, -3.75, -4.0, -0.5),
    ] {
        cases.push(binary(B::Divide, f(left), f(right), f(quotient)));
        cases.push(binary(B::FloorDivide, f(left), f(right), f(floor)));
        cases.push(binary(B::Modulo, f(left), f(right), f(modulo)));
    }
    cases.push(binary(B::Divide, i(7), f(2.0), f(3.5)));
    cases.push(binary(B::Divide, f(7.0), i(2), f(3.5)));
    cases.push(binary(B::Divide, d("7.0"), f(2.0), f(3.5)));
    cases.push(binary(B::Divide, f(7.0), d("2.0"), f(3.5)));
    cases.push(binary(B::FloorDivide, i(7), f(2.0), f(3.0)));
    cases.push(binary(B::FloorDivide, d("7.5"), f(2.0), f(3.0)));
    cases.push(binary(B::Modulo, i(-7), f(2.0), f(1.0)));
    cases.push(binary(B::Modulo, f(-7.5), i(2), f(0.5)));
    cases.push(binary(B::Modulo, d("-7.5"), f(2.0), f(0.5)));
    let q = |digits: &str| dp(digits, 20, 10);
    for (left, right, quotient) in [
        (d("1.00"), d("3.00"), q("0.3333333333")),
        (d("2.00"), d("3.00"), q("0.6666666667")),
        (d("-2.00"), d("3.00"), q("-0.6666666667")),
        (d("5.00"), d("2.00"), q("2.5000000000")),
        (d("10.00"), d("4.00"), q("2.5000000000")),
        (d("0.0000000001"), d("3"), q("0.0000000000")),
        (d("123456.78"), d("0.01"), q("12345678.0000000000")),
        (i(1), d("8.0"), q("0.1250000000")),
        (d("1.0"), i(8), q("0.1250000000")),
        (i(1), d("3.0"), q("0.3333333333")),
    ] {
        cases.push(binary(B::Divide, left, right, quotient));
    }
    // The half of the last place is a float on SQLite, a little above or below it.
    for (left, quotient) in [
        ("0.0000000003", q("0.0000000002")),
        ("-0.0000000003", q("-0.0000000002")),
    ] {
        cases.push(Case {
            only: Some([DialectId::Postgres, DialectId::MySql, DialectId::MariaDb].into()),
            ..binary(B::Divide, d(left), d("2"), quotient)
        });
    }
    for (left, right, floor, modulo) in [
        ("7.50", "2.00", "3", "1.50"),
        ("-7.50", "2.00", "-4", "0.50"),
        ("7.50", "-2.00", "-4", "-0.50"),
        ("0.30", "0.10", "3", "0.00"),
        ("-0.30", "0.10", "-3", "0.00"),
        ("1.00", "0.10", "10", "0.00"),
        ("6.00", "3.00", "2", "0.00"),
    ] {
        cases.push(binary(B::FloorDivide, d(left), d(right), dp(floor, 10, 0)));
        cases.push(binary(B::Modulo, d(left), d(right), dp(modulo, 10, 2)));
    }
    cases.push(binary(B::FloorDivide, i(7), d("0.5"), dp("14", 10, 0)));
    cases.push(binary(B::Modulo, d("7.25"), i(2), dp("1.25", 12, 2)));
    cases.push(binary(B::Modulo, i(7), d("2.25"), dp("0.25", 12, 2)));
    cases
}
