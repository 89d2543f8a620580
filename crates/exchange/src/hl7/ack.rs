//! Acknowledgements: what the sender is answered, in original and enhanced mode (chapter 2.9).

use chart::intake::Refusal;
use jiff::Timestamp;

use super::escape::escape;
use super::segment::{Delimiters, Place, Segment};
use super::{charset, segment, time};

/// The verdict on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ack {
    /// Stored; it will be applied, or was.
    Accept,
    /// Stored, but it cannot be applied as it is: this is wrong with it.
    Error(Refusal),
    /// Not taken: this is wrong with it. The sender may try again or must ask.
    Reject(Refusal),
}

impl Ack {
    /// The code of table 0008: two letters, the first by mode.
    fn code(&self, enhanced: bool) -> &'static str {
        match (self, enhanced) {
            (Self::Accept, false) => "AA",
            (Self::Error(_), false) => "AE",
            (Self::Reject(_), false) => "AR",
            (Self::Accept, true) => "CA",
            (Self::Error(_), true) => "CE",
            (Self::Reject(_), true) => "CR",
        }
    }

    const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Accept => None,
            Self::Error(refusal) | Self::Reject(refusal) => Some(refusal),
        }
    }
}

/// The answer to `message` (its bytes, readable or not), or none where its header asks for none.
///
/// Original mode (MSH-15 and MSH-16 blank) is always answered, AA, AE or AR. In enhanced mode MSH-15 says when a
/// commit is wanted (CA, CE, CR), and where only MSH-16 asks, the answer is that of original mode. A message without a
/// readable header is answered with what can be said, in the usual delimiters. `at` becomes the time of the answer,
/// and the control id is that of the message.
#[must_use]
pub fn acknowledge(message: &[u8], verdict: &Ack, at: Timestamp) -> Option<Vec<u8>> {
    let (text, _) = charset::decode(message);
    let text = text.trim_start_matches(['\u{b}', '\u{feff}', '\r', '\n', ' ']);
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    let delimiters = if line.starts_with("MSH") { Delimiters::of_header(line) } else { None };
    let used = delimiters.unwrap_or_default();
    let header = segment::split(line, used).0;
    let msh = header.first().copied().filter(|first| first.name == "MSH" && delimiters.is_some());
    let enhanced = mode(msh, verdict)?;
    let segments = [answer_header(msh, &used, at), verdict_segment(msh, verdict, enhanced, &used)];
    let error = verdict.refusal().map(|refusal| error(refusal, &version(msh), &used));
    let all: String = segments.into_iter().chain(error).map(|segment| segment + "\r").collect();
    Some(all.into_bytes())
}

/// Whether the answer is a commit of enhanced mode; None when no answer is wanted.
fn mode(msh: Option<Segment<'_>>, verdict: &Ack) -> Option<bool> {
    let wish = |at| msh.map(|msh| msh.field(at).text()).unwrap_or_default();
    let wanted = |wish: &str| match wish {
        "AL" => true,
        "ER" => *verdict != Ack::Accept,
        "SU" => *verdict == Ack::Accept,
        _ => false,
    };
    match (wish(15).as_str(), wish(16).as_str()) {
        ("", "") => Some(false),
        (commit, _) if wanted(commit) => Some(true),
        (_, application) if wanted(application) => Some(false),
        _ => None,
    }
}

fn version(msh: Option<Segment<'_>>) -> String {
    msh.and_then(|msh| msh.field(12).component(1).said()).unwrap_or_else(|| "2.5".into())
}

/// MSH with sender and receiver changed over.
fn answer_header(msh: Option<Segment<'_>>, used: &Delimiters, at: Timestamp) -> String {
    // As sent, delimiters and escapes included: the answer uses the same.
    let raw = |field: usize| msh.map(|msh| msh.field(field).raw().trim().to_owned()).unwrap_or_default();
    let event = msh.map(|msh| msh.field(9).component(2).raw().trim().to_owned()).unwrap_or_default();
    let kind =
        if event.is_empty() { "ACK".to_owned() } else { format!("ACK{c}{event}{c}ACK", c = used.component) };
    let processing = Some(raw(11)).filter(|text| !text.is_empty()).unwrap_or_else(|| "P".into());
    let escape_character = used.escape.map(String::from).unwrap_or_default();
    let encoding = format!("{}{}{escape_character}{}", used.component, used.repetition, used.subcomponent);
    let fields = [
        "MSH".into(),
        encoding,
        raw(5),
        raw(6),
        raw(3),
        raw(4),
        time::written(at),
        String::new(),
        kind,
        raw(10),
        processing,
        version(msh),
    ];
    // The answer is written in UTF-8, and says so where it matters.
    let joined = fields.join(&used.field.to_string());
    if joined.is_ascii() {
        joined
    } else {
        format!("{joined}{}UNICODE UTF-8", String::from(used.field).repeat(6))
    }
}

fn verdict_segment(msh: Option<Segment<'_>>, verdict: &Ack, enhanced: bool, used: &Delimiters) -> String {
    let id = msh.map(|msh| msh.field(10).raw().trim().to_owned()).unwrap_or_default();
    let text = verdict.refusal().map(|refusal| escape(&refusal.to_string(), used)).unwrap_or_default();
    let said = ["MSA".to_owned(), verdict.code(enhanced).to_owned(), id, text].join(&used.field.to_string());
    said.trim_end_matches(used.field).to_owned()
}

/// ERR: the place in its fields, since version 2.5 with code, severity and words for people.
fn error(refusal: &Refusal, version: &str, used: &Delimiters) -> String {
    let (f, c, s) = (used.field, used.component, used.subcomponent);
    let place = Place::parse(&refusal.place);
    let (code, words) = condition(refusal, place.as_ref());
    let at = |by: char| {
        place.as_ref().map_or_else(String::new, |place| {
            let field = if place.field == 0 { String::new() } else { format!("{by}{}", place.field) };
            format!("{}{by}{}{field}", place.segment, place.number)
        })
    };
    let old = matches!(version, "2.1" | "2.2" | "2.3" | "2.3.1" | "2.4");
    if old {
        let gap = if place.as_ref().is_some_and(|place| place.field > 0) { "" } else { "^" }
            .replace('^', &c.to_string());
        return format!("ERR{f}{}{gap}{c}{code}{s}{words}{s}HL70357", at(c));
    }
    let what = escape(&refusal.what, used);
    format!("ERR{f}{f}{}{f}{code}{c}{words}{c}HL70357{f}E{f}{f}{f}{f}{what}", at(c))
}

/// The condition of table 0357 that comes nearest.
fn condition(refusal: &Refusal, place: Option<&Place>) -> (&'static str, &'static str) {
    match place {
        Some(place) if place.field == 0 => ("100", "Segment sequence error"),
        Some(_) if refusal.what.starts_with("no ") => ("101", "Required field missing"),
        Some(_) => ("102", "Data type error"),
        None => ("207", "Application internal error"),
    }
}
