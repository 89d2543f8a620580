//! One resource while it is read: its elements by name, and what there is to remark.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use chart::coded::{Coded, Coding};
use chart::date::When;
use chart::directory::Named;
use chart::id::Digest;
use chart::intake::{KeyKind, Original, Refusal, SourceKey};
use chart::patient::Identifier;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::datatype::{Annotation, Concept, Extension, FhirIdentifier, List, Period, Reference, Text};
use super::known::{Known, Light, Pointed};
use super::reference;
use super::when::{instant, when};
use crate::fhir::{Source, own};

/// Elements by name, each as the text it was sent as.
pub(super) type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// A resource being read.
pub(super) struct Reading<'a> {
    fields: Fields<'a>,
    contained: HashMap<String, Pointed>,
    /// Its type.
    pub(super) resource_type: String,
    /// The sender's key of it.
    pub(super) key: SourceKey,
    pub(super) source: &'a Source,
    pub(super) known: &'a Known,
    remarks: RefCell<Vec<String>>,
    pub(super) files: RefCell<Vec<Original>>,
}

impl<'a> Reading<'a> {
    /// Opens a resource: its elements, its type and its key.
    pub(super) fn open(bytes: &'a [u8], source: &'a Source, known: &'a Known) -> Result<Self, Refusal> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let fields: Fields<'a> = serde_json::from_slice(bytes).map_err(|error| not_json(&error))?;
        let key = SourceKey::new(&source.system, KeyKind::Entry, "");
        let mut reading = Self {
            fields,
            contained: HashMap::new(),
            resource_type: String::new(),
            key,
            source,
            known,
            remarks: RefCell::default(),
            files: RefCell::default(),
        };
        reading.resource_type = reading.text("resourceType");
        if !is_type_name(&reading.resource_type) {
            return Err(refusal(
                "/resourceType",
                "no resource type is named; send a FHIR resource with `resourceType`",
            ));
        }
        reading.key = reading.own_key(bytes);
        reading.contained = reading.open_contained();
        Ok(reading)
    }

    /// `Type/id`; without an id the first identifier, without one the digest of the bytes: the same resource sent
    /// again has the same key.
    fn own_key(&self, bytes: &[u8]) -> SourceKey {
        let id = self.text("id");
        if !id.is_empty() {
            return reference::own_key(&format!("{}/{id}", self.resource_type), self.source);
        }
        let kind = reference::kind_of(&self.resource_type);
        let first = self.many::<FhirIdentifier>("identifier").into_iter().next();
        if let Some(key) = first.and_then(|one| reference::by_identifier(&one, kind)) {
            return key;
        }
        self.remark("/id", "no id and no identifier: filed under the digest of its bytes");
        let digest = Digest::of(bytes).to_string();
        reference::own_key(&format!("{}/{}", self.resource_type, &digest[..32]), self.source)
    }

    fn open_contained(&self) -> HashMap<String, Pointed> {
        let light = self.many::<Light>("contained").into_iter();
        light.map(|one| (format!("#{}", one.id.0.trim_start_matches('#')), one.pointed())).collect()
    }

    /// Notes what was odd, with its place.
    pub(super) fn remark(&self, place: &str, what: &str) {
        self.remarks.borrow_mut().push(format!("{place}: {what}"));
    }

    /// What was remarked and which files were taken out.
    pub(super) fn close(self) -> (Vec<String>, Vec<Original>) {
        (self.remarks.into_inner(), self.files.into_inner())
    }

    /// All its elements.
    pub(super) fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    /// Whether the resource has this element.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// The element, if it is there and as it should be; a remark otherwise.
    pub(super) fn one<T: Deserialize<'a>>(&self, name: &str) -> Option<T> {
        let raw = self.fields.get(name)?.get();
        // R4 allows a list in a few places where senders of other versions write one thing, and the reverse.
        let raw_one = serde_json::from_str::<T>(raw);
        raw_one.or_else(|error| first_of(raw).ok_or(error)).map_err(|error| self.odd(name, &error)).ok()
    }

    /// The items of a list element; a bad item is left out with a remark.
    pub(super) fn many<T: Deserialize<'a>>(&self, name: &str) -> Vec<T> {
        let Some(raw) = self.fields.get(name) else { return Vec::new() };
        if let Ok(list) = serde_json::from_str::<List<T>>(raw.get()) {
            return list.0;
        }
        match serde_json::from_str::<Vec<&'a RawValue>>(raw.get()) {
            Ok(items) => self.salvaged(name, &items),
            Err(error) => {
                self.odd(name, &error);
                Vec::new()
            }
        }
    }

    /// Those items of a list that can be read.
    fn salvaged<T: Deserialize<'a>>(&self, name: &str, items: &[&'a RawValue]) -> Vec<T> {
        let read = |(at, item): (usize, &&'a RawValue)| {
            serde_json::from_str(item.get()).map_err(|error| self.odd(&format!("{name}/{at}"), &error)).ok()
        };
        items.iter().enumerate().filter_map(read).collect()
    }

    fn odd(&self, name: &str, error: &serde_json::Error) {
        self.remark(&format!("/{name}"), &format!("left out: {}", what_of(error)));
    }

    /// A text, empty when there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.one::<Text>(name).unwrap_or_default().0
    }

    /// A concept, if anything was said.
    pub(super) fn concept(&self, name: &str) -> Option<Coded> {
        self.one::<Concept>(name).map(Coded::from).filter(|coded| !coded.is_empty())
    }

    /// A concept, empty when there is none.
    pub(super) fn coded(&self, name: &str) -> Coded {
        self.concept(name).unwrap_or_default()
    }

    /// The concepts of a list.
    pub(super) fn concepts(&self, name: &str) -> Vec<Coded> {
        let all = self.many::<Concept>(name).into_iter().map(Coded::from);
        all.filter(|coded| !coded.is_empty()).collect()
    }

    /// The code of a status that is a concept: `active`.
    pub(super) fn word(&self, name: &str) -> String {
        self.one::<Concept>(name).map(Concept::word).unwrap_or_default()
    }

    /// A date or time.
    pub(super) fn when(&self, name: &str) -> Option<When> {
        let text = self.text(name);
        self.when_text(name, &text)
    }

    /// When a result was made known: an instant, or a day in an extension of ours.
    pub(super) fn issued(&self) -> Option<When> {
        let day = || self.when_text("extension", &self.extensions(own::ISSUED).first()?.value_date_time.0);
        self.when("issued").or_else(day)
    }

    /// The date or time a text is, with a remark when it is none.
    pub(super) fn when_text(&self, name: &str, text: &str) -> Option<When> {
        let read = when(text, &self.source.zone);
        if read.is_none() && !text.is_empty() {
            self.remark(&format!("/{name}"), "left out: not a date or time as FHIR writes it");
        }
        read
    }

    /// An instant; a day stands for its first moment.
    pub(super) fn instant_text(&self, name: &str, text: &str) -> Option<Timestamp> {
        let read = instant(text, &self.source.zone);
        if read.is_none() && !text.is_empty() {
            self.remark(&format!("/{name}"), "left out: not a date or time as FHIR writes it");
        }
        read
    }

    /// Beginning and end of what is given as `…DateTime` or `…Period`.
    pub(super) fn span(&self, stem: &str) -> (Option<When>, Option<When>) {
        let at = format!("{stem}DateTime");
        if self.has(&at) {
            return (self.when(&at), None);
        }
        let name = format!("{stem}Period");
        let period = self.one::<Period>(&name).unwrap_or_default();
        (self.when_text(&name, &period.start.0), self.when_text(&name, &period.end.0))
    }

    /// The identifiers.
    pub(super) fn identifiers(&self) -> Vec<Identifier> {
        self.many::<FhirIdentifier>("identifier")
            .into_iter()
            .map(Identifier::from)
            .filter(|one| !one.value.is_empty())
            .collect()
    }

    /// Annotations, a paragraph each.
    pub(super) fn note(&self) -> String {
        let notes = self.many::<Annotation>("note").into_iter().map(|note| note.text.0);
        notes.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// The extensions with this address.
    pub(super) fn extensions(&self, url: &str) -> Vec<Extension> {
        if !self.has("extension") {
            return Vec::new();
        }
        self.many::<Extension>("extension").into_iter().filter(|one| one.url.0 == url).collect()
    }

    /// What a reference names; `None` when it is empty.
    pub(super) fn key_of(&self, reference: &Reference) -> Option<SourceKey> {
        let contained = self.contained.get(&reference.reference.0);
        if let Some(identifier) = contained.and_then(|one| one.identifier.as_ref()) {
            return reference::by_identifier(identifier, reference::kind_of(&reference.kind.0));
        }
        reference::key(reference, self.source, self.known)
    }

    /// The key in a reference element.
    pub(super) fn key_in(&self, name: &str) -> Option<SourceKey> {
        self.key_of(&self.one::<Reference>(name)?)
    }

    /// The patient, under whichever name the resource has for it.
    pub(super) fn patient(&self) -> Option<SourceKey> {
        let name = ["subject", "patient", "beneficiary"].into_iter().find(|name| self.has(name))?;
        let reference = self.one::<Reference>(name)?;
        let key = self.key_of(&reference)?;
        let as_patient = key.kind == KeyKind::Patient || !key.key.contains('/');
        as_patient.then_some(SourceKey { kind: KeyKind::Patient, ..key })
    }

    /// The patient of a resource that cannot be filed without one.
    pub(super) fn required_patient(&self) -> Result<SourceKey, Refusal> {
        self.patient().ok_or_else(|| {
            let what = "no patient is named; refer to one with `subject`, `patient` or `beneficiary`";
            refusal("/subject", what)
        })
    }

    /// The encounter, under whichever name the resource has for it.
    pub(super) fn encounter(&self) -> Option<SourceKey> {
        let key = self.key_in("encounter").or_else(|| self.key_in("context"))?;
        (key.kind == KeyKind::Encounter || !key.key.contains('/'))
            .then_some(SourceKey { kind: KeyKind::Encounter, ..key })
    }

    /// What a contained resource or one of the batch says of what a reference points to.
    pub(super) fn pointed(&self, reference: &Reference) -> Option<&Pointed> {
        let text = reference.reference.0.as_str();
        self.contained.get(text).or_else(|| self.known.pointed(text))
    }

    /// Somebody named: the words beside the reference, else those of the batch. The name is empty when there are
    /// none; the directory has it.
    pub(super) fn named_of(&self, reference: &Reference) -> Option<Named> {
        let display = reference.display.0.clone();
        let name = if display.is_empty() {
            self.pointed(reference).map(|one| one.name.clone()).unwrap_or_default()
        } else {
            display
        };
        let key = self.key_of(reference);
        (key.is_some() || !name.is_empty()).then_some(Named { name, key })
    }

    /// Somebody named in an element.
    pub(super) fn named(&self, name: &str) -> Option<Named> {
        self.named_of(&self.one::<Reference>(name)?)
    }

    /// Everybody named in a list element.
    pub(super) fn all_named(&self, name: &str) -> Vec<Named> {
        self.many::<Reference>(name).iter().filter_map(|one| self.named_of(one)).collect()
    }

    /// What a reference points to, in words and codes.
    pub(super) fn thing_of(&self, reference: &Reference) -> Option<Coded> {
        let known = self.pointed(reference).map(|one| one.what.clone()).filter(|one| !one.is_empty());
        let shown = || Coded::text(reference.display.0.clone());
        known.or_else(|| Some(shown())).filter(|coded| !coded.is_empty())
    }

    /// The first category that has a word of the record's own, else the first as sent.
    pub(super) fn category(&self, name: &str) -> String {
        let concepts = self.concepts(name);
        let codings = || concepts.iter().flat_map(|one: &Coded| one.codings.iter());
        let ours = codings().find_map(|one: &Coding| crate::fhir::table::category(&one.code));
        let sent = || codings().map(|one| one.code.clone()).find(|code| !code.is_empty());
        let words = || concepts.first().map(|one| one.text.clone());
        ours.map(str::to_owned).or_else(sent).or_else(words).unwrap_or_default()
    }
}

/// The first item of a list, where one thing was expected.
fn first_of<'a, T: Deserialize<'a>>(raw: &'a str) -> Option<T> {
    let items = serde_json::from_str::<Vec<&'a RawValue>>(raw).ok()?;
    serde_json::from_str(items.first()?.get()).ok()
}

/// Whether a text can be the name of a resource type.
fn is_type_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// What was expected, in plain words. The parser's own words may quote what it found, which may be of a patient.
fn what_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let expected = text.split_once("expected ").map(|(_, expected)| expected);
    match expected.and_then(|expected| expected.split(" at line ").next()) {
        Some(expected) if expected.starts_with("struct ") => "expected an object".to_owned(),
        Some(expected) => format!("expected {expected}"),
        None => "not as FHIR R4 has it".to_owned(),
    }
}

/// Bytes that are no JSON object, with the place; never with what stands there.
pub(in crate::fhir) fn not_json(error: &serde_json::Error) -> Refusal {
    let what = match error.classify() {
        Category::Eof => "the text ends before the resource does; send it whole",
        Category::Data => "a resource is one JSON object, and this is something else; send one object",
        Category::Syntax | Category::Io => "not JSON from here on; send FHIR R4 as JSON in UTF-8",
    };
    refusal(&format!("line {}, column {}", error.line(), error.column()), what)
}

/// A refusal at a place.
pub(super) fn refusal(place: &str, what: &str) -> Refusal {
    Refusal { place: place.to_owned(), what: what.to_owned() }
}
