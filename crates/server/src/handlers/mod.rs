//! Handlers: each reads the input, calls one use case, and shows a page.

pub(crate) mod account;
pub(crate) mod amending;
pub(crate) mod auditing;
pub(crate) mod chart;
pub(crate) mod clarifying;
pub(crate) mod coding;
pub(crate) mod completeness;
pub(crate) mod copy;
pub(crate) mod correct;
pub(crate) mod department;
pub(crate) mod desk;
pub(crate) mod dictation;
pub(crate) mod duplicates;
pub(crate) mod fhir;
pub(crate) mod filing;
pub(crate) mod health;
pub(crate) mod input;
pub(crate) mod messages;
pub(crate) mod outside;
pub(crate) mod papers;
pub(crate) mod patients;
pub(crate) mod policies;
pub(crate) mod print;
pub(crate) mod privacy;
pub(crate) mod signing;
pub(crate) mod users;
