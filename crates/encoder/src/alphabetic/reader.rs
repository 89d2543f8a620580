//! Walking the terms of an index document: every term with the titles above it.

use codeset::Code;
use roxmltree::Node;

/// A term's title: its words, and those in brackets that may or may not be said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Title {
    pub words: String,
    pub may_be_said: String,
}

/// Calls `visit` with every term under `node` and the titles from the main term down to it.
pub(super) fn walk<'d>(
    node: Node<'d, 'd>,
    path: &mut Vec<Title>,
    visit: &mut dyn FnMut(Node<'d, 'd>, &[Title]),
) {
    for term in node.children().filter(|child| child.has_tag_name("mainTerm") || child.has_tag_name("term")) {
        path.push(title(term));
        visit(term, path);
        walk(term, path, visit);
        path.pop();
    }
}

fn title(term: Node<'_, '_>) -> Title {
    let Some(node) = child(term, "title") else { return Title::default() };
    let mut title = Title::default();
    for text in node.descendants().filter(Node::is_text) {
        let is_nonessential = text.ancestors().any(|above| above.has_tag_name("nemod"));
        let part = if is_nonessential { &mut title.may_be_said } else { &mut title.words };
        part.push_str(text.text().unwrap_or_default());
        part.push(' ');
    }
    Title { words: even(&title.words), may_be_said: even(&title.may_be_said) }
}

/// The first element of `node` with the name.
pub(super) fn child<'d>(node: Node<'d, 'd>, name: &str) -> Option<Node<'d, 'd>> {
    node.children().find(|child| child.has_tag_name(name))
}

/// The words of the first element of `node` with the name.
pub(super) fn child_text(node: Node<'_, '_>, name: &str) -> Option<String> {
    let text = even(child(node, name)?.text()?);
    (!text.is_empty()).then_some(text)
}

/// A code as the index writes it: `C79.8-` says that characters are to follow.
pub(super) fn code(text: &str) -> Option<Code> {
    let code = Code::parse(text.trim().trim_end_matches('-').trim_end_matches('.')).ok()?;
    let text = code.to_string();
    let is_code = text.len() >= 3 && text.starts_with(|c: char| c.is_ascii_uppercase());
    is_code.then_some(code)
}

fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
