//! The rule `indicator-without-place`.

use super::{BRIEF, Draft, Finding, Part, Rule};

/// # What it checks
/// Whether every indicator names the document or entry it stands in.
/// # Why
/// The practitioner must be able to read it where it stands, and a reviewer to see that it does.
/// # Example
/// "Creatinine was high", with no result behind it.
pub(super) const RULE: Rule = Rule {
    key: "indicator-without-place",
    title: "Indicator without its place",
    advice: "Quote the document or result itself, so that the citation goes with it",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    let uncited = draft.ask.indicators.iter().enumerate().filter(|(_, one)| !one.is_cited());
    let finding = |(at, one): (usize, &chart::query::Indicator)| {
        let what = format!("“{}” names no document and no entry", one.quote);
        rule.finding(Part::Indicator(at), Some(0..one.quote.len()), what)
    };
    uncited.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{ask, found_by};

    #[test]
    fn an_indicator_can_be_opened() {
        assert!(found_by("indicator-without-place", &ask()).is_empty());
        let mut loose = ask();
        loose.indicators[0].entry = None;
        assert_eq!(
            found_by("indicator-without-place", &loose),
            ["“Creatinine 2.4 mg/dL” names no document and no entry"]
        );
    }
}
