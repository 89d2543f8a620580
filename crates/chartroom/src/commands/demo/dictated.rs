//! Dictations in every stage, notes to be signed and a patient's request, from `demo/dictations.toml`.

use std::error::Error;

use chart::access::Role;
use chart::amendment::Asked;
use chart::dictation::{Errors, Priority};
use chart::encounter::Encounter;
use chart::id::{DictationId, UserId};
use chart::intake::{KeyKind, SourceKey};
use hospital::{SYSTEM, zone};
use jiff::SignedDuration;
use serde::Deserialize;
use store::Store;
use workflow::dictation::{Act, Dictate, act, dictate};
use workflow::signing::{Writing, write};
use workflow::{Context, Who, amending};

use super::seed::open_stays;
use crate::record::context;

const FILE: &str = include_str!("../../../demo/dictations.toml");
/// Samples in a second of the demo's recordings: telephone quality.
const SAMPLES: u32 = 8_000;
/// How long each recording is, in seconds.
const SECONDS: u32 = 4;

/// What waits to be typed, read and signed.
#[derive(Debug, Deserialize)]
pub(super) struct Dictated {
    author: String,
    typist: String,
    reviewer: String,
    dictation: Vec<Recorded>,
    note: Vec<Note>,
    request: Vec<Request>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Recorded {
    r#type: String,
    stage: Stage,
    #[serde(default)]
    stat: bool,
    hours_ago: i64,
    text: String,
    #[serde(default)]
    remark: String,
}

/// How far a dictation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Stage {
    Waiting,
    Assigned,
    InProgress,
    Typed,
    WithAuthor,
    SentBack,
}

#[derive(Debug, Deserialize)]
struct Note {
    r#type: String,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Request {
    asked: String,
    reason: String,
    days_ago: i64,
}

impl Dictated {
    /// The work of the demo hospital.
    pub(super) fn load() -> Self {
        toml::from_str(FILE).expect("demo/dictations.toml is right: a test reads it")
    }

    /// Puts the work into the hospital, in the newest encounters of its author.
    pub(super) async fn fill(&self, store: &Store) -> Result<(), Box<dyn Error>> {
        let people = People {
            author: person(store, &self.author, Role::Physician).await?,
            typist: person(store, &self.typist, Role::Transcriptionist).await?,
            reviewer: person(store, &self.reviewer, Role::Supervisor).await?,
        };
        let encounters = self.encounters(store).await?;
        for (one, encounter) in self.dictation.iter().zip(encounters.iter().cycle()) {
            one.fill(store, &people, encounter).await?;
        }
        for (note, encounter) in self.note.iter().zip(encounters.iter().cycle()) {
            let writing = Writing {
                patient: encounter.patient,
                encounter: Some(encounter.id),
                document_type: note.r#type.clone(),
                title: String::new(),
                text: note.text.clone(),
            };
            write(store, &mut acting(&people.author, 4), writing).await?;
        }
        for (request, encounter) in self.request.iter().zip(encounters.iter().cycle()) {
            self.ask(store, request, encounter).await?;
        }
        Ok(())
    }

    async fn encounters(&self, store: &Store) -> Result<Vec<Encounter>, Box<dyn Error>> {
        let key = SourceKey::new(SYSTEM, KeyKind::Party, &self.author);
        let filter = store::encounters::Filter { attended_by: vec![key], ..Default::default() };
        let mut view = store.view().await?;
        let found = open_stays(&mut view, &filter, 10).await?;
        view.close().await?;
        Ok(found)
    }

    async fn ask(
        &self,
        store: &Store,
        request: &Request,
        encounter: &Encounter,
    ) -> Result<(), Box<dyn Error>> {
        let officer = person(store, "privacy", Role::PrivacyOfficer).await?;
        let mut context = acting(&officer, 0);
        let asked = Asked {
            patient: encounter.patient,
            document: None,
            asked: request.asked.clone(),
            reason: request.reason.clone(),
            received: context.at - SignedDuration::from_hours(24 * request.days_ago),
        };
        amending::receive(store, &mut context, asked, &zone()).await?;
        Ok(())
    }
}

/// Who works on dictations.
struct People {
    author: Who,
    typist: Who,
    reviewer: Who,
}

impl Recorded {
    async fn fill(
        &self,
        store: &Store,
        people: &People,
        encounter: &Encounter,
    ) -> Result<(), Box<dyn Error>> {
        let dictated = Dictate {
            encounter: encounter.id,
            work_type: self.r#type.clone(),
            priority: if self.stat { Priority::Stat } else { Priority::Routine },
            remark: self.remark.clone(),
            voice: tone(),
            seconds: SECONDS,
        };
        let id = dictate(store, &mut acting(&people.author, self.hours_ago), dictated, &zone()).await?;
        for (version, (who, act)) in (1..).zip(self.acts(people)) {
            self.step(store, (id, version), who, act).await?;
        }
        Ok(())
    }

    async fn step(
        &self,
        store: &Store,
        read: (DictationId, i64),
        who: &Who,
        step: Act,
    ) -> Result<(), Box<dyn Error>> {
        act(store, &acting(who, self.hours_ago), read, step, &zone()).await?;
        Ok(())
    }

    /// What was done with it so far, by whom.
    fn acts<'a>(&self, people: &'a People) -> Vec<(&'a Who, Act)> {
        let text = self.text.trim().to_owned();
        let typist = user(&people.typist);
        let typing = match self.stage {
            Stage::Waiting => vec![],
            Stage::Assigned => vec![(&people.reviewer, Act::Assign(typist))],
            Stage::InProgress => {
                vec![(&people.typist, Act::Start), (&people.typist, Act::Save(text.clone()))]
            }
            _ => vec![(&people.typist, Act::Start), (&people.typist, Act::Finish(text.clone()))],
        };
        let after = match self.stage {
            Stage::WithAuthor => vec![
                (&people.reviewer, Act::Review(text, Errors::default())),
                (&people.reviewer, Act::GiveToAuthor),
            ],
            Stage::SentBack => vec![(&people.reviewer, Act::SendBack("listen again at 0:02".into()))],
            _ => vec![],
        };
        typing.into_iter().chain(after).collect()
    }
}

/// Somebody of the demo, some hours ago.
pub(super) fn acting(who: &Who, hours_ago: i64) -> Context {
    let mut context = context("demo");
    context.at -= SignedDuration::from_hours(hours_ago);
    context.who = who.clone();
    context
}

fn user(who: &Who) -> UserId {
    match who {
        Who::User { id, .. } => *id,
        Who::System(_) => UserId::from_bits(0),
    }
}

pub(super) async fn person(store: &Store, login: &str, role: Role) -> Result<Who, Box<dyn Error>> {
    let mut view = store.view().await?;
    let found = store::access::accounts::by_login(&mut view, login).await?;
    view.close().await?;
    let account = found.ok_or_else(|| format!("the demo has no account {login}"))?;
    Ok(Who::User { id: account.id, role, party: account.party })
}

/// A recording that anybody may hear: a tone that rises once a second, as WAV (8 bits, one channel).
fn tone() -> Vec<u8> {
    let samples = (0..SAMPLES * SECONDS).map(|at| {
        let pitch = 220 * (1 + at / SAMPLES);
        // A square wave needs no sine: half of each period high, half low.
        if (at * pitch * 2 / SAMPLES).is_multiple_of(2) { 144 } else { 112 }
    });
    let data: Vec<u8> = samples.collect();
    let size = SAMPLES * SECONDS;
    let mut file = Vec::with_capacity(data.len() + 44);
    file.extend(b"RIFF");
    file.extend((36 + size).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend([1, 0, 1, 0]);
    file.extend(SAMPLES.to_le_bytes());
    file.extend(SAMPLES.to_le_bytes());
    file.extend([1, 0, 8, 0]);
    file.extend(b"data");
    file.extend(size.to_le_bytes());
    file.extend(data);
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart::dictation::{blanks, work_types};

    #[test]
    fn there_is_work_in_every_stage_and_a_recording_is_a_wav() {
        let work = Dictated::load();
        let mut stages: Vec<Stage> = work.dictation.iter().map(|one| one.stage).collect();
        stages.sort_unstable();
        stages.dedup();
        assert_eq!(stages.len(), 6);
        assert!(work.dictation.iter().any(|one| one.stage == Stage::WithAuthor && blanks(&one.text) == 2));
        assert!(work.dictation.iter().all(|one| work_types().by_key(&one.r#type).is_some()));
        let tone = tone();
        assert_eq!(tone.len(), 44 + 32_000);
        assert_eq!(&tone[8..16], b"WAVEfmt ");
    }
}
