//! What a record lacks: profiles by record type, deficiency rules, clocks.
//!
//! [`evaluate`] reads one encounter of a [`Record`](chart::record::Record) against the facility's [`Policy`] of a day and
//! gives [`Finding`]s in a stable order. A finding names its rule, its clock, whose it is, the evidence and what would
//! clear it, and keeps its [identity](Finding::identity) when the encounter is read again, so that what is stored can be
//! matched with what is found. What must be in a record stands in `data/completeness/*.tsv`, each row with its authority.

mod case;
mod clock;
mod condition;
mod event;
mod facts;
mod finding;
mod forms;
mod need;
mod order;
mod own;
mod policy;
mod profile;
mod rules;
mod table;
mod words;

pub use case::evaluate;
pub use clock::{Basis, Clock, Due};
pub use event::{Class, Event};
pub use facts::Facts;
pub use finding::{Evidence, Finding, Owed, Standing, Subject, Why};
pub use forms::{Blank, blank_forms};
pub use order::{Stand, chart_order};
pub use own::{OpenQuery, Own, OwnSignature};
pub use policy::{FacilityKind, Override, Policy, PolicyError};
pub use profile::{Per, RowText, SHIPPED, Within, profile_rows};
pub use table::TableError;
