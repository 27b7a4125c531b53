//! The commands, a file each.

pub(crate) mod completions;
pub(crate) mod explain;
