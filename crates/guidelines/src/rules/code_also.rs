//! The rule `code-also`.

use super::Rule;
use crate::case::{Case, Found};
use crate::note::NoteKind;

/// # What it checks
/// A *code also* note that sets no condition (*if applicable*, *any*) and names codes has one of them beside its code.
/// # Why
/// Two codes may be needed; which comes first depends on the encounter.
/// # Example
/// G31.2, degeneration of the nervous system due to alcohol, without F10.-.
pub(super) const RULE: Rule = Rule { key: "code-also", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for place in 0..case.codes.len() {
        for (note, group) in super::open_notes(case, place, NoteKind::CodeAlso) {
            let what = format!("{} may need a second code: {}.", case.name(place), super::asked(&group));
            found
                .add(
                    case,
                    &[place],
                    what,
                    "Add the code if the record names the condition; the order is that of the encounter.",
                )
                .by_note(note);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_second_code_is_thought_of() {
        crate::testing::check("code-also", &["G312"], &["G312 F1020", "F1020 G312", "I10"]);
    }
}
