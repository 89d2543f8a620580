//! The trace as people read it: the same words on the page, in the API and on the command line.

use std::fmt;

use super::{AssignmentTrace, Trace, WhyNot};
use crate::Severity;

/// Of the formulas that were missed, those nearest to true are printed.
const NEAREST_MISSES: usize = 6;

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "MS-DRG v{}", self.version)?;
        self.write_codes(f)?;
        if self.initial.drg == self.last.drg && self.initial.return_code == self.last.return_code {
            write_assignment(f, "DRG", &self.last)?;
        } else {
            write_assignment(f, "Initial DRG", &self.initial)?;
            write_assignment(f, "Final DRG", &self.last)?;
        }
        self.write_misses(f)?;
        self.write_influences(f)
    }
}

impl Trace {
    fn write_codes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let principal = &self.principal;
        write!(f, "  principal  {:<9}", principal.code)?;
        match (principal.is_valid, principal.mdc_by_sex) {
            (false, _) => writeln!(f, "no code of this version")?,
            (true, true) => writeln!(f, "MDC {} (by the patient's sex)", principal.mdc)?,
            (true, false) => writeln!(f, "MDC {}", principal.mdc)?,
        }
        for secondary in &self.secondary {
            write!(f, "  secondary  {:<9}", secondary.code)?;
            match (secondary.is_valid, &secondary.cancelled) {
                (false, _) => write!(f, "no code of this version")?,
                (true, Some(why)) => write!(f, "{} by table, does not count: {why}", secondary.severity)?,
                (true, None) => write!(f, "{}", secondary.severity)?,
            }
            for hac in &secondary.hacs {
                write!(f, "; HAC {:02} {} {}", hac.hac, hac.title, hac.outcome)?;
            }
            writeln!(f)?;
        }
        for procedure in &self.procedures {
            write!(f, "  procedure  {:<9}", procedure.code)?;
            match (procedure.is_valid, procedure.is_operation) {
                (false, _) => write!(f, "does not touch the DRG, or is no code of this version")?,
                (true, true) => write!(f, "operating-room procedure")?,
                (true, false) => write!(f, "not an operating-room procedure")?,
            }
            if !procedure.silent_in.is_empty() {
                write!(f, "; part of a cluster, silent in MDC {:?}", procedure.silent_in)?;
            }
            writeln!(f)?;
        }
        for cluster in &self.clusters {
            writeln!(f, "  cluster    {:<9}{}", cluster.code, cluster.components.join(" + "))?;
        }
        Ok(())
    }

    fn write_misses(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut near: Vec<_> = self.missed.iter().filter(|m| m.names_true > 0).collect();
        near.sort_by_key(|m| (m.names_lacking, std::cmp::Reverse(m.names_true)));
        near.truncate(NEAREST_MISSES);
        if near.is_empty() {
            return Ok(());
        }
        writeln!(f, "Higher-ranked formulas nearest to true, of {} missed", self.missed.len())?;
        for missed in near {
            writeln!(f, "  DRG {} lacks  {}", missed.drg, missed.lacking)?;
        }
        Ok(())
    }

    fn write_influences(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.influences.is_empty() {
            return writeln!(f, "No single code, if removed, would change the DRG");
        }
        writeln!(f, "What would change it")?;
        for influence in &self.influences {
            let (code, drg, title) = (&influence.code, influence.drg_without, &influence.title_without);
            writeln!(f, "  without {code:<9} DRG {drg}  {title}")?;
        }
        Ok(())
    }
}

fn write_assignment(f: &mut fmt::Formatter<'_>, name: &str, assignment: &AssignmentTrace) -> fmt::Result {
    writeln!(f, "{name} {}  {}", assignment.drg, assignment.title)?;
    if assignment.return_code != "OK" {
        return writeln!(f, "  {}: {}", assignment.return_code, assignment.meaning);
    }
    writeln!(f, "  MDC {}  {}", assignment.mdc, assignment.mdc_title)?;
    for step in &assignment.steps {
        let list = if step.list.0 == 0 { "Pre-MDC".to_owned() } else { format!("MDC {}", step.list) };
        writeln!(f, "  {list}, rank {}: {}  {}", step.rank, step.formula, step.outcome)?;
        for evidence in &step.evidence {
            writeln!(f, "    {:<16} {}", evidence.name, evidence.from.join(", "))?;
        }
    }
    Ok(())
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.reasons.is_empty() {
            return writeln!(f, "DRG {} is assigned by no formula of this version", self.drg);
        }
        writeln!(f, "Why not DRG {}  {}", self.drg, self.title)?;
        for reason in &self.reasons {
            writeln!(f, "  MDC {}, rank {}: {}", reason.list, reason.rank, reason.formula)?;
            writeln!(f, "    {}", reason.reason)?;
        }
        Ok(())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "non-CC",
            Self::Cc => "CC",
            Self::Mcc => "MCC",
        })
    }
}
