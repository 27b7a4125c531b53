//! Statistics, and aggregates of bits: null over no values. Each may stand before OVER, whose frame loses rows at its
//! start.

use super::math::number;
use rusqlite::{
    Connection, Result,
    functions::{Aggregate, Context, FunctionFlags, WindowAggregate},
    types::ValueRef,
};
use std::collections::VecDeque;

pub(super) fn register(connection: &Connection, flags: FunctionFlags) -> Result<()> {
    for (name, sample, root) in [
        ("var_pop", false, false),
        ("var_samp", true, false),
        ("stddev_pop", false, true),
        ("stddev_samp", true, true),
    ] {
        connection.create_window_function(name, 1, flags, Variance { sample, root })?;
    }
    for (name, bits) in [
        ("bit_and", Bits::All),
        ("bit_or", Bits::Any),
        ("bit_xor", Bits::Odd),
    ] {
        connection.create_window_function(name, 1, flags, bits)?;
    }
    Ok(())
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

impl Moments {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        let distance = value - self.mean;
        self.mean += distance / self.count;
        self.squares += distance * (value - self.mean);
    }
}

/// The values of a frame. Taking one out of the sums would leave a trace of it, so they are made anew then.
#[derive(Default)]
struct Values {
    values: VecDeque<f64>,
    moments: Moments,
    /// Whether `moments` still holds values that have gone.
    stale: bool,
}

impl Variance {
    fn of(self, values: &mut Values) -> Option<f64> {
        if std::mem::take(&mut values.stale) {
            values.moments = Moments::default();
            for value in &values.values {
                values.moments.add(*value);
            }
        }
        let moments = &values.moments;
        let count = if self.sample {
            moments.count - 1.0
        } else {
            moments.count
        };
        let variance = (count > 0.0).then(|| moments.squares / count);
        if self.root {
            variance.map(f64::sqrt)
        } else {
            variance
        }
    }
}

impl Aggregate<Values, Option<f64>> for Variance {
    fn init(&self, _: &mut Context<'_>) -> Result<Values> {
        Ok(Values::default())
    }

    fn step(&self, context: &mut Context<'_>, values: &mut Values) -> Result<()> {
        if let Some(value) = number(context.get_raw(0)) {
            values.values.push_back(value);
            if !values.stale {
                values.moments.add(value);
            }
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, values: Option<Values>) -> Result<Option<f64>> {
        Ok(values.and_then(|mut values| self.of(&mut values)))
    }
}

impl WindowAggregate<Values, Option<f64>> for Variance {
    fn value(&self, values: Option<&mut Values>) -> Result<Option<f64>> {
        Ok(values.and_then(|values| self.of(values)))
    }

    fn inverse(&self, context: &mut Context<'_>, values: &mut Values) -> Result<()> {
        if number(context.get_raw(0)).is_some() {
            values.values.pop_front();
            values.stale = true;
        }
        Ok(())
    }
}

/// Bits of all values together: those that all have, that any has, that an odd number has.
#[derive(Clone, Copy)]
enum Bits {
    All,
    Any,
    Odd,
}

/// How many values there are, and how many have each bit.
struct Counts {
    values: u64,
    bits: [u64; 64],
}

impl Counts {
    fn see(&mut self, context: &Context<'_>, count: fn(u64) -> u64) {
        if let ValueRef::Integer(value) = context.get_raw(0) {
            self.values = count(self.values);
            for (place, bit) in self.bits.iter_mut().enumerate() {
                if value >> place & 1 == 1 {
                    *bit = count(*bit);
                }
            }
        }
    }
}

impl Bits {
    fn of(self, counts: &Counts) -> Option<i64> {
        let has = |bit: u64| match self {
            Self::All => bit == counts.values,
            Self::Any => bit > 0,
            Self::Odd => bit % 2 == 1,
        };
        let all = counts.bits.iter().enumerate();
        (counts.values > 0)
            .then(|| all.fold(0, |bits, (place, bit)| bits | i64::from(has(*bit)) << place))
    }
}

impl Aggregate<Counts, Option<i64>> for Bits {
    fn init(&self, _: &mut Context<'_>) -> Result<Counts> {
        Ok(Counts {
            values: 0,
            bits: [0; 64],
        })
    }

    fn step(&self, context: &mut Context<'_>, counts: &mut Counts) -> Result<()> {
        counts.see(context, |count| count + 1);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, counts: Option<Counts>) -> Result<Option<i64>> {
        Ok(counts.and_then(|counts| self.of(&counts)))
    }
}

impl WindowAggregate<Counts, Option<i64>> for Bits {
    fn value(&self, counts: Option<&mut Counts>) -> Result<Option<i64>> {
        Ok(counts.and_then(|counts| self.of(counts)))
    }

    fn inverse(&self, context: &mut Context<'_>, counts: &mut Counts) -> Result<()> {
        counts.see(context, |count| count.saturating_sub(1));
        Ok(())
    }
}
