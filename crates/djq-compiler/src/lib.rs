//! The stages in a row, and the workspace of many files.

mod compile;
mod config;
pub mod pieces;
mod program;
mod refusals;
pub mod snapshot;
pub mod workspace;

pub use compile::{CompiledFile, CompiledQuery, Settings, compile};
pub use config::{
    Collation, Config, DatabaseConfig, DialectName, DjangoConfig, Driver, LintLevel, ModelConfig,
    Nest, ProjectConfig, TargetConfig, TargetKind,
};
pub use program::{Program, ProgramFile};
pub use workspace::{Workspace, WorkspaceError};
