//! The rule `procedure-validity`.

use super::Rule;
use crate::case::{Case, Found, join};
use crate::facts::Standing;
use crate::finding::{Coded, Place};

/// # What it checks
/// Every procedure code has seven characters that a row of the ICD-10-PCS tables allows together, on the day of
/// discharge.
/// # Why
/// A code is built from one row of one table; a character of another row makes it no code.
/// # Example
/// 0JH60DY, a qualifier that the table does not have.
pub(super) const RULE: Rule = Rule { key: "procedure-validity", check };

/// The characters of an ICD-10-PCS code.
const LEN: usize = 7;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (at, procedure) in case.coding.procedures.iter().enumerate() {
        let code = procedure.code;
        let len = code.to_string().len();
        let (what, what_to_do) = match case.book.facts.procedure(code, case.day) {
            Standing::Valid => continue,
            Standing::OtherDays(days) => (
                format!("{code} may not be reported on this day; it was valid {days}."),
                "Build it from the tables of that year.".to_owned(),
            ),
            Standing::Header(under) => (
                format!("{code} has {len} of {LEN} characters."),
                format!(
                    "Choose the rest from its table, as in {}.",
                    join(under.iter().map(ToString::to_string))
                ),
            ),
            _ => (
                format!("No row of the tables allows {code}."),
                "Build it from its table, axis by axis.".to_owned(),
            ),
        };
        found.put(vec![Coded { place: Place::Procedure(at), code }], what, what_to_do);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_the_tables_allow() {
        crate::testing::check(
            "procedure-validity",
            &["I10 | 0JH60DY", "I10 | 0JH60", "I10 | XYZ"],
            &["I10 | 0JH60DZ", "I10"],
        );
    }
}
