//! The rule `procedure-date`.

use jiff::ToSpan;

use super::Rule;
use crate::case::{Case, Found};
use crate::finding::{Coded, Place};

/// # What it checks
/// A procedure's day lies between admission and discharge, or within the three days before admission whose outpatient
/// services Medicare pays with the stay. The days are a row of `data/guidelines/limit.tsv`.
/// # Why
/// A day outside is a slip of the pen or a procedure of another stay; payers return the claim.
/// # Example
/// A procedure on the day after discharge.
pub(super) const RULE: Rule = Rule { key: "procedure-date", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let (Some(admitted), Some(window)) = (case.coding.admitted, case.limit("payment-window-days")) else {
        return;
    };
    let first = admitted.checked_sub(i64::from(window.value).days()).unwrap_or(admitted);
    let last = case.coding.discharged;
    for (at, procedure) in case.coding.procedures.iter().enumerate() {
        let Some(day) = procedure.date.filter(|day| !(first..=last).contains(day)) else { continue };
        let what = format!("{} on {day} lies outside the stay of {admitted} to {last}.", procedure.code);
        let what_to_do =
            format!("Check the day; {} days before admission are within the payment window.", window.value);
        found
            .put(vec![Coded { place: Place::Procedure(at), code: procedure.code }], what, what_to_do)
            .cited(&window.citation);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn within_the_stay_or_three_days_before() {
        crate::testing::check(
            "procedure-date",
            &[
                "I10 | 0JH60DZ@2026-11-04 | admitted=2026-11-01",
                "I10 | 0JH60DZ@2026-10-28 | admitted=2026-11-01",
            ],
            &[
                "I10 | 0JH60DZ@2026-11-03 | admitted=2026-11-01",
                "I10 | 0JH60DZ@2026-10-29 | admitted=2026-11-01",
                "I10 | 0JH60DZ | admitted=2026-11-01",
                "I10 | 0JH60DZ@2026-11-04",
            ],
        );
    }
}
