//! The data types of R4, as far as the record has a place for what they say.

use std::fmt;

use chart::coded::{Coded, Coding, system};
use chart::patient::{Address, Identifier, Name, NameUse, Telecom};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A primitive as text: a string, and also a number or truth value where a sender forgot the quotes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::fhir) struct Text(pub(in crate::fhir) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Primitive;
        impl<'de> Visitor<'de> for Primitive {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.trim().to_owned()))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(Primitive)
    }
}

/// A number as the sender wrote it, digit for digit; `None` for what is no number.
#[derive(Debug, Clone, Default)]
pub(in crate::fhir) struct Decimal(pub(in crate::fhir) Option<String>);

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let digits = raw.get().trim_matches('"');
        let is_number = digits.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
        Ok(Self(is_number.then(|| digits.to_owned())))
    }
}

/// A list, or what a sender wrote without the brackets of one.
#[derive(Debug)]
pub(in crate::fhir) struct List<T>(pub(in crate::fhir) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Items<T> {
            type Value = List<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element::<Option<T>>()? {
                    items.extend(item);
                }
                Ok(List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<List<T>, A::Error> {
                T::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(|one| List(vec![one]))
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<List<T>, E> {
                T::deserialize(serde::de::value::StrDeserializer::new(text)).map(|one| List(vec![one]))
            }
            fn visit_unit<E>(self) -> Result<List<T>, E> {
                Ok(List(Vec::new()))
            }
        }
        deserializer.deserialize_any(Items(std::marker::PhantomData))
    }
}

/// `Coding`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct FhirCoding {
    pub(in crate::fhir) system: Text,
    pub(in crate::fhir) code: Text,
    pub(in crate::fhir) display: Text,
}

impl From<FhirCoding> for Coding {
    fn from(coding: FhirCoding) -> Self {
        Self { system: coding.system.0, code: coding.code.0, display: coding.display.0 }
    }
}

/// `CodeableConcept`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct Concept {
    pub(in crate::fhir) text: Text,
    pub(in crate::fhir) coding: List<FhirCoding>,
}

impl From<Concept> for Coded {
    fn from(concept: Concept) -> Self {
        let codings: Vec<Coding> =
            concept.coding.0.into_iter().map(Coding::from).filter(|one| *one != Coding::default()).collect();
        let text = match (concept.text.0, codings.first()) {
            (text, Some(first)) if text.is_empty() && first.display.is_empty() => first.code.clone(),
            (text, Some(first)) if text.is_empty() => first.display.clone(),
            (text, _) => text,
        };
        Self { text, codings }
    }
}

impl Concept {
    /// The code of the first coding, else the words.
    pub(in crate::fhir) fn word(self) -> String {
        let words = self.text.0;
        self.coding.0.into_iter().map(|one| one.code.0).find(|code| !code.is_empty()).unwrap_or(words)
    }
}

/// `Reference`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct Reference {
    pub(in crate::fhir) reference: Text,
    #[serde(rename = "type")]
    pub(in crate::fhir) kind: Text,
    pub(in crate::fhir) display: Text,
    pub(in crate::fhir) identifier: Option<FhirIdentifier>,
}

/// `Identifier`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct FhirIdentifier {
    pub(in crate::fhir) system: Text,
    pub(in crate::fhir) value: Text,
    #[serde(rename = "type")]
    kind: IdentifierType,
}

/// The type of an identifier: only its table 0203 code is kept.
#[derive(Debug, Clone, Default)]
struct IdentifierType(String);

impl<'de> Deserialize<'de> for IdentifierType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let concept = Concept::deserialize(deserializer)?;
        let code = concept.coding.0.into_iter().find(|one| one.system.0.ends_with("v2-0203"));
        Ok(Self(code.map(|one| one.code.0).unwrap_or_default()))
    }
}

impl From<FhirIdentifier> for Identifier {
    fn from(one: FhirIdentifier) -> Self {
        let kind = match (one.kind.0, one.system.0.as_str()) {
            (kind, system::SSN) if kind.is_empty() => "SS".to_owned(),
            (kind, _) => kind,
        };
        Self { system: one.system.0, value: one.value.0, kind }
    }
}

/// `Period`, as text; it becomes dates with [`When`](chart::date::When).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct Period {
    pub(in crate::fhir) start: Text,
    pub(in crate::fhir) end: Text,
}

/// `Quantity` and its kinds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct Quantity {
    pub(in crate::fhir) value: Decimal,
    comparator: Text,
    unit: Text,
    system: Text,
    code: Text,
}

impl Quantity {
    /// The unit: the UCUM code where there is one, the words otherwise.
    fn unit(self) -> (Option<String>, String, String) {
        let coded = self.system.0 == "http://unitsofmeasure.org" && !self.code.0.is_empty();
        let unit = if coded || self.unit.0.is_empty() { self.code.0 } else { self.unit.0 };
        (self.value.0, self.comparator.0, unit)
    }

    /// The number with its unit; `None` when no number was sent.
    pub(in crate::fhir) fn value(self) -> Option<chart::entry::Value> {
        let (number, comparator, unit) = self.unit();
        number.map(|number| chart::entry::Value::Quantity { comparator, number, unit })
    }

    /// As a person reads it, empty when no number was sent.
    pub(in crate::fhir) fn shown(self) -> String {
        self.value().map(|value| value.shown()).unwrap_or_default()
    }
}

/// `HumanName`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct HumanName {
    #[serde(rename = "use")]
    usage: Text,
    text: Text,
    family: Text,
    given: List<Text>,
    prefix: List<Text>,
    suffix: List<Text>,
}

impl From<HumanName> for Name {
    fn from(name: HumanName) -> Self {
        let usage = match name.usage.0.as_str() {
            "usual" => NameUse::Usual,
            "maiden" => NameUse::Maiden,
            "old" => NameUse::Former,
            "nickname" | "anonymous" | "temp" => NameUse::Alias,
            _ => NameUse::Official,
        };
        let (mut family, mut given) = (name.family.0, texts(name.given));
        if family.is_empty() && given.is_empty() {
            (family, given) = parted(&name.text.0);
        }
        Self {
            family,
            given,
            prefix: texts(name.prefix).join(" "),
            suffix: texts(name.suffix).join(" "),
            usage,
        }
    }
}

/// A name written in one piece: `Family, Given` at its comma, otherwise the last word is the family name.
fn parted(text: &str) -> (String, Vec<String>) {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if let Some((family, given)) = text.split_once(',') {
        return (family.trim().to_owned(), words(given));
    }
    let mut given = words(text);
    (given.pop().unwrap_or_default(), given)
}

/// The texts that say something.
fn texts(list: List<Text>) -> Vec<String> {
    list.0.into_iter().map(|one| one.0).filter(|text| !text.is_empty()).collect()
}

/// `Address`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::fhir) struct FhirAddress {
    #[serde(rename = "use")]
    pub(in crate::fhir) usage: Text,
    text: Text,
    line: List<Text>,
    city: Text,
    district: Text,
    state: Text,
    postal_code: Text,
    country: Text,
}

impl From<FhirAddress> for Address {
    fn from(address: FhirAddress) -> Self {
        let mut lines = texts(address.line);
        if lines.is_empty() && address.city.0.is_empty() && !address.text.0.is_empty() {
            lines = address.text.0.lines().map(str::to_owned).collect();
        }
        Self {
            lines,
            city: address.city.0,
            county: address.district.0,
            state: address.state.0,
            zip: address.postal_code.0,
            country: address.country.0,
        }
    }
}

/// `ContactPoint`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct ContactPoint {
    system: Text,
    value: Text,
    #[serde(rename = "use")]
    usage: Text,
}

impl From<ContactPoint> for Telecom {
    fn from(point: ContactPoint) -> Self {
        let system = match point.system.0.as_str() {
            "phone" | "email" | "fax" => point.system.0,
            _ => "other".to_owned(),
        };
        Self { system, value: point.value.0, usage: point.usage.0 }
    }
}

/// `Attachment`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::fhir) struct FhirAttachment {
    pub(in crate::fhir) content_type: Text,
    pub(in crate::fhir) data: Option<String>,
    pub(in crate::fhir) url: Text,
    pub(in crate::fhir) title: Text,
    pub(in crate::fhir) size: Option<u64>,
}

/// `Annotation`: only its words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct Annotation {
    pub(in crate::fhir) text: Text,
}

/// `Narrative`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::fhir) struct Narrative {
    pub(in crate::fhir) div: String,
}

/// `Extension`, with the values the record understands.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::fhir) struct Extension {
    pub(in crate::fhir) url: Text,
    pub(in crate::fhir) extension: List<Extension>,
    pub(in crate::fhir) value_string: Text,
    pub(in crate::fhir) value_code: Text,
    pub(in crate::fhir) value_instant: Text,
    pub(in crate::fhir) value_date_time: Text,
    pub(in crate::fhir) value_positive_int: Option<u32>,
    pub(in crate::fhir) value_boolean: Option<bool>,
    pub(in crate::fhir) value_coding: Option<FhirCoding>,
    pub(in crate::fhir) value_codeable_concept: Option<Concept>,
    pub(in crate::fhir) value_reference: Option<Reference>,
    pub(in crate::fhir) value_identifier: Option<FhirIdentifier>,
    pub(in crate::fhir) value_attachment: Option<FhirAttachment>,
}
