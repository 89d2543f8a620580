//! Whether a criterion holds of a resource as it is written, and by what a resource is sorted.
//!
//! What is tested is what is sent: the values stand where [`Parameter::element`] says (R4, 3.1.1.4).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::parameter::{Parameter, ParameterKind};
use super::query::Criterion;
use super::value::{DatePrefix, Test, TextMatch, span};
use crate::fhir::json::Json;

/// Whether any of the criterion's tests is true of any value of its parameter. Dates without a zone are of `zone`.
#[must_use]
pub fn holds(criterion: &Criterion, resource: &Json, zone: &TimeZone) -> bool {
    let values = values(criterion.parameter, resource);
    criterion.any_of.iter().any(|test| values.iter().any(|value| is_true(test, value, zone)))
}

/// By what a resource is sorted: keys of one parameter compare with each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// The first instant.
    Time(Timestamp),
    /// The text, folded.
    Text(String),
}

/// The least value of the parameter; `None` where the resource has none.
#[must_use]
pub fn sort_key(parameter: &Parameter, resource: &Json, zone: &TimeZone) -> Option<SortKey> {
    let key = |value: &Json| match parameter.kind {
        ParameterKind::Date => range(value, zone).map(|(from, _)| SortKey::Time(from)),
        _ => texts(value).first().map(|text| SortKey::Text(folded(text))),
    };
    values(parameter, resource).into_iter().filter_map(key).min()
}

fn values<'j>(parameter: &Parameter, resource: &'j Json) -> Vec<&'j Json> {
    parameter.element.split(' ').flat_map(|path| resource.at(path)).collect()
}

fn is_true(test: &Test, value: &Json, zone: &TimeZone) -> bool {
    match test {
        Test::Token { system, code } => token(value, system.as_deref(), code.as_deref()),
        Test::Reference { resource_type, id } => refers(value, resource_type.as_deref(), id),
        Test::Text { how, text } => texts(value).iter().any(|one| reads(one, *how, text)),
        Test::Date { prefix, from, to } => {
            range(value, zone).is_some_and(|value| lies(value, *prefix, (*from, *to)))
        }
    }
}

/// A code, `Coding`, `CodeableConcept` or `Identifier`. Identifiers are the same to the letter; of codes the case does
/// not count, as R4 advises where a system's rule is not known.
fn token(value: &Json, system: Option<&str>, code: Option<&str>) -> bool {
    let text = |name: &str| value.get(name).and_then(Json::text).unwrap_or_default();
    let of_system = |own: &str| system.is_none_or(|system| system == own);
    match value {
        // The system of a bare code is that of its element, whichever is named.
        Json::Text(own) => code.is_none_or(|code| own.eq_ignore_ascii_case(code)),
        _ if value.get("coding").is_some() => {
            value.at("coding").into_iter().any(|coding| token(coding, system, code))
        }
        _ if value.get("code").is_some() => {
            of_system(text("system")) && code.is_none_or(|code| text("code").eq_ignore_ascii_case(code))
        }
        _ if value.get("value").is_some() => {
            of_system(text("system")) && code.is_none_or(|code| text("value") == code)
        }
        _ => false,
    }
}

fn refers(value: &Json, resource_type: Option<&str>, id: &str) -> bool {
    let Some((own_type, own_id)) =
        value.get("reference").and_then(Json::text).and_then(|to| to.split_once('/'))
    else {
        return false;
    };
    own_id == id && resource_type.is_none_or(|said| said == own_type)
}

/// A text, or the parts of a name, the family first, and the name as one is called.
fn texts(value: &Json) -> Vec<String> {
    if let Some(text) = value.text() {
        return vec![text.to_owned()];
    }
    let parts = ["family", "given", "prefix", "suffix"].map(|part| value.at(part));
    let mut parts: Vec<String> =
        parts.into_iter().flatten().filter_map(Json::text).map(str::to_owned).collect();
    let called = value.at("given").into_iter().chain(value.at("family")).filter_map(Json::text);
    parts.push(called.collect::<Vec<_>>().join(" "));
    parts
}

fn reads(own: &str, how: TextMatch, text: &str) -> bool {
    match how {
        TextMatch::Exact => own == text,
        TextMatch::Contains => folded(own).contains(&folded(text)),
        TextMatch::Begins => begins(&folded(own), &folded(text)),
    }
}

/// Whether `text` stands at the beginning of any word of `own`.
fn begins(own: &str, text: &str) -> bool {
    own.match_indices(text).any(|(at, _)| own[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
}

/// Lower case without accents.
fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The time a date or `Period` spans: its first instant and the first one after it.
fn range(value: &Json, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    if let Some(text) = value.text() {
        return span(text, zone);
    }
    let end = |name: &str| value.get(name).and_then(Json::text).and_then(|text| span(text, zone));
    match (end("start"), end("end")) {
        (None, None) => None,
        (from, to) => {
            Some((from.map_or(Timestamp::MIN, |from| from.0), to.map_or(Timestamp::MAX, |to| to.1)))
        }
    }
}

/// How the time of a value lies to the time asked for (R4, 3.1.1.4.6). Where the two only overlap, *from* and *until*
/// hold: a stay that ended on a day is among those from that day on.
fn lies(value: (Timestamp, Timestamp), prefix: DatePrefix, asked: (Timestamp, Timestamp)) -> bool {
    match prefix {
        DatePrefix::Equal => asked.0 <= value.0 && value.1 <= asked.1,
        DatePrefix::From => value.1 > asked.0,
        DatePrefix::Until => value.0 < asked.1,
        DatePrefix::After => value.1 > asked.1,
        DatePrefix::Before => value.0 < asked.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::json::Object;
    use crate::fhir::search::parse;

    fn asks(resource: Object, kind: &str, name: &str, value: &str) -> bool {
        let search = parse(kind, [(name, value)], &TimeZone::UTC).unwrap();
        holds(&search.criteria[0], &resource.into(), &TimeZone::UTC)
    }

    #[test]
    fn codes_are_tested_with_their_system() {
        let coding = Object::new().with("system", "urn:s").with("code", "I10");
        let condition = || Object::new().with("code", Object::new().list("coding", [coding.clone()]));
        for (asked, expected) in [
            ("I10", true),
            ("i10", true),
            ("urn:s|I10", true),
            ("urn:s|", true),
            ("|I10", false),
            ("I1", false),
        ] {
            assert_eq!(asks(condition(), "Condition", "code", asked), expected, "{asked}");
        }
        let numbered =
            || Object::new().list("identifier", [Object::new().with("system", "m").with("value", "aB")]);
        assert!(asks(numbered(), "Patient", "identifier", "m|aB"));
        assert!(!asks(numbered(), "Patient", "identifier", "m|ab"));
    }

    #[test]
    fn names_are_found_by_the_beginning_of_any_word() {
        let name = Object::new().with("family", "Müller-Lüdenscheidt").list("given", ["Ada", "May"]);
        let patient = || Object::new().list("name", [name.clone()]);
        for (parameter, asked, expected) in [
            ("name", "muller", true),
            ("name", "lud", true),
            ("name", "ada may mul", true),
            ("name", "denscheidt", false),
            ("name:contains", "DENSCHEIDT", true),
            ("family:exact", "Müller-Lüdenscheidt", true),
            ("family:exact", "müller-lüdenscheidt", false),
            ("given", "may", true),
            ("given", "mul", false),
        ] {
            assert_eq!(asks(patient(), "Patient", parameter, asked), expected, "{parameter} {asked}");
        }
    }

    #[test]
    fn a_stay_lies_to_a_day_as_r4_says() {
        let period = Object::new().with("start", "2026-03-01T10:00:00Z").with("end", "2026-03-04T10:00:00Z");
        for (asked, expected) in [
            ("2026-03", true),
            ("2026-03-02", false),
            ("ge2026-03-02", true),
            ("gt2026-03-04", false),
            ("ge2026-03-04", true),
            ("ge2026-03-05", false),
            ("lt2026-03-02", true),
            ("le2026-03-01", true),
            ("lt2026-03-01", false),
        ] {
            let stay = Object::new().with("period", period.clone());
            assert_eq!(asks(stay, "Encounter", "date", asked), expected, "{asked}");
        }
        let open = || Object::new().with("period", Object::new().with("start", "2026-03-01T10:00:00Z"));
        assert!(asks(open(), "Encounter", "date", "gt2030"));
    }
}
