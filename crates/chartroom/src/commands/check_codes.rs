//! `chartroom check-codes`: the codes of one encounter against the coding guidelines.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use codeset::Code;
use guidelines::{Age, Clinician, Coding, Diagnosis, Finding, Guidelines, Place, Poa, PoaExempt, Procedure};
use guidelines::{Review, Setting, Severities, Severity, Sex};
use jiff::civil::Date;

use super::{Done, parse_date, print_json, print_text};
use crate::Common;

/// Hold codes against the coding guidelines: order, combinations, excludes notes, sides, indicators
///
/// Each finding names the rule, its section or the note of the tabular list, the codes, and what to do. The Medicare
/// Code Editor and the DRG are shown by `chartroom case`.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct CheckCodesArgs {
    /// Principal or first-listed diagnosis, its present-on-admission indicator after a colon; a question mark at the
    /// end for a diagnosis that is still uncertain at discharge
    #[arg(long, value_name = "CODE[:POA][?]", value_parser = diagnosis)]
    pdx: Diagnosis,
    /// Other diagnoses in their order, separated by commas
    #[arg(long, value_name = "CODE[:POA][?],…", value_delimiter = ',', value_parser = diagnosis)]
    dx: Vec<Diagnosis>,
    /// Procedures, each with its day after an @ where it is known
    #[arg(long, value_name = "CODE[@DATE],…", value_delimiter = ',', value_parser = procedure)]
    px: Vec<Procedure>,
    /// Day of discharge: it chooses every edition
    #[arg(long, value_name = "DATE", value_parser = parse_date, visible_alias = "date")]
    discharged: Date,
    /// Day of admission or visit
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    admitted: Option<Date>,
    /// Where the patient was cared for: inpatient, obstetric-delivery, newborn, swing-bed, skilled-nursing, emergency,
    /// observation, ambulatory-surgery or clinic
    #[arg(long, default_value = "inpatient")]
    setting: Setting,
    /// Age in completed years, or in days as in 12d
    #[arg(long, value_parser = age)]
    age: Option<Age>,
    /// Sex on the claim: M, F or U
    #[arg(long, default_value = "U", value_parser = sex)]
    sex: Sex,
    /// How grave a rule is here, as in code-also=off; may be given more than once
    #[arg(long, value_name = "RULE=LEVEL", value_parser = severity)]
    severity: Vec<(String, Severity)>,
    /// The list of codes exempt from present-on-admission reporting, as CMS publishes it
    #[arg(long, value_name = "FILE")]
    poa_exempt: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  chartroom check-codes --pdx J18.9:Y --dx A41.9:Y,I10:Y,I50.9:Y --discharged 2026-11-03
  chartroom check-codes --pdx J18.9? --setting emergency --discharged 2026-11-03 --json

Exit status: 0 done, whatever was found; 2 the codes cannot be checked.";

/// Runs the command and says how it ended.
pub(crate) fn main(args: &CheckCodesArgs, common: &Common) -> Done {
    let mut guidelines = Guidelines::open(&crate::held::open(common.editions.as_deref())?)?;
    if let Some(file) = &args.poa_exempt {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
        guidelines = guidelines.with_poa_exempt(PoaExempt::read(&name, &text)?);
    }
    let review = guidelines.review(&coding(args), &severities(args, &guidelines)?)?;
    if common.json { print_json(&review) } else { print_text(text(&review)) }
}

fn coding(args: &CheckCodesArgs) -> Coding {
    Coding {
        admitted: args.admitted,
        setting: args.setting,
        age: args.age,
        sex: args.sex,
        diagnoses: std::iter::once(args.pdx).chain(args.dx.iter().copied()).collect(),
        procedures: args.px.clone(),
        ..Coding::new(args.discharged)
    }
}

fn severities(args: &CheckCodesArgs, guidelines: &Guidelines) -> Result<Severities, Box<dyn Error>> {
    let is_rule = |key: &str| guidelines.rules().iter().any(|row| row.rule == key);
    match args.severity.iter().find(|(rule, _)| !is_rule(rule)) {
        Some((rule, _)) => Err(format!("--severity: there is no rule '{rule}'").into()),
        None => Ok(Severities(args.severity.iter().cloned().collect::<BTreeMap<_, _>>())),
    }
}

/// The review as people read it.
fn text(review: &Review) -> String {
    let mut out = format!("Editions: {}\n", review.editions.join(", "));
    if review.findings.is_empty() {
        out.push_str("No findings\n");
    }
    for finding in &review.findings {
        add(finding, &mut out);
    }
    for missing in &review.not_at_hand {
        out.push_str(&format!("Not at hand: {missing}\n"));
    }
    out
}

fn add(finding: &Finding, out: &mut String) {
    let codes: Vec<String> = finding.codes.iter().map(|coded| place(coded.place, coded.code)).collect();
    let reference = match &finding.reference.note {
        Some(note) => {
            format!("{}; {} at {}: {}", finding.reference.citation, note.kind.title(), note.node, note.text)
        }
        None => finding.reference.citation.clone(),
    };
    // Writing into a text cannot fail.
    let _ = writeln!(out, "{:<8} {}  {}", finding.severity.key(), finding.rule, codes.join(", "));
    let _ =
        writeln!(out, "         {}\n         {}\n         ({reference})", finding.what, finding.what_to_do);
}

fn place(place: Place, code: Code) -> String {
    match place {
        Place::Diagnosis(0) => format!("{} (principal)", code.dotted()),
        Place::Diagnosis(at) => format!("{} (diagnosis {})", code.dotted(), at + 1),
        Place::Procedure(at) => format!("{code} (procedure {})", at + 1),
    }
}

fn diagnosis(text: &str) -> Result<Diagnosis, String> {
    let (text, uncertain) = text.strip_suffix('?').map_or((text, false), |text| (text, true));
    let (code, poa) = text.split_once(':').unwrap_or((text, ""));
    let code = Code::parse(code).map_err(|error| error.to_string())?;
    let poa = Poa::from_text(poa).ok_or_else(|| format!("'{poa}' is no indicator; write Y, N, U, W or 1"))?;
    Ok(Diagnosis { code, poa, uncertain, documented_by: Clinician::Unknown })
}

fn procedure(text: &str) -> Result<Procedure, String> {
    let (code, day) = text.split_once('@').unwrap_or((text, ""));
    let date = if day.is_empty() { None } else { Some(parse_date(day)?) };
    Ok(Procedure { code: Code::parse(code).map_err(|error| error.to_string())?, date })
}

fn age(text: &str) -> Result<Age, String> {
    let wrong = || format!("'{text}' is no age such as 71 or 12d");
    match text.strip_suffix('d') {
        Some(days) => Ok(Age::Days(days.parse().map_err(|_| wrong())?)),
        None => Ok(Age::Years(text.parse().map_err(|_| wrong())?)),
    }
}

fn sex(text: &str) -> Result<Sex, String> {
    match text {
        "M" | "m" => Ok(Sex::Male),
        "F" | "f" => Ok(Sex::Female),
        "U" | "u" => Ok(Sex::Unknown),
        _ => Err("write M, F or U".to_owned()),
    }
}

fn severity(text: &str) -> Result<(String, Severity), String> {
    let (rule, level) =
        text.split_once('=').ok_or("write the rule, '=', and error, warning, advice or off")?;
    Ok((rule.to_owned(), level.parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagnoses_and_procedures_are_read_with_what_stands_behind_them() {
        let read = diagnosis("j18.9:y?").unwrap();
        assert_eq!((read.code.dotted(), read.poa, read.uncertain), ("J18.9".to_owned(), Poa::Yes, true));
        assert!(diagnosis("J189:Q").is_err() && diagnosis("J18-9").is_err());
        assert_eq!(procedure("0DTJ4ZZ@2026-11-02").unwrap().date, codeset::parse_date("2026-11-02"));
        assert_eq!((age("12d"), age("71")), (Ok(Age::Days(12)), Ok(Age::Years(71))));
        assert_eq!(severity("code-also=off"), Ok(("code-also".to_owned(), Severity::Off)));
    }
}
