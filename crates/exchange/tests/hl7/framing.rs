//! Frames on a stream, and batches in files.

use exchange::hl7::batch;
use exchange::hl7::mllp::{Frame, Frames, frame};
use proptest::prelude::*;

#[test]
fn garbage_between_frames_is_counted_and_messages_come_whole() {
    let mut frames = Frames::new(100);
    let mut given = frames.feed(b"noise\x0bMSH|1\x1c\r\r\n\x0bMSH|2\x1c\x0bMSH|3\x1c\r");
    given.extend(frames.finish());
    let message = |text: &str| Frame::Message(text.as_bytes().to_vec());
    assert_eq!(given, [Frame::Garbage(5), message("MSH|1"), message("MSH|2"), message("MSH|3")]);
}

#[test]
fn a_message_longer_than_allowed_is_skipped_and_the_next_is_taken() {
    let mut frames = Frames::new(8);
    let given = frames.feed(b"\x0bMSH|123456789\x1c\r\x0bMSH|4\x1c\r");
    assert_eq!(given, [Frame::TooLong(13), Frame::Message(b"MSH|4".to_vec())]);
}

#[test]
fn a_message_cut_short_is_said_so() {
    let mut frames = Frames::default();
    assert_eq!(frames.feed(b"\x0bMSH|half"), []);
    assert_eq!(frames.finish(), Some(Frame::Garbage(8)));
}

#[test]
fn an_end_byte_inside_a_message_does_not_end_it() {
    let mut frames = Frames::default();
    assert_eq!(frames.feed(b"\x0ba\x1cb\x1c\x1c\r"), [Frame::Message(b"a\x1cb\x1c".to_vec())]);
}

#[test]
fn a_batch_is_taken_apart() {
    let file = b"FHS|^~\\&|A\rBHS|^~\\&|A\rMSH|^~\\&|1\rPID|1\rMSH|^~\\&|2\r\nPID|2\r\nBTS|2\rFTS|1\r";
    let messages: Vec<_> = batch::messages(file).into_iter().map(String::from_utf8_lossy).collect();
    assert_eq!(messages, ["MSH|^~\\&|1\rPID|1\r", "MSH|^~\\&|2\r\nPID|2\r\n"]);
    assert!(batch::messages(b"nothing here").is_empty());
}

proptest! {
    #[test]
    fn however_a_stream_is_cut_the_messages_are_the_same(
        messages in prop::collection::vec("[A-Z|^~\r]{1,40}", 1..6),
        cuts in prop::collection::vec(0usize..300, 0..20),
    ) {
        let stream: Vec<u8> = messages.iter().flat_map(|text| frame(text.as_bytes())).collect();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(stream.len())).chain([0, stream.len()]).collect();
        cuts.sort_unstable();
        let mut frames = Frames::default();
        let given: Vec<_> = cuts.windows(2).flat_map(|cut| frames.feed(&stream[cut[0]..cut[1]])).collect();
        let expected: Vec<_> = messages.iter().map(|text| Frame::Message(text.as_bytes().to_vec())).collect();
        prop_assert_eq!(given, expected);
        prop_assert_eq!(frames.finish(), None);
    }
}
