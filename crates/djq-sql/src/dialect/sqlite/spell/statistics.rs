//! Statistics on SQLite, which the runtime registers.

use crate::dialect::{Form, Refusal, operand::no_regression};
use djq_check::functions::AggregateId;

/// The form of a statistic.
pub(super) fn spell(function: AggregateId) -> Result<Form, Refusal> {
    let (sql, registers) = match function {
        AggregateId::CovarPop => ("covar_pop({0}, {1})", "covar_pop"),
        AggregateId::CovarSamp => ("covar_samp({0}, {1})", "covar_samp"),
        AggregateId::Corr => ("corr({0}, {1})", "corr"),
        AggregateId::Median => ("percentile_cont({0}, 0.5)", "percentile_cont"),
        AggregateId::PercentileCont => ("percentile_cont({0}, {1})", "percentile_cont"),
        AggregateId::PercentileDisc => ("percentile_disc({0}, {1})", "percentile_disc"),
        AggregateId::Mode => ("mode({0})", "mode"),
        // Aggregates of regression are what is left.
        _ => return Err(no_regression()),
    };
    Ok(Form::atom(sql).registering(registers))
}
