//! The service lines of a claim: from the charges that were sent, or else from the institution's own lines.

use chart::coding::Codes;
use chart::entry::Charge;
use exchange::x12::{Counted, Detail, NotBilled, ServiceLine, service_lines};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::{Biller, Prepared};
use crate::coding::Facts;

/// Puts the lines on the claim, and their sum.
pub(super) fn put(
    draft: &mut Prepared,
    (charges, codes): (&[Charge], &Codes),
    facts: &Facts,
    (biller, zone): (&Biller, &TimeZone),
) {
    let is_stay = facts.setting.has_bed_days();
    if charges.is_empty() {
        plain(draft, facts, biller);
    } else {
        sent(draft, charges, if is_stay { Detail::Stay } else { Detail::Day }, (biller, zone));
    }
    if !is_stay {
        // Of an outpatient every line has its day.
        let statement = draft.claim.statement;
        draft.claim.lines.iter_mut().for_each(|line| line.service = line.service.or(statement));
    }
    services(draft, codes);
    draft.claim.total_charges = draft.claim.lines.iter().map(|line| line.charge).sum();
}

fn sent(draft: &mut Prepared, charges: &[Charge], detail: Detail, (biller, zone): (&Biller, &TimeZone)) {
    let revenue_code = |charge: &Charge| {
        let codes = charge.what.codings.iter().map(|one| one.code.as_str());
        let mut codes = codes.chain([charge.what.text.as_str()]);
        let line = codes.find_map(|code| biller.revenue_codes.iter().find(|line| line.charge == code));
        line.map(|line| line.revenue_code.clone())
    };
    let bill = service_lines(charges, detail, zone, revenue_code);
    draft.claim.lines = bill.lines;
    let mut told: Vec<String> = Vec::new();
    for (charge, why) in bill.left_out {
        let words = format!("The charge '{}': {why}.", charge.what.text);
        if told.contains(&words) {
            continue;
        }
        match why {
            NotBilled::Credited => draft.note(words.clone()),
            NotBilled::NoRevenueCode | NotBilled::NoAmount => draft.lacks(words.clone()),
        }
        told.push(words);
    }
}

/// One line for each line that the institution has for the setting.
fn plain(draft: &mut Prepared, facts: &Facts, biller: &Biller) {
    let setting = facts.setting.title().to_lowercase();
    let days = i64::from(facts.stay_days().unwrap_or(1));
    let own = biller.plain_charges.iter().filter(|one| one.setting == facts.setting);
    draft.claim.lines = own
        .map(|one| {
            let count = if one.is_daily { days } else { 1 };
            ServiceLine {
                revenue_code: one.revenue_code.clone(),
                charge: Decimal::new(one.cents.saturating_mul(count), 2),
                counted: if one.is_daily { Counted::Days } else { Counted::Units },
                units: Decimal::from(count),
                ..ServiceLine::default()
            }
        })
        .collect();
    if draft.claim.lines.is_empty() {
        draft.lacks(format!(
            "Charges: none were sent for this encounter, and Who bills has no line for the setting {setting}."
        ));
    } else {
        draft.note(format!(
            "No charges were sent for this encounter: the lines are those that Who bills has for the setting {setting}."
        ));
    }
}

/// Services that were coded and that no charge is for.
fn services(draft: &mut Prepared, codes: &Codes) {
    for service in &codes.services {
        let code = service.code.to_string();
        if draft.claim.lines.iter().all(|line| line.hcpcs != code) {
            draft.note(format!("{code} is coded, and no charge was sent for it: it is on no line."));
        }
    }
}
