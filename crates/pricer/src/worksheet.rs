//! The worksheet: every line of a payment with its value, its formula and its source.
//!
//! The arithmetic exists once. It tells a [`Trace`] what it did; in bulk the trace is [`Silent`] and no line is ever
//! built.

use rust_decimal::Decimal;

use crate::missing::{Missing, MissingFactor};
use crate::money::Field;
use crate::return_code::ReturnCode;

/// What a line's value is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Dollars.
    Dollars,
    /// A factor, ratio or fraction without a unit.
    Ratio,
    /// Days.
    Days,
    /// Relative weight.
    Weight,
}

/// What part a line plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A factor the payment is built from.
    Factor,
    /// An amount on the way.
    Step,
    /// An amount that is paid: these lines add up to the total.
    Component,
    /// The total.
    Total,
    /// Shown for information; not paid.
    Information,
}

/// One line of a worksheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// A stable name, such as `operating.federal`.
    pub id: &'static str,
    /// What it is, in the words of the payment system.
    pub title: &'static str,
    /// Its value.
    pub value: Decimal,
    /// What the value is counted in.
    pub unit: Unit,
    /// How the value came about, with the numbers put in.
    pub formula: String,
    /// The regulation and the publication of the figures.
    pub source: String,
    /// What part it plays.
    pub kind: Kind,
}

/// A payment explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worksheet {
    /// The lines in the order of the calculation.
    pub lines: Vec<Line>,
    /// What is paid, dollars.
    pub total: Decimal,
    /// How it was paid, or why not.
    pub code: ReturnCode,
    /// Factors that were not at hand; with any of them the result is partial.
    pub missing: Vec<MissingFactor>,
    /// What the reader must know about the year or the case.
    pub notes: Vec<String>,
}

impl Worksheet {
    /// Whether a factor was missing, so that the total is not the whole payment.
    pub fn is_partial(&self) -> bool {
        !self.missing.is_empty()
    }

    /// The line named `id`.
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }
}

/// Receives the lines of a calculation as it runs.
pub trait Trace {
    /// Takes one line; `make` builds it, and is not called by a trace that keeps none.
    fn line(&mut self, make: impl FnOnce() -> Line);
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Trace for Silent {
    #[inline]
    fn line(&mut self, _make: impl FnOnce() -> Line) {}
}

impl Trace for Vec<Line> {
    fn line(&mut self, make: impl FnOnce() -> Line) {
        self.push(make());
    }
}

/// What a calculation writes down on its way: lines, missing factors, digits lost in narrow fields.
#[derive(Debug, Default)]
pub(crate) struct Ledger<T> {
    pub(crate) trace: T,
    pub(crate) missing: Missing,
    pub(crate) digits_lost: bool,
}

impl<T: Trace> Ledger<T> {
    /// Stores `value` as `field` keeps it.
    pub(crate) fn store(&mut self, field: Field, value: Decimal) -> Decimal {
        let stored = field.store(value);
        self.digits_lost |= stored.digits_lost;
        stored.value
    }

    /// Names a factor that was needed and is not at hand.
    pub(crate) fn miss(&mut self, factor: MissingFactor) {
        self.missing.insert(factor);
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, make: impl FnOnce() -> Line) {
        self.trace.line(make);
    }
}

impl Line {
    /// A factor.
    pub(crate) fn factor(id: &'static str, title: &'static str, value: Decimal) -> Self {
        Self::new(id, title, value, Unit::Ratio, Kind::Factor)
    }

    /// An amount on the way, dollars.
    pub(crate) fn step(id: &'static str, title: &'static str, value: Decimal) -> Self {
        Self::new(id, title, value, Unit::Dollars, Kind::Step)
    }

    /// An amount paid, dollars.
    pub(crate) fn component(id: &'static str, title: &'static str, value: Decimal) -> Self {
        Self::new(id, title, value, Unit::Dollars, Kind::Component)
    }

    /// An amount shown only, dollars.
    pub(crate) fn information(id: &'static str, title: &'static str, value: Decimal) -> Self {
        Self::new(id, title, value, Unit::Dollars, Kind::Information)
    }

    fn new(id: &'static str, title: &'static str, value: Decimal, unit: Unit, kind: Kind) -> Self {
        Self { id, title, value, unit, formula: String::new(), source: String::new(), kind }
    }

    /// With another unit.
    pub(crate) fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// With another kind.
    pub(crate) fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// With the formula, numbers put in.
    pub(crate) fn formula(mut self, formula: String) -> Self {
        self.formula = formula;
        self
    }

    /// With law and publication.
    pub(crate) fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }
}
