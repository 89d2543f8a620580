//! Escape sequences: delimiters, bytes and line breaks written inside a text (HL7 v2.8, chapter 2.7).

use super::segment::Delimiters;

/// Resolves the escapes of `text`. What is not an escape of the standard stays as it is.
#[must_use]
pub fn unescape(text: &str, delimiters: &Delimiters) -> String {
    let Some(mark) = delimiters.escape.filter(|mark| text.contains(*mark)) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        out.push_str(before);
        match after.split_once(mark).and_then(|(body, tail)| Some((resolve(body, delimiters)?, tail))) {
            Some((resolved, tail)) => {
                out.push_str(&resolved);
                rest = tail;
            }
            None => {
                out.push(mark);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What the sequence `body` stands for.
fn resolve(body: &str, delimiters: &Delimiters) -> Option<String> {
    let one = match body {
        "F" => delimiters.field,
        "S" => delimiters.component,
        "R" => delimiters.repetition,
        "T" => delimiters.subcomponent,
        "E" => delimiters.escape?,
        // Highlighting has no meaning in plain text.
        "H" | "N" => return Some(String::new()),
        "P" => '#',
        _ => return formatting(body).or_else(|| bytes(body)),
    };
    Some(one.to_string())
}

/// Formatting commands of FT fields: line breaks and blank lines; indents and the like are dropped.
fn formatting(body: &str) -> Option<String> {
    let command = body.strip_prefix('.')?;
    let lines = || {
        command.get(2..).and_then(|count| count.trim().trim_start_matches('+').parse().ok()).unwrap_or(1usize)
    };
    match command.get(..2)? {
        "br" | "BR" | "ce" => Some("\n".into()),
        "sp" | "SP" => Some("\n".repeat(lines().clamp(1, 20))),
        "fi" | "nf" | "in" | "ti" | "sk" => Some(String::new()),
        _ => None,
    }
}

/// `X0D0A`: bytes in hexadecimal. Line ends are one line break; bytes that are not UTF-8 are read as Latin-1.
fn bytes(body: &str) -> Option<String> {
    let digits = body.strip_prefix('X')?;
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..digits.len()).step_by(2).map(pair).collect::<Option<_>>()?;
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|not| not.into_bytes().iter().map(|&one| char::from(one)).collect());
    Some(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Writes `text` so that it can stand in a field; line breaks become `\.br\`.
#[must_use]
pub fn escape(text: &str, delimiters: &Delimiters) -> String {
    let Some(mark) = delimiters.escape else {
        return text.replace(['\r', '\n', delimiters.field], " ");
    };
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        let code = match one {
            '\n' => ".br",
            '\r' => "X0D",
            _ if one == delimiters.field => "F",
            _ if one == delimiters.component => "S",
            _ if one == delimiters.repetition => "R",
            _ if one == delimiters.subcomponent => "T",
            _ if one == mark => "E",
            _ => {
                out.push(one);
                continue;
            }
        };
        out.extend([mark]);
        out.push_str(code);
        out.extend([mark]);
    }
    out
}
