//! The schema snapshot from Django itself or from a live database.
//!
//! [`read_catalog`] asks a database for its tables, [`infer`] makes Django's models of them, [`ask_django`] runs
//! a project's `manage.py`; [`apply_overrides`] and [`disagreements`] bring together what several sources say. Nothing else in djq
//! reads databases for schema.

mod catalog;
mod django;
mod error;
mod infer;
mod merge;
mod read;

pub use catalog::{Catalog, Column, DjangoRows, ForeignKey, Key, Table};
pub use django::{DjangoProject, ask_django};
pub use error::IntrospectError;
pub use infer::infer;
pub use merge::{Disagreement, Override, apply_overrides, disagreements};
pub use read::read_catalog;
