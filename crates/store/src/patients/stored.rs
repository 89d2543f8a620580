//! A patient as columns, and back.

use chart::patient::{Patient, Restriction, Standing};
use sqlx::any::AnyRow;

use crate::Result;
use crate::row::{self, body, folded, key_of, micros};
use crate::write::Values;

/// The columns that [`read`] needs, of `patient`, and what follows.
macro_rules! patient_rows {
    ($rest:literal) => {
        concat!(
            "
select patient.id, patient.version, patient.body, patient.merged_into, patient.merge_id,
  patient.restriction, patient.restricted_by, patient.restricted_at
from patient
",
            $rest
        )
    };
}
pub(crate) use patient_rows;

/// What is written beside identifier, version and time of the change.
pub(super) struct Columns {
    texts: [Option<String>; 10],
    restricted_at: Option<i64>,
}

impl Columns {
    pub(super) fn of(patient: &Patient) -> Result<Self> {
        let person = &patient.demographics;
        let name = person.names.first();
        let merged = match patient.standing {
            Standing::Active => None,
            Standing::Merged { into, merge } => Some((into, merge)),
        };
        let restriction = patient.restriction.as_ref();
        let texts = [
            Some(body(person)?),
            Some(folded(&person.filed_name())),
            Some(name.map(|name| folded(&name.family)).unwrap_or_default()),
            Some(name.map(|name| folded(&name.given.join(" "))).unwrap_or_default()),
            person.birth.map(|birth| birth.to_string()),
            Some(key_of(&person.sex)?),
            merged.map(|(into, _)| into.to_string()),
            merged.map(|(_, merge)| merge.to_string()),
            restriction.map(|one| key_of(&one.kind)).transpose()?,
            restriction.map(|one| one.by.to_string()),
        ];
        Ok(Self { texts, restricted_at: restriction.map(|one| micros(one.at)) })
    }

    pub(super) fn add(self, values: &mut Values) -> Result<()> {
        self.texts.into_iter().try_for_each(|text| values.add(text))?;
        values.add(self.restricted_at)
    }
}

/// A patient out of its row.
pub(crate) fn read(row: &AnyRow) -> Result<Patient> {
    Ok(Patient {
        id: row::parsed(row, "id")?,
        version: row::int(row, "version")?,
        demographics: row::json(row, "body")?,
        standing: standing(row)?,
        restriction: restriction(row)?,
    })
}

fn standing(row: &AnyRow) -> Result<Standing> {
    Ok(match row::opt_parsed(row, "merged_into")? {
        Some(into) => Standing::Merged { into, merge: row::parsed(row, "merge_id")? },
        None => Standing::Active,
    })
}

fn restriction(row: &AnyRow) -> Result<Option<Restriction>> {
    if row::opt_text(row, "restriction")?.is_none() {
        return Ok(None);
    }
    let (kind, by) = (row::choice(row, "restriction")?, row::parsed(row, "restricted_by")?);
    Ok(Some(Restriction { kind, by, at: row::instant(row, "restricted_at")? }))
}
