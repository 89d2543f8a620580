//! What the desk does with a query: one verb, one transaction, one event.

use chart::access::Permission;
use chart::id::{PartyId, QueryId};
use chart::machine::Stamp;
use chart::query::{Ask, Choice, Outcome, Query};
use chart::sign::View;
use jiff::tz::TimeZone;
use serde_json::json;
use store::{Store, Tx};

use super::{actor, ladder, opened};
use crate::{Context, Error, Result, completeness, gate};

/// A verb, with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// The draft is written anew.
    Revise(Edits),
    /// It is put to the practitioner, if the linter finds nothing.
    Issue,
    /// Another is asked, for this reason.
    Redirect(PartyId, String),
    /// It is no longer asked, for this reason.
    Withdraw(String),
    /// It is settled.
    Close(Outcome),
    /// It is asked again, for this reason.
    Reopen(String),
}

/// A draft as somebody has changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edits {
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// Why findings of another encounter are pertinent.
    pub prior_reason: String,
    /// The credentials of who asks.
    pub credentials: String,
    /// How to reach who asks.
    pub contact: String,
    /// The places of the indicators that stay.
    pub indicators: Vec<usize>,
    /// The choices that stay: place, and what each says.
    pub choices: Vec<(usize, String)>,
}

impl Edits {
    /// The draft with these changes. A choice keeps the support of the indicators that stay.
    fn apply(self, ask: Ask) -> Ask {
        let moved = |from: &usize| self.indicators.iter().position(|stays| stays == from);
        let choice = |(at, text): &(usize, String)| {
            let before = ask.choices.get(*at)?.clone();
            let supported_by = before.supported_by.iter().filter_map(moved).collect();
            Some(Choice { text: text.trim().to_owned(), supported_by, ..before })
        };
        let choices = self.choices.iter().filter_map(choice).collect();
        let indicators = self.indicators.iter().filter_map(|at| ask.indicators.get(*at).cloned()).collect();
        let mut author = ask.author;
        (author.credentials, author.contact) = (self.credentials, self.contact);
        Ask {
            title: self.title,
            question: self.question,
            prior_reason: self.prior_reason,
            author,
            indicators,
            choices,
            ..ask
        }
    }
}

impl Verb {
    const fn action(&self) -> &'static str {
        match self {
            Self::Revise(_) => "query-revise",
            Self::Issue => "query-issue",
            Self::Redirect(..) => "query-redirect",
            Self::Withdraw(_) => "query-withdraw",
            Self::Close(_) => "query-close",
            Self::Reopen(_) => "query-reopen",
        }
    }
}

/// Does it; `version` is the version that the person saw.
///
/// # Errors
/// [`Error::Refused`] when its state does not allow it, when the linter finds something in what is to be issued, or when
/// somebody was faster; [`Error::Closed`] when the chart is closed to the actor.
pub async fn act(
    store: &Store,
    context: &mut Context,
    (id, version): (QueryId, i64),
    verb: Verb,
    zone: &TimeZone,
) -> Result<Query> {
    context.must(Permission::QueryWrite)?;
    let mut tx = store.begin().await?;
    let query = store::queries::get(&mut tx, id).await?;
    let patient = gate::open(&mut tx, context, query.patient, Permission::QueryWrite).await?;
    if query.version != version {
        return Err(Error::refused("somebody worked on the query after you opened it: read it again"));
    }
    let event = context.event(verb.action()).patient(patient.id).object("query", id);
    let is_asked_now = matches!(verb, Verb::Issue | Verb::Reopen(_));
    let next = apply(&mut tx, context, query, verb, zone).await?;
    store::queries::update(&mut tx, &next, context.at).await?;
    if is_asked_now {
        ladder::begin(&mut tx, context, &next, zone).await?;
    }
    completeness::ask(&mut tx, context, patient.id).await?;
    tx.commit(event.detail(json!({ "version": next.version }))).await?;
    Ok(next)
}

async fn apply(tx: &mut Tx, context: &Context, query: Query, verb: Verb, zone: &TimeZone) -> Result<Query> {
    let stamp = Stamp { by: actor(tx, context).await?, at: context.at };
    Ok(match verb {
        Verb::Revise(edits) => {
            let ask = edits.apply(query.ask.clone());
            query.revise(stamp, ask)?
        }
        Verb::Issue => issued(tx, query, stamp, zone).await?,
        Verb::Redirect(party, why) => {
            let to = opened::responsible(tx, party).await?;
            query.redirect(stamp, &to, &why)?
        }
        Verb::Withdraw(why) => query.withdraw(stamp, &why)?,
        Verb::Close(outcome) => query.close(stamp, outcome)?,
        Verb::Reopen(why) => query.reopen(stamp, &why)?,
    })
}

/// Read against the record as it is now.
async fn issued(tx: &mut Tx, query: Query, stamp: Stamp, zone: &TimeZone) -> Result<Query> {
    let patient = gate::surviving(tx, query.patient).await?;
    let record = opened::record(tx, &patient).await?;
    let view = View::new(&record, query.encounter, zone);
    clarify::issue(query, &view, stamp, zone).map_err(|error| Error::refused(error.to_string()))
}

#[cfg(test)]
mod tests {
    use chart::deficiency::Responsible;
    use chart::machine::Actor;
    use chart::query::{Author, ChoiceKind, Form, Group, Indicator, Retention, Timing};

    use super::*;

    fn indicator(key: &str) -> Indicator {
        let (quote, title) = (key.to_owned(), "Laboratory".to_owned());
        let key = key.to_owned();
        Indicator {
            key,
            group: Group::Laboratory,
            quote,
            title,
            date: None,
            document: None,
            entry: None,
            encounter: None,
        }
    }

    fn ask() -> Ask {
        let choice = |key: &str, supported_by: &[usize]| Choice {
            key: key.into(),
            text: key.into(),
            kind: ChoiceKind::Clinical,
            supported_by: supported_by.to_vec(),
        };
        Ask {
            template: "x".into(),
            title: "before".into(),
            addressed: Responsible::default(),
            author: Author { by: Actor::program("test"), credentials: String::new(), contact: String::new() },
            indicators: ["a", "b", "c"].map(indicator).to_vec(),
            question: "before?".into(),
            form: Form::MultipleChoice,
            choices: vec![choice("one", &[0, 2]), choice("two", &[1])],
            about: String::new(),
            prior_reason: String::new(),
            timing: Timing::Concurrent,
            retention: Retention::Legal,
        }
    }

    #[test]
    fn what_is_taken_out_takes_its_support_along() {
        let edits = Edits {
            title: "after".into(),
            question: "after?".into(),
            prior_reason: String::new(),
            credentials: "CCDS".into(),
            contact: "4410".into(),
            indicators: vec![1, 2],
            choices: vec![(0, " first ".into()), (1, "second".into()), (9, "none".into())],
        };
        let now = edits.apply(ask());
        assert_eq!((now.title.as_str(), now.question.as_str()), ("after", "after?"));
        assert_eq!(now.indicators.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), ["b", "c"]);
        let choices: Vec<_> = now.choices.iter().map(|one| (one.text.as_str(), &one.supported_by)).collect();
        assert_eq!(choices, [("first", &vec![1]), ("second", &vec![0])]);
    }
}
