//! What the tests share.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::{Arc, OnceLock};

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use bulk::Claim;
use bytes::Bytes;
use codeset::Pack;
use grouper::{Desk, Diagnosis, HospitalStatus, Poa, Sex};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::json;

/// The desk of the embedded editions, opened once.
pub(crate) fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| Desk::open(&Pack::open(editions::EMBEDDED).expect("a pack")).expect("a desk"))
}

/// The only row group of a Parquet file.
pub(crate) fn rows(parquet: Vec<u8>) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(parquet));
    let mut batches = reader.expect("Parquet").with_batch_size(1 << 20).build().expect("batches");
    batches.next().expect("rows").expect("a batch")
}

/// `rows` as a Parquet file.
pub(crate) fn parquet(rows: &RecordBatch) -> Bytes {
    let mut file = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut file, rows.schema(), None).expect("a writer");
    writer.write(rows).expect("rows");
    writer.close().expect("a file");
    file.into()
}

/// `claims` as JSON lines.
pub(crate) fn json_lines(claims: &[Claim]) -> String {
    let diagnosis = |d: &Diagnosis| json!({"code": d.code.to_string(), "poa": poa(d.poa)});
    let line = |claim: &Claim| {
        let case = &claim.case;
        json!({
            "id": case.id, "version": case.version.map(|version| version.0), "age": case.age_years,
            "sex": sex(case.sex), "discharge_status": case.discharge_status,
            "hospital_status": hospital(case.hospital_status), "discharge_date": case.discharge_date.to_string(),
            "los": case.stay_days, "admit_dx": case.admitting.map(|d| d.code.to_string()),
            "pdx": diagnosis(&case.principal), "sdx": case.secondary.iter().map(diagnosis).collect::<Vec<_>>(),
            "procedures": case.procedures.iter().map(|p| p.code.to_string()).collect::<Vec<_>>(),
        })
        .to_string()
    };
    claims.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `claims` as CSV.
pub(crate) fn csv(claims: &[Claim]) -> Vec<u8> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(NAMES).expect("a header");
    for claim in claims {
        rows.write_record(texts(claim)).expect("a row");
    }
    rows.into_inner().expect("CSV")
}

/// `claims` as columns of text.
pub(crate) fn table(claims: &[Claim]) -> RecordBatch {
    let rows: Vec<_> = claims.iter().map(texts).collect();
    let column = |position: usize| StringArray::from_iter_values(rows.iter().map(|row| &row[position]));
    let columns = NAMES.iter().enumerate().map(|(position, name)| (*name, Arc::new(column(position)) as ArrayRef));
    RecordBatch::try_from_iter(columns).expect("a table")
}

const NAMES: [&str; 12] = [
    "id", "version", "age", "sex", "discharge_status", "hospital_status", "discharge_date", "los", "admit_dx",
    "pdx", "sdx", "procedures",
];

fn texts(claim: &Claim) -> [String; 12] {
    let case = &claim.case;
    let blank = String::new;
    let diagnosis = |d: &Diagnosis| format!("{}:{}", d.code, poa(d.poa));
    [
        case.id.clone(),
        case.version.map_or_else(blank, |version| version.to_string()),
        case.age_years.map_or_else(blank, |age| age.to_string()),
        sex(case.sex).to_owned(),
        case.discharge_status.to_string(),
        hospital(case.hospital_status).to_owned(),
        case.discharge_date.strftime("%Y%m%d").to_string(),
        case.stay_days.map_or_else(blank, |days| days.to_string()),
        case.admitting.map_or_else(blank, |d| d.code.to_string()),
        diagnosis(&case.principal),
        case.secondary.iter().map(diagnosis).collect::<Vec<_>>().join("|"),
        case.procedures.iter().map(|p| p.code.to_string()).collect::<Vec<_>>().join(" "),
    ]
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "M",
        Sex::Female => "F",
        Sex::Unknown => "U",
    }
}

fn hospital(status: HospitalStatus) -> &'static str {
    match status {
        HospitalStatus::NonExempt => "NON_EXEMPT",
        HospitalStatus::Exempt => "EXEMPT",
        HospitalStatus::Unknown => "UNKNOWN",
    }
}

fn poa(poa: Poa) -> &'static str {
    match poa {
        Poa::Yes => "Y",
        Poa::No => "N",
        Poa::Undetermined => "U",
        Poa::ClinicallyUndetermined => "W",
        Poa::Exempt => "1",
        Poa::Blank => "",
        Poa::Invalid => "x",
    }
}
