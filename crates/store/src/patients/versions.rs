//! Every version of who a person is: what it said, where it came from, and which event of the audit trail it was.

use chart::id::{PatientId, UserId};
use chart::intake::Origin;
use chart::patient::{Demographics, Patient};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::row::{self, body};
use crate::write::{Insert, Values};
use crate::{Reader, Result, Tx, origin};

/// A person as one version has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its number, from 1.
    pub version: i64,
    /// Who the person was said to be.
    pub demographics: Demographics,
    /// When it was stored.
    pub stored: Timestamp,
    /// Where it came from; `None` for what was stored before versions were kept. Without a key it was entered here.
    pub origin: Option<Origin>,
    /// The person who made the change, where one did.
    pub by: Option<UserId>,
    /// The audit trail's word for the change, where a person made it: `patient-correct`, `patient-merge`.
    pub action: Option<String>,
    /// Why, where that was said.
    pub reason: Option<String>,
}

const INSERT: Insert<'_> = Insert {
    head: "
insert into patient_version (
  patient, version, body, channel, source_system, source_kind, source_key, original, received
)
values",
    width: 3 + origin::WIDTH,
    tail: "",
};

/// Keeps versions: each a patient with the version that is stored now.
pub(super) async fn keep(tx: &mut Tx, versions: &[(&Patient, i64, &Origin)]) -> Result<()> {
    let bind = |(patient, version, from): &(&Patient, i64, &Origin), values: &mut Values| {
        values.add(patient.id.to_string())?;
        values.add(*version)?;
        values.add(body(&patient.demographics)?)?;
        origin::add(from, values)
    };
    INSERT.run(tx, versions, bind).await.map(|_| ())
}

const OF_PATIENT: &str = "
select kept.version, kept.body, kept.channel, kept.source_system, kept.source_kind, kept.source_key,
  kept.original, kept.received, audit.actor_user, audit.action, audit.reason
from patient_version as kept
left join audit
  on audit.patient = kept.patient
  and audit.at = kept.received
  and audit.action in ('patient-register', 'patient-correct', 'patient-merge', 'patient-unmerge', 'chart-restrict')
where kept.patient = $1
order by kept.version, audit.seq
";

/// Every version of a patient, the first first. Who made it and why is what the audit trail says of that instant.
pub async fn versions(reader: &mut Reader, id: PatientId) -> Result<Vec<Version>> {
    let rows = sqlx::query(OF_PATIENT).bind(id.to_string()).fetch_all(reader.sql()).await?;
    let mut found = row::all(&rows, read)?;
    found.dedup_by_key(|one| one.version);
    Ok(found)
}

fn read(row: &AnyRow) -> Result<Version> {
    let came = row::opt_text(row, "channel")?.is_some();
    Ok(Version {
        version: row::int(row, "version")?,
        demographics: row::json(row, "body")?,
        stored: row::instant(row, "received")?,
        origin: if came { Some(origin::read(row)?) } else { None },
        by: row::opt_parsed(row, "actor_user")?,
        action: row::opt_text(row, "action")?,
        reason: row::opt_text(row, "reason")?,
    })
}
