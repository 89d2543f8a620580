//! Pages: what each shows, as a plain structure that its template reads.
//!
//! A page knows nothing of requests and databases; handlers make it from what one use case gave. Every page has
//! samples, and one test renders all of them.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod auditing;
pub(crate) mod billing;
pub(crate) mod chart;
pub(crate) mod clarifying;
pub(crate) mod coding;
pub(crate) mod completeness;
pub(crate) mod correct;
pub(crate) mod department;
pub(crate) mod desk;
pub(crate) mod dictation;
pub(crate) mod filing;
pub(crate) mod frame;
pub(crate) mod index;
pub(crate) mod interface;
pub(crate) mod manual;
pub(crate) mod parts;
pub(crate) mod patients;
pub(crate) mod problem;
pub(crate) mod signing;
#[cfg(test)]
mod tests;
pub(crate) mod users;

use serde::Serialize;

use self::frame::Crumb;

/// A page of the house.
pub(crate) trait Page: Serialize {
    /// Its template, under `templates/`.
    const TEMPLATE: &'static str;

    /// What the window and the tab are called. No names of patients: window titles stay in histories.
    fn title(&self) -> String;

    /// The way to it, from the desk; the page itself last.
    fn crumbs(&self) -> Vec<Crumb> {
        Vec::new()
    }
}

/// Examples of a page, each of which must render.
#[cfg(test)]
pub(crate) trait Samples: Page + Sized {
    /// A full one, an empty one, and what else has a branch in the template.
    fn samples() -> Vec<Self>;
}
