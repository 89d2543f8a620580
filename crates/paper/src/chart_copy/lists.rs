//! Lists of entries: allergies, problems, medications, procedures, immunizations; and at the end orders and charges.

use chart::coded::system;
use chart::date::When;
use chart::entry::{
    Allergy, Charge, Diagnosis, DiagnosisRole, Entry, EntryContent, Immunization, Medication, Order,
    Procedure,
};

use super::shown::{Shown, coded, joined, names, plain, with_code};
use super::{ChartToPrint, Scope, heading};
use crate::sheet::{Block, Column, Level, Table};
use crate::words::{Style, Words};

type Row = Vec<String>;

/// What stands before the encounters.
pub(super) fn lists(chart: &ChartToPrint, shown: &Shown) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(list(
        chart,
        "Allergies and intolerances",
        &[("Substance", 2.0), ("Reaction", 2.0), ("Criticality", 1.0), ("Status", 1.0), ("Recorded", 1.8)],
        |content| if let EntryContent::Allergy(one) = content { Some(allergy(one, shown)) } else { None },
    ));
    blocks.extend(list(
        chart,
        "Problems and diagnoses",
        &[("Diagnosis", 3.2), ("Role", 1.0), ("Status", 1.2), ("Onset", 1.4), ("Recorded", 1.8)],
        |content| if let EntryContent::Diagnosis(one) = content { Some(diagnosis(one, shown)) } else { None },
    ));
    blocks.extend(list(
        chart,
        "Medications",
        &[("Medication", 2.4), ("Direction", 2.4), ("Status", 1.1), ("Period", 1.8), ("Ordered", 1.8)],
        |content| {
            if let EntryContent::Medication(one) = content { Some(medication(one, shown)) } else { None }
        },
    ));
    blocks.extend(list(
        chart,
        "Procedures",
        &[("Procedure", 3.0), ("When", 1.9), ("Status", 1.0), ("By", 1.5), ("Remarks", 1.6)],
        |content| if let EntryContent::Procedure(one) = content { Some(procedure(one, shown)) } else { None },
    ));
    blocks.extend(list(
        chart,
        "Immunizations",
        &[
            ("Vaccine", 2.6),
            ("When", 1.9),
            ("Status", 1.2),
            ("Lot and dose", 1.2),
            ("Given by, remarks", 1.6),
        ],
        |content| {
            if let EntryContent::Immunization(one) = content { Some(immunization(one, shown)) } else { None }
        },
    ));
    blocks
}

/// What stands at the end.
pub(super) fn late_lists(chart: &ChartToPrint, shown: &Shown) -> Vec<Block> {
    let mut blocks = list(
        chart,
        "Orders",
        &[("Order", 2.6), ("Ordered", 1.9), ("By", 1.4), ("Status", 1.1), ("Remarks", 2.0)],
        |content| if let EntryContent::Order(one) = content { Some(order(one, shown)) } else { None },
    );
    // Charges are the business record, not the health record.
    if chart.scope == Scope::Whole {
        blocks.extend(list(
            chart,
            "Charges",
            &[("What", 3.0), ("When", 1.9), ("Kind", 1.0), ("Quantity", 0.8), ("Amount, US$", 1.0)],
            |content| if let EntryContent::Charge(one) = content { Some(charge(one, shown)) } else { None },
        ));
    }
    blocks
}

/// A chapter with a table of the entries that `row` knows, by time. What was entered in error is struck through.
fn list(
    chart: &ChartToPrint,
    title: &str,
    columns: &[(&str, f32)],
    row: impl Fn(&EntryContent) -> Option<Row>,
) -> Vec<Block> {
    let mut entries: Vec<&Entry> = chart.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.content.at().map(When::sort_key), entry.id));
    let rows: Vec<Vec<Words>> =
        entries.into_iter().filter_map(|entry| Some(cells(row(&entry.content)?, entry.in_error))).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = columns.iter().map(|(title, share)| Column::new(*title, *share)).collect();
    vec![heading(Level::Chapter, title), Block::Table(Table { columns, rows })]
}

/// The cells of a row; those of a withdrawn entry are struck through and say so.
pub(super) fn cells(row: Row, in_error: bool) -> Vec<Words> {
    if !in_error {
        return row.into_iter().map(Words::from).collect();
    }
    let mut cells: Vec<Words> = row.into_iter().map(|text| Words::styled(Style::Struck, text)).collect();
    if let Some(first) = cells.first_mut() {
        *first = std::mem::take(first).then(Style::Italic, " entered in error");
    }
    cells
}

fn diagnosis(one: &Diagnosis, shown: &Shown) -> Row {
    let role = match one.role {
        DiagnosisRole::Problem => "Problem",
        DiagnosisRole::Admitting => "Admitting",
        DiagnosisRole::Working => "Working",
        DiagnosisRole::Discharge => "Discharge",
        DiagnosisRole::Billing => "Billing",
    };
    let on_admission = one.present_on_admission.as_ref().map(|flag| format!("present on admission {flag}"));
    let what = joined([
        with_code(&one.what, &[system::ICD10CM, system::ICD9CM, system::SNOMED]).as_str(),
        &coded(&one.severity),
        &coded(&one.sites),
        &on_admission.unwrap_or_default(),
        &one.note,
    ]);
    let status = joined([plain(&one.clinical_status).as_str(), &plain(&one.verification)]);
    let recorded = joined([shown.maybe(one.recorded).as_str(), &names(&one.by)]);
    vec![what, role.into(), status, shown.span(one.onset, one.abated), recorded]
}

fn medication(one: &Medication, shown: &Shown) -> Row {
    let what = joined([with_code(&one.what, &[]).as_str(), &coded(&one.reasons), &one.note]);
    let direction = match one.direction.as_str() {
        "" => joined([one.dose.shown().as_str(), &coded(&one.route), &one.frequency]),
        direction => direction.to_owned(),
    };
    let status = joined([plain(&one.category).as_str(), &plain(&one.status)]);
    let ordered = joined([shown.maybe(one.ordered).as_str(), &names(&one.by)]);
    vec![what, direction, status, shown.span(one.start, one.end), ordered]
}

fn allergy(one: &Allergy, shown: &Shown) -> Row {
    let what = joined([one.what.text.as_str(), &plain(&one.category), &one.note]);
    let onset = shown.maybe(one.onset);
    let onset = if onset.is_empty() { onset } else { format!("since {onset}") };
    let status = joined([plain(&one.status).as_str(), &onset]);
    let recorded = joined([shown.maybe(one.recorded).as_str(), &names(&one.by)]);
    vec![what, coded(&one.reactions), plain(&one.criticality), status, recorded]
}

fn procedure(one: &Procedure, shown: &Shown) -> Row {
    let what = joined([
        with_code(&one.what, &[system::ICD10PCS, system::CPT, system::SNOMED]).as_str(),
        &coded(&one.sites),
    ]);
    let remarks =
        joined([coded(&one.reasons).as_str(), &coded(&one.anesthesia), &coded(&one.outcome), &one.note]);
    vec![what, shown.span(one.start, one.end), plain(&one.status), names(&one.by), remarks]
}

fn immunization(one: &Immunization, shown: &Shown) -> Row {
    let status = joined([plain(&one.status).as_str(), &coded(&one.not_done_reason)]);
    let dose = joined([one.lot.as_str(), &one.dose.shown()]);
    let by = joined([names(&one.by).as_str(), &coded(&one.route), &coded(&one.site), &one.note]);
    vec![with_code(&one.what, &[system::CVX]), shown.maybe(one.at), status, dose, by]
}

fn order(one: &Order, shown: &Shown) -> Row {
    let verbal = one.verbal_to.as_ref().map(|to| match one.authenticated {
        Some(at) => format!("verbal, taken by {}, authenticated {}", to.name, shown.when(at)),
        None => format!("verbal, taken by {}, not authenticated", to.name),
    });
    let due = shown.maybe(one.due);
    let due = if due.is_empty() { due } else { format!("due {due}") };
    let remarks =
        joined([&due, &verbal.unwrap_or_default(), &coded(&one.reasons), &one.note].map(String::as_str));
    let status = joined([plain(&one.priority).as_str(), &plain(&one.status)]);
    vec![one.what.text.clone(), shown.maybe(one.ordered), names(&one.by), status, remarks]
}

fn charge(one: &Charge, shown: &Shown) -> Row {
    let what = joined([with_code(&one.what, &[]).as_str(), &coded(&one.procedure), &coded(&one.diagnoses)]);
    let amount = one.amount_cents.map(dollars).unwrap_or_default();
    vec![what, shown.maybe(one.at), plain(&one.category), one.quantity.clone(), amount]
}

/// `-12.05`, from cents.
fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_shown_as_dollars() {
        assert_eq!([5, -1205, 100].map(dollars), ["0.05", "-12.05", "1.00"]);
    }
}
