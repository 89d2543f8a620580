//! Who may come in: accounts, sessions, one-time links and broken glass.
//!
//! Which role may do what is not decided here; this keeps who has which role, and what they did to get in.

pub mod accounts;
pub mod glass;
pub mod links;
mod secret;
pub mod sessions;

pub use secret::Secret;
