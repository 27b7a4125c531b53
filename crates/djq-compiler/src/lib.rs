//! The stages in a row, and the workspace of many files.

mod config;

pub use config::{
    Collation, Config, DatabaseConfig, DialectName, DjangoConfig, Driver, LintLevel, ModelConfig,
    Nest, ProjectConfig, TargetConfig, TargetKind,
};
