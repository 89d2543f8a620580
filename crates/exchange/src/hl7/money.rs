//! Coverage and charges: IN1 with IN2, FT1.

use chart::coded::Coded;
use chart::entry::{Charge, Coverage, EntryContent};
use chart::intake::{Change, KeyKind};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::arrival::Filing;
use super::clinical::with_words;
use super::group::PatientGroup;
use super::segment::{Field, Segment};
use super::{tables, types, visit};

/// Coverages and charges of a patient, as changes.
pub(super) fn entries(group: &PatientGroup<'_>, filing: &Filing<'_, '_>) -> Vec<Change> {
    let charges = group.all("FT1").filter_map(|ft1| charge(ft1, filing));
    coverages(group, filing).into_iter().chain(charges).collect()
}

/// Each IN1 with the IN2 that follows it.
fn coverages(group: &PatientGroup<'_>, filing: &Filing<'_, '_>) -> Vec<Change> {
    let mut pairs: Vec<(Segment<'_>, Option<Segment<'_>>)> = Vec::new();
    for segment in &group.own {
        match (segment.name, pairs.last_mut()) {
            ("IN1", _) => pairs.push((*segment, None)),
            ("IN2", Some((_, in2))) => *in2 = in2.or(Some(*segment)),
            _ => {}
        }
    }
    pairs.into_iter().filter_map(|(in1, in2)| coverage(in1, in2, filing)).collect()
}

fn coverage(in1: Segment<'_>, in2: Option<Segment<'_>>, filing: &Filing<'_, '_>) -> Option<Change> {
    let payer = visit::payer(in1, filing.desk)?;
    let plan = types::coded(in1.field(2)).or_else(|| types::coded_in(in1.field(15), "0086"));
    let member = [36, 49].into_iter().find_map(|at| in1.field(at).component(1).said());
    let member = member.or_else(|| in2?.field(61).component(1).said()).unwrap_or_default();
    let group = [8, 9, 11].into_iter().find_map(|at| in1.field(at).component(1).said()).unwrap_or_default();
    let rank: Option<u32> =
        [22, 1].into_iter().find_map(|at| in1.field(at).text().parse().ok()).filter(|rank| *rank > 0);
    let company = payer.key.as_ref().map_or(payer.name.as_str(), |key| key.key.as_str());
    let key = filing.patient_entry_key("IN1", &format!("{company}/{member}"));
    let desk = filing.desk;
    let content = Coverage {
        plan: plan.unwrap_or_else(|| Coded::text(payer.name.clone())),
        rank,
        status: "active".into(),
        member,
        group,
        relationship: types::coded_in(in1.field(17), "0063"),
        start: desk.when(in1.field(12)),
        end: desk.when(in1.field(13)),
        payer,
    };
    Some(filing.entry(key, EntryContent::Coverage(content)))
}

fn charge(ft1: Segment<'_>, filing: &Filing<'_, '_>) -> Option<Change> {
    let desk = filing.desk;
    let what = with_words(types::coded(ft1.field(7)), ft1.field(8).said());
    let what = what.or_else(|| types::coded(ft1.field(25)))?;
    // Without a transaction number a charge is known by its message and its place in it.
    let key = match ft1.field(2).component(1).said() {
        Some(number) => desk.key("", KeyKind::Entry, format!("FT1/{number}")),
        None => desk.key("", KeyKind::Entry, format!("FT1/{}/{}", desk.control_id, ft1.number)),
    };
    let kind = ft1.field(6).component(1).text();
    let content = Charge {
        what,
        category: tables::words("0017", &kind).map_or(kind, str::to_owned),
        at: desk.when(ft1.field(4)),
        quantity: ft1.field(10).text(),
        amount_cents: amount(ft1, filing),
        procedure: types::coded(ft1.field(25)),
        diagnoses: types::coded_list(ft1.field(19), ""),
        by: [20, 21].into_iter().find_map(|at| types::person(ft1.field(at).first(), desk)),
    };
    Some(filing.entry(key, EntryContent::Charge(content)))
}

/// The extended amount (FT1-11), else the unit amount (FT1-12) times the quantity.
fn amount(ft1: Segment<'_>, filing: &Filing<'_, '_>) -> Option<i64> {
    let price = |field: Field<'_>| -> Option<Decimal> {
        let text = field.component(1).part(1).said()?;
        let read = text.trim_start_matches('$').replace(',', "").parse().ok();
        if read.is_none() {
            filing.desk.remark(&field.place(), "not an amount; left out");
        }
        read
    };
    let extended = price(ft1.field(11));
    let unit = || price(ft1.field(12))?.checked_mul(ft1.field(10).text().parse().unwrap_or(Decimal::ONE));
    extended.or_else(unit)?.checked_mul(Decimal::ONE_HUNDRED)?.round().to_i64()
}
