//! The codes that the program alone would have given: kept to be compared, and never billed.

use chart::coding::CodeSet;
use chart::id::{EncounterId, PatientId};
use codeset::Code;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::{Page, Reader, Result, Tx};

/// What the program would have coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shadow {
    /// Of which encounter.
    pub encounter: EncounterId,
    /// Whose.
    pub patient: PatientId,
    /// The key of its class of encounters.
    pub class: String,
    /// When.
    pub made: Timestamp,
    /// What.
    pub said: ShadowCodes,
}

/// The codes with their scores, and whether they would have been taken without a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShadowCodes {
    /// The codes, the first-listed one first, each with its score in thousandths.
    pub codes: Vec<(Code, u32)>,
    /// Why a person would have been asked after all; empty when nobody would.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why_not: String,
}

const PUT: &str = "
insert into shadow_codes (encounter, patient, class, made, body)
values ($1, $2, $3, $4, $5)
on conflict (encounter) do nothing
";

/// Keeps what the program would have coded. The first word stays: later ones have seen the coder's decisions.
pub async fn put_shadow(tx: &mut Tx, shadow: &Shadow) -> Result<()> {
    let query = sqlx::query(PUT)
        .bind(shadow.encounter.to_string())
        .bind(shadow.patient.to_string())
        .bind(shadow.class.as_str())
        .bind(micros(shadow.made))
        .bind(body(&shadow.said)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const ROWS: &str = "
select s.encounter as encounter, s.patient as patient, s.class as class, s.made as made, s.body as body,
  c.body as codes
from shadow_codes s
left join code_set c on c.encounter = s.encounter and c.purpose = 'record' and c.state = 'final'
";

/// What was kept from one moment to another, each with the coder's closed codes where there are any; the latest first.
pub async fn shadows(
    reader: &mut Reader,
    (from, before): (Timestamp, Timestamp),
    page: Page,
) -> Result<Vec<(Shadow, Option<CodeSet>)>> {
    let mut conditions = Conditions::default();
    conditions.with("s.made >=", Some(micros(from)))?;
    conditions.with("s.made <", Some(micros(before)))?;
    row::all(&conditions.rows(reader, ROWS, "order by s.made desc, s.encounter", page).await?, read)
}

fn read(row: &AnyRow) -> Result<(Shadow, Option<CodeSet>)> {
    let patient = row::parsed(row, "patient")?;
    let shadow = Shadow {
        encounter: row::parsed(row, "encounter")?,
        patient,
        class: row::text(row, "class")?,
        made: row::instant(row, "made")?,
        said: row::json(row, "body")?,
    };
    let codes = match row::opt_text(row, "codes")? {
        Some(_) => Some(CodeSet { patient, ..row::json(row, "codes")? }),
        None => None,
    };
    Ok((shadow, codes))
}
