//! `chartroom edition import`: a published file into a data folder.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use codeset::FiscalYear;
use codeset::manual::Classification;
use editions::{Files, Kind, Publication, import};
use encoder::alphabetic::Book;
use jiff::civil::Date;
use pricer::{DrgWeights, WageIndexTable};
use serde::Serialize;

use crate::commands::{Done, parse_date, print_json, print_text};
use crate::{Common, held};

/// Enter a file that CMS or CDC published into a data folder, as dated rows
///
/// What vanished ends the day before, what is new begins, nothing else changes. A file that does not read is named
/// with line and field, and nothing is written.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom edition import --kind icd10cm-order icd10cm_order_2028.txt --effective 2027-10-01 --data data\n  chartroom edition import --kind icd10cm-tabular icd10cm_tabular_2028.xml --data data\n  chartroom edition import --kind icd10cm-drugs icd10cm_drug_2028.xml --data data\n  chartroom edition import --kind poa-exempt POAexemptCodesFY28.txt --data data\n  chartroom edition import --kind icd10pcs-order-addenda order_addenda_2028.txt --effective 2028-04-01 --data data\n  chartroom edition import --kind grouper-table mce_diagnosis.tsv --data data\n  chartroom edition import --kind table5 table5.txt --effective 2027-10-01 --data data"
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
    /// ICD-10-CM index to diseases and injuries, XML (icd10cm_index_2028.xml)
    Icd10cmIndex,
    /// ICD-10-CM index to external causes, XML (icd10cm_eindex_2028.xml)
    Icd10cmExternalCauses,
    /// Neoplasm Table, XML (icd10cm_neoplasm_2028.xml)
    Icd10cmNeoplasms,
    /// Table of Drugs and Chemicals, XML (icd10cm_drug_2028.xml)
    Icd10cmDrugs,
    /// Codes exempt from present-on-admission reporting, text (POAexemptCodesFY28.txt)
    PoaExempt,
    /// A table of the grouper or the editor (diagnosis.tsv, mce_diagnosis.tsv, …)
    GrouperTable,
    /// Table 5 of the IPPS final rule: DRG weights and mean lengths of stay, tab-separated text
    Table5,
    /// Table 3 of the IPPS final rule: wage indexes by area, tab- or comma-separated text
    WageIndex,
}

#[derive(Debug, Default, Serialize)]
struct Entered {
    codes_begun: usize,
    codes_ended: usize,
    titles_begun: usize,
    files_changed: Vec<String>,
}

/// Folders whose files no edition names: what a hospital brings beside the editions.
const UNDATED: [&str; 2] = ["alphabetic/", "guidelines/"];

/// Imports the file and says what changed.
pub(crate) fn main(args: &ImportArgs, common: &Common) -> Done {
    let files = held::read_data(&args.data)?;
    let text = held::read_text(&args.file)?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let mut entered = Entered::default();
    let written = match args.kind.kind() {
        Some(kind) => {
            let publication = Publication { kind, name: &name, text: &text, effective: args.effective };
            let changes = import(&files, &publication)?;
            entered.codes_begun = changes.codes.begun;
            entered.codes_ended = changes.codes.ended;
            entered.titles_begun = changes.titles.begun;
            changes.files
        }
        None => Files::from([payment_table(args, &name, &text)?]),
    };
    let changed: Files = written.into_iter().filter(|(name, text)| files.get(name) != Some(text)).collect();
    held::write_data(&args.data, &changed)?;
    entered.files_changed = changed.into_keys().collect();
    if common.json { print_json(&entered) } else { print_text(&entered) }
}

/// A table of the payment rule, by its path in the data folder.
fn payment_table(args: &ImportArgs, name: &str, text: &str) -> Result<(String, String), Box<dyn Error>> {
    let effective = args.effective.ok_or("--effective must say the first day the table holds")?;
    let year = FiscalYear::of(effective).0;
    Ok(match args.kind {
        KindArg::WageIndex => {
            let source = format!("CMS, FY {year} IPPS/LTCH PPS final rule, Table 3, imported from {name}");
            let table = WageIndexTable::import(name, &source, text, effective)?;
            (format!("ipps/wage-index-fy{year}.tsv"), table.export())
        }
        _ => {
            let source = format!("CMS, FY {year} IPPS/LTCH PPS final rule, Table 5, imported from {name}");
            (format!("ipps/table5-fy{year}.tsv"), DrgWeights::import(name, &source, text)?.export())
        }
    })
}

impl fmt::Display for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { codes_begun, codes_ended, titles_begun, files_changed } = self;
        if [codes_begun, codes_ended, titles_begun] != [&0; 3] {
            writeln!(
                f,
                "{codes_begun} codes begun, {codes_ended} ended, {titles_begun} titles new or revised"
            )?;
        }
        if files_changed.is_empty() {
            return writeln!(f, "nothing changed: the data folder says the same already");
        }
        writeln!(f, "changed: {}", files_changed.join(", "))?;
        if files_changed.iter().all(|file| UNDATED.iter().any(|folder| file.starts_with(folder))) {
            return writeln!(f, "Use the folder with --editions, or pack it with `chartroom edition build`.");
        }
        writeln!(f, "Enter the edition in editions.toml, then run `chartroom --editions DIR edition check`.")
    }
}

impl KindArg {
    /// What the editions' importers call it; `None` for a payment table, which the pricer reads.
    fn kind(self) -> Option<Kind> {
        use Classification::{Icd10cm, Icd10pcs};
        Some(match self {
            Self::Icd10cmOrder => Kind::OrderFile(Icd10cm),
            Self::Icd10cmCodes => Kind::CodeList(Icd10cm),
            Self::Icd10cmTabular => Kind::Tabular,
            Self::Icd10pcsOrder => Kind::OrderFile(Icd10pcs),
            Self::Icd10pcsCodes => Kind::CodeList(Icd10pcs),
            Self::Icd10pcsOrderAddenda => Kind::OrderAddenda,
            Self::Icd10pcsCodesAddenda => Kind::CodeAddenda,
            Self::Icd10cmIndex => Kind::Alphabetic(Book::Diseases),
            Self::Icd10cmExternalCauses => Kind::Alphabetic(Book::ExternalCauses),
            Self::Icd10cmNeoplasms => Kind::Alphabetic(Book::Neoplasms),
            Self::Icd10cmDrugs => Kind::Alphabetic(Book::Drugs),
            Self::PoaExempt => Kind::PoaExempt,
            Self::GrouperTable => Kind::GrouperTable,
            Self::Table5 | Self::WageIndex => return None,
        })
    }
}
