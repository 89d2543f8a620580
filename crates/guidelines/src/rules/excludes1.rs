//! The rule `excludes1`.

use std::collections::BTreeSet;

use super::Rule;
use crate::case::{Case, Found};
use crate::note::{Note, NoteKind};

/// # What it checks
/// Two codes of which one stands under an Excludes1 note, its own or of any place above it, that names the other.
/// The note often names less than the whole code; its words are shown. An Excludes2 note raises nothing.
/// # Why
/// The two cannot be the same condition. Where they are unrelated, both may stay, with the reason written down.
/// # Example
/// R10.9 with K35.80; B20 with Z21.
pub(super) const RULE: Rule = Rule { key: "excludes1", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let mut seen = BTreeSet::new();
    for place in 0..case.codes.len() {
        for (other, note) in super::named(case, place, NoteKind::Excludes1) {
            if seen.insert((place.min(other), place.max(other))) {
                add(case, found, (place, other), note);
            }
        }
    }
}

fn add(case: &Case<'_>, found: &mut Found<'_>, (place, other): (usize, usize), note: &Note) {
    let (one, two) = (case.name(place), case.name(other));
    let what =
        format!("{one} and {two}: the note at {} excludes '{}'.", super::place_name(&note.node), note.text);
    let what_to_do = format!(
        "If both describe one condition, keep the code that the note points to. If they are unrelated, or {two} is here \
         for something other than the note says, keep both and write down why; if unclear, ask the provider."
    );
    found.add(case, &[place, other], what, what_to_do).by_note(note);
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, findings};

    #[test]
    fn pairs_are_found_once_wherever_the_note_stands() {
        check(
            "excludes1",
            &["B20 Z21", "Z21 B20", "R109 R52", "A049 A1832"],
            &["E119 I10", "J440 J189", "A049 A049"],
        );
        assert_eq!(findings("excludes1", "B20 Z21").len(), 1);
    }

    #[test]
    fn excludes2_raises_nothing() {
        // A00-B99 excludes2 influenza (J00-J22) at the head of the chapter.
        check("excludes1", &[], &["A099 J209"]);
    }

    #[test]
    fn the_finding_shows_the_note_that_narrows_it() {
        let found = findings("excludes1", "A049 A1832");
        let note = found[0].reference.note.as_ref().unwrap();
        assert_eq!((note.node.as_str(), note.text.as_str()), ("A04", "tuberculous enteritis (A18.32)"));
        assert!(found[0].may_override && found[0].what.contains("tuberculous enteritis"));
    }
}
