//! Interventions of an encounter that ask for documents of their own: operations, anesthesia, transfusion, restraint.
//!
//! What an intervention is, is read from its ICD-10-PCS code where it has one and from its words otherwise, by the rows
//! of `data/completeness/word.tsv`: the first row that fits decides.

use chart::coded::system;
use chart::directory::Named;
use chart::entry::{Entry, EntryContent, Procedure};
use chart::id::EntryId;
use jiff::{SignedDuration, Timestamp};

use crate::table::{TableError, optional, rows};
use crate::words::Words;

const TABLE: &str = include_str!("../../../data/completeness/word.tsv");

/// Two anesthetics nearer than this are one: the epidural of a labor serves delivery and repair.
const ONE_ANESTHETIC: SignedDuration = SignedDuration::from_hours(1);

/// What kind of intervention it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// An operation, also a catheter intervention and a cesarean delivery.
    Operation,
    /// An endoscopy, whose report is a procedure note.
    Endoscopy,
    /// Labor, vaginal delivery and what belongs to it.
    Delivery,
    /// Blood or a blood product given.
    Transfusion,
    /// Physical restraint or seclusion.
    Restraint,
    /// A lesser invasive procedure, with a note of its own.
    Invasive,
    /// Anesthesia by one who is qualified to give it, one event for a run of procedures.
    Anesthesia,
}

impl Class {
    const ALL: [(&str, Self); 7] = [
        ("operation", Self::Operation),
        ("endoscopy", Self::Endoscopy),
        ("delivery", Self::Delivery),
        ("transfusion", Self::Transfusion),
        ("restraint", Self::Restraint),
        ("invasive", Self::Invasive),
        ("anesthesia", Self::Anesthesia),
    ];

    /// The class a table calls by this key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(one, _)| *one == key).map(|(_, class)| *class)
    }

    /// Its key in the tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(_, class)| *class == self).map_or("", |(key, _)| key)
    }
}

/// One intervention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is.
    pub class: Class,
    /// The entry that says so; of a run, its first.
    pub entry: EntryId,
    /// Its words.
    pub what: String,
    /// When it began.
    pub start: Timestamp,
    /// When it ended; its beginning, when no end is said.
    pub end: Timestamp,
    /// Who did it.
    pub by: Option<Named>,
}

/// The word lists of the table.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    /// The first that fits decides; a row without a class says that it is no event.
    events: Vec<(Option<Class>, Words, Vec<String>)>,
    anesthesia: Words,
    /// Words that say tissue was taken.
    pub(crate) tissue: Words,
    /// Units of intensive care.
    pub(crate) intensive_care: Words,
    /// Units and services of psychiatry and of treatment for substance use.
    pub(crate) psychiatric: Words,
}

impl Vocabulary {
    pub(crate) fn shipped() -> Result<Self, TableError> {
        let mut all = Self {
            events: Vec::new(),
            anesthesia: Words::default(),
            tissue: Words::default(),
            intensive_care: Words::default(),
            psychiatric: Words::default(),
        };
        for [what, words, codes, _] in rows::<4>("word.tsv", TABLE)? {
            let list = Words::parse(words);
            match what {
                "anesthesia" => all.anesthesia = list,
                "tissue" => all.tissue = list,
                "intensive-care" => all.intensive_care = list,
                "psychiatric" => all.psychiatric = list,
                class => {
                    let known = Class::by_key(class);
                    let class =
                        if class == "none" { None } else { Some(known.ok_or_else(|| unknown(what))?) };
                    let codes = optional(codes).map(|codes| codes.split('/').map(str::to_owned).collect());
                    all.events.push((class, list, codes.unwrap_or_default()));
                }
            }
        }
        Ok(all)
    }

    fn class(&self, procedure: &Procedure) -> Option<Class> {
        let code = procedure.what.code(system::ICD10PCS).map(|code| code.replace('.', ""));
        let text = procedure.what.text.to_lowercase();
        let fits = |(_, words, prefixes): &&(Option<Class>, Words, Vec<String>)| match &code {
            Some(code) if !prefixes.is_empty() => prefixes.iter().any(|one| code.starts_with(one.as_str())),
            _ => words.occur_in(&text),
        };
        self.events.iter().find(fits).and_then(|(class, ..)| *class)
    }

    /// The events of an encounter's entries, by class and beginning.
    pub(crate) fn events<'a>(&self, entries: impl Iterator<Item = &'a Entry>) -> Vec<Event> {
        let mut events = Vec::new();
        for entry in entries {
            let EntryContent::Procedure(procedure) = &entry.content else { continue };
            let given = self.read(entry.id, procedure);
            events.extend(given);
        }
        events.sort_by_key(|event| (event.class, event.start));
        merge_anesthetics(events)
    }

    fn read(&self, entry: EntryId, procedure: &Procedure) -> Vec<Event> {
        let done = !matches!(procedure.status.as_str(), "not-done" | "preparation" | "entered-in-error");
        let Some(start) = procedure.start.filter(|_| done).map(chart::date::When::sort_key) else {
            return Vec::new();
        };
        let end = procedure.end.map_or(start, chart::date::When::sort_key);
        let anesthesia = procedure
            .anesthesia
            .as_ref()
            .is_some_and(|one| !one.text.is_empty() && self.anesthesia.occur_in(&one.text.to_lowercase()));
        let classes = self.class(procedure).into_iter().chain(anesthesia.then_some(Class::Anesthesia));
        let event = |class| Event {
            class,
            entry,
            what: procedure.what.text.clone(),
            start,
            end,
            by: procedure.by.first().filter(|_| class != Class::Anesthesia).cloned(),
        };
        classes.map(event).collect()
    }
}

fn unknown(word: &str) -> TableError {
    TableError::Word {
        table: "word.tsv",
        row: word.into(),
        word: word.into(),
        what: "kind of event",
        known: "write none, operation, endoscopy, delivery, transfusion, restraint, invasive, anesthesia, tissue, \
                intensive-care or psychiatric",
    }
}

fn merge_anesthetics(events: Vec<Event>) -> Vec<Event> {
    let mut merged: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        match merged.last_mut() {
            Some(last)
                if event.class == Class::Anesthesia
                    && last.class == Class::Anesthesia
                    && event.start.duration_since(last.end) <= ONE_ANESTHETIC =>
            {
                last.end = last.end.max(event.end);
            }
            _ => merged.push(event),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart::coded::Coded;

    fn class(text: &str, code: Option<&str>) -> Option<Class> {
        let mut procedure = Procedure { what: Coded::text(text), ..Procedure::default() };
        if let Some(code) = code {
            procedure.what = Coded::new(system::ICD10PCS, code, text);
        }
        Vocabulary::shipped().unwrap().class(&procedure)
    }

    #[test]
    fn words_and_codes_tell_what_an_intervention_is() {
        for (text, code, expected) in [
            ("Primary low transverse cesarean delivery", None, Some(Class::Operation)),
            ("Spontaneous vaginal delivery", None, Some(Class::Delivery)),
            ("Colonoscopy with polyp removal", None, Some(Class::Endoscopy)),
            ("Right internal jugular central line", None, Some(Class::Invasive)),
            ("Noninvasive ventilation by BiPAP", None, None),
            ("NPO: Nothing by mouth pending endoscopy", None, None),
            ("Anything", Some("0SR904A"), Some(Class::Operation)),
            ("Anything", Some("30233N1"), Some(Class::Transfusion)),
            ("Transfusion ordered", Some("5A1955Z"), None),
        ] {
            assert_eq!(class(text, code), expected, "{text} {code:?}");
        }
    }
}
