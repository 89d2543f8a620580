//! One schema and one set of queries on SQLite and PostgreSQL; transactions, audit, jobs, search.
//!
//! A [`Store`] is opened by its URL. [`Store::view`] gives a [`View`], which reads one consistent state;
//! [`Store::begin`] gives a [`Tx`], which also writes. The modules are the aggregates; their functions take
//! `&mut Reader` to read (a view or a transaction will do) and `&mut Tx` to write:
//!
//! ```no_run
//! # async fn example(store: &store::Store, patient: chart::patient::Patient, event: store::audit::Event) -> store::Result<()> {
//! let mut tx = store.begin().await?;
//! store::patients::insert(&mut tx, &patient, event.at).await?;
//! tx.commit(event).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A transaction ends only with an audit event, and what a view read of a patient is shown only after
//! [`View::finish`] has written down who saw it. Instants are kept to the microsecond.

pub mod access;
pub mod alerts;
pub mod amendments;
pub mod analyses;
pub mod arrivals;
pub mod audit;
pub mod backup;
pub mod claims;
pub mod coding;
mod condition;
mod connection;
pub mod copy;
pub mod deficiencies;
pub mod department;
mod dialect;
pub mod dictations;
pub mod documents;
pub mod encounters;
pub mod entries;
mod error;
mod group;
pub mod jobs;
pub mod kept;
pub mod keys;
pub mod merges;
mod migrate;
mod origin;
pub mod originals;
pub mod page;
pub mod parties;
pub mod patients;
pub mod queries;
pub mod records;
pub mod remittances;
mod row;
pub mod schema;
pub mod search;
pub mod settings;
pub mod signatures;
pub mod unsigned;
mod version;
mod write;

pub use connection::{Reader, Store, Tx, View};
pub use dialect::Kind;
pub use error::{Error, Result};
pub use migrate::{Applied, Migrated};
pub use page::Page;
