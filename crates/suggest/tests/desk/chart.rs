//! Several documents of one chart, and any text at all.

use proptest::prelude::*;
use suggest::{Acceptance, Document, Standing, Suggestion};

use crate::{DESK, code, suggest};

#[test]
fn a_code_stands_once_with_the_evidence_of_all_documents() {
    let documents = [
        Document { id: "x-ray", kind: Some("imaging-report"), text: "Pneumonia of the right lung." },
        Document { id: "summary", kind: Some("discharge-summary"), text: "Treated for pneumonia." },
    ];
    let found = DESK.suggest_chart(&documents, &Acceptance::default());
    let pneumonia: Vec<&Suggestion> = found.iter().filter(|found| found.code == code("J18.9")).collect();
    assert_eq!(pneumonia.len(), 1);
    assert_eq!(pneumonia[0].standing, Standing::Proposed, "one of them is a provider's statement");
    let documents: Vec<&str> =
        pneumonia[0].evidence.iter().map(|passage| passage.document.as_str()).collect();
    assert!(documents.contains(&"x-ray") && documents.contains(&"summary"), "{documents:?}");
}

#[test]
fn a_longer_phrase_hides_the_shorter_within_it() {
    let found = suggest(None, "Viral pneumonia.");
    let of_title = |suggestion: &Suggestion| suggestion.path.iter().any(|step| step.entry.is_some());
    assert!(found.iter().any(|found| found.code == code("J12.9") && of_title(found)));
    assert!(!found.iter().any(|found| found.code == code("J18.9") && of_title(found)));
}

#[test]
fn the_same_text_suggests_the_same() {
    let text = "Fever, cough and pneumonia of the left lung in a smoker with COPD.";
    assert_eq!(suggest(None, text), suggest(None, text));
}

#[test]
fn an_abbreviation_must_be_in_capitals() {
    let has = |text: &str| suggest(None, text).iter().any(|found| found.code == code("K92.2"));
    assert!(has("Known GIB."));
    assert!(!has("Known gib."));
}

/// Words that lead somewhere, among any others.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("pneumonia".to_owned()),
        Just("no".to_owned()),
        Just("right knee pain".to_owned()),
        Just("Family history:\n".to_owned()),
        Just("Ménière’s".to_owned()),
        "\\PC{0,6}",
    ];
    proptest::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_passage_is_in_it(text in any_text()) {
        for suggestion in suggest(None, &text) {
            for passage in suggestion.evidence {
                prop_assert_eq!(text.get(passage.start..passage.end), Some(passage.words.as_str()));
                let sentence = text.get(passage.sentence_start..passage.sentence_end);
                prop_assert_eq!(sentence, Some(passage.sentence.as_str()));
                prop_assert!(passage.sentence_start <= passage.start && passage.end <= passage.sentence_end);
            }
        }
    }
}
