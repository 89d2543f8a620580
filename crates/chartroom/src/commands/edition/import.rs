//! `chartroom edition import`: a published file into a data folder.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use codeset::manual::Classification;
use editions::{Files, Kind, Publication, import};
use jiff::civil::Date;
use serde::Serialize;

use crate::commands::{Done, parse_date, print_json};
use crate::{Common, held};

/// Enter a file that CMS or CDC published into a data folder, as dated rows
///
/// What vanished ends the day before, what is new begins, nothing else changes. A file that does not read is named
/// with line and field, and nothing is written.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom edition import --kind icd10cm-order icd10cm_order_2028.txt --effective 2027-10-01 --data data\n  chartroom edition import --kind icd10cm-tabular icd10cm_tabular_2028.xml --data data\n  chartroom edition import --kind icd10pcs-order-addenda order_addenda_2028.txt --effective 2028-04-01 --data data\n  chartroom edition import --kind grouper-table mce_diagnosis.tsv --data data"
)]
pub(crate) struct ImportArgs {
    /// What the file is
    #[arg(long, value_enum)]
    kind: KindArg,
    /// The published file
    file: PathBuf,
    /// The data folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The first day it holds; a tabular list names its year, grouper tables carry their dates
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    effective: Option<Date>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KindArg {
    /// ICD-10-CM order file (icd10cm_order_2028.txt)
    Icd10cmOrder,
    /// ICD-10-CM list of valid codes (icd10cm_codes_2028.txt)
    Icd10cmCodes,
    /// ICD-10-CM tabular list, XML (icd10cm_tabular_2028.xml)
    Icd10cmTabular,
    /// ICD-10-PCS order file (icd10pcs_order_2028.txt)
    Icd10pcsOrder,
    /// ICD-10-PCS list of valid codes (icd10pcs_codes_2028.txt)
    Icd10pcsCodes,
    /// Addenda to the ICD-10-PCS order file (order_addenda_2028.txt)
    Icd10pcsOrderAddenda,
    /// Addenda to the ICD-10-PCS code titles (codes_addenda_2028.txt)
    Icd10pcsCodesAddenda,
    /// A table of the grouper or the editor (diagnosis.tsv, mce_diagnosis.tsv, …)
    GrouperTable,
}

#[derive(Debug, Serialize)]
struct Entered {
    codes_begun: usize,
    codes_ended: usize,
    titles_begun: usize,
    files_changed: Vec<String>,
}

/// Imports the file and says what changed.
pub(crate) fn main(args: &ImportArgs, common: &Common) -> Done {
    let files = held::read_data(&args.data)?;
    let text = held::read_text(&args.file)?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let publication =
        Publication { kind: args.kind.kind(), name: &name, text: &text, effective: args.effective };
    let changes = import(&files, &publication)?;
    let changed: Files =
        changes.files.into_iter().filter(|(name, text)| files.get(name) != Some(text)).collect();
    held::write_data(&args.data, &changed)?;
    let entered = Entered {
        codes_begun: changes.codes.begun,
        codes_ended: changes.codes.ended,
        titles_begun: changes.titles.begun,
        files_changed: changed.into_keys().collect(),
    };
    if common.json {
        return print_json(&entered);
    }
    let Entered { codes_begun, codes_ended, titles_begun, files_changed } = entered;
    println!("{codes_begun} codes begun, {codes_ended} ended, {titles_begun} titles new or revised");
    if files_changed.is_empty() {
        println!("nothing changed: the data folder says the same already");
    } else {
        println!("changed: {}", files_changed.join(", "));
        println!("Enter the edition in editions.toml, then run `chartroom --editions DIR edition check`.");
    }
    Ok(ExitCode::SUCCESS)
}

impl KindArg {
    fn kind(self) -> Kind {
        use Classification::{Icd10cm, Icd10pcs};
        match self {
            Self::Icd10cmOrder => Kind::OrderFile(Icd10cm),
            Self::Icd10cmCodes => Kind::CodeList(Icd10cm),
            Self::Icd10cmTabular => Kind::Tabular,
            Self::Icd10pcsOrder => Kind::OrderFile(Icd10pcs),
            Self::Icd10pcsCodes => Kind::CodeList(Icd10pcs),
            Self::Icd10pcsOrderAddenda => Kind::OrderAddenda,
            Self::Icd10pcsCodesAddenda => Kind::CodeAddenda,
            Self::GrouperTable => Kind::GrouperTable,
        }
    }
}
