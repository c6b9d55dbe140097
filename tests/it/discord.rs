//! Whole conversations on Discord, against a fake one.

mod ask;
mod buttons;
mod deleted;
mod direct;
mod fake;
mod fake_works;
mod faults;
mod ignored;
mod log;
mod mention;
mod needle;
mod permissions;
#[cfg(unix)]
mod process;
mod start;
mod stop;
mod suggestions;
