//! Names and single values within a case's JSON, and the way a typed fault takes past the JSON reader's own errors.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

use crate::CaseFault;
use crate::field::Scalar;

/// Where a typed fault waits while the JSON reader unwinds with an error of its own.
pub(super) type FaultSlot<'c> = &'c mut Option<CaseFault>;

/// Turns a result into the JSON reader's, leaving the typed fault in `slot`.
pub(super) fn settle<T, E: Error>(result: Result<T, CaseFault>, slot: FaultSlot<'_>) -> Result<T, E> {
    result.map_err(|fault| {
        *slot = Some(fault);
        E::custom("fault of a field")
    })
}

/// A name in an object, turned by the function into what it stands for.
pub(super) struct Name<T>(pub(super) fn(&str) -> T);

impl<'de, T> DeserializeSeed<'de> for Name<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T> Visitor<'_> for Name<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        Ok(self.0(name))
    }
}

/// A single value of any kind, handed to `read`.
pub(super) struct Single<'c, F> {
    pub(super) read: F,
    pub(super) fault: FaultSlot<'c>,
}

impl<F: FnOnce(Scalar<'_>) -> Result<(), CaseFault>> Single<'_, F> {
    fn hand<E: Error>(self, value: Scalar<'_>) -> Result<(), E> {
        settle((self.read)(value), self.fault)
    }
}

impl<'de, F: FnOnce(Scalar<'_>) -> Result<(), CaseFault>> DeserializeSeed<'de> for Single<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<F: FnOnce(Scalar<'_>) -> Result<(), CaseFault>> Visitor<'_> for Single<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a single value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.hand(Scalar::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.hand(Scalar::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.hand(Scalar::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.hand(i64::try_from(value).map_or(Scalar::Real(value as f64), Scalar::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.hand(Scalar::Real(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.hand(Scalar::Text(value))
    }
}
