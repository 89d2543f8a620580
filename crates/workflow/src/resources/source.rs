//! Lists of the store that a search walks through.

use store::parties::Filed;
use store::{Page, Reader};

use super::place::Place;
use super::record::{Record, by_id};
use crate::Result;

/// A list of the store, in its own order, which stays the same from page to page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// Patients of the index.
    Patients(store::patients::Query),
    /// Encounters, the latest first.
    Encounters(store::encounters::Filter),
    /// Entries, the latest first.
    Entries(store::entries::Filter),
    /// Documents, the latest first.
    Documents(store::documents::Filter),
    /// Everything of one kind in the directory.
    Parties(chart::directory::PartyKind),
    /// These, by identifier.
    Named(Place, Vec<String>),
}

impl Source {
    /// A page of it, and whether it is the last.
    pub(super) async fn page(&self, reader: &mut Reader, page: Page) -> Result<(Vec<Record>, bool)> {
        let records: Vec<Record> = match self {
            Self::Named(place, ids) => return named(reader, *place, ids, page).await,
            Self::Patients(query) => {
                boxed(store::patients::search(reader, query, page).await?, Record::Patient)
            }
            Self::Encounters(filter) => {
                boxed(store::encounters::list(reader, filter, page).await?, Record::Encounter)
            }
            Self::Entries(filter) => boxed(store::entries::list(reader, filter, page).await?, Record::Entry),
            Self::Documents(filter) => {
                boxed(store::documents::list(reader, filter, page).await?, Record::Document)
            }
            Self::Parties(kind) => {
                let found: Vec<Filed> = store::parties::list(reader, Some(*kind), "", page).await?;
                boxed(found, Record::Party)
            }
        };
        let is_last = records.len() < page.take as usize;
        Ok((records, is_last))
    }

    /// How many there are, where the store can say without looking at each.
    pub(super) async fn count(&self, reader: &mut Reader) -> Result<Option<i64>> {
        Ok(match self {
            Self::Encounters(filter) => Some(store::encounters::count(reader, filter).await?),
            Self::Entries(filter) => Some(store::entries::count(reader, filter).await?),
            Self::Documents(filter) => Some(store::documents::count(reader, filter).await?),
            Self::Patients(_) | Self::Parties(_) | Self::Named(..) => None,
        })
    }
}

fn boxed<T>(found: Vec<T>, wrap: fn(Box<T>) -> Record) -> Vec<Record> {
    found.into_iter().map(|one| wrap(Box::new(one))).collect()
}

async fn named(reader: &mut Reader, place: Place, ids: &[String], page: Page) -> Result<(Vec<Record>, bool)> {
    let mut found = Vec::new();
    for id in ids.iter().skip(page.skip as usize).take(page.take as usize) {
        // A merged patient is found as the one that survived, by that one's identifier.
        found.extend(by_id(reader, place, id).await?.filter(|one| one.merged_into().is_none()));
    }
    Ok((found, ids.len() <= page.skip as usize + page.take as usize))
}
