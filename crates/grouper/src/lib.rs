//! An inpatient case in; its MS-DRG and the Medicare Code Editor's edits out, each with its reason.
//!
//! Pure: no file, clock or randomness. Everything that changes by date is in the opened tables.

mod case;
mod code_rows;
mod compile;
mod desk;
mod formula;
mod lookup;
mod mce;
mod msdrg;
mod trace;

pub use case::{Case, Diagnosis, HospitalStatus, Poa, Procedure, Sex};
pub use compile::{CompileError, compile};
pub use desk::{Desk, DeskError, DeskScratch, OpenError, Outcome};
pub use formula::{Formula, FormulaError};
pub use lookup::{DiagnosisEntry, EditorEntry, ProcedureEntry};
pub use mce::{Edit, EditFinding, EditKind, EditScratch, EditSummary, Editor, PaymentStage, Subject};
pub use msdrg::{Assignment, DrgType, FormulaRef, Grouper, Grouping, ReturnCode, Scratch, Severity};
pub use trace::{
    AssignmentTrace, ClusterTrace, Evidence, FormulaStep, HacTrace, Influence, MissedFormula, PrincipalTrace,
    ProcedureTrace, SecondaryTrace, Trace, WhyNot, WhyNotReason,
};
