//! Delinquency: letters that climb a ladder, the suspension list and its history, and the rate.

mod letter_text;
mod own;

use std::collections::{BTreeMap, BTreeSet};

use chart::access::Permission;
use chart::id::{LetterId, PatientId};
use chart::letter::{Delivery, Letter, Level, Suspension, ladder};
use chart::machine::{Actor, Stamp};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::department::owed::{self, Debt, Debtor};
use store::department::{figures, letters, suspensions};
use store::{Page, Reader, Store, Tx};

use crate::{Context, Error, Result};

pub(crate) use own::unread;
pub use own::{acknowledge_own, read_own};

/// Items a letter lists; the count says how many there are in all.
const ITEMS: usize = 200;
/// Letters and suspensions on one page.
const LISTED: Page = Page { skip: 0, take: 200 };
/// Hours of a day, of a month for averages, and of a quarter.
const DAY_HOURS: i64 = 24;
const MONTH_DAYS: i64 = 30;

/// By what the delinquent charts are divided. Several are in use, so that a rate without its denominator says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Denominator {
    /// The average monthly discharges of the last twelve months.
    #[default]
    AverageMonth,
    /// The discharges of the last thirty days.
    LastMonth,
    /// All discharges of the last ninety days.
    Period,
}

impl Denominator {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AverageMonth, Self::LastMonth, Self::Period];

    /// The key it is chosen by.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AverageMonth => "average-month",
            Self::LastMonth => "last-month",
            Self::Period => "period",
        }
    }

    /// What it is called, to stand in the header of the report.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::AverageMonth => "average monthly discharges of the last 12 months, or since the first one",
            Self::LastMonth => "discharges of the last 30 days",
            Self::Period => "all discharges of the last 90 days",
        }
    }

    const fn days(self) -> i64 {
        match self {
            Self::AverageMonth => 12 * MONTH_DAYS,
            Self::LastMonth => MONTH_DAYS,
            Self::Period => 3 * MONTH_DAYS,
        }
    }
}

/// The delinquency rate with what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// By what it is divided.
    pub by: Denominator,
    /// Charts in which a practitioner owes something past its clock.
    pub delinquent: i64,
    /// Discharges of the denominator.
    pub discharges: i64,
    /// The rate in tenths of a percent; `None` without discharges.
    pub per_mille: Option<i64>,
}

/// A practitioner who owes something, with the letter they would get.
#[derive(Debug, Clone)]
pub struct Owing {
    /// Who, and how much.
    pub debtor: Debtor,
    /// The level reached by the oldest debt.
    pub level: Option<Level>,
    /// The highest level of the letters that were written about what is still owed, and when.
    pub told: Option<(u8, Timestamp)>,
    /// Whether they are on the suspension list.
    pub suspended: bool,
}

/// The delinquency page.
#[derive(Debug, Clone)]
pub struct Delinquency {
    /// The rate.
    pub rate: Rate,
    /// Who owes something, the oldest debt first.
    pub owing: Vec<Owing>,
    /// Letters that were drafted and not sent.
    pub drafts: Vec<Letter>,
    /// Letters that were sent, the latest first.
    pub sent: Vec<Letter>,
    /// Suspensions, the latest first, with the days each has lasted.
    pub suspensions: Vec<(suspensions::Kept, i64)>,
}

/// Everything about delinquency at one moment.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn overview(
    store: &Store,
    context: &Context,
    by: Denominator,
    zone: &TimeZone,
) -> Result<Delinquency> {
    context.must(Permission::LetterIssue)?;
    let mut view = store.view().await?;
    let debtors = owed::debtors(&mut view, context.at).await?;
    let rate = rate(&mut view, context.at, by, &debtors).await?;
    let mut owing = Vec::new();
    for debtor in debtors {
        owing.push(state_of(&mut view, debtor, context.at, zone).await?);
    }
    let drafts = letters::list(&mut view, &["drafted"], None, LISTED).await?;
    let sent = letters::list(&mut view, &["issued", "acknowledged"], None, LISTED).await?;
    let listed = suspensions::list(&mut view, false, LISTED).await?;
    view.finish(context.event("delinquency-read")).await?;
    let days = |one: suspensions::Kept| {
        let days = one.suspension.days(context.at, zone);
        (one, days)
    };
    Ok(Delinquency { rate, owing, drafts, sent, suspensions: listed.into_iter().map(days).collect() })
}

async fn rate(reader: &mut Reader, now: Timestamp, by: Denominator, debtors: &[Debtor]) -> Result<Rate> {
    // A chart is delinquent when a practitioner is late; what a department owes is its own backlog.
    let practitioners = debtors.iter().filter(|one| one.who.party.is_some());
    let charts: BTreeSet<_> = practitioners.flat_map(|one| &one.debts).map(|debt| debt.encounter).collect();
    let delinquent = i64::try_from(charts.len()).unwrap_or(i64::MAX);
    let from = now - SignedDuration::from_hours(DAY_HOURS * by.days());
    let mut discharges = figures::discharges(reader, from, now).await?;
    if by == Denominator::AverageMonth {
        let first = figures::first_discharge(reader).await?;
        discharges /= months_kept(first, now);
    }
    let per_mille = (discharges > 0).then(|| delinquent * 1000 / discharges);
    Ok(Rate { by, delinquent, discharges, per_mille })
}

/// Over how many months discharges are averaged: twelve, or as many as this record has been kept.
fn months_kept(first: Option<Timestamp>, now: Timestamp) -> i64 {
    let days = first.map_or(0, |first| now.duration_since(first).as_hours() / DAY_HOURS);
    ((days + MONTH_DAYS - 1) / MONTH_DAYS).clamp(1, 12)
}

async fn state_of(reader: &mut Reader, debtor: Debtor, now: Timestamp, zone: &TimeZone) -> Result<Owing> {
    let sent =
        letters::list(reader, &["drafted", "issued", "acknowledged"], Some(&debtor.key), LISTED).await?;
    let suspended = suspensions::in_force(reader, &debtor.key).await?.is_some();
    let level = debtor.oldest().and_then(|oldest| ladder().reached(oldest, now, zone)).cloned();
    let is_about = |letter: &&Letter| debtor.debts.iter().any(|debt| letter.deficiencies.contains(&debt.id));
    let told = sent.iter().filter(is_about).max_by_key(|letter| letter.level);
    let told = told.map(|letter| (letter.level, letter.history.last_at().unwrap_or(now)));
    Ok(Owing { debtor, level, told, suspended })
}

/// Drafts the letters that are due: to everybody whose oldest debt has reached a level of which no letter stands. An
/// earlier draft to the same practitioner is superseded. Gives how many were drafted.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; a text that cannot be filled in.
pub async fn draft_due(
    store: &Store,
    context: &mut Context,
    facility: &str,
    zone: &TimeZone,
) -> Result<usize> {
    context.must(Permission::LetterIssue)?;
    let mut tx = store.begin().await?;
    let stamp = stamp(&mut tx, context).await?;
    let (texts, _) = letter_text::in_force(&mut tx).await?;
    let mut count = 0;
    for debtor in owed::debtors(&mut tx, context.at).await? {
        if debtor.who.party.is_none() {
            // A department is spoken to, not written to.
            continue;
        }
        let owing = state_of(&mut tx, debtor, context.at, zone).await?;
        let oldest = owing.debtor.oldest();
        let next = oldest.and_then(|oldest| ladder().next(oldest, owing.told, context.at, zone));
        let Some(level) = next else { continue };
        let debts = numbered(&mut tx, &owing.debtor).await?;
        let next = ladder().level(level.level + 1).map(|next| next.day);
        let words =
            letter_text::Words::new(facility, &owing.debtor.who.name.name, &debts, (context.at, next), zone);
        let template = texts.get(&level.key).map_or("", String::as_str);
        let text = letter_text::render(template, &words)?;
        let id = context.id(LetterId::from_bits);
        let about = debts.iter().map(|(debt, _)| debt.id).collect();
        let letter = Letter::draft(id, owing.debtor.who.clone(), level.level, about, &text, stamp.clone());
        let letter = letter.map_err(|error| Error::refused(error.to_string()))?;
        supersede(&mut tx, &owing.debtor.key, id, &stamp).await?;
        letters::insert(&mut tx, &letter, &owing.debtor.key, context.at).await?;
        count += 1;
    }
    tx.commit(context.event("letters-draft").detail(serde_json::json!({ "letters": count }))).await?;
    Ok(count)
}

async fn supersede(tx: &mut Tx, key: &str, later: LetterId, stamp: &Stamp) -> Result<()> {
    for earlier in letters::list(tx, &["drafted"], Some(key), LISTED).await? {
        let read = earlier.version;
        let over =
            earlier.supersede(stamp.clone(), later).map_err(|error| Error::refused(error.to_string()))?;
        letters::update(tx, &over, read, stamp.at).await?;
    }
    Ok(())
}

/// What somebody owes, with the record numbers: letters name records, not people.
async fn numbered(reader: &mut Reader, debtor: &Debtor) -> Result<Vec<(Debt, String)>> {
    let owed = || debtor.debts.iter().take(ITEMS);
    let ids: Vec<PatientId> = owed().map(|debt| debt.patient).collect();
    let patients = store::patients::by_ids(reader, &ids).await?;
    let number = |id| patients.get(id)?.demographics.record_number().map(|one| one.value.clone());
    Ok(owed().map(|debt| (debt.clone(), number(&debt.patient).unwrap_or_default())).collect())
}

/// The letters with these identifiers, for reading and printing.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::Missing`] for one that is not there.
pub async fn read(store: &Store, context: &Context, ids: &[LetterId]) -> Result<Vec<Letter>> {
    context.must(Permission::LetterIssue)?;
    let mut view = store.view().await?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        all.push(letters::get(&mut view, *id).await?);
    }
    let count = serde_json::json!({ "letters": all.len() });
    view.finish(context.event("letters-read").detail(count)).await?;
    Ok(all)
}

/// The letters that were drafted and not sent, for printing.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn drafts(store: &Store, context: &Context) -> Result<Vec<Letter>> {
    context.must(Permission::LetterIssue)?;
    let mut view = store.view().await?;
    let all = letters::list(&mut view, &["drafted"], None, LISTED).await?;
    view.finish(context.event("letters-read").detail(serde_json::json!({ "letters": all.len() }))).await?;
    Ok(all)
}

/// Issues every draft at once, as after a batch print; gives how many there were.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn issue_drafts(store: &Store, context: &Context, how: Delivery) -> Result<usize> {
    context.must(Permission::LetterIssue)?;
    let mut tx = store.begin().await?;
    let stamp = stamp(&mut tx, context).await?;
    let drafts = letters::list(&mut tx, &["drafted"], None, LISTED).await?;
    let count = drafts.len();
    for letter in drafts {
        let read = letter.version;
        let next = letter.issue(stamp.clone(), how).map_err(|error| Error::refused(error.to_string()))?;
        letters::update(&mut tx, &next, read, context.at).await?;
    }
    tx.commit(context.event("letter-issue").detail(serde_json::json!({ "letters": count }))).await?;
    Ok(count)
}

/// What is done with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Its text is changed.
    Edit(String),
    /// It goes out.
    Issue(Delivery),
    /// The practitioner has read it.
    Acknowledge,
    /// It should not have been written.
    Withdraw(String),
}

/// Does something with a letter.
///
/// # Errors
/// What the letter's state does not allow; a conflict when somebody was faster.
pub async fn act(store: &Store, context: &Context, id: LetterId, verb: Verb) -> Result<()> {
    context.must(Permission::LetterIssue)?;
    let mut tx = store.begin().await?;
    let stamp = stamp(&mut tx, context).await?;
    let letter = letters::get(&mut tx, id).await?;
    let read = letter.version;
    let (action, next) = match verb {
        Verb::Edit(text) => ("letter-edit", letter.edit(stamp, &text)),
        Verb::Issue(how) => ("letter-issue", letter.issue(stamp, how)),
        Verb::Acknowledge => ("letter-acknowledge", letter.acknowledge(stamp)),
        Verb::Withdraw(why) => ("letter-withdraw", letter.withdraw(stamp, &why)),
    };
    let next = next.map_err(|error| Error::refused(error.to_string()))?;
    letters::update(&mut tx, &next, read, context.at).await?;
    tx.commit(context.event(action).object("letter", id)).await?;
    Ok(())
}

/// Puts a practitioner on the suspension list, for a reason.
///
/// # Errors
/// When they are on it already, or without a reason.
pub async fn suspend(store: &Store, context: &Context, key: &str, why: &str) -> Result<()> {
    context.must(Permission::SuspensionManage)?;
    let mut tx = store.begin().await?;
    let debtors = owed::debtors(&mut tx, context.at).await?;
    let debtor = debtors.into_iter().find(|one| one.key == key);
    let debtor = debtor.ok_or_else(|| Error::refused("this practitioner owes nothing past its clock"))?;
    if suspensions::in_force(&mut tx, key).await?.is_some() {
        return Err(Error::refused("this practitioner is on the suspension list already"));
    }
    let announced = letters::list(&mut tx, &["issued", "acknowledged"], Some(key), Page::first(1)).await?;
    let stamp = stamp(&mut tx, context).await?;
    let suspension = Suspension::list(debtor.who, announced.first().map(|one| one.id), why, stamp);
    let suspension = suspension.map_err(|error| Error::refused(error.to_string()))?;
    suspensions::insert(&mut tx, &suspension, key, context.at).await?;
    tx.commit(context.event("suspension-list").object("practitioner", key).reason(why)).await?;
    Ok(())
}

/// Restores a practitioner, or annuls a suspension that should not have been.
///
/// # Errors
/// When none is in force, or without a reason.
pub async fn lift(store: &Store, context: &Context, key: &str, annul: bool, why: &str) -> Result<()> {
    context.must(Permission::SuspensionManage)?;
    let mut tx = store.begin().await?;
    let kept = suspensions::in_force(&mut tx, key).await?;
    let mut kept = kept.ok_or_else(|| Error::refused("this practitioner is not suspended"))?;
    let (read, stamp) = (kept.suspension.version, stamp(&mut tx, context).await?);
    let next = match annul {
        true => kept.suspension.annul(stamp, why),
        false => kept.suspension.restore(stamp, why),
    };
    kept.suspension = next.map_err(|error| Error::refused(error.to_string()))?;
    suspensions::update(&mut tx, &kept, read, context.at).await?;
    let action = if annul { "suspension-annul" } else { "suspension-restore" };
    tx.commit(context.event(action).object("practitioner", key).reason(why)).await?;
    Ok(())
}

/// The texts of the letters in force, by the key of the level.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn texts(store: &Store, context: &Context) -> Result<BTreeMap<String, String>> {
    context.must(Permission::LetterIssue)?;
    let mut view = store.view().await?;
    let (texts, _) = letter_text::in_force(&mut view).await?;
    view.close().await?;
    Ok(texts)
}

/// Stores the house's own text of a level.
///
/// # Errors
/// A text that cannot be filled in, with the words that it may name.
pub async fn set_text(store: &Store, context: &Context, level: &str, text: &str) -> Result<()> {
    context.must(Permission::LetterIssue)?;
    let mut tx = store.begin().await?;
    letter_text::set(&mut tx, context, level, text).await?;
    tx.commit(context.event("letter-text-change").object("level", level)).await?;
    Ok(())
}

/// Who acts, by the name of their account.
async fn stamp(reader: &mut Reader, context: &Context) -> Result<Stamp> {
    let by = match context.user() {
        Some(user) => {
            let account = store::access::accounts::by_id(reader, user).await?;
            Actor::person(user, account.map(|one| one.name).unwrap_or_default())
        }
        None => Actor::program("department"),
    };
    Ok(Stamp { by, at: context.at })
}
