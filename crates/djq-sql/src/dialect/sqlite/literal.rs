//! Constants on SQLite, as Django's columns hold such values there.

use crate::dialect::{
    Constant, Refusal,
    constant::{nul, quoted},
};
use djq_check::{Type, hir::Literal};

pub(super) fn literal(literal: &Literal, _ty: &Type) -> Result<Constant, Refusal> {
    Ok(match literal {
        Literal::Null => Constant::atom("NULL"),
        Literal::Bool(true) => Constant::atom("TRUE"),
        Literal::Bool(false) => Constant::atom("FALSE"),
        Literal::Int(number) => Constant::number(number.to_string()),
        Literal::Decimal(digits) => Constant::number(String::from(&**digits)),
        Literal::Float(number) => Constant::number(format!("{number:?}")),
        Literal::Text(text) => {
            if text.contains('\0') {
                return Err(nul());
            }
            Constant::atom(quoted(text))
        }
        Literal::Date(text) | Literal::Time(text) | Literal::DateTime(text) => {
            Constant::atom(quoted(text))
        }
        Literal::Duration(microseconds) => Constant::number(microseconds.to_string()),
        Literal::Calendar(months) => Constant::number(months.to_string()),
        Literal::Uuid(uuid) => Constant::atom(format!("'{:032x}'", u128::from_be_bytes(*uuid))),
    })
}
