//! The house's face: pages, sign-in, health and metrics over HTTP.
//!
//! A request goes through one gate (`gate`): session, permission of its route, origin and form token; then to a
//! handler, which reads the input, calls one use case and shows a page. `routes` is the one table of all addresses.

mod assets;
mod call;
mod clock;
mod config;
mod cookies;
mod gate;
mod handlers;
mod headers;
mod house;
mod log;
pub mod mllp;
mod oidc;
mod pages;
mod problem;
pub mod routes;
mod serve;
mod show;
mod templates;

pub use clock::Clock;
pub use config::{Config, Demo, Oidc};
pub use log::to_stderr as log_to_stderr;
pub use serve::{CaseWork, ServeError, Server, bind};
