//! `chartroom claim`: what the institutional claims of an 837 say, and one of them as a UB-04 data sheet.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use exchange::x12::{ClaimRead, InstitutionalClaim, ReportedDiagnosis, read};
use jiff::Timestamp;
use paper::{ClaimToPrint, Footer, Paper};
use serde_json::{Value, json};

use super::{Done, print_json, print_text};
use crate::Common;

/// Read institutional claims (837I); print one as a UB-04 data sheet
///
/// Shows what each claim says. What cannot be read is told with its segment, and the claims after it are read. To group
/// and price claims use `chartroom group`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  chartroom claim claims.837\n  \
                        chartroom claim claims.837 --number STAY-1 --ub04 stay-1.pdf\n\n\
                        Exit status: 0 all were read; 1 some could not be read; 2 nothing could be done.")]
pub(crate) struct ClaimArgs {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only the claim with this patient control number
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// Write the claim as a UB-04 data sheet (PDF); of several the first
    #[arg(long, value_name = "PDF")]
    ub04: Option<PathBuf>,
}

/// The claims to show.
struct Report(Vec<ClaimRead>);

pub(crate) fn main(args: &ClaimArgs, common: &Common) -> Done {
    let bytes = std::fs::read(&args.file).map_err(|error| format!("{}: {error}", args.file.display()))?;
    let mut claims: Vec<ClaimRead> = read(&bytes).collect::<Result<_, _>>()?;
    if let Some(number) = &args.number {
        claims.retain(|claim| claim.patient_control_number == *number);
    }
    if claims.is_empty() {
        return Err(format!("{}: there is no such claim in it", args.file.display()).into());
    }
    if let Some(path) = &args.ub04 {
        print_ub04(&claims, path)?;
    }
    let is_whole = claims.iter().all(|read| read.claim.is_ok());
    let report = Report(claims);
    if common.json {
        print_json(&report.json())?
    } else {
        print_text(&report)?
    };
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Writes the first claim that could be read.
fn print_ub04(claims: &[ClaimRead], path: &Path) -> Result<(), Box<dyn Error>> {
    let claim = claims.iter().find_map(|read| read.claim.as_ref().ok());
    let claim = claim.ok_or("no claim could be read, so there is none to print")?;
    #[expect(clippy::disallowed_methods, reason = "the outermost layer: the print says when it was made")]
    let printed_at = Timestamp::now();
    let footer = Footer {
        printed_at,
        printed_shown: printed_at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        printed_by: "chartroom claim".to_owned(),
        confidentiality: "Confidential: protected health information.".to_owned(),
    };
    let sheet = paper::sheet_of_claim(&ClaimToPrint { claim, paper: Paper::LETTER, footer });
    std::fs::write(path, paper::pdf(&sheet)?).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(())
}

impl Report {
    fn json(&self) -> Value {
        let claim = |read: &ClaimRead| match &read.claim {
            Ok(claim) => json!({ "segment": read.segment, "claim": claim }),
            Err(fault) => json!({
                "segment": read.segment,
                "patient_control_number": read.patient_control_number,
                "fault": fault.to_string(),
            }),
        };
        self.0.iter().map(claim).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|read| match &read.claim {
            Ok(claim) => write_claim(f, claim),
            Err(fault) => writeln!(f, "{}: not read: {fault}", read.patient_control_number),
        })
    }
}

fn write_claim(f: &mut fmt::Formatter<'_>, claim: &InstitutionalClaim) -> fmt::Result {
    let days = claim.statement.map_or_else(String::new, |days| format!(", {} to {}", days.first, days.last));
    writeln!(f, "{}: type of bill 0{}{days}", claim.patient_control_number, claim.type_of_bill)?;
    let others = claim.other_diagnoses.iter();
    let diagnoses: Vec<String> =
        std::iter::once(&claim.principal_diagnosis).chain(others).map(diagnosis).collect();
    let causes: Vec<String> = claim.external_causes.iter().map(diagnosis).collect();
    let procedures: Vec<&str> = claim.procedures.iter().map(|one| &*one.code).collect();
    let lines = [
        ("record", claim.medical_record_number.clone()),
        ("payer", format!("{} ({})", claim.payer.name, claim.claim_filing)),
        ("diagnoses", diagnoses.join(", ")),
        ("external causes", causes.join(", ")),
        ("procedures", procedures.join(", ")),
        ("conditions", claim.condition_codes.join(", ")),
        ("DRG", claim.reported_drg.clone()),
        ("charges", format!("{:.2} in {} lines", claim.total_charges, claim.lines.len())),
    ];
    let mut filled = lines.iter().filter(|(_, text)| !text.is_empty());
    filled.try_for_each(|(name, text)| writeln!(f, "  {name:<16}{text}"))
}

/// A code with its present-on-admission indicator.
fn diagnosis(given: &ReportedDiagnosis) -> String {
    match &*given.present_on_admission {
        "" => given.code.clone(),
        present => format!("{}:{present}", given.code),
    }
}
