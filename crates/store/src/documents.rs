//! Documents and their versions.

use chart::document::{Document, DocumentStatus, DocumentVersion};
use chart::id::{Digest, DocumentId, EncounterId, PatientId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, key_of, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, origin, search};

const INSERT: Insert<'_> = Insert {
    head: "
insert into document (
  id, version, patient, encounter, kind, title, status, at, body,
  channel, source_system, source_kind, source_key, original, received
)
values",
    width: 9 + origin::WIDTH,
    tail: "",
};

/// Adds documents that are new, in their version as given, and makes their words findable.
pub async fn insert_all(tx: &mut Tx, documents: &[Document]) -> Result<()> {
    let bind = |one: &Document, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.version)?;
        values.add(one.patient.to_string())?;
        add_columns(one, values)
    };
    INSERT.run(tx, documents, bind).await?;
    search::add_documents(tx, documents).await
}

/// Adds a document that is new.
pub async fn insert(tx: &mut Tx, document: &Document) -> Result<()> {
    insert_all(tx, std::slice::from_ref(document)).await
}

const KEEP_VERSION: &str = "
insert into document_version (
  document, version, body, channel, source_system, source_kind, source_key, original, received
)
select id, version, body, channel, source_system, source_kind, source_key, original, received
from document
where id = $1
  and version = $2
";

const UPDATE: &str = "
update document
set version = version + 1,
  encounter = $3, kind = $4, title = $5, status = $6, at = $7, body = $8,
  channel = $9, source_system = $10, source_kind = $11, source_key = $12, original = $13, received = $14
where id = $1
  and version = $2
returning patient
";

/// Adds a version to a document; `document.version` is the version it was read in, which is kept. Gives the new one.
///
/// It stays in the chart it is in: only [`crate::merges`] moves it.
pub async fn update(tx: &mut Tx, document: &Document) -> Result<i64> {
    let keep = sqlx::query(KEEP_VERSION).bind(document.id.to_string()).bind(document.version);
    keep.execute(tx.sql()).await?;
    let mut values = Values::default();
    values.add(document.id.to_string())?;
    values.add(document.version)?;
    add_columns(document, &mut values)?;
    let row = sqlx::query_with(UPDATE, values.into_arguments()).fetch_optional(tx.sql()).await?;
    let conflict =
        || Error::Conflict { what: "document", id: document.id.to_string(), expected: document.version };
    let patient = row::parsed(&row.ok_or_else(conflict)?, "patient")?;
    search::remove(tx, search::Of::Document(document.id)).await?;
    search::add_documents(tx, &[Document { patient, ..document.clone() }]).await?;
    Ok(document.version + 1)
}

fn add_columns(document: &Document, values: &mut Values) -> Result<()> {
    let content = &document.content;
    values.add(document.encounter.map(|id| id.to_string()))?;
    values.add(content.type_key().unwrap_or_default())?;
    values.add(content.title.as_str())?;
    values.add(key_of(&content.status)?)?;
    values.add(micros(sorted_at(document)))?;
    values.add(body(content)?)?;
    origin::add(&document.origin, values)
}

/// When it was written, to order by: when it was stored, if nobody said.
pub(crate) fn sorted_at(document: &Document) -> Timestamp {
    document.content.written.map_or(document.origin.received, chart::date::When::sort_key)
}

/// The columns that [`read`] needs, of `document`, and what follows.
macro_rules! document_rows {
    ($rest:literal) => {
        concat!(
            "
select id, version, patient, encounter, body,
  channel, source_system, source_kind, source_key, original, received
from document
",
            $rest
        )
    };
}

const BY_ID: &str = document_rows!("where id = $1");

/// The document, in its newest version.
pub async fn by_id(reader: &mut Reader, id: DocumentId) -> Result<Option<Document>> {
    let row = sqlx::query(BY_ID).bind(id.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

/// The document, which must be there.
pub async fn get(reader: &mut Reader, id: DocumentId) -> Result<Document> {
    by_id(reader, id).await?.ok_or_else(|| Error::Missing { what: "document", id: id.to_string() })
}

const VERSIONS: &str = "
select version, body, channel, source_system, source_kind, source_key, original, received
from document_version
where document = $1
order by version desc
";

/// The earlier versions, the latest first.
pub async fn versions(reader: &mut Reader, id: DocumentId) -> Result<Vec<DocumentVersion>> {
    let rows = sqlx::query(VERSIONS).bind(id.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, |row| {
        Ok(DocumentVersion {
            version: row::int(row, "version")?,
            stored: row::instant(row, "received")?,
            content: row::json(row, "body")?,
            origin: origin::read(row)?,
        })
    })
}

/// Which documents are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this patient.
    pub patient: Option<PatientId>,
    /// Of this encounter.
    pub encounter: Option<EncounterId>,
    /// Of one of these types, by the department's key; empty for any.
    pub types: Vec<String>,
    /// Of this status.
    pub status: Option<DocumentStatus>,
    /// Written at or after.
    pub from: Option<Timestamp>,
    /// Written before.
    pub until: Option<Timestamp>,
}

impl Filter {
    /// Everything of a patient.
    #[must_use]
    pub fn of(patient: PatientId) -> Self {
        Self { patient: Some(patient), ..Self::default() }
    }
}

const ROWS: &str = document_rows!("");

const COUNT: &str = "
select count(*) as count
from document
";

/// The documents asked for, the latest first.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Document>> {
    let rows = conditions(filter)?.rows(reader, ROWS, "order by at desc, id desc", page).await?;
    row::all(&rows, read)
}

/// How many documents are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

/// Every one of these patients, the oldest first.
pub async fn of_patients(reader: &mut Reader, patients: &[PatientId]) -> Result<Vec<Document>> {
    let mut conditions = Conditions::default();
    conditions.any_of("patient", patients.iter().map(ToString::to_string))?;
    row::all(&conditions.rows(reader, ROWS, "order by at, id", Page::first(u32::MAX)).await?, read)
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    conditions.with("encounter =", filter.encounter.map(|id| id.to_string()))?;
    conditions.any_of("kind", filter.types.iter().cloned())?;
    conditions.with("status =", filter.status.map(|status| key_of(&status)).transpose()?)?;
    conditions.with("at >=", filter.from.map(micros))?;
    conditions.with("at <", filter.until.map(micros))?;
    Ok(conditions)
}

const WITH_FILE: &str = document_rows!("where body like $1 order by id");

/// The documents to whose newest version this file belongs. Looks at every document: there is no index of files.
pub async fn with_file(reader: &mut Reader, digest: Digest) -> Result<Vec<Document>> {
    let rows = sqlx::query(WITH_FILE).bind(format!("%{digest}%")).fetch_all(reader.sql()).await?;
    let mut found = row::all(&rows, read)?;
    found.retain(|one| one.content.attachments.iter().any(|file| file.digest == digest));
    Ok(found)
}

/// A document out of its row.
pub(crate) fn read(row: &AnyRow) -> Result<Document> {
    Ok(Document {
        id: row::parsed(row, "id")?,
        version: row::int(row, "version")?,
        patient: row::parsed(row, "patient")?,
        encounter: row::opt_parsed(row, "encounter")?,
        content: row::json(row, "body")?,
        origin: origin::read(row)?,
    })
}
