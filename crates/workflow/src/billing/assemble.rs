//! The claim of an encounter, put together from what the record holds. Nothing is read or written here.

use chart::coding::{CodeSet, CodingState};
use chart::directory::{Named, Party};
use chart::encounter::Encounter;
use chart::entry::{Charge, Coverage};
use chart::patient::Demographics;
use exchange::x12::{Period, ValueCode, plain_letters};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::{Biller, Prepared, charges, codes, parties, tables};
use crate::coding::Facts;

/// Original bill, and replacement of an earlier one (NUBC, type of bill, third digit).
const ORIGINAL: &str = "1";
const REPLACEMENT: &str = "7";
/// Covered days (NUBC value code).
const COVERED_DAYS: &str = "80";
/// Characters of a patient control number that every payer gives back (005010X223A2, CLM01).
const NUMBER_LENGTH: usize = 20;

/// What the record holds of the encounter that is billed.
pub(super) struct Holding<'r> {
    pub(super) patient: &'r Demographics,
    pub(super) encounter: &'r Encounter,
    pub(super) facts: &'r Facts,
    /// The codes for the claim; `None` where coding has not begun.
    pub(super) set: Option<&'r CodeSet>,
    pub(super) charges: &'r [Charge],
    pub(super) coverage: Option<&'r Coverage>,
    pub(super) attending: Option<(&'r Named, Option<&'r Party>)>,
    pub(super) operating: Option<(&'r Named, Option<&'r Party>)>,
}

/// Puts the claim together. `earlier` is the number that the payer gave to the claim it would replace.
pub(super) fn claim(
    mut draft: Prepared,
    holding: &Holding<'_>,
    (biller, zone): (&Biller, &TimeZone),
    earlier: &str,
) -> Prepared {
    numbers(&mut draft, holding, earlier);
    stay(&mut draft, holding, zone);
    parties::hospital(&mut draft, biller);
    let payer = holding.encounter.visit.payers.first();
    parties::insurance(&mut draft, biller, holding.patient, holding.coverage, payer);
    practitioners(&mut draft, holding);
    let frequency = if draft.replaces.is_some() { REPLACEMENT } else { ORIGINAL };
    let digits = biller.bill_type(holding.facts.setting);
    draft.claim.type_of_bill = format!("{digits}{frequency}");
    let Some(set) = holding.set else {
        draft.lacks("The codes: coding has not begun.");
        return draft;
    };
    draft.from = Some((set.id, set.version));
    if !matches!(set.state, CodingState::Final { .. }) {
        draft.lacks("The codes are not closed yet: a claim is written from closed codes only.");
    }
    codes::put(&mut draft, set, holding.facts);
    charges::put(&mut draft, (holding.charges, &set.codes), holding.facts, (biller, zone));
    draft
}

/// The numbers by which hospital and payer know the claim.
fn numbers(draft: &mut Prepared, holding: &Holding<'_>, earlier: &str) {
    let identifiers = &holding.encounter.visit.identifiers;
    let account = identifiers.iter().find(|one| one.kind == "AN").or(identifiers.first());
    let account = account.map(|one| plain_letters(&one.value)).unwrap_or_default();
    draft.claim.patient_control_number =
        draft.must(&account, "The account number of the encounter: registration has sent none.");
    if account.len() > NUMBER_LENGTH {
        draft.note(format!(
            "The account number has {} characters; payers need give back {NUMBER_LENGTH} only.",
            account.len()
        ));
    }
    let record = holding.patient.record_number();
    draft.claim.medical_record_number = record.map(|one| plain_letters(&one.value)).unwrap_or_default();
    if draft.replaces.is_some() {
        draft.claim.replaced_claim = draft.must(
            earlier,
            "The payer's number of the claim that this one replaces: post the remittance that has it, or enter it here.",
        );
    }
}

/// When the patient came and left, and by which way.
fn stay(draft: &mut Prepared, holding: &Holding<'_>, zone: &TimeZone) {
    let (visit, facts) = (&holding.encounter.visit, holding.facts);
    if !facts.has_left {
        draft.lacks("The discharge: the patient is still here, or registration has not sent it.");
    }
    // A claim tells hours and minutes.
    let local = |at: jiff::Timestamp| {
        let at = at.to_zoned(zone.clone()).time();
        at.with().second(0).subsec_nanosecond(0).build().unwrap_or(at)
    };
    match facts.admitted {
        Some(first) => draft.claim.statement = Some(Period { first, last: facts.discharged }),
        None => draft.lacks("The day of admission: registration has not sent it."),
    }
    if facts.setting.has_bed_days() {
        draft.claim.admitted = facts.admitted;
        draft.claim.admission_time = visit.stay.since().map(local);
        draft.claim.discharge_time = visit.stay.until().map(local);
        if let Some(days) = facts.stay_days() {
            draft.claim.value_codes =
                vec![ValueCode { code: COVERED_DAYS.into(), amount: Decimal::from(days) }];
            draft.note(format!(
                "Covered days (value code {COVERED_DAYS}): {days}, which is every day of the stay."
            ));
        }
    }
    let priority = visit.admission_type.as_ref().and_then(|one| tables::admission_code("priority", one));
    draft.claim.admission_type = draft.must(
        &priority.unwrap_or_default(),
        "The priority of admission: registration has sent none that a claim has a code for.",
    );
    let origin = visit.admission_source.as_ref().and_then(|one| tables::admission_code("origin", one));
    draft.claim.admission_source = draft.must(
        &origin.unwrap_or_default(),
        "The point of origin: registration has sent none that a claim has a code for.",
    );
}

fn practitioners(draft: &mut Prepared, holding: &Holding<'_>) {
    match holding.attending {
        Some((named, party)) => {
            let attending = parties::practitioner(draft, "attending practitioner", named, party);
            draft.claim.attending = Some(attending);
        }
        None => draft.lacks("The attending practitioner: the encounter names none."),
    }
    let operating = holding.operating;
    draft.claim.operating =
        operating.map(|(named, party)| parties::practitioner(draft, "operating practitioner", named, party));
}
