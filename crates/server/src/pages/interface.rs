//! Messages of other systems, and what became of them.

use serde::Serialize;

use super::Page;
use super::frame::Crumb;
use super::parts::{Choice, Fact, Pager, Table};

/// The list of messages.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MessagesPage {
    pub(crate) filters: Vec<Choice>,
    pub(crate) table: Table,
    pub(crate) pager: Pager,
}

impl Page for MessagesPage {
    const TEMPLATE: &'static str = "interface/messages.html";
    fn title(&self) -> String {
        "Messages".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Messages")]
    }
}

/// One message, laid out, with the means to mend it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MessagePage {
    pub(crate) kind: String,
    pub(crate) state: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) facts: Vec<Fact>,
    /// Why it was rejected.
    pub(crate) reason: String,
    /// The text, to read or to mend.
    pub(crate) text: String,
    pub(crate) segments: Vec<Segment>,
    /// Its address, when the reader may mend it and it waits for that.
    pub(crate) mend: Option<String>,
}

/// A segment of an HL7 v2 message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Segment {
    pub(crate) name: String,
    pub(crate) fields: Vec<SegmentField>,
}

/// A field that is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SegmentField {
    pub(crate) number: usize,
    pub(crate) text: String,
}

impl Page for MessagePage {
    const TEMPLATE: &'static str = "interface/message.html";
    fn title(&self) -> String {
        format!("Message {}", self.kind)
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Messages", "/messages"), Crumb::here(self.kind.clone())]
    }
}

/// Lays out an HL7 v2 text for reading; empty when it is none. Only for the eye: it never refuses.
pub(crate) fn segments(text: &str) -> Vec<Segment> {
    let Some(separator) = text.strip_prefix("MSH").and_then(|rest| rest.chars().next()) else {
        return Vec::new();
    };
    text.split(['\r', '\n']).filter(|line| !line.is_empty()).map(|line| segment(line, separator)).collect()
}

fn segment(line: &str, separator: char) -> Segment {
    let mut fields = line.split(separator);
    let name = fields.next().unwrap_or_default().to_owned();
    // The first field of MSH is the separator itself.
    let from = if name == "MSH" { 2 } else { 1 };
    let fields = (from..)
        .zip(fields)
        .filter(|(_, text)| !text.is_empty())
        .map(|(number, text)| SegmentField { number, text: text.to_owned() });
    Segment { name, fields: fields.collect() }
}

#[cfg(test)]
mod samples {
    use super::super::Samples;
    use super::super::parts::Cell;
    use super::*;

    impl Samples for MessagesPage {
        fn samples() -> Vec<Self> {
            let table = Table::new("Rejected", &["Kind", "Came", "Reason"], "Nothing is rejected.");
            let row =
                vec![Cell::new("ADT^A01").link("/messages/1"), Cell::new("x"), Cell::new("PID-3 is empty")];
            let full = Self {
                filters: vec![
                    Choice::new("rejected", "Rejected", "rejected"),
                    Choice::new("", "All", "rejected"),
                ],
                table: table.clone().rows([row]),
                pager: Pager::default(),
            };
            vec![Self { table, ..Self::default() }, full]
        }
    }
    impl Samples for MessagePage {
        fn samples() -> Vec<Self> {
            let text = "MSH|^~\\&|LAB\rPID|1||77".to_owned();
            let read = Self { kind: "ADT^A01".into(), text: text.clone(), ..Self::default() };
            let mend = Self {
                segments: segments(&text),
                facts: vec![Fact { label: "Sender", value: "LAB".into() }],
                reason: "PID-5 is empty".into(),
                mend: Some("/messages/1".into()),
                ..read.clone()
            };
            vec![Self::default(), read, mend]
        }
    }

    #[test]
    fn a_message_is_laid_out_with_the_numbers_of_its_fields() {
        let laid = segments("MSH|^~\\&|LAB\rPID|1||77\r\n");
        let numbers = |segment: &Segment| segment.fields.iter().map(|field| field.number).collect::<Vec<_>>();
        assert_eq!(laid.iter().map(numbers).collect::<Vec<_>>(), [vec![2, 3], vec![1, 3]]);
        assert!(segments("{\"resourceType\"").is_empty());
    }
}
