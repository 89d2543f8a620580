//! The tabular list as the program opens it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use codeset::manual::Classification;
use codeset::manual::pages;
use codeset::rows::{read_codes, read_titles};
use codeset::{Code, Pack, PackWriter, Registry};
use encoder::search::Question;
use encoder::{Node, NoteKind, Search, Tabular};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 4, 1);

/// The pack of `data/`, without what the manuals do not need.
fn pack() -> Pack {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut files = BTreeMap::new();
    for folder in ["icd10cm", "icd10pcs", "icd9cm", "encoder"] {
        for entry in fs::read_dir(data.join(folder)).expect("data is there") {
            let path = entry.expect("a file").path();
            let name = format!("{folder}/{}", path.file_name().expect("a name").to_string_lossy());
            files.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
    let mut writer = PackWriter::default();
    let register = fs::read(data.join(Registry::SECTION)).expect("a register");
    writer.add(Registry::SECTION, register);
    for of in Classification::ALL {
        let [codes, titles] = ["codes", "titles"].map(|name| format!("{}/{name}.tsv", of.folder()));
        let codes = read_codes(&codes, &files[&codes]).expect("codes");
        let titles = read_titles(&titles, &files[&titles]).expect("titles");
        for (name, entries) in pages(of, &codes, &titles) {
            writer.encode(&name, &entries).expect("a page");
        }
    }
    for name in
        ["icd10cm/chapters.tsv", "icd10cm/blocks.tsv", "icd10pcs/axes.tsv", "icd10pcs/definitions.tsv"]
    {
        writer.add(name, files[name].clone().into_bytes());
    }
    writer.add("icd10pcs/axis_names.tsv", files["icd10pcs/axis_names.tsv"].clone().into_bytes());
    encoder::compile(&files, &mut writer).expect("data/ compiles");
    Pack::open(writer.finish(1).expect("a pack")).expect("opens")
}

fn code(text: &str) -> Code {
    Code::parse(text).expect("a code")
}

#[test]
fn the_manual_says_what_it_says() {
    let pack = pack();
    notes_are_inherited_and_name_their_node(&pack);
    a_head_injury_that_killed_takes_only_an_initial_encounter(&pack);
    no_note_is_shown_for_a_day_before_the_first(&pack);
    almost_every_code_a_note_names_is_in_the_manual(&pack);
    codes_are_found_with_their_reason(&pack);
    a_synonym_is_found_once_its_pack_is_opened(&pack);
    only_valid_procedures_can_be_built(&pack);
}

fn notes_are_inherited_and_name_their_node(pack: &Pack) {
    let tabular = Tabular::open(pack, DAY).expect("opens");
    let node = tabular.node(code("E11.21")).expect("reads").expect("is there");
    assert!(node.is_billable);
    assert!(node.inherited.iter().all(|note| note.node != Node::Code(code("E1121"))));
    let excluded = tabular.notes_at(code("E11.21"), NoteKind::Excludes1);
    assert!(
        excluded.iter().any(|note| {
            note.node == Node::Code(code("E11"))
                && note.targets.iter().any(|target| target.covers(code("E1065")))
        }),
        "E11 excludes type 1"
    );
    let chain: Vec<String> = tabular.notes().chain(code("E1121")).iter().map(ToString::to_string).collect();
    assert_eq!(chain, ["Chapter 4", "E08-E13", "E11", "E11.2", "E11.21"]);
    assert!(tabular.node(code("E119Z")).expect("reads").is_none());
}

fn a_head_injury_that_killed_takes_only_an_initial_encounter(pack: &Pack) {
    let tabular = Tabular::open(pack, DAY).expect("opens");
    let characters = |text| -> String {
        let node = tabular.node(code(text)).expect("reads").expect("is there");
        node.seventh.iter().map(|seventh| seventh.character).collect()
    };
    assert_eq!(characters("S06.0X1"), "ADS");
    assert_eq!(characters("S06.1X7"), "A");
    assert_eq!(characters("W00.0"), "ADS", "placeholders are filled in");
    assert_eq!(characters("I10"), "");
}

fn no_note_is_shown_for_a_day_before_the_first(pack: &Pack) {
    let before = Tabular::open(pack, date(2023, 4, 1)).expect("opens");
    assert!(before.notes_at(code("E11.21"), NoteKind::Excludes1).is_empty());
    assert_eq!(before.notes().held_since(), Some(date(2025, 10, 1)));
}

fn codes_are_found_with_their_reason(pack: &Pack) {
    let search = Search::open(pack, Classification::Icd10cm).expect("opens");
    let find = |text: &str| {
        let question = Question { text, date: DAY, limit: 10, is_typing: false };
        search.find(&question).iter().map(|hit| hit.code.dotted()).collect::<Vec<_>>()
    };
    let first = |text: &str| find(text).first().cloned().unwrap_or_default();
    assert_eq!(first("type 2 diabetes with ketoacidosis"), "E11.10");
    for (said, code) in [
        ("hypertenson", "I10"),
        ("high blood pressure", "I10"),
        ("COPD", "J44.9"),
        ("diabetes", "E11.9"),
        ("sugar diabetes", "E11.9"),
        ("pneumonia", "J18.9"),
        ("sepsis", "A41.9"),
        ("UTI", "N39.0"),
        ("heart attack", "I21.9"),
        ("afib", "I48.91"),
        ("regional enteritis", "K50.90"),
        ("crushed by reptile NEC", "W59.83"),
    ] {
        assert_eq!(first(said), code, "{said}: {:?}", find(said));
    }
    let (car, cycle) = (find("car occupant, collision, cycle"), find("pedal cyclist, collision, car"));
    let begin = |codes: &[String], with: &str| codes.iter().take(2).any(|code| code.starts_with(with));
    assert!(begin(&car, "V41") && begin(&cycle, "V13"), "who met with what: {car:?} {cycle:?}");
}

fn almost_every_code_a_note_names_is_in_the_manual(pack: &Pack) {
    let manual = codeset::manual::Manual::new(pack);
    let entries = manual.entries(Classification::Icd10cm).expect("reads");
    let known: std::collections::BTreeSet<Code> = entries.into_iter().map(|entry| entry.code).collect();
    let tabular = Tabular::open(pack, DAY).expect("opens");
    let named = |note: &encoder::Note| note.kind != NoteKind::InclusionTerm;
    let targets = tabular.notes().all().iter().filter(|note| named(note)).flat_map(|note| &note.targets);
    let mut total = 0;
    let mut unknown = Vec::new();
    for target in targets {
        total += 1;
        if !known.contains(&target.first) || !known.contains(&target.last) {
            unknown.push(target.to_string());
        }
    }
    println!("{total} references, not in the manual: {unknown:?}");
    assert!(total > 11_000 && unknown.len() < 12, "{total} {unknown:?}");
}

fn a_synonym_is_found_once_its_pack_is_opened(pack: &Pack) {
    let search = Search::open(pack, Classification::Icd10cm).expect("opens");
    let question = Question { text: "zyxquop", date: DAY, limit: 5, is_typing: false };
    assert!(search.find(&question).is_empty());
    let synonyms = "# Source: a test\nphrase\tcode\nzyxquop of childhood\tF95.1\nnothing\tQ99Z9\n";
    let phrases = codeset::read_synonyms("own.tsv", synonyms).expect("reads");
    let phrases: Vec<_> = phrases.into_iter().map(encoder::search::Phrase::from).collect();
    let (search, added) = search.with(&phrases);
    assert_eq!(added, 1, "the other names no code");
    let hits = search.find(&question);
    assert_eq!((hits[0].code, hits[0].source), (code("F951"), encoder::search::Source::Synonym));
    assert_eq!(
        search.find(&Question { text: "gout", ..question })[0].code,
        code("M109"),
        "the rest is as before"
    );
}

fn only_valid_procedures_can_be_built(pack: &Pack) {
    let picker = encoder::procedure::Picker::open(pack, DAY).expect("opens");
    let first = picker.step("").expect("the manual has sections");
    assert_eq!((first.axis.as_deref(), first.values.len()), (Some("Section"), 17));
    assert_eq!(first.values.iter().map(|value| value.codes).sum::<usize>(), picker.under(Code::BLANK).len());
    let table = picker.step("0DT").expect("a table");
    assert_eq!(table.axis.as_deref(), Some("Body Part"));
    let operation = picker.step("0D").expect("a body system");
    let resection = operation.values.iter().find(|value| value.value == 'T').expect("resection");
    assert_eq!(resection.label.as_deref(), Some("Resection"));
    assert!(resection.definition.as_deref().is_some_and(|text| text.starts_with("Cutting out or off")));
    let whole = picker.step("0DTJ4ZZ").expect("a code");
    assert_eq!((whole.complete, whole.values.len()), (Some(code("0DTJ4ZZ")), 0));
    assert!(whole.title.is_some_and(|title| title.contains("Appendix")));
    assert!(picker.step("0DTJ9").is_none());
}
