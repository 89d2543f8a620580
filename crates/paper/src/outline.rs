//! Where headings stand: for the table of contents, the tops of pages and the bookmarks.

use std::collections::HashMap;

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

use crate::galley::Anchor;
use crate::pages::Page;
use crate::sheet::{Level, Points};

/// Bookmarks are cut to this many characters; PDF/A limits its strings to 32,767 bytes.
const BOOKMARK_CHARACTERS: usize = 200;

/// The page of every heading, from 0, with its distance from the upper edge.
pub(crate) struct Places(HashMap<usize, (usize, Points)>);

impl Places {
    pub(crate) fn of(pages: &[Page], body_top: Points) -> Self {
        let on_page = |(page, content): (usize, &Page)| -> Vec<(usize, (usize, Points))> {
            content.headings.iter().map(|(heading, y)| (*heading, (page, body_top + y))).collect()
        };
        Self(pages.iter().enumerate().flat_map(on_page).collect())
    }

    /// The number printed on the page of a heading.
    pub(crate) fn page_number(&self, heading: usize) -> String {
        self.0.get(&heading).map_or_else(|| "–".to_owned(), |(page, _)| (page + 1).to_string())
    }
}

/// For every page, the chapter and part that its first line belongs to.
pub(crate) fn running(pages: &[Page], anchors: &[Anchor]) -> Vec<String> {
    let (mut chapter, mut part) = ("", "");
    let mut titles = Vec::new();
    for page in pages {
        let mut shown = joined(chapter, part);
        for (heading, y) in &page.headings {
            match anchors[*heading].level {
                Level::Chapter => (chapter, part) = (&anchors[*heading].text, ""),
                Level::Part => part = &anchors[*heading].text,
                Level::Section | Level::Detail => {}
            }
            if *y == 0.0 {
                shown = joined(chapter, part);
            }
        }
        titles.push(shown);
    }
    titles
}

fn joined(chapter: &str, part: &str) -> String {
    if part.is_empty() { chapter.to_owned() } else { format!("{chapter} · {part}") }
}

/// Bookmarks: chapters, with their parts below them.
pub(crate) fn outline(places: &Places, anchors: &[Anchor], left: Points) -> Outline {
    let mut outline = Outline::new();
    let mut chapter: Option<OutlineNode> = None;
    for (at, anchor) in anchors.iter().enumerate() {
        let Some((page, y)) = places.0.get(&at) else { continue };
        let text = || anchor.text.chars().take(BOOKMARK_CHARACTERS).collect();
        let node = || OutlineNode::new(text(), XyzDestination::new(*page, Point::from_xy(left, *y)));
        match (anchor.level, &mut chapter) {
            (Level::Chapter, _) => {
                if let Some(done) = chapter.replace(node()) {
                    outline.push_child(done);
                }
            }
            (Level::Part, Some(chapter)) => chapter.push_child(node()),
            (Level::Part, None) => outline.push_child(node()),
            (Level::Section | Level::Detail, _) => {}
        }
    }
    if let Some(last) = chapter {
        outline.push_child(last);
    }
    outline
}
