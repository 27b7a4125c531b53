//! Whether a guard holds for the values that a query is given.

use crate::Value;
use djq_check::{
    Guard, decimal,
    hir::{Literal, ParamId},
};
use std::cmp::Ordering;

/// Whether a guard holds, where these are the parameters' values in the interface's order; none: it is left out.
///
/// ```
/// use djq_check::{Comparison, Guard, hir::{Literal, ParamId}};
/// use djq_client::{Value, holds};
/// let newest = Guard::Compare(ParamId(0), Comparison::Equal, Literal::Text("newest".into()));
/// assert!(holds(&newest, &[Some(Value::Text("newest".into()))]));
/// assert!(!holds(&newest, &[None]));
/// assert!(!holds(&newest.negated(), &[Some(Value::Text("newest".into()))]));
/// ```
#[must_use]
pub fn holds(guard: &Guard, arguments: &[Option<Value>]) -> bool {
    let value = |id: &ParamId| arguments.get(id.0 as usize).and_then(Option::as_ref);
    guard.holds(&mut |atom| match atom {
        Guard::Given(id) => value(id).is_some(),
        Guard::Null(id) => value(id).is_some_and(Value::is_null),
        Guard::Compare(id, comparison, literal) => value(id)
            .and_then(|value| compare(value, literal))
            .is_some_and(|ordering| comparison.accepts(ordering)),
        Guard::Not(_) | Guard::All(_) | Guard::Any(_) => false,
    })
}

/// The order of a value and a constant of its type; none where it is null, or no number.
fn compare(value: &Value, literal: &Literal) -> Option<Ordering> {
    Some(match (value, literal) {
        (Value::Bool(a), Literal::Bool(b)) => a.cmp(b),
        (Value::Int(a), Literal::Int(b)) | (Value::Duration(a), Literal::Duration(b)) => a.cmp(b),
        (Value::Text(a), Literal::Text(b)) => (**a).cmp(b),
        (Value::Uuid(a), Literal::Uuid(b)) => a.to_be_bytes().cmp(b),
        (Value::Date(a), Literal::Date(b)) => a.cmp(&b.parse().ok()?),
        (Value::Time(a), Literal::Time(b)) => a.cmp(&b.parse().ok()?),
        (Value::DateTime(a), Literal::DateTime(b)) => a.cmp(&b.parse().ok()?),
        (Value::Float(a), literal) => a.partial_cmp(&match literal {
            Literal::Float(b) => *b,
            Literal::Int(b) => b.to_string().parse().ok()?,
            Literal::Decimal(b) => b.parse().ok()?,
            _ => return None,
        })?,
        (Value::Int(_) | Value::Decimal(_), Literal::Int(_) | Literal::Decimal(_)) => {
            let digits = match value {
                Value::Decimal(digits) => digits.clone(),
                other => other.as_int()?.to_string(),
            };
            let bound = match literal {
                Literal::Decimal(bound) => bound.to_string(),
                Literal::Int(bound) => bound.to_string(),
                _ => return None,
            };
            // NaN and the infinities are no digits.
            digits
                .bytes()
                .any(|byte| byte.is_ascii_digit())
                .then(|| decimal(&digits, &bound))?
        }
        _ => return None,
    })
}
