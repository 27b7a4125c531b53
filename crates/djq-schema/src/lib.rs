//! Django models, fields and relations, found by Django's names; and the schema snapshot file.
//!
//! A [`Schema`] is made once, from a [`Snapshot`], and then only read: every
//! name is looked up in a map made at that time, so that a query pays nothing for the size of
//! the schema.

mod deletion;
mod diff;
mod listing;
mod lookup;
mod mermaid;
mod model;
mod snapshot;
mod types;

pub use deletion::{Deletion, Reference};
pub use diff::{Change, ChangeKind, diff};
pub use listing::{FieldListing, ModelListing, RelationListing};
pub use lookup::{Member, ModelLookup};
pub use mermaid::mermaid;
pub use model::{
    Choice, Default, Field, FieldId, Hop, Index, Model, ModelId, ModelKind, OnDelete, Relation,
    RelationId, RelationKind, Schema, Unique,
};
pub use snapshot::{
    FieldEntry, KeyEntry, ModelEntry, Place, RelationEntry, SNAPSHOT_VERSION, Snapshot,
    SnapshotProblem,
};
pub use types::FieldType;
