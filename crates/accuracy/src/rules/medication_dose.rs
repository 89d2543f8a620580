//! Doses of one medicine.

use chart::entry::EntryContent;

use super::Rule;
use crate::drug::{Drug, Said, at_discharge, drugs, in_list, named, said};
use crate::finding::{Finding, Passage};
use crate::reading::Reading;
use crate::written::thousandths;

/// # What it checks
/// Whether the papers and the list of the discharge give different doses of one medicine.
/// # Example
/// Glargine 22 units in the summary, 12 units in the instructions.
pub(super) const DISCHARGE: Rule = Rule {
    key: "medication-dose",
    title: "Dose differs at discharge",
    why: "The papers of the discharge give different doses of one medicine",
    source: "Joint Commission NPSG.03.06.01, medicines are compared at discharge",
    advice: "Ask the physician for the right dose, correct the wrong paper, and call the patient if they have left",
    check: at_leaving,
};

/// # What it checks
/// Whether the history gives another dose of a home medicine than the reconciliation.
pub(super) const HOME: Rule = Rule {
    key: "home-dose",
    title: "Home dose differs",
    why: "The history and the reconciliation give different doses of a medicine taken at home",
    source: "Joint Commission NPSG.03.06.01, medicines are compared at admission",
    advice: "Check the pharmacy's fills and the patient's bottle; note the right dose in an addendum",
    check: at_home,
};

/// A dose with where it is said.
struct Dose {
    value: i64,
    unit: String,
    passage: Passage,
}

impl Dose {
    fn of(said: &Said<'_>) -> Option<Self> {
        let (value, unit) = said.dose()?;
        Some(Self { value, unit: unit.to_lowercase(), passage: said.page.says(said.line) })
    }

    /// Whether both can be one dose: equal numbers, or units that are not the same.
    fn agrees(&self, other: &Self) -> bool {
        let [one, two] = [&self.unit, &other.unit].map(|unit| unit.trim_end_matches('s'));
        let comparable = one == two || one.is_empty() || two.is_empty();
        self.value == other.value || !comparable
    }
}

fn at_leaving(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let leaving = at_discharge(reading);
    let compare = |drug: Drug| {
        let taken = leaving.iter().filter(|one| one.drug() == Some(drug) && one.taken != Some(false));
        let mut doses: Vec<Dose> = taken.filter(|one| !one.when_needed()).filter_map(Dose::of).collect();
        doses.extend(listed(reading, drug, "discharge"));
        differing(rule, drug, doses)
    };
    drugs(&leaving).into_iter().filter_map(compare).collect()
}

fn at_home(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let history: Vec<Said<'_>> =
        reading.of(&["history-and-physical"]).flat_map(|page| said(page, in_list)).collect();
    let compare = |drug: Drug| {
        let said = history.iter().filter(|one| one.drug() == Some(drug) && !one.when_needed());
        let mut doses: Vec<Dose> = said.filter_map(Dose::of).take(1).collect();
        if !doses.is_empty() {
            doses.extend(reconciled(reading, drug));
            doses.extend(listed(reading, drug, "community"));
        }
        differing(rule, drug, doses)
    };
    drugs(&history).into_iter().filter_map(compare).collect()
}

/// What the reconciliation at admission says of a home medicine.
fn reconciled(reading: &Reading<'_>, drug: Drug) -> Vec<Dose> {
    let pages = reading.of(&["medication-reconciliation"]);
    let home = pages.flat_map(|page| {
        said(page, |line| {
            let heading = line.heading.to_lowercase();
            heading.starts_with("home") || heading.starts_with("admission")
        })
    });
    home.filter(|one| one.drug() == Some(drug)).filter_map(|one| Dose::of(&one)).collect()
}

/// The dose in the list of medications of this category.
fn listed(reading: &Reading<'_>, drug: Drug, category: &str) -> Vec<Dose> {
    let of_drug = reading.medications().filter(|(entry, one)| {
        entry.encounter.is_some()
            && one.category == category
            && one.end.is_none()
            && named(&one.what.text) == Some(drug)
    });
    let doses = of_drug.filter_map(|(entry, one)| {
        let shown = one.dose.shown();
        let (number, unit) = shown.split_once(' ')?;
        let EntryContent::Medication(_) = &entry.content else { return None };
        let passage = reading.entry(entry, format!("{} {}", one.what.text, one.direction));
        Some(Dose { value: thousandths(number)?, unit: unit.to_lowercase(), passage })
    });
    doses.collect()
}

fn differing(rule: &Rule, drug: Drug, doses: Vec<Dose>) -> Option<Finding> {
    let (at, other) = doses.iter().enumerate().find_map(|(at, one)| {
        let other = doses[..at].iter().position(|earlier| !earlier.agrees(one))?;
        Some((at, other))
    })?;
    let passages = vec![doses[other].passage.clone(), doses[at].passage.clone()];
    Some(Finding::new(rule, drug.name, format!("The dose of {} differs", drug.name), passages))
}
