//! Constants on PostgreSQL.

use super::types;
use crate::dialect::{
    Constant, Options, Refusal,
    constant::{nul, quoted},
};
use djq_check::{Type, hir::Literal};

pub(super) fn literal(
    options: &Options,
    literal: &Literal,
    ty: &Type,
) -> Result<Constant, Refusal> {
    Ok(match literal {
        Literal::Null => Constant::atom("NULL"),
        Literal::Bool(true) => Constant::atom("TRUE"),
        Literal::Bool(false) => Constant::atom("FALSE"),
        // The digits alone would be read as a numeric, and then negated.
        Literal::Int(i64::MIN) => Constant::atom("'-9223372036854775808'::bigint"),
        Literal::Int(number) => Constant::number(number.to_string()),
        Literal::Decimal(digits) => Constant::number(String::from(&**digits)),
        // Without the cast it would be a numeric, also with an exponent.
        Literal::Float(number) => Constant::number(format!("{number:?}::double precision")),
        Literal::Text(text) => {
            if text.contains('\0') {
                return Err(nul());
            }
            let sql = text_literal(text);
            match ty.base() {
                Type::Text | Type::Null | Type::Error => Constant::atom(sql),
                other => match types::sql(other, options) {
                    Some(name) => Constant::atom(format!("{sql}::{name}")),
                    None => Constant::atom(sql),
                },
            }
        }
        Literal::Date(date) => Constant::atom(format!("DATE '{date}'")),
        Literal::Time(time) => Constant::atom(format!("TIME '{time}'")),
        Literal::DateTime(time) if options.use_tz => {
            Constant::atom(format!("TIMESTAMPTZ '{time}+00'"))
        }
        Literal::DateTime(time) => Constant::atom(format!("TIMESTAMP '{time}'")),
        Literal::Duration(microseconds) => {
            Constant::atom(format!("INTERVAL '{}'", interval(*microseconds)))
        }
        Literal::Calendar(months) => Constant::atom(format!("INTERVAL '{months} months'")),
        Literal::Uuid(uuid) => Constant::atom(format!(
            "'{}'::uuid",
            hyphenated(u128::from_be_bytes(*uuid))
        )),
    })
}

/// A text as a literal.
pub(super) fn text_literal(text: &str) -> String {
    if text.contains('\\') {
        format!("E{}", quoted(&text.replace('\\', "\\\\")))
    } else {
        quoted(text)
    }
}

/// A length of time in the largest unit that holds it exactly. Not in days: a day of PostgreSQL's is a
/// calendar step, 23 hours long where a clock is put forward.
fn interval(microseconds: i64) -> String {
    const UNITS: [(i64, &str); 3] = [
        (3_600_000_000, "hours"),
        (60_000_000, "minutes"),
        (1_000_000, "seconds"),
    ];
    for (length, unit) in UNITS {
        if microseconds % length == 0 {
            return format!("{} {unit}", microseconds / length);
        }
    }
    format!("{microseconds} microseconds")
}

fn hyphenated(uuid: u128) -> String {
    let hex = format!("{uuid:032x}");
    let (a, rest) = hex.split_at(8);
    let (b, rest) = rest.split_at(4);
    let (c, rest) = rest.split_at(4);
    let (d, e) = rest.split_at(4);
    format!("{a}-{b}-{c}-{d}-{e}")
}
