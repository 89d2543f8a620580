//! Clocks of the rules as clocks of the deficiency: the basis in the department's words.

use chart::clock::{Basis, Clock, Span};
use completeness::Finding;
use jiff::tz::TimeZone;

/// The whole record is to be complete so long after discharge (42 CFR 482.24(c)(4)(viii)); it stands for rules that
/// have no clock of their own.
const WHOLE_RECORD: Span = Span::days(30);

/// The clock of a finding; one whose basis has not come waits.
pub(super) fn clock(finding: &Finding, discharged: Option<jiff::Timestamp>, zone: &TimeZone) -> Clock {
    let Some(clock) = &finding.clock else {
        return started(Basis::Discharge, WHOLE_RECORD, discharged, zone);
    };
    started(basis(&clock.due.basis), clock.due.span, clock.from, zone)
}

fn started(basis: Basis, span: Span, from: Option<jiff::Timestamp>, zone: &TimeZone) -> Clock {
    match from {
        Some(from) => Clock::running(basis, span, from, zone),
        None => Clock::waiting(basis, span),
    }
}

/// The department's word for what a rule counts from.
const fn basis(of: &completeness::Basis) -> Basis {
    match of {
        completeness::Basis::Admission => Basis::Admission,
        completeness::Basis::Discharge => Basis::Discharge,
        completeness::Basis::EventStart | completeness::Basis::EventEnd | completeness::Basis::First(_) => {
            Basis::ProcedureEnd
        }
        completeness::Basis::Document(_) => Basis::StepBefore,
        completeness::Basis::Order => Basis::Order,
        completeness::Basis::Written => Basis::Receipt,
    }
}
