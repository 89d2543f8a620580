//! Patients as they come in: found by the sender's key, else by record number, else new.

use chart::difference::differences;
use chart::id::PatientId;
use chart::intake::{Extent, SourceKey};
use chart::patient::{Demographics, Patient, Standing};

use super::plan::Plan;
use crate::{Error, Result, history};

/// Identifier types that name one person within their system: record number, patient external, national, insurance …
/// is left out on purpose, since families share it.
const PERSONAL: [&str; 3] = ["MR", "PI", "PT"];

impl Plan<'_> {
    /// A person is so and so.
    pub(super) async fn patient(
        &mut self,
        key: SourceKey,
        said: Demographics,
        extent: Extent,
        remarks: &mut Vec<String>,
    ) -> Result<PatientId> {
        let id = match self.patient_of(&key).await? {
            Some(id) => id,
            None => match self.by_record_number(&said).await? {
                Some(id) => id,
                None => return Ok(self.new_patient(key, said)),
            },
        };
        let before = self.load_patient(id).await?.demographics.clone();
        let patient = self.patients.change(id).ok_or_else(|| missing(id))?;
        // Two senders each know part of a person: what one does not say is no less so because it says all it knows.
        let extent = if patient.demographics.identifiers.iter().all(|one| said.identifiers.contains(one)) {
            extent
        } else {
            Extent::Partial
        };
        let after = Demographics::after(Some(before.clone()), said, extent);
        patient.demographics.clone_from(&after);
        self.said.insert(id, self.origin(&key));
        if before != after {
            remarks.extend(self.overruled(id, &before, &after).await?);
        }
        self.bind(key, id);
        Ok(id)
    }

    /// The latest word counts; where it overrules a correction by hand, a person should know.
    async fn overruled(
        &mut self,
        id: PatientId,
        before: &Demographics,
        after: &Demographics,
    ) -> Result<Option<String>> {
        let corrected = history::corrected_by_hand(&store::patients::versions(self.tx, id).await?);
        let differs = differences(before, after).into_iter().map(|one| one.field);
        let fields: Vec<String> =
            differs.filter(|field| corrected.contains(field)).map(str::to_lowercase).collect();
        Ok((!fields.is_empty()).then(|| {
            format!(
                "this overrules what was corrected by hand ({}): look at the history of who the patient is",
                fields.join(", ")
            )
        }))
    }

    fn new_patient(&mut self, key: SourceKey, said: Demographics) -> PatientId {
        let id = self.context.id(PatientId::from_bits);
        let patient =
            Patient { id, version: 1, demographics: said, standing: Standing::Active, restriction: None };
        self.patients.make(id, patient);
        self.said.insert(id, self.origin(&key));
        self.bind(key, id);
        id
    }

    /// Somebody with one of the record numbers, if exactly one person has it.
    async fn by_record_number(&mut self, said: &Demographics) -> Result<Option<PatientId>> {
        for number in &said.identifiers {
            if PERSONAL.contains(&number.kind.as_str())
                && !number.system.is_empty()
                && !number.value.is_empty()
            {
                // Those made a moment ago are not in the database yet.
                let found = store::patients::by_identifier(self.tx, &number.system, &number.value).await?;
                if let [one] = found.as_slice() {
                    return Ok(Some(one.id));
                }
            }
        }
        Ok(None)
    }

    /// The patient a key leads to, as it was given: perhaps merged into another.
    pub(super) async fn patient_of(&mut self, key: &SourceKey) -> Result<Option<PatientId>> {
        let Some(id) = self.target(key).map(str::to_owned) else { return Ok(None) };
        id.parse().map(Some).map_err(|_| Error::Missing { what: "patient", id })
    }

    /// In whose chart things of this patient go: through merges to the one that survived.
    pub(super) async fn chart_of(&mut self, key: &SourceKey) -> Result<PatientId> {
        let Some(mut id) = self.patient_of(key).await? else {
            return Err(Error::Missing { what: "patient", id: key.system.clone() });
        };
        while let Standing::Merged { into, .. } = self.load_patient(id).await?.standing {
            id = into;
        }
        Ok(id)
    }

    /// The patient, from memory or the database.
    pub(super) async fn load_patient(&mut self, id: PatientId) -> Result<&Patient> {
        if self.patients.get(id).is_none() {
            let read = store::patients::by_id(self.tx, id).await?.ok_or_else(|| missing(id))?;
            self.patients.read(id, read);
        }
        self.patients.get(id).ok_or_else(|| missing(id))
    }
}

fn missing(id: PatientId) -> Error {
    Error::Missing { what: "patient", id: id.to_string() }
}
