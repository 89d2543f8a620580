//! The rules, one file each. A rule's doc comment is its page of the manual.

use crate::finding::Finding;
use crate::reading::Reading;

mod allergy;
mod another_patient;
mod anticoagulant;
mod blood_loss;
mod body_measures;
mod contradiction;
mod copied;
mod date;
mod death_time;
mod disposition;
mod do_not_use;
mod family_history;
mod home_medication;
mod incident_report;
mod laterality;
mod malignancy;
mod medication_date;
mod medication_dose;
mod medication_list;
mod medication_order;
mod medication_plan;
mod pending;
mod pressure_injury;
mod see_list;
mod sex;
mod stated_age;
mod uncertain;
mod value;
mod ventilation;

pub(crate) use another_patient::Verdict;

/// A rule: what it is called, why it exists, what to do, and the function that looks.
pub struct Rule {
    /// Its key, kept with every finding.
    pub key: &'static str,
    /// What it looks for, as a title.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// Whose rule it is.
    pub source: &'static str,
    /// What to do with a finding.
    pub advice: &'static str,
    pub(crate) check: fn(&Rule, &Reading<'_>) -> Vec<Finding>,
}

/// Every rule, in the order findings are shown: first what may be another patient's, last what is a matter of form.
pub const RULES: &[Rule] = &[
    another_patient::MISFILED,
    another_patient::NAMED,
    another_patient::BIRTH,
    sex::RULE,
    body_measures::RULE,
    date::RULE,
    laterality::RULE,
    allergy::RULE,
    medication_plan::RULE,
    medication_dose::DISCHARGE,
    medication_dose::HOME,
    medication_date::RULE,
    medication_list::RULE,
    home_medication::RULE,
    anticoagulant::RULE,
    medication_order::RULE,
    malignancy::RULE,
    pending::UNLISTED,
    pending::NEVER_DRAWN,
    value::RULE,
    death_time::RULE,
    disposition::RULE,
    ventilation::RULE,
    blood_loss::RULE,
    pressure_injury::RULE,
    contradiction::RULE,
    family_history::RULE,
    uncertain::RULE,
    copied::RULE,
    stated_age::RULE,
    see_list::RULE,
    incident_report::RULE,
    do_not_use::RULE,
];

/// What a record must be: 42 CFR 482.24(c), conditions of participation, medical record services.
const ACCURATE: &str =
    "42 CFR 482.24(b) and (c): the record is accurate, complete and supports the diagnosis";
/// Our own rule of the department, where no text of law names the case.
const HOUSE: &str = "qualitative analysis of the department";

/// Whether a sentence takes back what it says: `no`, `denies`, `not hers`.
fn negated_before(text: &str, at: usize) -> bool {
    const NEGATIONS: [&str; 12] = [
        "no", "not", "without", "denies", "denied", "negative", "never", "nor", "ruled", "none", "free",
        "absent",
    ];
    let mut from = at.saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let clause = text[from..at].rsplit([',', ';', '.', ':']).next().unwrap_or_default();
    clause.split_whitespace().any(|word| NEGATIONS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_key_of_its_own_and_says_why() {
        let keys: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.key).collect();
        assert_eq!(keys.len(), RULES.len());
        for rule in RULES {
            assert!(
                !rule.why.is_empty() && !rule.source.is_empty() && !rule.advice.is_empty(),
                "{}",
                rule.key
            );
        }
    }

    #[test]
    fn a_negation_reaches_to_the_comma() {
        assert!(negated_before("No history of abscess", 14));
        assert!(!negated_before("No fever, abscess", 10));
    }
}
