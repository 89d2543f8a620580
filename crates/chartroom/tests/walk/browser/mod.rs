//! The pages in a real Chromium: every one inspected, and what people do with them from beginning to end.
//!
//! Screenshots are left under `target/screens/`, for eyes.

mod bill;
mod by_hand;
mod chromium;
mod coding;
mod department;
mod everywhere;
mod inspect;
mod stories;
