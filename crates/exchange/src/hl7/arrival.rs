//! From a message to changes: which of its parts do what to the record.

use std::collections::{BTreeSet, HashMap};

use chart::encounter::{Movement, Visit};
use chart::entry::EntryContent;
use chart::intake::{Arrival, Change, Channel, Extent, KeyKind, Original, Refusal, SourceKey};

use super::desk::{Desk, refusal};
use super::group::{self, PatientGroup};
use super::segment::{Field, Segment};
use super::tables::{self, Action, Trigger};
use super::visit::Event;
use super::{
    Message, clinical, document, identity, money, orders, person, results, schedule, vaccine, visit,
};

/// What entries are filed under while one patient's part of a message is read.
#[derive(Debug)]
pub(super) struct Filing<'f, 'm> {
    pub(super) desk: &'f Desk<'m>,
    pub(super) patient: SourceKey,
    pub(super) encounter: Option<SourceKey>,
    /// Whether final diagnoses are those of a bill (DFT, BAR).
    pub(super) is_billing: bool,
    /// Whether whatever is given is a vaccine (VXU).
    pub(super) is_vaccination: bool,
    /// Files taken out of the message.
    pub(super) attachments: Vec<Original>,
    /// Keys of reports, findings and orders given so far, with how often.
    pub(super) keys: HashMap<SourceKey, usize>,
}

impl Filing<'_, '_> {
    /// The change that files an entry.
    pub(super) fn entry(&self, key: SourceKey, content: EntryContent) -> Change {
        Change::Entry {
            key,
            patient: self.patient.clone(),
            encounter: self.encounter.clone(),
            content: Box::new(content),
        }
    }

    /// A key for what has none of its own, within the encounter (else the patient): the same thing told again has it
    /// again.
    pub(super) fn entry_key(&self, segment: &str, name: &str) -> SourceKey {
        let owner = self.encounter.as_ref().unwrap_or(&self.patient);
        SourceKey::new(owner.system.clone(), KeyKind::Entry, format!("{}/{segment}/{name}", owner.key))
    }

    /// The key itself when it comes first in the message, else numbered, so that one thing does not hide another.
    pub(super) fn distinct(&mut self, key: SourceKey) -> SourceKey {
        let times = self.keys.entry(key.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times == 1 { key } else { SourceKey { key: format!("{}#{times}", key.key), ..key } }
    }

    /// A key within the patient, whatever the encounter.
    pub(super) fn patient_entry_key(&self, segment: &str, name: &str) -> SourceKey {
        SourceKey::new(
            self.patient.system.clone(),
            KeyKind::Entry,
            format!("{}/{segment}/{name}", self.patient.key),
        )
    }
}

/// Segments that are read, or that say nothing of a patient.
const READ: [&str; 35] = [
    "MSH", "SFT", "UAC", "EVN", "PID", "NK1", "PV1", "PV2", "MRG", "AL1", "IAM", "DG1", "PR1", "PRB", "IN1",
    "IN2", "FT1", "OBX", "OBR", "ORC", "NTE", "TQ1", "SPM", "RXO", "RXE", "RXD", "RXR", "RXA", "ODS", "DSC",
    "ADD", "BLG", "CTI", "PRT", "ROL",
];

/// Segments that are read in messages of one type only.
fn is_read_in(name: &str, code: &str) -> bool {
    match name {
        "TXA" => code == "MDM",
        "SCH" | "RGS" | "AIS" | "AIG" | "AIL" | "AIP" => code == "SIU",
        _ => READ.contains(&name),
    }
}

/// Reads what `message` does to the record.
///
/// # Errors
/// When something without which nothing can be filed is missing: the patient, the visit of an admission, the other
/// number of a merge.
pub(super) fn read(message: &Message) -> Result<Arrival, Refusal> {
    let desk = Desk::new(&message.sender_key, &message.zone, &message.control_id);
    message.oddities.iter().for_each(|odd| desk.note(odd.clone()));
    let segments = message.segments();
    let (code, event) = (message.code.as_str(), message.event.as_str());
    let trigger = tables::trigger(code, event);
    let (changes, attachments) = match trigger {
        Some(trigger) if trigger.action != Action::Keep => {
            remark_unread(&segments, code, &desk);
            file(&segments, message, trigger, &desk)?
        }
        _ => (vec![keep(&segments, message, trigger, &desk)], Vec::new()),
    };
    Ok(Arrival {
        channel: Channel::Hl7,
        kind: message.trigger(),
        original: Original { media_type: super::MEDIA_TYPE.into(), bytes: message.bytes.clone() },
        changes,
        attachments,
        remarks: desk.into_remarks(),
    })
}

/// A message of which the chart takes nothing.
fn keep(segments: &[Segment<'_>], message: &Message, trigger: Option<Trigger>, desk: &Desk<'_>) -> Change {
    let pid = segments.iter().find(|segment| segment.name == "PID");
    let reason = trigger.map_or_else(
        || format!("no room of the chart for a message {} yet", message.trigger()),
        |trigger| trigger.words.to_owned(),
    );
    Change::Keep {
        key: desk.key("", KeyKind::Document, format!("message/{}", message.control_id)),
        patient: pid.and_then(|pid| person::key_of(*pid, desk)),
        reason,
    }
}

/// Says what was sent and has no place, once for the whole message, and what the sender wants deleted.
fn remark_unread(segments: &[Segment<'_>], code: &str, desk: &Desk<'_>) {
    let unread: BTreeSet<&str> =
        segments.iter().map(|segment| segment.name).filter(|name| !is_read_in(name, code)).collect();
    if !unread.is_empty() {
        let names = unread.into_iter().collect::<Vec<_>>().join(", ");
        desk.note(format!(
            "segments {names} have no place in the chart, or not in this message; they are in the original"
        ));
    }
    for segment in segments {
        let deletions = (1..=segment.len()).map(|at| segment.field(at)).filter(Field::asks_deletion);
        for field in deletions {
            desk.remark(
                &field.place(),
                "the sender wants the value deleted; what the chart has stays until a person removes it",
            );
        }
    }
    if let Some(pv1) = segments.iter().find(|segment| segment.name == "PV1" && !segment.field(16).is_empty())
    {
        desk.remark(
            &pv1.field(16).place(),
            "marked as a person in the public eye or to be protected; restrict the chart by hand if so",
        );
    }
}

type Filed = (Vec<Change>, Vec<Original>);

fn file(
    segments: &[Segment<'_>],
    message: &Message,
    trigger: Trigger,
    desk: &Desk<'_>,
) -> Result<Filed, Refusal> {
    let groups = group::patients(segments, &message.code);
    if groups.is_empty() {
        let what = "the message names no patient; ask the sender for a PID segment, or file it by hand";
        return Err(Refusal { place: "PID".into(), what: what.into() });
    }
    let event = segments
        .iter()
        .find(|segment| segment.name == "EVN")
        .map(|evn| Event::read(*evn, desk))
        .unwrap_or_default();
    let (mut changes, mut attachments) = (Vec::new(), Vec::new());
    for group in &groups {
        let Some(patient) = person::key_of(group.pid, desk) else {
            return Err(refusal(
                &group.pid.field(3).place(),
                "no patient number; the chart is found by PID-3 (or PID-2)",
            ));
        };
        let mut filing = Filing {
            desk,
            patient,
            encounter: None,
            is_billing: matches!(message.code.as_str(), "DFT" | "BAR"),
            is_vaccination: message.code == "VXU",
            attachments: Vec::new(),
            keys: HashMap::new(),
        };
        changes.extend(one_patient(group, segments, message, (trigger.action, event), &mut filing)?);
        attachments.append(&mut filing.attachments);
    }
    Ok((changes, attachments))
}

fn one_patient(
    group: &PatientGroup<'_>,
    segments: &[Segment<'_>],
    message: &Message,
    (action, event): (Action, Event),
    filing: &mut Filing<'_, '_>,
) -> Result<Vec<Change>, Refusal> {
    let patient = patient_change(group, filing);
    let (before, after) = identity::changes(group, action, filing)?;
    if matches!(action, Action::WithdrawPerson) {
        return Ok(vec![Change::Withdraw { key: filing.patient.clone() }]);
    }
    let moved = if let Action::Visit(moved) = action { moved } else { Movement::Update };
    let encounter = encounter_change(group, segments, message, (action, moved, event), filing)?;
    let mut changes = before;
    changes.push(patient);
    changes.extend(encounter);
    if action == Action::WithdrawVisit {
        changes.extend(filing.encounter.clone().map(|key| Change::Withdraw { key }));
        return Ok(changes);
    }
    changes.extend(after);
    changes.extend(content(group, message, action, filing)?);
    Ok(changes)
}

fn patient_change(group: &PatientGroup<'_>, filing: &Filing<'_, '_>) -> Change {
    Change::Patient {
        key: filing.patient.clone(),
        demographics: Box::new(person::demographics(group, filing.desk)),
        extent: Extent::Partial,
    }
}

/// The visit, when the message tells one. The filing is under it from then on.
fn encounter_change(
    group: &PatientGroup<'_>,
    segments: &[Segment<'_>],
    message: &Message,
    (action, moved, event): (Action, Movement, Event),
    filing: &mut Filing<'_, '_>,
) -> Result<Option<Change>, Refusal> {
    let sch =
        segments.iter().find(|segment| segment.name == "SCH").filter(|_| message.code == "SIU").copied();
    let pv1 = group.first("PV1").filter(|pv1| action != Action::Person || tells_visit(*pv1));
    let known = pv1.and_then(|_| visit::key_of(group, &filing.patient, filing.desk));
    let key = sch.and_then(|sch| schedule::key(sch, filing.desk)).or(known);
    let Some(key) = key else { return missing(pv1, moved, filing) };
    filing.encounter = Some(key.clone());
    let mut visit = pv1.map_or_else(Visit::default, |pv1| visit::read(group, pv1, moved, event, filing.desk));
    if let Some(sch) = sch {
        schedule::add(&mut visit, segments, sch, moved, filing.desk);
    }
    let patient = filing.patient.clone();
    let change =
        Change::Encounter { key, patient, visit: Box::new(visit), movement: moved, extent: Extent::Partial };
    Ok(Some(change))
}

/// Whether the PV1 of a person's update is more than the blank one the standard wants there.
fn tells_visit(pv1: Segment<'_>) -> bool {
    !pv1.field(19).is_empty() && !matches!(pv1.field(2).component(1).text().as_str(), "" | "N" | "U")
}

/// No visit can be told from the message: refused when it is about one.
fn missing(
    pv1: Option<Segment<'_>>,
    moved: Movement,
    filing: &Filing<'_, '_>,
) -> Result<Option<Change>, Refusal> {
    let numbers = "no visit number (PV1-19), account number (PID-18), alternate number (PV1-50) or admission time (PV1-44)";
    match (pv1, moved) {
        (None, Movement::Update) => Ok(None),
        (Some(pv1), Movement::Update) => {
            filing.desk.remark(&pv1.field(19).place(), format!("{numbers}; the visit was left out"));
            Ok(None)
        }
        (None, _) => Err(Refusal {
            place: "PV1".into(),
            what: "the visit segment is missing, which the event is about".into(),
        }),
        (Some(pv1), _) => Err(refusal(
            &pv1.field(19).place(),
            format!("{numbers}, by which the visit could be found; add one and replay"),
        )),
    }
}

/// What the message says of the patient's health, its documents, its orders and its money.
fn content(
    group: &PatientGroup<'_>,
    message: &Message,
    action: Action,
    filing: &mut Filing<'_, '_>,
) -> Result<Vec<Change>, Refusal> {
    let mut changes = clinical::entries(group, filing);
    changes.extend(money::entries(group, filing));
    if let Action::Document(event) = action {
        changes.extend(document::changes(group, event, filing)?);
        return Ok(changes);
    }
    changes.extend(results::loose(group, filing));
    match message.code.as_str() {
        "ORM" | "OML" | "OMG" | "OMI" | "OMP" | "RDE" | "RDS" => {
            changes.extend(orders::entries(group, filing));
            changes.extend(results::with_orders(group, filing));
        }
        "VXU" | "RAS" => changes.extend(vaccine::entries(group, filing)),
        _ => changes.extend(results::reports(group, filing)),
    }
    Ok(changes)
}
