//! One document of our own, and all that the desk says of it.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use suggest::Suggestion;

use crate::suggest;

/// One line for the suggestion, one for each passage, step and question.
fn print(suggestion: &Suggestion) -> String {
    let Suggestion { code, title, status, standing, .. } = suggestion;
    let mut text = format!("{} {title}: {standing:?}, {}\n", code.dotted(), status.name());
    for passage in &suggestion.evidence {
        let because = passage.because.as_deref().unwrap_or("plainly");
        let section = passage.section.as_deref().unwrap_or("no heading");
        let _ = writeln!(text, "  '{}' [{section}] {}: {because}", passage.words, passage.status.name());
    }
    for step in &suggestion.path {
        let _ = writeln!(text, "  {} {:?} {}/{}", step.phrase, step.entry, step.coded, step.seen);
    }
    for by in &suggestion.specified {
        let _ = writeln!(text, "  specified {by}");
    }
    for question in &suggestion.questions {
        let _ = writeln!(text, "  asks {}: {}", question.about, question.text);
    }
    text
}

/// After a change that is meant to show: `CHARTROOM_BLESS=1 cargo test -p suggest`, then read the difference.
#[test]
fn a_discharge_summary() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let document = fs::read_to_string(folder.join("discharge_summary.txt")).expect("the document");
    let found: String = suggest(Some("discharge-summary"), &document).iter().map(print).collect();
    let golden = folder.join("discharge_summary.golden");
    if std::env::var_os("CHARTROOM_BLESS").is_some() {
        fs::write(&golden, &found).expect("the golden file is written");
    }
    let expected = fs::read_to_string(&golden).expect("the golden file");
    assert_eq!(found, expected, "the desk says something else of the document");
}
