//! Which of our things the senders' keys in a record mean, to write references to them.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use chart::directory::PartyKind;
use chart::id::{EntryId, PartyId};
use chart::intake::{KeyKind, SourceKey};
use exchange::fhir::write::{Refs, resource_type};
use store::Reader;

use super::record::Record;
use crate::Result;

/// Writes down which keys are asked for, and knows none.
#[derive(Debug, Default)]
struct Asked(RefCell<BTreeSet<SourceKey>>);

impl Refs for Asked {
    fn reference(&self, key: &SourceKey) -> Option<String> {
        self.0.borrow_mut().insert(key.clone());
        None
    }
}

/// The references for keys.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<SourceKey, String>);

impl Refs for Names {
    fn reference(&self, key: &SourceKey) -> Option<String> {
        self.0.get(key).cloned()
    }
}

impl Names {
    /// The references that these records need when they are written as this type. They are written once to learn which.
    pub(super) async fn of(reader: &mut Reader, written_as: &str, records: &[Record]) -> Result<Self> {
        let keys = asked(written_as, records);
        let mut names = Self::default();
        for (key, target) in store::keys::find_all(reader, &keys).await? {
            if let Some(target_type) = type_of(reader, written_as, &key, &target.id).await? {
                names.0.insert(key, format!("{target_type}/{}", target.id));
            }
        }
        Ok(names)
    }
}

fn asked(written_as: &str, records: &[Record]) -> Vec<SourceKey> {
    let asked = Asked::default();
    for record in records {
        record.written(written_as, &asked, None);
    }
    asked.0.into_inner().into_iter().collect()
}

/// The type of what a key leads to; `None` when it leads to no record, being kept only as an original.
async fn type_of(
    reader: &mut Reader,
    written_as: &str,
    key: &SourceKey,
    id: &str,
) -> Result<Option<&'static str>> {
    if id.parse::<EntryId>().is_err() {
        return Ok(None);
    }
    Ok(match key.kind {
        KeyKind::Patient => Some("Patient"),
        KeyKind::Encounter => Some("Encounter"),
        KeyKind::Document if written_as == "Composition" => Some("Composition"),
        KeyKind::Document => Some("DocumentReference"),
        KeyKind::Party => party_type(reader, id).await?,
        KeyKind::Entry => entry_type(reader, id).await?,
    })
}

async fn party_type(reader: &mut Reader, id: &str) -> Result<Option<&'static str>> {
    let Ok(id) = id.parse::<PartyId>() else { return Ok(None) };
    Ok(store::parties::by_id(reader, id).await?.map(|filed| match filed.party.kind {
        PartyKind::Practitioner => "Practitioner",
        PartyKind::Organization => "Organization",
        PartyKind::Location => "Location",
    }))
}

async fn entry_type(reader: &mut Reader, id: &str) -> Result<Option<&'static str>> {
    let Ok(id) = id.parse::<EntryId>() else { return Ok(None) };
    Ok(store::entries::by_id(reader, id).await?.map(|entry| resource_type(&entry.content)))
}
