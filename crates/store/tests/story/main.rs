//! Stories of the record, told on every database.

mod access;
mod audit;
mod chart;
mod house;
mod intake;
mod jobs;
mod killed;
mod merges;
mod moving;
mod patients;
mod search;
mod tamper;
mod together;
