//! The rule `obstetric-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// Where codes of chapter 15 are there, one of them stands first.
/// # Why
/// Codes of pregnancy, childbirth and the puerperium have priority over all other chapters. If the pregnancy has
/// nothing to do with the encounter, the provider says so and Z33.1 stands in their place.
/// # Example
/// N39.0 before O23.43.
pub(super) const RULE: Rule = Rule { key: "obstetric-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if let Some(obstetric) = case.place(List::Obstetric).filter(|&place| place > 0) {
        let what = format!("{} stands before {}, a code of chapter 15.", case.name(0), case.name(obstetric));
        let what_to_do = "Put the obstetric code first; if the provider says that the pregnancy is incidental, code Z33.1 in place of it.";
        found.add(case, &[0, obstetric], what, what_to_do);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn chapter_15_has_priority() {
        crate::testing::check("obstetric-first", &["N390 O2343"], &["O2343 N390", "N390 Z331", "I10"]);
    }
}
