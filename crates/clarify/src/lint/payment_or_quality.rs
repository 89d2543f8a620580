//! The rule `payment-or-quality`.

use super::words::{MEASURE, MONEY};
use super::{BRIEF, Draft, Finding, Part, Rule};

/// # What it checks
/// Whether title, question or choices speak of payment, of groups and their weights, or of quality measures and
/// scores.
/// # Why
/// An answer must rest on clinical judgment alone; what it would change must not be known to who gives it.
/// # Example
/// "Documenting this would add an MCC and change the DRG."
pub(super) const RULE: Rule = Rule {
    key: "payment-or-quality",
    title: "Words about payment or quality measures",
    advice: "Take the words out: a query asks what was treated, not what it is worth",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    draft.own_words().flat_map(|(part, text)| of_text(rule, part, text)).collect()
}

fn of_text(rule: &Rule, part: Part, text: &str) -> Vec<Finding> {
    let lists = [(&MONEY, "payment"), (&MEASURE, "quality measures or scores")];
    let found = lists.into_iter().flat_map(|(words, of)| words.find_iter(text).map(move |one| (one, of)));
    let finding = |(one, of): (regex::Match<'_>, &str)| {
        rule.finding(part, Some(one.range()), format!("“{}” speaks of {of}", one.as_str()))
    };
    found.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{ask, marked};

    #[test]
    fn clinical_words_pass() {
        let mut clinical = ask();
        clinical.question = "Which severity had the malnutrition? 5 cc of fluid were given.".into();
        assert!(marked("payment-or-quality", &clinical).is_empty());
    }

    #[test]
    fn words_of_money_and_measures_are_marked_wherever_they_stand() {
        let mut paid = ask();
        paid.title = "DRG clarification".into();
        paid.question = "This would be an MCC and improve the quality score.".into();
        paid.choices[0].text = "Sepsis (higher reimbursement)".into();
        assert_eq!(marked("payment-or-quality", &paid), ["DRG", "MCC", "quality score", "reimbursement"]);
    }
}
