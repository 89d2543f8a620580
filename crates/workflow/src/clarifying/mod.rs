//! Clarifying what a record says: the gaps that rules find in it, and the queries put to practitioners.

pub(crate) mod gaps;

use chart::id::PatientId;
use completeness::OpenQuery;
use store::Reader;

use crate::Result;

/// The queries about the records of these patients that are not answered, as completeness counts them.
pub(crate) async fn unanswered(
    reader: &mut Reader,
    patients: &[PatientId],
) -> Result<Vec<(PatientId, OpenQuery)>> {
    let owed = store::queries::owed_of_patients(reader, patients).await?;
    let open = owed.into_iter().filter_map(|query| {
        let asked = query.issued_at()?;
        let key = query.id.to_string();
        let (to, about) = (query.ask.addressed.name, query.ask.title);
        Some((query.patient, OpenQuery { key, encounter: query.encounter, to, about, asked }))
    });
    Ok(open.collect())
}
