//! Each rule of context, once where it holds and once where it does not.

use suggest::{Standing, Status};

use crate::found;

fn check(text: &str, code: &str, status: Status) {
    let suggestion = found(text, code);
    assert_eq!(suggestion.status, status, "'{text}': {:?}", suggestion.evidence);
}

#[test]
fn what_is_said_plainly_is_asserted() {
    check("The patient has pneumonia.", "J18.9", Status::Asserted);
}

#[test]
fn a_denial_negates_to_the_end_of_its_scope() {
    check("Denies fever or chills.", "R50.9", Status::Negated);
    check("No pneumonia.", "J18.9", Status::Negated);
    check("Denies chills but has fever.", "R50.9", Status::Asserted);
    check("No chills. Fever since yesterday.", "R50.9", Status::Asserted);
}

#[test]
fn a_denial_may_follow() {
    check("Pneumonia was ruled out.", "J18.9", Status::Negated);
    check("Pneumonia was treated.", "J18.9", Status::Asserted);
}

#[test]
fn some_words_only_look_like_a_denial() {
    check("Gram negative pneumonia.", "J18.9", Status::Asserted);
    check("No improvement of the pneumonia.", "J18.9", Status::Asserted);
}

#[test]
fn doubt_is_uncertain() {
    check("Probable pneumonia.", "J18.9", Status::Uncertain);
    check("Pneumonia cannot be excluded.", "J18.9", Status::Uncertain);
    check("Pneumonia, treated at home.", "J18.9", Status::Asserted);
}

#[test]
fn the_past_is_history() {
    check("History of hypertension.", "I10", Status::History);
    check("Past medical history: hypertension.", "I10", Status::History);
    check("Assessment: hypertension.", "I10", Status::Asserted);
}

#[test]
fn a_relative_is_not_the_patient() {
    check("Father had hypertension.", "I10", Status::Family);
    check("FAMILY HISTORY:\nhypertension", "I10", Status::Family);
    check("Lives with her family, hypertension.", "I10", Status::Asserted);
}

#[test]
fn what_is_to_come_is_planned() {
    check("Return if fever.", "R50.9", Status::Planned);
    check("Returned with fever.", "R50.9", Status::Asserted);
}

#[test]
fn the_best_statement_counts() {
    check("No fever on admission. Fever on the second day.", "R50.9", Status::Asserted);
}

#[test]
fn what_the_record_denies_is_withheld_with_the_reason() {
    let denied = found("No pneumonia.", "J18.9");
    assert_eq!(denied.standing, Standing::Withheld);
    assert!(denied.evidence[0].because.as_deref().is_some_and(|why| why.contains("'no'")));
    assert_eq!(found("Pneumonia.", "J18.9").standing, Standing::Proposed);
}
