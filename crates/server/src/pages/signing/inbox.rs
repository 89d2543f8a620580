//! The provider's inbox.

use serde::Serialize;

use super::super::frame::Crumb;

/// Everything that waits for one person.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct InboxPage {
    /// `12 items, about 20 minutes`.
    pub(crate) summary: String,
    pub(crate) items: Vec<ItemView>,
    /// Letters to be read: address, and `Second notice, sent 2026-11-14`.
    pub(crate) letters: Vec<(String, String)>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ItemView {
    pub(crate) href: String,
    /// `Read and co-sign`.
    pub(crate) work: &'static str,
    pub(crate) what: String,
    /// The patient, with record number and birth date.
    pub(crate) patient: String,
    pub(crate) facts: String,
    pub(crate) since: String,
    /// `2 blanks`, `overdue`; empty for nothing.
    pub(crate) tag: String,
    pub(crate) minutes: u32,
}

impl super::super::Page for InboxPage {
    const TEMPLATE: &'static str = "signing/inbox.html";
    fn title(&self) -> String {
        "Inbox".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Inbox")]
    }
}

#[cfg(test)]
mod samples {
    use super::super::super::Samples;
    use super::*;

    impl Samples for InboxPage {
        fn samples() -> Vec<Self> {
            let item = ItemView {
                href: "/inbox/dictations/1".into(),
                work: "Read and sign a dictation",
                what: "Operative report".into(),
                patient: "Quill, Ada".into(),
                facts: "born 1957-03-02 · MC100".into(),
                since: "2026-11-20 09:31".into(),
                tag: "2 blanks".into(),
                minutes: 3,
            };
            let other = ItemView { tag: String::new(), ..item.clone() };
            vec![
                Self::default(),
                Self {
                    summary: "2 items, about 6 minutes".into(),
                    items: vec![item, other],
                    letters: vec![("/inbox/letters/1".into(), "Second notice, sent 2026-11-14".into())],
                },
            ]
        }
    }
}
