//! The command line: one subcommand a file below `cli/`.

pub mod diagnostics;
mod exit;

pub use exit::Exit;
