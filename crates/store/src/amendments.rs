//! Late entries, addenda, corrections and attestations; when an encounter was billed; patients' requests to amend.

use chart::amendment::{Amendment, Billing, PatientRequest};
use chart::id::{DocumentId, EncounterId, PatientId, PatientRequestId};
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, version};

const INSERT: Insert<'_> = Insert {
    head: "
insert into amendment (id, patient, kind, original, document, written, flagged, body)
values",
    width: 8,
    tail: "",
};

/// Adds what was written after the fact. Nothing changes or removes it.
pub async fn insert(tx: &mut Tx, amendment: &Amendment) -> Result<()> {
    let bind = |one: &Amendment, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.patient.to_string())?;
        values.add(one.kind.key())?;
        values.add(one.original.map(|original| original.document.to_string()))?;
        values.add(one.document.to_string())?;
        values.add(micros(one.written))?;
        values.add(i64::from(!one.flags.is_empty()))?;
        values.add(body(one)?)
    };
    INSERT.run(tx, std::slice::from_ref(amendment), bind).await.map(|_| ())
}

const AROUND: &str = "
select patient, body
from amendment
where original = $1
   or document = $1
order by written, id
";

/// What was written to a document, and what the document itself was written as, the oldest first.
pub async fn around(reader: &mut Reader, document: DocumentId) -> Result<Vec<Amendment>> {
    let rows = sqlx::query(AROUND).bind(document.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, |row| Ok(Amendment { patient: row::parsed(row, "patient")?, ..row::json(row, "body")? }))
}

const AMENDMENTS: &str = "
select patient, body
from amendment
";

/// What was written after the bill or an audit request, the latest first.
pub async fn flagged(reader: &mut Reader, page: Page) -> Result<Vec<Amendment>> {
    let mut conditions = Conditions::default();
    conditions.with("flagged =", Some(1_i64))?;
    let rows = conditions.rows(reader, AMENDMENTS, "order by written desc, id desc", page).await?;
    row::all(&rows, |row| Ok(Amendment { patient: row::parsed(row, "patient")?, ..row::json(row, "body")? }))
}

const BILL: Insert<'_> = Insert {
    head: "
insert into billing (encounter, billed, audit_requested)
values",
    width: 3,
    tail: "
on conflict (encounter) do update
set billed = excluded.billed, audit_requested = excluded.audit_requested",
};

const FINAL_BILL: &str = "
update encounter
set final_bill = $2
where id = $1
  and not exists (select 1 from billing b where b.encounter = $1 and b.billed = $2)
";

/// Keeps when an encounter was billed and its record asked for. A bill that is not known yet is the one that stands.
pub async fn set_billing(tx: &mut Tx, encounter: EncounterId, billing: Billing) -> Result<()> {
    let billed = billing.billed.map(micros);
    sqlx::query(FINAL_BILL).bind(encounter.to_string()).bind(billed).execute(tx.sql()).await?;
    let bind = |(encounter, billing): &(EncounterId, Billing), values: &mut Values| {
        values.add(encounter.to_string())?;
        values.add(billing.billed.map(micros))?;
        values.add(billing.audit_requested.map(micros))
    };
    BILL.run(tx, &[(encounter, billing)], bind).await.map(|_| ())
}

const BILLING: &str = "
select billed, audit_requested
from billing
where encounter = $1
";

/// When an encounter was billed and its record asked for, as far as is known.
pub async fn billing(reader: &mut Reader, encounter: EncounterId) -> Result<Billing> {
    let row = sqlx::query(BILLING).bind(encounter.to_string()).fetch_optional(reader.sql()).await?;
    let Some(row) = row else { return Ok(Billing::default()) };
    Ok(Billing {
        billed: row::opt_instant(&row, "billed")?,
        audit_requested: row::opt_instant(&row, "audit_requested")?,
    })
}

const INSERT_REQUEST: Insert<'_> = Insert {
    head: "
insert into patient_request (id, version, patient, state, due, body)
values",
    width: 6,
    tail: "",
};

/// Adds a patient's request that is new.
pub async fn insert_request(tx: &mut Tx, request: &PatientRequest) -> Result<()> {
    let bind = |one: &PatientRequest, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.version)?;
        values.add(one.patient.to_string())?;
        values.add(one.state.key())?;
        values.add(one.clock.due().map(micros))?;
        values.add(body(one)?)
    };
    INSERT_REQUEST.run(tx, std::slice::from_ref(request), bind).await.map(|_| ())
}

const UPDATE_REQUEST: &str = "
update patient_request
set version = $3, state = $4, due = $5, body = $6
where id = $1
  and version = $2
";

/// Keeps a request in its next state; the verb has counted its version on by one.
pub async fn update_request(tx: &mut Tx, request: &PatientRequest) -> Result<()> {
    let before = request.version - 1;
    let query = sqlx::query(UPDATE_REQUEST)
        .bind(request.id.to_string())
        .bind(before)
        .bind(request.version)
        .bind(request.state.key())
        .bind(request.clock.due().map(micros))
        .bind(body(request)?);
    let changed = query.execute(tx.sql()).await?;
    version::after(&changed, "request", request.id, before).map(|_| ())
}

const REQUESTS: &str = "
select patient, body
from patient_request
";

/// A patient's request, which must be there.
pub async fn request(reader: &mut Reader, id: PatientRequestId) -> Result<PatientRequest> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, REQUESTS, "order by id", Page::first(1)).await?;
    let missing = || Error::Missing { what: "request", id: id.to_string() };
    read_request(rows.first().ok_or_else(missing)?)
}

/// Requests of a patient, or of all, in one state or in any; those due first come first.
pub async fn requests(
    reader: &mut Reader,
    patient: Option<PatientId>,
    state: Option<&str>,
    page: Page,
) -> Result<Vec<PatientRequest>> {
    let mut conditions = Conditions::default();
    conditions.with("patient =", patient.map(|id| id.to_string()))?;
    conditions.with("state =", state)?;
    row::all(&conditions.rows(reader, REQUESTS, "order by due, id", page).await?, read_request)
}

fn read_request(row: &AnyRow) -> Result<PatientRequest> {
    Ok(PatientRequest { patient: row::parsed(row, "patient")?, ..row::json(row, "body")? })
}
