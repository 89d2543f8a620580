//! Prints an invented chart: `cargo run -p paper --example sample > sample.pdf`.

use std::io::Write;

use paper::{Scope, print, sheet_of_chart};

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> std::io::Result<()> {
    let notes = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(3);
    let sample = sample::sample(notes);
    let documents = sample.documents();
    let printed = print(&sheet_of_chart(&sample.chart(&documents, Scope::Whole)).sheet);
    let printed = printed.map_err(std::io::Error::other)?;
    std::io::stdout().write_all(&printed.pdf)
}
