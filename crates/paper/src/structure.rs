//! What the parts of a print are to each other, for those who hear it read (tagged PDF, ISO 32000-1, 14.8).

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use crate::sheet::Level;

/// The language that the program itself speaks in a print.
const LANGUAGE: &str = "en-US";

/// The name of a part is cut to this many characters, its text is not; PDF/A limits its strings to 32,767 bytes.
const NAME_CHARACTERS: usize = 1_000;

/// A part by its place in the [`Structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PartId(usize);

/// What a part is.
#[derive(Debug, Clone)]
pub(crate) enum Role {
    Title(String),
    Heading(Level, String),
    Paragraph,
    List,
    Item,
    ItemText,
    Table,
    Row,
    ColumnHeading,
    Cell,
    Figure(String),
    Contents,
    ContentsLine,
}

impl Role {
    fn tag(&self) -> TagKind {
        match self {
            Self::Title(text) => heading(1, text),
            Self::Heading(Level::Chapter, text) => heading(2, text),
            Self::Heading(Level::Part, text) => heading(3, text),
            Self::Heading(Level::Section, text) => heading(4, text),
            Self::Heading(Level::Detail, text) => heading(5, text),
            Self::Paragraph => Tag::P.into(),
            Self::List => Tag::L(ListNumbering::Disc).into(),
            Self::Item => Tag::LI.into(),
            Self::ItemText => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::Row => Tag::TR.into(),
            Self::ColumnHeading => Tag::TH(TableHeaderScope::Column).into(),
            Self::Cell => Tag::TD.into(),
            Self::Figure(text) => Tag::Figure(Some(cut(text))).into(),
            Self::Contents => Tag::TOC.into(),
            Self::ContentsLine => Tag::TOCI.into(),
        }
    }
}

fn heading(level: u16, text: &str) -> TagKind {
    Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(cut(text))).into()
}

fn cut(text: &str) -> String {
    text.chars().take(NAME_CHARACTERS).collect()
}

/// The parts of a print, each below the one it belongs to.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    parts: Vec<(Option<PartId>, Role)>,
}

impl Structure {
    pub(crate) fn add(&mut self, under: Option<PartId>, role: Role) -> PartId {
        self.parts.push((under, role));
        PartId(self.parts.len() - 1)
    }

    /// The tree for the PDF, with what was drawn of each part, in the order drawn.
    pub(crate) fn tree(&self, drawn: Vec<(PartId, Identifier)>) -> TagTree {
        let mut groups: Vec<Option<TagGroup>> =
            self.parts.iter().map(|(_, role)| Some(TagGroup::new(role.tag()))).collect();
        for (part, identifier) in drawn {
            if let Some(group) = &mut groups[part.0] {
                group.push(identifier);
            }
        }
        self.nested(groups)
    }

    /// Hangs every group below its parent. A part stands after its parent in the list, so the last come first.
    fn nested(&self, mut groups: Vec<Option<TagGroup>>) -> TagTree {
        let mut children: Vec<Vec<Node>> = self.parts.iter().map(|_| Vec::new()).collect();
        let mut top = Vec::new();
        for at in (0..self.parts.len()).rev() {
            let Some(mut group) = groups[at].take() else { continue };
            for child in children[at].drain(..).rev() {
                group.push(child);
            }
            match self.parts[at].0 {
                Some(parent) => children[parent.0].push(group.into()),
                None => top.push(Node::from(group)),
            }
        }
        let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
        for node in top.into_iter().rev() {
            tree.push(node);
        }
        tree
    }
}
