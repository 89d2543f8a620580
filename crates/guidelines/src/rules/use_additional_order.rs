//! The rule `use-additional-order`.

use super::Rule;
use crate::case::{Case, Found};
use crate::note::NoteKind;

/// # What it checks
/// The principal or first-listed diagnosis is not a code that another diagnosis asks for as an *additional* one.
/// # Why
/// The additional code says more about the other and follows it, unless it was itself what the encounter was for.
/// # Example
/// B96.20 before N39.0; Z79.4 before E11.9.
pub(super) const RULE: Rule = Rule { key: "use-additional-order", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for place in 1..case.codes.len() {
        let named = super::named(case, place, NoteKind::UseAdditional);
        let mutual = super::named(case, 0, NoteKind::UseAdditional).iter().any(|&(other, _)| other == place);
        if let Some((_, note)) = named.into_iter().find(|&(other, _)| other == 0 && !mutual) {
            let what = format!(
                "{} is the {}, and {} asks for it as an additional code.",
                case.name(0),
                case.first_word(),
                case.name(place)
            );
            let what_to_do = format!(
                "Put {} first, unless {} was itself what the encounter was for.",
                case.name(place),
                case.name(0)
            );
            found.add(case, &[0, place], what, what_to_do).by_note(note);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_additional_code_follows() {
        crate::testing::check(
            "use-additional-order",
            &["B9620 N390", "Z794 E119"],
            &["N390 B9620", "I10 B9620 N390", "J189 E119"],
        );
    }
}
