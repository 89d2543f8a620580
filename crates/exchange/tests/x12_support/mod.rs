//! Claims of our own making, and the independent validator.

use std::process::Command;

use exchange::x12::*;
use jiff::civil::{date, time};
use rust_decimal::Decimal;

/// An inpatient claim with everything an 837I of this house can say.
pub(crate) fn whole_claim() -> InstitutionalClaim {
    let statement = Period { first: date(2026, 10, 30), last: date(2026, 11, 3) };
    InstitutionalClaim {
        patient_control_number: "STAY-1".into(),
        medical_record_number: "MRN0001".into(),
        total_charges: Decimal::new(4_125_075, 2),
        type_of_bill: "111".into(),
        admission_type: "1".into(),
        admission_source: "1".into(),
        discharge_status: "01".into(),
        admitted: Some(statement.first),
        admission_time: Some(time(9, 30, 0, 0)),
        discharge_time: Some(time(14, 0, 0, 0)),
        statement: Some(statement),
        admitting_diagnosis: "R0602".into(),
        principal_diagnosis: diagnosis("I5021", "Y"),
        other_diagnoses: vec![diagnosis("E1165", "Y"), diagnosis("N179", "N"), diagnosis("Z7901", "")],
        external_causes: vec![diagnosis("W010XXA", "Y")],
        procedures: vec![procedure("02HV33Z", 31), procedure("5A1935Z", 30)],
        condition_codes: vec!["C1".into()],
        occurrences: vec![Occurrence { code: "11".into(), on: date(2026, 10, 28) }],
        occurrence_spans: vec![OccurrenceSpan { code: "71".into(), period: statement }],
        value_codes: vec![ValueCode { code: "80".into(), amount: Decimal::from(4) }],
        reported_drg: "291".into(),
        prior_authorization: "AUTH77".into(),
        remarks: "CORRECTED ADDRESS".into(),
        billing_provider: hospital(),
        subscriber: Subscriber {
            person: person("DOE", "JANE"),
            member_id: "1EG4TE5MK73".into(),
            payer_order: "P".into(),
            ..Subscriber::default()
        },
        payer: Payer { name: "EXAMPLE MEDICARE".into(), id: "EXMED".into(), address: None },
        claim_filing: "MA".into(),
        attending: Some(Practitioner {
            last: "ROE".into(),
            first: "RICHARD".into(),
            npi: "1234567893".into(),
            taxonomy: "207R00000X".into(),
        }),
        operating: Some(Practitioner {
            last: "POE".into(),
            npi: "1234567893".into(),
            ..Practitioner::default()
        }),
        lines: vec![
            line("0120", "", 4_000_075, Counted::Days),
            line("0636", "J1940", 125_000, Counted::Units),
        ],
        ..InstitutionalClaim::default()
    }
}

/// An outpatient claim of a child insured by a parent.
pub(crate) fn outpatient_claim() -> InstitutionalClaim {
    let statement = Period { first: date(2026, 11, 5), last: date(2026, 11, 5) };
    let mut visit = line("0450", "99283", 150_000, Counted::Units);
    visit.modifiers = vec!["25".into(), "LT".into()];
    visit.service = Some(statement);
    InstitutionalClaim {
        patient_control_number: "VISIT-2".into(),
        total_charges: Decimal::new(150_000, 2),
        type_of_bill: "131".into(),
        admitted: None,
        admission_time: None,
        discharge_time: None,
        statement: Some(statement),
        admitting_diagnosis: String::new(),
        visit_reasons: vec!["R1030".into(), "R112".into()],
        principal_diagnosis: diagnosis("K3580", ""),
        other_diagnoses: vec![],
        procedures: vec![],
        reported_drg: String::new(),
        occurrence_spans: vec![],
        dependent: Some(Dependent { relation: "19".into(), person: person("DOE", "MAX") }),
        payer: Payer { name: "EXAMPLE INSURER".into(), id: "EXINS".into(), address: Some(address()) },
        claim_filing: "CI".into(),
        operating: None,
        lines: vec![visit],
        ..whole_claim()
    }
}

/// Who sends the claims, under which numbers.
pub(crate) fn submission() -> Submission {
    let endpoint = |id: &str| Endpoint { qualifier: "ZZ".into(), id: id.into() };
    Submission {
        sender: endpoint("RIVERSIDE"),
        receiver: endpoint("EXAMPLEPAYER"),
        submitter: Submitter {
            name: "RIVERSIDE EXAMPLE HOSPITAL".into(),
            id: "RIV001".into(),
            contact: "BILLING OFFICE".into(),
            telephone: "5550100200".into(),
        },
        recipient: Recipient { name: "EXAMPLE CONTRACTOR".into(), id: "EXPAY1".into() },
        interchange_number: 101,
        group_number: 7,
        set_number: 1,
        batch: "BATCH1".into(),
        written: date(2026, 11, 20).at(9, 15, 0, 0),
        is_test: true,
    }
}

pub(crate) fn diagnosis(code: &str, present: &str) -> ReportedDiagnosis {
    ReportedDiagnosis { code: code.into(), present_on_admission: present.into() }
}

fn procedure(code: &str, day: i8) -> ReportedProcedure {
    ReportedProcedure { code: code.into(), on: Some(date(2026, 10, day)) }
}

fn line(revenue_code: &str, hcpcs: &str, cents: i64, counted: Counted) -> ServiceLine {
    ServiceLine {
        revenue_code: revenue_code.into(),
        hcpcs: hcpcs.into(),
        charge: Decimal::new(cents, 2),
        counted,
        units: Decimal::from(4),
        ..ServiceLine::default()
    }
}

fn address() -> Address {
    Address {
        line: "2 ELM STREET".into(),
        city: "SPRINGFIELD".into(),
        state: "IL".into(),
        postal_code: "627010002".into(),
        ..Address::default()
    }
}

fn person(last: &str, first: &str) -> Person {
    Person {
        last: last.into(),
        first: first.into(),
        middle: "Q".into(),
        address: Some(address()),
        born: Some(date(1955, 3, 14)),
        sex: ReportedSex::Female,
        ..Person::default()
    }
}

fn hospital() -> BillingProvider {
    BillingProvider {
        name: "RIVERSIDE EXAMPLE HOSPITAL".into(),
        npi: "1234567893".into(),
        tax_number: "123456789".into(),
        taxonomy: "282N00000X".into(),
        address: Address { line: "1 RIVER ROAD".into(), ..address() },
        telephone: "5550100200".into(),
    }
}

/// What pyx12 says of a file by the published maps: nothing wrong, or its objections; `None` if it is not there.
/// `CHARTROOM_X12VALID` names its program, if not on the path.
pub(crate) fn verdict(name: &str, file: &str) -> Option<Result<(), String>> {
    let program = std::env::var("CHARTROOM_X12VALID").unwrap_or_else(|_| "x12valid".to_owned());
    let folder = std::env::temp_dir().join(format!("chartroom-x12-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), file).expect("a file");
    let ran = Command::new(&program).arg(folder.join(name)).output();
    std::fs::remove_dir_all(&folder).expect("the folder was made");
    let Ok(ran) = ran else {
        println!("skipped: no {program}; `pip install pyx12` brings it");
        return None;
    };
    let said = [ran.stdout, ran.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    Some(if said.contains(&format!("{name}: OK")) { Ok(()) } else { Err(said) })
}
