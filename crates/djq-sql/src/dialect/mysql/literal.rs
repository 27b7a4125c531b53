//! Constants on MySQL and MariaDB, as Django's columns hold such values there.

use crate::dialect::{
    Constant, Refusal,
    constant::{nul, quoted},
};
use djq_check::{Type, hir::Literal};
use std::fmt::Write;

/// The constant.
pub(in crate::dialect) fn literal(literal: &Literal, _ty: &Type) -> Result<Constant, Refusal> {
    Ok(match literal {
        Literal::Null => Constant::atom("NULL"),
        Literal::Bool(true) => Constant::atom("TRUE"),
        Literal::Bool(false) => Constant::atom("FALSE"),
        Literal::Int(number) => Constant::number(number.to_string()),
        Literal::Decimal(digits) => Constant::number(String::from(&**digits)),
        // Only an exponent makes it a double.
        Literal::Float(number) => Constant::number(format!("{number:e}")),
        Literal::Text(text) => {
            if text.contains('\0') {
                return Err(nul());
            }
            Constant::atom(text_literal(text))
        }
        Literal::Date(date) => Constant::atom(format!("DATE '{date}'")),
        Literal::Time(time) => Constant::atom(format!("TIME '{time}'")),
        Literal::DateTime(time) => Constant::atom(format!("TIMESTAMP '{time}'")),
        Literal::Duration(microseconds) => Constant::number(microseconds.to_string()),
        Literal::Calendar(months) => Constant::number(months.to_string()),
        Literal::Uuid(uuid) => Constant::atom(format!("'{:032x}'", u128::from_be_bytes(*uuid))),
    })
}

/// A text as a literal.
pub(in crate::dialect) fn text_literal(text: &str) -> String {
    if text.contains('\\') {
        hexadecimal(text)
    } else {
        quoted(text)
    }
}

/// What a backslash means depends on `sql_mode`; what these digits mean does not.
fn hexadecimal(text: &str) -> String {
    let mut sql = String::with_capacity(text.len() * 2 + 12);
    sql.push_str("_utf8mb4 X'");
    for byte in text.bytes() {
        let _ = write!(sql, "{byte:02X}");
    }
    sql.push('\'');
    sql
}
