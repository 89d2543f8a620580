//! Files of messages: one after the other, or in batches (FHS, BHS … BTS, FTS).

/// The messages of a file, each with its bytes; envelope segments and what stands before the first message are left out.
///
/// A message begins with a line that begins with `MSH`. MLLP frame bytes around messages are left out too.
#[must_use]
pub fn messages(file: &[u8]) -> Vec<&[u8]> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let starts: Vec<usize> =
        lines(file).filter(|(_, line)| line.starts_with(b"MSH")).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([file.len()]);
    starts.iter().zip(ends).map(|(&start, end)| without_envelope(&file[start..end])).collect()
}

/// Lines with where they begin, frame bytes skipped.
fn lines(file: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    file.split(|one| matches!(one, b'\r' | b'\n' | 0x0b | 0x1c)).map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    })
}

/// Cuts a message off where a trailer or another header of an envelope follows it.
fn without_envelope(message: &[u8]) -> &[u8] {
    let envelope =
        |line: &[u8]| [&b"BTS"[..], b"FTS", b"BHS", b"FHS"].iter().any(|name| line.starts_with(name));
    let end = lines(message).find(|(_, line)| envelope(line)).map_or(message.len(), |(at, _)| at);
    let trailing = message[..end].iter().rev().take_while(|one| matches!(one, 0x0b | 0x1c)).count();
    &message[..end - trailing]
}
