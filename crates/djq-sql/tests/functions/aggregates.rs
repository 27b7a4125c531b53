//! Aggregates.

use crate::{
    case::{Case, Distinct, What, over},
    value::*,
};
use djq_check::functions::AggregateId as A;
use djq_sql::dialect::DialectId;

const SERVERS_OF_MYSQL: [DialectId; 2] = [DialectId::MySql, DialectId::MariaDb];

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = numbers();
    cases.extend(extremes());
    cases.extend(counts());
    cases.extend(texts());
    cases.extend(statistics());
    cases
}

fn numbers() -> Vec<Case> {
    let ints = || vec![i(1), null(i(0)), i(2), i(2)];
    let decimals = || {
        vec![
            dp("0.10", 6, 2),
            dp("0.20", 6, 2),
            null(dp("0.00", 6, 2)),
            dp("0.20", 6, 2),
        ]
    };
    let mut cases = Vec::new();
    for (function, distinct, values, like, expected) in [
        (A::Sum, Distinct::No, ints(), i(0), big(5)),
        (A::Sum, Distinct::Yes, ints(), i(0), big(3)),
        (
            A::Sum,
            Distinct::No,
            vec![big(9_000_000_000), big(1)],
            big(0),
            big(9_000_000_001),
        ),
        (A::Sum, Distinct::No, vec![f(0.5), f(0.25)], f(0.0), f(0.75)),
        (
            A::Sum,
            Distinct::No,
            decimals(),
            dp("0.00", 6, 2),
            dp("0.50", 28, 2),
        ),
        (
            A::Sum,
            Distinct::Yes,
            decimals(),
            dp("0.00", 6, 2),
            dp("0.30", 28, 2),
        ),
        (
            A::Sum,
            Distinct::No,
            vec![sec(90), us(-1), null(us(0))],
            us(0),
            us(89_999_999),
        ),
        (A::Avg, Distinct::No, ints(), i(0), f(5.0 / 3.0)),
        (A::Avg, Distinct::Yes, ints(), i(0), f(1.5)),
        (A::Avg, Distinct::No, vec![big(1), big(2)], big(0), f(1.5)),
        (A::Avg, Distinct::No, vec![f(1.5), f(2.0)], f(0.0), f(1.75)),
        (
            A::Avg,
            Distinct::No,
            decimals(),
            dp("0.00", 6, 2),
            dp("0.1666666667", 14, 10),
        ),
        (
            A::Avg,
            Distinct::No,
            vec![
                dp("100000000000.01", 14, 2),
                dp("100000000000.02", 14, 2),
                dp("100000000000.02", 14, 2),
            ],
            dp("0.00", 14, 2),
            dp("100000000000.0166666667", 22, 10),
        ),
        (
            A::Avg,
            Distinct::No,
            vec![sec(1), us(1_000_001)],
            us(0),
            us(1_000_001),
        ),
        (
            A::Avg,
            Distinct::No,
            vec![sec(86_400), sec(-86_400), sec(3)],
            us(0),
            sec(1),
        ),
        (
            A::BitAnd,
            Distinct::No,
            vec![i(12), i(10), null(i(0))],
            i(0),
            i(8),
        ),
        (A::BitOr, Distinct::No, vec![i(12), i(10)], i(0), i(14)),
        (A::BitXor, Distinct::No, vec![i(12), i(10)], i(0), i(6)),
        (
            A::BitAnd,
            Distinct::No,
            vec![big(-1), big(-2)],
            big(0),
            big(-2),
        ),
        (
            A::BitOr,
            Distinct::No,
            vec![big(-8), big(1)],
            big(0),
            big(-7),
        ),
        (
            A::BitXor,
            Distinct::No,
            vec![big(-1), big(1)],
            big(0),
            big(-2),
        ),
    ] {
        // SQLite's decimals are floats, of fifteen digits.
        let long =
            matches!(&expected.value, djq_client::Value::Decimal(digits) if digits.len() > 16);
        let case = over(function, distinct, values, like, expected);
        if long {
            cases.push(Case {
                only: Some([DialectId::Postgres, DialectId::MySql, DialectId::MariaDb].into()),
                ..case
            });
        } else {
            cases.push(case);
        }
    }
    for (function, like, expected) in [
        (A::Sum, i(0), null(big(0))),
        (A::Sum, d("0.00"), null(dp("0.00", 25, 2))),
        (A::Avg, i(0), null(f(0.0))),
        (A::Avg, d("0.00"), null(dp("0", 13, 10))),
        (A::Avg, us(0), null(us(0))),
        (A::BitAnd, i(0), null(i(0))),
        (A::BitOr, i(0), null(i(0))),
        (A::BitXor, i(0), null(i(0))),
    ] {
        cases.push(over(
            function,
            Distinct::No,
            vec![],
            like.clone(),
            expected.clone(),
        ));
        cases.push(over(
            function,
            Distinct::No,
            vec![null(like.clone())],
            like,
            expected,
        ));
    }
    cases
}

fn extremes() -> Vec<Case> {
    let mut cases = Vec::new();
    for (least, greatest) in [
        (i(-1), i(3)),
        (big(-1), big(3)),
        (f(-1.5), f(1.5)),
        (dp("-9.90", 5, 2), dp("10.00", 5, 2)),
        (t("a"), t("b")),
        (b(false), b(true)),
        (date("2023-12-31"), date("2024-01-01")),
        (time("00:00:00"), time("23:59:59.999999")),
        (dt("2023-12-31 23:59:59"), dt("2023-12-31 23:59:59.000001")),
        (us(-1), sec(1)),
        (
            uuid(0x0000_0001_0000_4000_8000_ffff_ffff_ffff),
            uuid(0x0000_0002_0000_4000_8000_0000_0000_0000),
        ),
    ] {
        let values = vec![
            greatest.clone(),
            null(least.clone()),
            least.clone(),
            greatest.clone(),
        ];
        for (function, expected) in [(A::Min, &least), (A::Max, &greatest)] {
            cases.push(over(
                function,
                Distinct::No,
                values.clone(),
                least.clone(),
                expected.clone(),
            ));
            cases.push(over(
                function,
                Distinct::No,
                vec![],
                least.clone(),
                null(least.clone()),
            ));
        }
        cases.push(over(
            A::AnyValue,
            Distinct::No,
            vec![null(least.clone()), least.clone()],
            least.clone(),
            least.clone(),
        ));
    }
    let bools = |values: &[Option<bool>]| -> Vec<V> {
        values
            .iter()
            .map(|value| value.map_or(null(b(true)), b))
            .collect()
    };
    for (values, every, some) in [
        (bools(&[Some(true), Some(true)]), true, true),
        (bools(&[Some(true), Some(false)]), false, true),
        (bools(&[Some(false), Some(false)]), false, false),
        (bools(&[Some(true), None]), true, true),
        (bools(&[Some(false), None]), false, false),
        (bools(&[None]), true, false),
        (bools(&[]), true, false),
    ] {
        cases.push(over(
            A::Every,
            Distinct::No,
            values.clone(),
            b(true),
            b(every),
        ));
        cases.push(over(A::Some, Distinct::No, values, b(true), b(some)));
    }
    cases
}

fn counts() -> Vec<Case> {
    let rows = vec![
        vec![t("a"), i(1)],
        vec![t("a"), i(1)],
        vec![t("a"), i(2)],
        vec![t("b"), null(i(0))],
        vec![null(t("")), null(i(0))],
    ];
    let count = |operands: Vec<V>, distinct: Distinct, expected: i64| Case {
        what: What::Aggregate(A::Count, distinct),
        rows: rows.clone(),
        operands,
        expected: big(expected),
        refused: Vec::new(),
        only: None,
    };
    let mut cases = vec![
        count(vec![t(""), i(0)], Distinct::Yes, 2),
        count(vec![t(""), i(0)], Distinct::No, 3),
    ];
    let texts = vec![t("a"), t("a"), null(t("")), t("b")];
    cases.push(over(A::Count, Distinct::No, texts.clone(), t(""), big(3)));
    cases.push(over(A::Count, Distinct::Yes, texts, t(""), big(2)));
    cases.push(over(A::Count, Distinct::No, vec![], t(""), big(0)));
    cases
}

fn texts() -> Vec<Case> {
    let case = |texts: &[Option<&str>], what: What, separator: V, expected: V| Case {
        what,
        rows: texts
            .iter()
            .map(|text| vec![text.map_or(null(t("")), t), separator.clone()])
            .collect(),
        operands: vec![t(""), separator.clone()],
        expected,
        refused: Vec::new(),
        only: None,
    };
    let plain = What::Aggregate(A::StringAgg, Distinct::No);
    let distinct = What::Aggregate(A::StringAgg, Distinct::Yes);
    let ordered = What::Ordered(A::StringAgg);
    let mut cases = Vec::new();
    for (separator, expected) in [
        (", ", "c, b, a"),
        (",", "c,b,a"),
        ("", "cba"),
        ("\\", "c\\b\\a"),
        ("'", "c'b'a"),
        ("{0}", "c{0}b{0}a"),
        (" · ", "c · b · a"),
    ] {
        cases.push(case(
            &[Some("b"), None, Some("c"), Some("a")],
            ordered,
            lit(t(separator)),
            t(expected),
        ));
        for what in [plain, distinct] {
            cases.push(case(
                &[Some("é,x"), None],
                what,
                lit(t(separator)),
                t("é,x"),
            ));
            cases.push(case(&[None], what, lit(t(separator)), null(t(""))));
            cases.push(case(&[], what, lit(t(separator)), null(t(""))));
        }
        cases.push(case(
            &[Some("a"), Some("a")],
            distinct,
            lit(t(separator)),
            t("a"),
        ));
    }
    // More than the 1024 bytes that a session's default keeps.
    let long = "x".repeat(199);
    let many: Vec<Option<&str>> = std::iter::repeat_n(Some(long.as_str()), 20).collect();
    cases.push(case(
        &many,
        plain,
        lit(t("-")),
        t(&[long.as_str(); 20].join("-")),
    ));
    cases.push(case(&[Some("a")], plain, t("-"), t("a")).refused_on(&SERVERS_OF_MYSQL));
    cases
}

fn statistics() -> Vec<Case> {
    let mut cases = Vec::new();
    let floats = || vec![f(2.0), f(4.0), null(f(0.0)), f(4.0), f(6.0)];
    for (function, expected) in [
        (A::VarPop, 2.0),
        (A::VarSamp, 8.0 / 3.0),
        (A::StddevPop, 2f64.sqrt()),
        (A::StddevSamp, (8f64 / 3.0).sqrt()),
    ] {
        cases.push(over(function, Distinct::No, floats(), f(0.0), f(expected)));
        cases.push(over(
            function,
            Distinct::No,
            vec![i(2), i(4), i(4), i(6)],
            i(0),
            f(expected),
        ));
        cases.push(over(
            function,
            Distinct::No,
            vec![d("2.00"), d("4.00"), d("4.00"), d("6.00")],
            d("0.00"),
            f(expected),
        ));
        let one = match function {
            A::VarPop | A::StddevPop => f(0.0),
            _ => null(f(0.0)),
        };
        cases.push(over(function, Distinct::No, vec![f(3.0)], f(0.0), one));
        cases.push(over(function, Distinct::No, vec![], f(0.0), null(f(0.0))));
        cases.push(
            over(
                function,
                Distinct::Yes,
                vec![f(2.0), f(2.0), f(4.0), f(4.0)],
                f(0.0),
                match function {
                    A::VarPop | A::StddevPop => f(1.0),
                    A::VarSamp => f(2.0),
                    _ => f(2f64.sqrt()),
                },
            )
            .refused_on(&SERVERS_OF_MYSQL),
        );
    }
    cases
}
