//! Writing and signing documents. One document, one credential, one signature: there is no way to sign many at once.

mod me;
mod orders;
mod write;

use chart::access::Permission;
use chart::amendment::Billing;
use chart::directory::PartyKind;
use chart::document::{Document, DocumentStatus};
use chart::encounter::Encounter;
use chart::id::{Digest, DocumentId, PartyId, SignatureId};
use chart::patient::Patient;
use chart::signature::{Authentication, Meaning, Signature, Signer, content_digest};
use jiff::tz::TimeZone;
use serde_json::json;
use store::access::accounts;
use store::parties::{self, Filed};
use store::signatures::{self, Request, Whom};
use store::{Page, Reader, Store, Tx};

pub(crate) use me::{Me, me};
pub use orders::{authenticate_order, order};
pub use write::{Writing, revise, write};
pub(crate) use write::{check_encounter, new};

use crate::access::{Credential, Proof, prove};
use crate::charts::{Banner, banner};
use crate::{Context, Error, Result, completeness, gate};

/// Practitioners offered for a co-signature.
const MOST_PRACTITIONERS: u32 = 300;

/// What is to be signed, as the signer has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSign {
    /// Which document.
    pub document: DocumentId,
    /// The version that was read.
    pub version: i64,
    /// What the signature is to mean.
    pub meaning: Meaning,
}

/// Signs one document: its author's signature makes it final and locks it; others stand below.
///
/// # Errors
/// [`Error::Refused`] when the credential is not right, when the document was changed after it was read, or when its
/// state or the signer does not allow this signature.
pub async fn sign(
    store: &Store,
    context: &mut Context,
    to_sign: ToSign,
    credential: Credential,
    zone: &TimeZone,
) -> Result<Signature> {
    context.must(permission(&to_sign.meaning))?;
    let proof = prove(store, context, credential).await?;
    let mut tx = store.begin().await?;
    let document = store::documents::get(&mut tx, to_sign.document).await?;
    let patient = gate::open(&mut tx, context, document.patient, permission(&to_sign.meaning)).await?;
    if document.version != to_sign.version {
        return Err(Error::refused(
            "the document was changed after you opened it: read the new version, then sign",
        ));
    }
    let signature = sign_in(&mut tx, context, document, to_sign.meaning, (&proof, zone)).await?;
    completeness::ask(&mut tx, context, patient.id).await?;
    tx.commit(signed(context, &signature).patient(patient.id)).await?;
    Ok(signature)
}

const fn permission(meaning: &Meaning) -> Permission {
    match meaning {
        Meaning::CoSigner | Meaning::Reviewer => Permission::DocumentCosign,
        Meaning::Author | Meaning::Attestation | Meaning::OnBehalf { .. } => Permission::DocumentSign,
    }
}

/// The event of a signature.
pub(crate) fn signed(context: &Context, signature: &Signature) -> store::audit::Event {
    context.event("document-sign").object("document", signature.document).detail(json!({
        "signature": signature.id,
        "version": signature.version,
        "digest": signature.digest,
        "meaning": signature.meaning.key(),
        "method": signature.method,
    }))
}

/// Puts a signature under a document inside a transaction. `document` is in the version it was read in.
pub(crate) async fn sign_in(
    tx: &mut Tx,
    context: &mut Context,
    mut document: Document,
    meaning: Meaning,
    (proof, zone): (&Proof, &TimeZone),
) -> Result<Signature> {
    let me = me(tx, context).await?;
    let before = signatures::of_document(tx, document.id).await?;
    let state = Authentication::of(&document, current(&document, &before))?;
    if matches!(meaning, Meaning::Author | Meaning::Attestation) && !me.wrote(&document) {
        return Err(Error::refused(
            "you are not named as its author: co-sign it, or sign on behalf of the author",
        ));
    }
    let mut next = state;
    if meaning.is_for_author() && !next.is_locked() {
        document = finished(tx, document).await?;
        next = next.revise(document.version, content_digest(&document.content))?;
    }
    let signature = signature(context, &me, &document, meaning, (proof, zone));
    next.with(signature.clone())?;
    signatures::insert(tx, &signature).await?;
    let answered =
        if signature.meaning.is_for_author() { Meaning::Author.key() } else { signature.meaning.key() };
    signatures::answered(tx, document.id, answered).await?;
    accounts::succeeded(tx, proof.account.id).await?;
    Ok(signature)
}

/// The version that is signed says itself that it is final.
async fn finished(tx: &mut Tx, mut document: Document) -> Result<Document> {
    if document.content.plain_text().trim().is_empty() && document.content.attachments.is_empty() {
        return Err(Error::refused("the document is empty: write something, or withdraw it"));
    }
    document.content.status = DocumentStatus::Final;
    document.version = store::documents::update(tx, &document).await?;
    Ok(document)
}

fn signature(
    context: &mut Context,
    me: &Me,
    document: &Document,
    meaning: Meaning,
    (proof, zone): (&Proof, &TimeZone),
) -> Signature {
    let user = proof.account.id;
    Signature {
        id: context.id(SignatureId::from_bits),
        document: document.id,
        version: document.version,
        digest: content_digest(&document.content),
        signer: Signer {
            user,
            party: me.party,
            name: me.actor.name.clone(),
            credentials: me.credentials.clone(),
        },
        meaning,
        at: context.at,
        offset_seconds: zone.to_offset(context.at).seconds(),
        method: proof.method,
    }
}

/// The signatures under the newest version.
fn current(document: &Document, all: &[Signature]) -> Vec<Signature> {
    all.iter().filter(|one| one.version == document.version).cloned().collect()
}

/// A document as it is read before it is signed.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Whose it is.
    pub banner: Banner,
    /// Its newest version.
    pub document: Document,
    /// The encounter it belongs to.
    pub encounter: Option<Encounter>,
    /// The digest that a signature would cover now, but for the mark that it is final.
    pub digest: Digest,
    /// How far it is authenticated.
    pub authentication: Authentication,
    /// Whether the reader is named as its author.
    pub is_own: bool,
    /// Whether the reader's account asks for a code beside the password.
    pub asks_code: bool,
    /// When the encounter was billed and its record asked for: what is written now would be flagged.
    pub billing: Billing,
    /// Who is asked to co-sign, by name.
    pub asked: Vec<String>,
    /// Whom the author may ask to co-sign; empty for others.
    pub cosigners: Vec<Filed>,
}

/// Reads a document in order to write on or sign it.
pub async fn read(store: &Store, context: &Context, id: DocumentId) -> Result<Reading> {
    let mut view = store.view().await?;
    let document = store::documents::get(&mut view, id).await?;
    let patient = gate::open(&mut view, context, document.patient, Permission::DocumentSign).await?;
    let me = me(&mut view, context).await?;
    let before = signatures::of_document(&mut view, id).await?;
    let authentication = Authentication::of(&document, current(&document, &before))?;
    let encounter = match document.encounter {
        Some(id) => store::encounters::by_id(&mut view, id).await?,
        None => None,
    };
    let is_own = me.wrote(&document);
    let asked = asked(&mut view, id).await?;
    let cosigners = if is_own { practitioners(&mut view).await? } else { Vec::new() };
    let billing = match document.encounter {
        Some(id) => store::amendments::billing(&mut view, id).await?,
        None => Billing::default(),
    };
    let asks_code = asks_code(&mut view, context).await?;
    let banner = banner(&mut view, patient).await?;
    let event = context.event("document-read").patient(banner.patient.id).object("document", id);
    view.finish(event.detail(json!({ "for": "signing" }))).await?;
    let digest = content_digest(&document.content);
    Ok(Reading {
        banner,
        document,
        encounter,
        digest,
        authentication,
        is_own,
        asks_code,
        billing,
        asked,
        cosigners,
    })
}

async fn asked(reader: &mut Reader, id: DocumentId) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for one in signatures::asked_for(reader, id).await? {
        if let Whom::Party(party) = one.signer {
            names.extend(parties::by_id(reader, party).await?.map(|filed| filed.party.name));
        }
    }
    Ok(names)
}

/// The practitioners of the directory, to choose from.
pub(crate) async fn practitioners(reader: &mut Reader) -> Result<Vec<Filed>> {
    Ok(parties::list(reader, Some(PartyKind::Practitioner), "", Page::first(MOST_PRACTITIONERS)).await?)
}

/// Whether the account of who acts asks for a code.
pub(crate) async fn asks_code(reader: &mut Reader, context: &Context) -> Result<bool> {
    let Some(user) = context.user() else { return Ok(false) };
    Ok(accounts::by_id(reader, user).await?.is_some_and(|account| account.totp_secret.is_some()))
}

/// Asks somebody of the directory to co-sign a document of one's own.
///
/// # Errors
/// [`Error::Refused`] when it is not one's own, or when one asks oneself.
pub async fn ask_to_cosign(store: &Store, context: &Context, id: DocumentId, party: PartyId) -> Result<()> {
    let mut tx = store.begin().await?;
    let document = store::documents::get(&mut tx, id).await?;
    let patient: Patient = gate::open(&mut tx, context, document.patient, Permission::DocumentSign).await?;
    let me = me(&mut tx, context).await?;
    if !me.wrote(&document) {
        return Err(Error::refused("only the author asks for a co-signature"));
    }
    if me.party == Some(party) {
        return Err(Error::refused("you cannot co-sign what you wrote: choose the responsible practitioner"));
    }
    if store::parties::by_id(&mut tx, party).await?.is_none() {
        return Err(Error::Missing { what: "practitioner", id: party.to_string() });
    }
    let request = Request {
        document: id,
        signer: Whom::Party(party),
        meaning: Meaning::CoSigner.key().into(),
        asked: context.at,
        asked_by: me.actor.name,
    };
    signatures::ask(&mut tx, &request).await?;
    let event = context.event("cosignature-ask").patient(patient.id).object("document", id);
    tx.commit(event.detail(json!({ "party": party }))).await?;
    Ok(())
}
