use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;
use crate::PackWriter;
use crate::rows::{TitleSource, read_codes, read_titles};

const REGISTER: &str = r#"
[[edition]]
family = "icd10cm"
version = "2026"
first = "2025-10-01"
last = "2026-09-30"
source = "CDC"
status = "verified"
evidence = "none"
files = []
[[edition]]
family = "icd10pcs"
version = "2026"
first = "2025-10-01"
last = "2026-09-30"
source = "CMS"
status = "verified"
evidence = "none"
files = []
"#;

/// A pack of two small manuals, built the way the real one is.
fn pack() -> Pack {
    let mut writer = PackWriter::default();
    let cm_codes =
        "code\tfirst\tlast\nI501\t2015-10-01\t\nI5020\t2015-10-01\t2025-12-31\nI5021\t2015-10-01\t\n";
    let cm_titles = "code\tfirst\ttitle\tsource\nI50\t\tHeart failure\torder-2025\nI502\t\tSystolic heart failure\torder-2025\nI502\t2026-01-01\tSystolic (congestive) heart failure\ttabular-2026\nI5021\t\tAcute systolic heart failure\torder-2025\n";
    let pcs_codes = "code\tfirst\tlast\n0016070\t2015-10-01\t\n0016071\t2015-10-01\t\n";
    for (of, codes, titles) in [
        (Classification::Icd10cm, cm_codes, cm_titles),
        (Classification::Icd10pcs, pcs_codes, "code\tfirst\ttitle\tsource\n"),
    ] {
        let (codes, titles) = (read_codes("codes", codes).unwrap(), read_titles("titles", titles).unwrap());
        for (name, entries) in pages(of, &codes, &titles) {
            writer.encode(&name, &entries).unwrap();
        }
    }
    let texts = BTreeMap::from([
        (Registry::SECTION, REGISTER),
        (
            "icd10cm/chapters.tsv",
            "chapter\tfirst_category\tlast_category\ttitle\n9\tI00\tI99\tDiseases of the circulatory system\n",
        ),
        (
            "icd10cm/blocks.tsv",
            "first_category\tlast_category\tchapter\ttitle\nI30\tI5A\t9\tOther forms of heart disease\nI20\tI5A\t9\tHeart disease\n",
        ),
        ("icd10pcs/axes.tsv", AXES),
        ("icd10pcs/axis_names.tsv", "section\tposition\tname\n0\t1\tSection\n0\t4\tBody Part\n"),
        (
            "icd10pcs/definitions.tsv",
            "section\tposition\tvalue\tterm\tdefinition\n0\t3\t1\tBypass\tAltering the route\n",
        ),
    ]);
    for (name, text) in texts {
        writer.add(name, text.as_bytes().to_vec());
    }
    Pack::open(writer.finish(1).unwrap()).unwrap()
}

const AXES: &str = "prefix\tposition\tvalue\tlabel\n\t1\t0\tMedical and Surgical\n0\t2\t0\tCentral Nervous System\n00\t3\t1\tBypass\n001\t4\t6\tCerebral Ventricle\n001\t5\t0\tOpen\n001\t6\t7\tAutologous Tissue Substitute\n001\t7\t0\tNasopharynx\n00B\t4\t8\tBasal Ganglia, Left\n00B\t7\t0\tSomething Else\n00B\t7\tX\tDiagnostic\n00B\t6\tZ\tNo Device\n00B\t5\t3\tPercutaneous\n00\t3\tB\tExcision\n00\t3\tC\tExtirpation\n";

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

#[test]
fn a_diagnosis_stands_in_its_hierarchy() {
    let pack = pack();
    let manual = Manual::new(&pack);
    let card = manual.diagnosis(code("I50.21"), date(2026, 2, 1)).unwrap().unwrap();
    assert_eq!(card.chapter.unwrap().name, "9");
    let blocks: Vec<_> = card.blocks.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(blocks, ["I20-I5A", "I30-I5A"]);
    let above: Vec<_> = card.above.iter().map(|e| e.code.to_string()).collect();
    assert_eq!(above, ["I50", "I502"]);
    assert!(card.entry.is_valid_on(date(2026, 2, 1)) && card.under.is_empty());
    assert!(manual.diagnosis(code("I50.99"), date(2026, 2, 1)).unwrap().is_none());
    assert!(manual.diagnosis(code("Q00"), date(2026, 2, 1)).unwrap().is_none());
}

#[test]
fn a_header_lists_what_lies_directly_under_it_on_the_day() {
    let pack = pack();
    let under = |day| -> Vec<String> {
        let card = Manual::new(&pack).diagnosis(code("I502"), day).unwrap().unwrap();
        assert!(card.entry.is_header());
        card.under.iter().map(|e| e.code.to_string()).collect()
    };
    assert_eq!(under(date(2025, 12, 31)), ["I5020", "I5021"]);
    assert_eq!(under(date(2026, 1, 1)), ["I5021"]);
    let category = Manual::new(&pack).diagnosis(code("I50"), date(2026, 1, 1)).unwrap().unwrap();
    let under: Vec<_> = category.under.iter().map(|e| e.code.to_string()).collect();
    assert_eq!(under, ["I501", "I502"]);
}

#[test]
fn the_title_is_that_of_the_day_and_a_missing_one_is_missing() {
    let pack = pack();
    let entry = |text| Manual::new(&pack).entry(Classification::Icd10cm, code(text)).unwrap().unwrap();
    let header = entry("I502");
    assert_eq!(header.title_on(date(2025, 12, 31)).unwrap().text, "Systolic heart failure");
    assert_eq!(header.title_on(date(2026, 1, 1)).unwrap().source, TitleSource::TabularList(2026));
    assert_eq!(entry("I501").title_on(date(2026, 1, 1)), None);
}

#[test]
fn a_procedure_is_read_by_its_axes() {
    let pack = pack();
    let card = Manual::new(&pack).procedure(code("0016071"), date(2026, 2, 1)).unwrap().unwrap();
    assert_eq!(card.table_size, 2);
    assert_eq!(card.axes[3].name, "Body Part");
    assert_eq!(card.axes[3].label.as_deref(), Some("Cerebral Ventricle"));
    assert_eq!(card.axes[2].definition.as_deref(), Some("Altering the route"));
    assert_eq!(card.axes[6].label, None);
}

#[test]
fn no_edition_is_said_and_not_replaced() {
    let pack = pack();
    let gap = Manual::new(&pack).diagnosis(code("I50.21"), date(2026, 10, 1)).unwrap_err();
    assert_eq!(
        gap.to_string(),
        "no icd10cm edition governs 2026-10-01; held are 2026 (2025-10-01 to 2026-09-30)"
    );
}

#[test]
fn titles_are_composed_only_from_labels_that_are_certain() {
    let axes = Axes::parse("axes", AXES).unwrap();
    let title = |text| compose_title(&axes, code(text));
    assert_eq!(
        title("0016070").unwrap(),
        "Bypass Cerebral Ventricle to Nasopharynx with Autologous Tissue Substitute, Open Approach"
    );
    assert_eq!(
        title("00B83ZX").unwrap(),
        "Excision of Left Basal Ganglia, Percutaneous Approach, Diagnostic"
    );
    // No row of table 00C: the body part is taken from the body system, the rest from the section.
    assert_eq!(
        title("00C83ZX").unwrap(),
        "Extirpation of Matter from Left Basal Ganglia, Percutaneous Approach, Diagnostic"
    );
    // Qualifier 0 means different things in two tables, so a third table's is not guessed.
    assert_eq!(title("00C83Z0"), None);
    assert_eq!(title("B00BZZZ"), None);
}
