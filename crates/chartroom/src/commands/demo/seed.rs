//! Filling the demo hospital: charts, accounts, and work that waits.

use std::error::Error;
use std::str::FromStr;

use chart::access::Role;
use chart::encounter::Encounter;
use chart::id::{PartyId, PatientId, UserId};
use chart::intake::{KeyKind, SourceKey};
use exchange::hl7;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::{Date, date};
use store::{Page, Reader, Store};
use workflow::access::{NewAccount, Token, create, use_password_link};
use workflow::intake::{self, Incoming};
use workflow::{Who, filing, interface, jobs, patients};

use super::dictated::Dictated;
use super::front_desk::FrontDesk;
use super::{audited, billed, clarified, coded, letters};
use crate::record::context;
use hospital::{SYSTEM, SignIn, Staff, generated, written, zone};

/// The password of everybody in the demo, and only there.
pub(super) const PASSWORD: &str = "harbor-bend-demo";
/// What the hospital is called.
pub(super) const FACILITY: &str = "Harbor Bend Community Hospital";
/// Encounters that are generated, beside the charts written by hand.
const ENCOUNTERS: u32 = 340;
/// The last day of the demo hospital.
const TODAY: Date = date(2026, 11, 20);
/// Who restricts charts.
const DIRECTOR: &str = "director";
/// Charts in one transaction.
const BATCH: usize = 20;
/// A message that names a patient nobody registered, and one that is damaged: work for the interface desk.
const MESSAGES: &str = include_str!("../../../demo/messages.hl7");

/// Fills an empty database; one that has accounts is left as it is.
pub(super) async fn hospital(store: &Store, staff: &Staff, scale: u32) -> Result<(), Box<dyn Error>> {
    if is_filled(store).await? {
        return Ok(());
    }
    let mut arrivals = written(staff);
    arrivals.extend(generated(staff, ENCOUNTERS * scale.max(1), TODAY));
    let bar = ProgressBar::new(arrivals.len() as u64);
    bar.set_style(ProgressStyle::with_template("making the hospital {bar:40} {percent:>3} %  {eta}")?);
    let mut arrivals = arrivals.into_iter();
    loop {
        let batch: Vec<Incoming> = arrivals.by_ref().take(BATCH).map(Incoming::from).collect();
        if batch.is_empty() {
            break;
        }
        bar.inc(batch.len() as u64);
        for verdict in intake::apply(store, &mut context("demo"), batch).await? {
            if let intake::Outcome::Rejected(reason) = verdict.outcome {
                return Err(format!("the demo's own chart was rejected: {reason}").into());
            }
        }
    }
    bar.finish_and_clear();
    while jobs::work(store, &mut context("jobs"), "demo", &hospital::zone()).await? > 0 {}
    messages(store).await?;
    for one in staff.sign_ins() {
        account(store, one).await?;
    }
    front_desk(store).await?;
    Dictated::load().fill(store).await?;
    letters::fill(store, FACILITY).await?;
    coded::fill(store).await?;
    audited::fill(store).await?;
    clarified::fill(store).await?;
    billed::fill(store, TODAY).await
}

/// Papers that wait to be filed, and charts that open only with a reason.
async fn front_desk(store: &Store) -> Result<(), Box<dyn Error>> {
    let desk = FrontDesk::load();
    for (name, bytes) in desk.papers() {
        filing::upload(store, &mut context("demo"), filing::Upload { name, bytes }).await?;
    }
    let director = signed_in(store, DIRECTOR).await?;
    for one in desk.restricted() {
        let key = SourceKey::new(SYSTEM, KeyKind::Patient, &one.number);
        let patient: PatientId =
            target(store, &key).await?.ok_or_else(|| format!("the demo has no chart {}", one.number))?;
        let mut context = context("demo");
        context.who = Who::User { id: director, role: Role::Administrator, party: None };
        patients::restrict(store, &context, patient, Some(one.kind), &one.reason).await?;
    }
    Ok(())
}

/// The newest encounters of a kind, but for those of restricted charts: these are closed to most, and their work waits
/// as it would in a house.
pub(super) async fn open_stays(
    reader: &mut Reader,
    filter: &store::encounters::Filter,
    most: usize,
) -> Result<Vec<Encounter>, Box<dyn Error>> {
    let mut stays = Vec::new();
    for stay in store::encounters::list(reader, filter, Page::first(200)).await? {
        if stays.len() < most && store::patients::get(reader, stay.patient).await?.restriction.is_none() {
            stays.push(stay);
        }
    }
    Ok(stays)
}

/// The account that signs in by this name.
pub(super) async fn signed_in(store: &Store, login: &str) -> Result<UserId, Box<dyn Error>> {
    let mut view = store.view().await?;
    let found = store::access::accounts::by_login(&mut view, login).await?;
    view.close().await?;
    Ok(found.ok_or_else(|| format!("the demo has no account {login}"))?.id)
}

async fn is_filled(store: &Store) -> Result<bool, Box<dyn Error>> {
    let mut view = store.view().await?;
    let filled = store::access::accounts::count(&mut view).await? > 0;
    view.close().await?;
    Ok(filled)
}

async fn messages(store: &Store) -> Result<(), Box<dyn Error>> {
    let source = hl7::Source { name: SYSTEM.into(), zone: zone() };
    for message in hl7::batch::messages(MESSAGES.as_bytes()) {
        interface::receive(store, &mut context("demo"), message.to_vec(), &source).await?;
    }
    Ok(())
}

async fn account(store: &Store, one: &SignIn) -> Result<(), Box<dyn Error>> {
    let roles = one.roles.iter().map(|role| role.parse()).collect::<Result<Vec<_>, _>>()?;
    let party = match &one.staff {
        Some(staff) => directory(store, staff).await?,
        None => None,
    };
    let token = Token::new(rand::random());
    let new = NewAccount { login: one.name.clone(), name: one.person.clone(), email: None, party, roles };
    create(store, &mut context("demo"), new, &token).await?;
    use_password_link(store, &mut context("demo"), &token, PASSWORD.to_owned(), rand::random()).await?;
    Ok(())
}

async fn directory(store: &Store, staff: &str) -> Result<Option<PartyId>, Box<dyn Error>> {
    target(store, &SourceKey::new(SYSTEM, KeyKind::Party, staff)).await
}

/// What a key of the hospital leads to.
async fn target<T>(store: &Store, key: &SourceKey) -> Result<Option<T>, Box<dyn Error>>
where
    T: FromStr,
    T::Err: Error + 'static,
{
    let mut view = store.view().await?;
    let found = store::keys::find(&mut view, key).await?;
    view.close().await?;
    Ok(found.map(|target| target.id.parse()).transpose()?)
}
