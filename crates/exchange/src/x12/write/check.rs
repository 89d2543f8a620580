//! What a claim must be as a whole: how much of a kind it holds, and that its lines make its total.

use rust_decimal::Decimal;

use super::super::InstitutionalClaim;
use super::error::WriteFault;

/// How many of each kind a claim holds, by the implementation guide: HI segments of twelve codes, one or two of a kind;
/// lines by the repeat of loop 2400. Diagnoses are 25 with the principal, procedures likewise.
const MAX_OTHER: usize = 24;
const MAX_EXTERNAL_CAUSES: usize = 12;
const MAX_VISIT_REASONS: usize = 3;
const MAX_LINES: usize = 999;
const MAX_MODIFIERS: usize = 4;

/// Checks `claim`.
pub(super) fn claim(claim: &InstitutionalClaim) -> Result<(), WriteFault> {
    let modifiers = claim.lines.iter().map(|line| line.modifiers.len()).max().unwrap_or(0);
    let limits = [
        ("diagnoses", claim.other_diagnoses.len() + 1, MAX_OTHER + 1),
        ("procedures", claim.procedures.len(), MAX_OTHER + 1),
        ("external causes of injury", claim.external_causes.len(), MAX_EXTERNAL_CAUSES),
        ("reasons for the visit", claim.visit_reasons.len(), MAX_VISIT_REASONS),
        ("occurrence codes", claim.occurrences.len(), MAX_OTHER),
        ("occurrence spans", claim.occurrence_spans.len(), MAX_OTHER),
        ("value codes", claim.value_codes.len(), MAX_OTHER),
        ("condition codes", claim.condition_codes.len(), MAX_OTHER),
        ("service lines", claim.lines.len(), MAX_LINES),
        ("modifiers of a HCPCS code", modifiers, MAX_MODIFIERS),
    ];
    for (what, count, max) in limits {
        if count > max {
            return Err(WriteFault::TooMany { what, count, max });
        }
    }
    if claim.lines.is_empty() {
        return Err(WriteFault::Missing("a service line"));
    }
    let lines = claim.lines.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.charge));
    match lines {
        Some(lines) if lines == claim.total_charges => Ok(()),
        lines => Err(WriteFault::Total { total: claim.total_charges, lines: lines.unwrap_or(Decimal::MAX) }),
    }
}
