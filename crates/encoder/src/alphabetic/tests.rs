use std::path::PathBuf;

use super::*;
use codeset::Code;

const INDEX: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2027</version><title>Index</title><letter><title>G</title>
<mainTerm><title>Gout, gouty<nemod>(acute) (attack)</nemod></title><see>Gout, idiopathic</see>
<term level="1"><title>in heredopathia</title><code>G60.1</code><manif>M14.8-</manif></term>
<term level="1"><title>drug-induced</title><code>M10.2-</code></term>
</mainTerm></letter></ICD10CM.index>"#;

const GRID: &str = r#"<ICD10CM.index><version>2027</version>
<indexHeading><head col="1">Substance</head><head col="2">Accidental</head><head col="3">Adverse effect</head></indexHeading>
<letter><title>A</title><mainTerm><title>Acid</title><cell col="2">T54.2X1</cell><cell col="3">--</cell>
<term level="1"><title>acetic</title><cell col="2">T54.2X1</cell><cell col="3">T54.2X5</cell></term></mainTerm></letter></ICD10CM.index>"#;

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

#[test]
fn terms_lead_to_codes_and_to_other_terms() {
    let index = Index::read("index.xml", INDEX).unwrap();
    let leads: Vec<&Lead> = index.entries.iter().map(|entry| &entry.lead).collect();
    let see = Lead::See("Gout, idiopathic".to_owned());
    assert_eq!(leads, [&see, &Lead::Pair(code("G601"), code("M148")), &Lead::Code(code("M102"))]);
    assert_eq!(index.entries[2].path, ["Gout, gouty", "drug-induced"]);
    assert_eq!(index.entries[2].nonessential, "(acute) (attack)");
    assert_eq!(index.phrases().count(), 2);
}

#[test]
fn a_row_by_its_words_and_a_column_by_intent() {
    let grid = Grid::read("drugs.xml", GRID).unwrap();
    assert_eq!(grid.columns, ["Accidental", "Adverse effect"]);
    let row = grid.rows_for("acetic acid", 1)[0];
    assert_eq!(row.path, ["Acid", "acetic"]);
    assert_eq!(grid.code(row, 1), Some(code("T542X5")));
    assert_eq!(grid.code(grid.rows_for("acid", 1)[0], 1), None, "a substance that is no drug");
}

#[test]
fn what_is_no_index_is_named() {
    let check =
        |text: &str, said: &str| assert_eq!(Index::read("f.xml", text).unwrap_err().to_string(), said);
    check("<a/>", "f.xml is no alphabetic index of ICD-10-CM: it does not begin with ICD10CM.index");
    check("<ICD10CM.index/>", "f.xml holds no index terms; it may be another of the four index files");
    assert!(matches!(Index::read("f.xml", "<a>"), Err(IndexError::Xml { .. })));
    assert!(Grid::read("f.xml", INDEX).is_err(), "an index has no columns");
}

/// An official file that is not part of the repository; `None`, said aloud, where it is not at hand.
fn official(name: &str) -> Option<String> {
    let shared = std::env::var_os("CHARTROOM_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let path = shared.join("data/at-hand/icd10cm").join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is not at hand", path.display());
        return None;
    };
    Some(String::from_utf8(zstd::decode_all(bytes.as_slice()).unwrap()).unwrap())
}

#[test]
fn what_is_kept_is_read_again() {
    let index = Index::read("index.xml", INDEX).unwrap();
    assert_eq!(Index::parse("diseases.tsv", &index.export("Source: made up")).unwrap(), index);
    let grid = Grid::read("drugs.xml", GRID).unwrap();
    assert_eq!(Grid::parse("drugs.tsv", &grid.export("Source: made up")).unwrap(), grid);
    let broken = index.export("Source: made up").replace("code\tM102", "code\tM10 2");
    assert!(Index::parse("diseases.tsv", &broken).is_err(), "a code that is none is named");
}

/// The codes of the cells that hold one.
fn cells(grid: &Grid) -> usize {
    let codes = |row: &Row| row.cells.iter().filter(|cell| matches!(cell, Cell::Code(_))).count();
    grid.rows.iter().map(codes).sum()
}

#[test]
fn the_official_files_are_read_whole() {
    if let Some(text) = official("icd10cm_eindex_2023.xml.zst") {
        let index = Index::read("eindex", &text).unwrap();
        assert_eq!(index.phrases().count(), 6_591);
        assert_eq!(Index::parse("kept", &index.export("Source: CDC")).unwrap(), index);
        assert!(index.place_of("bite") < index.place_of("fall"));
    }
    if let Some(text) = official("icd10cm_neoplasm_2023.xml.zst") {
        let grid = Grid::read("neoplasm", &text).unwrap();
        let row = grid.rows_for("abdomen viscera", 1)[0];
        assert_eq!(grid.code(row, 0), Some(code("C762")));
        assert_eq!((grid.columns.len(), cells(&grid)), (6, NEOPLASM_CELLS));
        assert_eq!(Grid::parse("kept", &grid.export("Source: CDC")).unwrap(), grid);
    }
    if let Some(text) = official("icd10cm_drug_2023.xml.zst") {
        let grid = Grid::read("drug", &text).unwrap();
        let row = grid.rows_for("acetaminophen", 1)[0];
        assert_eq!(grid.code(row, 4), Some(code("T391X5")));
        assert_eq!(cells(&grid), DRUG_CELLS);
        assert_eq!(Grid::parse("kept", &grid.export("Source: CDC")).unwrap(), grid);
        println!("{} rows of drugs", grid.rows.len());
    }
}

/// Cells with a code in the Neoplasm Table and the Table of Drugs of 2023.
const NEOPLASM_CELLS: usize = 9_018;
const DRUG_CELLS: usize = 40_000;
