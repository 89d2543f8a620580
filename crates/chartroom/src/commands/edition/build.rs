//! `chartroom edition build`: a data folder of text into a pack.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use codeset::Pack;
use editions::{RELEASE_LEVEL, compile};
use serde::Serialize;

use crate::commands::{Done, print_json};
use crate::{Common, held};

/// Pack a data folder, for use with --editions
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  chartroom edition build data -o editions/2027-10.pack")]
pub(crate) struct BuildArgs {
    /// The data folder
    #[arg(value_name = "DIR")]
    data: PathBuf,
    /// The pack to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Serialize)]
struct Built<'a> {
    file: &'a PathBuf,
    bytes: usize,
    digest: String,
}

/// Packs the folder and says what was written.
pub(crate) fn main(args: &BuildArgs, common: &Common) -> Done {
    let bytes = compile(&held::read_data(&args.data)?, RELEASE_LEVEL)?;
    held::write_file(&args.output, &bytes)?;
    let built = Built { file: &args.output, bytes: bytes.len(), digest: Pack::open(bytes)?.digest() };
    if common.json {
        return print_json(&built);
    }
    println!("{}: {} bytes, digest {}", built.file.display(), built.bytes, built.digest);
    Ok(ExitCode::SUCCESS)
}
