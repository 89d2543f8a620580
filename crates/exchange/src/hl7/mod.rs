//! HL7 version 2 messages: read into changes, and acknowledged.
//!
//! [`read`] takes one message apart far enough to answer it and to order it ([`Message::sender`],
//! [`Message::control_id`], [`Message::order_key`]); [`Message::arrival`] reads what it does to the record. The two are
//! apart because a message is stored before it is acknowledged, and what cannot be filed is kept all the same.
//! [`mllp`] takes the stream apart, [`batch`] files; [`acknowledge`] answers.
//!
//! Which event does what is `data/exchange/hl7/trigger.tsv`; the whole mapping is told in `docs/hl7.md`.

mod ack;
mod arrival;
pub mod batch;
mod charset;
mod clinical;
mod desk;
mod document;
mod escape;
mod finding;
mod group;
mod identity;
pub mod mllp;
mod money;
mod orders;
mod person;
mod results;
mod schedule;
mod segment;
mod tables;
pub(crate) mod time;
mod types;
mod vaccine;
mod visit;

use chart::intake::{Arrival, Refusal, SourceKey};
use jiff::tz::TimeZone;

pub use ack::{Ack, acknowledge};
pub use escape::{escape, unescape};
pub use segment::{Delimiters, Field, Place, Segment};

/// The media type of messages as originals.
pub const MEDIA_TYPE: &str = "x-application/hl7-v2+er7";

/// What a receiver knows of whoever sends, beyond what the messages say.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name for keys where a message names neither assigning authority nor sender: the interface's own.
    pub name: String,
    /// The zone of times that carry no offset.
    pub zone: TimeZone,
}

/// A message of which the header has been read.
#[derive(Debug, Clone)]
pub struct Message {
    bytes: Vec<u8>,
    text: String,
    delimiters: Delimiters,
    zone: TimeZone,
    oddities: Vec<String>,
    application: String,
    facility: String,
    sender_key: String,
    control_id: String,
    code: String,
    event: String,
}

/// Reads a message as far as its header.
///
/// # Errors
/// When there is no readable MSH, or it lacks the message type (MSH-9) or the control id (MSH-10).
pub fn read(bytes: &[u8], source: &Source) -> Result<Message, Refusal> {
    let (text, odd_charset) = charset::decode(bytes);
    let text = text.trim_start_matches(['\u{b}', '\u{feff}', '\r', '\n', ' ']).to_owned();
    let delimiters = header_delimiters(&text)?;
    let (segments, odd_lines) = segment::split(&text, delimiters);
    let mut oddities: Vec<String> = odd_charset.into_iter().collect();
    oddities.extend(odd_lines.iter().map(|line| format!("line {line}: not a segment; left out")));
    let Some(msh) = segments.first().filter(|first| first.name == "MSH") else {
        return Err(no_header());
    };
    let said = |at: usize| msh.field(at).component(1).text();
    let (application, facility) = (said(3), said(4));
    let (code, event) = message_type(*msh)?;
    let control_id = said(10);
    if control_id.is_empty() {
        let what = "no control id; the message cannot be acknowledged or told from a repetition without it";
        return Err(desk::refusal(&msh.field(10).place(), what));
    }
    let sender_key =
        [&facility, &application, &source.name].into_iter().find(|name| !name.is_empty()).cloned();
    Ok(Message {
        bytes: bytes.to_vec(),
        delimiters,
        zone: source.zone.clone(),
        oddities,
        application,
        facility,
        sender_key: sender_key.unwrap_or_default(),
        control_id,
        code,
        event,
        text,
    })
}

fn no_header() -> Refusal {
    let what = "no message header; a message begins with MSH and its delimiters, as in MSH|^~\\&|";
    Refusal { place: "MSH".into(), what: what.into() }
}

fn header_delimiters(text: &str) -> Result<Delimiters, Refusal> {
    let header = text.split(['\r', '\n']).next().filter(|line| line.starts_with("MSH"));
    header.and_then(Delimiters::of_header).ok_or_else(no_header)
}

/// The message code and the trigger event (MSH-9); older senders give the event in EVN-1 only.
fn message_type(msh: Segment<'_>) -> Result<(String, String), Refusal> {
    let field = msh.field(9);
    let code = field.component(1).text();
    if code.is_empty() {
        return Err(desk::refusal(&field.place(), "no message type, such as ADT^A01"));
    }
    Ok((code, field.component(2).text()))
}

impl Message {
    /// Who sent it: `application|facility` (MSH-3, MSH-4), as sent.
    #[must_use]
    pub fn sender(&self) -> String {
        format!("{}|{}", self.application, self.facility)
    }

    /// Its number at the sender (MSH-10). With [`Message::sender`] it tells a repetition.
    #[must_use]
    pub fn control_id(&self) -> &str {
        &self.control_id
    }

    /// Its type and event: `ADT^A01`.
    #[must_use]
    pub fn trigger(&self) -> String {
        if self.event.is_empty() { self.code.clone() } else { format!("{}^{}", self.code, self.event) }
    }

    /// The patient it is about: messages of one patient are applied in the order they came. None when it names none.
    #[must_use]
    pub fn order_key(&self) -> Option<SourceKey> {
        let desk = desk::Desk::new(&self.sender_key, &self.zone, &self.control_id);
        let segments = self.segments();
        let pid = segments.iter().find(|segment| segment.name == "PID")?;
        person::key_of(*pid, &desk)
    }

    /// What it does to the record.
    ///
    /// # Errors
    /// When something without which nothing can be filed is missing; the refusal's place is a segment or field.
    pub fn arrival(&self) -> Result<Arrival, Refusal> {
        arrival::read(self)
    }

    /// Its segments, in order.
    #[must_use]
    pub fn segments(&self) -> Vec<Segment<'_>> {
        segment::split(&self.text, self.delimiters).0
    }
}
