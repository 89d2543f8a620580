//! Signatures made here, and who is asked to sign what.

use std::fmt;
use std::str::FromStr;

use chart::id::{DocumentId, NotAnId, PartyId, PatientId, UserId};
use chart::signature::Signature;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
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

const OF_PATIENTS: &str = "
select document.patient as patient, signature.body as body
from signature
join document on document.id = signature.document
";

/// The signatures under all documents of these charts, with whose chart each is in, the oldest first.
pub async fn of_patients(reader: &mut Reader, patients: &[PatientId]) -> Result<Vec<(PatientId, Signature)>> {
    if patients.is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::default();
    conditions.any_of("document.patient", patients.iter().map(ToString::to_string))?;
    let order = "order by signature.at, signature.id";
    let rows = conditions.rows(reader, OF_PATIENTS, order, Page::first(u32::MAX)).await?;
    row::all(&rows, |row| Ok((row::parsed(row, "patient")?, row::json(row, "body")?)))
}

/// One who is asked to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// An account: who wrote here.
    Account(UserId),
    /// An entry of the directory, whether they have an account or not.
    Party(PartyId),
}

impl fmt::Display for Whom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account/{id}"),
            Self::Party(id) => write!(f, "party/{id}"),
        }
    }
}

impl FromStr for Whom {
    type Err = NotAnId;
    fn from_str(text: &str) -> std::result::Result<Self, NotAnId> {
        match text.split_once('/') {
            Some(("account", id)) => Ok(Self::Account(id.parse()?)),
            Some((_, id)) => Ok(Self::Party(id.parse()?)),
            None => Ok(Self::Party(text.parse()?)),
        }
    }
}

/// Somebody is asked to sign a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be signed.
    pub document: DocumentId,
    /// By whom.
    pub signer: Whom,
    /// What the signature is to mean: `author`, `co-signer`.
    pub meaning: String,
    /// When it was asked.
    pub asked: Timestamp,
    /// Who asked, as shown.
    pub asked_by: String,
}

const ASK: Insert<'_> = Insert {
    head: "
insert into signature_request (document, signer, meaning, asked, asked_by)
values",
    width: 5,
    tail: "on conflict (document, signer, meaning) do nothing",
};

/// Asks somebody to sign; asking again changes nothing.
pub async fn ask(tx: &mut Tx, request: &Request) -> Result<()> {
    let bind = |one: &Request, values: &mut Values| {
        values.add(one.document.to_string())?;
        values.add(one.signer.to_string())?;
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
select document, signer, meaning, asked, asked_by
from signature_request
where signer = $1
order by asked, document
limit $2 offset $3
";

/// What somebody is asked to sign, the oldest first.
pub async fn asked_of(reader: &mut Reader, signer: Whom, page: Page) -> Result<Vec<Request>> {
    let query = sqlx::query(ASKED_OF).bind(signer.to_string()).bind(page.limit()).bind(page.offset());
    row::all(&query.fetch_all(reader.sql()).await?, request)
}

const ASKED_FOR: &str = "
select document, signer, meaning, asked, asked_by
from signature_request
where document = $1
order by asked, signer
";

/// Who is asked to sign a document.
pub async fn asked_for(reader: &mut Reader, document: DocumentId) -> Result<Vec<Request>> {
    let rows = sqlx::query(ASKED_FOR).bind(document.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, request)
}

fn request(row: &AnyRow) -> Result<Request> {
    Ok(Request {
        document: row::parsed(row, "document")?,
        signer: row::parsed(row, "signer")?,
        meaning: row::text(row, "meaning")?,
        asked: row::instant(row, "asked")?,
        asked_by: row::text(row, "asked_by")?,
    })
}
