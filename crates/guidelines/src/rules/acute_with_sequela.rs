//! The rule `acute-with-sequela`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;
use crate::span::{prefix, seventh};

/// # What it checks
/// The same injury is not coded both as a present one and as a sequela.
/// # Why
/// The code for the acute phase is never used with the code for its late effect.
/// # Example
/// S72.001A with S72.001S.
pub(super) const RULE: Rule = Rule { key: "acute-with-sequela", check };

/// The characters before the seventh.
const STEM_LEN: usize = 6;

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let injuries: Vec<usize> =
        case.places(List::Injury).filter(|&at| seventh(case.codes[at]).is_some()).collect();
    for &late in injuries.iter().filter(|&&at| seventh(case.codes[at]) == Some(b'S')) {
        let stem = prefix(case.codes[late], STEM_LEN);
        let acute = injuries.iter().find(|&&at| {
            at != late && prefix(case.codes[at], STEM_LEN) == stem && seventh(case.codes[at]) != Some(b'S')
        });
        if let Some(&acute) = acute {
            let what = format!(
                "{} and {} code one injury as present and as past.",
                case.name(late),
                case.name(acute)
            );
            found.add(case, &[late, acute], what, "Keep the one that the encounter was for.");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_injury_is_present_or_past() {
        crate::testing::check(
            "acute-with-sequela",
            &["S72001A S72001S"],
            &["S72001A S72002S", "S72001A S72001A", "M2550 S72001S"],
        );
    }
}
