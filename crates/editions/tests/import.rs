//! Importers against the published files: each reproduces the tables under `data/`.

mod common;

use std::collections::BTreeMap;

use codeset::Pack;
use codeset::manual::{Classification, Manual};
use codeset::rows::TitleSource;
use common::{data, shared_text};
use editions::{EMBEDDED, Kind, Publication, import};
use jiff::civil::date;

#[test]
fn the_importer_reproduces_the_grouper_and_editor_tables() {
    let files = data();
    for table in codeset::import::grouper_tables() {
        let Some(text) = shared_text(&format!("registry/msdrg/{}", table.published)) else { return };
        let publication =
            Publication { kind: Kind::GrouperTable, name: table.published, text: &text, effective: None };
        let changes = import(&files, &publication).unwrap();
        assert!(changes.files[table.file] == files[table.file], "{} differs", table.file);
    }
}

#[test]
fn the_importer_reproduces_the_tabular_titles() {
    let Some(text) = shared_text("registry/icd10cm/tabular-2026-04-01.xml.zst") else { return };
    let files = data();
    let mut before = files.clone();
    let kept: String = files["icd10cm/titles.tsv"]
        .lines()
        .filter(|l| l.ends_with("order-2025") || !l.contains("\t20"))
        .map(|l| format!("{l}\n"))
        .collect();
    before.insert("icd10cm/titles.tsv".into(), kept);
    let publication = Publication { kind: Kind::Tabular, name: "tabular.xml", text: &text, effective: None };
    let changes = import(&before, &publication).unwrap();
    for (name, text) in &changes.files {
        let differing = text.lines().zip(files[name].lines()).find(|(a, b)| a != b);
        assert!(*text == files[name], "{name}: {differing:?}");
    }
    assert_eq!(changes.files.len(), 3);
    assert!(import(&files, &publication).unwrap().titles.begun == 0, "a second import changes nothing");
}

#[test]
fn a_code_list_with_headers_names_the_valid_codes() {
    let Some(text) = shared_text("registry/icd10cm/code-list-2026-04-01.txt") else { return };
    let files = data();
    let kind = Kind::CodeList(Classification::Icd10cm);
    let publication = Publication { kind, name: "codes.txt", text: &text, effective: Some(date(2026, 4, 1)) };
    let changes = import(&files, &publication).unwrap();
    assert!(changes.files["icd10cm/codes.tsv"] == files["icd10cm/codes.tsv"], "{:?}", changes.codes);
}

#[test]
fn order_file_and_addenda_agree_with_the_dates_of_validity() {
    let Some(text) = shared_text("at-hand/icd10pcs/icd10pcs_order_2026.txt.zst") else { return };
    let files = data();
    let day = Some(date(2026, 4, 1));
    let order = Publication {
        kind: Kind::OrderFile(Classification::Icd10pcs),
        name: "order.txt",
        text: &text,
        effective: day,
    };
    let changes = import(&files, &order).unwrap();
    println!("PCS order file FY2026: codes {:?}, titles {:?}", changes.codes, changes.titles);
    assert!(changes.files["icd10pcs/codes.tsv"] == files["icd10pcs/codes.tsv"], "{:?}", changes.codes);
    for (name, kind) in
        [("order_addenda_2026.txt", Kind::OrderAddenda), ("codes_addenda_2026.txt", Kind::CodeAddenda)]
    {
        let Some(text) = shared_text(&format!("at-hand/icd10pcs/{name}")) else { return };
        let publication = Publication { kind, name, text: &text, effective: day };
        let refused = import(&files, &publication).unwrap_err().to_string();
        assert!(refused.contains("already valid"), "{refused}");
        let before = Publication { effective: Some(date(2026, 3, 31)), ..publication };
        let changes = import(&files, &before).unwrap();
        println!("{name}: {:?}", changes.codes);
        assert_eq!((changes.codes.begun, changes.codes.ended), (80, 2));
    }
}

#[test]
fn composed_procedure_titles_are_those_of_the_order_file() {
    let Some(text) = shared_text("at-hand/icd10pcs/icd10pcs_order_2026.txt.zst") else { return };
    let official: BTreeMap<_, _> = codeset::import::parse_order_file("order.txt", &text)
        .unwrap()
        .into_iter()
        .map(|line| (line.code, line.long_title))
        .collect();
    let pack = Pack::open(EMBEDDED).unwrap();
    let (mut equal, mut known) = (0, 0);
    for entry in Manual::new(&pack).entries(Classification::Icd10pcs).unwrap() {
        let Some(title) = entry.titles.iter().find(|title| title.source == TitleSource::Composed) else {
            continue;
        };
        if let Some(official) = official.get(&entry.code) {
            known += 1;
            equal += usize::from(*official == title.text);
            if *official != title.text {
                println!("{}: composed '{}', official '{official}'", entry.code, title.text);
            }
        }
    }
    println!("{equal} of {known} composed titles equal the official one");
    assert!(known > 0 && equal * 10 >= known * 9, "{equal} of {known}");
}
