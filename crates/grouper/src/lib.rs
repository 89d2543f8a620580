//! An inpatient case in; its MS-DRG and the Medicare Code Editor's edits out, each with its reason.
//!
//! Pure: no file, clock or randomness. Everything that changes by date is in the opened tables.

mod case;

pub use case::{Case, Diagnosis, HospitalStatus, Poa, Procedure, Sex};
