//! Documentation alerts of the written charts, and queries that are counted until they are answered.

use alerts::Alert;
use chart::access::Role;
use chart::deficiency::{Responsible, StateKey};
use chart::directory::Named;
use chart::id::{PartyId, QueryId};
use chart::intake::{KeyKind, SourceKey};
use chart::machine::{Actor, Stamp};
use chart::query::{
    Answer, Ask, Author, ChoiceKind, Form, Outcome, Query, Retention, StateKey as Stage, Timing, query_ladder,
};
use chart::signature::Meaning;
use hospital::{SYSTEM, Staff, written, zone};
use jiff::Timestamp;
use jiff::civil::date;
use store::Page;
use store::alerts::{AlertState, Dismissal, Filed, Filter};
use workflow::clarifying::{self, Asked, Drafting, Edits, Reply, Verb, Wording};
use workflow::completeness::{Extent, evaluate_all};
use workflow::inbox::{Work, inbox};
use workflow::{Context, Error, Who, jobs};

use crate::house::House;
use crate::signing::{right, signer, words};

/// The demo's last day, in the evening, and so many minutes later.
fn evening(minutes: i64) -> Timestamp {
    let at = date(2026, 11, 20).at(20, 0, 0, 0);
    let at = zone().to_ambiguous_timestamp(at).compatible().expect("an evening");
    at + jiff::SignedDuration::from_mins(minutes)
}

async fn evaluate(house: &House, minutes: i64) {
    let chance = u128::from(minutes.unsigned_abs()) << 50;
    let mut context = Context::new(evening(minutes), Who::System("test"), chance);
    evaluate_all(&house.store, &mut context, Extent::Everything, &zone()).await.expect("the house works");
}

async fn hospital() -> House {
    let house = House::new().await;
    house.take(written(&Staff::load())).await;
    evaluate(&house, 0).await;
    house
}

async fn alerts_kept(house: &House) -> Vec<Filed> {
    let mut view = house.store.view().await.expect("the house works");
    let all = store::alerts::list(&mut view, &Filter::default(), Page::first(10_000)).await;
    view.close().await.expect("the house works");
    all.expect("the house works")
}

async fn put(house: &House, alerts: &[Filed]) {
    let mut tx = house.store.begin().await.expect("the house works");
    store::alerts::put(&mut tx, alerts).await.expect("the house works");
    tx.commit(house.system().event("alert-put")).await.expect("the house works");
}

#[tokio::test]
async fn alerts_are_raised_once_and_clear_themselves() {
    let house = hospital().await;
    let raised = alerts_kept(&house).await;
    assert!(!raised.is_empty(), "the written charts leave something unsaid");
    assert!(raised.iter().all(|one| one.state == AlertState::Open && !one.alert.evidence.is_empty()));
    evaluate(&house, 1).await;
    assert_eq!(alerts_kept(&house).await, raised, "nothing has changed");

    // A gap that no rule finds any more.
    let first = raised[0].clone();
    let identity = format!("mended/{}", first.encounter);
    let mended = Filed { alert: Alert { identity: identity.clone(), ..first.alert.clone() }, ..first };
    put(&house, std::slice::from_ref(&mended)).await;
    evaluate(&house, 2).await;
    let now = alerts_kept(&house).await;
    let cleared = now.iter().find(|one| one.alert.identity == identity).unwrap();
    assert_eq!(*cleared, Filed { state: AlertState::Cleared, updated: evening(2), ..mended });
}

#[tokio::test]
async fn what_was_dismissed_stays_so_and_what_had_cleared_is_raised_again() {
    let house = hospital().await;
    let raised = alerts_kept(&house).await;
    let by = Stamp { by: Actor::program("test"), at: evening(1) };
    let dismissal = Some(Dismissal { by, reason: "known and chronic".into() });
    let dismissed = Filed { state: AlertState::Dismissed, dismissal, ..raised[0].clone() };
    let cleared = Filed { state: AlertState::Cleared, ..raised[1].clone() };
    put(&house, &[dismissed.clone(), cleared.clone()]).await;
    evaluate(&house, 2).await;
    let now = alerts_kept(&house).await;
    assert!(now.contains(&dismissed), "a rule never undoes what a person has decided");
    let again = now.iter().find(|one| one.alert.identity == cleared.alert.identity).unwrap();
    assert_eq!((again.state, again.raised), (AlertState::Open, evening(2)));
}

/// A query about the encounter of an alert, put to somebody.
async fn issued(house: &House, about: &Filed) -> Query {
    let Who::User { id, .. } = house.user(Role::CdiSpecialist, None).await else { panic!("a user") };
    let stamp = Stamp { by: Actor::person(id, "Asker"), at: evening(1) };
    let ask = Ask {
        template: about.alert.template.clone(),
        title: "Clarification of findings".into(),
        addressed: Responsible { name: Named { name: "Dr. Okafor".into(), key: None }, party: None },
        author: Author { by: stamp.by.clone(), credentials: "CCDS".into(), contact: "4410".into() },
        indicators: about.alert.evidence.clone(),
        question: "What do these findings represent?".into(),
        form: Form::Open,
        choices: Vec::new(),
        about: String::new(),
        prior_reason: String::new(),
        timing: Timing::Retrospective,
        retention: Retention::Legal,
    };
    let of = (about.patient, about.encounter);
    let span = query_ladder().span(Timing::Retrospective);
    let draft = Query::draft(QueryId::from_bits(7), of, ask, span, stamp.clone());
    let mut tx = house.store.begin().await.expect("the house works");
    store::queries::insert(&mut tx, &draft, stamp.at).await.expect("the house works");
    let query = draft.issue(stamp.clone(), &zone()).expect("a draft is issued");
    store::queries::update(&mut tx, &query, stamp.at).await.expect("the house works");
    tx.commit(house.system().event("query-issue")).await.expect("the house works");
    query
}

/// The states of what is owed for queries.
async fn counted(house: &House) -> Vec<StateKey> {
    let mut view = house.store.view().await.expect("the house works");
    let all = store::deficiencies::Filter::default();
    let all = store::deficiencies::list(&mut view, &all, Page::first(10_000)).await.expect("the house works");
    view.close().await.expect("the house works");
    let of_queries = all.into_iter().filter(|one| one.deficiency.rule == "query");
    of_queries.map(|one| one.deficiency.state.key()).collect()
}

#[tokio::test]
async fn a_query_is_counted_until_it_is_answered() {
    let house = hospital().await;
    let about = alerts_kept(&house).await.remove(0);
    let query = issued(&house, &about).await;
    evaluate(&house, 2).await;
    assert_eq!(counted(&house).await, [StateKey::Open]);
    let Who::User { id, .. } = house.user(Role::Physician, None).await else { panic!("a user") };
    let by = Stamp { by: Actor::person(id, "Dr. Okafor"), at: evening(3) };
    let text = "As documented".into();
    let answer = Answer { choice: None, text, by, credentials: "MD".into(), meaning: Meaning::Author };
    let answered = query.answer(answer).unwrap();
    let mut tx = house.store.begin().await.unwrap();
    store::queries::update(&mut tx, &answered, evening(3)).await.unwrap();
    tx.commit(house.system().event("query-answer")).await.unwrap();
    evaluate(&house, 4).await;
    assert_eq!(counted(&house).await, [StateKey::Cleared]);
}

/// Somebody who acts in the evening, so many minutes later.
pub(crate) fn by(who: &Who, minutes: i64) -> Context {
    let chance = (u128::from(minutes.unsigned_abs()) << 50) | (1 << 40);
    Context::new(evening(minutes), who.clone(), chance)
}

/// The written hospital, with a documentation specialist and Dr. Okafor.
pub(crate) struct Desk {
    pub(crate) house: House,
    pub(crate) cdi: Who,
    pub(crate) okafor: Who,
    pub(crate) party: PartyId,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let house = hospital().await;
        let key = SourceKey::new(SYSTEM, KeyKind::Party, "okafor");
        let party: PartyId = house.target(&key).await.expect("Okafor is in the directory");
        let cdi = house.user(Role::CdiSpecialist, None).await;
        let okafor = signer(&house, Role::Physician, Some(party)).await;
        Self { house, cdi, okafor, party }
    }

    /// A draft of the first alert about a stay of Okafor's that has choices.
    pub(crate) async fn draft(&self) -> Query {
        for filed in alerts_kept(&self.house).await {
            let asked = Asked {
                patient: filed.patient,
                encounter: filed.encounter,
                alert: filed.alert.identity.clone(),
            };
            let found = clarifying::offers(&self.house.store, &by(&self.cdi, 1), &asked, &zone()).await;
            let found = found.expect("the chart is open");
            assert_eq!(found.by_alert, filed.alert.template);
            let offer = found.offers.iter().find(|one| one.template.key == found.by_alert);
            let composed = offer.expect("a template").composed.as_ref();
            let has_choices = composed.is_ok_and(|ask| ask.form == Form::MultipleChoice);
            if has_choices && found.people.iter().any(|(who, _)| who.party == Some(self.party)) {
                let drafting = self.drafting(asked, &found.by_alert);
                let drafted =
                    clarifying::draft(&self.house.store, &mut by(&self.cdi, 1), drafting, &zone()).await;
                return drafted.expect("the record holds enough");
            }
        }
        panic!("no alert about a stay of Okafor's");
    }

    pub(crate) fn drafting(&self, asked: Asked, template: &str) -> Drafting {
        Drafting {
            asked,
            wording: Wording::Template(template.into()),
            addressed: self.party,
            credentials: "CCDS".into(),
            contact: "4410".into(),
            prior_reason: String::new(),
            timing: Timing::Retrospective,
            retention: Retention::Legal,
        }
    }

    pub(crate) async fn act(&self, query: &Query, minutes: i64, verb: Verb) -> workflow::Result<Query> {
        let mut context = by(&self.cdi, minutes);
        clarifying::act(&self.house.store, &mut context, (query.id, query.version), verb, &zone()).await
    }

    async fn issued(&self) -> Query {
        let draft = self.draft().await;
        self.act(&draft, 2, Verb::Issue).await.expect("the linter passes what was composed")
    }

    pub(crate) async fn answer(&self, who: &Who, query: &Query, reply: Reply) -> workflow::Result<Query> {
        let (store, mut context) = (&self.house.store, by(who, 30));
        clarifying::answer(store, &mut context, (query.id, query.version), reply, right()).await
    }

    async fn inbox(&self) -> Vec<QueryId> {
        let found = inbox(&self.house.store, &by(&self.okafor, 5)).await.expect("an inbox");
        let query = |work: Work| if let Work::Answer(id) = work { Some(id) } else { None };
        found.items.iter().filter_map(|item| query(item.work)).collect()
    }

    async fn work(&self, minutes: i64) {
        let mut context = Context::new(evening(minutes), Who::System("jobs"), 1 << 60);
        while jobs::work(&self.house.store, &mut context, "test", &zone()).await.expect("worked") > 0 {}
    }

    async fn state(&self, id: QueryId) -> Stage {
        let mut view = self.house.store.view().await.expect("a view");
        let found = store::queries::get(&mut view, id).await.expect("the query");
        view.close().await.expect("closed");
        found.state.key()
    }
}

/// All of a draft as it is, with another title.
fn titled(query: &Query, title: &str) -> Verb {
    let ask = &query.ask;
    Verb::Revise(Edits {
        title: title.into(),
        question: ask.question.clone(),
        prior_reason: ask.prior_reason.clone(),
        credentials: ask.author.credentials.clone(),
        contact: ask.author.contact.clone(),
        indicators: (0..ask.indicators.len()).collect(),
        choices: ask.choices.iter().map(|one| one.text.clone()).enumerate().collect(),
    })
}

fn choosing(query: &Query, kind: ChoiceKind) -> Reply {
    let choice = query.ask.choices.iter().find(|one| one.kind == kind).map(|one| one.key.clone());
    Reply { choice, text: String::new() }
}

#[tokio::test]
async fn the_linter_stands_in_the_way_until_the_words_are_neutral() {
    let desk = Desk::open().await;
    let draft = desk.draft().await;
    let title = draft.ask.title.clone();
    let paid = desk.act(&draft, 2, titled(&draft, "Clarification for reimbursement")).await.unwrap();
    let refused = words(desk.act(&paid, 3, Verb::Issue).await);
    assert!(refused.contains("not sent"), "{refused}");
    assert_eq!(desk.state(draft.id).await, Stage::Draft);
    let read = clarifying::one(&desk.house.store, &by(&desk.cdi, 3), draft.id, &zone()).await.unwrap();
    assert!(!read.findings.is_empty(), "the page says what stands in the way");
    assert!(desk.inbox().await.is_empty(), "a draft is nobody's to answer");
    let neutral = desk.act(&paid, 4, titled(&paid, &title)).await.unwrap();
    assert_eq!(neutral.ask, draft.ask, "nothing was lost on the way");
    desk.act(&neutral, 5, Verb::Issue).await.unwrap();
    assert_eq!(desk.inbox().await, [draft.id]);
    words(desk.act(&draft, 6, Verb::Issue).await);
}

#[tokio::test]
async fn only_the_addressee_answers_and_the_answer_is_kept_with_the_record() {
    let desk = Desk::open().await;
    let query = desk.issued().await;
    desk.work(3).await;
    assert_eq!(counted(&desk.house).await, [StateKey::Open]);
    let agreed = choosing(&query, ChoiceKind::Clinical);
    let other = signer(&desk.house, Role::Physician, None).await;
    let refused = desk.answer(&other, &query, agreed.clone()).await;
    assert!(matches!(refused, Err(Error::Closed { .. })), "{refused:?}");
    assert!(matches!(desk.answer(&desk.cdi, &query, agreed.clone()).await, Err(Error::Forbidden { .. })));
    words(desk.answer(&desk.okafor, &query, choosing(&query, ChoiceKind::Other)).await);
    let answered = desk.answer(&desk.okafor, &query, agreed).await.unwrap();
    assert!(desk.inbox().await.is_empty());
    desk.work(31).await;
    assert_eq!(counted(&desk.house).await, [StateKey::Cleared]);

    words(desk.act(&answered, 32, Verb::Close(Outcome::NoResponse)).await);
    let closed = desk.act(&answered, 33, Verb::Close(Outcome::Agreed)).await.unwrap();
    let (_, of_chart) =
        clarifying::of_patient(&desk.house.store, &by(&desk.okafor, 34), query.patient).await.unwrap();
    assert_eq!(of_chart, [closed]);
    let director = desk.house.user(Role::Administrator, None).await;
    let whole = workflow::copies::whole(&desk.house.store, &by(&director, 35), query.patient).await.unwrap();
    let printed = whole.documents.iter().filter(|one| one.document.content.type_key() == Some("query"));
    assert_eq!(printed.count(), 1, "it is printed with the record");
    let period = (evening(0), evening(60));
    let found = clarifying::measures(&desk.house.store, &by(&desk.cdi, 36), period).await.unwrap();
    assert_eq!(
        (found.all.asked, found.all.response_percent(), found.all.agree_percent()),
        (1, Some(100), Some(100))
    );
    assert_eq!(found.by_author.len() + found.by_practitioner.len(), 2);
}

#[tokio::test]
async fn the_ladder_reminds_and_escalates_by_itself() {
    let desk = Desk::open().await;
    let query = desk.issued().await;
    let hours = |hours: i64| hours * 60;
    desk.work(hours(47)).await;
    assert_eq!(desk.state(query.id).await, Stage::Issued);
    desk.work(hours(49)).await;
    assert_eq!(desk.state(query.id).await, Stage::Reminded);
    desk.work(hours(24 * 8)).await;
    assert_eq!(desk.state(query.id).await, Stage::Escalated);
    assert_eq!(desk.inbox().await, [query.id], "it is still to be answered");
}

#[tokio::test]
async fn an_alert_is_dismissed_with_a_reason_only() {
    let desk = Desk::open().await;
    let store = &desk.house.store;
    let first = alerts_kept(&desk.house).await.remove(0);
    let identity = first.alert.identity.as_str();
    words(clarifying::dismiss(store, &by(&desk.cdi, 1), identity, "no").await);
    clarifying::dismiss(store, &by(&desk.cdi, 2), identity, "chronic and known").await.unwrap();
    words(clarifying::dismiss(store, &by(&desk.cdi, 3), identity, "chronic and known").await);
    let open = clarifying::open_alerts(store, &by(&desk.cdi, 4), None, Page::first(1_000)).await.unwrap();
    assert!(!open.rows.is_empty() && open.rows.iter().all(|one| one.filed.alert.identity != identity));
}
