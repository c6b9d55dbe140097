//! The `needle` program: arguments, configuration, log and exit code; all else is in the library.

use std::process::ExitCode;

use clap::Parser;
use needle::cli::{self, Arguments, Exit, LogFormat};
use needle::config::{Config, Sources};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let config = match Config::load(&Sources::from_process()) {
        Ok(config) => config,
        Err(errors) => {
            cli::complain(&errors.to_string());
            return Exit::Configuration.into();
        }
    };
    // The filter has been checked with the rest of the configuration.
    let filter = config.log.filter.parse::<Targets>().unwrap_or_default();
    let log = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    match arguments.log_format {
        LogFormat::Text => registry.with(log).init(),
        LogFormat::Json => registry.with(log.json().flatten_event(true)).init(),
    }
    match cli::run(arguments, &config) {
        Ok(exit) => exit.into(),
        // Who read the output has seen enough, as `needle chat | head` has.
        Err(error) if cli::is_broken_pipe(&error) => Exit::Fine.into(),
        Err(error) => {
            cli::complain(&format!("{error:#}"));
            Exit::Failed.into()
        }
    }
}
