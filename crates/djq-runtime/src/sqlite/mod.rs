//! Queries on SQLite, through `rusqlite`.
//!
//! The functions take a `&Connection`; a `Transaction` derefs to one, so a query is part of whatever transaction
//! the caller is in.

mod bind;
mod functions;
mod nested;
mod read;
mod run;
mod write;

pub use bind::{Bind, json_list, json_rows};
pub use functions::{FUNCTIONS, register};
pub use nested::{Nested, Object};
pub use read::{Cells, Read, ReadDecimal};
pub use run::{Loader, Row, many, many_when, maybe, maybe_when, one, one_when};
pub use write::{
    write, write_many, write_many_when, write_maybe, write_maybe_when, write_one, write_one_when,
    write_when,
};
