//! What an editor or a prompt asks of the compiler, in plain data.

mod completion;

pub use completion::{Completion, CompletionKind, complete};
