//! An encounter opened to ask about it: its record, and who may be asked.

use chart::deficiency::Responsible;
use chart::directory::{Named, PartyKind};
use chart::encounter::{Attends, Encounter};
use chart::id::{EncounterId, PartyId};
use chart::intake::SourceKey;
use chart::patient::Patient;
use chart::record::Record;
use store::{Page, Reader};

use crate::{Error, Result, gate};

/// Practitioners offered when another is asked.
const MOST_PRACTITIONERS: Page = Page::first(300);

/// The record of a patient.
pub(super) async fn record(reader: &mut Reader, patient: &Patient) -> Result<Record> {
    let records = store::records::of_patients(reader, vec![patient.clone()]).await?;
    let missing = || Error::Missing { what: "record of patient", id: patient.id.to_string() };
    records.into_iter().next().ok_or_else(missing)
}

/// The encounter of a record.
///
/// # Errors
/// [`Error::Missing`] when it is not of this record.
pub(super) fn encounter(record: &Record, id: EncounterId) -> Result<&Encounter> {
    let missing = || Error::Missing { what: "encounter", id: id.to_string() };
    record.encounters.iter().find(|one| one.id == id).ok_or_else(missing)
}

/// Those who take part in an encounter and stand in the directory, those responsible first, each once.
pub(super) async fn people(reader: &mut Reader, of: &Encounter) -> Result<Vec<(Responsible, Attends)>> {
    let mut attending: Vec<_> = of.visit.attendance.iter().collect();
    attending.sort_by_key(|one| one.role != Attends::Attending);
    let keys: Vec<SourceKey> = attending.iter().filter_map(|one| one.who.key.clone()).collect();
    let targets = store::keys::find_all(reader, &keys).await?;
    let mut people: Vec<(Responsible, Attends)> = Vec::new();
    for one in attending {
        let found = one.who.key.as_ref().and_then(|key| targets.get(key));
        let party = found.and_then(|to| to.id.parse::<PartyId>().ok());
        let is_known = people.iter().any(|(known, _)| known.party == party);
        if party.is_some() && !is_known && one.role != Attends::Nurse {
            people.push((Responsible { name: one.who.clone(), party }, one.role));
        }
    }
    Ok(people)
}

/// Everybody of the directory who practises.
pub(super) async fn practitioners(reader: &mut Reader) -> Result<Vec<store::parties::Filed>> {
    Ok(store::parties::list(reader, Some(PartyKind::Practitioner), "", MOST_PRACTITIONERS).await?)
}

/// Somebody of the directory as one who answers.
///
/// # Errors
/// [`Error::Missing`] when nobody has this entry.
pub(super) async fn responsible(reader: &mut Reader, party: PartyId) -> Result<Responsible> {
    let missing = || Error::Missing { what: "practitioner", id: party.to_string() };
    let filed = store::parties::by_id(reader, party).await?.ok_or_else(missing)?;
    let key = gate::keys_of(reader, party).await?.into_iter().next();
    Ok(Responsible { name: Named { name: filed.party.name, key }, party: Some(party) })
}
