//! Casts.

use crate::{
    case::{Case, What, case},
    value::*,
};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (from, to) in [
        (i(5), big(5)),
        (i(-5), f(-5.0)),
        (i(5), dp("5.00", 12, 2)),
        (i(-5), t("-5")),
        (big(9_223_372_036_854_775_807), t("9223372036854775807")),
        (i(0), b(false)),
        (i(-2), b(true)),
        (big(3), b(true)),
        (b(true), i(1)),
        (b(false), big(0)),
        (b(true), t("true")),
        (b(false), t("false")),
        (null(b(true)), null(t(""))),
        (d("9.90"), f(9.9)),
        (d("9.90"), t("9.90")),
        (d("-0.50"), t("-0.50")),
        (d("0.00"), t("0.00")),
        (d("5"), t("5")),
        (d("1234567.89"), t("1234567.89")),
        (d("9.90"), dp("9.9000", 8, 4)),
        (d("9.95"), dp("10.0", 4, 1)),
        (d("1.005"), dp("1.01", 4, 2)),
        (d("-1.005"), dp("-1.01", 4, 2)),
        (d("7"), i(7)),
        (d("2.5"), i(3)),
        (d("-2.5"), big(-3)),
        (d("3.5"), i(4)),
        (d("2.49"), i(2)),
        (f(2.5), i(3)),
        (f(-2.5), i(-3)),
        (f(3.5), big(4)),
        (f(2.4), i(2)),
        (f(2.675), dp("2.68", 8, 2)),
        (f(1.5), dp("1.50", 8, 2)),
        (date("2024-01-31"), t("2024-01-31")),
        (date("0999-01-31"), t("0999-01-31")),
        (time("12:30:00"), t("12:30:00")),
        (time("12:30:00.5"), t("12:30:00.500000")),
        (dt("2024-01-31 12:00:00"), t("2024-01-31 12:00:00")),
        (
            dt("2024-01-31 23:59:59.000001"),
            t("2024-01-31 23:59:59.000001"),
        ),
        (
            uuid(0x0123_4567_89ab_4def_8123_4567_89ab_cdef),
            t("01234567-89ab-4def-8123-456789abcdef"),
        ),
        (date("2024-01-31"), dt("2024-01-31 00:00:00")),
        (dt("2024-01-31 23:59:59.999999"), date("2024-01-31")),
        (dt("2024-01-31 00:00:00"), time("00:00:00")),
        (dt("2024-01-31 23:59:59.999999"), time("23:59:59.999999")),
        (null(i(0)), null(t(""))),
        (null(d("0.00")), null(t(""))),
        (null(date("2024-01-31")), null(t(""))),
        (null(uuid(0)), null(t(""))),
        (null(f(0.0)), null(i(0))),
    ] {
        cases.push(case(What::Cast, vec![from], to));
    }
    for (float, text) in [
        (1.5, "1.5"),
        (0.0, "0"),
        (-0.0, "0"),
        (-2.0, "-2"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e14, "100000000000000"),
        (1e15, "1e+15"),
        (1_244_591_298_174_224.8, "1.2445912981742248e+15"),
        (-1e22, "-1e+22"),
        (f64::MAX, "1.7976931348623157e+308"),
        (1e-4, "0.0001"),
        (-6.666_666_666_666_666e-4, "-0.0006666666666666666"),
        (1e-5, "1e-05"),
        (-1.23e-7, "-1.23e-07"),
        (6.666_666_666_666_667e-6, "6.666666666666667e-06"),
        (1.5e-15, "1.5e-15"),
        (1e-300, "1e-300"),
    ] {
        cases.push(case(What::Cast, vec![f(float)], t(text)));
    }
    cases.extend(from_text());
    let no_int = || null(i(0));
    let no_big = || null(big(0));
    for (from, to) in [
        (big(2_147_483_647), i(2_147_483_647)),
        (big(2_147_483_648), no_int()),
        (big(-2_147_483_648), i(-2_147_483_648)),
        (big(-2_147_483_649), no_int()),
        (d("2.5"), i(3)),
        (d("2147483647.4"), i(2_147_483_647)),
        (d("2147483647.5"), no_int()),
        (d("-2.5"), big(-3)),
        (dp("99999999999999999999", 20, 0), no_big()),
        (f(2.5), i(3)),
        (f(3e9), no_int()),
        (f(3e9), big(3_000_000_000)),
        (f(1e19), no_big()),
        (f(-1e300), no_big()),
        (i(12), dp("12.00", 4, 2)),
        (i(123), null(dp("0.00", 4, 2))),
        (d("99.994"), dp("99.99", 4, 2)),
        (d("99.995"), null(dp("0.00", 4, 2))),
        (d("-99.995"), null(dp("0.00", 4, 2))),
        (f(1.005), dp("1.01", 4, 2)),
        (f(1e40), null(dp("0.00", 4, 2))),
        (null(f(0.0)), no_int()),
    ] {
        cases.push(case(What::TryCast, vec![from], to));
    }
    cases
}

fn from_text() -> Vec<Case> {
    let mut cases = Vec::new();
    for (text, int, bigint) in [
        ("5", Some(5), Some(5)),
        ("-5", Some(-5), Some(-5)),
        ("+5", Some(5), Some(5)),
        ("007", Some(7), Some(7)),
        ("0", Some(0), Some(0)),
        ("-0", Some(0), Some(0)),
        ("000", Some(0), Some(0)),
        ("2147483647", Some(2_147_483_647), Some(2_147_483_647)),
        ("2147483648", None, Some(2_147_483_648)),
        ("-2147483648", Some(-2_147_483_648), Some(-2_147_483_648)),
        ("9223372036854775807", None, Some(9_223_372_036_854_775_807)),
        ("-9223372036854775808", None, Some(i64::MIN)),
        ("9223372036854775808", None, None),
        ("-9223372036854775809", None, None),
        ("9999999999999999999", None, None),
        ("00000000000000000000000000000012", Some(12), Some(12)),
        ("12abc", None, None),
        ("abc", None, None),
        ("", None, None),
        (" 5", None, None),
        ("5 ", None, None),
        ("5\n", None, None),
        ("--5", None, None),
        ("+-5", None, None),
        ("-", None, None),
        ("1.5", None, None),
        ("1e3", None, None),
        ("٣", None, None),
        ("0x10", None, None),
    ] {
        cases.push(case(
            What::TryCast,
            vec![t(text)],
            int.map_or(null(i(0)), i),
        ));
        cases.push(case(
            What::TryCast,
            vec![t(text)],
            bigint.map_or(null(big(0)), big),
        ));
    }
    for (text, float, decimal) in [
        ("5", Some(5.0), Some("5.00")),
        ("-1.5", Some(-1.5), Some("-1.50")),
        ("+.5", Some(0.5), Some("0.50")),
        ("5.", Some(5.0), Some("5.00")),
        ("1.005", Some(1.005), Some("1.01")),
        ("-1.005", Some(-1.005), Some("-1.01")),
        ("123.45", Some(123.45), None),
        ("99.994", Some(99.994), Some("99.99")),
        ("99.995", Some(99.995), None),
        ("00.1", Some(0.1), Some("0.10")),
        (".", None, None),
        ("", None, None),
        ("-", None, None),
        ("1.2.3", None, None),
        ("1e3", None, None),
        ("12abc", None, None),
        ("NaN", None, None),
        ("Infinity", None, None),
        (" 1", None, None),
        ("1.5\n", None, None),
        ("1,5", None, None),
    ] {
        cases.push(case(
            What::TryCast,
            vec![t(text)],
            float.map_or(null(f(0.0)), f),
        ));
        cases.push(case(
            What::TryCast,
            vec![t(text)],
            decimal.map_or(null(dp("0.00", 4, 2)), |digits| dp(digits, 4, 2)),
        ));
    }
    for (text, expected) in [
        ("true", Some(true)),
        ("FALSE", Some(false)),
        ("True", Some(true)),
        ("1", None),
        ("t", None),
        ("yes", None),
        ("", None),
        ("true ", None),
        ("trué", None),
    ] {
        cases.push(case(
            What::TryCast,
            vec![t(text)],
            expected.map_or(null(b(true)), b),
        ));
    }
    for (text, valid) in [
        ("2024-01-31", true),
        ("2024-02-29", true),
        ("2000-02-29", true),
        ("0001-01-01", true),
        ("9999-12-31", true),
        ("2023-02-29", false),
        ("1900-02-29", false),
        ("2024-02-30", false),
        ("2024-04-31", false),
        ("2024-13-01", false),
        ("2024-00-01", false),
        ("2024-01-00", false),
        ("0000-01-01", false),
        ("2024-1-31", false),
        ("2024-01-31 ", false),
        ("2024-01-31\n", false),
        ("20240131", false),
        ("", false),
        ("now", false),
        ("2024-01-31 12:00:00", false),
    ] {
        let expected = if valid {
            date(text)
        } else {
            null(date("2024-01-31"))
        };
        cases.push(case(What::TryCast, vec![t(text)], expected));
    }
    for (text, expected) in [
        ("12:30", Some("12:30:00")),
        ("12:30:15", Some("12:30:15")),
        ("12:30:15.5", Some("12:30:15.500000")),
        ("12:30:15.123456", Some("12:30:15.123456")),
        ("12:30:15.000000", Some("12:30:15")),
        ("00:00", Some("00:00:00")),
        ("23:59:59.999999", Some("23:59:59.999999")),
        ("24:00", None),
        ("12:60", None),
        ("12:30:60", None),
        ("12:30:15.", None),
        ("12:30:15.1234567", None),
        ("12:30:15.12a", None),
        ("1:30", None),
        ("12", None),
        ("", None),
        ("12:30\n", None),
        ("-12:30", None),
    ] {
        cases.push(case(
            What::TryCast,
            vec![t(text)],
            expected.map_or(null(time("00:00:00")), time),
        ));
        let moment = |clock: &str| dt(&format!("2024-02-29 {clock}"));
        for (gap, end) in [(" ", ""), ("T", ""), ("T", "Z")] {
            // A newline at the end is one of the cases, and a Z behind it no better.
            cases.push(case(
                What::TryCast,
                vec![t(&format!("2024-02-29{gap}{text}{end}"))],
                expected.map_or(null(moment("00:00:00")), moment),
            ));
        }
    }
    for text in ["2023-02-29 00:00:00", "2024-02-29", "2024-02-29_12:00", "x"] {
        cases.push(case(
            What::TryCast,
            vec![t(text)],
            null(dt("2024-02-29 00:00:00")),
        ));
    }
    let id = 0x0123_4567_89ab_4def_8123_4567_89ab_cdef;
    for (text, valid) in [
        ("01234567-89ab-4def-8123-456789abcdef", true),
        ("0123456789ab4def8123456789abcdef", true),
        ("01234567-89AB-4DEF-8123-456789ABCDEF", true),
        ("01234567-89ab-4def-8123-456789abcdeg", false),
        ("01234567-89ab-4def-8123-456789abcde", false),
        ("{01234567-89ab-4def-8123-456789abcdef}", false),
        ("0123456789ab-4def-8123-456789abcdef", false),
        ("", false),
    ] {
        let expected = if valid { uuid(id) } else { null(uuid(id)) };
        cases.push(case(What::TryCast, vec![t(text)], expected));
    }
    for like in [
        i(0),
        f(0.0),
        d("0.00"),
        b(true),
        date("2024-01-31"),
        uuid(0),
    ] {
        cases.push(case(What::TryCast, vec![null(t(""))], null(like)));
    }
    cases
}
