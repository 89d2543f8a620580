//! Papers to upload: a one-page PDF that says one line.

use std::fmt::Write as _;

/// A PDF of one page on which `line` is written.
pub(crate) fn pdf(line: &str) -> Vec<u8> {
    let escaped = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    let drawing = format!("BT /F1 18 Tf 72 700 Td ({escaped}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", text.len());
        write!(text, "{} 0 obj\n{object}\nendobj\n", at + 1).expect("a string takes everything");
    }
    let place = text.len();
    let count = objects.len() + 1;
    text += &format!(
        "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{place}\n%%EOF\n"
    );
    text.into_bytes()
}

/// A second of silence as WAV, at telephone quality.
pub(crate) fn silence() -> Vec<u8> {
    const SAMPLES: u32 = 8_000;
    let mut bytes = Vec::new();
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + SAMPLES).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend_from_slice(&SAMPLES.to_le_bytes());
    bytes.extend_from_slice(&SAMPLES.to_le_bytes());
    bytes.extend_from_slice(b"\x01\0\x08\0data");
    bytes.extend_from_slice(&SAMPLES.to_le_bytes());
    bytes.resize(44 + SAMPLES as usize, 128);
    bytes
}
