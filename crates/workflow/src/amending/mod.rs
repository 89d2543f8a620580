//! What is written after the fact, signed in the same moment; patients' requests; when a record was billed.

mod requests;

use chart::access::Permission;
use chart::amendment::{Amendment, AmendmentKind, Billing, Draft, Original, Target};
use chart::document::{Document, DocumentStatus, Relation, RelationKind};
use chart::id::{AmendmentId, DocumentId, EncounterId, PatientId};
use chart::intake::{KeyKind, SourceKey};
use chart::signature::Meaning;
use jiff::tz::TimeZone;
use serde_json::json;
use store::audit::Events;
use store::{Store, Tx, amendments};

pub use requests::{Decision, RequestRead, Waiting, decide, of_patient, receive, request, waiting};

use crate::access::{Credential, Proof, prove};
use crate::patients::OWN;
use crate::signing::{self, Me, Writing, me};
use crate::{Context, Error, Result, completeness, gate};

/// The type of a late entry that belongs to no document.
const LATE_ENTRY_TYPE: &str = "progress-note";

/// What somebody writes after the fact.
#[derive(Debug, Clone)]
pub struct Amend {
    /// What kind.
    pub kind: AmendmentKind,
    /// Whose record.
    pub patient: PatientId,
    /// In which encounter; that of the original where there is one.
    pub encounter: Option<EncounterId>,
    /// The document it belongs to, in the version that was read.
    pub original: Option<(DocumentId, i64)>,
    /// What is written.
    pub draft: Draft,
}

/// Writes and signs a late entry, addendum, correction or attestation; gives the document that holds it. The original
/// stays as it is.
///
/// # Errors
/// [`Error::Refused`] when a rule of the kind is broken, the original was changed after it was read, or the credential
/// is not right.
pub async fn amend(
    store: &Store,
    context: &mut Context,
    amend: Amend,
    credential: Credential,
    zone: &TimeZone,
) -> Result<DocumentId> {
    context.must(Permission::DocumentSign)?;
    let proof = prove(store, context, credential).await?;
    let mut tx = store.begin().await?;
    let patient = gate::open(&mut tx, context, amend.patient, Permission::DocumentWrite).await?;
    let me = me(&mut tx, context).await?;
    let original = match amend.original {
        Some(read) => Some(original(&mut tx, patient.id, read).await?),
        None => None,
    };
    let own = |one: &Document| me.wrote(one);
    check(&amend, original.as_ref(), own, context)?;
    let (document, signature) = match (amend.kind, original.clone()) {
        (AmendmentKind::Attestation, Some(original)) => {
            let id = original.id;
            (id, signing::sign_in(&mut tx, context, original, Meaning::Attestation, (&proof, zone)).await?)
        }
        _ => written(&mut tx, context, (&amend, patient.id, original.as_ref()), &me, (&proof, zone)).await?,
    };
    let encounter = original.as_ref().and_then(|one| one.encounter).or(amend.encounter);
    let kept = keep(&mut tx, context, (amend, patient.id, encounter), document, me).await?;
    let flagged = !kept.flags.is_empty();
    completeness::ask(&mut tx, context, patient.id).await?;
    let event = context.event("record-amend").patient(patient.id).object("document", document);
    let event = event.detail(json!({ "kind": kept.kind, "amendment": kept.id, "flagged": flagged }));
    let signed = signing::signed(context, &signature).patient(patient.id);
    tx.commit_all(Events::new(event, [signed])).await?;
    Ok(document)
}

async fn original(tx: &mut Tx, patient: PatientId, (id, version): (DocumentId, i64)) -> Result<Document> {
    let document = store::documents::get(tx, id).await?;
    if document.patient != patient {
        return Err(Error::refused("the document is another patient's: open it in its own chart"));
    }
    if document.version != version {
        return Err(Error::refused(
            "the document was changed after you opened it: read the new version first",
        ));
    }
    Ok(document)
}

fn check(
    amend: &Amend,
    original: Option<&Document>,
    is_own: impl Fn(&Document) -> bool,
    context: &Context,
) -> Result<()> {
    let text = original.map(|one| one.content.plain_text()).unwrap_or_default();
    let target = original.map(|one| Target {
        text: &text,
        is_signed: matches!(one.content.status, DocumentStatus::Final | DocumentStatus::Amended),
        is_own: is_own(one),
    });
    amend.draft.check(amend.kind, target, context.at).map_err(|error| Error::refused(error.to_string()))
}

/// A document of its own, related to the original and signed by its author.
async fn written(
    tx: &mut Tx,
    context: &mut Context,
    (amend, patient, original): (&Amend, PatientId, Option<&Document>),
    me: &Me,
    (proof, zone): (&Proof, &TimeZone),
) -> Result<(DocumentId, chart::signature::Signature)> {
    let encounter = original.and_then(|one| one.encounter).or(amend.encounter);
    signing::check_encounter(tx, encounter, patient).await?;
    let document_type = original.and_then(|one| one.content.type_key()).unwrap_or(LATE_ENTRY_TYPE).to_owned();
    let title = match original {
        Some(original) => format!("{}: {}", amend.kind.title(), original.content.title),
        None => amend.kind.title().to_owned(),
    };
    let writing = Writing { patient, encounter, document_type, title, text: words(amend) };
    let mut document = signing::new(context, me, writing)?;
    document.content.relation = original.map(|one| Relation {
        kind: match amend.kind {
            AmendmentKind::Correction => RelationKind::Amends,
            _ => RelationKind::Appends,
        },
        target: SourceKey::new(OWN, KeyKind::Document, one.id.to_string()),
    });
    store::documents::insert(tx, &document).await?;
    let id = document.id;
    Ok((id, signing::sign_in(tx, context, document, Meaning::Author, (proof, zone)).await?))
}

/// What the document says: the text, and what the rules ask to stand in it.
fn words(amend: &Amend) -> String {
    let Draft { text, passage, reason, about } = &amend.draft;
    let mut words = format!("{}\n", amend.kind.title());
    if let Some(about) = about {
        let about = match about {
            chart::date::When::Instant(at) => at.to_string(),
            chart::date::When::Date(day) => day.to_string(),
        };
        words += &format!("About: {about}\n");
    }
    if amend.kind == AmendmentKind::Correction {
        words += &format!("In the original: \"{}\"\n", passage.trim());
    }
    format!("{words}Reason: {}\n\n{}", reason.trim(), text.trim())
}

async fn keep(
    tx: &mut Tx,
    context: &mut Context,
    (amend, patient, encounter): (Amend, PatientId, Option<EncounterId>),
    document: DocumentId,
    me: Me,
) -> Result<Amendment> {
    let billing = match encounter {
        Some(encounter) => amendments::billing(tx, encounter).await?,
        None => Billing::default(),
    };
    let amendment = Amendment {
        id: context.id(AmendmentId::from_bits),
        kind: amend.kind,
        patient,
        encounter,
        original: amend.original.map(|(document, version)| Original { document, version }),
        document,
        text: amend.draft.text,
        passage: amend.draft.passage,
        reason: amend.draft.reason,
        about: amend.draft.about,
        author: me.named,
        written: context.at,
        flags: billing.flags(context.at),
    };
    amendments::insert(tx, &amendment).await?;
    Ok(amendment)
}

/// Writes down when an encounter was billed, or when an auditor asked for its record: what is written afterwards is
/// flagged. The first time stays.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn note_billing(
    store: &Store,
    context: &Context,
    encounter: EncounterId,
    noted: Billing,
) -> Result<Billing> {
    let mut tx = store.begin().await?;
    let found = store::encounters::get(&mut tx, encounter).await?;
    let patient = gate::open(&mut tx, context, found.patient, Permission::AmendmentRequest).await?;
    let before = amendments::billing(&mut tx, encounter).await?;
    let kept = Billing {
        billed: before.billed.or(noted.billed),
        audit_requested: before.audit_requested.or(noted.audit_requested),
    };
    amendments::set_billing(&mut tx, encounter, kept).await?;
    let event = context.event("billing-note").patient(patient.id).object("encounter", encounter);
    tx.commit(event.detail(json!({ "billed": kept.billed, "audit": kept.audit_requested }))).await?;
    Ok(kept)
}
