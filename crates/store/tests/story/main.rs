//! Stories of the record, told on every database.

#![expect(clippy::unwrap_used, reason = "everything here is a test, or is told by one")]

mod access;
mod audit;
mod auditing;
mod billing;
mod chart;
mod coding;
mod deficiencies;
mod department;
mod house;
mod intake;
mod jobs;
mod killed;
mod merges;
mod moving;
mod patients;
mod queries;
mod search;
mod signing;
mod tamper;
mod together;
