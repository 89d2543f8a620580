//! What is printed can be read back: every page says whose it is, and no character is lost.

use std::collections::BTreeSet;

use chart::coded::{Coded, system};
use chart::document_type::document_types;
use jiff::Timestamp;
use paper::{
    Block, Column, Footer, Header, LeftOut, Level, Paper, PaperError, Printed, Scope, Sheet, Signature,
    Style, Table, Words, print, sheet_of_chart,
};
use proptest::prelude::*;

mod reading;
mod sample;

use reading::{bare, pages};

fn sheet(blocks: Vec<Block>) -> Sheet {
    Sheet {
        paper: Paper::A4,
        title: "Trial".into(),
        header: Header {
            hospital: "Millbrook Hospital".into(),
            patient: "Ortega, Lucía".into(),
            record_number: "004-71-93".into(),
            birth: Some("1957-03-02".into()),
            is_letter: false,
        },
        footer: Footer {
            printed_at: Timestamp::UNIX_EPOCH,
            printed_shown: "1970-01-01 00:00 UTC".into(),
            printed_by: "Okafor, Ngozi".into(),
            confidentiality: "Confidential.".into(),
        },
        blocks,
    }
}

#[test]
fn every_page_names_patient_and_record_and_counts_itself() {
    let sample = sample::sample(20);
    let documents = sample.documents();
    let printed = print(&sheet_of_chart(&sample.chart(&documents, Scope::Whole)).sheet).unwrap();
    let Some(pages) = pages(&printed) else { return };
    assert_eq!(pages.len(), printed.pages);
    for (at, page) in pages.iter().enumerate() {
        for needle in ["Wójcik-Παπαδοπούλου, Łucja Ștefania", "004-71-93", "1957-03-02", "Okafor"]
        {
            assert!(bare(page).contains(&bare(needle)), "page {} lacks {needle}", at + 1);
        }
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "page {}", at + 1);
    }
}

#[test]
fn the_chart_is_printed_whole() {
    let sample = sample::sample(2);
    let documents = sample.documents();
    let printed = print(&sheet_of_chart(&sample.chart(&documents, Scope::Whole)).sheet).unwrap();
    let hebrew: BTreeSet<char> = "עברית".chars().collect();
    assert_eq!(printed.unknown, Vec::from_iter(hebrew));
    let Some(pages) = pages(&printed) else { return };
    let text = bare(&pages.concat());
    for document in &sample.documents {
        for section in &document.content.sections {
            for line in section.text.lines().filter(|line| !line.contains("עברית")) {
                let line = bare(&line.replace(" | ", " ")).trim_start_matches('-').to_owned();
                assert!(text.contains(&line), "{line:?} of {} is missing", document.content.title);
            }
        }
    }
    for needle in [
        "Signed by Mehta, Anjali, MD (author) at 2026-10-08 12:02 -05",
        "Not signed (Brandt, Tomáš, MD)",
        "Earlier version 1 of Discharge summary",
        "Stent to the left coronary artery.",
        "Consent to operation, page 1 of 1",
        "consent.png (image/png, 67 bytes): printed on the pages after this document",
        "leaflet.pdf (application/pdf, 48211 bytes): a separate original, not printed here",
        "I21.11",
        "entered in error",
        "U+05E2",
    ] {
        assert!(text.contains(&bare(needle)), "{needle:?}");
    }
    assert!(!text.contains("078-05"), "a social security number is printed by its end only");
}

#[test]
fn the_table_of_contents_names_the_page_of_each_document() {
    let sample = sample::sample(8);
    let documents = sample.documents();
    let printed = print(&sheet_of_chart(&sample.chart(&documents, Scope::Whole)).sheet).unwrap();
    let Some(pages) = pages(&printed) else { return };
    let line = pages[..2]
        .iter()
        .flat_map(|page| page.lines())
        .find(|line| line.starts_with("History and physical, "));
    let number: usize = line.unwrap().rsplit(' ').next().unwrap().parse().unwrap();
    assert!(pages[number - 1].contains("Chief complaint"), "the history is on page {number}");
}

#[test]
fn the_same_sheet_makes_the_same_bytes() {
    let sample = sample::sample(3);
    let documents = sample.documents();
    let sheet = sheet_of_chart(&sample.chart(&documents, Scope::Whole)).sheet;
    assert_eq!(print(&sheet).unwrap(), print(&sheet).unwrap());
}

#[test]
fn three_hundred_pages_are_printed() {
    let sample = sample::sample(150);
    let documents = sample.documents();
    let sheet = sheet_of_chart(&sample.chart(&documents, Scope::Whole)).sheet;
    let began = std::time::Instant::now();
    let printed = print(&sheet).unwrap();
    println!("{} pages, {} bytes, {:?}", printed.pages, printed.pdf.len(), began.elapsed());
    assert!(printed.pages >= 300, "{} pages", printed.pages);
}

#[test]
fn a_copy_of_the_legal_record_says_what_it_leaves_out() {
    let mut sample = sample::sample(0);
    sample.documents[1].content.kind = Coded::text("Some letter");
    sample.documents[2].content.kind = Coded::new(system::DOCUMENT_TYPE, not_legal_record(), "");
    let [_, letter, other] = [0, 1, 2].map(|at| sample.documents[at].id);
    let documents = sample.documents();
    let copy = sheet_of_chart(&sample.chart(&documents, Scope::LegalRecord));
    assert_eq!(copy.left_out, [LeftOut::NoType(letter), LeftOut::NotLegalRecord(other)]);
    let Some(pages) = pages(&print(&copy.sheet).unwrap()) else { return };
    let text = pages.concat();
    assert!(
        text.contains("Hospital course") && !text.contains("Chief complaint") && !text.contains("Consent")
    );
}

/// The key of a document type that is not part of the legal health record.
fn not_legal_record() -> &'static str {
    let mut types = document_types().all().iter();
    types.find(|kind| !kind.legal_health_record).expect("the table has such a type").key
}

#[test]
fn a_page_without_two_identifiers_is_not_printed() {
    let mut nameless = sheet(vec![]);
    nameless.header.record_number = " ".into();
    assert_eq!(print(&nameless), Err(PaperError::NotIdentified { missing: "record number" }));
}

#[test]
fn what_cannot_be_set_is_said() {
    let table = |share, cells: usize| {
        let columns = vec![Column::new("A", share)];
        print(&sheet(vec![Block::Table(Table { columns, rows: vec![vec!["x".into(); cells]] })]))
    };
    assert!(matches!(table(0.0, 1), Err(PaperError::Table { .. })));
    assert!(matches!(table(1.0, 2), Err(PaperError::Table { .. })));
    let mut tall = sheet(vec![]);
    tall.footer.confidentiality = "word ".repeat(5_000);
    assert!(matches!(print(&tall), Err(PaperError::NoRoom { .. })));
    let picture = paper::Picture { kind: paper::PictureKind::Png, bytes: vec![1, 2], caption: "Scan".into() };
    assert!(matches!(print(&sheet(vec![Block::Scan(picture)])), Err(PaperError::Picture { .. })));
}

fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Z]{1,12}",
        "[ąćęłńóśźżčřšžαβγδ≤≥µ°–☐☑]{1,6}",
        "[א-תا-ي]{1,6}",
        any::<char>().prop_map(String::from),
        Just("👩🏽‍⚕️".to_owned()),
        "[\u{0}-\u{1F}]{1,3}",
        "[A-Z]{200}",
    ];
    proptest::collection::vec(word, 0..20).prop_map(|words| words.join(" "))
}

/// What is printed for a character: itself, ▨ with a note, or a space or line end.
fn is_accounted_for(character: char, printed: &Printed, text: &str) -> bool {
    character.is_whitespace()
        || character == '\r'
        || printed.unknown.contains(&character)
        || text.contains(character)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_printed_and_no_character_is_lost_silently(text in any_text(), other in any_text()) {
        let table = Table {
            columns: vec![Column::new("Name", 1.0), Column::new(&*other, 0.1)],
            rows: vec![vec![Words::from(&*text), Words::styled(Style::Struck, &*other)]],
        };
        let mut sheet = sheet(vec![
            Block::Title { title: text.clone(), line: other.clone() },
            Block::Contents,
            Block::Heading { level: Level::Chapter, text: text.clone() },
            Block::Paragraph(Words::bold(&*text).then(Style::Italic, &*other)),
            Block::List(vec![text.as_str().into(), other.as_str().into()]),
            Block::KeyValues(vec![(other.clone(), text.as_str().into())]),
            Block::Table(table),
            Block::Signatures(vec![Signature::NotSigned { by: text.clone() }]),
        ]);
        sheet.header.hospital = text.chars().take(60).collect();
        let printed = print(&sheet).unwrap();
        if let Some(pages) = pages(&printed) {
            let read = pages.concat();
            for character in text.chars().chain(other.chars()) {
                prop_assert!(is_accounted_for(character, &printed, &read), "{character:?} is lost");
            }
        }
    }
}
