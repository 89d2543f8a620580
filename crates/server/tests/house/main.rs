//! The house over a real listener, on a record in memory.

mod browser;
mod doors;
mod flows;
mod look;
mod outside;
mod seed;
mod service;
mod walk;
