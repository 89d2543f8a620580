//! The tables under `data/`: sources named, counts as published, tables that agree, a small pack that opens fast.

mod common;

use std::collections::BTreeSet;
use std::time::Instant;

use codeset::manual::{Classification, Manual};
use codeset::rows::{TitleSource, read_codes};
use codeset::{Code, Family, Pack, Registry};
use common::{data, registry};
use editions::{EMBEDDED, check, compile};
use jiff::civil::{Date, date};

/// Tables of the department and its interfaces, read by the rooms that use them: no regulation of a date. ICD-9-CM is
/// closed: its last year and the last mappings stand for all.
const NO_EDITIONS: [&str; 15] = [
    "access/",
    "accuracy/",
    "alerts/",
    "billing/",
    "clarify/",
    "completeness/",
    "encoder/",
    "exchange/",
    "guidelines/",
    "icd9cm/",
    "identity/",
    "letters/",
    "record/",
    "signs/",
    "suggest/",
];

#[test]
fn every_file_is_named_by_an_edition_and_names_its_source() {
    let files = data();
    let named: BTreeSet<_> =
        registry(&files).editions().iter().flat_map(|edition| edition.files.clone()).collect();
    for (name, text) in files.iter().filter(|(name, _)| *name != Registry::SECTION) {
        let is_dated = !NO_EDITIONS.iter().any(|folder| name.starts_with(folder));
        assert!(named.contains(name) || !is_dated, "no edition names data/{name}");
        let says = text.starts_with("# Source: ") || !name.ends_with(".tsv");
        assert!(says, "data/{name} does not name its source in its first line");
    }
    for name in &named {
        assert!(files.contains_key(name), "an edition names data/{name}, which is not there");
    }
}

#[test]
fn as_many_codes_are_valid_as_were_published() {
    let files = data();
    let count = |of: Classification, day: Date| {
        let file = format!("{}/codes.tsv", of.folder());
        read_codes(&file, &files[&file]).unwrap().iter().filter(|row| row.valid.holds(day)).count()
    };
    let october = |year: i16| date(year - 1, 10, 1);
    let published = [
        (2023, 73_639, 78_496),
        (2024, 74_044, 78_603),
        (2025, 74_260, 78_948),
        (2026, 74_719, 79_115),
        (2027, 74_879, 79_256),
    ];
    for (year, diagnoses, procedures) in published {
        assert_eq!(count(Classification::Icd10cm, october(year)), diagnoses, "ICD-10-CM {year}");
        assert_eq!(count(Classification::Icd10pcs, october(year)), procedures, "ICD-10-PCS {year}");
    }
    assert_eq!(count(Classification::Icd10pcs, date(2026, 4, 1)), 79_193, "ICD-10-PCS April 2026");
}

#[test]
fn code_lists_editor_and_grouper_name_the_same_codes() {
    let files = data();
    let report = check(&files, &registry(&files)).unwrap();
    assert_eq!(report.holdings.len(), 18);
    assert!(report.differences.is_empty(), "{:?}", report.differences);
}

#[test]
fn a_difference_between_tables_is_found() {
    let mut files = data();
    let codes = files["icd10cm/codes.tsv"].replace("A000\t2015-10-01\t\n", "A000\t2015-10-01\t2026-09-30\n");
    files.insert("icd10cm/codes.tsv".into(), codes);
    let report = check(&files, &registry(&files)).unwrap();
    let found: Vec<_> =
        report.differences.iter().map(|d| (d.table.as_str(), d.date, d.only_in_table.len())).collect();
    let day = date(2026, 10, 1);
    assert_eq!(found, [("mce/diagnosis.tsv", day, 1), ("msdrg/diagnosis.tsv", day, 1)]);
}

#[test]
fn the_pack_is_small_and_opens_fast() {
    let size = EMBEDDED.len();
    println!("embedded pack: {size} bytes");
    assert!(size < 6_000_000, "{size} bytes");
    let start = Instant::now();
    let pack = Pack::open(EMBEDDED).unwrap();
    let opened = start.elapsed();
    let manual = Manual::new(&pack);
    let card = manual.diagnosis(Code::parse("I50.21").unwrap(), date(2026, 11, 22)).unwrap().unwrap();
    println!("pack opened in {opened:?}, one code looked up in {:?}", start.elapsed() - opened);
    assert_eq!(card.above.len(), 2);
    assert_eq!(card.entry.titles[0].text, "Acute systolic (congestive) heart failure");
    assert_eq!(card.chapter.unwrap().name, "9");
}

#[test]
fn a_title_is_official_composed_or_said_to_be_missing() {
    let pack = Pack::open(EMBEDDED).unwrap();
    let manual = Manual::new(&pack);
    let register = Registry::open(&pack).unwrap();
    let mut unsaid = Vec::new();
    for of in Classification::ALL {
        let entries = manual.entries(of).unwrap();
        for year in 2023..=2027 {
            let day = date(year - 1, 10, 1);
            let valid: Vec<_> = entries.iter().filter(|entry| entry.is_valid_on(day)).collect();
            let composed = |e: &&&codeset::manual::Entry| {
                e.title_on(day).is_some_and(|t| t.source == TitleSource::Composed)
            };
            let missing = valid.iter().filter(|entry| entry.titles.is_empty()).count();
            let composed = valid.iter().filter(composed).count();
            println!(
                "{} {year}: {} codes, {composed} titles composed, {missing} not at hand",
                of.folder(),
                valid.len()
            );
            let evidence = &register.on(of.family(), day).unwrap().evidence;
            if missing > 0 && !evidence.contains(&format!("{missing} ")) {
                unsaid.push(format!("{} {year}: {missing} titles not at hand, yet: {evidence}", of.folder()));
            }
        }
    }
    assert!(unsaid.is_empty(), "{unsaid:#?}");
}

#[test]
fn a_folder_without_a_table_or_a_source_is_refused() {
    let mut files = data();
    files.insert("icd10cm/blocks.tsv".into(), "first_category\n".into());
    assert_eq!(
        compile(&files, 1).unwrap_err().to_string(),
        "icd10cm/blocks.tsv, line 1: must name the source, as in '# Source: CMS …'"
    );
    files.remove("icd10cm/blocks.tsv");
    assert_eq!(
        compile(&files, 1).unwrap_err().to_string(),
        "the data folder has no file 'icd10cm/blocks.tsv'"
    );
}

#[test]
fn a_bad_row_is_named_with_file_and_line() {
    let mut files = data();
    let text = files["icd10pcs/codes.tsv"].replacen("2015-10-01", "2015-13-01", 1);
    files.insert("icd10pcs/codes.tsv".into(), text);
    assert_eq!(
        compile(&files, 1).unwrap_err().to_string(),
        "icd10pcs/codes.tsv, line 3: field 2: '2015-13-01' is no date"
    );
}

#[test]
fn a_date_outside_every_edition_names_the_family() {
    let pack = Pack::open(EMBEDDED).unwrap();
    for family in [Family::Icd10cm, Family::Icd10pcs, Family::Msdrg, Family::Mce] {
        let gap = Registry::open(&pack).unwrap().on(family, date(2027, 4, 1)).unwrap_err();
        assert!(gap.to_string().starts_with(&format!("no {family} edition governs 2027-04-01")), "{gap}");
    }
}
