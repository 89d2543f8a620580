//! Which documents a code may rest on, and what coders here decided.

use suggest::{Acceptance, Decisions, Document, Standing};

use crate::{DESK, code, suggest, table};

const TEXT: &str = "Pneumonia.";

fn standing(kind: &str) -> Option<Standing> {
    suggest(Some(kind), TEXT)
        .into_iter()
        .find(|found| found.code == code("J18.9"))
        .map(|found| found.standing)
}

#[test]
fn a_providers_statement_is_proposed_and_a_report_founds_a_query() {
    assert_eq!(standing("discharge-summary"), Some(Standing::Proposed));
    assert_eq!(standing("imaging-report"), Some(Standing::Query));
    assert_eq!(standing("a type nobody knows"), Some(Standing::Query));
    assert_eq!(standing("incident-report"), None);
}

#[test]
fn the_mothers_codes_are_not_on_the_newborns_record() {
    let text = "Mother with miscarriage before. Jaundice.";
    let codes = |kind| suggest(Some(kind), text).into_iter().map(|found| found.code).collect::<Vec<_>>();
    assert!(codes("newborn-examination").iter().all(|found| !found.starts_with(code("O"))));
    assert!(codes("history-and-physical").contains(&code("O03.9")));
}

#[test]
fn every_type_of_document_has_its_policy() {
    let (types, policy) = (table("record/document-type.tsv"), table("suggest/document_policy.tsv"));
    let rows = |text: &str, columns: [usize; 2]| {
        let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
        let row = |line: &str| {
            let fields: Vec<&str> = line.split('\t').collect();
            columns.map(|column| fields[column].to_owned())
        };
        rows.map(row).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(rows(&types, [0, 5]), rows(&policy, [0, 1]));
}

#[test]
fn what_coders_here_decide_moves_the_score() {
    let document = Document { id: "note", kind: None, text: TEXT };
    let score = |acceptance: &Acceptance| {
        let found = DESK.suggest(&document, acceptance);
        let hit = found.into_iter().find(|found| found.code == code("J18.9")).expect("pneumonia");
        (hit.score, hit.path[0].clone())
    };
    let (before, step) = score(&Acceptance::default());
    let decided = |decisions| {
        let mut acceptance = Acceptance::default();
        acceptance.add(&step.phrase, code("J18.9"), decisions);
        score(&acceptance)
    };
    let (accepted, shown) = decided(Decisions { accepted: 6, rejected: 0 });
    let (rejected, _) = decided(Decisions { accepted: 0, rejected: 6 });
    assert!(accepted > before + 0.02, "{before} {accepted}");
    assert!(rejected < before - 0.02, "{before} {rejected}");
    assert_eq!(shown.accepted_here, 6);
}
