//! `chartroom edition` and `chartroom code`, as people run them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn chartroom(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chartroom")).args(args).output().unwrap()
}

fn stdout(args: &[&str]) -> String {
    let output = chartroom(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a command that must fail; its exit code and what it says.
fn failure(args: &[&str]) -> (i32, String) {
    let output = chartroom(args);
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// An empty folder of the test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn order_line(order: u32, code: &str, valid: u8, title: &str) -> String {
    format!("{order:05} {code:<7} {valid} {title:<60} {title}\n")
}

#[test]
fn a_code_is_shown_with_all_that_is_said_of_it() {
    let shown = stdout(&["code", "I50.21", "--date", "2026-11-03"]);
    for said in [
        "Acute systolic (congestive) heart failure",
        "I30-I5A",
        "since v42.1    MDC 05, MCC",
        "valid since 2015-10-01",
    ] {
        assert!(shown.contains(said), "'{said}' is missing from\n{shown}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&["code", "02HV33Z", "--date", "2026-11-03", "--json"])).unwrap();
    assert_eq!(json["axes"][3]["label"], "Superior Vena Cava");
    assert_eq!(json["title"]["source"], "order-2024");
    assert_eq!(json["is_valid"], true);
}

#[test]
fn an_unknown_code_and_an_ungoverned_date_are_told_apart() {
    let (exit, said) = failure(&["code", "I50.99", "--date", "2026-11-03"]);
    assert_eq!((exit, said.contains("neither ICD-10-CM nor ICD-10-PCS")), (1, true), "{said}");
    let (exit, said) = failure(&["code", "I50.21", "--date", "2030-01-01"]);
    assert_eq!((exit, said.contains("no icd10cm edition governs 2030-01-01")), (2, true), "{said}");
}

#[test]
fn the_register_is_listed_and_checked() {
    let listed = stdout(&["edition", "list", "--on", "2026-11-03"]);
    assert!(listed.contains("msdrg        44.0     2026-10-01 2027-03-31"), "{listed}");
    assert!(!listed.contains("43.1"), "{listed}");
    assert!(stdout(&["edition", "show", "mce"]).contains("evidence"));
    let (exit, said) = failure(&["edition", "show", "msdrg", "39.0"]);
    assert_eq!((exit, said.contains("no edition msdrg 39.0 is held")), (2, true), "{said}");
    assert!(stdout(&["edition", "check"]).contains("every grouper version and the editor open"));
}

#[test]
fn the_changes_of_one_october_are_limited_to_the_codes_given() {
    let ours = folder("diff").join("ours.txt");
    fs::write(&ours, "Z59.00\nI42.0 dilated\nA00.0\n").unwrap();
    let args = ["edition", "diff", "2026", "2027", "--json", "--codes", ours.to_str().unwrap()];
    let json: serde_json::Value = serde_json::from_str(&stdout(&args)).unwrap();
    assert_eq!(json["deleted"][0]["code"], "I420");
    let severity =
        json["changed"].as_array().unwrap().iter().find(|change| change["aspect"] == "severity").unwrap();
    assert_eq!(
        (&severity["code"], &severity["lost"][0], &severity["gained"][0]),
        (&"Z5900".into(), &"CC".into(), &"NCC".into())
    );
    fs::write(&ours, "Z59.00\nnonsense!\n").unwrap();
    let (exit, said) = failure(&args);
    assert_eq!((exit, said.contains("ours.txt, line 2")), (2, true), "{said}");
}

#[test]
fn a_new_year_is_imported_and_a_bad_file_leaves_no_trace() {
    let data = folder("import");
    let file = data.join("icd10cm_order_2028.txt");
    let import = |text: &str, day: &str| {
        fs::write(&file, text).unwrap();
        chartroom(&[
            "edition",
            "import",
            "--kind",
            "icd10cm-order",
            file.to_str().unwrap(),
            "--data",
            data.to_str().unwrap(),
            "--effective",
            day,
        ])
    };
    let (one, two, three) =
        (order_line(1, "A000", 1, "One"), order_line(2, "A001", 1, "Two"), order_line(3, "A002", 1, "Three"));
    assert!(import(&format!("{one}{two}"), "2026-10-01").status.success());
    assert!(import(&format!("{one}{three}"), "2027-10-01").status.success());
    let codes = data.join("icd10cm/codes.tsv");
    let wanted = "# Source: icd10cm_order_2028.txt\ncode\tfirst\tlast\nA000\t2026-10-01\t\nA001\t2026-10-01\t2027-09-30\nA002\t2027-10-01\t\n";
    assert_eq!(fs::read_to_string(&codes).unwrap(), wanted);
    let refused = import(&format!("{one}00002 A-01    1 x\n"), "2028-10-01");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(
        (refused.status.code(), said.contains("icd10cm_order_2028.txt, line 2, long title")),
        (Some(2), true),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&codes).unwrap(), wanted);
    assert_eq!(fs::read_dir(data.join("icd10cm")).unwrap().count(), 2, "no half-written file is left");
}

#[test]
fn a_folder_without_editions_is_named() {
    let (exit, said) = failure(&["--editions", folder("empty").to_str().unwrap(), "edition", "list"]);
    assert_eq!((exit, said.contains("holds no *.pack file and no editions.toml")), (2, true), "{said}");
}

#[test]
fn the_newest_pack_of_a_folder_is_opened() {
    let packs = folder("packs");
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data");
    let pack = packs.join("2027.pack");
    let built = stdout(&["edition", "build", data, "-o", pack.to_str().unwrap()]);
    fs::copy(&pack, packs.join("old.txt")).unwrap();
    let digest = built.rsplit(' ').next().unwrap().trim();
    let checked = stdout(&["--editions", packs.to_str().unwrap(), "edition", "check", "--data", data]);
    assert!(checked.contains(digest), "{checked}");
    assert!(checked.contains("name the same codes"), "{checked}");
    fs::write(packs.join("z.pack"), b"no pack").unwrap();
    let (exit, said) = failure(&["--editions", packs.to_str().unwrap(), "edition", "list"]);
    assert_eq!(
        (exit, said.contains("z.pack: the edition pack is damaged or no pack at all")),
        (2, true),
        "{said}"
    );
}
