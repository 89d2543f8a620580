//! The 837 reader on claims of our own making, on garbage, and beside an independent validator.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use exchange::x12::{ClaimFault, ClaimRead, InstitutionalClaim, InterchangeError, Loop, ReportedSex, read};
use jiff::civil::date;
use proptest::prelude::*;

#[allow(dead_code, reason = "shared with the tests of the writer")]
mod x12_support;

fn resource(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resources").join(name)
}

fn read_resource(name: &str) -> Vec<ClaimRead> {
    let bytes = std::fs::read(resource(name)).unwrap();
    read(&bytes).map(Result::unwrap).collect()
}

fn claims(name: &str) -> Vec<InstitutionalClaim> {
    read_resource(name).into_iter().map(|read| read.claim.unwrap()).collect()
}

#[test]
fn every_field_of_a_claim_is_read() {
    let claim = &claims("three-stays.837")[0];
    assert_eq!(claim.patient_control_number, "STAY-1");
    assert_eq!(claim.medical_record_number, "MRN0001");
    assert_eq!(claim.total_charges.to_string(), "41250.75");
    assert_eq!(claim.type_of_bill, "111");
    assert_eq!(
        (&*claim.admission_type, &*claim.admission_source, &*claim.discharge_status),
        ("1", "1", "01")
    );
    let statement = claim.statement.unwrap();
    assert_eq!((statement.first, statement.last), (date(2026, 10, 30), date(2026, 11, 3)));
    assert_eq!((claim.admitted, claim.patient().born), (Some(date(2026, 10, 30)), Some(date(1955, 3, 14))));
    assert_eq!((claim.patient().sex, &*claim.admitting_diagnosis), (ReportedSex::Female, "R0602"));
    let principal = &claim.principal_diagnosis;
    assert_eq!((&*principal.code, &*principal.present_on_admission), ("I5021", "Y"));
    let others = claim.other_diagnoses.iter().map(|d| (&*d.code, &*d.present_on_admission));
    assert_eq!(others.collect::<Vec<_>>(), [("E1165", "Y"), ("N179", "N"), ("Z7901", "")]);
    assert_eq!(
        (&*claim.procedures[0].code, claim.procedures[0].on, &claim.condition_codes[..]),
        ("02HV33Z", Some(date(2026, 10, 31)), &["C1".to_owned()][..])
    );
    assert_eq!(claim.value("80").unwrap().to_string(), "4");
    assert_eq!((&*claim.reported_drg, &*claim.billing_provider.npi), ("291", "1234567893"));
    assert_eq!((&*claim.payer.id, &*claim.claim_filing), ("EXMED", "MA"));
}

#[test]
fn the_patient_is_the_dependent_where_there_is_one() {
    let claims = claims("three-stays.837");
    let newborn = &claims[2];
    assert_eq!((newborn.patient().born, newborn.patient().sex), (Some(date(2026, 11, 4)), ReportedSex::Male));
    assert_eq!(newborn.payer.id, "EXINS");
    // The second insurer of the second claim is not its payer.
    assert_eq!(claims[1].payer.id, "EXMED");
    let procedures = claims[1].procedures.iter().map(|procedure| &*procedure.code);
    assert_eq!(procedures.collect::<Vec<_>>(), ["5A1955Z", "0BH17EZ"]);
}

#[test]
fn delimiters_are_those_of_the_header_and_sets_follow_each_other() {
    let claims = claims("two-sets-one-line.837");
    let names: Vec<_> = claims.iter().map(|claim| claim.patient_control_number.as_str()).collect();
    assert_eq!(names, ["HIP-1", "HIP-2", "BIRTH-1"]);
    assert_eq!(claims[0].external_causes[0].code, "W010XXA");
    assert_eq!((claims[1].type_of_bill.as_str(), claims[1].admitted), ("131", None));
    assert_eq!(claims[2].patient().born, Some(date(1998, 2, 28)));
}

#[test]
fn a_fault_is_told_with_segment_and_loop_and_the_next_claim_is_read() {
    let read = read_resource("faults.837");
    let faults: Vec<_> = read.iter().map(|read| read.claim.as_ref().err()).collect();
    assert!(matches!(
        faults[..],
        [None, Some(ClaimFault::Icd9 { within: Loop::Claim, .. }), Some(_), None, None]
    ));
    assert_eq!(
        faults[2].unwrap().to_string(),
        "segment 37, loop 2300: DTP03 is '20261331'; expected a day as CCYYMMDD"
    );
    assert_eq!((read[2].segment, &*read[2].patient_control_number), (36, "BAD-DATE"));
}

#[test]
fn other_claims_and_sets_are_named() {
    let text = std::fs::read_to_string(resource("three-stays.837")).unwrap();
    let professional = text.replace("005010X223A2", "005010X222A1");
    for claim in read(professional.as_bytes()) {
        assert_eq!(claim.unwrap().claim, Err(ClaimFault::NotInstitutional("005010X222A1".into())));
    }
    let eligibility = text.replace("ST*837*", "ST*270*");
    let first = read(eligibility.as_bytes()).next().unwrap().unwrap();
    assert_eq!(first.claim, Err(ClaimFault::NotAClaim("270".into())));
}

#[test]
fn a_broken_envelope_ends_the_file_with_its_reason() {
    let text = std::fs::read_to_string(resource("three-stays.837")).unwrap();
    let last_error = |text: &str| read(text.as_bytes()).find_map(Result::err).unwrap();
    assert!(matches!(last_error("id,pdx\n"), InterchangeError::NoHeader(1)));
    assert!(matches!(last_error(&text[..text.len() - 30]), InterchangeError::CutShort(_)));
    assert!(matches!(last_error(&text[..50]), InterchangeError::NoHeader(1)));
    let endless = format!("{}GS*{}", &text[..107], "x".repeat(1 << 20));
    assert!(matches!(last_error(&endless), InterchangeError::SegmentTooLong { segment: 2 }));
    assert_eq!(read(b"  \n").count(), 0);
}

#[test]
fn the_samples_at_hand_are_read_without_an_error() {
    let shared = std::env::var("CHARTROOM_SHARED").map_or_else(|_| "../../../shared".into(), PathBuf::from);
    let folder = shared.join("data/at-hand/x12");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no folder {}", folder.display());
        return;
    };
    for file in files {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for claim in read(&bytes) {
            // All of them are professional, or institutional with ICD-9.
            let fault = claim.unwrap().claim.unwrap_err();
            assert!(matches!(fault, ClaimFault::NotInstitutional(_) | ClaimFault::Icd9 { .. }), "{fault}");
        }
    }
}

#[test]
fn an_independent_validator_accepts_our_claims() {
    for name in ["three-stays.837", "two-sets-one-line.837"] {
        let file = std::fs::read_to_string(resource(name)).unwrap();
        let verdict = x12_support::verdict(name, &file);
        assert!(!matches!(verdict, Some(Err(_))), "{verdict:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_come_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        read(&bytes).for_each(drop);
    }

    #[test]
    fn any_change_of_a_claim_comes_to_an_end(at in 0usize..3_000, byte in any::<u8>()) {
        let mut bytes = std::fs::read(resource("three-stays.837")).unwrap();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        read(&bytes).for_each(drop);
    }
}
