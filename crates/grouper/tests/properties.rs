//! What must hold of every case, whatever its codes.

mod support;

use grouper::{Case, DeskScratch, Diagnosis, HospitalStatus, Outcome, Poa, Severity};
use proptest::prelude::*;
use proptest::sample::Index;
use support::{DESK, any_case};

fn process(case: &Case) -> Outcome {
    DESK.process(case, &mut DeskScratch::default()).expect("an edition")
}

/// The DRGs and edits of a case, without the formulas that led there.
fn answer(case: &Case) -> impl PartialEq + std::fmt::Debug + use<> {
    let Outcome { version, grouping, edits } = process(case);
    let drgs = [grouping.initial, grouping.last].map(|a| (a.drg, a.mdc, a.return_code));
    (version, drgs, edits)
}

/// An MCC or CC that is on no hospital-acquired-condition list and carries no name but its category's.
fn is_plain_complication(code: codeset::Code) -> bool {
    let entries = DESK.diagnosis_entries(code);
    entries.iter().any(|e| e.severity != Severity::None)
        && entries.iter().all(|e| e.hacs.is_empty() && e.attributes.iter().all(|a| a.starts_with("dxc")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_secondary_diagnoses_changes_nothing(case in any_case(), seed in any::<Index>()) {
        let mut turned = case.clone();
        if !turned.secondary.is_empty() {
            let by = seed.index(turned.secondary.len());
            turned.secondary.rotate_left(by);
            turned.secondary.reverse();
        }
        prop_assert_eq!(answer(&turned), answer(&case));
    }

    #[test]
    fn the_order_of_procedures_changes_nothing(case in any_case()) {
        let mut turned = case.clone();
        turned.procedures.reverse();
        prop_assert_eq!(answer(&turned), answer(&case));
    }

    #[test]
    fn a_used_scratch_answers_as_a_new_one(cases in prop::collection::vec(any_case(), 2..6)) {
        let mut scratch = DeskScratch::default();
        for case in &cases {
            prop_assert_eq!(DESK.process(case, &mut scratch).unwrap(), process(case));
        }
    }

    /// A code that the principal diagnosis excludes and that carries no name a formula asks for adds nothing.
    #[test]
    fn an_excluded_complication_never_changes_the_drg(case in any_case(), chosen in any::<Index>()) {
        let case = Case { hospital_status: HospitalStatus::NonExempt, ..case };
        let version = case.version.unwrap();
        let excluded = DESK.excludes(case.principal.code, version);
        let code = (!excluded.is_empty()).then(|| excluded[chosen.index(excluded.len())]);
        if let Some(code) = code.filter(|&code| is_plain_complication(code)) {
            let mut more = case.clone();
            more.secondary.push(Diagnosis::new(code, Poa::Yes, DESK.codes()));
            let drgs = |case: &Case| { let g = process(case).grouping; [g.initial, g.last].map(|a| (a.drg, a.return_code)) };
            prop_assert_eq!(drgs(&more), drgs(&case));
        }
    }

    /// The trace is a second account of the same decision: it must agree with the first.
    #[test]
    fn the_trace_agrees_with_the_grouping(case in any_case()) {
        let grouping = process(&case).grouping;
        let grouper = DESK.grouper_for(&case).unwrap();
        let trace = grouper.explain(&case);
        prop_assert_eq!((trace.initial.drg, trace.last.drg), (grouping.initial.drg, grouping.last.drg));
        prop_assert_eq!(trace.last.return_code, grouping.last.return_code.name());
        let steps = trace.last.steps.iter().chain(&trace.initial.steps);
        prop_assert!(steps.flat_map(|s| &s.evidence).all(|e| !e.from.is_empty()));
        prop_assert!(grouper.why_not(&case, grouping.last.drg).is_none());
        for missed in &trace.missed {
            prop_assert!(!missed.lacking.is_empty());
        }
        let findings = DESK.editor().findings(&case).len();
        let counted: u16 = process(&case).edits.counts().map(|(_, count)| count).sum();
        prop_assert_eq!(findings, usize::from(counted));
    }
}
