//! Encounters in a line, for the tests of the rules.
//!
//! `A419:Y J189? E43~ | 0JH60DZ@2026-11-02 | emergency 45y F admitted=2026-11-01`: diagnoses with their
//! present-on-admission indicator, `?` uncertain, `~` documented by another clinician; procedures with their day; and
//! anything else of the encounter. A day by itself is that of discharge.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use codeset::{Code, Pack, PackWriter, Registry, parse_date};
use jiff::civil::date;

use crate::{Age, ClaimKind, Clinician, Coding, Diagnosis, Finding, Guidelines, Poa, PoaExempt};
use crate::{Procedure, Severities, Severity, Sex, compile};

macro_rules! files {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../../data/", $name)))),*]
    };
}

/// The checks over the repository's own tables. Of the exempt codes two are known, enough for the tests.
pub(crate) fn guidelines() -> &'static Guidelines {
    static OPENED: OnceLock<Guidelines> = OnceLock::new();
    OPENED.get_or_init(|| {
        let exempt = "order\tcode\tdescription\n1\tZ87.891\tHistory of tobacco\n2\tZ68.41\tBody mass index\n";
        let opened = Guidelines::open(&pack()).expect("the tables are readable");
        opened.with_poa_exempt(PoaExempt::read("exempt", exempt).expect("a list"))
    })
}

/// The sections of the repository's tables that the checks open.
pub(crate) fn pack() -> Pack {
    let files = files!(
        "editions.toml",
        "guidelines/limit.tsv",
        "guidelines/list.tsv",
        "guidelines/pair.tsv",
        "guidelines/rule.tsv",
        "guidelines/safety.tsv",
        "guidelines/word.tsv",
        "icd10cm/chapters.tsv",
        "icd10cm/codes.tsv",
        "icd10cm/notes.tsv",
        "icd10cm/titles.tsv",
        "icd10pcs/codes.tsv",
        "mce/age_range.tsv",
        "mce/diagnosis.tsv",
        "msdrg/diagnosis.tsv"
    );
    let files: BTreeMap<String, String> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let mut writer = PackWriter::default();
    for (name, text) in
        files.iter().filter(|(name, _)| name.starts_with("guidelines/") || *name == Registry::SECTION)
    {
        writer.add(name.clone(), text.clone().into_bytes());
    }
    compile(&files, &mut writer).expect("the tables compile");
    Pack::open(writer.finish(1).expect("a pack")).expect("a pack")
}

/// The findings of one rule, switched on where it is shipped off.
pub(crate) fn findings(rule: &str, line: &str) -> Vec<Finding> {
    let guidelines = guidelines();
    let off = guidelines.rules().iter().filter(|row| row.severity == Severity::Off);
    let severities = Severities(off.map(|row| (row.rule.clone(), Severity::Advice)).collect());
    let review = guidelines.review(&coding(line), &severities).expect("an edition governs the day");
    review.findings.into_iter().filter(|finding| finding.rule == rule).collect()
}

/// Every line of `found` has a finding of `rule`, no line of `spared` has.
pub(crate) fn check(rule: &str, found: &[&str], spared: &[&str]) {
    let missed: Vec<_> = found.iter().filter(|line| findings(rule, line).is_empty()).collect();
    let wrong: Vec<_> =
        spared.iter().flat_map(|line| findings(rule, line)).map(|finding| finding.what).collect();
    assert!(missed.is_empty() && wrong.is_empty(), "{rule}: missed {missed:?}, wrong {wrong:?}");
}

/// An encounter from its line.
pub(crate) fn coding(line: &str) -> Coding {
    let mut coding = Coding::new(date(2026, 11, 3));
    let mut parts = line.split('|').map(str::split_whitespace);
    coding.diagnoses = parts.next().into_iter().flatten().map(diagnosis).collect();
    coding.procedures = parts.next().into_iter().flatten().map(procedure).collect();
    parts.next().into_iter().flatten().for_each(|word| apply(word, &mut coding));
    coding
}

fn diagnosis(word: &str) -> Diagnosis {
    let (word, uncertain) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
    let (word, other) = word.strip_suffix('~').map_or((word, false), |word| (word, true));
    let (code, poa) = word.split_once(':').unwrap_or((word, ""));
    let documented_by = if other { Clinician::Other } else { Clinician::Provider };
    Diagnosis {
        code: code_of(code),
        poa: Poa::from_text(poa).expect("an indicator"),
        uncertain,
        documented_by,
    }
}

fn procedure(word: &str) -> Procedure {
    let (code, day) = word.split_once('@').unwrap_or((word, ""));
    Procedure { code: code_of(code), date: parse_date(day) }
}

fn code_of(text: &str) -> Code {
    Code::parse(text).expect("a code")
}

fn apply(word: &str, coding: &mut Coding) {
    let number = |word: &str| word[..word.len() - 1].parse().expect("a number");
    match word {
        "M" => coding.sex = Sex::Male,
        "F" => coding.sex = Sex::Female,
        "record" => coding.claim = ClaimKind::Record,
        "professional" => coding.claim = ClaimKind::Professional,
        _ if word.starts_with("admitted=") => coding.admitted = parse_date(&word["admitted=".len()..]),
        _ if parse_date(word).is_some() => coding.discharged = parse_date(word).expect("a day"),
        _ if word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('y') => {
            coding.age = Some(Age::Years(number(word)));
        }
        _ if word.starts_with(|c: char| c.is_ascii_digit()) => coding.age = Some(Age::Days(number(word))),
        _ => coding.setting = word.parse().expect("a setting"),
    }
}
