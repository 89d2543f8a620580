//! Stories of the record, told on every database.

mod access;
mod audit;
mod chart;
mod house;
mod intake;
mod jobs;
mod merges;
mod patients;
mod search;
