//! Signatures made here, and who is asked to sign what.

use chart::id::{DocumentId, PartyId, PatientId};
use chart::signature::Signature;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::row::{self, body, micros};
use crate::write::{Insert, Values};
use crate::{Page, Reader, Result, Tx};

const INSERT: Insert<'_> = Insert {
    head: "
insert into signature (id, document, version, signer, meaning, at, body)
values",
    width: 7,
    tail: "",
};

/// Adds a signature. Nothing changes or removes one.
pub async fn insert(tx: &mut Tx, signature: &Signature) -> Result<()> {
    let bind = |one: &Signature, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.document.to_string())?;
        values.add(one.version)?;
        values.add(one.signer.user.to_string())?;
        values.add(one.meaning.key())?;
        values.add(micros(one.at))?;
        values.add(body(one)?)
    };
    INSERT.run(tx, std::slice::from_ref(signature), bind).await.map(|_| ())
}

const OF_DOCUMENT: &str = "
select body
from signature
where document = $1
order by version, at, id
";

/// The signatures under all versions of a document, the oldest first.
pub async fn of_document(reader: &mut Reader, document: DocumentId) -> Result<Vec<Signature>> {
    let rows = sqlx::query(OF_DOCUMENT).bind(document.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, |row| row::json(row, "body"))
}

const OF_PATIENT: &str = "
select body
from signature
where document in (select id from document where patient = $1)
order by document, version, at, id
";

/// The signatures under all documents of a chart, by document and version.
pub async fn of_patient(reader: &mut Reader, patient: PatientId) -> Result<Vec<Signature>> {
    let rows = sqlx::query(OF_PATIENT).bind(patient.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, |row| row::json(row, "body"))
}

/// Somebody is asked to sign a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be signed.
    pub document: DocumentId,
    /// By whom.
    pub party: PartyId,
    /// What the signature is to mean: `author`, `co-signer`.
    pub meaning: String,
    /// When it was asked.
    pub asked: Timestamp,
    /// Who asked, as shown.
    pub asked_by: String,
}

const ASK: Insert<'_> = Insert {
    head: "
insert into signature_request (document, party, meaning, asked, asked_by)
values",
    width: 5,
    tail: "on conflict (document, party, meaning) do nothing",
};

/// Asks somebody to sign; asking again changes nothing.
pub async fn ask(tx: &mut Tx, request: &Request) -> Result<()> {
    let bind = |one: &Request, values: &mut Values| {
        values.add(one.document.to_string())?;
        values.add(one.party.to_string())?;
        values.add(one.meaning.as_str())?;
        values.add(micros(one.asked))?;
        values.add(one.asked_by.as_str())
    };
    ASK.run(tx, std::slice::from_ref(request), bind).await.map(|_| ())
}

const ANSWERED: &str = "
delete from signature_request
where document = $1
  and meaning = $2
";

/// A document has been signed in this meaning: nobody is asked any more.
pub async fn answered(tx: &mut Tx, document: DocumentId, meaning: &str) -> Result<()> {
    sqlx::query(ANSWERED).bind(document.to_string()).bind(meaning).execute(tx.sql()).await?;
    Ok(())
}

const ASKED_OF: &str = "
select document, party, meaning, asked, asked_by
from signature_request
where party = $1
order by asked, document
limit $2 offset $3
";

/// What somebody is asked to sign, the oldest first.
pub async fn asked_of(reader: &mut Reader, party: PartyId, page: Page) -> Result<Vec<Request>> {
    let query = sqlx::query(ASKED_OF).bind(party.to_string()).bind(page.limit()).bind(page.offset());
    row::all(&query.fetch_all(reader.sql()).await?, request)
}

const ASKED_FOR: &str = "
select document, party, meaning, asked, asked_by
from signature_request
where document = $1
order by asked, party
";

/// Who is asked to sign a document.
pub async fn asked_for(reader: &mut Reader, document: DocumentId) -> Result<Vec<Request>> {
    let rows = sqlx::query(ASKED_FOR).bind(document.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, request)
}

fn request(row: &AnyRow) -> Result<Request> {
    Ok(Request {
        document: row::parsed(row, "document")?,
        party: row::parsed(row, "party")?,
        meaning: row::text(row, "meaning")?,
        asked: row::instant(row, "asked")?,
        asked_by: row::text(row, "asked_by")?,
    })
}
