//! Clarifying what a record says: the gaps that rules find in it, and the queries put to practitioners.
//!
//! A query is drafted from a template or in one's own words, and from what the record holds ([`draft`]); [`act`] takes it
//! further: only what the linter of the room `clarify` finds nothing in is issued. The practitioner, whom an open query
//! lets read what it cites, answers with the credential entered again ([`answer`]). An answer that is owed is counted by completeness until it is given, and a job climbs the ladder of
//! reminders. Alerts are evaluated in the transaction that evaluates completeness, and clear themselves.

mod answer;
mod ask;
pub(crate) mod asked;
mod board;
mod desk;
pub(crate) mod gaps;
mod kept;
mod ladder;
mod measures;
mod opened;
mod verbs;

use chart::id::PatientId;
use chart::machine::Actor;
use completeness::OpenQuery;
use store::Reader;

use crate::{Context, Result};

pub use answer::{Reply, ToAnswer, answer, to_answer};
pub use ask::{Asked, Drafting, Offer, Offers, Wording, draft, offers};
pub use board::{AlertBoard, OpenAlert, dismiss, open_alerts};
pub use clarify::{OwnChoice, OwnWords};
pub use desk::{Desk, OneQuery, Pile, desk, of_patient, one};
pub(crate) use kept::printed;
pub(crate) use ladder::{CLIMB, from_job};
pub use measures::{Figures, Measures, measures};
pub use verbs::{Edits, Verb, act};

/// The queries about the records of these patients that are not answered, as completeness counts them.
pub(crate) async fn unanswered(
    reader: &mut Reader,
    patients: &[PatientId],
) -> Result<Vec<(PatientId, OpenQuery)>> {
    let owed = store::queries::owed_of_patients(reader, patients).await?;
    let open = owed.into_iter().filter_map(|query| {
        let asked = query.issued_at()?;
        let key = query.id.to_string();
        let (to, about) = (query.ask.addressed.name, query.ask.title);
        Some((query.patient, OpenQuery { key, encounter: query.encounter, to, about, asked }))
    });
    Ok(open.collect())
}

/// Who acts, by name: a person, or a part of the program.
async fn actor(reader: &mut Reader, context: &Context) -> Result<Actor> {
    match context.user() {
        Some(_) => Ok(crate::signing::me(reader, context).await?.actor),
        None => Ok(Actor::program("the program")),
    }
}
