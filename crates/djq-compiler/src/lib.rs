//! The stages in a row, and the workspace of many files.

mod config;
pub mod workspace;

pub use config::{
    Collation, Config, DatabaseConfig, DialectName, DjangoConfig, Driver, LintLevel, ModelConfig,
    Nest, ProjectConfig, TargetConfig, TargetKind,
};
pub use workspace::{Workspace, WorkspaceError};
