//! Observations: OBX as a finding, as words, or as a file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chart::coded::Coded;
use chart::document::Attachment;
use chart::entry::{Finding, Value};
use chart::id::Digest;
use chart::intake::Original;

use super::arrival::Filing;
use super::segment::{Field, Segment};
use super::{tables, types};

/// What sort of value an OBX carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Lines of a text (TX, FT).
    Lines,
    /// A file within the message (ED).
    File,
    /// A measurement or choice.
    Value,
}

/// By the value type of OBX-2.
pub(super) fn sort(obx: Segment<'_>) -> Sort {
    match obx.field(2).text().as_str() {
        "TX" | "FT" => Sort::Lines,
        "ED" => Sort::File,
        _ => Sort::Value,
    }
}

/// Whether the sender takes the observation back: deleted, or posted in error.
pub(super) fn is_withdrawn(obx: Segment<'_>) -> bool {
    matches!(obx.field(11).text().as_str(), "D" | "W")
}

/// The lines of a text observation; repetitions are lines of their own.
pub(super) fn lines(obx: Segment<'_>) -> String {
    obx.field(5).raw_repetitions().map(|one| one.long_text()).collect::<Vec<_>>().join("\n")
}

/// An OBX as a finding; `note` is what stands in NTE after it.
pub(super) fn read(obx: Segment<'_>, note: String, filing: &Filing<'_, '_>) -> Finding {
    let desk = filing.desk;
    let (low, high) = ends(&obx.field(7).text());
    let status = obx.field(11).component(1).text();
    let what = types::coded(obx.field(3)).unwrap_or_else(|| Coded::text("(not named)"));
    let by = types::persons(obx.field(16), desk);
    Finding {
        what,
        category: String::new(),
        status: tables::words("0085", &status).unwrap_or_default().to_owned(),
        value: value(obx, filing),
        absent_reason: (status == "X").then(|| Coded::text("cancelled: no result can be obtained")),
        range: obx.field(7).text(),
        low,
        high,
        flags: obx
            .field(8)
            .repetitions()
            .map(|flag| flag.component(1).text())
            .filter(|flag| !flag.is_empty())
            .collect(),
        at: desk.when(obx.field(14)),
        issued: desk.when(obx.field(19)),
        by: if by.is_empty() { types::organization(obx.field(23), desk).into_iter().collect() } else { by },
        note: [method(obx), note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
        ..Finding::default()
    }
}

fn method(obx: Segment<'_>) -> String {
    types::coded(obx.field(17)).map(|method| format!("Method: {}", method.text)).unwrap_or_default()
}

/// The value by its type (OBX-2).
fn value(obx: Segment<'_>, filing: &Filing<'_, '_>) -> Value {
    let field = obx.field(5);
    if field.is_empty() {
        return Value::None;
    }
    let unit = types::unit(obx.field(6));
    let many = field.repetitions().count() > 1;
    match obx.field(2).text().as_str() {
        "CWE" | "CE" | "CF" | "CNE" if !many => types::coded(field).map_or(Value::None, Value::Coded),
        "IS" | "ID" if !many => Value::Coded(types::coded(field).unwrap_or_default()),
        "SN" if !many => structured(field, unit),
        "NM" | "ST" | "" if !many => quantity(&field.text(), unit),
        "DT" | "TM" | "TS" | "DTM" if !many => dated(field, filing),
        "RP" => {
            filing.desk.remark(&field.place(), "a reference to a file elsewhere, which was not fetched");
            Value::Text(field.component(1).text())
        }
        _ => Value::Text(shown(field, &unit)),
    }
}

/// A number with its unit, where the text is one (`<0.5`, `12`); words otherwise.
fn quantity(text: &str, unit: String) -> Value {
    let comparator = ["<=", ">=", "<", ">"].into_iter().find(|sign| text.starts_with(sign)).unwrap_or("");
    let number = text[comparator.len()..].trim();
    if is_number(number) {
        return Value::Quantity { comparator: comparator.into(), number: number.into(), unit };
    }
    Value::Text(format!("{text} {unit}").trim().to_owned())
}

/// Whether the text is digits with at most a sign and a point.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let plain = digits.bytes().all(|one| one.is_ascii_digit() || one == b'.');
    plain
        && text.len() - digits.len() <= 1
        && digits.matches('.').count() <= 1
        && digits.bytes().any(|one| one.is_ascii_digit())
}

/// A structured numeric (SN): comparator, number, separator or suffix, second number.
fn structured(field: Field<'_>, unit: String) -> Value {
    let [comparator, first, separator, second] = [1, 2, 3, 4].map(|at| field.component(at).text());
    let comparator = if comparator == "=" { String::new() } else { comparator };
    if separator.is_empty() && second.is_empty() && is_number(&first) {
        return Value::Quantity { comparator, number: first, unit };
    }
    Value::Text(format!("{comparator}{first}{separator}{second} {unit}").trim().to_owned())
}

/// A date or time as ISO 8601 text.
fn dated(field: Field<'_>, filing: &Filing<'_, '_>) -> Value {
    let shown = match filing.desk.when(field) {
        Some(chart::date::When::Instant(at)) => at.to_string(),
        Some(chart::date::When::Date(date)) => date.to_string(),
        None => field.text(),
    };
    Value::Text(shown)
}

/// Any other value as words: components parted by a blank, repetitions by a semicolon.
fn shown(field: Field<'_>, unit: &str) -> String {
    let one = |repetition: Field<'_>| match types::coded(repetition) {
        Some(coded) if repetition.component(3).said().is_some() => coded.text,
        _ => repetition.components().filter_map(|part| part.said()).collect::<Vec<_>>().join(" "),
    };
    let all = field.repetitions().map(one).collect::<Vec<_>>().join("; ");
    format!("{all} {unit}").trim().to_owned()
}

/// The ends of a reference range: `70-105`, `70_105`, `<5`, `>=60`.
fn ends(range: &str) -> (Option<String>, Option<String>) {
    let range = range.trim();
    let number = |text: &str| Some(text.trim().to_owned()).filter(|text| is_number(text));
    if let Some(high) = range.strip_prefix("<=").or_else(|| range.strip_prefix('<')) {
        return (None, number(high));
    }
    if let Some(low) = range.strip_prefix(">=").or_else(|| range.strip_prefix('>')) {
        return (number(low), None);
    }
    if let Some((low, high)) = range.split_once(" to ") {
        return (number(low), number(high));
    }
    // The first sign may be a minus.
    let part = range.char_indices().skip(1).find(|(_, one)| matches!(one, '-' | '_' | '–'));
    let Some((at, sign)) = part else { return (None, None) };
    match (number(&range[..at]), number(&range[at + sign.len_utf8()..])) {
        (Some(low), Some(high)) => (Some(low), Some(high)),
        _ => (None, None),
    }
}

/// The file of an ED value: its bytes, and how a document names them.
pub(super) fn file(obx: Segment<'_>, filing: &Filing<'_, '_>) -> Option<(Attachment, Original)> {
    let field = obx.field(5);
    let [kind, subtype, encoding] = [2, 3, 4].map(|at| field.component(at).text());
    let data = field.component(5);
    let bytes = match encoding.to_ascii_lowercase().as_str() {
        "base64" => STANDARD.decode(data.raw().split_whitespace().collect::<String>()).ok(),
        "hex" => hex(data.raw()),
        _ => Some(data.long_text().into_bytes()),
    };
    let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
        filing.desk.remark(
            &field.place(),
            "an embedded file that is empty or not in the encoding it names; left out",
        );
        return None;
    };
    let media_type = media_type(&kind, &subtype, &bytes);
    let title = types::coded(obx.field(3)).map(|what| what.text).unwrap_or_default();
    let attachment = Attachment {
        media_type: media_type.clone(),
        title,
        digest: Digest::of(&bytes),
        bytes: bytes.len() as u64,
    };
    Some((attachment, Original { media_type, bytes }))
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.split_whitespace().collect();
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}

/// The media type of what table 0191 and 0291 name, or of what the bytes begin with.
fn media_type(kind: &str, subtype: &str, bytes: &[u8]) -> String {
    if kind.contains('/') {
        return kind.to_ascii_lowercase();
    }
    let subtype = subtype.to_ascii_lowercase();
    let known = match subtype.as_str() {
        "pdf" => "application/pdf",
        "jpeg" | "jpg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "tiff" | "tif" => "image/tiff",
        "rtf" => "application/rtf",
        "html" | "htm" => "text/html",
        "xml" => "text/xml",
        "plain" | "txt" => "text/plain",
        "x-hl7-cda-level-one" => "application/hl7-cda+xml",
        _ if bytes.starts_with(b"%PDF") => "application/pdf",
        _ if bytes.starts_with(b"{\\rtf") => "application/rtf",
        _ if kind.eq_ignore_ascii_case("text") => "text/plain",
        _ => "application/octet-stream",
    };
    known.to_owned()
}
