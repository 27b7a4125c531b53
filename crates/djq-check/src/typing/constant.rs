//! Constants of the schema as literals.

use super::{
    literals,
    moments::{self, Moment},
    reading,
};
use crate::{Type, hir::Literal};
use serde_json::Value;

/// A field's constant default as a literal of its type; none for what has no literal.
pub(crate) fn constant(value: &Value, ty: &Type) -> Option<Literal> {
    let text = value.as_str();
    Some(match ty.base() {
        Type::Bool => Literal::Bool(value.as_bool()?),
        Type::Int | Type::BigInt => Literal::Int(value.as_i64()?),
        Type::Float => Literal::Float(value.as_f64()?),
        Type::Decimal(..) => {
            let digits = match (text, value.as_i64()) {
                (Some(text), _) => text.to_owned(),
                (None, Some(whole)) => whole.to_string(),
                (None, None) => value.as_f64()?.to_string(),
            };
            literals::decimal(&digits)?.0
        }
        Type::Text | Type::Inet => Literal::Text(text?.into()),
        Type::Json => Literal::Text(value.to_string().into()),
        Type::Date | Type::Time | Type::DateTime => match (moments::moment(text?).ok()?, ty.base())
        {
            (Moment::Date(date), Type::Date) => Literal::Date(moments::date_text(date)),
            (Moment::Time(time), Type::Time) => Literal::Time(moments::time_text(time)),
            (Moment::Zoned(moment) | Moment::Local(moment), Type::DateTime) => {
                Literal::DateTime(moments::datetime_text(moment))
            }
            _ => return None,
        },
        Type::Uuid => Literal::Uuid(reading::uuid(text?)?),
        _ => return None,
    })
}
