//! Statistics of pairs, and of values in their order: null over no values.

use super::math::number;
use rusqlite::{
    Connection, Result,
    functions::{Aggregate, Context, FunctionFlags},
    types::{Value, ValueRef},
};
use std::cmp::Ordering;

pub(super) fn register(connection: &Connection, flags: FunctionFlags) -> Result<()> {
    for (name, pairs) in [
        ("covar_pop", Pairs::Population),
        ("covar_samp", Pairs::Sample),
        ("corr", Pairs::Correlation),
    ] {
        connection.create_aggregate_function(name, 2, flags, pairs)?;
    }
    connection.create_aggregate_function("percentile_cont", 2, flags, Between)?;
    connection.create_aggregate_function("percentile_disc", 2, flags, AtFraction)?;
    connection.create_aggregate_function("mode", 1, flags, Mode)
}

/// What pairs of numbers of which neither is null say.
#[derive(Clone, Copy, PartialEq)]
enum Pairs {
    Population,
    Sample,
    Correlation,
}

/// Running sums of the distances from the means, which lose no digits where the means are large.
#[derive(Default)]
struct Moments {
    count: f64,
    mean_y: f64,
    mean_x: f64,
    squares_y: f64,
    squares_x: f64,
    products: f64,
}

impl Aggregate<Moments, Option<f64>> for Pairs {
    fn init(&self, _: &mut Context<'_>) -> Result<Moments> {
        Ok(Moments::default())
    }

    fn step(&self, context: &mut Context<'_>, moments: &mut Moments) -> Result<()> {
        if let (Some(y), Some(x)) = (number(context.get_raw(0)), number(context.get_raw(1))) {
            moments.count += 1.0;
            let (from_y, from_x) = (y - moments.mean_y, x - moments.mean_x);
            moments.mean_y += from_y / moments.count;
            moments.mean_x += from_x / moments.count;
            moments.squares_y += from_y * (y - moments.mean_y);
            moments.squares_x += from_x * (x - moments.mean_x);
            moments.products += from_y * (x - moments.mean_x);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, moments: Option<Moments>) -> Result<Option<f64>> {
        let moments = moments.unwrap_or_default();
        Ok(match self {
            Pairs::Population => (moments.count > 0.0).then(|| moments.products / moments.count),
            Pairs::Sample => {
                (moments.count > 1.0).then(|| moments.products / (moments.count - 1.0))
            }
            Pairs::Correlation => (moments.squares_y > 0.0 && moments.squares_x > 0.0)
                .then(|| moments.products / (moments.squares_y * moments.squares_x).sqrt())
                .map(|corr| corr.clamp(-1.0, 1.0)),
        })
    }
}

/// All values, and the fraction that is asked for.
#[derive(Default)]
struct Values {
    values: Vec<Value>,
    fraction: Option<f64>,
}

impl Values {
    fn add(&mut self, context: &Context<'_>) -> Result<()> {
        self.fraction = number(context.get_raw(1));
        if context.get_raw(0) != ValueRef::Null {
            self.values.push(context.get(0)?);
        }
        Ok(())
    }

    /// In order, with a fraction from 0 to 1; nothing where there are no values.
    fn ordered(mut self) -> Result<Option<(Vec<Value>, f64)>> {
        let Some(fraction) = self.fraction else {
            return Ok(None);
        };
        if !(0.0..=1.0).contains(&fraction) {
            return Err(rusqlite::Error::UserFunctionError(
                format!("a fraction is from 0 to 1, and this is {fraction}").into(),
            ));
        }
        self.values.sort_by(compared);
        Ok((!self.values.is_empty()).then_some((self.values, fraction)))
    }
}

/// As SQLite orders them: numbers, then text by its bytes, then bytes.
fn compared(one: &Value, other: &Value) -> Ordering {
    #[expect(
        clippy::cast_precision_loss,
        reason = "beside a float it is compared as one"
    )]
    match (one, other) {
        (Value::Integer(one), Value::Integer(other)) => one.cmp(other),
        (Value::Real(one), Value::Real(other)) => one.total_cmp(other),
        (Value::Integer(one), Value::Real(other)) => (*one as f64).total_cmp(other),
        (Value::Real(one), Value::Integer(other)) => one.total_cmp(&(*other as f64)),
        (Value::Text(one), Value::Text(other)) => one.as_bytes().cmp(other.as_bytes()),
        (Value::Blob(one), Value::Blob(other)) => one.cmp(other),
        (one, other) => rank(one).cmp(&rank(other)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Integer(_) | Value::Real(_) => 1,
        Value::Text(_) => 2,
        Value::Blob(_) => 3,
    }
}

/// `percentile_cont(x, fraction)`.
struct Between;

impl Aggregate<Values, Option<f64>> for Between {
    fn init(&self, _: &mut Context<'_>) -> Result<Values> {
        Ok(Values::default())
    }

    fn step(&self, context: &mut Context<'_>, values: &mut Values) -> Result<()> {
        values.add(context)
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among values that are in memory"
    )]
    fn finalize(&self, _: &mut Context<'_>, values: Option<Values>) -> Result<Option<f64>> {
        let Some((values, fraction)) = values.unwrap_or_default().ordered()? else {
            return Ok(None);
        };
        let rank = fraction * (values.len() - 1) as f64;
        let at = |place: f64| {
            values
                .get(place as usize)
                .and_then(|value| number(value.into()))
        };
        Ok(at(rank.floor())
            .zip(at(rank.ceil()))
            .map(|(low, high)| low + (high - low) * (rank - rank.floor())))
    }
}

/// `percentile_disc(x, fraction)`.
struct AtFraction;

impl Aggregate<Values, Value> for AtFraction {
    fn init(&self, _: &mut Context<'_>) -> Result<Values> {
        Ok(Values::default())
    }

    fn step(&self, context: &mut Context<'_>, values: &mut Values) -> Result<()> {
        values.add(context)
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among values that are in memory"
    )]
    fn finalize(&self, _: &mut Context<'_>, values: Option<Values>) -> Result<Value> {
        let Some((values, fraction)) = values.unwrap_or_default().ordered()? else {
            return Ok(Value::Null);
        };
        let place = (fraction * values.len() as f64).ceil().max(1.0) as usize;
        Ok(values.into_iter().nth(place - 1).unwrap_or(Value::Null))
    }
}

/// `mode(x)`: of the most frequent values the least.
struct Mode;

impl Aggregate<Values, Value> for Mode {
    fn init(&self, _: &mut Context<'_>) -> Result<Values> {
        Ok(Values::default())
    }

    fn step(&self, context: &mut Context<'_>, values: &mut Values) -> Result<()> {
        if context.get_raw(0) != ValueRef::Null {
            values.values.push(context.get(0)?);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, values: Option<Values>) -> Result<Value> {
        let mut values = values.unwrap_or_default().values;
        values.sort_by(compared);
        let mut best = (0, Value::Null);
        for run in values.chunk_by(|one, other| compared(one, other).is_eq()) {
            if let Some(first) = run.first()
                && run.len() > best.0
            {
                best = (run.len(), first.clone());
            }
        }
        Ok(best.1)
    }
}
