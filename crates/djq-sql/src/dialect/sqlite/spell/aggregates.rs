//! Aggregates on SQLite.

use super::statistics;
use crate::dialect::{
    Binding, Form, Options, Refusal,
    constant::{in_template, quoted},
    operand::{base, fill, holes, is_text, refuse, scale, text_at},
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
        " COLLATE BINARY"
    } else {
        ""
    };
    let decimal = matches!(base(operands, 0), Type::Decimal(..));
    let (form, registers) = match function {
        AggregateId::Count if operands.is_empty() => ("count(*)", None),
        AggregateId::Count if operands.len() > 1 => return Ok(count_rows(distinct, operands)),
        AggregateId::Count => ("count(@distinct{0})", None),
        AggregateId::Sum if decimal => ("round(sum(@distinct{0}), @places)", None),
        AggregateId::Sum => ("sum(@distinct{0})", None),
        AggregateId::Avg => match base(operands, 0) {
            Type::Decimal(..) => ("round(avg(@distinct{0}), @places)", None),
            Type::Duration => ("CAST(round(avg(@distinct{0})) AS INTEGER)", None),
            _ => ("avg(@distinct{0})", None),
        },
        AggregateId::Min | AggregateId::AnyValue => ("min({0}@exact)", None),
        AggregateId::Max => ("max({0}@exact)", None),
        AggregateId::Every => ("coalesce(min({0}), TRUE)", None),
        AggregateId::Some => ("coalesce(max({0}), FALSE)", None),
        AggregateId::StringAgg => return string_agg(distinct, operands, ordered),
        AggregateId::ArrayAgg => {
            return Err(refuse("SQLite has no arrays", "`json_agg`, a JSON array"));
        }
        // An array is never null, not even of no rows.
        AggregateId::JsonAgg if ordered => {
            ("nullif(json_group_array({0} ORDER BY {1}), '[]')", None)
        }
        AggregateId::JsonAgg => ("nullif(json_group_array({0}), '[]')", None),
        AggregateId::JsonObjectAgg => (
            "nullif(json_group_object({0}, {1}) FILTER (WHERE {0} IS NOT NULL), '{{}}')",
            None,
        ),
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
        | AggregateId::RegrR2 => return statistics::spell(function),
        AggregateId::BitAnd => ("bit_and({0})", Some("bit_and")),
        AggregateId::BitOr => ("bit_or({0})", Some("bit_or")),
        AggregateId::BitXor => ("bit_xor(@distinct{0})", Some("bit_xor")),
        AggregateId::StddevPop => ("stddev_pop(@distinct{0})", Some("stddev_pop")),
        AggregateId::StddevSamp => ("stddev_samp(@distinct{0})", Some("stddev_samp")),
        AggregateId::VarPop => ("var_pop(@distinct{0})", Some("var_pop")),
        AggregateId::VarSamp => ("var_samp(@distinct{0})", Some("var_samp")),
    };
    let form = Form::atom(fill(
        form,
        &[
            ("@distinct", if distinct { "DISTINCT " } else { "" }),
            ("@exact", exact),
            ("@places", &scale(&ty.kind).to_string()),
        ],
    ));
    Ok(Form { registers, ..form })
}

/// Rows in which none of several values is null.
fn count_rows(distinct: bool, operands: &[Expr]) -> Form {
    let known: Vec<String> = (0..operands.len())
        .map(|place| format!("{{{place}}} IS NOT NULL"))
        .collect();
    let known = known.join(" AND ");
    Form::infix(
        if distinct {
            format!(
                "count(DISTINCT CASE WHEN {known} THEN json_array({}) END)",
                holes(operands.len())
            )
        } else {
            format!("count(CASE WHEN {known} THEN 1 END)")
        },
        Binding::Atom,
        Binding::Atom,
    )
}

/// With DISTINCT it takes no separator: the values go by a list of their own.
fn string_agg(distinct: bool, operands: &[Expr], ordered: bool) -> Result<Form, Refusal> {
    match (distinct, ordered) {
        (false, false) => Ok(Form::atom("group_concat({0}, {1})")),
        // Since 3.44; before, a syntax error.
        (false, true) => Ok(Form::atom("group_concat({0}, {1} ORDER BY {2})")),
        (true, false) if text_at(operands, 1) == Some(",") => {
            Ok(Form::atom("group_concat(DISTINCT {0})"))
        }
        (true, false) => match text_at(operands, 1) {
            Some(separator) => Ok(Form::atom(format!(
                "(SELECT group_concat(value, {}) FROM json_each(json_group_array(DISTINCT {{0}}) FILTER (WHERE {{0}} IS NOT NULL)))",
                in_template(&quoted(separator))
            ))),
            None => Err(refuse(
                "SQLite takes no separator beside `distinct`",
                "a literal separator",
            )),
        },
        (true, true) => match text_at(operands, 1) {
            Some(separator) => Ok(Form::atom(format!(
                "(SELECT group_concat(value, {} ORDER BY {{2}}) FROM json_each(json_group_array(DISTINCT {{0}}) FILTER (WHERE {{0}} IS NOT NULL)))",
                in_template(&quoted(separator))
            ))),
            None => Err(refuse(
                "SQLite takes no separator beside `distinct`",
                "a literal separator",
            )),
        },
    }
}
