//! The rule `prior-encounter`.

use chart::query::Indicator;

use super::{BRIEF, Draft, Finding, Part, Rule};

/// # What it checks
/// Whether a query that quotes another encounter says why that is clinically pertinent now.
/// # Why
/// What was true at an earlier visit may be so no longer; it may be quoted only where it bears on this one.
/// # Example
/// An ejection fraction of two years ago, quoted without a word on why it matters today.
pub(super) const RULE: Rule = Rule {
    key: "prior-encounter",
    title: "Information of another encounter without a reason",
    advice: "Say why it is clinically pertinent to this encounter, or take it out",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    if !draft.ask.prior_reason.trim().is_empty() {
        return Vec::new();
    }
    let here = draft.view.encounter;
    let is_prior = |one: &Indicator| one.encounter.is_some_and(|encounter| encounter != here);
    let prior = draft.ask.indicators.iter().enumerate().filter(|(_, one)| is_prior(one));
    let finding = |(at, one): (usize, &Indicator)| {
        let what = format!("“{}” is of another encounter, and no reason is given", one.quote);
        rule.finding(Part::Indicator(at), Some(0..one.quote.len()), what)
    };
    prior.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use chart::id::EncounterId;

    use crate::lint::testing::{ask, found_by};

    #[test]
    fn another_encounter_is_quoted_with_a_reason() {
        assert!(found_by("prior-encounter", &ask()).is_empty());
        let mut prior = ask();
        prior.indicators[0].encounter = Some(EncounterId::from_bits(99));
        assert_eq!(
            found_by("prior-encounter", &prior),
            ["“Creatinine 2.4 mg/dL” is of another encounter, and no reason is given"]
        );
        prior.prior_reason = "The baseline of the kidney function".into();
        assert!(found_by("prior-encounter", &prior).is_empty());
    }
}
