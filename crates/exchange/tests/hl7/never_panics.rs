//! Any bytes are a message or a refusal.

use exchange::hl7::{Ack, Delimiters, Place, acknowledge, batch, escape, read, unescape};
use proptest::prelude::*;

use super::{show, source};

/// Does with `bytes` all that a listener does.
fn handle(bytes: &[u8]) {
    for message in batch::messages(bytes).into_iter().chain([bytes]) {
        let verdict = match read(message, &source()).and_then(|message| message.arrival()) {
            Ok(_) => Ack::Accept,
            Err(refusal) => Ack::Error(refusal),
        };
        let _ = acknowledge(message, &verdict, jiff::Timestamp::UNIX_EPOCH);
    }
}

fn own_messages() -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(show::tests().join("resources/hl7")).unwrap().flatten();
    let paths = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "hl7"));
    paths.map(|path| std::fs::read(path).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..800)) {
        handle(&bytes);
        handle(&[b"MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|2.5\r", &bytes[..]].concat());
    }

    #[test]
    fn any_change_of_a_message_comes_to_an_end(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), piece in "[|^~\\\\&\r\"0-9A-ZÄ+.-]{0,6}", cut in 0usize..12) {
        let messages = own_messages();
        let mut bytes = which.get(&messages).clone();
        let at = at.index(bytes.len());
        bytes.splice(at..(at + cut).min(bytes.len()), piece.bytes());
        handle(&bytes);
    }

    #[test]
    fn what_is_escaped_comes_back(text in "[ -~äß\n]{0,60}", marks in prop::sample::subsequence(vec!['|', '^', '~', '&', '$', '*', '@', '#'], 4)) {
        let delimiters = Delimiters { field: marks[0], component: marks[1], repetition: marks[2], escape: Some('\\'), subcomponent: marks[3] };
        let escaped = escape(&text, &delimiters);
        prop_assert!(!escaped.contains(['\r', '\n', marks[0], marks[1], marks[2], marks[3]]));
        prop_assert_eq!(unescape(&escaped, &delimiters), text);
    }

    #[test]
    fn places_are_read_as_written(segment in "[A-Z][A-Z0-9]{2}", number in 1usize..50, field in 0usize..60) {
        let place = Place { segment, number, field };
        prop_assert_eq!(Place::parse(&place.to_string()), Some(place));
    }
}

#[test]
fn escapes_of_every_kind_are_resolved_and_others_stay() {
    let usual = Delimiters::default();
    let cases = [
        ("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", "a|b^c&d~e\\f"),
        ("line one\\.br\\line two\\.sp2\\three", "line one\nline two\n\nthree"),
        ("\\H\\bold\\N\\ text", "bold text"),
        ("\\X0D0A\\next", "\nnext"),
        ("\\XC3A4\\ and \\XE4\\", "ä and ä"),
        ("C:\\temp\\file and \\Zlocal\\", "C:\\temp\\file and \\Zlocal\\"),
        ("ends with \\", "ends with \\"),
        ("\\XÄ\\ \\X1\\ \\.\\", "\\XÄ\\ \\X1\\ \\.\\"),
    ];
    for (text, expected) in cases {
        assert_eq!(unescape(text, &usual), expected, "{text}");
    }
}
