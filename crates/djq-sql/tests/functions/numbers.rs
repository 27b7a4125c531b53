//! Functions of numbers, and of choice.

use crate::{
    case::{Case, What, case},
    value::*,
};
use djq_check::functions::FunctionId as F;

fn call(id: F, operands: Vec<V>, expected: V) -> Case {
    case(What::Function(id), operands, expected)
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let no_float = || null(f(0.0));
    for (of, expected) in [
        (i(-3), i(3)),
        (i(0), i(0)),
        (big(-9_000_000_000), big(9_000_000_000)),
        (f(-2.5), f(2.5)),
        (d("-9.90"), d("9.90")),
        (null(i(0)), null(i(0))),
    ] {
        cases.push(call(F::Abs, vec![of], expected));
    }
    for (of, ceil, floor, trunc) in [
        (f(2.5), f(3.0), f(2.0), f(2.0)),
        (f(-2.5), f(-2.0), f(-3.0), f(-2.0)),
        (f(3.0), f(3.0), f(3.0), f(3.0)),
        (f(-0.4), f(0.0), f(-1.0), f(0.0)),
        (f(1e18), f(1e18), f(1e18), f(1e18)),
        (i(7), i(7), i(7), i(7)),
        (big(-7), big(-7), big(-7), big(-7)),
        (
            dp("2.10", 5, 2),
            dp("3", 4, 0),
            dp("2", 4, 0),
            dp("2", 4, 0),
        ),
        (
            dp("-2.10", 5, 2),
            dp("-2", 4, 0),
            dp("-3", 4, 0),
            dp("-2", 4, 0),
        ),
        (
            dp("5.00", 5, 2),
            dp("5", 4, 0),
            dp("5", 4, 0),
            dp("5", 4, 0),
        ),
        (no_float(), no_float(), no_float(), no_float()),
    ] {
        cases.push(call(F::Ceil, vec![of.clone()], ceil));
        cases.push(call(F::Floor, vec![of.clone()], floor));
        cases.push(call(F::Trunc, vec![of], trunc));
    }
    for (of, expected) in [
        (f(2.5), f(3.0)),
        (f(-2.5), f(-3.0)),
        (f(3.5), f(4.0)),
        (f(0.5), f(1.0)),
        (f(-0.5), f(-1.0)),
        (f(0.4999), f(0.0)),
        (f(9_007_199_254_740_991.0), f(9_007_199_254_740_991.0)),
        (f(1e300), f(1e300)),
        (f(-1e40), f(-1e40)),
        (i(7), i(7)),
        (dp("2.50", 5, 2), dp("3", 4, 0)),
        (dp("-2.50", 5, 2), dp("-3", 4, 0)),
        (dp("2.49", 5, 2), dp("2", 4, 0)),
        (no_float(), no_float()),
    ] {
        cases.push(call(F::Round, vec![of], expected));
    }
    for (of, places, expected) in [
        (f(2.675), 2, f(2.68)),
        (f(1.005), 2, f(1.01)),
        (f(0.285), 2, f(0.29)),
        (f(-1.005), 2, f(-1.01)),
        (f(2.344), 2, f(2.34)),
        (f(1234.5), -2, f(1200.0)),
        (f(1250.0), -2, f(1300.0)),
        (f(-1250.0), -2, f(-1300.0)),
        (i(1250), -2, i(1300)),
        (i(-1250), -2, i(-1300)),
        (i(1249), -2, i(1200)),
        (i(7), 2, i(7)),
        (
            big(9_000_000_000_000_000_001),
            -1,
            big(9_000_000_000_000_000_000),
        ),
        (dp("0.285", 5, 3), 2, dp("0.29", 4, 2)),
        (dp("1.005", 5, 3), 2, dp("1.01", 4, 2)),
        (dp("-1.005", 5, 3), 2, dp("-1.01", 4, 2)),
        (dp("12.34", 5, 2), 1, dp("12.3", 5, 1)),
        (dp("12.34", 5, 2), -1, dp("10", 5, 0)),
        (no_float(), 2, no_float()),
    ] {
        cases.push(call(F::Round, vec![of, lit(i(places))], expected));
    }
    for (id, rows) in [
        (
            F::Sqrt,
            vec![(f(2.25), f(1.5)), (f(-1.0), no_float()), (f(0.0), f(0.0))],
        ),
        (
            F::Cbrt,
            vec![(f(27.0), f(3.0)), (f(-8.0), f(-2.0)), (f(0.0), f(0.0))],
        ),
        (
            F::Exp,
            vec![(f(0.0), f(1.0)), (f(1.0), f(std::f64::consts::E))],
        ),
        (
            F::Ln,
            vec![
                (f(1.0), f(0.0)),
                (f(0.0), no_float()),
                (f(-1.0), no_float()),
                (f(std::f64::consts::E), f(1.0)),
            ],
        ),
        (
            F::Log10,
            vec![
                (f(1000.0), f(3.0)),
                (f(0.0), no_float()),
                (f(-1.0), no_float()),
            ],
        ),
        (F::Degrees, vec![(f(std::f64::consts::PI), f(180.0))]),
        (F::Radians, vec![(f(180.0), f(std::f64::consts::PI))]),
        (F::Sin, vec![(f(0.0), f(0.0)), (f(1.0), f(1f64.sin()))]),
        (F::Cos, vec![(f(0.0), f(1.0)), (f(1.0), f(1f64.cos()))]),
        (F::Tan, vec![(f(0.0), f(0.0)), (f(1.0), f(1f64.tan()))]),
        (
            F::Cot,
            vec![(f(1.0), f(1.0 / 1f64.tan())), (f(0.0), no_float())],
        ),
        (
            F::Asin,
            vec![(f(1.0), f(1f64.asin())), (f(1.5), no_float())],
        ),
        (
            F::Acos,
            vec![(f(0.5), f(0.5f64.acos())), (f(-1.5), no_float())],
        ),
        (F::Atan, vec![(f(1.0), f(1f64.atan()))]),
    ] {
        for (of, expected) in rows {
            cases.push(call(id, vec![of], expected));
        }
        cases.push(call(id, vec![no_float()], no_float()));
    }
    for (id, of, expected) in [
        (F::Sqrt, i(9), f(3.0)),
        (F::Sqrt, d("6.25"), f(2.5)),
        (F::Sqrt, big(-4), no_float()),
        (F::Exp, i(0), f(1.0)),
        (F::Ln, i(1), f(0.0)),
        (F::Ln, d("1.00"), f(0.0)),
        (F::Log10, i(100), f(2.0)),
        (F::Cbrt, i(8), f(2.0)),
        (F::Cbrt, d("-0.125"), f(-0.5)),
        (F::Sin, i(0), f(0.0)),
        (F::Asin, i(2), no_float()),
        (F::Degrees, i(0), f(0.0)),
        (F::Radians, d("180.0"), f(std::f64::consts::PI)),
        (F::Cot, i(1), f(1.0 / 1f64.tan())),
    ] {
        cases.push(call(id, vec![of], expected));
    }
    for (base, exponent, expected) in [
        (f(2.0), f(10.0), f(1024.0)),
        (f(2.0), f(-1.0), f(0.5)),
        (f(-8.0), f(0.5), no_float()),
        (f(-2.0), f(3.0), f(-8.0)),
        (f(0.0), f(-1.0), no_float()),
        (f(0.0), f(0.0), f(1.0)),
        (f(4.0), f(0.5), f(2.0)),
        (i(3), i(4), f(81.0)),
        (i(0), i(-1), no_float()),
        (i(2), i(-2), f(0.25)),
        (d("1.5"), i(2), f(2.25)),
        (d("-1.5"), d("0.5"), no_float()),
        (no_float(), f(1.0), no_float()),
        (f(1.0), no_float(), no_float()),
    ] {
        cases.push(call(F::Power, vec![base, exponent], expected));
    }
    for (base, of, expected) in [
        (f(2.0), f(8.0), f(3.0)),
        (f(0.5), f(8.0), f(-3.0)),
        (f(1.0), f(8.0), no_float()),
        (f(10.0), f(0.0), no_float()),
        (f(-2.0), f(8.0), no_float()),
        (i(10), i(1000), f(3.0)),
        (i(2), d("0.25"), f(-2.0)),
    ] {
        cases.push(call(F::Log, vec![base, of], expected));
    }
    for (y, x, expected) in [
        (f(1.0), f(1.0), f(1f64.atan2(1.0))),
        (f(-1.0), f(-1.0), f((-1f64).atan2(-1.0))),
        (i(1), i(0), f(1f64.atan2(0.0))),
        (no_float(), f(1.0), no_float()),
    ] {
        cases.push(call(F::Atan2, vec![y, x], expected));
    }
    cases.push(call(F::Pi, vec![], f(std::f64::consts::PI)));
    for (of, expected) in [
        (i(-5), i(-1)),
        (i(0), i(0)),
        (big(5), i(1)),
        (f(-0.5), i(-1)),
        (f(0.0), i(0)),
        (d("0.01"), i(1)),
        (d("0.00"), i(0)),
        (no_float(), null(i(0))),
    ] {
        cases.push(call(F::Sign, vec![of], expected));
    }
    for (of, by, expected) in [
        (i(7), i(3), i(1)),
        (i(-7), i(3), i(2)),
        (i(7), i(-3), i(-2)),
        (i(7), i(0), null(i(0))),
    ] {
        cases.push(call(F::Mod, vec![of, by], expected));
    }
    for (values, greatest, least) in [
        (vec![i(1), i(3), i(2)], i(3), i(1)),
        (vec![i(1), null(i(0)), i(2)], null(i(0)), null(i(0))),
        (vec![f(1.5), f(-1.5)], f(1.5), f(-1.5)),
        (vec![d("1.50"), d("1.49")], d("1.50"), d("1.49")),
        (vec![t("a"), t("b"), t("c")], t("c"), t("a")),
        (
            vec![date("2024-01-31"), date("2023-12-31")],
            date("2024-01-31"),
            date("2023-12-31"),
        ),
        (
            vec![dt("2024-01-31 00:00:00"), dt("2024-01-31 00:00:00.000001")],
            dt("2024-01-31 00:00:00.000001"),
            dt("2024-01-31 00:00:00"),
        ),
        (vec![i(5)], i(5), i(5)),
    ] {
        cases.push(call(F::Greatest, values.clone(), greatest));
        cases.push(call(F::Least, values, least));
    }
    for (values, expected) in [
        (vec![null(i(0)), i(2), i(3)], i(2)),
        (vec![null(t("")), t("")], t("")),
        (vec![null(i(0)), null(i(0))], null(i(0))),
        (vec![i(1)], i(1)),
        (
            vec![null(dt("2024-01-01 00:00:00")), dt("2024-01-01 00:00:00")],
            dt("2024-01-01 00:00:00"),
        ),
        (vec![null(uuid(0)), uuid(255)], uuid(255)),
        (vec![null(b(true)), b(false)], b(false)),
    ] {
        cases.push(call(F::Coalesce, values, expected));
    }
    for (value, other, expected) in [
        (i(1), i(1), null(i(0))),
        (i(1), i(2), i(1)),
        (t("a"), t(""), t("a")),
        (t(""), t(""), null(t(""))),
        (i(1), null(i(0)), i(1)),
        (null(i(0)), i(1), null(i(0))),
    ] {
        cases.push(call(F::NullIf, vec![value, other], expected));
    }
    cases
}
