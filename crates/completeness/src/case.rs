//! One encounter read against the rules.

use chart::directory::Named;
use chart::document::Document;
use chart::encounter::{Attends, Encounter};
use chart::id::EncounterId;
use chart::record::Record;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::clock::{Basis, Clock, Due};
use crate::event::Event;
use crate::facts::Facts;
use crate::finding::{Evidence, Finding, Owed, Standing, Subject, Why};
use crate::need::Seen;
use crate::own::Own;
use crate::policy::{FacilityKind, Policy};
use crate::profile::Ground;
use crate::rules;

/// What an encounter lacks at an instant, in the order of the rules; the same in, the same out.
///
/// An encounter that is not of the record, only planned or cancelled, lacks nothing.
#[must_use]
pub fn evaluate(
    record: &Record,
    encounter: EncounterId,
    own: &Own,
    policy: &Policy,
    now: Timestamp,
    zone: &TimeZone,
) -> Vec<Finding> {
    let Some(encounter) = record.encounters.iter().find(|one| one.id == encounter) else { return Vec::new() };
    let vocabulary = &policy.tables.vocabulary;
    let Some(facts) = Facts::of(record, encounter, vocabulary) else { return Vec::new() };
    let texts: Vec<String> = record.documents.iter().map(lower).collect();
    let seen = Seen { record, facts: &facts, vocabulary, now, zone, texts: &texts };
    let case = Case { record, encounter, facts: &facts, seen: &seen, own, policy, now, zone };
    rules::all(&case)
}

fn lower(document: &Document) -> String {
    format!("{}\n{}", document.content.title, document.content.plain_text()).to_lowercase()
}

/// An encounter with all that rules look at.
pub(crate) struct Case<'a> {
    pub(crate) record: &'a Record,
    pub(crate) encounter: &'a Encounter,
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) seen: &'a Seen<'a>,
    pub(crate) own: &'a Own,
    pub(crate) policy: &'a Policy,
    pub(crate) now: Timestamp,
    pub(crate) zone: &'a TimeZone,
}

/// What a rule has found, before its clock and its reason are put to it.
pub(crate) struct Found<'a> {
    pub(crate) ground: &'a Ground,
    pub(crate) subject: Subject,
    pub(crate) what: String,
    pub(crate) event: Option<&'a Event>,
    /// The instant of the thing itself, for clocks that run from an order or from writing.
    pub(crate) at: Option<Timestamp>,
    /// The person, where the subject names one; otherwise the ground's role decides.
    pub(crate) who: Option<Named>,
    pub(crate) evidence: Vec<Evidence>,
}

impl<'a> Found<'a> {
    /// A finding about a document.
    pub(crate) fn in_document(ground: &'a Ground, document: &Document, what: String) -> Self {
        Self {
            ground,
            subject: Subject::Document(document.id),
            what,
            event: None,
            at: document.content.written.map(chart::date::When::sort_key),
            who: document.content.authors.first().cloned(),
            evidence: Vec::new(),
        }
    }

    /// A finding of something that is not here.
    pub(crate) fn missing(ground: &'a Ground, what: String) -> Self {
        let subject = Subject::Missing { what: ground.key.clone(), of: String::new() };
        Self { ground, subject, what, event: None, at: None, who: None, evidence: Vec::new() }
    }
}

impl Case<'_> {
    /// The clock of a ground, as far as its basis has come.
    pub(crate) fn clock(&self, due: &Due, event: Option<&Event>, at: Option<Timestamp>) -> Clock {
        let from = match &due.basis {
            Basis::Admission => self.facts.admitted,
            Basis::Discharge => self.facts.discharged,
            Basis::EventStart => event.map(|event| event.start),
            Basis::EventEnd => event.map(|event| event.end),
            Basis::First(class) => self.seen.first(class),
            Basis::Document(kind) => self.first_document(kind),
            Basis::Order | Basis::Written => at,
        };
        Clock { due: due.clone(), from, at: from.map(|from| due.at(from, self.zone)) }
    }

    fn first_document(&self, kind: &str) -> Option<Timestamp> {
        let of_kind = self.facts.documents.iter().filter(|one| one.content.type_key() == Some(kind));
        of_kind.map(|one| Seen::written(one)).min()
    }

    /// A finding that is owed, or predicted while it may still come.
    pub(crate) fn finding(&self, found: Found<'_>) -> Finding {
        let clock = found.ground.due.as_ref().map(|due| self.clock(due, found.event, found.at));
        let passed = clock.as_ref().and_then(|clock| clock.at).is_some_and(|at| at < self.now);
        let missing = matches!(found.subject, Subject::Missing { .. });
        let standing =
            if missing && !self.facts.closed && !passed { Standing::Predicted } else { Standing::Open };
        self.with_standing(found, clock, standing)
    }

    /// A finding that something came too late: it is recorded and nobody's work.
    pub(crate) fn late(&self, found: Found<'_>, clock: Clock) -> Finding {
        self.with_standing(found, Some(clock), Standing::Late)
    }

    fn with_standing(&self, found: Found<'_>, clock: Option<Clock>, standing: Standing) -> Finding {
        let Found { ground, subject, what, who, evidence, event, .. } = found;
        let critical = self.policy.facility == FacilityKind::CriticalAccess;
        let authority = ground.critical_access.as_ref().filter(|_| critical).unwrap_or(&ground.authority);
        Finding {
            rule: ground.key.clone(),
            kind: ground.kind.clone(),
            encounter: self.encounter.id,
            subject,
            what,
            owed_by: self.owed(&ground.responsible, who, event),
            standing,
            clock,
            why: Why {
                authority: authority.clone(),
                text: ground.text.clone(),
                verify: ground.verify,
                evidence,
                clears: if standing == Standing::Late {
                    "Nothing: what was late stays on record; it is nobody's work.".into()
                } else {
                    ground.clears.clone()
                },
            },
        }
    }

    /// Who has a role: the person whom the record names for it, or the department alone.
    fn owed(&self, role: &str, who: Option<Named>, event: Option<&Event>) -> Owed {
        let attending = || self.encounter.visit.attending(Attends::Attending).next().cloned();
        let who = match role {
            "attending" => attending(),
            "surgeon" => event.and_then(|event| event.by.clone()).or(who).or_else(attending),
            "anesthesia" => who.or_else(|| self.anesthetist()),
            "author" | "orderer" => who,
            _ => None,
        };
        Owed { role: role.to_owned(), who }
    }

    /// Who wrote the encounter's anesthesia documents.
    fn anesthetist(&self) -> Option<Named> {
        let kinds = ["anesthesia-record", "pre-anesthesia-evaluation", "post-anesthesia-evaluation"];
        let written = |one: &&&Document| one.content.type_key().is_some_and(|kind| kinds.contains(&kind));
        self.facts.documents.iter().find(written).and_then(|one| one.content.authors.first().cloned())
    }

    /// A day and time of the facility's clock: `2026-10-05 11:45`.
    pub(crate) fn local(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}
