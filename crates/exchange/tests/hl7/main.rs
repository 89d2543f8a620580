//! The HL7 version 2 reader on messages of our own, on a corpus, and on garbage.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod acknowledging;
mod framing;
mod never_panics;
mod show;

use exchange::hl7::{Source, batch, read};
use jiff::tz::{Offset, TimeZone};

/// An interface in a fixed zone, so that goldens are the same everywhere.
fn source() -> Source {
    Source { name: "interface".into(), zone: TimeZone::fixed(Offset::constant(-5)) }
}

/// What a file of messages gives, as JSON, one value a message.
fn shown(file: &[u8]) -> serde_json::Value {
    let messages = batch::messages(file);
    let messages = if messages.is_empty() { vec![file] } else { messages };
    let all = messages.iter().map(|bytes| {
        let message = match read(bytes, &source()) {
            Ok(message) => message,
            Err(refusal) => return serde_json::json!({"refused at the door": refusal.to_string()}),
        };
        let (sender, order) = (message.sender(), message.order_key().map(|key| key.to_string()));
        let head = serde_json::json!({"sender": sender, "id": message.control_id(), "of": order});
        match message.arrival() {
            Ok(arrival) => serde_json::json!({"message": head, "arrival": show::arrival(&arrival)}),
            Err(refusal) => serde_json::json!({"message": head, "refused": refusal.to_string()}),
        }
    });
    all.collect()
}

#[test]
fn our_own_messages_give_what_their_goldens_say() {
    let folder = show::tests().join("resources/hl7");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().flatten().map(|one| one.path()).collect();
    files.sort();
    let messages: Vec<_> =
        files.iter().filter(|path| path.extension().is_some_and(|end| end == "hl7")).collect();
    assert!(messages.len() >= 25, "{} messages", messages.len());
    for path in messages {
        let actual = serde_json::to_string_pretty(&shown(&std::fs::read(path).unwrap())).unwrap();
        show::check(&path.with_extension("json"), &(actual + "\n"));
    }
}

#[test]
fn every_message_at_hand_is_read_as_its_golden_says() {
    let Some(files) = show::corpus("hl7v2") else {
        println!("skipped: the sample messages are not at hand");
        return;
    };
    let mut all = String::new();
    for path in &files {
        let name = path.file_stem().unwrap().to_string_lossy();
        let bytes = std::fs::read(path).unwrap();
        let message = read(&bytes, &source()).unwrap();
        match message.arrival() {
            Ok(arrival) => all.push_str(&show::structure(&name, &arrival)),
            Err(refusal) => all.push_str(&format!("{name}: {} refused: {refusal}\n", message.trigger())),
        }
    }
    show::check(&show::tests().join("golden/hl7.txt"), &all);
    assert_eq!(files.len(), 139);
}

/// Prints one message of the corpus with all that was read: `CHARTROOM_SHOW=ADT-A01-01 cargo test … -- --nocapture`.
#[test]
fn a_message_can_be_looked_at() {
    let (Ok(name), Some(files)) = (std::env::var("CHARTROOM_SHOW"), show::corpus("hl7v2")) else { return };
    for path in files.iter().filter(|path| path.to_string_lossy().contains(&name)) {
        let read = shown(&std::fs::read(path).unwrap());
        println!("{}\n{}", path.display(), serde_json::to_string_pretty(&read).unwrap());
    }
}
