//! One file or folder per subcommand.

pub(crate) mod audit;
pub(crate) mod case;
pub(crate) mod check_codes;
pub(crate) mod claim;
pub(crate) mod code;
pub(crate) mod codes;
pub(crate) mod demo;
pub(crate) mod edition;
pub(crate) mod find;
pub(crate) mod group;
pub(crate) mod import;
pub(crate) mod keep;
mod packs;
pub(crate) mod remittance;
pub(crate) mod serve;
pub(crate) mod suggest;

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use codeset::{Code, CodeError, CodeIndex, Pack};
use grouper::{Desk, Diagnosis, Poa};
use jiff::civil::Date;

/// What a command ends with; an error is printed and ends the program with exit code 2.
pub(crate) type Done = Result<ExitCode, Box<dyn Error>>;

/// What commands that work on cases need: the editions and the desk over them.
#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) pack: Pack,
    pub(crate) desk: Desk,
}

impl Office {
    /// Opens the editions in `folder`, or those in the program.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, Box<dyn Error>> {
        let pack = crate::held::open(folder)?;
        let desk = Desk::open(&pack)?;
        Ok(Self { pack, desk })
    }
}

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

/// Reads a diagnosis as people and files write it: the code, its present-on-admission indicator after a colon.
pub(crate) fn parse_diagnosis(text: &str, codes: &CodeIndex) -> Result<Diagnosis, CodeError> {
    let (code, poa) = text.split_once(':').unwrap_or((text, ""));
    Ok(Diagnosis::new(Code::parse(code)?, Poa::from_text(poa), codes))
}
