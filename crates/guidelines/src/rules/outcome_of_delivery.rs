//! The rule `outcome-of-delivery`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Setting;
use crate::finding::{Coded, Place};
use crate::list::List;

/// # What it checks
/// A record of a delivery (O80, O82, a delivery procedure, or an encounter for delivery) has exactly one outcome of
/// delivery, Z37.-; another record has none; and it never stands first.
/// # Why
/// The outcome belongs to the mother's record of the delivery and to no other.
/// # Example
/// O80 with Z3A.39 alone.
pub(super) const RULE: Rule = Rule { key: "outcome-of-delivery", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let outcomes: Vec<usize> = case.places(List::Outcome).collect();
    match (outcomes.as_slice(), delivery(case)) {
        ([], Some(delivered)) => {
            let what = "A delivery has no outcome coded.".to_owned();
            found.put(delivered, what, "Add the code of Z37 for what was born.".to_owned());
        }
        ([_, _, ..], _) => {
            let what = format!("More than one outcome of delivery: {}.", case.names(&outcomes));
            found.add(case, &outcomes, what, "Keep the one code of Z37 that tells all that were born.");
        }
        ([0], _) => {
            let what = format!("{} stands first.", case.name(0));
            found.add(case, &[0], what, "Put what the mother was admitted for first.");
        }
        ([outcome], None) if !case.has(List::Obstetric) => {
            let what = format!("{} tells a delivery on a record that has none.", case.name(*outcome));
            found.add(
                case,
                &[*outcome],
                what,
                "Leave it out: it belongs to the mother's record of the delivery.",
            );
        }
        _ => {}
    }
}

/// What says that a delivery took place; `None` if nothing does.
fn delivery(case: &Case<'_>) -> Option<Vec<Coded>> {
    let diagnosis =
        case.place(List::Delivery).map(|at| Coded { place: Place::Diagnosis(at), code: case.codes[at] });
    let procedure = case
        .coding
        .procedures
        .iter()
        .enumerate()
        .find(|(_, procedure)| case.is(procedure.code, List::DeliveryProcedure));
    let procedure =
        procedure.map(|(at, procedure)| Coded { place: Place::Procedure(at), code: procedure.code });
    let said: Vec<Coded> = diagnosis.into_iter().chain(procedure).collect();
    (!said.is_empty() || case.coding.setting == Setting::ObstetricDelivery).then_some(said)
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_outcome_for_each_delivery() {
        crate::testing::check(
            "outcome-of-delivery",
            &[
                "O80 Z3A39",
                "O701 | 10E0XZZ",
                "O80 Z370 Z372",
                "Z370 O80",
                "I10 Z370",
                "O701 | | obstetric-delivery",
            ],
            &["O80 Z370 Z3A39", "O701 Z370 | 10E0XZZ", "O2343", "I10"],
        );
    }
}
