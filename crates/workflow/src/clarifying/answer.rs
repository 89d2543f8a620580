//! Answering a query: by the practitioner it was put to, with the credential entered again.

use chart::access::Permission;
use chart::encounter::Encounter;
use chart::id::QueryId;
use chart::query::{Answer, Query};
use chart::signature::Meaning;
use serde_json::json;
use store::Store;
use store::access::accounts;

use super::asked::{self, is_put_to};
use crate::access::{Credential, prove};
use crate::charts::{Banner, banner};
use crate::signing::{asks_code, me};
use crate::{Context, Error, Result, completeness};

/// A query as its addressee reads it.
#[derive(Debug, Clone)]
pub struct ToAnswer {
    /// Whose chart.
    pub banner: Banner,
    /// About which encounter.
    pub encounter: Encounter,
    /// The query.
    pub query: Query,
    /// Whether it was put to the reader; another may read it and not answer.
    pub is_mine: bool,
    /// Whether the reader's account asks for a code beside the password.
    pub asks_code: bool,
}

/// Reads a query in order to answer it. A draft is nobody's to answer.
///
/// # Errors
/// [`Error::Missing`] for a draft; [`Error::Closed`] when the chart is closed to the actor.
pub async fn to_answer(store: &Store, context: &Context, id: QueryId) -> Result<ToAnswer> {
    let mut view = store.view().await?;
    let query = store::queries::get(&mut view, id).await?;
    let patient = asked::open(&mut view, context, &query).await?;
    if query.issued_at().is_none() {
        return Err(Error::Missing { what: "query", id: id.to_string() });
    }
    let me = me(&mut view, context).await?;
    let encounter = store::encounters::get(&mut view, query.encounter).await?;
    let asks_code = asks_code(&mut view, context).await?;
    let banner = banner(&mut view, patient).await?;
    view.finish(context.event("query-read").patient(banner.patient.id).object("query", id)).await?;
    let is_mine = is_put_to(&query, &me);
    Ok(ToAnswer { banner, encounter, query, is_mine, asks_code })
}

/// What the practitioner says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The key of the choice; `None` for an answer in words only.
    pub choice: Option<String>,
    /// In words.
    pub text: String,
}

/// Answers a query that was read in version `version`.
///
/// # Errors
/// [`Error::Refused`] when the credential is not right, the query was put to another, or the answer does not fit it.
pub async fn answer(
    store: &Store,
    context: &mut Context,
    (id, version): (QueryId, i64),
    reply: Reply,
    credential: Credential,
) -> Result<Query> {
    context.must(Permission::QueryAnswer)?;
    let proof = prove(store, context, credential).await?;
    let mut tx = store.begin().await?;
    let query = store::queries::get(&mut tx, id).await?;
    let patient = asked::open(&mut tx, context, &query).await?;
    let me = me(&mut tx, context).await?;
    if query.version != version {
        return Err(Error::refused("the query was changed after you opened it: read it again, then answer"));
    }
    if !is_put_to(&query, &me) {
        let to = &query.ask.addressed.name.name;
        return Err(Error::refused(format!("this was put to {to}: only they answer it")));
    }
    let answer = Answer {
        choice: reply.choice,
        text: reply.text.trim().to_owned(),
        by: me.stamp(context),
        credentials: me.credentials,
        meaning: Meaning::Author,
    };
    let next = query.answer(answer)?;
    store::queries::update(&mut tx, &next, context.at).await?;
    accounts::succeeded(&mut tx, proof.account.id).await?;
    completeness::ask(&mut tx, context, patient.id).await?;
    let event = context.event("query-answer").patient(patient.id).object("query", id);
    tx.commit(event.detail(json!({ "version": next.version, "method": proof.method }))).await?;
    Ok(next)
}
