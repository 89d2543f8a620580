//! JSON as FHIR wants it written: elements in their order, nothing empty, decimals digit for digit.
//!
//! `serde_json::Value` is not used for this because it keeps numbers as `f64` (1.90 would become 1.9, and in FHIR the
//! digits count) and sorts the names.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

/// A JSON value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// A text.
    Text(String),
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number by its digits; see [`Json::decimal`].
    Decimal(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Object),
}

impl Json {
    /// A number exactly as its digits say; `None` when they are no JSON number (`.5`, `+3`, `<5`).
    #[must_use]
    pub fn decimal(digits: &str) -> Option<Self> {
        let number = serde_json::from_str::<serde_json::Number>(digits).is_ok();
        (number && digits.trim() == digits).then(|| Self::Decimal(digits.to_owned()))
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(object) => object.0.is_empty(),
            Self::Bool(_) | Self::Integer(_) | Self::Decimal(_) => false,
        }
    }

    /// The bytes to send.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        self.to_string().into_bytes()
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Texts and checked digits only: there is nothing in it that could fail to be written.
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Decimal(digits) => RawValue::from_string(digits.clone())
                .map_err(serde::ser::Error::custom)?
                .serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.0.len()))?;
                for (name, value) in &object.0 {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// An object that is being written: elements in the order given, empty ones left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object(Vec<(&'static str, Json)>);

impl Object {
    /// An object without elements.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A resource of this type.
    #[must_use]
    pub fn resource(resource_type: &str) -> Self {
        Self::new().with("resourceType", resource_type)
    }

    /// The object with an element more, unless that is empty.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((name, value));
        }
        self
    }

    /// The object with an element more, if there is one.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The object with a list more, unless all of its items are empty.
    #[must_use]
    pub fn list<T: Into<Json>>(self, name: &'static str, items: impl IntoIterator<Item = T>) -> Self {
        let items = items.into_iter().map(Into::into).filter(|item: &Json| !item.is_empty());
        self.with(name, Json::List(items.collect()))
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<u32> for Json {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_empty_is_written_and_decimals_keep_their_digits() {
        let object = Object::resource("Observation")
            .with("status", "")
            .list("note", [Object::new(), Object::new().with("text", "")])
            .maybe("value", Json::decimal("1.90"))
            .maybe("low", Json::decimal(".5"));
        assert_eq!(Json::from(object).to_string(), r#"{"resourceType":"Observation","value":1.90}"#);
    }
}
