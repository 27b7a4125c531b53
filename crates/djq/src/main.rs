//! The command line and REPL of djq.
fn main() {}
