//! Use cases on a real database: SQLite in memory, and PostgreSQL where a server is at hand.

mod asking;
mod auditing;
mod billing;
mod clarifying;
mod coding;
mod completeness;
mod corpus;
mod correct;
mod department;
mod glass;
mod gold;
mod house;
mod identity;
mod intake;
mod manual;
mod messages;
mod proposed;
mod resources;
mod reviewing;
mod rules;
mod signing;
mod suggested;
