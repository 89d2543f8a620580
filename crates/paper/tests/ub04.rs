//! The UB-04 data sheet: every form locator of the form is on it, with what the claim says.

use std::collections::BTreeSet;

use exchange::x12::{InstitutionalClaim, ReportedDiagnosis, ServiceLine, ValueCode, read};
use jiff::Timestamp;
use paper::{Block, ClaimToPrint, Footer, Form, FormBox, FormRow, Paper, PaperError, print, sheet_of_claim};
use reading::{bare, pages};
use rust_decimal::Decimal;

mod reading;

/// A stay, and a visit of a child insured by a parent.
fn claims() -> [InstitutionalClaim; 2] {
    let file = include_str!("../../exchange/tests/golden/claims.837");
    let claims: Vec<_> =
        read(file.as_bytes()).map(|read| read.expect("a file").claim.expect("a claim")).collect();
    claims.try_into().expect("two claims")
}

fn sheet(claim: &InstitutionalClaim) -> paper::Sheet {
    let footer = Footer {
        printed_at: Timestamp::UNIX_EPOCH,
        printed_shown: "1970-01-01 00:00 UTC".into(),
        printed_by: "Okafor, Ngozi".into(),
        confidentiality: "Confidential.".into(),
    };
    sheet_of_claim(&ClaimToPrint { claim, paper: Paper::LETTER, footer })
}

fn boxes(claim: &InstitutionalClaim) -> Vec<FormBox> {
    let forms = sheet(claim).blocks.into_iter().filter_map(|block| match block {
        Block::Form(form) => Some(form),
        _ => None,
    });
    forms.flat_map(|form| form.rows).flat_map(|row| row.boxes).collect()
}

/// What stands in the box with this number.
fn text_of(claim: &InstitutionalClaim, number: &str) -> String {
    boxes(claim).iter().find(|one| one.number == number).expect("a box").text.plain()
}

#[test]
fn every_form_locator_has_its_box() {
    let [claim, _] = claims();
    let number =
        |one: FormBox| one.number.trim_end_matches(|end: char| !end.is_ascii_digit()).parse::<u8>().ok();
    let found: BTreeSet<u8> = boxes(&claim).into_iter().filter_map(number).collect();
    assert_eq!(found, (1..=81).collect());
}

#[test]
fn a_box_holds_what_the_claim_says() {
    let [stay, visit] = claims();
    let expected = [
        ("3a", "STAY-1"),
        ("3b", "MRN0001"),
        ("4", "0111"),
        ("6", "103026 110326"),
        ("8b", "DOE, JANE Q"),
        ("10", "03141955"),
        ("12", "103026"),
        ("13", "09"),
        ("16", "14"),
        ("17", "01"),
        ("18", "C1"),
        ("31a", "11 102826"),
        ("35a", "71 103026 110326"),
        ("39", "a 80 4.00"),
        ("50A", "EXAMPLE MEDICARE"),
        ("56", "1234567893"),
        ("59A", "18"),
        ("60A", "1EG4TE5MK73"),
        ("63A", "AUTH77"),
        ("66", "0"),
        ("67", "I5021 Y"),
        ("67A", "E1165 Y"),
        ("67C", "Z7901"),
        ("69", "R0602"),
        ("71", "291"),
        ("72a", "W010XXA Y"),
        ("74", "02HV33Z 103126"),
        ("74a", "5A1935Z 103026"),
        ("76", "NPI 1234567893\nLast ROE\nFirst RICHARD"),
        ("80", "CORRECTED ADDRESS"),
        ("81a", "B3 282N00000X"),
    ];
    for (number, text) in expected {
        assert_eq!(text_of(&stay, number), text, "form locator {number}");
    }
    for (number, text) in
        [("8a", ""), ("8b", "DOE, MAX Q"), ("59A", "19"), ("70b", "R112"), ("58A", "DOE, JANE Q")]
    {
        assert_eq!(text_of(&visit, number), text, "form locator {number}");
    }
}

#[test]
fn the_print_is_one_page_with_lines_and_totals() {
    let [stay, visit] = claims();
    for (claim, needles) in [
        (
            &stay,
            vec![
                "0120 4 40000.75",
                "0636 J1940 4 1250.00",
                "0001 Totals 41250.75 0.00",
                "67 Principal DX I5021 Y",
            ],
        ),
        (&visit, vec!["0450 99283 25 LT 110526 4 1500.00", "70a Reason DX R1030"]),
    ] {
        let printed = print(&sheet(claim)).unwrap();
        assert!(printed.unknown.is_empty(), "{:?}", printed.unknown);
        assert_eq!(printed.pages, 1);
        let Some(pages) = pages(&printed) else { return };
        for needle in needles {
            assert!(bare(&pages[0]).contains(&bare(needle)), "{needle:?} is missing:\n{}", pages[0]);
        }
    }
}

#[test]
fn what_the_form_has_no_room_for_stands_below_it() {
    let [mut claim, _] = claims();
    assert_eq!(sheet(&claim).blocks.len(), 1);
    let diagnosis =
        |at: usize| ReportedDiagnosis { code: format!("Z79{at:02}"), ..ReportedDiagnosis::default() };
    claim.other_diagnoses = (0..24).map(diagnosis).collect();
    claim.value_codes =
        (10..23).map(|code| ValueCode { code: code.to_string(), amount: Decimal::ONE }).collect();
    claim.lines = vec![ServiceLine { revenue_code: "0300".into(), ..ServiceLine::default() }; 120];
    let printed = print(&sheet(&claim)).unwrap();
    let Some(pages) = pages(&printed) else { return };
    assert_eq!(pages.len(), printed.pages);
    assert!(pages.len() >= 3, "{}", pages.len());
    let text = bare(&pages.concat());
    for needle in [
        "67Q DX Z7916",
        "Other diagnoses Z7917, Z7918, Z7919, Z7920, Z7921, Z7922, Z7923",
        "Value codes 22 1.00",
    ] {
        assert!(text.contains(&bare(needle)), "{needle:?}");
    }
}

#[test]
fn a_form_without_width_is_refused() {
    let [claim, _] = claims();
    for boxes in [vec![], vec![FormBox::default()]] {
        let mut sheet = sheet(&claim);
        sheet.blocks = vec![Block::Form(Form { rows: vec![FormRow { boxes }] })];
        assert!(matches!(print(&sheet), Err(PaperError::Table { .. })));
    }
}
