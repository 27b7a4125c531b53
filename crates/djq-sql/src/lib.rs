//! From the relational plan to the SQL of each dialect: `legalize` decides everything, `render` only spells.

pub mod dialect;
mod rendered;

pub use rendered::{Piece, Rendered, Slot, SlotValue, Statement};
