//! The department's own papers: what does not agree in records, who works on what, letters, suspensions, hand-over.

pub mod assignments;
pub mod figures;
pub mod findings;
pub mod hand_over;
pub mod letters;
pub mod owed;
pub mod queue;
pub mod suspensions;
pub mod terms;
