//! Conformance: our engines against cases whose results are known.

pub mod ipps;
