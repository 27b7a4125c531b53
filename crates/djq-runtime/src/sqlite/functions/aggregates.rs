//! Statistics, and aggregates of bits: null over no values.

use super::math::number;
use rusqlite::{
    Connection, Result,
    functions::{Aggregate, Context, FunctionFlags},
    types::ValueRef,
};

pub(super) fn register(connection: &Connection, flags: FunctionFlags) -> Result<()> {
    for (name, sample, root) in [
        ("var_pop", false, false),
        ("var_samp", true, false),
        ("stddev_pop", false, true),
        ("stddev_samp", true, true),
    ] {
        connection.create_aggregate_function(name, 1, flags, Variance { sample, root })?;
    }
    connection.create_aggregate_function("bit_and", 1, flags, Bits(|left, right| left & right))?;
    connection.create_aggregate_function("bit_or", 1, flags, Bits(|left, right| left | right))?;
    connection.create_aggregate_function("bit_xor", 1, flags, Bits(|left, right| left ^ right))
}

/// How far values lie from their mean.
#[derive(Clone, Copy)]
struct Variance {
    /// Estimated from a sample: one value tells nothing.
    sample: bool,
    /// The standard deviation.
    root: bool,
}

/// Welford's running sums, which lose no digits where the mean is large.
#[derive(Default)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Aggregate<Moments, Option<f64>> for Variance {
    fn init(&self, _: &mut Context<'_>) -> Result<Moments> {
        Ok(Moments::default())
    }

    fn step(&self, context: &mut Context<'_>, moments: &mut Moments) -> Result<()> {
        if let Some(value) = number(context.get_raw(0)) {
            moments.count += 1.0;
            let distance = value - moments.mean;
            moments.mean += distance / moments.count;
            moments.squares += distance * (value - moments.mean);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, moments: Option<Moments>) -> Result<Option<f64>> {
        let Some(moments) = moments else {
            return Ok(None);
        };
        let count = if self.sample {
            moments.count - 1.0
        } else {
            moments.count
        };
        let variance = (count > 0.0).then(|| moments.squares / count);
        Ok(if self.root {
            variance.map(f64::sqrt)
        } else {
            variance
        })
    }
}

/// Bits of all values together.
#[derive(Clone, Copy)]
struct Bits(fn(i64, i64) -> i64);

impl Aggregate<Option<i64>, Option<i64>> for Bits {
    fn init(&self, _: &mut Context<'_>) -> Result<Option<i64>> {
        Ok(None)
    }

    fn step(&self, context: &mut Context<'_>, bits: &mut Option<i64>) -> Result<()> {
        if let ValueRef::Integer(value) = context.get_raw(0) {
            *bits = Some(bits.map_or(value, |bits| self.0(bits, value)));
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, bits: Option<Option<i64>>) -> Result<Option<i64>> {
        Ok(bits.flatten())
    }
}
