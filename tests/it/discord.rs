//! Whole conversations on Discord, against a fake one.

mod answer_this;
mod ask;
mod away;
mod buttons;
mod deleted;
mod dialects;
mod direct;
#[cfg(unix)]
mod doctor;
mod fake;
mod fake_works;
mod faq;
mod faults;
mod feedback;
mod ignored;
mod inbox;
#[cfg(unix)]
mod invite;
mod join;
mod keeping;
mod language;
mod log;
mod mention;
mod needle;
mod notices;
mod permissions;
#[cfg(unix)]
mod picture;
mod privacy;
#[cfg(unix)]
mod process;
mod recording;
mod settings;
mod start;
mod stop;
mod suggestions;
mod topics;
mod user_install;
mod whole;
