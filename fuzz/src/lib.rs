//! What is asked of any input at all, by the fuzz targets and, over their corpus, by the ordinary tests of `djq`.
//!
//! Each check panics where a promise is broken; that is how libFuzzer learns of it. Input that is not UTF-8 is none of
//! theirs: reading a file has answered it by then.

mod checker;
mod compiler;
mod dice;
mod formatter;
mod json_mutator;
mod lexer;
mod mutator;
mod parser;
mod pieces;
mod project;
mod schema;
mod seeds;
mod sqlite;

pub use checker::{checker, is_accepted};
pub use compiler::compiler;
pub use formatter::formatter;
pub use json_mutator::mutate_json;
pub use lexer::lexer;
pub use mutator::mutate;
pub use parser::parser;
pub use project::Project;
pub use schema::schema;
pub use seeds::{dictionary, seeds};
pub use sqlite::sqlite;

/// What checks an input.
pub type Check = fn(&[u8]);

/// The targets: the name, which is the corpus folder's too, and the check.
pub const TARGETS: [(&str, Check); 7] = [
    ("lexer", lexer),
    ("parser", parser),
    ("formatter", formatter),
    ("checker", checker),
    ("compiler", compiler),
    ("sqlite", sqlite),
    ("schema", schema),
];
