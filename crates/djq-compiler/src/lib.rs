//! The stages in a row, and the workspace of many files.
