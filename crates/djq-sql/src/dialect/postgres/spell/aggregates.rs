//! Aggregates on PostgreSQL.

use super::statistics;
use crate::dialect::{
    Form, Options, Refusal,
    operand::{base, fill, is_text, scale},
};
use djq_check::{Ty, Type, functions::AggregateId};
use djq_plan::plan::Expr;

/// The form of an aggregate.
pub(super) fn spell(
    options: &Options,
    function: AggregateId,
    distinct: bool,
    operands: &[Expr],
    ty: &Ty,
    ordered: bool,
) -> Result<Form, Refusal> {
    let exact = if options.exact_collation && operands.first().is_some_and(|x| is_text(&x.ty)) {
        " COLLATE \"C\""
    } else {
        ""
    };
    let form = match function {
        AggregateId::Count => return Ok(count(distinct, operands)),
        AggregateId::Sum => match base(operands, 0) {
            // The server's sum of 64 bits is a numeric.
            Type::BigInt => "sum(@distinct{0})::bigint",
            _ => "sum(@distinct{0})",
        },
        AggregateId::Avg => match base(operands, 0) {
            Type::Int | Type::BigInt => "avg(@distinct{0})::double precision",
            Type::Decimal(..) => return Ok(average_of_decimals(distinct, ty)),
            // The server's own average of intervals loses fractions of a day.
            Type::Duration => {
                "(round(avg(@distinct extract(epoch FROM {0})), 6) * interval '1 second')"
            }
            _ => "avg(@distinct{0})",
        },
        AggregateId::Min | AggregateId::AnyValue => match base(operands, 0) {
            Type::Bool => "bool_and({0})",
            Type::Uuid => "min({0}::text)::uuid",
            _ => "min({0}@exact)",
        },
        AggregateId::Max => match base(operands, 0) {
            Type::Bool => "bool_or({0})",
            Type::Uuid => "max({0}::text)::uuid",
            _ => "max({0}@exact)",
        },
        AggregateId::Every => "coalesce(bool_and({0}), TRUE)",
        AggregateId::Some => "coalesce(bool_or({0}), FALSE)",
        AggregateId::StringAgg if ordered => "string_agg(@distinct{0}, {1} ORDER BY {2})",
        AggregateId::StringAgg => "string_agg(@distinct{0}, {1})",
        AggregateId::ArrayAgg if ordered => "array_agg(@distinct{0} ORDER BY {1})",
        AggregateId::ArrayAgg => "array_agg(@distinct{0})",
        AggregateId::JsonAgg if ordered => "jsonb_agg({0} ORDER BY {1})",
        AggregateId::JsonAgg => "jsonb_agg({0})",
        AggregateId::JsonObjectAgg => "jsonb_object_agg({0}, {1}) FILTER (WHERE {0} IS NOT NULL)",
        AggregateId::Median
        | AggregateId::PercentileCont
        | AggregateId::PercentileDisc
        | AggregateId::Mode => {
            return statistics::of_ordered(function, operands, exact)
                .ok_or_else(|| crate::dialect::operand::no_cast(&ty.kind, &ty.kind));
        }
        AggregateId::CovarPop => return Ok(statistics::of_pairs("covar_pop", operands)),
        AggregateId::CovarSamp => return Ok(statistics::of_pairs("covar_samp", operands)),
        AggregateId::Corr => return Ok(statistics::of_pairs("corr", operands)),
        AggregateId::RegrCount => return Ok(statistics::of_pairs("regr_count", operands)),
        AggregateId::RegrAvgX => return Ok(statistics::of_pairs("regr_avgx", operands)),
        AggregateId::RegrAvgY => return Ok(statistics::of_pairs("regr_avgy", operands)),
        AggregateId::RegrSxx => return Ok(statistics::of_pairs("regr_sxx", operands)),
        AggregateId::RegrSyy => return Ok(statistics::of_pairs("regr_syy", operands)),
        AggregateId::RegrSxy => return Ok(statistics::of_pairs("regr_sxy", operands)),
        AggregateId::RegrSlope => return Ok(statistics::of_pairs("regr_slope", operands)),
        AggregateId::RegrIntercept => return Ok(statistics::of_pairs("regr_intercept", operands)),
        AggregateId::RegrR2 => return Ok(statistics::of_pairs("regr_r2", operands)),
        AggregateId::BitAnd => "bit_and({0})",
        AggregateId::BitOr => "bit_or({0})",
        AggregateId::BitXor => "bit_xor(@distinct{0})",
        AggregateId::StddevPop => "stddev_pop(@distinct{0}@float)",
        AggregateId::StddevSamp => "stddev_samp(@distinct{0}@float)",
        AggregateId::VarPop => "var_pop(@distinct{0}@float)",
        AggregateId::VarSamp => "var_samp(@distinct{0}@float)",
    };
    Ok(Form::atom(fill(
        form,
        &[
            ("@distinct ", if distinct { "DISTINCT " } else { "" }),
            ("@distinct", if distinct { "DISTINCT " } else { "" }),
            ("@exact", exact),
            (
                "@float",
                if base(operands, 0) == &Type::Float {
                    ""
                } else {
                    "::double precision"
                },
            ),
        ],
    )))
}

/// A quotient has the digits of its longest operand at least, else only sixteen that count.
fn average_of_decimals(distinct: bool, ty: &Ty) -> Form {
    let places = scale(&ty.kind);
    let digits = places + 20;
    let word = if distinct { "DISTINCT " } else { "" };
    Form::atom(format!(
        "round(avg({word}{{0}}::numeric(120, {digits})), {places})"
    ))
}

/// Rows; rows where the value is not null; different values, of several only rows where none is null.
fn count(distinct: bool, operands: &[Expr]) -> Form {
    match (operands.len(), distinct) {
        (0, _) => Form::atom("count(*)"),
        (1, false) => Form::atom("count({0})"),
        (1, true) => Form::atom("count(DISTINCT {0})"),
        (several, _) => {
            let values = crate::dialect::operand::holes(several);
            let known: Vec<String> = operands
                .iter()
                .enumerate()
                .filter(|(_, operand)| operand.ty.nullable)
                .map(|(place, _)| format!("{{{place}}} IS NOT NULL"))
                .collect();
            let word = if distinct { "DISTINCT " } else { "" };
            Form::atom(if known.is_empty() {
                format!("count({word}({values}))")
            } else {
                format!(
                    "count({word}CASE WHEN {} THEN ({values}) END)",
                    known.join(" AND ")
                )
            })
        }
    }
}
