//! Diagnoses and lists of them within a case's JSON.

use std::fmt;

use codeset::Code;
use grouper::Poa;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::single::{FaultSlot, Name, Single, settle};
use crate::field::{self, Scalar};
use crate::{CaseFault, FieldName, MAX_LIST_LEN};

/// A diagnosis or procedure: an object with `code` and `poa`, or the code alone.
pub(super) struct DiagnosisValue<'c> {
    pub(super) place: FieldName,
    pub(super) fault: FaultSlot<'c>,
}

/// What a name in a diagnosis's object stands for.
enum Part {
    Code,
    Poa,
    Other,
}

impl Part {
    fn named(name: &str) -> Self {
        match name {
            "code" => Self::Code,
            "poa" => Self::Poa,
            _ => Self::Other,
        }
    }
}

impl<'de> DeserializeSeed<'de> for DiagnosisValue<'_> {
    type Value = (Code, Poa);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(Code, Poa), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for DiagnosisValue<'_> {
    type Value = (Code, Poa);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as a code or as an object with code and poa", self.place)
    }

    fn visit_unit<E: Error>(self) -> Result<(Code, Poa), E> {
        Ok((Code::BLANK, Poa::Blank))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(Code, Poa), E> {
        let code = settle(field::code(Scalar::Text(text), self.place), self.fault)?;
        Ok((code, Poa::Blank))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(Code, Poa), A::Error> {
        let (mut code, mut poa) = (Code::BLANK, Poa::Blank);
        let Self { place, fault } = self;
        while let Some(part) = map.next_key_seed(Name(Part::named))? {
            match part {
                Part::Code => map.next_value_seed(Single {
                    read: |value: Scalar<'_>| {
                        code = field::code(value, place.part("code"))?;
                        Ok(())
                    },
                    fault: &mut *fault,
                })?,
                Part::Poa => map.next_value_seed(Single {
                    read: |value: Scalar<'_>| {
                        poa = field::poa(value);
                        Ok(())
                    },
                    fault: &mut *fault,
                })?,
                Part::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok((code, poa))
    }
}

/// A list of diagnoses or codes; each is turned into an entry of `list`. `null` is the empty list.
pub(super) struct ListValue<'c, T, F> {
    pub(super) name: &'static str,
    pub(super) list: &'c mut Vec<T>,
    pub(super) entry: F,
    pub(super) fault: FaultSlot<'c>,
}

impl<'de, T, F: Fn((Code, Poa)) -> T> DeserializeSeed<'de> for ListValue<'_, T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.list.clear();
        deserializer.deserialize_any(self)
    }
}

impl<'de, T, F: Fn((Code, Poa)) -> T> Visitor<'de> for ListValue<'_, T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as a list", self.name)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut given: A) -> Result<(), A::Error> {
        let name = FieldName::of(self.name);
        loop {
            let seed = DiagnosisValue {
                place: name.entry(self.list.len()),
                fault: &mut *self.fault,
            };
            let Some(read) = given.next_element_seed(seed)? else {
                return Ok(());
            };
            if self.list.len() == MAX_LIST_LEN {
                return settle(Err(CaseFault::ListTooLong(name)), self.fault);
            }
            self.list.push((self.entry)(read));
        }
    }
}
