//! `chartroom remittance`: what a payer paid, took off and denied, in plain words.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use exchange::x12::{
    Adjustment, Remittance, RemittedClaim, RemittedLine, adjustment_reason, read_remittances, remark_words,
    remittance_words,
};
use serde_json::{Value, json};
use store::Store;
use workflow::billing::remittances::{self, Posted};

use super::{Done, print_json, print_text};
use crate::Common;
use crate::record::{context, runtime};

/// Read a remittance (835): payments, claims, adjustments with their reasons, denials with what to do
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  chartroom remittance era.835\n  \
                        chartroom remittance era.835 --post-to sqlite:hospital.db\n\n\
                        Exit status: 0 all was read; 1 parts could not be read, they are named; 2 nothing could be done.")]
pub(crate) struct RemittanceArgs {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Also post it to the encounters of the record in this database: sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long, value_name = "URL")]
    post_to: Option<String>,
}

/// What was read of a file, and what could not be.
#[derive(Debug, Default)]
struct Report {
    remittances: Vec<Remittance>,
    problems: Vec<String>,
    posted: Option<Posted>,
}

pub(crate) fn main(args: &RemittanceArgs, common: &Common) -> Done {
    let bytes = std::fs::read(&args.file).map_err(|error| format!("{}: {error}", args.file.display()))?;
    let mut report = Report::default();
    for read in read_remittances(&bytes) {
        match read {
            Ok(remittance) => report.remittances.push(remittance),
            Err(error) => report.problems.push(error.to_string()),
        }
    }
    if report.remittances.is_empty() && !report.problems.is_empty() {
        return Err(format!("{}: {}", args.file.display(), report.problems.join("; ")).into());
    }
    if let Some(url) = &args.post_to {
        report.posted = Some(runtime()?.block_on(post(url, bytes))?);
    }
    if common.json {
        print_json(&report.json())?
    } else {
        print_text(&report)?
    };
    Ok(if report.is_whole() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Posts the file to the record. What was posted before changes nothing.
async fn post(url: &str, bytes: Vec<u8>) -> Result<Posted, Box<dyn Error>> {
    let store = Store::open(url).await?;
    store.migrate().await?;
    let posted = remittances::post(&store, &mut context("remittance"), bytes).await?;
    store.close().await;
    Ok(posted)
}

impl Report {
    fn is_whole(&self) -> bool {
        self.problems.is_empty() && self.remittances.iter().all(|one| one.faults.is_empty())
    }

    fn json(&self) -> Value {
        let remittances: Vec<Value> = self.remittances.iter().map(remittance_json).collect();
        let posted = self.posted.as_ref().map(|posted| {
            json!({ "payments": posted.payments, "matched": posted.matched, "unmatched": posted.unmatched,
                "before": posted.before })
        });
        json!({ "remittances": remittances, "problems": self.problems, "posted": posted })
    }
}

fn remittance_json(remittance: &Remittance) -> Value {
    let imbalances: Vec<String> = remittance.imbalances().iter().map(ToString::to_string).collect();
    let denials: Vec<Value> = remittance.claims.iter().flat_map(denials_json).collect();
    json!({ "remittance": remittance, "denials": denials, "imbalances": imbalances })
}

fn denials_json(claim: &RemittedClaim) -> Vec<Value> {
    let denials = claim.denials().into_iter().map(|denial| {
        json!({
            "patient_control_number": claim.patient_control_number,
            "line": denial.line.map(|line| line + 1),
            "group": denial.adjustment.group,
            "reason": denial.adjustment.reason,
            "amount": denial.adjustment.amount,
            "category": denial.category.key,
            "next": denial.category.next,
        })
    });
    denials.collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.remittances.iter().try_for_each(|remittance| write_remittance(f, remittance))?;
        self.problems.iter().try_for_each(|problem| writeln!(f, "{problem}"))?;
        let Some(posted) = &self.posted else { return Ok(()) };
        let Posted { payments, matched, unmatched, before, .. } = posted;
        writeln!(
            f,
            "posted: {} payments, {matched} claims with their encounter, {unmatched} without; {before} payments before",
            payments.len()
        )
    }
}

fn write_remittance(f: &mut fmt::Formatter<'_>, remittance: &Remittance) -> fmt::Result {
    let Remittance { payment, payer, payee, claims, .. } = remittance;
    let day = payment.on.map_or_else(|| "no day".to_owned(), |on| on.to_string());
    let method = remittance_words("method", &payment.method).unwrap_or(&payment.method);
    writeln!(f, "Payment {:.2}, {method}, {day}, trace {}", payment.amount, payment.trace)?;
    writeln!(f, "  from {} ({}) to {} ({})", payer.name, payer.id, payee.name, payee.id)?;
    claims.iter().try_for_each(|claim| write_claim(f, claim))?;
    for one in &remittance.provider_adjustments {
        let said = remittance_words("provider", &one.reason).unwrap_or("reason not in the table");
        writeln!(f, "  account {} {:.2} {} {said}", one.reason, one.amount, one.reference)?;
    }
    let denied = claims.iter().filter(|claim| !claim.denials().is_empty()).count();
    writeln!(f, "  {} claims, {denied} with a denial", claims.len())?;
    remittance.imbalances().iter().try_for_each(|one| writeln!(f, "  does not balance: {one}"))?;
    remittance.faults.iter().try_for_each(|fault| writeln!(f, "  not read: {fault}"))
}

fn write_claim(f: &mut fmt::Formatter<'_>, claim: &RemittedClaim) -> fmt::Result {
    let RemittedClaim { patient_control_number, status, charged, paid, patient_share, .. } = claim;
    let said = remittance_words("status", status.code()).unwrap_or("status not in the table");
    writeln!(f, "  {patient_control_number}: {said}")?;
    writeln!(f, "    charged {charged:.2}, paid {paid:.2}, owed by the patient {patient_share:.2}")?;
    write_adjustments(f, "    ", &claim.adjustments, &claim.remarks)?;
    claim.lines.iter().enumerate().try_for_each(|(at, line)| write_line(f, at + 1, line))
}

fn write_line(f: &mut fmt::Formatter<'_>, number: usize, line: &RemittedLine) -> fmt::Result {
    let code = [&*line.revenue_code, &*line.procedure].join(" ");
    let (charged, paid) = (line.charged, line.paid);
    writeln!(f, "    line {number}, {}: charged {charged:.2}, paid {paid:.2}", code.trim())?;
    write_adjustments(f, "      ", &line.adjustments, &line.remarks)
}

fn write_adjustments(
    f: &mut fmt::Formatter<'_>,
    indent: &str,
    adjustments: &[Adjustment],
    remarks: &[String],
) -> fmt::Result {
    for one in adjustments {
        let Adjustment { group, reason, amount, .. } = one;
        let said = adjustment_reason(reason).map_or("reason not in the table", |row| row.words);
        writeln!(f, "{indent}{group}-{reason} {amount:.2} {said}")?;
        if let Some(category) = one.denial() {
            writeln!(f, "{indent}  denial: {}; {}", category.title, category.next)?;
        }
    }
    for code in remarks {
        writeln!(f, "{indent}remark {code} {}", remark_words(code).unwrap_or("not in the table"))?;
    }
    Ok(())
}
