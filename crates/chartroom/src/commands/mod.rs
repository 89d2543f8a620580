//! One file or folder per subcommand.

pub(crate) mod code;
pub(crate) mod edition;
pub(crate) mod group;

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use jiff::civil::Date;

/// What a command ends with; an error is printed and ends the program with exit code 2.
pub(crate) type Done = Result<ExitCode, Box<dyn Error>>;

/// Prints `value` as JSON.
pub(crate) fn print_json(value: &impl serde::Serialize) -> Done {
    print_text(format_args!("{}\n", serde_json::to_string_pretty(value)?))
}

/// Prints `text`; a reader that has seen enough, such as `head`, is no error.
pub(crate) fn print_text(text: impl fmt::Display) -> Done {
    match write!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Reads a date as people and files write it.
pub(crate) fn parse_date(text: &str) -> Result<Date, String> {
    codeset::parse_date(text).ok_or_else(|| format!("'{text}' is no date such as 2026-10-01"))
}
