//! Whole runs: order, rejections, every pair of formats, failing inputs and outputs.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::io::{self, Write};

use bulk::{
    CaseWork, Cases837, Claim, Column, ColumnKind, CsvBlock, CsvCases, JsonBlock, JsonLines, Observer,
    ParquetCases, ParquetSink, Rejection, RunError, Tally, TextSink, Value, run,
};
use codeset::CodeIndex;
use grouper::{DeskError, DeskScratch, Outcome};
use serde_json::Value as Json;

/// Keeps what was rejected.
#[derive(Default)]
struct Rejects(Vec<String>);

impl Observer for Rejects {
    fn rejected(&mut self, rejection: &Rejection) -> io::Result<()> {
        self.0.push(format!("{}: {}", rejection.place, rejection.fault));
        Ok(())
    }
}

/// `count` cases that differ in name and codes.
fn cases(count: usize) -> Vec<String> {
    let principals = ["I5021", "A419", "J189", "M1711", "I639", "O80", "S72001A", "B20"];
    let case = |number: usize| {
        format!(
            r#"{{"id":"case {number}","age":{},"sex":"F","discharge_status":1,"discharge_date":"2026-11-03","los":{},"pdx":{{"code":"{}","poa":"Y"}},"sdx":[{{"code":"E1165","poa":"Y"}},{{"code":"N179","poa":"N"}}],"procedures":["02HV33Z"]}}"#,
            number % 100,
            number % 30,
            principals[number % principals.len()],
        )
    };
    (0..count).map(case).collect()
}

fn group_lines(input: &str, threads: usize) -> (Vec<Json>, Tally, Vec<String>) {
    let (mut out, mut rejects) = (Vec::new(), Rejects::default());
    let mut sink = TextSink::<_, JsonBlock>::new(&mut out, &[]).unwrap();
    let tally =
        run(JsonLines::new(input.as_bytes()), &mut sink, support::desk(), threads, &mut rejects).unwrap();
    let text = String::from_utf8(out).unwrap();
    (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), tally, rejects.0)
}

#[test]
fn order_is_kept_and_threads_change_nothing() {
    let input = cases(20_000).join("\n");
    let (alone, tally, _) = group_lines(&input, 1);
    assert_eq!(tally, Tally { processed: 20_000, rejected: 0 });
    for (number, result) in alone.iter().enumerate() {
        assert_eq!(result["id"], format!("case {number}"));
    }
    assert_eq!(group_lines(&input, 7).0, alone);
}

#[test]
fn a_result_has_the_names_of_the_result_json() {
    let (results, ..) = group_lines(&cases(1)[0], 1);
    let result = results[0].as_object().unwrap();
    let names: Vec<_> = result.keys().map(String::as_str).collect();
    let mut expected =
        ["id", "version", "initial_drg", "initial_mdc", "final_drg", "final_mdc", "return_code", "mce"];
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!(
        (&result["version"], &result["final_drg"], &result["final_mdc"]),
        (&440.into(), &292.into(), &5.into())
    );
    assert_eq!(result["return_code"], "OK");
    assert!(result["mce"]["type"].is_string() && result["mce"]["edits"].is_object());
}

#[test]
fn a_bad_line_among_a_thousand_is_named_and_the_rest_is_done() {
    let mut lines = cases(1_000);
    lines[500] = r#"{"id":"x","pdx":{"code":"I50-1"},"discharge_date":20261103}"#.to_owned();
    let (results, tally, rejects) = group_lines(&lines.join("\n"), 3);
    assert_eq!((results.len(), tally.rejected), (999, 1));
    let reason = "line 501: pdx.code: code 'I50-1' holds a character that is neither letter, digit nor '@'";
    assert_eq!(rejects, [reason]);
}

#[test]
fn a_date_outside_every_edition_is_a_rejection() {
    let line = r#"{"pdx":"I10","discharge_date":"1999-01-01"}"#;
    let (_, tally, rejects) = group_lines(line, 1);
    assert_eq!(tally.rejected, 1);
    assert!(rejects[0].starts_with("line 1: no msdrg edition governs 1999-01-01"), "{rejects:?}");
}

#[test]
fn a_case_without_name_is_called_by_its_number() {
    let (results, ..) = group_lines("\n{\"pdx\":\"I10\",\"discharge_date\":20261103}", 1);
    assert_eq!(results[0]["id"], "2");
}

#[test]
fn csv_says_the_same_as_json() {
    let input = "id,pdx,discharge_date,sex,age,discharge_status,sdx,other\n\"a, b\",I5021:Y,2026-11-03,F,71,1,E1165:Y|N179:N,x\n";
    let (mut out, mut rejects) = (Vec::new(), Rejects::default());
    let mut sink = TextSink::<_, CsvBlock>::new(&mut out, &[]).unwrap();
    run(CsvCases::new(input.as_bytes()).unwrap(), &mut sink, support::desk(), 2, &mut rejects).unwrap();
    let text = String::from_utf8(out).unwrap();
    let line = r#"{"id":"a, b","pdx":{"code":"I5021","poa":"Y"},"discharge_date":20261103,"sex":"F","age":71,"discharge_status":1,"sdx":[{"code":"E1165","poa":"Y"},{"code":"N179","poa":"N"}]}"#;
    let json = &group_lines(line, 1).0[0];
    let expected = format!(
        "id,version,initial_drg,initial_mdc,final_drg,final_mdc,return_code,mce_type,mce_edits\n\"a, b\",440,{},{},{},{},OK,{},\n",
        json["initial_drg"],
        json["initial_mdc"],
        json["final_drg"],
        json["final_mdc"],
        json["mce"]["type"].as_str().unwrap(),
    );
    assert_eq!(text, expected);
}

/// A desk that adds columns, as one that prices does.
struct Adding([Column; 3]);

impl Adding {
    fn new() -> Self {
        let column = |group, name, kind| Column { group, name, kind };
        Self([
            column("price", "total", ColumnKind::Decimal(2)),
            column("price", "status", ColumnKind::Text),
            column("stay", "days", ColumnKind::Integer),
        ])
    }
}

impl CaseWork for Adding {
    type Scratch = DeskScratch;

    fn codes(&self) -> &CodeIndex {
        support::desk().codes()
    }

    fn columns(&self) -> &[Column] {
        &self.0
    }

    fn process(
        &self,
        claim: &Claim,
        scratch: &mut DeskScratch,
        added: &mut Vec<Value>,
    ) -> Result<Outcome, DeskError> {
        added.push(claim.billing.charges.map_or(Value::Blank, Value::Decimal));
        added.push(Value::Text("say \"so\"".to_owned()));
        added.push(Value::Integer(claim.case.stay_days.map_or(-1, i64::from)));
        support::desk().process(&claim.case, scratch)
    }
}

#[test]
fn added_columns_stand_in_every_format() {
    let input = "{\"pdx\":\"I10\",\"discharge_date\":20261103,\"charges\":9216.35,\"los\":4}\n{\"pdx\":\"I10\",\"discharge_date\":20261103}";
    let work = Adding::new();
    let mut json = Vec::new();
    let mut sink = TextSink::<_, JsonBlock>::new(&mut json, work.columns()).unwrap();
    run(JsonLines::new(input.as_bytes()), &mut sink, &work, 1, &mut Rejects::default()).unwrap();
    let json = String::from_utf8(json).unwrap();
    let mut ends = json.lines().map(|line| line.split_once(",\"price\":").unwrap().1);
    assert_eq!(ends.next(), Some(r#"{"total":9216.35,"status":"say \"so\""},"stay":{"days":4}}"#));
    assert_eq!(ends.next(), Some(r#"{"total":null,"status":"say \"so\""},"stay":{"days":-1}}"#));

    let mut csv = Vec::new();
    let mut sink = TextSink::<_, CsvBlock>::new(&mut csv, work.columns()).unwrap();
    run(JsonLines::new(input.as_bytes()), &mut sink, &work, 1, &mut Rejects::default()).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.lines().next().unwrap().ends_with(",mce_edits,price_total,price_status,stay_days"), "{csv}");
    assert!(csv.lines().nth(1).unwrap().ends_with(",9216.35,\"say \"\"so\"\"\",4"), "{csv}");

    let mut parquet = Vec::new();
    let mut sink = ParquetSink::new(&mut parquet, work.columns()).unwrap();
    run(JsonLines::new(input.as_bytes()), &mut sink, &work, 1, &mut Rejects::default()).unwrap();
    drop(sink);
    let rows = support::rows(parquet);
    let total =
        arrow_array::cast::AsArray::as_primitive::<arrow_array::types::Decimal128Type>(&rows["price_total"]);
    assert_eq!((total.value(0), arrow_array::Array::is_null(&total, 1)), (921_635, true));
}

#[test]
fn parquet_results_have_the_names_and_numbers() {
    let input = cases(3_000).join("\n");
    let mut parquet = Vec::new();
    let mut sink = ParquetSink::new(&mut parquet, &[]).unwrap();
    run(JsonLines::new(input.as_bytes()), &mut sink, support::desk(), 3, &mut Rejects::default()).unwrap();
    drop(sink);
    let rows = support::rows(parquet);
    let (json, ..) = group_lines(&input, 1);
    let drg = arrow_array::cast::AsArray::as_primitive::<arrow_array::types::Int32Type>(&rows["final_drg"]);
    let id = arrow_array::cast::AsArray::as_string::<i32>(&rows["id"]);
    for (row, result) in json.iter().enumerate() {
        assert_eq!(
            (result["final_drg"].as_i64(), result["id"].as_str()),
            (Some(drg.value(row).into()), Some(id.value(row)))
        );
    }
}

#[test]
fn broken_headers_are_refused_at_once() {
    for (input, reason) in [
        ("id,sdx\n", "the input's header has no column pdx; every case needs it"),
        ("pdx,PDX\n", "the input's header has the column PDX twice"),
        ("", "the input's header has no column pdx; every case needs it"),
    ] {
        assert_eq!(CsvCases::new(input.as_bytes()).unwrap_err().to_string(), reason);
    }
    assert!(ParquetCases::new(bytes::Bytes::from_static(b"PAR1 no Parquet at all PAR1")).is_err());
}

#[test]
fn garbage_in_csv_rows_rejects_those_rows() {
    let input = b"pdx,discharge_date,age\nI10,20261103,70\nI10,20261103\nI10,20261399,70\nI10,20261103,\xff\nI10,20261103,old\n,20261103,70\n";
    let (mut out, mut rejects) = (Vec::new(), Rejects::default());
    let mut sink = TextSink::<_, JsonBlock>::new(&mut out, &[]).unwrap();
    let tally = run(CsvCases::new(&input[..]).unwrap(), &mut sink, support::desk(), 2, &mut rejects).unwrap();
    assert_eq!(tally, Tally { processed: 1, rejected: 5 });
    assert_eq!(
        rejects.0,
        [
            "line 3: the row has 2 fields where the header has 3",
            "line 4: discharge_date is '20261399'; expected a day such as 2026-11-03 or 20261103",
            "line 5: the text is not UTF-8 from byte 1 on; save the file as UTF-8",
            "line 6: age is 'old'; expected a whole number of years",
            "line 7: pdx is missing; no case can be grouped without it",
        ]
    );
}

#[test]
fn an_open_quote_does_not_swallow_the_machine() {
    let input = format!("pdx,discharge_date\n\"{}", "I10,20261103\n".repeat(1_000_000));
    let mut sink = TextSink::<_, JsonBlock>::new(io::sink(), &[]).unwrap();
    let source = CsvCases::new(input.as_bytes()).unwrap();
    let error = run(source, &mut sink, support::desk(), 1, &mut Rejects::default()).unwrap_err();
    assert!(error.to_string().contains("is a quote left open?"), "{error}");
}

/// An output that fails after some bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_stops_the_run_with_its_reason() {
    let input = cases(20_000).join("\n");
    let mut sink = TextSink::<_, JsonBlock>::new(Full(100_000), &[]).unwrap();
    let run = run(JsonLines::new(input.as_bytes()), &mut sink, support::desk(), 4, &mut Rejects::default());
    assert!(matches!(run, Err(RunError::Output(error)) if error.kind() == io::ErrorKind::StorageFull));
}

#[test]
fn a_cut_837_gives_its_whole_claims_and_then_the_reason() {
    let whole = include_bytes!("../../exchange/tests/resources/three-stays.837");
    let cut = &whole[..whole.len() - 40];
    let (mut out, mut rejects) = (Vec::new(), Rejects::default());
    let mut sink = TextSink::<_, JsonBlock>::new(&mut out, &[]).unwrap();
    let error = run(Cases837::new(cut), &mut sink, support::desk(), 2, &mut rejects).unwrap_err();
    assert!(error.to_string().contains("it may be cut short"), "{error}");
    assert!(!out.is_empty());
}
