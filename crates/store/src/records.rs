//! Whole records in hand, many at once: for those who check, code or copy them.

use std::collections::HashMap;

use chart::id::PatientId;
use chart::patient::Patient;
use chart::record::Record;

use crate::{Reader, Result, documents, encounters, entries};

/// The records of these patients, in their order, each with its newest versions. Three statements, however many they are.
pub async fn of_patients(reader: &mut Reader, patients: Vec<Patient>) -> Result<Vec<Record>> {
    if patients.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PatientId> = patients.iter().map(|patient| patient.id).collect();
    let mut visits = by_patient(encounters::of_patients(reader, &ids).await?, |one| one.patient);
    let mut papers = by_patient(documents::of_patients(reader, &ids).await?, |one| one.patient);
    let mut facts = by_patient(entries::of_patients(reader, &ids).await?, |one| one.patient);
    let record = |patient: Patient| Record {
        encounters: visits.remove(&patient.id).unwrap_or_default(),
        documents: papers.remove(&patient.id).unwrap_or_default(),
        entries: facts.remove(&patient.id).unwrap_or_default(),
        patient,
    };
    Ok(patients.into_iter().map(record).collect())
}

fn by_patient<T>(all: Vec<T>, patient: impl Fn(&T) -> PatientId) -> HashMap<PatientId, Vec<T>> {
    let mut map: HashMap<PatientId, Vec<T>> = HashMap::new();
    for one in all {
        map.entry(patient(&one)).or_default().push(one);
    }
    map
}
