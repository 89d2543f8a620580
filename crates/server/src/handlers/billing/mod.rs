//! Claims, who bills, and what payers answer.

pub(crate) mod api;
pub(crate) mod biller;
pub(crate) mod claim;
pub(crate) mod payments;

use workflow::billing::{Adjustment, RemittedClaim, adjustment_reason, remark_words, remittance_words};

use crate::pages::parts::{Cell, Table};

/// `1234.50` for 123450 cents.
fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// What was done with a claim, in words.
fn status(claim: &RemittedClaim) -> &'static str {
    remittance_words("status", claim.status.code()).unwrap_or("status not in the table")
}

/// Everything that was taken off claims, with its words and what to do about a denial.
fn adjustments<'c>(claims: impl Iterator<Item = &'c RemittedClaim>) -> Table {
    let columns = ["Reason", "Amount", "Who bears it", "Denial", "What to do"];
    let rows = claims.flat_map(|claim| {
        let taken = claim.all_adjustments().map(|(line, one)| adjustment(line, one));
        taken.chain(claim.remarks.iter().map(|code| remark(code))).collect::<Vec<_>>()
    });
    Table::new("Taken off, and why", &columns, "Nothing was taken off.").rows(rows)
}

fn adjustment(line: Option<usize>, one: &Adjustment) -> Vec<Cell> {
    let words = adjustment_reason(&one.reason).map_or("reason not in the table", |row| row.words);
    let place = line.map_or_else(String::new, |line| format!(", line {}", line + 1));
    let denial = one.denial();
    vec![
        Cell::new(format!("{}-{}", one.group, one.reason)).note(format!("{words}{place}")),
        Cell::new(format!("{:.2}", one.amount)).number(),
        Cell::new(remittance_words("group", &one.group).unwrap_or(&one.group)),
        Cell::new(denial.map_or("", |category| category.title)),
        Cell::new(denial.map_or("", |category| category.next)),
    ]
}

fn remark(code: &str) -> Vec<Cell> {
    let words = remark_words(code).unwrap_or("remark not in the table");
    vec![Cell::new(code).note(words), Cell::new(""), Cell::new(""), Cell::new(""), Cell::new("")]
}

#[cfg(test)]
mod tests {
    #[test]
    fn cents_are_written_as_dollars() {
        assert_eq!([0, 5, -105, 123_450].map(super::dollars), ["0.00", "0.05", "-1.05", "1234.50"]);
    }
}
