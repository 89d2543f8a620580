//! A code's report for people.

use std::fmt::{Display, Formatter, Result};

use codeset::manual::Classification;
use codeset::{Code, Version};
use grouper::{EditorEntry, Severity};

use super::report::{CodeReport, DiagnosisPlace, Named, Place, ProcedurePlace, Titled};

/// Attributes by which the grouper knows an operating room procedure: any procedure with one of them yields the atom
/// ORPROC (MS-DRG Definitions Manual, appendix E).
const OPERATING_ROOM: [&str; 2] = ["d468", "d477"];

/// Codes on a line of a list.
const CODES_A_LINE: usize = 12;

/// A report as people read it.
pub(super) struct Printed<'r> {
    pub report: &'r CodeReport,
    /// Whether to list the codes of the exclusions; otherwise they are counted.
    pub with_exclusions: bool,
}

impl Display for Printed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let report = self.report;
        writeln!(f, "{}  {}", report.code, title(&report.title))?;
        match report.title.source {
            Some(source) => writeln!(f, "title: {}", source.describe())?,
            None => writeln!(f, "title: import the official order file to have it")?,
        }
        writeln!(f, "{}, {}", manual_name(report.classification), standing(report))?;
        if !report.is_header {
            let valid: Vec<_> = report.valid.iter().map(ToString::to_string).collect();
            let year = |year: &super::report::Year| {
                format!("{} {}", year.version, if year.valid { "yes" } else { "no" })
            };
            let years: Vec<_> = report.years.iter().map(year).collect();
            writeln!(f, "valid {}; by fiscal year: {}", valid.join(", "), years.join(", "))?;
        }
        match &report.place {
            Place::Diagnosis(place) => print_diagnosis(f, place, report.version, self.with_exclusions)?,
            Place::Procedure(place) => print_procedure(f, place)?,
        }
        if report.is_header { Ok(()) } else { print_editor(f, &report.editor) }
    }
}

fn title(title: &Titled) -> &str {
    title.text.as_deref().unwrap_or("title not at hand")
}

fn manual_name(of: Classification) -> &'static str {
    match of {
        Classification::Icd10cm => "ICD-10-CM diagnosis",
        Classification::Icd10pcs => "ICD-10-PCS procedure",
    }
}

fn standing(report: &CodeReport) -> String {
    match (report.is_header, report.is_valid) {
        (true, _) => "a header: no claim may report it".to_owned(),
        (false, true) => format!("valid on {}", report.date),
        (false, false) => format!("NOT VALID on {}", report.date),
    }
}

fn print_diagnosis(
    f: &mut Formatter<'_>,
    place: &DiagnosisPlace,
    version: Version,
    with_exclusions: bool,
) -> Result {
    print_list(f, "Hierarchy", place.divisions.iter().chain(&place.above))?;
    if !place.under.is_empty() {
        print_list(f, "Under it", place.under.iter())?;
    }
    super::notes::print(f, place)?;
    if place.grouper.is_empty() {
        return Ok(());
    }
    let exempt = match place.poa_exempt {
        Some(true) => "exempt from reporting",
        Some(false) => "is reported",
        None => "the list of exempt codes is not imported (chartroom edition import --kind poa-exempt)",
    };
    writeln!(f, "\nPresent on admission: {exempt}")?;
    writeln!(f, "\nMS-DRG grouper")?;
    for row in &place.grouper {
        let severity = match row.severity {
            Severity::Mcc => "MCC",
            Severity::Cc => "CC",
            Severity::None => "no CC",
        };
        writeln!(f, "  {:<14} MDC {:02}, {severity}", versions(row.first, row.last), row.mdc)?;
        print_words(f, "attributes", &row.attributes)?;
        print_words(f, "hospital-acquired condition", &row.hacs)?;
    }
    writeln!(f, "  MDC in v{version}: {}", place.mdc_title)?;
    let cancelled = format!("its severity is cancelled in v{version} by principal diagnoses");
    print_codes(f, &cancelled, &place.cancelled_by, with_exclusions)?;
    let cancels = format!("as principal diagnosis it cancels in v{version} the severity of");
    print_codes(f, &cancels, &place.cancels, with_exclusions)
}

fn print_list<'n>(f: &mut Formatter<'_>, heading: &str, names: impl Iterator<Item = &'n Named>) -> Result {
    writeln!(f, "\n{heading}")?;
    for named in names {
        writeln!(f, "  {:<12} {}", named.name, title(&named.title))?;
    }
    Ok(())
}

fn print_procedure(f: &mut Formatter<'_>, place: &ProcedurePlace) -> Result {
    writeln!(f, "\nAxes")?;
    for axis in &place.axes {
        let label = axis.label.as_deref().unwrap_or("label not at hand");
        writeln!(f, "  {}  {:<32} {label}", axis.value, axis.name)?;
        if let Some(definition) = &axis.definition {
            writeln!(f, "     {definition}")?;
        }
    }
    writeln!(f, "  its table holds {} valid codes", place.table_size)?;
    if place.grouper.is_empty() {
        return Ok(());
    }
    writeln!(f, "\nMS-DRG grouper")?;
    for row in &place.grouper {
        let operates = row.attributes.iter().any(|name| OPERATING_ROOM.contains(&name.as_str()));
        let status = if operates { "operating room procedure" } else { "not an operating room procedure" };
        writeln!(f, "  {:<14} {status}", versions(row.first, row.last))?;
        print_words(f, "attributes", &row.attributes)?;
        print_words(f, "component of clusters", &row.clusters)?;
    }
    Ok(())
}

fn print_editor(f: &mut Formatter<'_>, rows: &[EditorEntry]) -> Result {
    if rows.iter().all(|row| row.marks.is_empty()) {
        return writeln!(f, "\nMedicare Code Editor: no marks");
    }
    writeln!(f, "\nMedicare Code Editor")?;
    for row in rows {
        let until = row.until.map(|until| format!(" until before {}", day(until))).unwrap_or_default();
        let marks = if row.marks.is_empty() { "none".to_owned() } else { row.marks.join(", ") };
        writeln!(f, "  from {}{until}: {marks}", day(row.first))?;
    }
    Ok(())
}

/// 20261001 as 2026-10-01.
fn day(yyyymmdd: u32) -> String {
    format!("{}-{:02}-{:02}", yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100)
}

fn versions(first: Version, last: Option<Version>) -> String {
    match last {
        Some(last) if last == first => format!("v{first}"),
        Some(last) => format!("v{first} to v{last}"),
        None => format!("since v{first}"),
    }
}

fn print_words<T: ToString>(f: &mut Formatter<'_>, heading: &str, words: &[T]) -> Result {
    if words.is_empty() {
        return Ok(());
    }
    let words: Vec<_> = words.iter().map(ToString::to_string).collect();
    writeln!(f, "    {heading}: {}", words.join(", "))
}

fn print_codes(f: &mut Formatter<'_>, heading: &str, codes: &[Code], with_codes: bool) -> Result {
    writeln!(f, "  {heading}: {}", codes.len())?;
    for line in codes.chunks(CODES_A_LINE).filter(|_| with_codes) {
        let line: Vec<_> = line.iter().map(|code| format!("{:<8}", code.dotted())).collect();
        writeln!(f, "    {}", line.join(" ").trim_end())?;
    }
    Ok(())
}
