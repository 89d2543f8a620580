//! Values out of rows and into them.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::value::{Error as KeyError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{Error, Result};

fn unreadable(column: &str, why: impl Display) -> Error {
    Error::Unreadable { column: column.to_owned(), why: why.to_string() }
}

/// Text.
pub(crate) fn text(row: &AnyRow, column: &str) -> Result<String> {
    Ok(row.try_get(column)?)
}

/// Text, or nothing.
pub(crate) fn opt_text(row: &AnyRow, column: &str) -> Result<Option<String>> {
    Ok(row.try_get(column)?)
}

/// A whole number.
pub(crate) fn int(row: &AnyRow, column: &str) -> Result<i64> {
    Ok(row.try_get(column)?)
}

/// 0 or 1.
pub(crate) fn flag(row: &AnyRow, column: &str) -> Result<bool> {
    Ok(int(row, column)? != 0)
}

/// A number with a fraction.
pub(crate) fn double(row: &AnyRow, column: &str) -> Result<f64> {
    Ok(row.try_get(column)?)
}

/// Anything written as text: an identifier, a digest.
pub(crate) fn parsed<T>(row: &AnyRow, column: &str) -> Result<T>
where
    T: FromStr,
    T::Err: Display,
{
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|error| unreadable(column, error))
}

/// Anything written as text, or nothing.
pub(crate) fn opt_parsed<T>(row: &AnyRow, column: &str) -> Result<Option<T>>
where
    T: FromStr,
    T::Err: Display,
{
    let text: Option<&str> = row.try_get(column)?;
    text.map(|text| text.parse().map_err(|error| unreadable(column, error))).transpose()
}

/// An instant.
pub(crate) fn instant(row: &AnyRow, column: &str) -> Result<Timestamp> {
    Timestamp::from_microsecond(int(row, column)?).map_err(|error| unreadable(column, error))
}

/// An instant, or nothing.
pub(crate) fn opt_instant(row: &AnyRow, column: &str) -> Result<Option<Timestamp>> {
    let micros: Option<i64> = row.try_get(column)?;
    micros.map(|at| Timestamp::from_microsecond(at).map_err(|error| unreadable(column, error))).transpose()
}

/// A body.
pub(crate) fn json<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T> {
    let text: &str = row.try_get(column)?;
    serde_json::from_str(text).map_err(|error| unreadable(column, error))
}

/// A choice stored by its key.
pub(crate) fn choice<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T> {
    let key: &str = row.try_get(column)?;
    from_key(key).map_err(|error| unreadable(column, error))
}

/// A choice of no more than a name, out of its key.
pub(crate) fn from_key<T: DeserializeOwned>(key: &str) -> std::result::Result<T, KeyError> {
    let deserializer: StrDeserializer<'_, KeyError> = key.into_deserializer();
    T::deserialize(deserializer)
}

/// The key of a choice: what serde writes for it, without quotes.
pub(crate) fn key_of<T: Serialize>(choice: &T) -> Result<String> {
    Ok(body(choice)?.trim_matches('"').to_owned())
}

/// A body as it is stored.
pub(crate) fn body<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::Unwritable)
}

/// An instant as it is stored.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// Text to find names by: lower case, one space between words.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The end of the range of texts that begin with `prefix`, in byte order.
pub(crate) fn prefix_end(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

/// Every row, turned into a `T`.
pub(crate) fn all<T>(rows: &[AnyRow], read: impl Fn(&AnyRow) -> Result<T>) -> Result<Vec<T>> {
    rows.iter().map(read).collect()
}

/// Bytes.
pub(crate) fn bytes(row: &AnyRow, column: &str) -> Result<Vec<u8>> {
    Ok(row.try_get(column)?)
}
