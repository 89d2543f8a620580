//! Discharged and not billed: what is still to be coded, held, or final without a bill. Counted by the database, from
//! indexes that hold all that is counted.

use chart::encounter::Setting;
use chart::id::{EncounterId, PatientId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::row::{self, micros};
use crate::{Page, Reader, Result};

/// How far the codes of an encounter without a bill have come, and what they wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The state of its record's code set by key; `None` where nobody has begun.
    pub state: Option<String>,
    /// The key of the first reason it is held for.
    pub pending: Option<String>,
}

/// What waits in one stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnbilledSum {
    /// Which.
    pub stand: Stand,
    /// How many encounters.
    pub count: i64,
    /// Whole days since each ended, added up.
    pub days: i64,
    /// Relative weights of their DRGs in ten-thousandths, added up.
    pub weight: i64,
}

/// An encounter that has ended and has no bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unbilled {
    /// Which.
    pub encounter: EncounterId,
    /// Whose.
    pub patient: PatientId,
    /// The name, unless the chart is restricted.
    pub name: Option<String>,
    /// In which setting.
    pub setting: Setting,
    /// When it ended; when it began, where nobody said when it ended.
    pub discharged: Timestamp,
    /// How far its codes have come.
    pub stand: Stand,
}

const SUMS: &str = "
select e.coded as state, e.pending as pending, count(*) as count,
  cast(sum(($1 - coalesce(e.until, e.at)) / 86400000000) as bigint) as days,
  cast(sum(coalesce(e.weight, 0)) as bigint) as weight
from encounter e
where e.status = 'closed'
  and e.final_bill is null
  and ($2 = '' or e.setting = $2)
group by e.coded, e.pending
";

/// What waits for its bill at `now`, in one setting or in all, by how far its codes have come.
pub async fn unbilled_sums(
    reader: &mut Reader,
    setting: Option<Setting>,
    now: Timestamp,
) -> Result<Vec<UnbilledSum>> {
    let query = sqlx::query(SUMS).bind(micros(now)).bind(setting.map_or("", Setting::key));
    row::all(&query.fetch_all(reader.sql()).await?, |row| {
        Ok(UnbilledSum {
            stand: stand(row)?,
            count: row::int(row, "count")?,
            days: row::int(row, "days")?,
            weight: row::int(row, "weight")?,
        })
    })
}

const ROWS: &str = "
select e.id as encounter, e.patient as patient, e.setting as setting, coalesce(e.until, e.at) as ended,
  e.coded as state, e.pending as pending,
  case when p.restriction is null then p.filed_name end as name
from encounter e
join patient p on p.id = e.patient
where e.status = 'closed'
  and e.final_bill is null
  and ($1 = '' or e.setting = $1)
order by coalesce(e.until, e.at), e.id
limit $2 offset $3
";

/// Encounters without a bill, in one setting or in all; those that ended first come first.
pub async fn unbilled(reader: &mut Reader, setting: Option<Setting>, page: Page) -> Result<Vec<Unbilled>> {
    let query =
        sqlx::query(ROWS).bind(setting.map_or("", Setting::key)).bind(page.limit()).bind(page.offset());
    row::all(&query.fetch_all(reader.sql()).await?, read)
}

fn read(row: &AnyRow) -> Result<Unbilled> {
    Ok(Unbilled {
        encounter: row::parsed(row, "encounter")?,
        patient: row::parsed(row, "patient")?,
        name: row::opt_text(row, "name")?,
        setting: row::choice(row, "setting")?,
        discharged: row::instant(row, "ended")?,
        stand: stand(row)?,
    })
}

fn stand(row: &AnyRow) -> Result<Stand> {
    Ok(Stand { state: row::opt_text(row, "state")?, pending: row::opt_text(row, "pending")? })
}
