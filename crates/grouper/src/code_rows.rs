//! Dated rows over codes, as the pack holds them: in order of code, each the step from the code before, the number
//! of its span and the number of its value, so that a hundred thousand rows open in a millisecond.

use codeset::{Row, TableError};
use serde::{Deserialize, Serialize};

/// Rows over codes with spans of type `S` (versions or days) and numbered values.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CodeRows<S> {
    spans: Vec<S>,
    rows: Vec<(u32, u16, u16)>,
}

impl<S> Default for CodeRows<S> {
    fn default() -> Self {
        Self { spans: Vec::new(), rows: Vec::new() }
    }
}

impl<S: Copy + PartialEq> CodeRows<S> {
    /// The rows of `rows`, each a code's number, a span and a value's number, in any order.
    pub(crate) fn new(mut rows: Vec<(u32, S, u16)>, last: &Row<'_>) -> Result<Self, TableError> {
        rows.sort_by_key(|&(number, ..)| number);
        let mut spans: Vec<S> = Vec::new();
        let mut before = 0;
        let mut packed = Vec::with_capacity(rows.len());
        for (number, span, value) in rows {
            let at = spans.iter().position(|s| *s == span).unwrap_or_else(|| {
                spans.push(span);
                spans.len() - 1
            });
            let at = u16::try_from(at)
                .map_err(|_| last.error("the table holds more than 65,535 different spans"))?;
            packed.push((number - before, at, value));
            before = number;
        }
        Ok(Self { spans, rows: packed })
    }

    /// All rows: code's number, span, value's number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, S, u16)> {
        self.rows.iter().scan(0, |number, &(step, span, value)| {
            *number += step;
            Some((*number, self.spans[usize::from(span)], value))
        })
    }

    /// The rows whose span `holds`: code's number and value's number.
    pub(crate) fn holding(&self, holds: impl Fn(S) -> bool) -> impl Iterator<Item = (usize, u16)> {
        let holding: Vec<bool> = self.spans.iter().map(|&span| holds(span)).collect();
        self.rows
            .iter()
            .scan(0, move |number, &(step, span, value)| {
                *number += step as usize;
                Some(holding[usize::from(span)].then_some((*number, value)))
            })
            .flatten()
    }

    /// The different spans.
    pub(crate) fn spans(&self) -> impl Iterator<Item = S> {
        self.spans.iter().copied()
    }

    /// The rows of one code: span and value's number.
    pub(crate) fn of(&self, number: u32) -> impl Iterator<Item = (S, u16)> {
        self.iter().filter(move |&(n, ..)| n == number && n != 0).map(|(_, span, value)| (span, value))
    }
}
