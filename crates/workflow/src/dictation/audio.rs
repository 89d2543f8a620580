//! What a sound file is, by its first bytes.

use crate::{Error, Result};

/// The longest voice that is taken, in bytes: an hour in good quality.
const MOST_BYTES: usize = 60 * 1024 * 1024;

/// Media types that are taken, with where their mark stands and what it is.
const MEDIA: [(&str, usize, &[u8]); 7] = [
    ("audio/wav", 8, b"WAVE"),
    ("audio/ogg", 0, b"OggS"),
    ("audio/webm", 0, b"\x1a\x45\xdf\xa3"),
    ("audio/mpeg", 0, b"ID3"),
    ("audio/mpeg", 0, b"\xff\xfb"),
    ("audio/mp4", 4, b"ftyp"),
    ("audio/flac", 0, b"fLaC"),
];

/// The media type of a sound file.
///
/// # Errors
/// [`Error::Refused`] when it is none of those a browser plays, or too long.
pub(super) fn media_type(bytes: &[u8]) -> Result<&'static str> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::refused("the recording is larger than 60 MiB: dictate in parts"));
    }
    let is =
        |(_, at, mark): &&(&str, usize, &[u8])| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark));
    let found = MEDIA.iter().find(is).map(|(media_type, ..)| *media_type);
    found.ok_or_else(|| Error::refused("the file is no recording: send WAV, Ogg, WebM, MP3, MP4 or FLAC"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_what_its_bytes_say() {
        assert_eq!(media_type(b"RIFF\x24\0\0\0WAVEfmt ").unwrap(), "audio/wav");
        assert_eq!(media_type(b"\0\0\0\x20ftypM4A ").unwrap(), "audio/mp4");
        assert!(media_type(b"%PDF-1.7").is_err());
        assert!(media_type(b"").is_err());
    }
}
