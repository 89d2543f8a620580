//! A value of any column, to be carried from one database to another and compared.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::write::Values;
use crate::{Error, Result};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Int,
    Double,
    Bytes,
}

impl Type {
    /// The type by the name that either database gives it.
    pub(super) fn of(column: &str, name: &str) -> Result<Self> {
        match name {
            "text" => Ok(Self::Text),
            "bigint" | "integer" => Ok(Self::Int),
            "double precision" => Ok(Self::Double),
            "blob" | "bytea" => Ok(Self::Bytes),
            other => {
                Err(Error::Unreadable { column: column.to_owned(), why: format!("it is of type {other}") })
            }
        }
    }
}

/// A value.
pub(super) enum Cell {
    Text(Option<String>),
    Int(Option<i64>),
    Double(Option<f64>),
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    pub(super) fn read(row: &AnyRow, at: usize, kind: Type) -> Result<Self> {
        Ok(match kind {
            Type::Text => Self::Text(row.try_get(at)?),
            Type::Int => Self::Int(row.try_get(at)?),
            Type::Double => Self::Double(row.try_get(at)?),
            Type::Bytes => Self::Bytes(row.try_get(at)?),
        })
    }

    pub(super) fn add(&self, values: &mut Values) -> Result<()> {
        match self {
            Self::Text(text) => values.add(text.as_deref()),
            Self::Int(int) => values.add(*int),
            Self::Double(double) => values.add(*double),
            Self::Bytes(bytes) => values.add(bytes.as_deref()),
        }
    }

    /// Adds the value to a digest: its length and its bytes, nothing as a length that no value has.
    pub(super) fn digest(&self, hasher: &mut blake3::Hasher) {
        match self {
            Self::Text(text) => add_bytes(hasher, text.as_deref().map(str::as_bytes)),
            Self::Int(int) => add_bytes(hasher, int.map(i64::to_le_bytes).as_ref().map(<[u8; 8]>::as_slice)),
            Self::Double(double) => {
                add_bytes(hasher, double.map(f64::to_le_bytes).as_ref().map(<[u8; 8]>::as_slice));
            }
            Self::Bytes(bytes) => add_bytes(hasher, bytes.as_deref()),
        }
    }
}

fn add_bytes(hasher: &mut blake3::Hasher, bytes: Option<&[u8]>) {
    let length = bytes.map_or(u64::MAX, |bytes| bytes.len() as u64);
    hasher.update(&length.to_le_bytes());
    hasher.update(bytes.unwrap_or_default());
}
