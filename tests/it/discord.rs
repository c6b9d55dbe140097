//! Whole conversations on Discord, against a fake one.

mod answer_this;
mod ask;
mod buttons;
mod deleted;
mod direct;
#[cfg(unix)]
mod doctor;
mod fake;
mod fake_works;
mod faults;
mod ignored;
#[cfg(unix)]
mod invite;
mod join;
mod language;
mod log;
mod mention;
mod needle;
mod permissions;
#[cfg(unix)]
mod picture;
#[cfg(unix)]
mod process;
mod start;
mod stop;
mod suggestions;
mod topics;
mod user_install;
