//! From the relational plan to the SQL of each dialect: `legalize` decides everything, `render` only spells.

pub mod dialect;
mod legal;
mod legalize;
mod render;
mod rendered;

pub use legal::LegalPlan;
pub use legalize::{legalize, refused_by};
pub use render::render;
pub use rendered::{Does, Piece, Rendered, Slot, SlotValue, Statement, Text};

use dialect::Dialect;
use djq_diagnostics::Diagnostic;
use djq_plan::plan::Plan;

/// The SQL of a plan in a dialect.
///
/// # Errors
/// A diagnostic for each thing that the dialect cannot do faithfully.
pub fn compile(plan: &Plan, dialect: &dyn Dialect) -> Result<Rendered, Vec<Diagnostic>> {
    let compiled = compile_parts(plan, dialect);
    if compiled.is_ok() {
        return compiled;
    }
    // Forms that are worth their while where there is no other.
    let mut other = None;
    if !dialect.has_frame_exclusion() {
        other = Some(djq_plan::frames_apart(plan));
    }
    if !dialect.has_outer_in_derived() {
        other = Some(djq_plan::unions_closed(other.as_ref().unwrap_or(plan)));
    }
    match other {
        Some(other) => compile_parts(&other, dialect),
        None => compiled,
    }
}

fn compile_parts(plan: &Plan, dialect: &dyn Dialect) -> Result<Rendered, Vec<Diagnostic>> {
    let apart = legalize::conflicts_apart(plan, dialect);
    let plan = apart.as_ref().unwrap_or(plan);
    match legalize::groups_apart(plan, dialect) {
        Some(apart) => legalize(&apart, dialect).map(render),
        None => legalize(plan, dialect).map(render),
    }
}
