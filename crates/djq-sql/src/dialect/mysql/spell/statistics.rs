//! Statistics on MySQL and MariaDB, out of sums, and out of all values put together in their order.

use super::json::Kind;
use crate::dialect::{
    Binding, Form, Refusal,
    operand::{base, fill, no_regression, refuse, scale},
};
use djq_check::{Type, functions::AggregateId};
use djq_plan::plan::Expr;

/// The form of a statistic. `exact` is ` COLLATE …` for text where comparisons are exact.
pub(super) fn spell(
    kind: Kind,
    function: AggregateId,
    operands: &[Expr],
    exact: &str,
) -> Result<Form, Refusal> {
    Ok(match function {
        AggregateId::CovarPop => of_pairs(operands, "@covariance / (@n * @n)")?,
        AggregateId::CovarSamp => of_pairs(operands, "@covariance / nullif(@n * (@n - 1), 0)")?,
        AggregateId::Corr => of_pairs(
            operands,
            "@covariance / nullif(sqrt(CAST(@n * sum(@y * @y) - sum(@y) * sum(@y) AS DOUBLE) * CAST(@n * sum(@x * @x) - sum(@x) * sum(@x) AS DOUBLE)), 0)",
        )?,
        AggregateId::Median => between("5e-1"),
        AggregateId::PercentileCont => between("{1}"),
        AggregateId::PercentileDisc => at_fraction(operands, exact)?,
        AggregateId::Mode => mode(kind, operands, exact)?,
        // Aggregates of regression are what is left.
        _ => return Err(no_regression()),
    })
}

/// Sums over pairs of which neither is null, in decimals, whose digits are all kept: of floats they would be lost where
/// the mean is large.
fn of_pairs(operands: &[Expr], template: &str) -> Result<Form, Refusal> {
    if [0, 1]
        .iter()
        .any(|place| base(operands, *place) == &Type::Float)
    {
        return Err(refuse(
            "MySQL and MariaDB have sums alone for this, which lose the digits of floats",
            "decimals, as in `try_cast(x as decimal(20, 6))`",
        ));
    }
    let value = |place: usize, other: usize| {
        let places = operands.get(place).map_or(0, |x| scale(&x.ty.kind)).min(14);
        format!(
            "CAST(CASE WHEN {{{other}}} IS NOT NULL THEN {{{place}}} END AS DECIMAL(32, {places}))"
        )
    };
    let covariance = "CAST(@n * sum(@y * @x) - sum(@y) * sum(@x) AS DOUBLE)";
    let sums = fill(
        &fill(template, &[("@covariance", covariance)]),
        &[
            (
                "@n",
                "count(CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN 1 END)",
            ),
            ("@y", &value(0, 1)),
            ("@x", &value(1, 0)),
        ],
    );
    Ok(Form::infix(sums, Binding::Product, Binding::Atom))
}

/// A value of all in their order, by its place.
const AT: &str = "substring_index(substring_index(group_concat(@value ORDER BY {0}@exact), ',', @place), ',', -1)";

/// Between two values, where need be.
fn between(fraction: &str) -> Form {
    let at = |place: &str| {
        let at = fill(AT, &[("@value", "{0}"), ("@exact", ""), ("@place", place)]);
        format!("CAST({at} AS DOUBLE)")
    };
    let (low, high) = (at("floor(@rank) + 1"), at("floor(@rank) + 2"));
    let between = fill(
        &format!("{low} + ({high} - {low}) * (@rank - floor(@rank))"),
        &[
            ("@rank", "(@fraction * (count({0}) - 1))"),
            ("@fraction", fraction),
        ],
    );
    Form::infix(between, Binding::Sum, Binding::Atom)
}

/// How a value comes back from text; whether it may hold commas. None for what cannot.
fn back(ty: &Type) -> Option<(String, bool)> {
    Some(match ty.base() {
        Type::Bool | Type::Int | Type::BigInt | Type::Duration => {
            ("CAST(@x AS SIGNED)".to_owned(), false)
        }
        Type::Float => ("CAST(@x AS DOUBLE)".to_owned(), false),
        Type::Decimal(_, places) => (format!("CAST(@x AS DECIMAL(65, {places}))"), false),
        Type::Date => ("CAST(@x AS DATE)".to_owned(), false),
        Type::Time => ("CAST(@x AS TIME(6))".to_owned(), false),
        Type::DateTime => ("CAST(@x AS DATETIME(6))".to_owned(), false),
        Type::Text => ("CONVERT(unhex(@x) USING utf8mb4)".to_owned(), true),
        _ => return None,
    })
}

fn at_fraction(operands: &[Expr], exact: &str) -> Result<Form, Refusal> {
    let Some((back, commas)) = back(base(operands, 0)) else {
        return Err(no_statistic());
    };
    let value = if commas {
        "hex(CONVERT({0} USING utf8mb4))"
    } else {
        "{0}"
    };
    let at = fill(
        AT,
        &[
            ("@value", value),
            ("@exact", exact),
            ("@place", "greatest(ceiling({1} * count({0})), 1)"),
        ],
    );
    Ok(Form::atom(fill(&back, &[("@x", &at)])))
}

/// All values as JSON, which becomes rows again. Only of some values: JSON that is null once makes every later one null on
/// MySQL too.
fn mode(kind: Kind, operands: &[Expr], exact: &str) -> Result<Form, Refusal> {
    let ty = match base(operands, 0) {
        Type::Bool | Type::Int | Type::BigInt | Type::Duration => "bigint".to_owned(),
        Type::Float => "double".to_owned(),
        Type::Decimal(_, places) => format!("decimal(65, {places})"),
        Type::Date => "date".to_owned(),
        Type::DateTime => "datetime(6)".to_owned(),
        Type::Text => "longtext".to_owned(),
        _ => return Err(no_statistic()),
    };
    let from = match kind {
        Kind::Typed => {
            "(SELECT json_arrayagg({0}) AS l) AS g, json_table(g.l, '$[*]' COLUMNS (v @type PATH '$')) AS r"
        }
        Kind::Text => "json_table(json_arrayagg({0}), '$[*]' COLUMNS (v @type PATH '$')) AS r",
    };
    Ok(Form::atom(fill(
        &format!(
            "CASE WHEN count({{0}}) > 0 THEN (SELECT min(r.v@exact) FROM {from} WHERE r.v IS NOT NULL GROUP BY r.v@exact ORDER BY count(*) DESC, min(r.v@exact) LIMIT 1) END"
        ),
        &[("@exact", exact), ("@type", &ty)],
    )))
}

fn no_statistic() -> Refusal {
    refuse(
        "MySQL and MariaDB have no such aggregate for values of this type",
        "numbers, text, dates or datetimes",
    )
}
