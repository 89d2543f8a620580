//! Encounters, entries, documents and directory entries as they come in.

use chart::coded::{Coded, Coding, system};
use chart::directory::Party;
use chart::document::{Document, DocumentContent};
use chart::encounter::{Encounter, Movement, Visit};
use chart::entry::{Entry, EntryContent};
use chart::id::{DocumentId, EncounterId, EntryId, PartyId, PatientId};
use chart::intake::{Change, Extent, KeyKind, SourceKey};

use store::kept::Kept;
use store::parties::Filed;

use super::plan::{KEPT, Plan};
use crate::{Error, Result};

impl Plan<'_> {
    /// Applies one change; gives the patient whose chart it is in.
    pub(super) async fn apply(
        &mut self,
        change: Change,
        remarks: &mut Vec<String>,
    ) -> Result<Option<PatientId>> {
        match change {
            Change::Patient { key, demographics, extent } => {
                self.patient(key, *demographics, extent, remarks).await.map(Some)
            }
            Change::Encounter { key, patient, visit, movement, extent } => {
                self.encounter(key, &patient, (*visit, movement, extent), remarks).await.map(Some)
            }
            Change::Entry { key, patient, encounter, content } => {
                let chart = self.place(&patient, encounter.as_ref(), remarks).await?;
                self.entry(key, chart, *content).await.map(Some)
            }
            Change::Document { key, patient, encounter, content } => {
                let chart = self.place(&patient, encounter.as_ref(), remarks).await?;
                self.document(key, chart, *content).await.map(Some)
            }
            Change::Party { key, party } => self.party(key, *party).await.map(|()| None),
            Change::Keep { key, patient, reason } => self.keep(key, patient.as_ref(), reason).await,
            Change::Withdraw { key } => self.withdraw(key, remarks).await,
            structural => self.rearrange(structural, remarks).await,
        }
    }

    /// Patient and encounter under which something is filed.
    async fn place(
        &mut self,
        patient: &SourceKey,
        encounter: Option<&SourceKey>,
        remarks: &mut Vec<String>,
    ) -> Result<(PatientId, Option<EncounterId>)> {
        let chart = self.chart_of(patient).await?;
        let Some(key) = encounter else { return Ok((chart, None)) };
        let Some(id) = self.encounter_of(key)? else {
            remarks.push("the encounter it names is not known here; it is filed with the patient".into());
            return Ok((chart, None));
        };
        let whose = self.load_encounter(id).await?.patient;
        if whose != chart {
            remarks.push(
                "the encounter it names is another patient's; it is filed with the patient it names".into(),
            );
            return Ok((chart, None));
        }
        Ok((chart, Some(id)))
    }

    async fn encounter(
        &mut self,
        key: SourceKey,
        patient: &SourceKey,
        (said, movement, extent): (Visit, Movement, Extent),
        remarks: &mut Vec<String>,
    ) -> Result<PatientId> {
        let chart = self.chart_of(patient).await?;
        let origin = self.origin(&key);
        let at = Some(self.context.at);
        let Some(id) = self.encounter_of(&key)? else {
            let (visit, odd) = Visit::after(None, movement, said, extent, None);
            remarks.extend(odd.map(|odd| odd.to_string()));
            let id = self.context.id(EncounterId::from_bits);
            self.encounters.make(id, Encounter { id, version: 1, patient: chart, visit, origin });
            self.bind(key, id);
            return Ok(chart);
        };
        let before = self.load_encounter(id).await?;
        let whose = before.patient;
        if whose != chart {
            remarks.push(
                "the encounter is in another patient's chart and stays there; move it if that is wrong"
                    .into(),
            );
        }
        let (visit, odd) = Visit::after(Some(before.visit.clone()), movement, said, extent, at);
        remarks.extend(odd.map(|odd| odd.to_string()));
        let encounter = self.encounters.change(id).ok_or_else(|| missing("encounter", id))?;
        encounter.visit = visit;
        encounter.origin = origin;
        self.bind(key, id);
        Ok(whose)
    }

    async fn entry(
        &mut self,
        key: SourceKey,
        (patient, encounter): (PatientId, Option<EncounterId>),
        content: EntryContent,
    ) -> Result<PatientId> {
        let origin = self.origin(&key);
        match self.id_of::<EntryId>(&key)? {
            None => {
                let id = self.context.id(EntryId::from_bits);
                let entry = Entry { id, version: 1, patient, encounter, content, in_error: false, origin };
                self.entries.make(id, entry);
                self.bind(key, id);
            }
            Some(id) => {
                let entry = self.change_entry(id).await?;
                *entry = Entry { content, origin, patient, encounter, in_error: false, ..entry.clone() };
                self.bind(key, id);
            }
        }
        Ok(patient)
    }

    async fn document(
        &mut self,
        key: SourceKey,
        (patient, encounter): (PatientId, Option<EncounterId>),
        mut content: DocumentContent,
    ) -> Result<PatientId> {
        name_type(&mut content.kind);
        let origin = self.origin(&key);
        let Some(id) = self.id_of::<DocumentId>(&key)? else {
            let id = self.context.id(DocumentId::from_bits);
            self.documents.make(id, Document { id, version: 1, patient, encounter, content, origin });
            self.bind(key, id);
            return Ok(patient);
        };
        if self.documents.is_touched(id) {
            // Each version is kept, so the one before must be in the database.
            self.write().await?;
        }
        if self.documents.get(id).is_none() {
            let read = store::documents::get(self.tx, id).await?;
            self.documents.read(id, read);
        }
        let document = self.documents.change(id).ok_or_else(|| missing("document", id))?;
        // A notification speaks of a document without repeating what it says.
        if content.sections.is_empty() && content.attachments.is_empty() {
            content.sections.clone_from(&document.content.sections);
            content.attachments.clone_from(&document.content.attachments);
        }
        *document = Document { content, origin, patient, encounter, ..document.clone() };
        self.bind(key, id);
        Ok(patient)
    }

    async fn party(&mut self, key: SourceKey, party: Party) -> Result<()> {
        let id = match self.id_of::<PartyId>(&key)? {
            None => {
                let id = self.context.id(PartyId::from_bits);
                self.parties.make(id, Filed { id, version: 1, party });
                id
            }
            Some(id) => {
                if self.parties.get(id).is_none() {
                    let read = store::parties::by_id(self.tx, id).await?;
                    self.parties.read(id, read.ok_or_else(|| missing("directory entry", id))?);
                }
                let held = self.parties.change(id).ok_or_else(|| missing("directory entry", id))?;
                held.party = party;
                id
            }
        };
        self.bind(key, id);
        Ok(())
    }

    async fn keep(
        &mut self,
        key: SourceKey,
        patient: Option<&SourceKey>,
        reason: String,
    ) -> Result<Option<PatientId>> {
        let patient = match patient {
            Some(patient) if self.target(patient).is_some() => Some(self.chart_of(patient).await?),
            _ => None,
        };
        let origin = self.origin(&key);
        self.bind(key.clone(), KEPT);
        let kind = key.key.split('/').next().unwrap_or_default().to_owned();
        let original = origin.original.unwrap_or_else(|| chart::id::Digest::of(&[]));
        self.kept.push(Kept {
            key,
            kind,
            patient,
            reason,
            original,
            received: origin.received,
            in_error: false,
        });
        Ok(patient)
    }

    /// Shows a thing as entered in error. What was never here cannot be.
    async fn withdraw(&mut self, key: SourceKey, remarks: &mut Vec<String>) -> Result<Option<PatientId>> {
        match key.kind {
            KeyKind::Entry => {
                if let Some(id) = self.id_of::<EntryId>(&key)? {
                    let origin = self.origin(&key);
                    let entry = self.change_entry(id).await?;
                    entry.in_error = true;
                    entry.origin = origin;
                    let patient = entry.patient;
                    self.bind(key, id);
                    return Ok(Some(patient));
                }
            }
            KeyKind::Document => {
                if let Some(id) = self.id_of::<DocumentId>(&key)? {
                    self.write().await?;
                    let mut read = store::documents::get(self.tx, id).await?;
                    read.content.status = chart::document::DocumentStatus::EnteredInError;
                    read.origin = self.origin(&key);
                    let patient = read.patient;
                    store::documents::update(self.tx, &read).await?;
                    self.bind(key, id);
                    return Ok(Some(patient));
                }
            }
            KeyKind::Encounter => {
                if let Some(id) = self.encounter_of(&key)? {
                    let origin = self.origin(&key);
                    self.load_encounter(id).await?;
                    let encounter = self.encounters.change(id).ok_or_else(|| missing("encounter", id))?;
                    encounter.visit.stay =
                        chart::encounter::Stay::Cancelled { since: encounter.visit.stay.since() };
                    encounter.origin = origin;
                    let patient = encounter.patient;
                    self.bind(key, id);
                    return Ok(Some(patient));
                }
            }
            KeyKind::Patient | KeyKind::Party => {}
        }
        remarks.push(
            "it is withdrawn by its sender and was never here, or cannot be withdrawn: its original is kept"
                .into(),
        );
        self.bind(key, KEPT);
        Ok(None)
    }

    /// The entry, from memory or the database, to be changed.
    async fn change_entry(&mut self, id: EntryId) -> Result<&mut Entry> {
        if self.entries.get(id).is_none() {
            let read = store::entries::get(self.tx, id).await?;
            self.entries.read(id, read);
        }
        self.entries.change(id).ok_or_else(|| missing("entry", id))
    }

    pub(super) fn encounter_of(&self, key: &SourceKey) -> Result<Option<EncounterId>> {
        self.id_of(key)
    }

    /// What a key leads to.
    fn id_of<T: std::str::FromStr>(&self, key: &SourceKey) -> Result<Option<T>> {
        let parse =
            |id: &str| id.parse().map_err(|_| Error::Missing { what: "target of a key", id: id.to_owned() });
        self.target(key).map(parse).transpose()
    }

    pub(super) async fn load_encounter(&mut self, id: EncounterId) -> Result<&Encounter> {
        if self.encounters.get(id).is_none() {
            let read = store::encounters::get(self.tx, id).await?;
            self.encounters.read(id, read);
        }
        self.encounters.get(id).ok_or_else(|| missing("encounter", id))
    }
}

/// Puts the department's own document type first, where the sender's code leads to one.
fn name_type(kind: &mut Coded) {
    if kind.code(system::DOCUMENT_TYPE).is_some() {
        return;
    }
    let known =
        kind.code(system::LOINC).and_then(|code| chart::document_type::document_types().of_loinc(code));
    if let Some(known) = known {
        let coding = Coding {
            system: system::DOCUMENT_TYPE.into(),
            code: known.key.into(),
            display: known.title.into(),
        };
        kind.codings.insert(0, coding);
    }
}

fn missing(what: &'static str, id: impl std::fmt::Display) -> Error {
    Error::Missing { what, id: id.to_string() }
}
