//! Compiles .djq files in a build script.
