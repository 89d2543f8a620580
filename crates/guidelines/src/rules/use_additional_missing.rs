//! The rule `use-additional-missing`.

use super::Rule;
use crate::case::{Case, Found};
use crate::note::NoteKind;

/// # What it checks
/// A *use additional code* note that sets no condition (*if applicable*, *if known*) and names codes has one of them
/// beside its code.
/// # Why
/// Without the additional code the diagnosis is told by half.
/// # Example
/// I12.9 without the stage of the kidney disease, N18.-.
pub(super) const RULE: Rule = Rule { key: "use-additional-missing", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for place in 0..case.codes.len() {
        for (note, group) in super::open_notes(case, place, NoteKind::UseAdditional) {
            let what = format!("{} asks for an additional code: {}.", case.name(place), super::asked(&group));
            found.add(case, &[place], what, "Add the code if the record names the condition.").by_note(note);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_stage_goes_with_the_disease() {
        crate::testing::check("use-additional-missing", &["I129"], &["I129 N183", "A000"]);
    }
}
