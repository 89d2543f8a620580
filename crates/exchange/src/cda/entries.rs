//! Structured entries of sections, by what `data/exchange/cda/section.tsv` says the chart takes from each.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chart::date::When;
use chart::directory::Named;
use chart::entry::EntryContent;
use chart::intake::{Change, SourceKey};
use roxmltree::Node;

use super::desk::Desk;
use super::xml::{at, attribute, child, children, words};
use super::{conditions, drugs, measures, types};

static SECTIONS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| types::rows(include_str!("../../../../data/exchange/cda/section.tsv")).collect());

/// What entries of one document are filed under.
#[derive(Debug)]
pub(super) struct Filing<'f, 'a, 'i> {
    pub(super) desk: &'f Desk<'a, 'i>,
    pub(super) document: &'f SourceKey,
    pub(super) patient: &'f SourceKey,
    pub(super) encounter: Option<&'f SourceKey>,
}

impl Filing<'_, '_, '_> {
    /// The change that files what `node` says.
    pub(super) fn entry(&self, node: Node<'_, '_>, content: EntryContent) -> Change {
        self.entry_as(self.desk.entry_key(node, self.document), content)
    }

    /// The change that files an entry under a key.
    pub(super) fn entry_as(&self, key: SourceKey, content: EntryContent) -> Change {
        let (patient, encounter) = (self.patient.clone(), self.encounter.cloned());
        Change::Entry { key, patient, encounter, content: Box::new(content) }
    }
}

/// The entries of all sections, as changes.
pub(super) fn changes(sections: &[Node<'_, '_>], filing: &Filing<'_, '_, '_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut as_text: BTreeSet<String> = BTreeSet::new();
    for section in sections.iter().filter(|section| child(**section, "entry").is_some()) {
        match taken(*section) {
            Some((takes, detail)) => changes.extend(of_section(*section, takes, detail, filing)),
            None => {
                let name = child(*section, "title").map(words).filter(|title| !title.is_empty());
                let code = child(*section, "code")
                    .and_then(|code| attribute(code, "code"))
                    .unwrap_or("without a code");
                as_text.insert(name.unwrap_or_else(|| code.to_owned()));
            }
        }
    }
    if !as_text.is_empty() {
        let names = as_text.into_iter().collect::<Vec<_>>().join(", ");
        filing
            .desk
            .note(format!("read as text only, their structured entries have no place in the chart: {names}"));
    }
    changes
}

/// What the table takes from a section, by its code or a translation of it.
fn taken(section: Node<'_, '_>) -> Option<(&'static str, &'static str)> {
    let code = child(section, "code")?;
    let codes =
        [code].into_iter().chain(children(code, "translation")).filter_map(|one| attribute(one, "code"));
    codes
        .filter_map(|code| SECTIONS.iter().find(|row| row[0] == code))
        .map(|row| (row[1], row.get(2).copied().unwrap_or("")))
        .next()
}

fn of_section(section: Node<'_, '_>, takes: &str, detail: &str, filing: &Filing<'_, '_, '_>) -> Vec<Change> {
    let statements = children(section, "entry").filter_map(|entry| entry.children().find(Node::is_element));
    let read = |statement: Node<'_, '_>| match takes {
        "problems" => conditions::problems(statement, detail, filing),
        "allergies" => conditions::allergies(statement, filing),
        "medications" => drugs::medications(statement, detail, filing),
        "immunizations" => drugs::immunization(statement, filing).into_iter().collect(),
        "results" => measures::results(statement, detail, filing),
        _ => measures::procedures(statement, filing),
    };
    statements.flat_map(read).collect()
}

/// Statements related to this one, with how.
pub(super) fn related<'a, 'i: 'a>(node: Node<'a, 'i>) -> impl Iterator<Item = (&'a str, Node<'a, 'i>)> {
    children(node, "entryRelationship").filter_map(|relation| {
        let statement = relation.children().find(Node::is_element)?;
        Some((attribute(relation, "typeCode").unwrap_or_default(), statement))
    })
}

/// The related observation with one of these codes.
pub(super) fn observed<'a, 'i: 'a>(node: Node<'a, 'i>, codes: &[&str]) -> Option<Node<'a, 'i>> {
    let coded = |statement: &Node<'a, 'i>| {
        let code = child(*statement, "code").and_then(|code| attribute(code, "code")).unwrap_or_default();
        codes.contains(&code)
    };
    related(node).map(|(_, statement)| statement).find(coded)
}

/// The code of the value of an observation.
pub(super) fn value_code<'a>(observation: Node<'a, '_>) -> Option<&'a str> {
    child(observation, "value").and_then(|value| attribute(value, "code"))
}

/// Whether the statement says that something is not so or was not done.
pub(super) fn is_negated(node: Node<'_, '_>) -> bool {
    attribute(node, "negationInd") == Some("true")
}

/// Comments on a statement (comment activity, LOINC 48767-8).
pub(super) fn comments(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> String {
    let all = related(node).map(|(_, statement)| statement).filter(|statement| {
        child(*statement, "code").and_then(|code| attribute(code, "code")) == Some("48767-8")
    });
    let texts = all.filter_map(|statement| child(statement, "text")).map(|text| desk.text(text));
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Who wrote the statement down, and when.
pub(super) fn author(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> (Option<Named>, Option<When>) {
    let Some(author) = child(node, "author") else { return (None, None) };
    let by = child(author, "assignedAuthor").and_then(|role| types::named(role, desk));
    (by, child(author, "time").and_then(|time| types::when(time, desk)))
}

/// Those who performed it.
pub(super) fn performers(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> Vec<Named> {
    let roles = children(node, "performer").filter_map(|one| child(one, "assignedEntity"));
    roles.filter_map(|role| types::named(role, desk)).collect()
}

/// The status of an act.
pub(super) fn status<'a>(node: Node<'a, '_>) -> &'a str {
    at(node, &["statusCode"]).and_then(|status| attribute(status, "code")).unwrap_or_default()
}
