//! Service lines: form locators 42 to 49.

use exchange::x12::{InstitutionalClaim, ServiceLine};

use super::{dollars, locator, row, short_day};
use crate::sheet::{FormBox, FormRow};

/// Shares of the columns: 42, 43, 44, 45, 46, 47, 48, 49.
const SHARES: [f32; 8] = [1.0, 2.6, 2.0, 1.2, 1.0, 1.6, 1.6, 0.8];

/// A row with the names of the columns, one for each line, and line 23 with the totals.
pub(super) fn rows(claim: &InstitutionalClaim) -> Vec<FormRow> {
    let names = [
        ("42", "Rev. cd."),
        ("43", "Description"),
        ("44", "HCPCS / rate / HIPPS code"),
        ("45", "Serv. date"),
        ("46", "Serv. units"),
        ("47", "Total charges"),
        ("48", "Non-covered charges"),
        ("49", "Reserved"),
    ];
    let names = names.into_iter().zip(SHARES).map(|((number, name), share)| locator(number, name, share, ""));
    let mut rows = vec![row(names)];
    rows.extend(claim.lines.iter().map(line));
    let non_covered = claim.lines.iter().filter_map(|line| line.non_covered).sum();
    let totals = [
        "0001".to_owned(),
        "Totals".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        dollars(claim.total_charges),
        dollars(non_covered),
        String::new(),
    ];
    rows.push(cells(totals));
    rows
}

fn line(line: &ServiceLine) -> FormRow {
    let procedure = std::iter::once(&line.hcpcs).chain(&line.modifiers);
    let procedure: Vec<&str> = procedure.map(String::as_str).filter(|part| !part.is_empty()).collect();
    cells([
        line.revenue_code.clone(),
        String::new(),
        procedure.join(" "),
        short_day(line.service.map(|service| service.first)),
        line.units.normalize().to_string(),
        dollars(line.charge),
        line.non_covered.map_or_else(String::new, dollars),
        String::new(),
    ])
}

/// Boxes without number and name.
fn cells(texts: [String; 8]) -> FormRow {
    let cell = |(text, share): (String, f32)| FormBox { text: text.into(), share, ..FormBox::default() };
    row(texts.into_iter().zip(SHARES).map(cell))
}
