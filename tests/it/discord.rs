//! Whole conversations on Discord, against a fake one.

mod fake;
mod fake_works;
