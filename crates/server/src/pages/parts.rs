//! Parts that many pages are made of.

use serde::Serialize;

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// A second line, smaller.
    pub(crate) note: String,
    pub(crate) href: Option<String>,
    /// How it looks: `struck`, `high`, `low`, `odd`, `tag stop` …; empty for plain.
    pub(crate) mark: &'static str,
    pub(crate) number: bool,
}

impl Cell {
    /// Plain words; a dash where there are none.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let text = if text.is_empty() { crate::show::NOTHING.into() } else { text };
        Self { text, ..Self::default() }
    }
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
    pub(crate) fn link(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
    pub(crate) const fn mark(mut self, mark: &'static str) -> Self {
        self.mark = mark;
        self
    }
    pub(crate) const fn number(mut self) -> Self {
        self.number = true;
        self
    }
}

/// A table with what to say when it is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Table {
    pub(crate) caption: String,
    /// `12 of 340`; empty when all is shown.
    pub(crate) count_note: String,
    pub(crate) columns: Vec<&'static str>,
    /// The first cell of a row names it.
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) empty: &'static str,
}

impl Table {
    pub(crate) fn new(caption: impl Into<String>, columns: &[&'static str], empty: &'static str) -> Self {
        Self { caption: caption.into(), columns: columns.to_vec(), empty, ..Self::default() }
    }
    pub(crate) fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows = rows.into_iter().collect();
        self
    }
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Fact {
    pub(crate) label: &'static str,
    pub(crate) value: String,
}

impl Fact {
    /// A fact worth a line; `None` when there is nothing to say.
    pub(crate) fn new(label: &'static str, value: impl Into<String>) -> Option<Self> {
        let value = value.into();
        (!value.is_empty() && value != crate::show::NOTHING).then_some(Self { label, value })
    }
}

/// A choice of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Choice {
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) note: String,
    pub(crate) chosen: bool,
}

impl Choice {
    pub(crate) fn new(key: impl Into<String>, label: impl Into<String>, chosen: &str) -> Self {
        let key = key.into();
        Self { chosen: key == chosen, key, label: label.into(), note: String::new() }
    }
}

/// Choices under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChoiceGroup {
    pub(crate) label: String,
    pub(crate) options: Vec<Choice>,
}

/// A word in a coloured frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tag {
    /// `stop`, `warn`, `good`, `note` or empty.
    pub(crate) tone: &'static str,
    pub(crate) text: String,
}

/// Ways to what is on other pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Pager {
    pub(crate) older: Option<String>,
    pub(crate) newer: Option<String>,
}

/// A person that a form has found by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Found {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Birth date, sex, record number.
    pub(crate) facts: String,
    /// The digits of the end tab.
    pub(crate) filing: Vec<u8>,
}

/// A file among the originals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FileView {
    pub(crate) href: String,
    pub(crate) title: String,
    /// Its kind and size.
    pub(crate) about: String,
    /// `image`, `pdf`, or empty when a browser should not show it.
    pub(crate) shown: &'static str,
}

impl FileView {
    /// How a browser shows this kind of file in a page.
    pub(crate) fn shown(media_type: &str) -> &'static str {
        match media_type {
            "image/jpeg" | "image/png" | "image/gif" | "image/webp" => "image",
            "application/pdf" => "pdf",
            _ => "",
        }
    }
}

/// A piece of found text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) marked: bool,
}

/// A place in a chart where the words looked for stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Hit {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) pieces: Vec<Piece>,
}
