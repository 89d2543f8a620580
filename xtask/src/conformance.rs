//! Conformance: our engines against cases whose results are known.

pub(crate) mod ipps;
