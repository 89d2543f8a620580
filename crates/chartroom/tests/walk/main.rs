//! The program walked from outside, as people, machines and accidents do: a real browser, fifty people at once,
//! senders of messages, and a process that is killed.
//!
//! Every walk starts the real binary on a database of its own. What a machine lacks (Chromium, PostgreSQL, axe-core)
//! is said by a line that begins with `skipped:`; `cargo xtask test` brings all three.

mod browser;
mod cases;
mod doors;
mod kill;
mod load;
mod support;
