//! What every part of the reader has at hand: references into the narrative, the time zone, and a pad for remarks.

use std::cell::RefCell;
use std::collections::HashMap;

use chart::intake::{KeyKind, SourceKey};
use jiff::tz::TimeZone;
use roxmltree::{Document, Node};

use super::types;
use super::xml::{Places, attribute, by_id, child, children, words};

/// The most remarks of one document.
const MAX_REMARKS: usize = 100;

/// The desk at which one document is read.
#[derive(Debug)]
pub(super) struct Desk<'a, 'i> {
    /// The zone of times without an offset.
    pub(super) zone: &'a TimeZone,
    ids: HashMap<&'a str, Node<'a, 'i>>,
    /// Names of people by whose number it is and the number.
    people: HashMap<(String, String), String>,
    /// Entry keys given so far, with how often.
    keys: RefCell<HashMap<SourceKey, usize>>,
    remarks: RefCell<Vec<String>>,
    places: Places,
}

impl<'a, 'i> Desk<'a, 'i> {
    pub(super) fn new(zone: &'a TimeZone, document: &'a Document<'i>) -> Self {
        let people = document.descendants().filter_map(person).collect();
        Self {
            zone,
            ids: by_id(document),
            people,
            keys: RefCell::default(),
            remarks: RefCell::default(),
            places: Places::default(),
        }
    }

    /// Notes that something was odd at `node`.
    pub(super) fn remark(&self, node: Node<'_, '_>, what: &str) {
        self.note(format!("{}: {what}", self.places.of(node)));
    }

    /// Notes something about the whole document; the same words are noted once.
    pub(super) fn note(&self, remark: String) {
        let mut remarks = self.remarks.borrow_mut();
        if remarks.len() < MAX_REMARKS && !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }

    pub(super) fn into_remarks(self) -> Vec<String> {
        self.remarks.into_inner()
    }

    /// The name of whoever has this number somewhere in the document.
    pub(super) fn person(&self, issuer: &str, number: &str) -> Option<String> {
        self.people.get(&(issuer.to_owned(), number.to_owned())).cloned()
    }

    /// The words of an element: its own, else those of the narrative it refers to.
    pub(super) fn text(&self, node: Node<'_, '_>) -> String {
        let own = words(node);
        if !own.is_empty() {
            return own;
        }
        let target = child(node, "reference").and_then(|reference| attribute(reference, "value"));
        let target = target.and_then(|id| self.ids.get(id.trim_start_matches('#')));
        target.map(|node| words(*node)).unwrap_or_default()
    }

    /// The key of an entry: its own identifier, else the document's with the place in it. An identifier that stands
    /// for several entries of one document is numbered, so that none hides another.
    pub(super) fn entry_key(&self, entry: Node<'_, '_>, document: &SourceKey) -> SourceKey {
        let key = match types::first_id(entry) {
            Some((system, id)) => SourceKey::new(system, KeyKind::Entry, id),
            None => SourceKey::new(
                document.system.clone(),
                KeyKind::Entry,
                format!("{}{}", document.key, self.places.of(entry)),
            ),
        };
        let mut keys = self.keys.borrow_mut();
        let times = keys.entry(key.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times == 1 { key } else { SourceKey { key: format!("{}#{times}", key.key), ..key } }
    }
}

/// A role with a number and a person of a name.
fn person(role: Node<'_, '_>) -> Option<((String, String), String)> {
    let person = child(role, "assignedPerson")?;
    let name = children(person, "name").find_map(types::name)?;
    Some((types::first_id(role)?, name.filed()))
}
