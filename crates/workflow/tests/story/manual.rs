//! The manuals as a coder reads them.

use codeset::{Code, Pack};
use encoder::NoteKind;
use jiff::civil::{Date, date};
use workflow::coding::Books;
use workflow::coding::manual::{self, Book, Node, Whose};

use crate::house::House;

const DAY: Date = date(2026, 11, 2);

fn books() -> Books {
    Books::open(Pack::open(editions::EMBEDDED).expect("the program's editions")).expect("they open")
}

fn node(text: &str) -> Node {
    text.parse().expect("a node")
}

fn code(text: &str) -> Code {
    Code::parse(text).expect("a code")
}

#[test]
fn a_code_stands_under_all_that_governs_it() {
    let books = books();
    let place = manual::place(&books, node("S72001"), DAY).unwrap().expect("it is in the list");
    let names: Vec<String> = place.rungs.iter().map(|rung| rung.named.node.to_string()).collect();
    assert_eq!(names, ["Chapter 19", "S70-S79", "S72", "S72.0", "S72.00", "S72.001"]);
    let chapter = &place.rungs[0].said;
    assert!(chapter.iter().any(|said| said.kind == NoteKind::Note), "the chapter speaks of external causes");
    assert_eq!(place.is_valid, None, "it takes a seventh character");
    let initial = place.seventh.iter().find(|one| one.character == 'A').expect("initial, closed");
    assert_eq!(initial.code, code("S72001A"));
    let whole = manual::place(&books, node("I21.4"), DAY).unwrap().expect("it is in the list");
    assert_eq!(whole.is_valid, Some(true));
    let grouped = whole.facts.iter().find(|(label, _)| label.starts_with("MS-DRG")).expect("grouped");
    assert!(grouped.1.starts_with("MCC"), "{grouped:?}");
    assert!(manual::place(&books, node("I21.44"), DAY).unwrap().is_none());
    assert!(manual::place(&books, node("I21.4"), date(1990, 1, 1)).is_err(), "no edition governs the day");
}

#[test]
fn every_category_is_reached_from_its_chapter() {
    let books = books();
    let mut ahead: Vec<Node> = manual::chapters(&books).unwrap().iter().map(|one| one.node).collect();
    assert_eq!(ahead.len(), 22);
    let (mut categories, mut places) = (std::collections::BTreeSet::new(), 0);
    while let Some(node) = ahead.pop() {
        places += 1;
        if let Node::Code(code) = node {
            assert!(categories.insert(code), "{code} is reached twice");
            continue;
        }
        let place = manual::place(&books, node, DAY).unwrap().expect("what is listed is there");
        assert!(!place.under.is_empty(), "{node} has nothing under it");
        assert_eq!(place.rungs.last().map(|rung| rung.named.node), Some(node));
        ahead.extend(place.under.iter().map(|one| one.node));
    }
    println!("{places} chapters, blocks and categories; {} categories", categories.len());
    assert!(categories.len() > 1_900, "{}", categories.len());
}

#[test]
fn an_index_is_built_until_one_is_imported() {
    let books = books();
    let view = manual::index(&books, Book::Diseases, "acute myocardial", 0, DAY).unwrap();
    assert_eq!(view.title, "built from titles and inclusion terms");
    assert!(view.entries[0].path[0].starts_with("Acute myocardial"), "{:?}", view.entries[0]);
    let next = manual::index(&books, Book::Diseases, "", view.after().expect("more"), DAY).unwrap();
    assert_eq!(next.before(), Some(view.from));
    let last = manual::index(&books, Book::Diseases, "", usize::MAX, DAY).unwrap();
    assert_eq!((last.entries.len(), last.after()), (1, None));
    let why = manual::index(&books, Book::ExternalCauses, "fall", 0, DAY).unwrap_err().to_string();
    assert!(why.contains("icd10cm-external-causes"), "{why}");
    assert!(manual::grid(&books, Book::Drugs).unwrap().is_none());
}

#[test]
fn a_procedure_code_is_built_of_valid_values_only() {
    let books = books();
    let step = manual::step(&books, "0DT", DAY).unwrap().expect("resections");
    assert_eq!(step.axis.as_deref(), Some("Body Part"));
    let mut chosen = String::from("0DT");
    while let Some(value) = manual::step(&books, &chosen, DAY).unwrap().expect("valid so far").values.first()
    {
        chosen.push(value.value);
    }
    let whole = manual::step(&books, &chosen, DAY).unwrap().expect("a whole code");
    assert_eq!(whole.complete.map(|code| code.to_string()), Some(chosen));
    assert!(manual::step(&books, "0DTZ", DAY).unwrap().is_none());
}

#[test]
fn old_codes_lead_to_those_of_today_and_back() {
    let books = books();
    let found = manual::former(&books, "410.71").unwrap();
    assert_eq!(found[0].today[0].code.as_deref(), Some("I214"));
    let was = manual::was(&books, code("I214")).unwrap();
    assert_eq!(was[0].0.code.as_deref(), Some("41071"));
    assert!(manual::former(&books, "no such words at all").unwrap().is_empty());
}

#[tokio::test]
async fn what_changed_is_told_for_a_code_a_chapter_and_the_codes_used_here() {
    let (books, house) = (books(), House::new().await);
    let years = (date(2025, 10, 1), date(2026, 10, 1));
    let chapter = manual::changed(&books, &house.store, years, Whose::Chapter(2)).await.unwrap();
    assert!(
        chapter.added.iter().all(|one| one.code.to_string().starts_with(['C', 'D'])),
        "{:?}",
        chapter.added
    );
    let used = manual::changed(&books, &house.store, years, Whose::UsedHere).await.unwrap();
    assert!(used.added.is_empty() && used.changed.is_empty(), "nothing is coded here yet");
    assert!(manual::changed(&books, &house.store, years, Whose::Chapter(23)).await.is_err());
    let all = manual::changed(&books, &house.store, years, Whose::Code(code("E11"))).await.unwrap();
    assert!(all.added.iter().all(|one| one.code.to_string().starts_with("E11")));
}
