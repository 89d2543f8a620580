//! The report as people read it.

use std::fmt;

use super::CaseReport;
use super::sheet::{write_parts, write_sheet};

impl fmt::Display for CaseReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_head(f)?;
        self.write_codes(f)?;
        self.write_edits(f)?;
        write!(f, "{}", self.trace)?;
        if let Some(why_not) = &self.why_not {
            write!(f, "{why_not}")?;
        }
        match &self.price {
            None => Ok(()),
            Some(Ok(sheet)) => write_sheet(f, sheet),
            Some(Err(problem)) => writeln!(f, "Price\n  {problem}"),
        }
    }
}

/// The report without formulas and sources: codes, edits, the DRG with what decided it, the parts of the price.
#[derive(Debug)]
pub(crate) struct Brief<'r>(&'r CaseReport);

impl CaseReport {
    /// The report in short.
    pub(crate) fn brief(&self) -> Brief<'_> {
        Brief(self)
    }

    fn write_head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let case = &self.claim.case;
        if !case.id.is_empty() {
            writeln!(f, "Case {}", case.id)?;
        }
        let age = case.age_years.map_or_else(|| "age unknown".to_owned(), |age| format!("{age} years"));
        let stay = case.stay_days.map_or_else(String::new, |days| format!(", {days} days"));
        let (sex, date, status) = (case.sex, case.discharge_date, case.discharge_status);
        writeln!(f, "{age}, sex {sex:?}, discharged {date} (status {status:02}){stay}")?;
        writeln!(f, "Editions: {}", self.editions.join(", "))
    }

    fn write_codes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Codes")?;
        for line in &self.codes {
            let valid = if line.is_valid { "" } else { "  NOT VALID on this date" };
            writeln!(f, "  {:<10} {:<9} {}{valid}", line.part, line.code, line.title)?;
        }
        Ok(())
    }

    fn write_edits(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.findings.is_empty() {
            return writeln!(f, "Medicare Code Editor: no edits");
        }
        writeln!(f, "Medicare Code Editor: {}", self.outcome.edits.kind().name())?;
        for finding in &self.findings {
            let code = if finding.code.is_empty() { "claim" } else { &finding.code };
            writeln!(f, "  {:<9} {}  {}", code, finding.edit, finding.title)?;
            writeln!(f, "            {} ({})", finding.because, finding.reference)?;
        }
        Ok(())
    }
}

impl fmt::Display for Brief<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.0;
        report.write_head(f)?;
        report.write_codes(f)?;
        report.write_edits(f)?;
        let (initial, last) = (&report.trace.initial, &report.trace.last);
        if (initial.drg, initial.return_code) != (last.drg, last.return_code) {
            writeln!(f, "Initial DRG {}  {}", initial.drg, initial.title)?;
        }
        writeln!(f, "DRG {}  {}", last.drg, last.title)?;
        if last.return_code != "OK" {
            writeln!(f, "  {}: {}", last.return_code, last.meaning)?;
        }
        for step in &last.steps {
            let evidence = step.evidence.iter().map(|e| format!("{} from {}", e.name, e.from.join(", ")));
            writeln!(f, "  because {}: {}", step.formula, evidence.collect::<Vec<_>>().join("; "))?;
        }
        for secondary in &report.trace.secondary {
            if let Some(why) = &secondary.cancelled {
                writeln!(f, "  {} ({} by table) does not count: {why}", secondary.code, secondary.severity)?;
            }
        }
        match &report.price {
            None => Ok(()),
            Some(Ok(sheet)) => write_parts(f, sheet),
            Some(Err(problem)) => writeln!(f, "Price\n  {problem}"),
        }
    }
}
