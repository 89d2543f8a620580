//! Whole answers of the program, against files in `tests/golden/`.

use std::path::{Path, PathBuf};
use std::process::Command;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// What the program prints for `arguments`, which must go well.
fn print(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_chartroom")).args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints UTF-8")
}

/// Compares with the golden file, or writes it where `CHARTROOM_BLESS` is set.
#[track_caller]
fn expect(name: &str, printed: &str) {
    if std::env::var_os("CHARTROOM_BLESS").is_some() {
        std::fs::write(golden(name), printed).expect("the golden file is written");
    }
    let wanted = std::fs::read_to_string(golden(name)).expect("the golden file is there");
    for (number, (found, wanted)) in printed.lines().zip(wanted.lines()).enumerate() {
        assert_eq!(found, wanted, "{name}, line {}", number + 1);
    }
    assert_eq!(printed.lines().count(), wanted.lines().count(), "{name}");
}

#[test]
fn our_own_cases_have_their_results() {
    let cases = golden("cases.jsonl");
    let results = print(&["group", "--input", cases.to_str().unwrap(), "--output", "-"]);
    println!("{} cases", results.lines().count());
    expect("results.jsonl", &results);
}

#[test]
fn a_case_is_explained() {
    let case = [
        "case",
        "--pdx",
        "I5021:Y",
        "--sdx",
        "E1165:Y,N179:N,I5023:Y,L89153:N,O80:Y",
        "--px",
        "02HV33Z,0SRD0J9",
        "--age",
        "71",
        "--sex",
        "F",
        "--discharged",
        "2026-11-03",
        "--los",
        "4",
        "--why-not",
        "286",
    ];
    expect("case.txt", &print(&case));
}

#[test]
fn a_case_is_priced_line_by_line() {
    let providers = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/providers.toml");
    let case = [
        "case",
        "--pdx",
        "S72001A:Y",
        "--sdx",
        "D62:N,I10:Y",
        "--px",
        "0SRS0J9",
        "--age",
        "82",
        "--sex",
        "F",
        "--discharged",
        "2026-03-03",
        "--los",
        "2",
        "--status",
        "3",
        "--charges",
        "61000",
        "--provider",
        "990001",
        "--providers",
        providers.to_str().unwrap(),
    ];
    expect("case-priced.txt", &print(&case));
}

#[test]
fn a_date_outside_every_edition_names_the_family() {
    let case = ["case", "--pdx", "I5021", "--discharged", "2031-01-01"];
    let output = Command::new(env!("CARGO_BIN_EXE_chartroom")).args(case).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("no msdrg edition governs 2031-01-01"), "{said}");
}
