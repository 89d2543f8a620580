//! The test of coding by the program alone. For classes of encounters that are held to be safe, what the documents
//! suggest is kept before a person codes, and compared with what the person closes. It is never billed, and off until
//! somebody turns it on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chart::access::Permission;
use chart::coding::{CodeSet, Purpose};
use chart::document::Document;
use chart::encounter::{Encounter, Setting as Place};
use chart::id::{EncounterId, PatientId};
use codeset::Code;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::coding::{self, Shadow, ShadowCodes};
use store::settings::{self, Setting};
use store::{Page, Reader, Store, Tx};
use suggest::{Standing, Status, Suggestion};

use super::reading::Experience;
use super::suggested::documents;
use super::{Books, Facts};
use crate::signing::me;
use crate::{Context, Error, Result};

static CLASSES: &str = include_str!("../../../../data/suggest/autonomous.tsv");
/// The name of the setting.
const SETTING: &str = "autonomous-test";
/// Encounters that are compared at most.
const MOST: Page = Page::first(20_000);
/// Differences that are shown.
const SHOWN: usize = 100;

/// A class of encounters that a program may be let code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its key: `imaging`.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The score in thousandths that every code must reach.
    pub score: u32,
    settings: Vec<&'static str>,
    must: Vec<&'static str>,
    may: Vec<&'static str>,
    /// Whether codes of a report count that a physician has interpreted.
    interpreted: bool,
}

/// Every class, in the order of the table. The first that fits is an encounter's.
pub fn classes() -> &'static [Class] {
    static ROWS: LazyLock<Vec<Class>> = LazyLock::new(|| {
        let rows = CLASSES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
        rows.filter_map(class).collect()
    });
    &ROWS
}

fn class(line: &'static str) -> Option<Class> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let &[key, settings, must, may, interpreted, score, title] = cells.as_slice() else { return None };
    let several = |cell: &'static str| cell.split('|').filter(|one| !one.is_empty()).collect();
    Some(Class {
        key,
        title,
        score: score.parse().ok()?,
        settings: several(settings),
        must: several(must),
        may: several(may),
        interpreted: interpreted == "yes",
    })
}

impl Class {
    fn fits(&self, place: Place, documents: &[Document]) -> bool {
        let kinds: Vec<&str> =
            documents.iter().map(|one| one.content.type_key().unwrap_or_default()).collect();
        self.settings.contains(&place.key())
            && kinds.iter().any(|kind| self.must.contains(kind))
            && kinds.iter().all(|kind| self.must.contains(kind) || self.may.contains(kind))
    }

    /// What would have been coded, and why a person would have been asked after all.
    fn code(&self, suggestions: &[Suggestion]) -> ShadowCodes {
        let counts = |one: &&Suggestion| {
            one.standing == Standing::Proposed
                || (self.interpreted && one.standing == Standing::Query && one.status == Status::Asserted)
        };
        let taken: Vec<&Suggestion> = suggestions.iter().filter(counts).collect();
        let codes: Vec<(Code, u32)> = taken.iter().map(|one| (one.code, thousandths(one.score))).collect();
        let low = codes.iter().find(|(_, score)| *score < self.score);
        let asks = taken.iter().find(|one| !one.questions.is_empty());
        let why_not = match (codes.is_empty(), low, asks) {
            (true, ..) => "no code is suggested".into(),
            (_, Some(_), _) => "a score is too low".into(),
            (_, _, Some(_)) => "a code is not specified".into(),
            _ => String::new(),
        };
        ShadowCodes { codes, why_not }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the score lies between 0 and 1")]
fn thousandths(score: f64) -> u32 {
    (score.clamp(0.0, 1.0) * 1_000.0).round() as u32
}

/// Whether the test is on, with every change of that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Test {
    /// Whether it is on.
    pub on: bool,
    /// Every change, the oldest first.
    pub history: Vec<TestChange>,
}

/// Turned on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestChange {
    /// On or off.
    pub on: bool,
    /// Who, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

async fn test(reader: &mut Reader) -> Result<Setting<Test>> {
    Ok(settings::kept(reader, SETTING).await?)
}

/// Turns the test on or off.
///
/// # Errors
/// [`Error::Refused`] without a reason.
pub async fn turn_test(store: &Store, context: &Context, on: bool, reason: &str) -> Result<()> {
    context.must(Permission::CodingShadow)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::refused("say why it is turned on or off: it is kept"));
    }
    let mut tx = store.begin().await?;
    let by = me(&mut tx, context).await?.stamp(context).by.name;
    let mut kept = test(&mut tx).await?;
    kept.value.on = on;
    kept.value.history.push(TestChange { on, by, at: context.at, reason: reason.to_owned() });
    settings::set(&mut tx, SETTING, &kept, context.at).await?;
    tx.commit(context.event("autonomous-test").reason(reason).detail(json!({ "on": on }))).await?;
    Ok(())
}

/// Keeps what the program alone would code, before a person's first change. Nothing where the test is off, the patient
/// is still here, or the encounter is of no class.
pub(super) async fn keep(
    tx: &mut Tx,
    context: &Context,
    books: &Books,
    (encounter, set): (&Encounter, &CodeSet),
    facts: &Facts,
) -> Result<()> {
    let is_first = set.version == 1 && set.purpose == Purpose::Record;
    if !is_first || !facts.has_left || !test(tx).await?.value.on {
        return Ok(());
    }
    let documents = documents(tx, encounter.id).await?;
    let place = encounter.visit.setting;
    let Some(class) = classes().iter().find(|one| one.fits(place, &documents)) else { return Ok(()) };
    let experience = Experience::of(&coding::learned(tx).await?);
    let suggestions = books.suggestions(&documents, &experience, facts.discharged)?;
    let shadow = Shadow {
        encounter: encounter.id,
        patient: encounter.patient,
        class: class.key.to_owned(),
        made: context.at,
        said: class.code(&suggestions),
    };
    Ok(coding::put_shadow(tx, &shadow).await?)
}

/// How the program compares in a class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Encounters of the class that were kept.
    pub kept: i64,
    /// Of them, those that no person would have been asked about.
    pub alone: i64,
    /// Of these, those that a person has closed.
    pub closed: i64,
    /// Of these, those with the same diagnoses.
    pub same: i64,
    /// Those with the same first-listed diagnosis.
    pub same_first: i64,
    /// Codes of the program on what was closed.
    pub codes: i64,
    /// Codes of the coder there.
    pub coders: i64,
    /// Codes that both have.
    pub both: i64,
}

/// An encounter on which program and coder differ.
#[derive(Debug, Clone)]
pub struct Differs {
    /// Which.
    pub encounter: EncounterId,
    /// Whose.
    pub patient: PatientId,
    /// The key of its class.
    pub class: String,
    /// What only the program has.
    pub program: Vec<Code>,
    /// What only the coder has.
    pub coder: Vec<Code>,
}

/// The comparison of a period.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Whether the test is on, with its history.
    pub test: Test,
    /// Every class with how the program compares.
    pub classes: Vec<(&'static Class, Agreement)>,
    /// Why a person would have been asked, with how often.
    pub asked: Vec<(String, i64)>,
    /// Encounters on which both differ, the latest first.
    pub differs: Vec<Differs>,
}

/// Compares what was kept in a period with what coders closed.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn comparison(
    store: &Store,
    context: &Context,
    period: (Timestamp, Timestamp),
) -> Result<Comparison> {
    context.must(Permission::CodingShadow)?;
    let mut view = store.view().await?;
    let test = test(&mut view).await?.value;
    let all = coding::shadows(&mut view, period, MOST).await?;
    view.finish(context.event("autonomous-test-read")).await?;
    let mut by_class: BTreeMap<&str, Agreement> = BTreeMap::new();
    let (mut asked, mut differs) = (BTreeMap::<String, i64>::new(), Vec::new());
    for (shadow, coded) in &all {
        let sum = by_class.entry(&shadow.class).or_default();
        sum.kept += 1;
        if !shadow.said.why_not.is_empty() {
            *asked.entry(shadow.said.why_not.clone()).or_default() += 1;
            continue;
        }
        sum.alone += 1;
        if let Some(coded) = coded {
            differs.extend(sum.add(shadow, coded));
        }
    }
    differs.truncate(SHOWN);
    let of = |class: &'static Class| (class, by_class.get(class.key).copied().unwrap_or_default());
    Ok(Comparison {
        test,
        classes: classes().iter().map(of).collect(),
        asked: asked.into_iter().collect(),
        differs,
    })
}

impl Agreement {
    /// Counts an encounter that was closed; gives it back where both differ.
    fn add(&mut self, shadow: &Shadow, coded: &CodeSet) -> Option<Differs> {
        let program: BTreeSet<Code> = shadow.said.codes.iter().map(|(code, _)| *code).collect();
        let coder: BTreeSet<Code> = coded.codes.diagnoses.iter().map(|one| one.code).collect();
        let counted = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.closed += 1;
        self.codes += counted(program.len());
        self.coders += counted(coder.len());
        self.both += counted(program.intersection(&coder).count());
        self.same += i64::from(program == coder);
        self.same_first += i64::from(shadow.said.codes.first().map(|(code, _)| *code) == coded.principal());
        (program != coder).then(|| Differs {
            encounter: shadow.encounter,
            patient: shadow.patient,
            class: shadow.class.clone(),
            program: program.difference(&coder).copied().collect(),
            coder: coder.difference(&program).copied().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_read_and_its_documents_are_of_known_types() {
        let rows = CLASSES.lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(classes().len(), rows);
        let known: BTreeSet<&str> =
            chart::document_type::document_types().all().iter().map(|one| one.key).collect();
        for class in classes() {
            assert!(class.settings.iter().all(|key| Place::ALL.iter().any(|place| place.key() == *key)));
            for kind in class.must.iter().chain(&class.may) {
                assert!(known.contains(kind), "{}: {kind}", class.key);
            }
        }
    }
}
