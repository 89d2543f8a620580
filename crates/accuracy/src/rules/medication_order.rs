//! What was given without an order.

use super::Rule;
use crate::drug::{Drug, drugs, named, said};
use crate::finding::Finding;
use crate::reading::Reading;

/// # What it checks
/// Whether the administration record shows a drug for which the chart has neither an order nor a medication entry.
/// # Why
/// Drugs are given on the order of a practitioner responsible for the patient.
pub(super) const RULE: Rule = Rule {
    key: "medication-without-order",
    title: "Given without an order",
    why: "The administration record shows a drug that nobody ordered in this chart",
    source: "42 CFR 482.23(c)(1), drugs are given on the order of the practitioner responsible",
    advice: "Find the order, or ask the nurse and the physician; if there was none, it is a matter for risk management",
    check,
};

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let given: Vec<_> =
        reading.of(&["medication-administration-record"]).flat_map(|page| said(page, |_| true)).collect();
    let ordered = |drug: Drug| {
        let listed = reading.medications().any(|(_, one)| named(&one.what.text) == Some(drug));
        let written = reading
            .pages()
            .filter(|page| page.kind != "medication-administration-record")
            .any(|page| said(page, |_| true).iter().any(|one| one.is_about(drug)));
        listed
            || written
            || reading.entries.iter().any(|entry| named(&entry.content.what().text) == Some(drug))
    };
    let without = drugs(&given).into_iter().filter(|drug| !ordered(*drug));
    without
        .filter_map(|drug| {
            let one = given.iter().find(|one| one.drug() == Some(drug))?;
            let what = format!("{} was given, and the chart has no order for it", drug.name);
            let stay = reading.stay(format!("No order or medication entry names {}", drug.name))?;
            Some(Finding::new(rule, drug.name, what, vec![one.page.says(one.line), stay]))
        })
        .collect()
}
