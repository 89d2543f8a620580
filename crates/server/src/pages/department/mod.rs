//! The department's pages: queues, my day, the board, letters and suspensions, hand-over, the tour, what does not agree.

pub(crate) mod accuracy;
pub(crate) mod board;
pub(crate) mod delinquency;
pub(crate) mod hand_over;
pub(crate) mod my_day;
pub(crate) mod queue;
pub(crate) mod tour;
