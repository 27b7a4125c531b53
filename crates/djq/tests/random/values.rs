//! Random constants: few different ones, so that rows meet, and those at which databases part.

use crate::{dice::Dice, kind::Kind};
use djq_check::hir::Literal;

/// Text that databases compare, fold, measure or escape differently.
const TEXTS: [&str; 22] = [
    "", "a", "A", "b", "B", "ab", "aB", "a b", " a", "a ", "á", "ß", "ss", "é", "e\u{301}", "x%y",
    "x_y", "a\\b", "it's", "\"q\"", "日本", "🙂z",
];

const DATES: [&str; 9] = [
    "2024-02-29",
    "2023-12-31",
    "2024-01-01",
    "2024-01-31",
    "2021-01-03",
    "2020-12-31",
    "1999-12-31",
    "1970-01-01",
    "2024-03-31",
];

const TIMES: [&str; 6] = [
    "00:00:00",
    "23:59:59.999999",
    "12:00:00",
    "12:00:00.500000",
    "01:02:03",
    "23:00:00",
];

const DURATIONS: [i64; 8] = [
    0,
    1,
    -1,
    1_000_000,
    86_400_000_000,
    -86_400_000_000,
    5_400_000_000,
    90_061_000_001,
];

const DECIMALS: [&str; 12] = [
    "0", "1", "-1", "0.5", "-0.5", "1.005", "2.675", "0.001", "-2.5", "10.1", "99.999", "-0.125",
];

const FLOATS: [f64; 9] = [0.0, 1.0, -1.0, 0.5, -0.5, 2.5, -2.5, 3.75, 1000.125];

/// As text: what a column of JSON is given.
const JSON: [&str; 12] = [
    r#"{"a": 1, "b": [1, "x", null, {"a": true}]}"#,
    r#"{"a": {"a": "b", "b": 2.5}, "a b": "é", "ключ": "🙂"}"#,
    r#"{"b": {"a": -7}, "a": null}"#,
    r#"["a", 2, null, true, ["a"]]"#,
    r#"[{"a": "2024-02-29"}, 1.5, "A"]"#,
    "[]",
    "{}",
    "null",
    r#""a\"b\\c""#,
    "3",
    "-0.5",
    "true",
];

/// A constant of a kind and its bound, never null.
pub(crate) fn constant(dice: &mut Dice, kind: Kind) -> (Literal, f64) {
    match kind {
        Kind::Bool => (Literal::Bool(dice.chance(50)), 1.0),
        Kind::Int => {
            let number = match dice.below(10) {
                0 => 0,
                1..=6 => i64::try_from(dice.below(7)).unwrap_or(0),
                7 => -i64::try_from(dice.below(5)).unwrap_or(0),
                8 => *dice.pick(&[100, -100, 255, 1000]),
                _ => *dice.pick(&[32_767, 32_768, 65_536, 2_147_483_647, -2_147_483_647]),
            };
            (Literal::Int(number), (number as f64).abs())
        }
        Kind::Float | Kind::Approximate => {
            let number = *dice.pick(&FLOATS);
            (Literal::Float(number), number.abs())
        }
        Kind::Decimal => {
            let text = *dice.pick(&DECIMALS);
            (Literal::Decimal(point(text).into()), 100.0)
        }
        Kind::Text => {
            let text = *dice.pick(&TEXTS);
            (Literal::Text(text.into()), 4.0)
        }
        Kind::Date => (Literal::Date((*dice.pick(&DATES)).into()), 0.0),
        Kind::Time => (Literal::Time((*dice.pick(&TIMES)).into()), 0.0),
        Kind::DateTime => {
            let text = format!("{} {}", dice.pick(&DATES), dice.pick(&TIMES));
            (Literal::DateTime(text.into()), 0.0)
        }
        Kind::Duration => (Literal::Duration(*dice.pick(&DURATIONS)), 0.0),
        Kind::Json => (Literal::Text((*dice.pick(&JSON)).into()), 0.0),
        Kind::Uuid => {
            let id = *dice.pick(&[0, 1, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef]);
            (Literal::Uuid(u128::to_be_bytes(id)), 0.0)
        }
    }
}

/// Digits with a point, so that they are a decimal and no whole number.
fn point(text: &str) -> String {
    if text.contains('.') {
        text.to_owned()
    } else {
        format!("{text}.0")
    }
}
