//! The demo hospital: Harbor Bend Community Hospital, its staff, its charts, all invented.
//!
//! What it brings comes in as anything else does: as changes to the record ([`chart::intake`]).

mod front_desk;
mod generate;
mod keys;
mod staff;
mod written;

pub(crate) use front_desk::FrontDesk;
pub(crate) use generate::arrivals as generated;
pub(crate) use keys::{SYSTEM, zone};
pub(crate) use staff::{SignIn, Staff};
pub(crate) use written::arrivals as written;
