//! Stories of the record, told on every database.

mod audit;
mod house;
mod patients;
