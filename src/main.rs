//! The `needle` program: arguments, configuration, log and exit code; all else is in the library.

use std::process::ExitCode;

use clap::Parser;
use needle::cli::{self, Arguments, Exit, LogFormat};
use needle::config::{Config, Sources};
use tracing_subscriber::EnvFilter;

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
    let log =
        tracing_subscriber::fmt().with_env_filter(EnvFilter::new(&config.log.filter)).with_writer(std::io::stderr);
    match arguments.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
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
