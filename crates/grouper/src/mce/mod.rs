//! The Medicare Code Editor: what is wrong with the codes of an inpatient claim, by the CMS Definitions of Medicare
//! Code Edits. One file per edit under `edits/`, each with what it checks, why, and where that is written.

mod claim;
mod coverage;
mod edit;
mod editor;
mod edits;
pub(crate) mod flags;
mod summary;
pub(crate) mod tables;

pub use claim::EditScratch;
pub use edit::{Edit, PaymentStage, Subject};
pub(crate) use editor::day_number;
pub use editor::{EditFinding, Editor};
pub use summary::{EditKind, EditSummary};
