//! How MySQL spells functions, aggregates, operators, lookups and casts.

use crate::dialect::{Form, Options, Refusal, Spelling};

/// The form of a spelling.
pub(super) fn spell(_options: &Options, spelling: Spelling<'_>) -> Result<Form, Refusal> {
    crate::dialect::plain::spell(spelling).ok_or(Refusal {
        why: "MySQL has no form of it yet".into(),
        instead: None,
    })
}
