//! `chartroom claim` and `chartroom remittance`, as people run them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

fn sample(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exchange/tests");
    folder.join(name).to_str().unwrap().to_owned()
}

fn chartroom(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chartroom")).args(args).output().unwrap()
}

/// Runs a command: its exit code, and what it prints.
fn run(args: &[&str]) -> (i32, String) {
    let output = chartroom(args);
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn claims_are_shown_and_one_is_printed_as_ub04() {
    let pdf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stay-1.pdf");
    let file = sample("golden/claims.837");
    let (exit, said) = run(&["claim", &file, "--number", "STAY-1", "--ub04", pdf.to_str().unwrap()]);
    assert_eq!(exit, 0);
    assert_eq!(
        said,
        "STAY-1: type of bill 0111, 2026-10-30 to 2026-11-03\n  \
         record          MRN0001\n  \
         payer           EXAMPLE MEDICARE (MA)\n  \
         diagnoses       I5021:Y, E1165:Y, N179:N, Z7901\n  \
         external causes W010XXA:Y\n  \
         procedures      02HV33Z, 5A1935Z\n  \
         conditions      C1\n  \
         DRG             291\n  \
         charges         41250.75 in 2 lines\n"
    );
    assert!(std::fs::read(pdf).unwrap().starts_with(b"%PDF"));
    let (_, json) = run(&["claim", &file, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[1]["claim"]["visit_reasons"][1], "R112");
}

#[test]
fn a_claim_that_cannot_be_read_is_named_and_the_others_are_shown() {
    let (exit, said) = run(&["claim", &sample("resources/faults.837")]);
    assert_eq!(exit, 1);
    assert!(said.contains("BAD-DATE: not read: segment 37, loop 2300"), "{said}");
    assert_eq!(said.matches("type of bill").count(), 3, "{said}");
    assert_eq!(
        chartroom(&["claim", &sample("resources/faults.837"), "--number", "NONE"]).status.code(),
        Some(2)
    );
}

#[test]
fn a_remittance_says_what_was_denied_and_what_to_do() {
    let (exit, said) = run(&["remittance", &sample("resources/two-claims.835")]);
    assert_eq!(exit, 0);
    for line in [
        "Payment 13100.25, electronic transfer, 2026-12-07, trace EFT20261207A",
        "  STAY-1: processed as first payer",
        "    CO-45 26688.00 charge above the agreed or allowed amount",
        "    line 2, 0351 70450: charged 600.00, paid 0.00",
        "      CO-197 600.00 authorization or notice is absent",
        "        denial: authorization or referral; look for the authorization; ask for one after the fact, or appeal",
        "      remark N386 by a national coverage determination",
        "  2 claims, 1 with a denial",
    ] {
        assert!(said.lines().any(|said| said == line), "{line:?} is missing from\n{said}");
    }
    let (_, json) = run(&["remittance", &sample("resources/reversal-and-denials.835"), "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["remittances"][0]["denials"][1]["category"], "timely-filing");
    assert_eq!(json["remittances"][1]["remittance"]["payer"]["id"], "EXINS");
}

#[test]
fn parts_that_cannot_be_read_are_told_and_change_the_exit_code() {
    let (exit, said) = run(&["remittance", &sample("resources/faults.835")]);
    assert_eq!(exit, 1);
    assert!(said.contains("not read: segment 23: CLP03 is '15OO'; expected a number"), "{said}");
    assert!(
        said.contains("the transaction set is a 837, not an 835 remittance; it is passed over"),
        "{said}"
    );
    let refused = chartroom(&["remittance", &sample("resources/three-stays.837")]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("not an 835 remittance"));
}
