//! The rule `birth-record`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Setting;
use crate::list::List;

/// # What it checks
/// The record of a birth has one code of Z38, and it stands first; no other record has one.
/// # Why
/// Z38 is assigned once in a life, by the hospital in which the child is born.
/// # Example
/// A newborn's record with P59.9 first and Z38.00 after it.
pub(super) const RULE: Rule = Rule { key: "birth-record", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let births: Vec<usize> = case.places(List::Birth).collect();
    match (births.as_slice(), case.coding.setting) {
        ([], Setting::Newborn) if !case.codes.is_empty() => {
            found.add(
                case,
                &[0],
                "The record of a birth has no code of Z38.",
                "Put the code of Z38 for place and kind of birth first.",
            );
        }
        ([_, _, ..], _) => {
            let what = format!("The birth is coded more than once: {}.", case.names(&births));
            found.add(case, &births, what, "Keep one.");
        }
        ([birth], Setting::Newborn) if *birth > 0 => {
            let what = format!("{} stands after {}.", case.name(*birth), case.name(0));
            found.add(case, &[*birth, 0], what, "Put it first.");
        }
        ([birth], setting) if setting != Setting::Newborn => {
            let what = format!("{} is on a record that is not that of the birth.", case.name(*birth));
            found.add(case, &[*birth], what, "Leave it out, or say that this is the birth of the patient: a later stay or another hospital does not code it again.");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn once_and_first_at_birth() {
        crate::testing::check(
            "birth-record",
            &["P599 Z3800 | | newborn", "P599 | | newborn", "Z3800 Z3801 | | newborn", "P599 Z3800"],
            &["Z3800 P599 | | newborn", "P599", "O80 Z370 | | obstetric-delivery"],
        );
    }
}
