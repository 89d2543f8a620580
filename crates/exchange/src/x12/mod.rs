//! Institutional claims in X12 form, the 837I of HIPAA version 5010 (implementation guide 005010X223A2), read and
//! written; and what payers answer, the 835.
//!
//! The reader takes a segment at a time, so a file of any size needs the memory of one claim, and one bad claim
//! spoils no other. The crates at hand do neither: x12-types parses whole interchanges in memory, all or nothing,
//! and knows no 837I; edi and x12 are no longer kept. Splitting segments is a page of code; the meaning of the
//! loops, which is the work, none of them has.
//!
//! ```text
//! ISA interchange · GS group · ST transaction set (837)
//!   HL*20 billing provider · HL*22 subscriber · HL*23 patient
//!     CLM claim (loop 2300) · SBR other payers (2320) · LX service lines (2400)
//! ```

mod charges;
mod claim;
mod codes;
mod content;
mod error;
mod levels;
mod party;
mod plain;
mod reader;
mod remit;
mod segment;
mod value;
mod write;

pub use charges::{BillLines, Detail, NotBilled, service_lines};
pub use claim::{
    Counted, InstitutionalClaim, Occurrence, OccurrenceSpan, Period, ReportedDiagnosis, ReportedProcedure,
    ServiceLine, ValueCode,
};
pub use error::{ClaimFault, InterchangeError, Loop};
pub use party::{Address, BillingProvider, Dependent, Payer, Person, Practitioner, ReportedSex, Subscriber};
pub use plain::plain_letters;
pub use reader::{ClaimRead, Claims, read};
pub use remit::{
    Adjustment, AdjustmentReason, ClaimStatus, Denial, DenialCategory, Imbalance, Payee, Payment,
    ProviderAdjustment, Remittance, RemittanceError, RemittanceFault, Remittances, RemittedClaim,
    RemittedLine, RemittingPayer, adjustment_reason, denial_category, read_remittances, remark_words,
    remittance_words,
};
pub use write::{Endpoint, GUIDE, Recipient, Submission, Submitter, Whose, WriteError, WriteFault, write};
