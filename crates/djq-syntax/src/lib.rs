//! The lexer, parser, syntax tree and formatter of djq. Knows no schema.

pub mod ast;
mod brackets;
mod format;
mod lexer;
mod parser;
mod roles;
mod scan;
mod token;
mod trivia;
mod type_names;

pub use format::format;
pub use parser::{Parsed, ParsedPipeline, parse, parse_pipeline};
pub use scan::{is_complete, tokens};
pub use token::TokenKind;
pub use trivia::{Comment, CommentKind, Trivia};
pub use type_names::brought_type;
