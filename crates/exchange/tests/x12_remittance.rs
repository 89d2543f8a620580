//! The 835 reader on remittances of our own making, on garbage, and beside an independent validator.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use exchange::x12::{
    Adjustment, ClaimStatus, Remittance, RemittanceError, RemittedClaim, RemittedLine, read_remittances,
};
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;

#[allow(dead_code, reason = "shared with the tests of the writer")]
mod x12_support;

fn resource(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resources").join(name)
}

fn remittances(name: &str) -> Vec<Remittance> {
    let bytes = std::fs::read(resource(name)).expect("a sample");
    read_remittances(&bytes).filter_map(Result::ok).collect()
}

fn dollars(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

#[test]
fn payment_claim_and_adjustments_are_read() {
    let remittance = &remittances("two-claims.835")[0];
    let payment = &remittance.payment;
    assert_eq!(
        (payment.amount, &*payment.method, &*payment.trace),
        (dollars(1_310_025), "ACH", "EFT20261207A")
    );
    assert_eq!((payment.on, remittance.produced), (Some(date(2026, 12, 7)), Some(date(2026, 12, 4))));
    assert_eq!((&*remittance.payer.id, &*remittance.payee.id), ("12345", "1234567893"));
    let claim = &remittance.claims[0];
    assert_eq!((&*claim.patient_control_number, claim.status), ("STAY-1", ClaimStatus::Processed(1)));
    assert_eq!(
        (claim.charged, claim.paid, claim.patient_share),
        (dollars(4_125_075), dollars(1_285_025), dollars(167_600))
    );
    assert_eq!(
        (&*claim.type_of_bill, &*claim.drg, claim.drg_weight),
        ("111", "291", Some(Decimal::new(12_683, 4)))
    );
    assert_eq!((&*claim.patient, &*claim.member_id), ("DOE, JANE Q", "1EG4TE5MK73"));
    assert_eq!(
        (claim.from, claim.to, claim.received),
        (Some(date(2026, 10, 30)), Some(date(2026, 11, 3)), Some(date(2026, 11, 18)))
    );
    let taken: Vec<_> =
        claim.adjustments.iter().map(|one| (&*one.group, &*one.reason, one.amount, one.quantity)).collect();
    assert_eq!(
        taken,
        [
            ("CO", "45", dollars(2_668_800), Some(Decimal::ONE)),
            ("CO", "253", dollars(3_650), None),
            ("PR", "1", dollars(167_600), None),
        ]
    );
    assert_eq!((&*claim.medical_record_number, &claim.remarks[..]), ("MRN0001", &["MA01".to_owned()][..]));
}

#[test]
fn lines_are_read_and_a_denied_one_is_a_denial_with_its_category() {
    let claim = &remittances("two-claims.835")[0].claims[1];
    let [visit, scan] = &claim.lines[..] else { panic!("{:?}", claim.lines) };
    assert_eq!(
        (&*visit.procedure, &visit.modifiers[..], &*visit.revenue_code),
        ("99283", &["25".to_owned()][..], "0450")
    );
    assert_eq!(
        (visit.paid, visit.adjusted(), visit.from),
        (dollars(25_000), dollars(65_000), Some(date(2026, 11, 5)))
    );
    assert_eq!((scan.units, &scan.remarks[..]), (Decimal::ZERO, &["N386".to_owned()][..]));
    let denials = claim.denials();
    assert_eq!(denials.len(), 1);
    assert_eq!(
        (denials[0].line, denials[0].category.key, denials[0].adjustment.amount),
        (Some(1), "authorization", dollars(60_000))
    );
}

#[test]
fn a_reversal_and_the_account_are_part_of_the_balance() {
    let remittances = remittances("reversal-and-denials.835");
    let first = &remittances[0];
    assert_eq!(first.claims[0].status, ClaimStatus::Reversed);
    assert_eq!(first.claims[0].denials(), []);
    let account: Vec<_> =
        first.provider_adjustments.iter().map(|one| (&*one.reason, &*one.reference, one.amount)).collect();
    assert_eq!(account, [("WO", "PAYER0099", dollars(20_000)), ("L6", "", dollars(-5_000))]);
    assert_eq!(first.imbalances(), []);
    let kinds: Vec<_> = first.claims[2].denials().iter().map(|denial| denial.category.key).collect();
    assert_eq!(kinds, ["medical-necessity", "timely-filing"]);
    assert_eq!(remittances[1].payer.id, "EXINS");
}

#[test]
fn what_does_not_add_up_is_said() {
    let text = std::fs::read_to_string(resource("two-claims.835")).unwrap();
    let text =
        text.replace("CAS*CO*197*600*1", "CAS*CO*197*500*1").replace("BPR*I*13100.25", "BPR*I*13100.24");
    let remittance = read_remittances(text.as_bytes()).next().unwrap().unwrap();
    let said: Vec<String> = remittance.imbalances().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 2 of claim VISIT-2 says 0.00 was paid, but its parts make 100.00; ask the payer",
            "claim VISIT-2 says 250.00 was paid, but its parts make 350.00; ask the payer",
            "the payment says 13100.24 was paid, but its parts make 13100.25; ask the payer",
        ]
    );
}

#[test]
fn a_bad_segment_is_reported_and_the_rest_is_read() {
    let bytes = std::fs::read(resource("faults.835")).unwrap();
    let read: Vec<_> = read_remittances(&bytes).collect();
    let [Ok(remittance), Err(foreign)] = &read[..] else { panic!("{read:?}") };
    assert!(matches!(foreign, RemittanceError::NotARemittance { .. }), "{foreign}");
    let said: Vec<String> = remittance.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "segment 23: CLP03 is '15OO'; expected a number; the segment is left out",
            "segment 36: CAS (amount) is 'abc'; expected a number; the segment is left out",
            "segment 38: SVC03 is '1oo'; expected a number; the segment is left out",
            "segment 42: DTM02 is '20261335'; expected a day as CCYYMMDD; the segment is left out",
        ]
    );
    let claims: Vec<_> = remittance.claims.iter().map(|claim| &*claim.patient_control_number).collect();
    assert_eq!(claims, ["STAY-1", "VISIT-6"]);
    // Nothing of the claim that could not be read went to the one before it, and nothing of the faulty line to another.
    assert_eq!((remittance.claims[0].adjustments.len(), remittance.claims[0].lines.len()), (3, 0));
    let lines = &remittance.claims[1].lines;
    assert_eq!(lines.len(), 1);
    assert_eq!((&*lines[0].revenue_code, lines[0].adjustments.len()), ("0300", 1));
    assert_eq!(remittance.claims[1].denials()[0].category.key, "unknown");
}

#[test]
fn a_remittance_is_kept_as_json_and_comes_back_the_same() {
    for remittance in ["reversal-and-denials.835", "faults.835"].into_iter().flat_map(remittances) {
        let json = serde_json::to_string(&remittance).unwrap();
        assert_eq!(serde_json::from_str::<Remittance>(&json).unwrap(), remittance);
    }
}

#[test]
fn a_file_cut_short_says_so() {
    let text = std::fs::read_to_string(resource("two-claims.835")).unwrap();
    let last = read_remittances(&text.as_bytes()[..text.len() - 40]).last().unwrap();
    assert!(last.unwrap_err().to_string().contains("cut short"));
    assert_eq!(read_remittances(b" \n").count(), 0);
}

#[test]
fn an_independent_validator_accepts_our_remittances() {
    for name in ["two-claims.835", "reversal-and-denials.835"] {
        let file = std::fs::read_to_string(resource(name)).unwrap();
        let verdict = x12_support::verdict(name, &file);
        assert!(!matches!(verdict, Some(Err(_))), "{verdict:?}");
    }
}

#[test]
fn the_remittances_are_read_as_written_down() {
    let mut shown = String::new();
    for name in ["two-claims.835", "reversal-and-denials.835", "faults.835"] {
        writeln!(shown, "## {name}").unwrap();
        remittances(name).iter().for_each(|remittance| show(remittance, &mut shown));
    }
    let golden = include_str!("golden/remittances.txt");
    assert_eq!(shown, golden, "if the change is meant, put this into tests/golden/remittances.txt:\n{shown}");
}

fn show(remittance: &Remittance, into: &mut String) {
    let Remittance { payment, payer, payee, .. } = remittance;
    writeln!(into, "{} {} {} to {} {}", payer.name, payer.id, payment.trace, payee.name, payee.id).unwrap();
    writeln!(into, "paid {} by {} on {:?}", payment.amount, payment.method, payment.on).unwrap();
    for claim in &remittance.claims {
        let RemittedClaim { patient_control_number, status, charged, paid, patient_share, .. } = claim;
        writeln!(
            into,
            "  {patient_control_number} {status:?}: {charged} charged, {paid} paid, {patient_share} patient"
        )
        .unwrap();
        show_adjustments(&claim.adjustments, &claim.remarks, into);
        for RemittedLine { procedure, revenue_code, charged, paid, adjustments, remarks, .. } in &claim.lines
        {
            writeln!(into, "    line {procedure} {revenue_code}: {charged} charged, {paid} paid").unwrap();
            show_adjustments(adjustments, remarks, into);
        }
    }
    for one in &remittance.provider_adjustments {
        writeln!(into, "  account {} {}: {}", one.reason, one.reference, one.amount).unwrap();
    }
    remittance.imbalances().iter().for_each(|one| writeln!(into, "  ! {one}").unwrap());
    remittance.faults.iter().for_each(|one| writeln!(into, "  ! {one}").unwrap());
}

fn show_adjustments(adjustments: &[Adjustment], remarks: &[String], into: &mut String) {
    for Adjustment { group, reason, amount, .. } in adjustments {
        writeln!(into, "      {group}-{reason}: {amount}").unwrap();
    }
    if !remarks.is_empty() {
        writeln!(into, "      remarks {}", remarks.join(" ")).unwrap();
    }
}

/// Reads everything and asks everything of it.
fn exhaust(bytes: &[u8]) {
    for remittance in read_remittances(bytes).flatten() {
        let _ = remittance.imbalances().iter().map(ToString::to_string).collect::<Vec<_>>();
        remittance.claims.iter().for_each(|claim| drop(claim.denials()));
    }
}

proptest! {
    #[test]
    fn any_bytes_come_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        exhaust(&bytes);
    }

    #[test]
    fn any_change_of_a_remittance_comes_to_an_end(at in 0usize..3_000, byte in any::<u8>()) {
        let mut bytes = std::fs::read(resource("reversal-and-denials.835")).unwrap();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        exhaust(&bytes);
    }

    #[test]
    fn any_amounts_are_added_without_an_overflow(amounts in proptest::collection::vec("-?[0-9]{1,28}", 3)) {
        let text = std::fs::read_to_string(resource("two-claims.835")).unwrap();
        let text = text.replace("*26688*", &format!("*{}*", amounts[0])).replace("*41250.75*", &format!("*{}*", amounts[1]));
        exhaust(text.replace("*13100.25*", &format!("*{}*", amounts[2])).as_bytes());
    }
}
