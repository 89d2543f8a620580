//! Queries to practitioners: composed from templates and the record, and read by a linter that blocks.
//!
//! [`compose`] makes an [`Ask`](chart::query::Ask) of a [`Template`]: it quotes the indicators the record holds, offers
//! the choices they support, and ends with *other* and *unable to determine*. [`lint`](fn@lint) reads a draft by the rules of
//! the AHIMA/ACDIS practice brief *Guidelines for Achieving a Compliant Query Practice* (2022), and [`issue`] issues
//! only what it finds nothing in. Titles and questions are clinical and neutral; templates and word lists are tables
//! under `data/clarify/`.

mod compose;
mod issue;
pub mod lint;
mod own;
mod table;
mod template;

pub use compose::{Asking, TooLittle, compose};
pub use issue::{Refused, issue};
pub use lint::lint;
pub use own::{OwnChoice, OwnWords, OwnWordsError, compose_own};
pub use template::{Family, Template, TemplateChoice, Templates, templates};
