//! Statistics of pairs and of ordered values, and what is gathered.

use crate::{
    case::{Case, Distinct, What, over},
    value::*,
};
use djq_check::functions::AggregateId as A;
use djq_sql::dialect::DialectId;

const OTHERS: [DialectId; 3] = [DialectId::MySql, DialectId::MariaDb, DialectId::Sqlite];

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = pairs();
    cases.extend(ordered());
    cases.extend(gathered());
    cases
}

/// An aggregate of two operands.
fn of_two(function: A, rows: Vec<(V, V)>, like: (V, V), expected: V) -> Case {
    Case {
        what: What::Aggregate(function, Distinct::No),
        rows: rows.into_iter().map(|(y, x)| vec![y, x]).collect(),
        operands: vec![like.0, like.1],
        expected,
        refused: Vec::new(),
        only: None,
    }
}

fn pairs() -> Vec<Case> {
    let rows = || {
        vec![
            (i(1), i(2)),
            (null(i(0)), i(100)),
            (i(2), i(4)),
            (i(200), null(i(0))),
            (i(6), i(6)),
        ]
    };
    let like = || (i(0), i(0));
    let mut cases = Vec::new();
    for (function, expected, of_one) in [
        (A::CovarPop, 10.0 / 3.0, f(0.0)),
        (A::CovarSamp, 5.0, null(f(0.0))),
        (A::Corr, 0.944_911_182_523_068, null(f(0.0))),
    ] {
        cases.push(of_two(function, rows(), like(), f(expected)));
        cases.push(of_two(function, vec![(i(3), i(4))], like(), of_one));
        cases.push(of_two(function, Vec::new(), like(), null(f(0.0))));
        // The mean is large beside what is added up.
        cases.push(of_two(
            function,
            vec![
                (big(4_000_000_000_001), i(1)),
                (big(4_000_000_000_002), i(2)),
            ],
            (big(0), i(0)),
            f(match function {
                A::CovarPop => 0.25,
                A::CovarSamp => 0.5,
                _ => 1.0,
            }),
        ));
    }
    for (function, expected) in [
        (A::RegrCount, big(3)),
        (A::RegrAvgX, f(4.0)),
        (A::RegrAvgY, f(3.0)),
        (A::RegrSxx, f(8.0)),
        (A::RegrSyy, f(14.0)),
        (A::RegrSxy, f(10.0)),
        (A::RegrSlope, f(1.25)),
        (A::RegrIntercept, f(-2.0)),
        (A::RegrR2, f(100.0 / 112.0)),
    ] {
        cases.push(of_two(function, rows(), like(), expected).refused_on(&OTHERS));
    }
    cases
}

fn ordered() -> Vec<Case> {
    let values = || vec![i(10), null(i(0)), i(40), i(20), i(30)];
    let none = || null(f(0.0));
    let mut cases = vec![
        over(A::Median, Distinct::No, values(), i(0), f(25.0)),
        over(A::Median, Distinct::No, vec![f(0.5)], f(0.0), f(0.5)),
        over(A::Median, Distinct::No, vec![null(i(0))], i(0), none()),
        over(A::Median, Distinct::No, vec![], d("0.00"), none()),
        over(
            A::Median,
            Distinct::No,
            vec![d("0.10"), d("0.30"), d("12.00")],
            d("00.00"),
            f(0.3),
        ),
        over(
            A::Mode,
            Distinct::No,
            vec![
                i(3),
                i(1),
                i(3),
                i(1),
                null(i(0)),
                null(i(0)),
                null(i(0)),
                i(2),
            ],
            i(0),
            i(1),
        ),
        over(A::Mode, Distinct::No, vec![], i(0), null(i(0))),
        over(
            A::Mode,
            Distinct::No,
            vec![t("b,\"c"), t("a"), t("b,\"c")],
            t(""),
            t("b,\"c"),
        ),
        over(
            A::Mode,
            Distinct::No,
            vec![date("2024-02-29"), date("2024-02-29"), date("2000-01-01")],
            date("2000-01-01"),
            date("2024-02-29"),
        ),
    ];
    for (fraction, cont, disc) in [
        (0.0, 10.0, 10),
        (0.25, 17.5, 10),
        (0.5, 25.0, 20),
        (0.51, 25.3, 30),
        (1.0, 40.0, 40),
    ] {
        let at = |function, expected| {
            let rows = values().into_iter().map(|value| (value, lit(f(fraction))));
            of_two(function, rows.collect(), (i(0), lit(f(fraction))), expected)
        };
        cases.push(at(A::PercentileCont, f(cont)));
        cases.push(at(A::PercentileDisc, i(disc)));
    }
    let half = || lit(f(0.5));
    for (values, like, expected) in [
        (vec![t("b,'"), t("a"), t("é")], t(""), t("b,'")),
        (vec![null(t(""))], t(""), null(t(""))),
        (vec![d("1.50"), d("0.25")], d("0.00"), d("0.25")),
        (
            vec![date("2024-02-29")],
            date("2000-01-01"),
            date("2024-02-29"),
        ),
        (
            vec![dt("2024-02-29 12:00:00.5"), dt("2025-01-01 00:00:00")],
            dt("2000-01-01 00:00:00"),
            dt("2024-02-29 12:00:00.5"),
        ),
    ] {
        let rows = values.into_iter().map(|value| (value, half())).collect();
        cases.push(of_two(A::PercentileDisc, rows, (like, half()), expected));
    }
    cases
}

fn gathered() -> Vec<Case> {
    let values = || vec![i(2), null(i(0)), i(1)];
    let pairs = || vec![(t("a"), i(1)), (null(t("")), i(2)), (t("b\"é"), null(i(0)))];
    let ordered = |function, values: Vec<V>, like: V, expected| Case {
        what: What::Ordered(function),
        ..over(function, Distinct::No, values, like, expected)
    };
    vec![
        over(
            A::JsonAgg,
            Distinct::No,
            vec![t("a\"é")],
            t(""),
            j(r#"["a\"é"]"#),
        ),
        over(A::JsonAgg, Distinct::No, vec![], t(""), null(j("[]"))),
        over(
            A::JsonAgg,
            Distinct::No,
            vec![b(true)],
            b(true),
            j("[true]"),
        ),
        over(
            A::JsonAgg,
            Distinct::No,
            vec![j(r#"{"a": [1]}"#)],
            j("1"),
            j(r#"[{"a": [1]}]"#),
        ),
        ordered(A::JsonAgg, values(), i(0), j("[2, 1, null]")),
        of_two(
            A::JsonObjectAgg,
            pairs(),
            (t(""), i(0)),
            j(r#"{"a": 1, "b\"é": null}"#),
        ),
        of_two(A::JsonObjectAgg, Vec::new(), (t(""), i(0)), null(j("{}"))),
        over(
            A::ArrayAgg,
            Distinct::No,
            vec![i(5)],
            i(0),
            array(vec![i(5)]),
        )
        .refused_on(&OTHERS),
        over(
            A::ArrayAgg,
            Distinct::No,
            vec![],
            i(0),
            null(array(vec![i(5)])),
        )
        .refused_on(&OTHERS),
    ]
}
