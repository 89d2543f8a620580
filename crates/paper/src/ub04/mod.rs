//! The institutional claim on paper: every form locator of the UB-04 with its number and content, in the order of the
//! form (NUBC, UB-04 form locators 1 to 81; CMS Internet-Only Manual 100-04, chapter 25, section 75).
//!
//! The drawing is our own: a data sheet to read, check and key from, not the printed form itself. What the form has no
//! room for and the electronic claim has stands below it.

mod codes;
mod lines;
mod parties;
mod rest;
mod stay;

use exchange::x12::{InstitutionalClaim, Period};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::sheet::{Block, Footer, Form, FormBox, FormRow, Header, Paper, Points, Sheet};
use crate::words::Words;

/// The form is wider than running text.
const SIDE_MARGIN: Points = 36.0;

/// A claim and what the sheet says besides.
#[derive(Debug, Clone)]
pub struct ClaimToPrint<'c> {
    /// The claim.
    pub claim: &'c InstitutionalClaim,
    /// On what; its side margins become narrower.
    pub paper: Paper,
    /// The foot of every page.
    pub footer: Footer,
}

/// Puts a claim on a sheet.
#[must_use]
pub fn sheet_of_claim(print: &ClaimToPrint) -> Sheet {
    let claim = print.claim;
    let rows = [
        parties::of_hospital(claim),
        stay::rows(claim),
        codes::of_billing(claim),
        lines::rows(claim),
        parties::of_payment(claim),
        codes::of_diagnoses(claim),
        codes::of_procedures(claim),
        parties::of_practitioners(claim),
    ];
    let mut blocks = vec![Block::Form(Form { rows: rows.into_iter().flatten().collect() })];
    blocks.extend(rest::blocks(claim));
    Sheet {
        paper: Paper { side_margin: SIDE_MARGIN, ..print.paper },
        title: "UB-04 data sheet".to_owned(),
        header: header(claim),
        footer: print.footer.clone(),
        blocks,
    }
}

fn header(claim: &InstitutionalClaim) -> Header {
    let record_number = match &*claim.medical_record_number {
        "" => &claim.patient_control_number,
        number => number,
    };
    Header {
        hospital: claim.billing_provider.name.clone(),
        patient: claim.patient().filed_name(),
        record_number: record_number.to_owned(),
        birth: claim.patient().born.map(|born| born.to_string()),
        is_letter: false,
    }
}

fn row(boxes: impl IntoIterator<Item = FormBox>) -> FormRow {
    FormRow { boxes: boxes.into_iter().collect() }
}

/// A box: number of the form locator, name, share of the width, text.
fn locator(number: &str, name: &str, share: f32, text: impl Into<String>) -> FormBox {
    FormBox { number: number.into(), name: name.into(), text: Words::from(text.into()), share }
}

/// MMDDYY, as the form has it; blank if not known.
fn short_day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.strftime("%m%d%y").to_string())
}

/// First and last day.
fn days(period: Option<Period>) -> String {
    period.map_or_else(String::new, |period| {
        [period.first, period.last].map(|day| short_day(Some(day))).join(" ")
    })
}

/// Dollars with cents.
fn dollars(amount: Decimal) -> String {
    format!("{amount:.2}")
}

/// Lines that are not blank, below each other.
fn below(lines: &[&str]) -> String {
    let filled: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    filled.join("\n")
}
