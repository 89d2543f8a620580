//! Use cases: one function, one transaction, one audit event.
//!
//! Every function loads, checks the permission of the role worn, does what it does and commits with the event that
//! says who did it. The [`Context`] brings the actor, the clock and new identifiers.

mod context;
mod error;
pub mod intake;

pub use context::{Context, Who};
pub use error::{Error, Result};
