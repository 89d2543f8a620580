//! The rule `claim-limits`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::ClaimKind;
use crate::finding::{Coded, Place};

/// # What it checks
/// A claim has no more codes than its form has places: 25 diagnoses and 25 procedures on an institutional claim, 12
/// diagnoses on a professional one. The figures are rows of `data/guidelines/limit.tsv`. The hospital's own record has no
/// limit.
/// # Why
/// What does not fit is cut off, and with it perhaps what the DRG or the severity rests on.
/// # Example
/// Twenty-six diagnoses.
pub(super) const RULE: Rule = Rule { key: "claim-limits", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let (diagnoses, procedures) = match case.coding.claim {
        ClaimKind::Institutional => ("institutional-diagnoses", "institutional-procedures"),
        ClaimKind::Professional => ("professional-diagnoses", "professional-procedures"),
        ClaimKind::Record => return,
    };
    let codes = case.codes.iter().enumerate().map(|(at, &code)| Coded { place: Place::Diagnosis(at), code });
    too_many(case, found, diagnoses, "diagnoses", codes.collect());
    let codes = case.coding.procedures.iter().enumerate();
    let codes = codes.map(|(at, procedure)| Coded { place: Place::Procedure(at), code: procedure.code });
    too_many(case, found, procedures, "procedures", codes.collect());
}

fn too_many(case: &Case<'_>, found: &mut Found<'_>, limit: &str, name: &str, codes: Vec<Coded>) {
    let Some(limit) = case.limit(limit) else { return };
    let (count, most) = (codes.len(), usize::from(limit.value));
    if count > most {
        let what = format!("{count} {name}; the claim has places for {most}.");
        let what_to_do =
            "Put those first that the care and the payment rest on; the rest stay in the record.".to_owned();
        found.put(codes[most..].to_vec(), what, what_to_do).cited(&limit.citation);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_many_as_the_form_has_places() {
        let many = |count: usize| vec!["I10"; count].join(" ");
        let (full, over) = (many(25), many(26));
        let in_record = format!("{over} | | record");
        let professional = format!("{} | | professional", many(13));
        crate::testing::check("claim-limits", &[&over, &professional], &[&full, &in_record]);
    }
}
