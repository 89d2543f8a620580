//! Reading cases: what is accepted, what is said of garbage, and the same case from every format.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, Date32Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow_schema::{DataType, Field, Fields};
use bulk::{Batch, Cases837, Claim, CsvCases, JsonLines, ParquetCases, Source, read_case};
use codeset::{Code, Version};
use grouper::{Diagnosis, HospitalStatus, Poa, Procedure, Sex};
use jiff::civil::date;
use proptest::prelude::*;

fn read_all<S: Source>(mut source: S) -> Vec<Result<Claim, String>> {
    let (mut batch, mut claim, mut all) = (S::Batch::default(), Claim::default(), Vec::new());
    while source.fill(&mut batch).unwrap() {
        batch.for_each(support::desk().codes(), &mut claim, |_, claim, read| {
            all.push(read.map(|()| claim.clone()).map_err(|fault| fault.to_string()));
        });
    }
    all
}

fn read(json: &str) -> Result<Claim, String> {
    let mut claim = Claim::default();
    let read = read_case(json.as_bytes(), support::desk().codes(), &mut claim);
    read.map(|()| claim).map_err(|fault| fault.to_string())
}

fn diagnosis(code: &str, poa: Poa) -> Diagnosis {
    Diagnosis::new(Code::parse(code).unwrap(), poa, support::desk().codes())
}

#[test]
fn a_whole_case_is_read() {
    let claim = read(
        r#"{"id": "7", "version": 431, "age": 71, "sex": "F", "discharge_status": 6, "hospital_status": "EXEMPT",
        "discharge_date": 20260403, "los": 4, "admit_dx": "R06.02", "pdx": {"code": "I5021", "poa": "Y"},
        "sdx": [{"code": "E1165", "poa": "N"}, {"poa": " ", "code": "N179", "seen": [1, {"x": null}]}],
        "procedures": ["02HV33Z"], "charges": 41250.75, "covered_days": 4, "lifetime_reserve_days": 1,
        "provider": "140001", "payer": "medicare", "condition_codes": ["C1", "44"], "ward": {"name": "3 West"}}"#,
    )
    .unwrap();
    let case = &claim.case;
    assert_eq!((case.id.as_str(), case.version, case.age_years), ("7", Some(Version(431)), Some(71)));
    assert_eq!((case.sex, case.discharge_status, case.stay_days), (Sex::Female, 6, Some(4)));
    assert_eq!((case.hospital_status, case.discharge_date), (HospitalStatus::Exempt, date(2026, 4, 3)));
    assert_eq!(case.admitting, Some(diagnosis("R0602", Poa::Blank)));
    assert_eq!(case.principal, diagnosis("I5021", Poa::Yes));
    assert_eq!(case.secondary, [diagnosis("E1165", Poa::No), diagnosis("N179", Poa::Blank)]);
    let line = Procedure::new(Code::parse("02HV33Z").unwrap(), support::desk().codes());
    assert_eq!(case.procedures, [line]);
    let billing = &claim.billing;
    assert_eq!(billing.charges.unwrap().to_string(), "41250.75");
    assert_eq!((billing.covered_days, billing.lifetime_reserve_days), (Some(4), Some(1)));
    assert_eq!((billing.provider.as_str(), billing.payer.as_str()), ("140001", "medicare"));
    assert_eq!(billing.condition_codes.iter().map(Code::to_string).collect::<Vec<_>>(), ["C1", "44"]);
}

#[test]
fn looser_spellings_mean_the_same() {
    let strict = r#"{"id":"7","version":431,"age":65,"sex":"M","discharge_status":1,"discharge_date":20260403,"pdx":{"code":"I5021"},"sdx":[{"code":"E1165"}],"admit_dx":null}"#;
    let loose = r#"{"id":7,"version":"v43.1","age":"65","sex":"male","discharge_status":"01","discharge_date":"2026-04-03","pdx":"i50.21","sdx":["E11.65"],"procedures":null,"admit_dx":"","los":null}"#;
    assert_eq!(read(strict), read(loose));
    let escaped = strict.replace("I5021", r"\u00495021").replace("\"pdx\"", r#""\u0070dx""#);
    assert_eq!(read(strict), read(&escaped));
    assert_eq!(
        read(strict).unwrap().case.version,
        read(&strict.replace("431", "43.1")).unwrap().case.version
    );
}

#[test]
fn a_case_leaves_nothing_to_the_next() {
    let mut claim = read(
        r#"{"id":"full","version":431,"age":65,"sex":"M","discharge_status":1,"hospital_status":"EXEMPT","discharge_date":20260403,"los":3,"admit_dx":"I10","pdx":"I5021","sdx":["E1165"],"procedures":["02HV33Z"],"charges":1,"covered_days":1,"lifetime_reserve_days":1,"provider":"x","payer":"y","condition_codes":["44"]}"#,
    )
    .unwrap();
    let bare = r#"{"pdx":"I10","discharge_date":20261103}"#;
    read_case(bare.as_bytes(), support::desk().codes(), &mut claim).unwrap();
    assert_eq!(claim, read(bare).unwrap());
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let with = |field: &str| format!(r#"{{"pdx":"I10","discharge_date":20261103,{field}}}"#);
    for (json, reason) in [
        ("{}".to_owned(), "pdx is missing; no case can be grouped without it"),
        (r#"{"pdx":{"poa":"Y"}}"#.to_owned(), "pdx is missing; no case can be grouped without it"),
        (r#"{"pdx":"I10"}"#.to_owned(), "discharge_date is missing; no case can be grouped without it"),
        (
            with(r#""discharge_date":"2026-02-30""#),
            "discharge_date is '2026-02-30'; expected a day such as 2026-11-03 or 20261103",
        ),
        (
            with(r#""discharge_date":20261301"#),
            "discharge_date is 20261301; expected a day such as 2026-11-03 or 20261103",
        ),
        (with(r#""age":"old""#), "age is 'old'; expected a whole number of years"),
        (with(r#""age":65.5"#), "age is 65.5; expected a whole number of years"),
        (with(r#""age":true"#), "age is true; expected a whole number of years"),
        (
            with(r#""age":99999999999999999999"#),
            "age is 100000000000000000000; expected a whole number of years",
        ),
        (with(r#""los":-3"#), "los is -3; expected a whole number of days"),
        (with(r#""sex":"X""#), "sex is 'X'; expected M, F or U"),
        (
            with(r#""discharge_status":100"#),
            "discharge_status is 100; expected a discharge status of two digits",
        ),
        (
            with(r#""hospital_status":"MAYBE""#),
            "hospital_status is 'MAYBE'; expected NON_EXEMPT, EXEMPT or UNKNOWN",
        ),
        (with(r#""version":"forty""#), "version is 'forty'; expected a version such as 431 or 43.1"),
        (with(r#""charges":1.005"#), "charges is 1.005; expected dollars and cents such as 12345.67"),
        (with(r#""charges":"-1""#), "charges is '-1'; expected dollars and cents such as 12345.67"),
        (
            with(r#""admit_dx":"I-10""#),
            "admit_dx: code 'I-10' holds a character that is neither letter, digit nor '@'",
        ),
        (
            with(r#""sdx":["I10",{"code":"E116512345"}]"#),
            "sdx[1].code: code 'E116512345' has more than 8 characters",
        ),
        (
            with(r#""procedures":["02HV33Z",5]"#),
            "not a case in JSON: invalid type: integer `5`, expected procedures[1] as a code or as an object with code and poa, at column",
        ),
        (with(r#""sdx":{}"#), "not a case in JSON: invalid type: map, expected sdx as a list, at column"),
        (
            with(r#""age":[1]"#),
            "not a case in JSON: invalid type: sequence, expected a single value, at column",
        ),
        (
            "[]".to_owned(),
            "not a case in JSON: invalid type: sequence, expected a case as an object, at column",
        ),
        (with(r#""x":1"#) + "{}", "not a case in JSON: trailing characters, at column"),
        (r#"{"pdx":"I10""#.to_owned(), "not a case in JSON: EOF while parsing an object, at column"),
    ] {
        let found = read(&json).unwrap_err();
        let column = found.strip_prefix(reason).unwrap_or_else(|| panic!("{json}: {found}")).trim();
        assert_eq!(column.parse::<usize>().is_ok(), reason.ends_with("column"), "{found}");
    }
    let codes = vec!["\"I10\""; 1_001].join(",");
    let reason = "sdx has more than 1000 entries; a claim has 25 at most";
    assert_eq!(read(&with(&format!("\"sdx\":[{codes}]"))), Err(reason.to_owned()));
    let long = read(&with(&format!("\"sdx\":[\"{}\"]", "A".repeat(100_000)))).unwrap_err();
    assert_eq!(long, format!("sdx[0]: code '{}…' has more than 8 characters", "A".repeat(40)));
    let nested = with(&format!("\"x\":{}", "[".repeat(100_000)));
    assert!(read(&nested).is_err_and(|reason| reason.starts_with("not a case in JSON")));
    let mut claim = Claim::default();
    let fault = read_case(b"{\"id\":\"\xff\"}", support::desk().codes(), &mut claim).unwrap_err();
    assert_eq!(fault.to_string(), "the text is not UTF-8 from byte 8 on; save the file as UTF-8");
}

#[test]
fn parquet_lists_and_days_are_read_in_every_form() {
    let text = |values: [&str; 2]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    let days = date(2026, 11, 3).since(date(1970, 1, 1)).unwrap().get_days();
    let flat = RecordBatch::try_from_iter([
        ("PDX", text(["I5021:Y", "I10"])),
        ("sdx", text(["E1165:N|N179", ""])),
        ("discharge_date", Arc::new(Date32Array::from(vec![days; 2])) as ArrayRef),
        ("sex", text(["F", "M"])),
    ]);
    let fields = Fields::from(["code", "poa"].map(|name| Field::new(name, DataType::Utf8, true)).to_vec());
    let mut sdx = ListBuilder::new(StructBuilder::from_fields(fields, 2));
    for (code, poa) in [("E1165", Some("N")), ("N179", None)] {
        let parts = sdx.values();
        parts.field_builder::<StringBuilder>(0).unwrap().append_value(code);
        parts.field_builder::<StringBuilder>(1).unwrap().append_option(poa);
        parts.append(true);
    }
    sdx.append(true);
    sdx.append_null();
    let instant = i64::from(days) * 86_400_000_000 + 1;
    let nested = RecordBatch::try_from_iter([
        ("pdx", text(["I5021:Y", "I10"])),
        ("sdx", Arc::new(sdx.finish()) as ArrayRef),
        ("discharge_date", Arc::new(TimestampMicrosecondArray::from(vec![instant; 2])) as ArrayRef),
        ("sex", text(["F", "M"])),
    ]);
    let flat = read_all(ParquetCases::new(support::parquet(&flat.unwrap())).unwrap());
    let nested = read_all(ParquetCases::new(support::parquet(&nested.unwrap())).unwrap());
    assert_eq!(flat[0].as_ref().unwrap().case.secondary.len(), 2);
    assert_eq!(flat[0].as_ref().unwrap().case.discharge_date, date(2026, 11, 3));
    assert_eq!(flat, nested);
}

#[test]
fn a_column_of_an_unfit_type_is_named() {
    let mut ages = ListBuilder::new(Int32Builder::new());
    ages.values().append_value(1);
    ages.append(true);
    let rows = RecordBatch::try_from_iter([
        ("pdx", Arc::new(StringArray::from(vec!["I10"])) as ArrayRef),
        ("discharge_date", Arc::new(StringArray::from(vec!["20261103"])) as ArrayRef),
        ("age", Arc::new(ages.finish()) as ArrayRef),
    ]);
    let read = read_all(ParquetCases::new(support::parquet(&rows.unwrap())).unwrap());
    assert!(read[0].as_ref().unwrap_err().starts_with("age is of the Parquet type List("), "{read:?}");
}

#[test]
fn stays_come_out_of_an_837() {
    let read = read_all(Cases837::new(&include_bytes!("../../exchange/tests/resources/three-stays.837")[..]));
    let json = r#"{"id":"STAY-1","age":71,"sex":"F","discharge_status":1,"discharge_date":20261103,"los":4,"admit_dx":"R0602","pdx":{"code":"I5021","poa":"Y"},"sdx":[{"code":"E1165","poa":"Y"},{"code":"N179","poa":"N"},"Z7901"],"procedures":["02HV33Z"],"charges":41250.75,"covered_days":4,"provider":"1234567893","condition_codes":["C1"]}"#;
    assert_eq!(read[0], self::read(json));
    let ages: Vec<_> = read.iter().map(|read| read.as_ref().unwrap().case.age_years).collect();
    assert_eq!(ages, [Some(71), Some(85), Some(0)]);
    // Born, admitted and discharged on one day: a stay of one day.
    assert_eq!(read[2].as_ref().unwrap().case.stay_days, Some(1));
    assert_eq!(read[1].as_ref().unwrap().billing.lifetime_reserve_days, Some(2));

    let faults = read_all(Cases837::new(&include_bytes!("../../exchange/tests/resources/faults.837")[..]));
    let reasons: Vec<_> = faults.iter().map(|read| read.as_ref().err().map(String::as_str)).collect();
    assert!(reasons[0].is_none() && reasons[4].is_none(), "{reasons:?}");
    assert_eq!(
        reasons[3],
        Some("sdx[0].code: code 'E11-5' holds a character that is neither letter, digit nor '@'")
    );
    let outpatient =
        &read_all(Cases837::new(&include_bytes!("../../exchange/tests/resources/two-sets-one-line.837")[..]))
            [1];
    assert_eq!(
        outpatient.as_ref().unwrap_err(),
        "type of bill '131' is no inpatient stay; DRGs are for 11x and 41x"
    );
}

prop_compose! {
    fn any_diagnosis()(code in "[A-Z][0-9A-Z]{2,6}", poa in prop::sample::select(vec!["Y", "N", "U", "W", "1", "", "x"])) -> Diagnosis {
        diagnosis(&code, Poa::from_text(poa))
    }
}

prop_compose! {
    fn any_claim()(
        id in "[ -~äé]{0,12}",
        version in prop::option::of(prop::sample::select(vec![400, 431, 440])),
        age in prop::option::of(-5i16..200),
        sex in prop::sample::select(vec![Sex::Male, Sex::Female, Sex::Unknown]),
        discharge_status in 0u8..100,
        hospital_status in prop::sample::select(vec![HospitalStatus::NonExempt, HospitalStatus::Exempt, HospitalStatus::Unknown]),
        (month, day) in (1i8..=12, 1i8..=28),
        los in prop::option::of(0u16..400),
        admitting in prop::option::of("[A-Z][0-9A-Z]{2,6}"),
        principal in any_diagnosis(),
        secondary in prop::collection::vec(any_diagnosis(), 0..30),
        procedures in prop::collection::vec("[0-9A-Z]{7}", 0..30),
    ) -> Claim {
        let mut claim = Claim::default();
        let case = &mut claim.case;
        case.id = id.trim().to_owned();
        (case.version, case.age_years, case.sex) = (version.map(Version), age, sex);
        (case.discharge_status, case.hospital_status) = (discharge_status, hospital_status);
        (case.discharge_date, case.stay_days) = (date(2026, month, day), los);
        case.admitting = admitting.map(|code| diagnosis(&code, Poa::Blank));
        (case.principal, case.secondary) = (principal, secondary);
        let procedure = |code: String| Procedure::new(Code::parse(&code).unwrap(), support::desk().codes());
        case.procedures = procedures.into_iter().map(procedure).collect();
        claim
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_format_gives_the_same_case(claims in prop::collection::vec(any_claim(), 1..5)) {
        let expected: Vec<_> = claims.iter().cloned().map(Ok).collect();
        prop_assert_eq!(&read_all(JsonLines::new(support::json_lines(&claims).as_bytes())), &expected);
        prop_assert_eq!(&read_all(CsvCases::new(&support::csv(&claims)[..]).unwrap()), &expected);
        prop_assert_eq!(&read_all(ParquetCases::new(support::parquet(&support::table(&claims))).unwrap()), &expected);
    }

    #[test]
    fn any_bytes_are_a_case_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut claim = Claim::default();
        drop(read_case(&bytes, support::desk().codes(), &mut claim));
    }
}
