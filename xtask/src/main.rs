//! The project's own chores: set-up, tests, conformance, benchmarks.

fn main() {}
