//! Random cases over the embedded editions.

use std::sync::LazyLock;

use codeset::{Code, Pack, Version};
use grouper::{Case, Desk, Diagnosis, HospitalStatus, Poa, Procedure, Sex};
use proptest::prelude::*;
use proptest::sample::Index;

/// The desk over the embedded pack.
pub(crate) static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let pack = Pack::open(editions::EMBEDDED).expect("the embedded pack");
    Desk::open(&pack).expect("the desk")
});

/// Any case: codes of every version, and some that none has.
pub(crate) fn any_case() -> impl Strategy<Value = Case> {
    let head = (any::<Index>(), -1i16..130, 0u8..3, 0u8..100, 0u8..3, 0u16..40);
    let codes =
        (diagnosis(), prop::collection::vec(diagnosis(), 0..15), prop::collection::vec(procedure(), 0..8));
    (head, codes).prop_map(
        |((version, age, sex, status, hospital, days), (principal, secondary, procedures))| {
            let versions: Vec<Version> = DESK.versions().collect();
            let version = *version.get(&versions);
            Case {
                id: "any".to_owned(),
                version: Some(version),
                age_years: (age >= 0).then_some(age),
                sex: [Sex::Male, Sex::Female, Sex::Unknown][usize::from(sex)],
                discharge_status: status,
                hospital_status: [HospitalStatus::NonExempt, HospitalStatus::Exempt, HospitalStatus::Unknown]
                    [usize::from(hospital)],
                discharge_date: first_day(version),
                stay_days: Some(days),
                admitting: None,
                principal,
                secondary,
                procedures,
            }
        },
    )
}

fn first_day(version: Version) -> jiff::civil::Date {
    let mut editions = DESK.editions().editions().iter();
    editions
        .find(|e| e.version == version.to_string() && e.id().starts_with("msdrg"))
        .expect("its edition")
        .first
}

fn diagnosis() -> impl Strategy<Value = Diagnosis> {
    let poa = prop::sample::select(vec![Poa::Yes, Poa::No, Poa::Undetermined, Poa::Blank, Poa::Invalid]);
    let code = prop_oneof![
        20 => any::<Index>().prop_map(|at| *at.get(DESK.codes().diagnoses.codes())),
        1 => "[A-Z][0-9][0-9A-Z]{1,5}".prop_map(|text| Code::parse(&text).expect("a code")),
    ];
    (code, poa).prop_map(|(code, poa)| Diagnosis::new(code, poa, DESK.codes()))
}

fn procedure() -> impl Strategy<Value = Procedure> {
    let code = prop_oneof![
        20 => any::<Index>().prop_map(|at| *at.get(DESK.codes().procedures.codes())),
        1 => "[0-9A-Z]{7}".prop_map(|text| Code::parse(&text).expect("a code")),
    ];
    code.prop_map(|code| Procedure::new(code, DESK.codes()))
}
