//! The patient index at work: by which keys people are found, and who may be the same person as whom.

use std::collections::BTreeMap;

use chart::coded::system;
use chart::id::{JobId, PatientId};
use chart::identity::{
    BlockKey, Frequencies, Model, Outcome, Raw, RecordNumber, Score, Traits, Vocabulary, blocks, compare,
    score, telephone_key,
};
use chart::patient::{Demographics, NameUse, Patient, Sex, Standing};
use serde_json::json;
use store::{Reader, Tx};

use crate::{Context, Result};

/// The job that looks for duplicates of a patient.
pub(crate) const FIND_DUPLICATES: &str = "find-duplicates";
/// How many candidates are compared with one person at most; the ones that share most keys first.
const MOST_CANDIDATES: u32 = 200;
/// How many who share a telephone number are shown at most: more than live together.
const MOST_SHARING: u32 = 12;

/// Says by which keys a patient is found, and has somebody look for duplicates of them.
pub(crate) async fn index(tx: &mut Tx, context: &mut Context, patient: &Patient) -> Result<()> {
    let keys: Vec<String> =
        blocks(&traits(&patient.demographics)).iter().map(|key| key.as_str().to_owned()).collect();
    store::patients::set_blocks(tx, patient.id, &keys).await?;
    let job = context.id(JobId::from_bits);
    let payload = json!({ "patient": patient.id });
    Ok(store::jobs::enqueue(tx, job, FIND_DUPLICATES, &payload, context.at, context.at).await?)
}

/// What the comparison sees of a person.
#[must_use]
pub fn traits(demographics: &Demographics) -> Traits {
    Traits::normalise(&raw(demographics), Vocabulary::shipped())
}

/// A person's likeness to others in the index, the likest first.
#[derive(Debug, Clone)]
pub struct Likeness {
    /// The other.
    pub patient: Patient,
    /// How like, field by field.
    pub score: Score,
}

/// Patients who may be this person: all that share a key and score at least as worth a look.
pub(crate) async fn alike(
    reader: &mut Reader,
    demographics: &Demographics,
    but: Option<PatientId>,
) -> Result<Vec<Likeness>> {
    let mine = traits(demographics);
    let keys: Vec<String> = blocks(&mine).iter().map(|key: &BlockKey| key.as_str().to_owned()).collect();
    let mut found = BTreeMap::new();
    let candidates = store::patients::candidates(reader, &keys, MOST_CANDIDATES).await?;
    let others: Vec<PatientId> =
        candidates.iter().map(|one| one.patient).filter(|one| Some(*one) != but).collect();
    for patient in store::patients::by_ids(reader, &others).await?.into_values() {
        if patient.standing != Standing::Active {
            continue;
        }
        let score = of(&mine, &traits(&patient.demographics));
        if score.outcome != Outcome::NoLink {
            found.insert((std::cmp::Reverse(score.weight), patient.id), Likeness { patient, score });
        }
    }
    Ok(found.into_values().collect())
}

/// Patients with one of this person's telephone numbers, however like they are otherwise: at the desk the number often is
/// what is known best, and a household shares it.
pub(crate) async fn with_telephone(
    reader: &mut Reader,
    demographics: &Demographics,
) -> Result<Vec<Likeness>> {
    let mine = traits(demographics);
    let phones = demographics.telecoms.iter().filter(|one| one.system == "phone");
    let keys: Vec<String> =
        phones.filter_map(|one| telephone_key(&one.value)).map(|key| key.as_str().to_owned()).collect();
    let mut found = Vec::new();
    for candidate in store::patients::candidates(reader, &keys, MOST_SHARING).await? {
        let Some(patient) = store::patients::by_id(reader, candidate.patient).await? else { continue };
        let score = of(&mine, &traits(&patient.demographics));
        found.push(Likeness { patient, score });
    }
    Ok(found)
}

/// How like two people are, by the model and name frequencies that come with the program.
#[must_use]
pub fn of(one: &Traits, other: &Traits) -> Score {
    score(&compare(one, other), Model::shipped(), Frequencies::shipped())
}

/// A person's details as the index normalises them.
fn raw(person: &Demographics) -> Raw {
    let name = person.names.first().cloned().unwrap_or_default();
    let former = |usage| matches!(usage, NameUse::Maiden | NameUse::Former);
    let address = person.addresses.first().cloned().unwrap_or_default();
    let is_ssn = |one: &&chart::patient::Identifier| one.system == system::SSN || one.kind == "SS";
    Raw {
        surname: name.family,
        given: name.given.first().cloned().unwrap_or_default(),
        middle: name.given.get(1).cloned().unwrap_or_default(),
        suffix: name.suffix,
        previous_surnames: person
            .names
            .iter()
            .filter(|one| former(one.usage))
            .map(|one| one.family.clone())
            .collect(),
        birth_date: person.birth.map(|date| date.to_string()).unwrap_or_default(),
        birth_order: person.birth_order,
        sex: match person.sex {
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Other | Sex::Unknown => "",
        }
        .into(),
        ssn: person.identifiers.iter().find(is_ssn).map(|one| one.value.clone()).unwrap_or_default(),
        phones: person
            .telecoms
            .iter()
            .filter(|one| one.system == "phone")
            .map(|one| one.value.clone())
            .collect(),
        street: address.lines.join(" "),
        city: address.city,
        state: address.state,
        zip: address.zip,
        record_numbers: person
            .identifiers
            .iter()
            .filter(|one| one.kind == "MR")
            .map(|one| RecordNumber { issuer: one.system.clone(), value: one.value.clone() })
            .collect(),
        ..Raw::default()
    }
}
