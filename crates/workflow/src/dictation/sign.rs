//! The author signs what was typed: it becomes a document of the chart.

use chart::access::Permission;
use chart::dictation::work_types;
use chart::id::{DictationId, DocumentId};
use chart::signature::Meaning;
use jiff::tz::TimeZone;
use serde_json::json;
use store::audit::Events;
use store::{Store, dictations};

use crate::access::{Credential, prove};
use crate::signing::{self, Writing, me};
use crate::{Context, Error, Result, completeness, gate};

/// Signs a dictation with the text as its author left it; gives the document it became.
///
/// # Errors
/// [`Error::Refused`] when the credential is not right, a blank is left, it is another's, or somebody was faster.
pub async fn sign(
    store: &Store,
    context: &mut Context,
    (id, version): (DictationId, i64),
    text: &str,
    credential: Credential,
    zone: &TimeZone,
) -> Result<DocumentId> {
    context.must(Permission::DocumentSign)?;
    let proof = prove(store, context, credential).await?;
    let mut tx = store.begin().await?;
    let dictation = dictations::get(&mut tx, id).await?;
    let patient = gate::open(&mut tx, context, dictation.patient, Permission::DocumentSign).await?;
    if dictation.version != version {
        return Err(Error::refused("somebody worked on the dictation after you opened it: read it again"));
    }
    let me = me(&mut tx, context).await?;
    let kind = work_types().by_key(&dictation.work_type).map(|kind| kind.document_type.clone());
    let writing = Writing {
        patient: patient.id,
        encounter: Some(dictation.encounter),
        document_type: kind.unwrap_or_default(),
        title: String::new(),
        text: text.to_owned(),
    };
    let document = signing::new(context, &me, writing)?;
    let next = dictation.sign(me.stamp(context), text, document.id)?;
    store::documents::insert(&mut tx, &document).await?;
    let document_id = document.id;
    let signature = signing::sign_in(&mut tx, context, document, Meaning::Author, (&proof, zone)).await?;
    dictations::update(&mut tx, &next).await?;
    completeness::ask(&mut tx, context, patient.id).await?;
    let event = context.event("dictation-sign").patient(patient.id).object("dictation", id);
    let event = event.detail(json!({ "document": document_id }));
    let signed = signing::signed(context, &signature).patient(patient.id);
    tx.commit_all(Events::new(event, [signed])).await?;
    Ok(document_id)
}
