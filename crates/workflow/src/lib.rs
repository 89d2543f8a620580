//! Use cases: one function, one transaction, one audit event.
//!
//! Every function loads, checks the permission of the role worn, does what it does and commits with the event that
//! says who did it. The [`Context`] brings the actor, the clock and new identifiers.

pub mod access;
pub mod accuracy;
pub mod amending;
pub mod auditing;
pub mod billing;
pub mod board;
pub mod charts;
pub mod clarifying;
pub mod coding;
pub mod completeness;
mod context;
pub mod copies;
pub mod delinquency;
pub mod desk;
pub mod dictation;
mod error;
pub mod filing;
mod gate;
pub mod glass;
pub mod hand_over;
pub mod history;
pub mod identity;
pub mod inbox;
pub mod intake;
pub mod interface;
pub mod jobs;
pub mod matching;
pub mod my_day;
pub mod patients;
pub mod privacy;
pub mod queues;
pub mod resources;
pub mod search;
pub mod self_check;
pub mod signing;

pub use context::{Context, Who};
pub use error::{Error, Result};
