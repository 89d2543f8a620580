//! Discharged and not billed: what is still to be coded, held, or final without a bill.

use chart::coding::CodeSet;
use chart::encounter::Setting;
use chart::id::{EncounterId, PatientId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row;
use crate::{Page, Reader, Result};

/// An encounter that has ended and has no bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unbilled {
    /// Which.
    pub encounter: EncounterId,
    /// Whose.
    pub patient: PatientId,
    /// In which setting.
    pub setting: Setting,
    /// When it ended.
    pub discharged: Timestamp,
    /// The code set of its record, where somebody has begun.
    pub codes: Option<CodeSet>,
}

/// Which of them are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnbilledFilter {
    /// In one of these settings; empty for any.
    pub settings: Vec<Setting>,
    /// The code set's state by key, `none` where nobody has begun.
    pub state: Option<&'static str>,
}

const ROWS: &str = "
select e.id as encounter, e.patient as patient, e.setting as setting, e.until as until, c.body as codes
from encounter e
left join code_set c on c.encounter = e.id and c.purpose = 'record'
left join billing b on b.encounter = e.id
";

const COUNT: &str = "
select count(*) as count
from encounter e
left join code_set c on c.encounter = e.id and c.purpose = 'record'
left join billing b on b.encounter = e.id
";

/// Encounters without a bill, those that ended first standing first.
pub async fn unbilled(reader: &mut Reader, filter: &UnbilledFilter, page: Page) -> Result<Vec<Unbilled>> {
    let rows = conditions(filter)?.rows(reader, ROWS, "order by e.until, e.id", page).await?;
    row::all(&rows, read)
}

/// How many there are.
pub async fn count_unbilled(reader: &mut Reader, filter: &UnbilledFilter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

fn conditions(filter: &UnbilledFilter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.plain("e.status = 'closed'");
    conditions.plain("b.billed is null");
    conditions.any_of("e.setting", filter.settings.iter().map(|one| one.key().to_owned()))?;
    conditions.with("coalesce(c.state, 'none') =", filter.state)?;
    Ok(conditions)
}

fn read(row: &AnyRow) -> Result<Unbilled> {
    let codes: Option<String> = row::opt_text(row, "codes")?;
    let patient = row::parsed(row, "patient")?;
    Ok(Unbilled {
        encounter: row::parsed(row, "encounter")?,
        patient,
        setting: row::choice(row, "setting")?,
        discharged: row::instant(row, "until")?,
        codes: match codes {
            Some(_) => Some(CodeSet { patient, ..row::json(row, "codes")? }),
            None => None,
        },
    })
}
