//! Any bytes, cut into a stream or a file, are messages or refusals; whatever is said is answered.
#![no_main]

use exchange::hl7::mllp::{Frame, Frames};
use exchange::hl7::{Ack, Source, acknowledge, batch, read};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

fn handle(message: &[u8], source: &Source) {
    let read = read(message, source).and_then(|message| {
        let _ = (message.sender(), message.order_key());
        message.arrival()
    });
    let verdict = read.map_or_else(Ack::Error, |_| Ack::Accept);
    if let Some(answer) = acknowledge(message, &verdict, Timestamp::UNIX_EPOCH) {
        assert!(answer.starts_with(b"MSH"));
    }
}

fuzz_target!(|bytes: &[u8]| {
    let source = Source { name: "interface".into(), zone: TimeZone::UTC };
    handle(bytes, &source);
    batch::messages(bytes).into_iter().for_each(|message| handle(message, &source));
    let mut frames = Frames::new(1 << 16);
    for frame in bytes.chunks(7).flat_map(|piece| frames.feed(piece)) {
        if let Frame::Message(message) = frame {
            handle(&message, &source);
        }
    }
});
