//! What is printed, read back as text.

use std::io::Write;
use std::process::{Command, Stdio};

use paper::Printed;

/// The pages as poppler's `pdftotext` reads them; `None` where it is not installed.
pub(crate) fn pages(printed: &Printed) -> Option<Vec<String>> {
    let started = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut reader) = started else {
        println!("skipped: pdftotext is not installed (Debian package poppler-utils)");
        return None;
    };
    reader.stdin.take().expect("a pipe").write_all(&printed.pdf).expect("the reader reads");
    let text = reader.wait_with_output().expect("the reader ends").stdout;
    let text = String::from_utf8(text).expect("UTF-8");
    Some(text.split_terminator('\u{C}').map(str::to_owned).collect())
}

/// The text without spaces and line ends, which depend on where lines were broken.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|one| !one.is_whitespace()).collect()
}
