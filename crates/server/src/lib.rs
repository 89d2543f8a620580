//! The house's face: pages, sign-in, health and metrics over HTTP.
//!
//! A request goes through one gate (`gate`): session, permission of its route, origin and form token; then to a
//! handler, which reads the input, calls one use case and shows a page. `routes` is the one table of all addresses.

mod assets;
mod pages;
mod show;
mod templates;
