//! Aggregates on MySQL, and on MariaDB where that has nothing of its own.

use super::{super::literal::text_literal, json, statistics};
use crate::dialect::{
    Form, Refusal,
    constant::in_template,
    operand::{base, fill, holes, is_text, refuse, scale, text_at},
};
use djq_check::{Ty, Type, functions::AggregateId};
use djq_plan::plan::{Expr, ExprKind};

/// The form of an aggregate; `exact` is the collation for text where comparisons are exact.
pub(in crate::dialect) fn spell(
    kind: json::Kind,
    exact: Option<&str>,
    function: AggregateId,
    distinct: bool,
    operands: &[Expr],
    ty: &Ty,
    ordered: bool,
) -> Result<Form, Refusal> {
    let exact = match exact {
        Some(collation) if operands.first().is_some_and(|x| is_text(&x.ty)) => {
            format!(" COLLATE {collation}")
        }
        _ => String::new(),
    };
    let form = match function {
        AggregateId::Count if operands.is_empty() => "count(*)",
        AggregateId::Count if operands.len() > 1 => return Ok(count_rows(distinct, operands)),
        AggregateId::Count => "count(@distinct{0})",
        AggregateId::Sum => "sum(@distinct{0})",
        AggregateId::Avg => match base(operands, 0) {
            Type::Int | Type::BigInt => "avg(@distinctCAST({0} AS DOUBLE))",
            Type::Decimal(..) => return Ok(average_of_decimals(distinct, ty)),
            Type::Duration => "round(avg(@distinct{0}))",
            _ => "avg(@distinct{0})",
        },
        // Null only where every value is, which ANY_VALUE does not promise.
        AggregateId::Min | AggregateId::AnyValue => "min({0}@exact)",
        AggregateId::Max => "max({0}@exact)",
        // A bound null has no type, and the least of such values would be text.
        AggregateId::Every if is_bound(operands) => "coalesce(min(CAST({0} AS SIGNED)), TRUE)",
        AggregateId::Some if is_bound(operands) => "coalesce(max(CAST({0} AS SIGNED)), FALSE)",
        AggregateId::Every => "coalesce(min({0}), TRUE)",
        AggregateId::Some => "coalesce(max({0}), FALSE)",
        AggregateId::StringAgg => return string_agg(distinct, operands, ordered),
        AggregateId::ArrayAgg => {
            return Err(refuse(
                "MySQL and MariaDB have no arrays",
                "`json_agg`, a JSON array",
            ));
        }
        AggregateId::JsonAgg => {
            return Ok(json::gathered(kind, "[", "{0}", ordered.then_some(1), "]"));
        }
        AggregateId::JsonObjectAgg => {
            return Ok(json::gathered(
                kind,
                "{",
                "concat(json_quote({0}), ':', {1})",
                None,
                "}",
            ));
        }
        AggregateId::CovarPop
        | AggregateId::CovarSamp
        | AggregateId::Corr
        | AggregateId::Median
        | AggregateId::PercentileCont
        | AggregateId::PercentileDisc
        | AggregateId::Mode
        | AggregateId::RegrCount
        | AggregateId::RegrAvgX
        | AggregateId::RegrAvgY
        | AggregateId::RegrSxx
        | AggregateId::RegrSyy
        | AggregateId::RegrSxy
        | AggregateId::RegrSlope
        | AggregateId::RegrIntercept
        | AggregateId::RegrR2 => return statistics::spell(kind, function, operands, &exact),
        // The server's own have a value for no rows, and are unsigned.
        AggregateId::BitAnd => "CASE WHEN count({0}) > 0 THEN CAST(bit_and({0}) AS SIGNED) END",
        AggregateId::BitOr => "CASE WHEN count({0}) > 0 THEN CAST(bit_or({0}) AS SIGNED) END",
        AggregateId::BitXor => "CASE WHEN count({0}) > 0 THEN CAST(bit_xor({0}) AS SIGNED) END",
        AggregateId::StddevPop => "stddev_pop(@float)",
        AggregateId::StddevSamp => "stddev_samp(@float)",
        AggregateId::VarPop => "var_pop(@float)",
        AggregateId::VarSamp => "var_samp(@float)",
    };
    let same_without = matches!(
        function,
        AggregateId::BitXor
            | AggregateId::StddevPop
            | AggregateId::StddevSamp
            | AggregateId::VarPop
            | AggregateId::VarSamp
    );
    if distinct && same_without {
        return Err(refuse(
            "MySQL and MariaDB have this aggregate for all values alone",
            "an aggregate over `(from … select x distinct)`",
        ));
    }
    Ok(Form::atom(fill(
        form,
        &[
            ("@distinct", if distinct { "DISTINCT " } else { "" }),
            ("@exact", &exact),
            // Of whole numbers and decimals MariaDB has four more places, in a window no more than that.
            (
                "@float",
                if base(operands, 0) == &Type::Float {
                    "{0}"
                } else {
                    "CAST({0} AS DOUBLE)"
                },
            ),
        ],
    )))
}

fn average_of_decimals(distinct: bool, ty: &Ty) -> Form {
    let places = scale(&ty.kind);
    let digits = (places + 12).min(26);
    let word = if distinct { "DISTINCT " } else { "" };
    Form::atom(format!(
        "round(avg({word}CAST({{0}} AS DECIMAL(65, {digits}))), {places})"
    ))
}

/// Rows in which none of several values is null.
fn count_rows(distinct: bool, operands: &[Expr]) -> Form {
    if distinct {
        return Form::atom(format!("count(DISTINCT {})", holes(operands.len())));
    }
    let known: Vec<String> = (0..operands.len())
        .map(|place| format!("{{{place}}} IS NOT NULL"))
        .collect();
    Form::atom(format!(
        "count(CASE WHEN {} THEN 1 END)",
        known.join(" AND ")
    ))
}

/// The client raises `group_concat_max_len`, which would cut it short.
fn string_agg(distinct: bool, operands: &[Expr], ordered: bool) -> Result<Form, Refusal> {
    let distinct = if distinct { "DISTINCT " } else { "" };
    let order = if ordered { " ORDER BY {2}" } else { "" };
    if let Some(separator) = text_at(operands, 1) {
        let separator = in_template(&text_literal(separator).replace("_utf8mb4 ", ""));
        return Ok(Form::atom(format!(
            "group_concat({distinct}{{0}}{order} SEPARATOR {separator})"
        )));
    }
    // SEPARATOR takes a literal alone: one that is bound goes before each value, and the first is cut off.
    match operands.get(1).map(|separator| &separator.kind) {
        Some(ExprKind::Param(_)) => Ok(Form::atom(format!(
            "substring(group_concat({distinct}concat({{1}}, {{0}}){order} SEPARATOR ''), char_length({{1}}) + 1)"
        ))),
        _ => Err(refuse(
            "the separator of `string_agg` is one for all rows on MySQL and MariaDB",
            "a literal or a parameter as the separator",
        )),
    }
}

/// Whether the value of each row is bound.
fn is_bound(operands: &[Expr]) -> bool {
    matches!(operands, [only] if matches!(only.kind, ExprKind::Param(_)))
}
