//! The house over a real listener, on a record in memory.

mod auditing;
mod billing;
mod browser;
mod clarifying;
mod coding;
mod doors;
mod fhir;
mod flows;
mod outside;
mod people;
mod seed;
mod service;
mod signing;
mod walk;
