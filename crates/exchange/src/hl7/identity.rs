//! Merges, moves and new numbers: PID against MRG (ADT A40 to A50).

use chart::intake::{Change, Refusal, SourceKey};

use super::arrival::Filing;
use super::desk::refusal;
use super::group::PatientGroup;
use super::segment::{Field, Segment};
use super::tables::Action;
use super::{person, visit};

/// What is to be done before the patient and visit are told, and what after.
type BeforeAndAfter = (Vec<Change>, Vec<Change>);

/// The changes of identity the event asks for.
///
/// # Errors
/// When a number the event needs is missing.
pub(super) fn changes(
    group: &PatientGroup<'_>,
    action: Action,
    filing: &Filing<'_, '_>,
) -> Result<BeforeAndAfter, Refusal> {
    let is_identity = matches!(
        action,
        Action::MergePatients
            | Action::MergeAccounts
            | Action::MergeVisits
            | Action::MoveAccount
            | Action::MoveVisit
            | Action::RenamePatient
            | Action::RenameAccount
            | Action::RenameVisit
    );
    if !is_identity {
        return Ok((Vec::new(), Vec::new()));
    }
    let pairs = pairs(group);
    if pairs.is_empty() {
        let what = "the segment with the other number (MRG) is missing";
        return Err(Refusal { place: "MRG".into(), what: what.into() });
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (mrg, pv1) in pairs {
        match action {
            Action::RenamePatient | Action::RenameAccount | Action::RenameVisit => {
                before.extend(rename(group, action, mrg, pv1, filing)?);
            }
            Action::MoveAccount | Action::MoveVisit => after.push(moved(group, action, mrg, pv1, filing)?),
            _ => after.extend(merge(group, action, mrg, pv1, filing)?),
        }
    }
    Ok((before, after))
}

/// Each MRG with the PV1 that follows it.
fn pairs<'m>(group: &PatientGroup<'m>) -> Vec<(Segment<'m>, Option<Segment<'m>>)> {
    let mut pairs: Vec<(Segment<'m>, Option<Segment<'m>>)> = Vec::new();
    for segment in &group.own {
        match (segment.name, pairs.last_mut()) {
            ("MRG", _) => pairs.push((*segment, None)),
            ("PV1", Some((_, pv1))) => *pv1 = pv1.or(Some(*segment)),
            _ => {}
        }
    }
    pairs
}

fn merge(
    group: &PatientGroup<'_>,
    action: Action,
    mrg: Segment<'_>,
    pv1: Option<Segment<'_>>,
    filing: &Filing<'_, '_>,
) -> Result<Option<Change>, Refusal> {
    let (survivor, absorbed) = match action {
        Action::MergePatients => (filing.patient.clone(), other_patient(mrg, filing)?),
        Action::MergeAccounts => (account(group.pid.field(18), filing)?, account(mrg.field(3), filing)?),
        _ => (account(visit_number(mrg, pv1), filing)?, account(mrg.field(5), filing)?),
    };
    if survivor == absorbed {
        filing.desk.remark(&mrg.place(), "both numbers are the same; nothing was merged");
        return Ok(None);
    }
    Ok(Some(match action {
        Action::MergePatients => Change::Merge { survivor, absorbed },
        _ => Change::MergeEncounters { survivor, absorbed },
    }))
}

fn rename(
    group: &PatientGroup<'_>,
    action: Action,
    mrg: Segment<'_>,
    pv1: Option<Segment<'_>>,
    filing: &Filing<'_, '_>,
) -> Result<Option<Change>, Refusal> {
    let (old, new) = match action {
        Action::RenamePatient => (other_patient(mrg, filing)?, filing.patient.clone()),
        Action::RenameAccount => (account(mrg.field(3), filing)?, account(group.pid.field(18), filing)?),
        _ => (account(mrg.field(5), filing)?, account(visit_number(mrg, pv1), filing)?),
    };
    if old == new {
        filing.desk.remark(&mrg.place(), "the old number and the new are the same; nothing was renamed");
        return Ok(None);
    }
    Ok(Some(Change::Rename { old, new }))
}

fn moved(
    group: &PatientGroup<'_>,
    action: Action,
    mrg: Segment<'_>,
    pv1: Option<Segment<'_>>,
    filing: &Filing<'_, '_>,
) -> Result<Change, Refusal> {
    let number = match action {
        Action::MoveAccount => first_said(group.pid.field(18), mrg.field(3)),
        _ => visit_number(mrg, pv1),
    };
    Ok(Change::MoveEncounter { encounter: account(number, filing)?, to: filing.patient.clone() })
}

/// The patient of MRG-1 (else MRG-4).
fn other_patient(mrg: Segment<'_>, filing: &Filing<'_, '_>) -> Result<SourceKey, Refusal> {
    let key = person::key(mrg.field(1), Some(mrg.field(4)), filing.desk);
    key.ok_or_else(|| {
        refusal(&mrg.field(1).place(), "no prior patient number; the event cannot be followed without it")
    })
}

/// The visit's number: of PV1-19, else that of MRG-5, which is the same when a visit moves.
fn visit_number<'m>(mrg: Segment<'m>, pv1: Option<Segment<'m>>) -> Field<'m> {
    pv1.map_or(mrg.field(5), |pv1| first_said(pv1.field(19), mrg.field(5)))
}

fn first_said<'m>(one: Field<'m>, other: Field<'m>) -> Field<'m> {
    if one.is_empty() { other } else { one }
}

fn account(field: Field<'_>, filing: &Filing<'_, '_>) -> Result<SourceKey, Refusal> {
    let key = visit::key(field, filing.desk);
    key.ok_or_else(|| {
        refusal(&field.place(), "no account or visit number; the event cannot be followed without it")
    })
}
