//! A query in one's own words, put to somebody who takes no part in the stay.

use std::sync::atomic::{AtomicU64, Ordering};

use chart::access::Role;
use chart::id::{DocumentId, PartyId};
use chart::intake::{KeyKind, SourceKey};
use chart::query::{Form, Outcome, Query};
use hospital::{SYSTEM, zone};
use store::documents::Filter;
use workflow::clarifying::{self, Asked, Drafting, OwnChoice, OwnWords, Reply, Verb, Wording};
use workflow::{Context, Error, charts};

use crate::clarifying::{Desk, by};
use crate::signing::{signer, words};

/// What is asked, by words that the record has.
fn own(quoted_by: &[&str], choices: &[(&str, &[&str])]) -> OwnWords {
    let several = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let choice =
        |(text, words): &(&str, &[&str])| OwnChoice { text: (*text).into(), supported_by: several(words) };
    OwnWords {
        title: "Clarification of findings".into(),
        question: "What, in your clinical judgment, do these findings represent?".into(),
        quoted_by: several(quoted_by),
        choices: choices.iter().map(choice).collect(),
    }
}

static DRAFTS: AtomicU64 = AtomicU64::new(1);

async fn drafted(desk: &Desk, about: &Query, own: OwnWords, to: PartyId) -> workflow::Result<Query> {
    let asked = Asked { patient: about.patient, encounter: about.encounter, alert: String::new() };
    let drafting = Drafting { wording: Wording::Own(own), addressed: to, ..desk.drafting(asked, "") };
    // Each draft has a number of its own.
    let chance = u128::from(DRAFTS.fetch_add(1, Ordering::Relaxed)) << 40;
    let mut context = Context::new(by(&desk.cdi, 3).at, desk.cdi.clone(), chance);
    clarifying::draft(&desk.house.store, &mut context, drafting, &zone()).await
}

/// A document of the stay that may be quoted, and a word of it.
async fn document(desk: &Desk, about: &Query) -> (DocumentId, String) {
    let mut view = desk.house.store.view().await.expect("the house works");
    let filter = Filter { encounter: Some(about.encounter), ..Filter::default() };
    let all =
        store::documents::list(&mut view, &filter, store::Page::first(100)).await.expect("the house works");
    view.close().await.expect("the house works");
    let is_word = |one: &&str| one.len() > 5 && one.chars().all(|c| c.is_ascii_alphabetic());
    for one in all.iter().filter(|one| one.content.type_key() == Some("progress-note")) {
        let text = one.content.sections.iter().map(|section| section.text.as_str()).collect::<String>();
        if let Some(word) = text.split_whitespace().find(is_word) {
            return (one.id, word.to_owned());
        }
    }
    panic!("the stay has no progress note")
}

#[tokio::test]
async fn one_asks_in_own_words_and_the_linter_reads_them() {
    let desk = Desk::open().await;
    let about = desk.draft().await;
    let (_, word) = document(&desk, &about).await;
    let refused = async |own| words(drafted(&desk, &about, own, desk.party).await);
    assert!(refused(own(&[], &[])).await.contains("without clinical indicators"));
    assert!(refused(own(&["zorblitis"], &[])).await.contains("says nothing with “zorblitis”"));
    assert!(refused(own(&[&word], &[("A", &["zorblitis"])])).await.contains("not among the words"));
    assert!(refused(OwnWords { title: " ".into(), ..own(&[&word], &[]) }).await.contains("title"));
    let open = drafted(&desk, &about, own(&[&word.to_uppercase()], &[]), desk.party).await.unwrap();
    assert_eq!((open.ask.form, open.ask.template.as_str()), (Form::Open, ""));
    let needle = word.to_lowercase();
    assert!(open.ask.indicators.iter().all(|one| one.quote.to_lowercase().contains(&needle)));
    assert!(open.ask.indicators.iter().any(|one| one.document.is_some()));
    let one = own(&[&word], &[("One finding", &[&word])]);
    let one = drafted(&desk, &about, one, desk.party).await.unwrap();
    let why = words(desk.act(&one, 4, Verb::Issue).await);
    assert!(why.contains("two clinical choices"), "{why}");
    let leading = OwnWords { question: "Would this pay more as an MCC?".into(), ..own(&[&word], &[]) };
    let leading = drafted(&desk, &about, leading, desk.party).await.unwrap();
    assert!(words(desk.act(&leading, 4, Verb::Issue).await).contains("was not sent"));
    let issued = desk.act(&open, 4, Verb::Issue).await.expect("the linter passes an open question");
    let reply = Reply { choice: None, text: "As I wrote.".into() };
    let answered = desk.answer(&desk.okafor, &issued, reply).await.unwrap();
    let closed = desk.act(&answered, 40, Verb::Close(Outcome::Other)).await.unwrap();
    assert!(!closed.is_owed());
}

#[tokio::test]
async fn who_is_asked_sees_what_is_cited_while_the_query_is_open() {
    let desk = Desk::open().await;
    let about = desk.draft().await;
    let (cited, word) = document(&desk, &about).await;
    let key = SourceKey::new(SYSTEM, KeyKind::Party, "dubois");
    let party: PartyId = desk.house.target(&key).await.expect("the pathologist is in the directory");
    let dubois = signer(&desk.house, Role::Physician, Some(party)).await;
    let store = &desk.house.store;
    let sees = async |document| charts::document(store, &by(&dubois, 20), document).await;
    assert!(matches!(sees(cited).await, Err(Error::Closed { .. })), "the patient is none of theirs");
    let draft = drafted(&desk, &about, own(&[&word], &[]), party).await.unwrap();
    assert!(matches!(sees(cited).await, Err(Error::Closed { .. })), "a draft asks nobody");
    let issued = desk.act(&draft, 10, Verb::Issue).await.unwrap();
    let cites = |id: DocumentId| issued.ask.indicators.iter().any(|one| one.document == Some(id));
    let shown = sees(cited).await.expect("an open query cites it");
    assert!(cites(shown.document.id));
    let other = {
        let mut view = store.view().await.unwrap();
        let filter = Filter { patient: Some(issued.patient), ..Filter::default() };
        let all = store::documents::list(&mut view, &filter, store::Page::first(100)).await.unwrap();
        view.close().await.unwrap();
        all.into_iter().map(|one| one.id).find(|id| !cites(*id)).expect("the chart has more")
    };
    assert!(matches!(sees(other).await, Err(Error::Closed { .. })), "only what is cited");
    let read = clarifying::to_answer(store, &by(&dubois, 20), issued.id).await.unwrap();
    assert!(read.is_mine);
    let stranger = signer(&desk.house, Role::Physician, None).await;
    let read = clarifying::to_answer(store, &by(&stranger, 20), issued.id).await;
    assert!(matches!(read, Err(Error::Closed { .. })));
    let reply = Reply { choice: None, text: "Reactive changes.".into() };
    desk.answer(&dubois, &issued, reply).await.expect("it was put to them");
    assert!(matches!(sees(cited).await, Err(Error::Closed { .. })), "it is answered");
}
