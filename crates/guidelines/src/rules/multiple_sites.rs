//! The rule `multiple-sites`.

use super::Rule;
use crate::case::{Case, Found};

/// # What it checks
/// A code for multiple sites does not stand beside a code for one of the sites of the same condition.
/// # Why
/// Sites that are documented are coded one by one; *multiple sites*, which means two or more, is for the record that does
/// not name them.
/// # Example
/// M05.79 with M05.761.
pub(super) const RULE: Rule = Rule { key: "multiple-sites", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, &code) in case.codes.iter().enumerate() {
        let Some(row) = case.book.facts.multiple_sites(code) else { continue };
        let is_site =
            |&at: &usize| at != place && case.codes[at] != code && case.codes[at].starts_with(row.header);
        if let Some(site) = (0..case.codes.len()).find(is_site) {
            let what = format!("{} says multiple sites, {} names one.", case.name(place), case.name(site));
            found.add(
                case,
                &[place, site],
                what,
                "Code each documented site, and leave multiple sites out if all are named.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn named_sites_are_coded_one_by_one() {
        crate::testing::check(
            "multiple-sites",
            &["M0579 M05761"],
            &["M05761 M05762", "M0579", "M0579 M0609"],
        );
    }
}
