//! What a batch of arrivals does to the record, gathered in memory and then written many rows at a time.

use std::collections::HashMap;
use std::hash::Hash;

use chart::document::Document;
use chart::encounter::Encounter;
use chart::entry::Entry;
use chart::id::{ArrivalId, Digest, DocumentId, EncounterId, EntryId, PartyId, PatientId};
use chart::intake::{Change, Channel, KeyKind, Origin, Original, SourceKey};
use chart::patient::Patient;
use store::Tx;
use store::arrivals::{Arrival, State};
use store::keys::Target;
use store::parties::Filed;

use super::Incoming;
use crate::{Context, Result, matching};

/// What a key leads to under which there is nothing but an original.
pub(super) const KEPT: &str = "kept";

/// Things of one kind that a batch has read, made or changed.
pub(super) struct Held<K, V> {
    things: HashMap<K, (V, Touched)>,
    /// The order in which they were first touched, which is that in which they are written.
    order: Vec<K>,
}

/// What a batch did to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Touched {
    Read,
    Made,
    Changed,
}

impl<K: Copy + Eq + Hash, V> Held<K, V> {
    fn new() -> Self {
        Self { things: HashMap::new(), order: Vec::new() }
    }

    pub(super) fn get(&self, id: K) -> Option<&V> {
        self.things.get(&id).map(|(thing, _)| thing)
    }

    pub(super) fn read(&mut self, id: K, thing: V) {
        self.put(id, thing, Touched::Read);
    }

    pub(super) fn make(&mut self, id: K, thing: V) {
        self.put(id, thing, Touched::Made);
    }

    fn put(&mut self, id: K, thing: V, touched: Touched) {
        self.order.push(id);
        self.things.insert(id, (thing, touched));
    }

    /// The thing, to be changed. It must have been read or made.
    pub(super) fn change(&mut self, id: K) -> Option<&mut V> {
        self.things.get_mut(&id).map(|(thing, touched)| {
            if *touched == Touched::Read {
                *touched = Touched::Changed;
            }
            thing
        })
    }

    /// Whether it was made or changed in this batch.
    pub(super) fn is_touched(&self, id: K) -> bool {
        self.things.get(&id).is_some_and(|(_, touched)| *touched != Touched::Read)
    }

    /// Everything that was made, and everything that was changed; nothing is held any more.
    fn take(&mut self) -> (Vec<V>, Vec<V>) {
        let mut made = Vec::new();
        let mut changed = Vec::new();
        for id in self.order.drain(..) {
            match self.things.remove(&id) {
                Some((thing, Touched::Made)) => made.push(thing),
                Some((thing, Touched::Changed)) => changed.push(thing),
                Some((_, Touched::Read)) | None => {}
            }
        }
        (made, changed)
    }
}

/// A batch of arrivals in the making.
pub(super) struct Plan<'t> {
    pub(super) tx: &'t mut Tx,
    pub(super) context: &'t mut Context,
    known: HashMap<SourceKey, Target>,
    bound: Vec<SourceKey>,
    originals: HashMap<Digest, Original>,
    pub(super) patients: Held<PatientId, Patient>,
    /// Who last said who a person is.
    pub(super) said: HashMap<PatientId, Origin>,
    pub(super) encounters: Held<EncounterId, Encounter>,
    pub(super) entries: Held<EntryId, Entry>,
    pub(super) documents: Held<DocumentId, Document>,
    pub(super) parties: Held<PartyId, Filed>,
    pub(super) kept: Vec<store::kept::Kept>,
    rejected: Vec<Arrival>,
    source: (Channel, Digest),
}

impl<'t> Plan<'t> {
    /// A plan for these arrivals: looks up at once what all their keys lead to.
    pub(super) async fn begin(
        tx: &'t mut Tx,
        context: &'t mut Context,
        incoming: &[Incoming],
    ) -> Result<Self> {
        let mut keys: Vec<SourceKey> =
            incoming.iter().flat_map(changes_of).flat_map(keys_of).cloned().collect();
        keys.extend(incoming.iter().filter_map(told));
        keys.sort_unstable();
        keys.dedup();
        let mut known = store::keys::find_all(tx, &keys).await?;
        for key in &keys {
            if !known.contains_key(key)
                && let Some(id) = by_number(tx, key).await?
            {
                known.insert(key.clone(), Target { id, original: None });
            }
        }
        Ok(Self {
            tx,
            context,
            known,
            bound: Vec::new(),
            originals: HashMap::new(),
            patients: Held::new(),
            said: HashMap::new(),
            encounters: Held::new(),
            entries: Held::new(),
            documents: Held::new(),
            parties: Held::new(),
            kept: Vec::new(),
            rejected: Vec::new(),
            source: (Channel::Hand, Digest::of(&[])),
        })
    }

    /// Whether everything these changes are about was last changed by the very same original.
    pub(super) fn knows_all(&self, changes: &[Change], original: Digest) -> bool {
        !changes.is_empty()
            && changes.iter().all(|change| {
                own_key(change)
                    .is_some_and(|key| self.known.get(key).is_some_and(|it| it.original == Some(original)))
            })
    }

    /// Whether this very message or document was applied before, whatever others have said since.
    pub(super) fn was_told(&self, channel: Channel, original: Digest) -> bool {
        told_key(channel, original).is_some_and(|key| self.known.contains_key(&key))
    }

    /// From now on the message or document is known to have been applied.
    pub(super) fn tell(&mut self) {
        let (channel, original) = self.source;
        if let Some(key) = told_key(channel, original) {
            self.bind(key, "applied");
        }
    }

    /// From what the following changes come.
    pub(super) fn source(&mut self, channel: Channel, original: Digest) {
        self.source = (channel, original);
    }

    /// The origin of a change under this key.
    pub(super) fn origin(&self, key: &SourceKey) -> Origin {
        let (channel, original) = self.source;
        Origin { channel, key: Some(key.clone()), original: Some(original), received: self.context.at }
    }

    /// What the key leads to, as text of our identifier. A key under which only originals are kept leads nowhere.
    pub(super) fn target(&self, key: &SourceKey) -> Option<&str> {
        self.known.get(key).map(|target| target.id.as_str()).filter(|id| *id != KEPT)
    }

    /// The key leads there from now on.
    pub(super) fn bind(&mut self, key: SourceKey, id: impl std::fmt::Display) {
        let target = Target { id: id.to_string(), original: Some(self.source.1) };
        self.known.insert(key.clone(), target);
        self.bound.push(key);
    }

    /// Keeps bytes as they came.
    pub(super) fn keep_original(&mut self, original: Original) {
        self.originals.entry(Digest::of(&original.bytes)).or_insert(original);
    }

    /// Puts an arrival in the error queue: once, however often it comes.
    pub(super) fn reject(&mut self, channel: Channel, kind: &str, original: Original, reason: &str) {
        let digest = Digest::of(&original.bytes);
        self.keep_original(original);
        let at = self.context.at;
        self.rejected.push(Arrival {
            id: self.context.id(ArrivalId::from_bits),
            channel,
            sender: "import".into(),
            control_id: Some(digest.to_string()),
            kind: kind.to_owned(),
            original: digest,
            mended_from: None,
            received: at,
            state: State::Rejected,
            reason: reason.to_owned(),
            order_key: None,
            patient: None,
            attempts: 1,
            updated: at,
        });
    }

    /// Writes everything gathered so far.
    pub(super) async fn write(&mut self) -> Result<()> {
        let at = self.context.at;
        let originals: Vec<Original> = self.originals.drain().map(|(_, original)| original).collect();
        store::originals::put(self.tx, &originals.iter().collect::<Vec<_>>()).await?;
        self.write_people().await?;
        let (made, changed) = self.encounters.take();
        store::encounters::insert_all(self.tx, &made).await?;
        for one in changed {
            store::encounters::update(self.tx, &one).await?;
        }
        let (made, changed) = self.parties.take();
        store::parties::insert_all(self.tx, &made, at).await?;
        for one in changed {
            store::parties::update(self.tx, &one, at).await?;
        }
        let (made, changed) = self.entries.take();
        store::entries::insert_all(self.tx, &made).await?;
        for one in changed {
            store::entries::update(self.tx, &one).await?;
        }
        let (made, changed) = self.documents.take();
        store::documents::insert_all(self.tx, &made).await?;
        for one in changed {
            store::documents::update(self.tx, &one).await?;
        }
        self.write_keys().await
    }

    /// What was read before is no longer so: something rearranged it. Everything must have been written.
    pub(super) fn forget_read(&mut self) {
        self.patients = Held::new();
        self.encounters = Held::new();
        self.entries = Held::new();
        self.documents = Held::new();
    }

    /// Patients, the keys they are found by, and a job for each that looks for duplicates.
    async fn write_people(&mut self) -> Result<()> {
        let (made, changed) = self.patients.take();
        let new: Vec<(&Patient, Origin)> = made.iter().map(|one| (one, self.said_of(one.id))).collect();
        store::patients::insert_from(self.tx, &new).await?;
        for one in &changed {
            let origin = self.said_of(one.id);
            store::patients::update_from(self.tx, one, &origin).await?;
        }
        for one in made.iter().chain(&changed) {
            matching::index(self.tx, self.context, one).await?;
        }
        Ok(())
    }

    /// Where the word on a person came from.
    fn said_of(&self, id: PatientId) -> Origin {
        let (channel, original) = self.source;
        let here = Origin { channel, key: None, original: Some(original), received: self.context.at };
        self.said.get(&id).cloned().unwrap_or(here)
    }

    async fn write_keys(&mut self) -> Result<()> {
        let at = self.context.at;
        self.bound.sort_unstable();
        self.bound.dedup();
        let bindings: Vec<store::keys::Binding> = self
            .bound
            .drain(..)
            .filter_map(|key| self.known.get(&key).map(|target| (key.clone(), target.clone())))
            .collect();
        store::keys::set(self.tx, &bindings, at).await?;
        store::kept::put(self.tx, &std::mem::take(&mut self.kept)).await?;
        for one in std::mem::take(&mut self.rejected) {
            store::arrivals::record(self.tx, &one).await?;
        }
        Ok(())
    }
}

/// The patient or encounter that has this number, if exactly one has: senders also name things by numbers that others
/// gave them.
async fn by_number(tx: &mut Tx, key: &SourceKey) -> Result<Option<String>> {
    match key.kind {
        KeyKind::Patient => {
            let found = store::patients::by_identifier(tx, &key.system, &key.key).await?;
            Ok(if let [one] = found.as_slice() { Some(one.id.to_string()) } else { None })
        }
        KeyKind::Encounter => {
            let found = store::encounters::by_identifier(tx, &key.key).await?;
            let same = |one: &&Encounter| {
                one.visit.identifiers.iter().any(|it| it.system == key.system && it.value == key.key)
            };
            let mut same = found.iter().filter(same);
            Ok(same.next().filter(|_| same.next().is_none()).map(|one| one.id.to_string()))
        }
        KeyKind::Document | KeyKind::Entry | KeyKind::Party => Ok(None),
    }
}

/// Whether what comes by this way is told once. A FHIR resource is a state, not a message: the same state may come back
/// after another, and is told by the keys of what it says.
const fn is_told_once(channel: Channel) -> bool {
    matches!(channel, Channel::Hl7 | Channel::Ccda)
}

/// The key by which a message or a clinical document is known to have been applied.
fn told_key(channel: Channel, original: Digest) -> Option<SourceKey> {
    is_told_once(channel)
        .then(|| SourceKey::new("chartroom:original", KeyKind::Document, original.to_string()))
}

fn told(incoming: &Incoming) -> Option<SourceKey> {
    match incoming {
        Incoming::Read(arrival) if is_told_once(arrival.channel) => {
            told_key(arrival.channel, Digest::of(&arrival.original.bytes))
        }
        Incoming::Read(_) | Incoming::Unread { .. } => None,
    }
}

fn changes_of(incoming: &Incoming) -> &[Change] {
    match incoming {
        Incoming::Read(arrival) => &arrival.changes,
        Incoming::Unread { .. } => &[],
    }
}

/// The key of the thing a change makes or changes.
fn own_key(change: &Change) -> Option<&SourceKey> {
    match change {
        Change::Patient { key, .. }
        | Change::Encounter { key, .. }
        | Change::Entry { key, .. }
        | Change::Document { key, .. }
        | Change::Party { key, .. }
        | Change::Keep { key, .. }
        | Change::Withdraw { key } => Some(key),
        Change::Merge { .. }
        | Change::MergeEncounters { .. }
        | Change::MoveEncounter { .. }
        | Change::Rename { .. } => None,
    }
}

/// Every key a change names.
fn keys_of(change: &Change) -> Vec<&SourceKey> {
    match change {
        Change::Patient { key, .. } | Change::Party { key, .. } | Change::Withdraw { key } => vec![key],
        Change::Encounter { key, patient, .. } => vec![key, patient],
        Change::Entry { key, patient, encounter, .. } | Change::Document { key, patient, encounter, .. } => {
            [Some(key), Some(patient), encounter.as_ref()].into_iter().flatten().collect()
        }
        Change::Keep { key, patient, .. } => [Some(key), patient.as_ref()].into_iter().flatten().collect(),
        Change::Merge { survivor, absorbed } | Change::MergeEncounters { survivor, absorbed } => {
            vec![survivor, absorbed]
        }
        Change::MoveEncounter { encounter, to } => vec![encounter, to],
        Change::Rename { old, new } => vec![old, new],
    }
}
