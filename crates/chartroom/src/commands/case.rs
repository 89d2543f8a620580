//! `chartroom case`: one inpatient case on the command line, worked on by the whole desk.

use std::error::Error;
use std::io::Read;
use std::path::PathBuf;

use bulk::{Claim, read_case};
use clap::Args;
use codeset::{Code, CodeIndex, Drg, Version};
use grouper::{Diagnosis, HospitalStatus, Poa, Procedure, Sex};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Done, Office, parse_date, parse_diagnosis, print_json, print_text};
use crate::Common;
use crate::price::{PriceArgs, PriceBook};
use crate::report::Reporter;

/// Work on one inpatient case: validity, edits, DRG with its reasons, price
///
/// Shows every code with its title, the Medicare Code Editor's edits, the MS-DRG and why, which codes would change
/// it, and with a hospital the price line by line.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct CaseArgs {
    /// Principal diagnosis, its present-on-admission indicator after a colon
    #[arg(long, value_name = "CODE[:POA]", required_unless_present = "file")]
    pdx: Option<String>,
    /// Secondary diagnoses, separated by commas
    #[arg(long, value_name = "CODE[:POA],…", value_delimiter = ',')]
    sdx: Vec<String>,
    /// Procedures, separated by commas
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    px: Vec<Code>,
    /// Admitting diagnosis
    #[arg(long, value_name = "CODE")]
    admit_dx: Option<Code>,
    /// Day of discharge: it chooses every edition
    #[arg(long, value_name = "DATE", value_parser = parse_date, required_unless_present = "file")]
    discharged: Option<Date>,
    /// Age in completed years
    #[arg(long, allow_hyphen_values = true)]
    age: Option<i16>,
    /// Sex: M, F or U
    #[arg(long, default_value = "U", value_parser = sex)]
    sex: Sex,
    /// Discharge status (UB-04 form locator 17)
    #[arg(long, value_name = "CODE", default_value_t = 1)]
    status: u8,
    /// Length of stay in days
    #[arg(long, value_name = "DAYS")]
    los: Option<u16>,
    /// Whether hospital-acquired-condition rules apply: non-exempt, exempt or unknown
    #[arg(long, default_value = "non-exempt", value_parser = hospital_status)]
    hospital_status: HospitalStatus,
    /// Group by this version in place of the discharge date's
    #[arg(long, value_name = "VERSION")]
    drg_version: Option<Version>,
    /// Covered charges in dollars
    #[arg(long, value_name = "DOLLARS")]
    charges: Option<Decimal>,
    /// Payer, as the payer table names it; Medicare if not given
    #[arg(long)]
    payer: Option<String>,
    /// Read the case from a JSON file in place of the options above; '-' is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pdx", "sdx", "px"])]
    file: Option<PathBuf>,
    /// Say why the case does not have this DRG
    #[arg(long, value_name = "DRG")]
    why_not: Option<u16>,
    #[command(flatten)]
    prices: PriceArgs,
}

const AFTER_HELP: &str = "\
Examples:
  chartroom case --pdx I5021 --sdx E1165,N179:N --px 02HV33Z --age 71 --sex F --discharged 2026-11-03
  chartroom case --pdx I5021:Y --sdx N179:Y --discharged 2026-11-03 --why-not 291
  chartroom case --pdx S72001A:Y --px 0SRS0J9 --discharged 2026-11-03 --los 4 --status 3 \\
      --charges 61000 --providers hospital.toml --provider 990002
  chartroom case --file case.json --json

Exit status: 0 done; 2 the case cannot be worked on.";

/// Runs the command and says how it ended.
pub(crate) fn main(args: &CaseArgs, common: &Common, office: &Office) -> Done {
    let (desk, pack) = (&office.desk, &office.pack);
    let claim = claim(args, desk.codes())?;
    let book = PriceBook::open(pack, desk.editions(), &args.prices)?;
    let reporter = Reporter { desk, pack, book: Some(&book) };
    let report = reporter.report(&claim, args.why_not.map(Drg))?;
    if common.json { print_json(&report.to_json()) } else { print_text(&report) }
}

fn claim(args: &CaseArgs, codes: &CodeIndex) -> Result<Claim, Box<dyn Error>> {
    let mut claim = Claim::default();
    if let Some(file) = &args.file {
        let mut json = Vec::new();
        if file.as_os_str() == "-" {
            std::io::stdin().read_to_end(&mut json)?;
        } else {
            json = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        read_case(&json, codes, &mut claim)?;
        return Ok(claim);
    }
    let case = &mut claim.case;
    case.principal = parse_diagnosis(args.pdx.as_deref().unwrap_or_default(), codes)?;
    case.secondary = args.sdx.iter().map(|text| parse_diagnosis(text, codes)).collect::<Result<_, _>>()?;
    case.procedures = args.px.iter().map(|&code| Procedure::new(code, codes)).collect();
    case.admitting = args.admit_dx.map(|code| Diagnosis::new(code, Poa::Blank, codes));
    case.discharge_date = args.discharged.unwrap_or_default();
    case.version = args.drg_version;
    case.age_years = args.age;
    case.sex = args.sex;
    case.discharge_status = args.status;
    case.stay_days = args.los;
    case.hospital_status = args.hospital_status;
    claim.billing.charges = args.charges;
    claim.billing.payer = args.payer.clone().unwrap_or_default();
    Ok(claim)
}

fn sex(text: &str) -> Result<Sex, String> {
    match text {
        "M" | "m" => Ok(Sex::Male),
        "F" | "f" => Ok(Sex::Female),
        "U" | "u" => Ok(Sex::Unknown),
        _ => Err("write M, F or U".to_owned()),
    }
}

fn hospital_status(text: &str) -> Result<HospitalStatus, String> {
    match text {
        "non-exempt" => Ok(HospitalStatus::NonExempt),
        "exempt" => Ok(HospitalStatus::Exempt),
        "unknown" => Ok(HospitalStatus::Unknown),
        _ => Err("write non-exempt, exempt or unknown".to_owned()),
    }
}
