//! The rule `unknown-primary`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// *Malignant neoplasm without specification of site* does not stand beside a primary neoplasm whose site is coded.
/// # Why
/// C80.1 is for the cases in which no primary site can be found.
/// # Example
/// C80.1 with C34.11.
pub(super) const RULE: Rule = Rule { key: "unknown-primary", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if let (Some(unknown), Some(primary)) =
        (case.place(List::UnknownPrimary), case.place(List::PrimaryNeoplasm))
    {
        let what = format!(
            "{} says that the primary site is unknown, {} names one.",
            case.name(unknown),
            case.name(primary)
        );
        found.add(
            case,
            &[unknown, primary],
            what,
            format!(
                "Leave {} out unless there is a second primary neoplasm of unknown site.",
                case.name(unknown)
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_known_site_is_not_unknown() {
        crate::testing::check("unknown-primary", &["C801 C3411"], &["C801 C787", "C3411 C787"]);
    }
}
