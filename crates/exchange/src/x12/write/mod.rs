//! Writes institutional claims as an 837I file (implementation guide 005010X223A2).
//!
//! The writer knows no clock and draws no numbers: when and under which control numbers a file is written is said by
//! who sends it. What it writes, the reader of this module reads back as the same claims.

mod check;
mod claim;
mod codes;
mod draft;
mod error;
mod levels;

pub use error::{Whose, WriteError, WriteFault};

use jiff::civil::DateTime;

use super::InstitutionalClaim;
use draft::{COMPONENT, Checked, Draft, REPETITION, day, form, hour, required, text};

/// The guide that is followed (GS08, ST03).
pub const GUIDE: &str = "005010X223A2";

/// The most claims of a transaction set that the guide recommends to receivers.
const MAX_CLAIMS: usize = 5_000;
/// Control numbers have at most nine digits (ISA13, GS06, ST02).
const MAX_CONTROL: u32 = 999_999_999;

/// A file of claims: who sends it to whom, when, under which numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The sender in the envelope (ISA05 and ISA06, GS02).
    pub sender: Endpoint,
    /// The receiver in the envelope (ISA07 and ISA08, GS03).
    pub receiver: Endpoint,
    /// Who submits (loop 1000A).
    pub submitter: Submitter,
    /// To whom (loop 1000B): name and identifier.
    pub recipient: Recipient,
    /// Control number of the interchange (ISA13); one to nine digits, not used before between the two.
    pub interchange_number: u32,
    /// Control number of the group (GS06).
    pub group_number: u32,
    /// Control number of the transaction set (ST02).
    pub set_number: u32,
    /// The submitter's own name of the batch (BHT03).
    pub batch: String,
    /// When it was written, in local time.
    pub written: DateTime,
    /// Whether it is a trial, which a payer does not pay (ISA15).
    pub is_test: bool,
}

/// A party of the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// What kind of identifier it is, two characters: `ZZ` agreed between the two, `30` a tax number, `27` a carrier's.
    pub qualifier: String,
    /// The identifier, at most fifteen characters.
    pub id: String,
}

/// Who submits a file, and whom to ask about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitter {
    /// Its name.
    pub name: String,
    /// Its identifier with the receiver.
    pub id: String,
    /// Whom to ask.
    pub contact: String,
    /// The contact's telephone, ten digits.
    pub telephone: String,
}

/// To whom a file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Its name.
    pub name: String,
    /// Its identifier.
    pub id: String,
}

/// Writes `claims` as one interchange of one transaction set.
///
/// # Errors
/// When a claim, or the file's own particulars, cannot be written by the guide; the first fault found, in plain words.
pub fn write(submission: &Submission, claims: &[InstitutionalClaim]) -> Result<String, WriteError> {
    let of_file = |fault| WriteError { whose: Whose::File, fault };
    let mut draft = Draft::default();
    open(&mut draft, submission, claims.len()).map_err(of_file)?;
    let mut levels = levels::Levels::default();
    for claim in claims {
        let whose = || Whose::Claim(claim.patient_control_number.clone());
        check::claim(claim)
            .and_then(|()| levels.put(&mut draft, claim))
            .and_then(|()| claim::put(&mut draft, claim))
            .map_err(|fault| WriteError { whose: whose(), fault })?;
    }
    close(&mut draft, submission).map_err(of_file)?;
    Ok(draft.text)
}

/// Writes envelope and header.
fn open(draft: &mut Draft, submission: &Submission, claims: usize) -> Result<(), WriteFault> {
    if claims == 0 {
        return Err(WriteFault::Missing("a claim"));
    }
    if claims > MAX_CLAIMS {
        return Err(WriteFault::TooMany { what: "claims in one file", count: claims, max: MAX_CLAIMS });
    }
    let (date, time) = (submission.written.date(), hour(submission.written.time()));
    let (sender, receiver) = (&submission.sender, &submission.receiver);
    let padded = |what, id: &str| -> Checked { Ok(format!("{:<15}", required(what, id, 15)?)) };
    let usage = if submission.is_test { "T" } else { "P" };
    let control = control("the interchange's control number", submission.interchange_number)?;
    draft.put(
        "ISA",
        &[
            "00".into(),
            " ".repeat(10),
            "00".into(),
            " ".repeat(10),
            qualifier("the sender's qualifier", &sender.qualifier)?,
            padded("the sender", &sender.id)?,
            qualifier("the receiver's qualifier", &receiver.qualifier)?,
            padded("the receiver", &receiver.id)?,
            date.strftime("%y%m%d").to_string(),
            time.clone(),
            REPETITION.to_string(),
            "00501".into(),
            control,
            "0".into(),
            usage.into(),
            COMPONENT.to_string(),
        ],
    );
    let group = number("the group's control number", submission.group_number)?;
    let [from, to] = [sender.id.trim(), receiver.id.trim()];
    draft.put("GS", &["HC", from, to, &day(date), &time, &group, "X", GUIDE]);
    header(draft, submission)
}

fn header(draft: &mut Draft, submission: &Submission) -> Result<(), WriteFault> {
    let (date, time) = (day(submission.written.date()), hour(submission.written.time()));
    let (submitter, recipient) = (&submission.submitter, &submission.recipient);
    draft.segments = 0;
    draft.put("ST", &["837", &set_number(submission)?, GUIDE]);
    let batch = required("the name of the batch", &submission.batch, 50)?;
    draft.put("BHT", &["0019", "00", &batch, &date, &time, "CH"]);
    let name = required("the submitter's name", &submitter.name, 60)?;
    let id = required("the submitter's identifier", &submitter.id, 80)?;
    draft.put("NM1", &["41", "2", &name, "", "", "", "", "46", &id]);
    let contact = text("the submitter's contact", &submitter.contact, 60)?;
    let telephone = required("the submitter's telephone", &submitter.telephone, 20)?;
    draft.put("PER", &["IC", &contact, "TE", &telephone]);
    let name = required("the receiver's name", &recipient.name, 60)?;
    let id = required("the receiver's identifier", &recipient.id, 80)?;
    draft.put("NM1", &["40", "2", &name, "", "", "", "", "46", &id]);
    Ok(())
}

fn close(draft: &mut Draft, submission: &Submission) -> Result<(), WriteFault> {
    let segments = (draft.segments + 1).to_string();
    draft.put("SE", &[segments, set_number(submission)?]);
    draft.put("GE", &["1".to_owned(), number("the group's control number", submission.group_number)?]);
    let interchange = control("the interchange's control number", submission.interchange_number)?;
    draft.put("IEA", &["1".to_owned(), interchange]);
    Ok(())
}

/// The transaction set's number: four to nine digits.
fn set_number(submission: &Submission) -> Checked {
    let number = number("the transaction set's control number", submission.set_number)?;
    Ok(format!("{number:0>4}"))
}

/// The interchange's number: nine digits.
fn control(what: &'static str, given: u32) -> Checked {
    Ok(format!("{:0>9}", number(what, given)?))
}

fn number(what: &'static str, given: u32) -> Checked {
    let text = given.to_string();
    if (1..=MAX_CONTROL).contains(&given) { Ok(text) } else { Err(form(what, &text, "1 to 999999999")) }
}

fn qualifier(what: &'static str, given: &str) -> Checked {
    draft::code(what, given, 2..=2)
}
