//! What the program is asked to do.

use std::error::Error;
use std::path::PathBuf;
use std::str::FromStr;

pub const HELP: &str = "\
Puts Needle, as it is released, under load.

  --rate N       interactions a second (1000)
  --seconds N    for so long (60); the floods take a quarter of it each
  --servers N    from so many servers (100)
  --binary PATH  the program; without it, it is built
  --json         the report for programs
";

/// How much load, from where, on what.
pub struct Arguments {
    pub rate: u32,
    pub seconds: u64,
    pub servers: usize,
    pub binary: Option<PathBuf>,
    pub json: bool,
}

impl Arguments {
    /// Reads the arguments; `None` where help is asked for.
    ///
    /// # Errors
    /// A sentence that names the argument that cannot be understood.
    pub fn parse(mut given: impl Iterator<Item = String>) -> Result<Option<Self>, Box<dyn Error>> {
        let mut arguments = Self { rate: 1_000, seconds: 60, servers: 100, binary: None, json: false };
        while let Some(name) = given.next() {
            let mut value = || given.next().ok_or_else(|| format!("{name} needs a value"));
            match name.as_str() {
                "--rate" => arguments.rate = number(&name, &value()?, 10_000)?,
                "--seconds" => arguments.seconds = number(&name, &value()?, 3_600)?,
                "--servers" => arguments.servers = number(&name, &value()?, 1_000)?,
                "--binary" => arguments.binary = Some(value()?.into()),
                "--json" => arguments.json = true,
                "--help" | "-h" => return Ok(None),
                _ => return Err(format!("there is no option {name}: --help lists those that there are").into()),
            }
        }
        Ok(Some(arguments))
    }
}

/// The number in `text`, from 1 to `most`.
fn number<N: FromStr + PartialOrd + From<u16> + Copy>(name: &str, text: &str, most: u16) -> Result<N, String> {
    let number = text.parse().ok().filter(|number: &N| (N::from(1)..=N::from(most)).contains(number));
    number.ok_or_else(|| format!("{name} takes a number from 1 to {most}, not {text:?}"))
}
