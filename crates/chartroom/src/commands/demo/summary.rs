//! What the demo's cases come to: totals, case-mix index, a chart of DRGs.

use std::collections::BTreeMap;
use std::fmt;

use pricer::Worksheet;
use rust_decimal::Decimal;

use super::cases::DemoCase;
use crate::price::Sheet;
use crate::report::{CaseReport, dollars};

/// The longest bar of the chart, in characters.
const LONGEST_BAR: usize = 40;

/// Totals over the cases shown.
#[derive(Debug, Default)]
pub(super) struct Summary {
    cases: usize,
    as_expected: usize,
    with_edits: usize,
    priced: usize,
    partial: usize,
    total: Decimal,
    weights: Vec<Decimal>,
    unpriced: Vec<(String, String)>,
    /// By DRG: its title and how many cases.
    drgs: BTreeMap<u16, (String, usize)>,
}

impl Summary {
    /// Counts one case.
    pub(super) fn add(&mut self, case: &DemoCase, report: &CaseReport) {
        self.cases += 1;
        self.as_expected += usize::from(case.is_as_expected(report));
        self.with_edits += usize::from(!report.findings.is_empty());
        let drg = report.outcome.grouping.last.drg.0;
        self.drgs.entry(drg).or_insert_with(|| (report.trace.last.title.clone(), 0)).1 += 1;
        match &report.price {
            Some(Ok(Sheet::Medicare(sheet))) if sheet.code.is_paid() => self.add_worksheet(sheet),
            Some(Ok(Sheet::Medicare(sheet))) => self.unpriced(case, sheet.code.meaning()),
            Some(Ok(Sheet::Payer(payment))) => {
                self.priced += 1;
                self.total += payment.total;
            }
            Some(Err(problem)) => self.unpriced(case, &problem.0),
            None => {}
        }
    }

    fn add_worksheet(&mut self, sheet: &Worksheet) {
        self.priced += 1;
        self.partial += usize::from(sheet.is_partial());
        self.total += sheet.total;
        self.weights.extend(sheet.line("drg.weight").map(|line| line.value));
    }

    fn unpriced(&mut self, case: &DemoCase, why: &str) {
        self.unpriced.push((case.id.clone(), why.to_owned()));
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "══ {} cases ══", self.cases)?;
        writeln!(f, "as their authors say {:>14}", self.as_expected)?;
        writeln!(f, "with edits           {:>14}", self.with_edits)?;
        writeln!(f, "priced               {:>14}   of them partial: {}", self.priced, self.partial)?;
        writeln!(f, "payments             {:>14}", dollars(self.total))?;
        if !self.weights.is_empty() {
            let mean = self.weights.iter().sum::<Decimal>() / Decimal::from(self.weights.len());
            writeln!(
                f,
                "case-mix index       {:>14}   over {} Medicare cases",
                mean.round_dp(4),
                self.weights.len()
            )?;
        }
        for (id, why) in &self.unpriced {
            writeln!(f, "not priced: {id}: {why}")?;
        }
        writeln!(f, "\nCases by DRG")?;
        let most = self.drgs.values().map(|(_, count)| *count).max().unwrap_or(1);
        for (drg, (title, count)) in &self.drgs {
            let bar = "█".repeat((count * LONGEST_BAR / most / 4).max(1));
            let title: String = title.chars().take(60).collect();
            writeln!(f, "{drg:03} {title:<60} {bar} {count}")?;
        }
        Ok(())
    }
}
