//! Statistics on PostgreSQL, which computes them in floats here, as the others do.

use crate::dialect::{Form, operand::base};
use djq_check::{Type, functions::AggregateId};
use djq_plan::plan::Expr;

/// An operand as a float.
fn float(operands: &[Expr], place: usize) -> String {
    match base(operands, place) {
        Type::Float => format!("{{{place}}}"),
        _ => format!("{{{place}}}::double precision"),
    }
}

/// An aggregate of pairs.
pub(super) fn of_pairs(name: &str, operands: &[Expr]) -> Form {
    Form::atom(format!(
        "{name}({}, {})",
        float(operands, 0),
        float(operands, 1)
    ))
}

/// An aggregate of ordered values; none for another.
pub(super) fn of_ordered(function: AggregateId, operands: &[Expr], exact: &str) -> Option<Form> {
    let value = format!("{{0}}{exact}");
    Some(Form::atom(match function {
        AggregateId::Median => {
            format!(
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY {})",
                float(operands, 0)
            )
        }
        AggregateId::PercentileCont => format!(
            "percentile_cont({{1}}) WITHIN GROUP (ORDER BY {})",
            float(operands, 0)
        ),
        AggregateId::PercentileDisc => {
            format!("percentile_disc({{1}}) WITHIN GROUP (ORDER BY {value})")
        }
        AggregateId::Mode => format!("mode() WITHIN GROUP (ORDER BY {value})"),
        _ => return None,
    }))
}
