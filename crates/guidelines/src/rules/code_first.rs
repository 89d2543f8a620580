//! The rule `code-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::note::NoteKind;

/// # What it checks
/// Where a *code first* note names a code that is there, it stands before the code that has the note.
/// # Why
/// The note sets the order: the cause, then what it causes.
/// # Example
/// G63, polyneuropathy in diseases classified elsewhere, before E85.1; F02.80 before G20.A1.
pub(super) const RULE: Rule = Rule { key: "code-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for place in 0..case.codes.len() {
        let named = super::named(case, place, NoteKind::CodeFirst);
        let stands_before = named.iter().any(|&(other, _)| other < place);
        if let Some(&(other, note)) = named.first().filter(|_| !stands_before) {
            let what = format!(
                "{} stands before {}, which the note at it asks for first.",
                case.name(place),
                case.name(other)
            );
            let what_to_do = format!("Put {} before {}.", case.name(other), case.name(place));
            found.add(case, &[place, other], what, what_to_do).by_note(note);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_cause_stands_before() {
        crate::testing::check(
            "code-first",
            &["F0280 G309", "I10 F0280 G309"],
            &["G309 F0280", "G309 I10 F0280", "F0280"],
        );
    }
}
