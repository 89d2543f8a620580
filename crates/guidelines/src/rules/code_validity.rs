//! The rule `code-validity`.

use super::Rule;
use crate::case::{Case, Found, join};
use crate::facts::Standing;

/// # What it checks
/// Every diagnosis code exists, is no header, and may be reported on the day of discharge.
/// # Why
/// The code set of the day of discharge is the law's; a claim with another code comes back.
/// # Example
/// I50.2, a header of I50.20 to I50.23; E11.9 with a letter O in place of the zero.
pub(super) const RULE: Rule = Rule { key: "code-validity", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, _) in case.diagnoses() {
        let name = case.name(place);
        let (what, what_to_do) = match case.standing(place) {
            Standing::Valid | Standing::Seventh(_) => continue,
            Standing::Header(under) => (
                format!("{name} is a header: the diagnosis needs more characters."),
                format!(
                    "Code to the last character; under it stand {}.",
                    join(under.iter().map(|c| c.dotted()))
                ),
            ),
            Standing::OtherDays(days) => (
                format!("{name} may not be reported on this day; it was valid {days}."),
                "Find the code of the year that the day of discharge lies in.".to_owned(),
            ),
            Standing::Unknown => (
                format!("ICD-10-CM has no code {name}."),
                "Look for a slip of the pen: 0 and O, 1 and I, a character too many.".to_owned(),
            ),
        };
        found.add(case, &[place], what, what_to_do);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn headers_unknown_codes_and_other_years() {
        crate::testing::check(
            "code-validity",
            &["I502", "E11O9", "Q99999", "C50A0 | | 2025-01-15"],
            &["I5020", "S72001"],
        );
    }
}
