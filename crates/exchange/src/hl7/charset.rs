//! The charset of a message: what MSH-18 says (HL7 table 0211), or what the bytes show.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

/// The text of `bytes`, and what was odd about it.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[mark..]).0, None);
    }
    let name = declared(bytes);
    let Some(encoding) = named(&name) else {
        let remark = format!("MSH-18: charset `{name}` is not known here; read as {}", guessed(bytes).name());
        return (guessed(bytes).decode_without_bom_handling(bytes).0, Some(remark));
    };
    // Senders that say ASCII or nothing often mean something wider.
    let encoding = if encoding == UTF_8 { guessed(bytes) } else { encoding };
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    let remark =
        faulty.then(|| format!("MSH-18: bytes that are not {} were replaced by U+FFFD", encoding.name()));
    (text, remark)
}

/// MSH-18, first repetition, read from the bytes as they are: all charsets of the table keep ASCII in the header.
fn declared(bytes: &[u8]) -> String {
    let start = bytes.iter().position(|one| !one.is_ascii_whitespace() && *one != 0x0b).unwrap_or(0);
    let line = bytes[start..].split(|one| matches!(one, b'\r' | b'\n')).next().unwrap_or_default();
    let Some(&separator) = line.get(3).filter(|_| line.starts_with(b"MSH")) else {
        return String::new();
    };
    let field = line.split(|one| *one == separator).nth(17).unwrap_or_default();
    let first = field.split(|one| *one == b'~').next().unwrap_or_default();
    String::from_utf8_lossy(first).trim().to_ascii_uppercase()
}

/// The encoding of a name of table 0211; UTF-8 for none.
fn named(name: &str) -> Option<&'static Encoding> {
    let encoding = match name {
        "" | "ASCII" | "US-ASCII" | "UNICODE" | "UNICODE UTF-8" | "UTF-8" => UTF_8,
        "8859/1" | "ISO IR100" | "ANSI" | "WINDOWS-1252" => WINDOWS_1252,
        "UNICODE UTF-16" => UTF_16BE,
        "UTF-16LE" => UTF_16LE,
        "ISO IR87" | "ISO IR159" | "ISO IR14" => ISO_2022_JP,
        "SHIFT_JIS" | "MS932" => SHIFT_JIS,
        "GB 18030-2000" | "GB18030" => GB18030,
        "KS X 1001" => EUC_KR,
        "BIG-5" => BIG5,
        _ => {
            let label =
                name.strip_prefix("8859/").map_or_else(|| name.to_owned(), |part| format!("ISO-8859-{part}"));
            return Encoding::for_label(label.as_bytes());
        }
    };
    Some(encoding)
}

/// UTF-8 when the bytes are, else Windows-1252, in which any byte is a character.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }
}
