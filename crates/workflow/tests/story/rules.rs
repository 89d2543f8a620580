//! The facility decides how grave a rule is, and opens packs of synonyms.

use chart::access::Role;
use chart::coding::Purpose;
use workflow::coding::{
    Classification, Severity, add_pack, begin, find, read, read_anew, remove_pack, rules, set_rule, synonyms,
};
use workflow::{Error, Who};

use crate::coding::{add, books, go, stay, words};
use crate::house::House;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 9, 21);
use crate::suggested;

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_as_grave_as_the_facility_decides() {
    let (house, books) = (House::new().await, books());
    let (coder, boss) = (house.user(Role::Coder, None).await, house.user(Role::Administrator, None).await);
    let set = async |who: &Who, rule: &str, severity, why: &str| {
        set_rule(&house.store, &house.context(who.clone()), &books, (rule, severity), why).await
    };
    let encounter = stay(&house, "RU-1", true).await;
    let begun = begin(&house.store, &mut house.context(coder.clone()), encounter, Purpose::Record).await;
    let begun = begun.unwrap();
    let one = go(&house, &books, &coder, &begun, add("I10")).await.unwrap();
    let found = |done: &workflow::coding::Computed| {
        let review = done.review.as_ref().expect("reviewed");
        review.findings.iter().find(|one| one.rule == "hypertensive-disease").map(|one| one.severity)
    };
    let two = go(&house, &books, &coder, &one.set, add("N189")).await.unwrap();
    let shipped = found(&two.computed).expect("hypertension with chronic kidney disease is one code");
    assert_ne!(shipped, Severity::Advice);
    let rule = "hypertensive-disease";
    assert!(words(set(&boss, rule, Some(Severity::Advice), " ").await).contains("say why"));
    assert!(words(set(&boss, "no-such", Some(Severity::Off), "why").await).contains("one of the rules"));
    assert!(words(set(&boss, rule, Some(shipped), "why").await).contains("so already"));
    assert!(matches!(set(&coder, rule, Some(Severity::Off), "why").await, Err(Error::Forbidden { .. })));
    set(&boss, rule, Some(Severity::Advice), "coding committee, item 4").await.unwrap();
    let look = async || {
        let context = house.context(coder.clone());
        let asked = (encounter, Purpose::Record);
        let desk = read(&house.store, &context, &books, asked, &jiff::tz::TimeZone::UTC).await.unwrap();
        found(&desk.side.expect("begun").computed)
    };
    assert_eq!(look().await, Some(Severity::Advice));
    set(&boss, rule, Some(Severity::Off), "coding committee, item 5").await.unwrap();
    assert_eq!(look().await, None);
    let after = go(&house, &books, &coder, &two.set, add("E785")).await.unwrap();
    assert_eq!(found(&after.computed), None, "what is said with a change follows the decision");
    set(&boss, rule, None, "taken back").await.unwrap();
    assert_eq!(look().await, Some(shipped));
    let known = rules(&house.store, &house.context(coder.clone()), &books).await.unwrap();
    assert_eq!(known.history.len(), 3);
    assert_eq!((known.history[0].severity, known.history[0].reason.as_str()), (None, "taken back"));
    assert!(known.rules.iter().all(|(row, here)| row.severity == *here), "all as shipped again");
}

#[tokio::test(flavor = "multi_thread")]
async fn synonyms_of_the_facility_are_found_and_read_with_until_they_are_put_away() {
    let (house, books) = (House::new().await, books());
    let (coder, boss) = (house.user(Role::Coder, None).await, house.user(Role::Administrator, None).await);
    let open = async |who: &Who, file: &str, text: &str, source: &str| {
        let context = house.context(who.clone());
        add_pack(&house.store, &context, &books, (file, text.as_bytes().to_vec()), source).await
    };
    let pack = "phrase\tcode\nzorblfrax qxandrik\tI50.21\n";
    assert!(words(open(&boss, "ours.tsv", "# x\nzorblfrax I50\n", "us").await).contains("ours.tsv, line 2"));
    assert!(words(open(&boss, "ours.tsv", pack, " ").await).contains("where it comes from"));
    assert!(matches!(open(&coder, "ours.tsv", pack, "us").await, Err(Error::Forbidden { .. })));
    let hits = |books: &_| {
        let hits = find(books, Classification::Icd10cm, "zorblfrax qxandrik", TODAY);
        hits.into_iter().map(|hit| (hit.code, hit.why)).next()
    };
    assert_eq!(hits(&books), None);
    assert_eq!(open(&boss, "ours.tsv", pack, "written by us").await.unwrap(), 1);
    assert_eq!(hits(&books), Some(("I50.21".into(), "synonym".into())));
    assert!(words(open(&boss, "again.tsv", pack, "written by us").await).contains("open already"));
    // Another program over the same record takes it in when it next looks.
    let other = crate::coding::books();
    assert_eq!(hits(&other), None);
    read_anew(&house.store, &other).await.unwrap();
    assert!(hits(&other).is_some());
    // Documents are read with it.
    let text = "Assessment: zorblfrax qxandrik.";
    let encounter = suggested::stay_saying(&house, "discharge-summary", text).await;
    let proposed = async || {
        let found = suggested::look(&house, &books, &coder, encounter).await;
        found.suggestions.iter().map(|one| one.code.dotted()).collect::<Vec<_>>()
    };
    assert_eq!(proposed().await, ["I50.21"]);
    // A file of the same name takes the place of the one before.
    open(&boss, "ours.tsv", "zorblfrax qxandrik\tI50.31\n", "written by us, corrected").await.unwrap();
    assert_eq!(hits(&books).map(|(code, _)| code), Some("I50.31".into()));
    assert_eq!(proposed().await, ["I50.31"]);
    let kept = synonyms(&house.store, &house.context(coder.clone())).await.unwrap();
    assert_eq!((kept.packs.len(), kept.history.len()), (1, 2));
    let away = async |why: &str| {
        let context = house.context(boss.clone());
        remove_pack(&house.store, &context, &books, kept.packs[0].digest, why).await
    };
    assert!(words(away(" ").await).contains("say why"));
    away("a test").await.unwrap();
    assert!(words(away("a test").await).contains("not open"));
    assert_eq!((hits(&books), proposed().await), (None, Vec::new()));
}
