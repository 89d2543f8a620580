//! Who codes an encounter again does not see its first codes.

use chart::access::Role;
use chart::coding_audit::{AuditedCase, CaseStateKey};
use chart::id::EncounterId;
use store::audit::{self, Filter};
use store::coding::{self, CaseFilter};
use store::{Page, Reader};

use crate::{Context, Error, Result, Who};

/// Samples that an encounter is in at the same time, at most.
const SAMPLES: Page = Page::first(20);
/// Lines of the audit trail that are looked at.
const LINES: Page = Page::first(200);

/// The coder's desk of an encounter is closed to who codes it again, in whichever role; and to auditors, as long as one
/// of them may still be asked to.
///
/// # Errors
/// [`Error::Refused`] when it is.
pub(crate) async fn must_not_be_blind(
    reader: &mut Reader,
    context: &Context,
    encounter: EncounterId,
) -> Result<()> {
    let Who::User { id, role, .. } = &context.who else { return Ok(()) };
    let states = vec![CaseStateKey::Drawn, CaseStateKey::Coding];
    let filter = CaseFilter { encounter: Some(encounter), states, ..CaseFilter::default() };
    let cases = coding::cases(reader, &filter, SAMPLES).await?;
    let is_mine = |case: &AuditedCase| case.auditor().is_some_and(|actor| actor.user == Some(*id));
    if cases.iter().any(is_mine) || (*role == Role::Auditor && !cases.is_empty()) {
        return Err(Error::refused(
            "this encounter is in an audit sample and is coded again blind: its codes open when the auditor has \
             finished",
        ));
    }
    Ok(())
}

/// Refuses to begin to who has looked at the coder's codes since they were closed.
///
/// # Errors
/// [`Error::Refused`] when the audit trail says so.
pub(super) async fn must_not_have_seen(
    reader: &mut Reader,
    context: &Context,
    case: &AuditedCase,
) -> Result<()> {
    let filter = Filter {
        patients: vec![case.patient],
        user: context.user(),
        action: Some("coding-read".into()),
        from: Some(case.coded.closed),
        ..Filter::default()
    };
    let lines = audit::lines(reader, &filter, LINES).await?;
    let encounter = case.encounter.to_string();
    let seen = lines.iter().any(|line| line.event.object.as_ref().is_some_and(|one| one.id == encounter));
    if seen {
        return Err(Error::refused(
            "you have looked at these codes since they were closed: another auditor codes this encounter again",
        ));
    }
    Ok(())
}
