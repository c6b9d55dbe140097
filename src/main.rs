//! The `needle` program.

fn main() {}
