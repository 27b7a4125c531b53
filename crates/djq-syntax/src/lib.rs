//! The lexer, parser, syntax tree and formatter of djq. Knows no schema.

pub mod ast;
