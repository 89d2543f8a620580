//! The denials among what payers decided, one for each adjustment that denies.

use chart::id::{EncounterId, PatientId, RemittanceId, RemittedClaimId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, micros};
use crate::write::{Insert, Values};
use crate::{Page, Reader, Result, Tx};

/// An adjustment that denies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// In which answer.
    pub answer: RemittedClaimId,
    /// Its place there, from 0.
    pub place: i64,
    /// The key of its category: `authorization`.
    pub category: String,
    /// Who bears it: `CO`, `PR`.
    pub group: String,
    /// The reason code.
    pub reason: String,
    /// How much, in cents.
    pub amount_cents: i64,
    /// When it was posted.
    pub at: Timestamp,
}

/// A denial with the encounter it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The denial.
    pub denial: Denial,
    /// Of which payment.
    pub remittance: RemittanceId,
    /// The patient control number.
    pub control_number: String,
    /// Whose encounter, where it was found.
    pub whose: Option<(PatientId, EncounterId)>,
    /// The patient's name, unless the chart is restricted or not found.
    pub name: Option<String>,
}

/// The denials of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DenialSum {
    /// Its key.
    pub category: String,
    /// How many.
    pub count: i64,
    /// How much, in cents.
    pub cents: i64,
}

const INSERT: Insert<'_> = Insert {
    head: "
insert into denial (remitted_claim, place, category, adjustment_group, reason, amount_cents, at)
values",
    width: 7,
    tail: "",
};

/// Adds denials.
pub async fn put_denials(tx: &mut Tx, denials: &[Denial]) -> Result<()> {
    let bind = |one: &Denial, values: &mut Values| {
        values.add(one.answer.to_string())?;
        values.add(one.place)?;
        values.add(one.category.as_str())?;
        values.add(one.group.as_str())?;
        values.add(one.reason.as_str())?;
        values.add(one.amount_cents)?;
        values.add(micros(one.at))
    };
    INSERT.run(tx, denials, bind).await.map(|_| ())
}

const SUMS: &str = "
select category, count(*) as count, cast(sum(amount_cents) as bigint) as cents
from denial
group by category
order by cents desc, category
";

/// Denials by category, the dearest first.
pub async fn denial_sums(reader: &mut Reader) -> Result<Vec<DenialSum>> {
    let rows = sqlx::query(SUMS).fetch_all(reader.sql()).await?;
    row::all(&rows, |row| {
        Ok(DenialSum {
            category: row::text(row, "category")?,
            count: row::int(row, "count")?,
            cents: row::int(row, "cents")?,
        })
    })
}

const ROWS: &str = "
select d.remitted_claim as remitted_claim, d.place as place, d.category as category,
  d.adjustment_group as adjustment_group, d.reason as reason, d.amount_cents as amount_cents, d.at as at,
  r.remittance as remittance, r.control_number as control_number, r.patient as patient,
  r.encounter as encounter, case when p.restriction is null then p.filed_name end as name
from denial d
join remitted_claim r on r.id = d.remitted_claim
left join patient p on p.id = r.patient
";

/// The denials of a category, or of all, the latest first.
pub async fn denials(reader: &mut Reader, category: Option<&str>, page: Page) -> Result<Vec<Listed>> {
    let mut conditions = Conditions::default();
    conditions.with("d.category =", category)?;
    let order = "order by d.at desc, d.remitted_claim desc, d.place";
    row::all(&conditions.rows(reader, ROWS, order, page).await?, read)
}

fn read(row: &AnyRow) -> Result<Listed> {
    let patient: Option<PatientId> = row::opt_parsed(row, "patient")?;
    let encounter: Option<EncounterId> = row::opt_parsed(row, "encounter")?;
    Ok(Listed {
        denial: Denial {
            answer: row::parsed(row, "remitted_claim")?,
            place: row::int(row, "place")?,
            category: row::text(row, "category")?,
            group: row::text(row, "adjustment_group")?,
            reason: row::text(row, "reason")?,
            amount_cents: row::int(row, "amount_cents")?,
            at: row::instant(row, "at")?,
        },
        remittance: row::parsed(row, "remittance")?,
        control_number: row::text(row, "control_number")?,
        whose: patient.zip(encounter),
        name: row::opt_text(row, "name")?,
    })
}
