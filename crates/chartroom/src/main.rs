//! The open, self-hosted health-information department, as one program.

fn main() {}
