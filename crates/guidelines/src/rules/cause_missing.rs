//! The rule `cause-missing`.

use super::Rule;
use crate::case::{Case, Found, join};
use crate::facts::Mark;
use crate::note::NoteKind;

/// # What it checks
/// A manifestation has one of the diseases beside it that its *code first* notes name.
/// # Why
/// A manifestation is coded together with its cause. The other half is missing, or the code is the wrong one.
/// # Example
/// F02.80 without G30.-, G20.- or another disease of its list.
pub(super) const RULE: Rule = Rule { key: "cause-missing", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for place in (0..case.codes.len()).filter(|&place| case.has_mark(place, Mark::Manifestation)) {
        let notes = case.notes[place].iter().map(|governing| governing.note);
        let asking: Vec<_> = notes.filter(|note| note.kind == NoteKind::CodeFirst).collect();
        let names_codes = asking.iter().any(|note| !note.targets.is_empty());
        // A note without codes ("underlying disease, such as:") leaves the choice to the coder: any earlier code may be it.
        let is_open = asking.iter().any(|note| note.targets.is_empty()) && place > 0;
        if names_codes && !is_open && super::named(case, place, NoteKind::CodeFirst).is_empty() {
            let what = format!(
                "{} is a manifestation, and none of the diseases that its note names is coded.",
                case.name(place)
            );
            let named =
                join(asking.iter().filter(|note| !note.targets.is_empty()).map(|note| note.text.clone()));
            let finding = found.add(
                case,
                &[place],
                what,
                "Code the disease that causes it, before it; if none is documented, ask the provider.",
            );
            finding.because(format!("its note names {named}"));
            if let Some(note) = asking.first() {
                finding.by_note(note);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_manifestation_has_its_cause() {
        crate::testing::check("cause-missing", &["J17", "I39"], &["A379 J17", "I10", "G309 F0280"]);
    }
}
