//! One encounter of a record, opened to look for signs.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::mention::Text;
use super::{Measured, Mention, Page, Sign, SignKind, treatment};
use crate::date::When;
use crate::document::{Document, DocumentStatus};
use crate::document_type::{Codable, document_types};
use crate::entry::{Entry, EntryContent};
use crate::id::EncounterId;
use crate::query::Indicator;
use crate::record::Record;

/// A record, open at one encounter.
#[derive(Debug)]
pub struct View<'a> {
    /// The whole record.
    pub record: &'a Record,
    /// The encounter that is open.
    pub encounter: EncounterId,
    pages: Vec<Page<'a>>,
    /// What providers wrote.
    stated: Text,
    /// What stands in the other documents.
    besides: Text,
    zone: &'a TimeZone,
}

impl<'a> View<'a> {
    /// Opens `record` at `encounter`; days are those of `zone`.
    #[must_use]
    pub fn new(record: &'a Record, encounter: EncounterId, zone: &'a TimeZone) -> Self {
        let here = record.documents.iter().filter(|one| one.encounter == Some(encounter));
        let mut pages: Vec<Page<'a>> = here.filter_map(|one| page(one, zone)).collect();
        pages.sort_by_key(|page| (page.document.content.written.map(When::sort_key), page.document.id));
        let stated = Text::of(&pages, |page| page.by_provider);
        let besides = Text::of(&pages, |page| !page.by_provider);
        Self { record, encounter, pages, stated, besides, zone }
    }

    /// The documents that may be read, oldest first.
    #[must_use]
    pub fn pages(&self) -> &[Page<'a>] {
        &self.pages
    }

    /// The entries of the encounter that hold.
    pub fn entries(&self) -> impl Iterator<Item = &'a Entry> {
        let encounter = self.encounter;
        let entries = self.record.entries.iter();
        entries.filter(move |one| !one.in_error && one.encounter == Some(encounter))
    }

    /// The numbers of a value sign in this encounter, oldest first.
    #[must_use]
    pub fn values(&self, sign: &Sign) -> Vec<Measured<'a>> {
        let mut all: Vec<_> = self.entries().filter_map(|entry| Measured::of(sign, entry)).collect();
        all.sort_by_key(|one| (one.at, one.entry.id));
        all
    }

    /// The numbers of a value sign in the whole record, oldest first, up to the last of this encounter; none where this
    /// encounter has none. For what must have lasted.
    #[must_use]
    pub fn values_until(&self, sign: &Sign) -> Vec<Measured<'a>> {
        let Some(last) = self.values(sign).last().map(|one| one.at) else { return Vec::new() };
        let holding = self.record.entries.iter().filter(|one| !one.in_error);
        let measured = holding.filter_map(|entry| Measured::of(sign, entry));
        let mut all: Vec<_> = measured.filter(|one| one.at <= last).collect();
        all.sort_by_key(|one| (one.at, one.entry.id));
        all
    }

    /// Where a sign of words is affirmed in the documents: a diagnosis by providers only.
    pub fn mentions<'p>(&'p self, sign: &'p Sign) -> impl Iterator<Item = Mention<'p, 'a>> + 'p {
        let besides = (sign.kind == SignKind::Text).then_some(&self.besides);
        let texts = std::iter::once(&self.stated).chain(besides);
        texts.flat_map(move |text| text.mentions(&self.pages, sign))
    }

    /// Where the words of a sign stand in any document, affirmed or not.
    pub(super) fn sentences<'p>(&'p self, sign: &'p Sign) -> impl Iterator<Item = Mention<'p, 'a>> + 'p {
        let texts = [&self.stated, &self.besides].into_iter();
        texts.flat_map(move |text| text.places(&self.pages, sign)).map(|(mention, _)| mention)
    }

    /// Whether a sign is there at all.
    #[must_use]
    pub fn has(&self, sign: &Sign) -> bool {
        match sign.kind {
            SignKind::Value => !self.values(sign).is_empty(),
            SignKind::Treatment => self.entries().any(|entry| is_treatment(sign, entry).is_some()),
            SignKind::Text => self.mentions(sign).next().is_some(),
            SignKind::Diagnosis => {
                self.mentions(sign).next().is_some() || self.diagnoses(sign).next().is_some()
            }
        }
    }

    /// Everything that shows a sign, each as an indicator: of a value the first, lowest, highest and last.
    #[must_use]
    pub fn indicators(&self, sign: &Sign) -> Vec<Indicator> {
        match sign.kind {
            SignKind::Value => self.telling(sign).iter().map(|one| one.indicator(sign, self)).collect(),
            SignKind::Treatment => {
                let given = self.entries().filter_map(|entry| Some((entry, is_treatment(sign, entry)?)));
                given.map(|(entry, quote)| treatment::indicator(sign, entry, &quote, self)).collect()
            }
            SignKind::Text => self.mentions(sign).map(|one| one.indicator(sign)).collect(),
            SignKind::Diagnosis => {
                let written = self.mentions(sign).map(|one| one.indicator(sign));
                let listed = self.diagnoses(sign);
                let listed =
                    listed.map(|one| treatment::indicator(sign, one, &one.content.what().text, self));
                written.chain(listed).collect()
            }
        }
    }

    /// The local day of an entry.
    #[must_use]
    pub fn day_of(&self, entry: &Entry) -> Option<Date> {
        entry.content.at().and_then(|when| day(when, self.zone))
    }

    /// Full years of age when the encounter began, or when the newest entry was made; `None` where the birth is not
    /// known to the day.
    #[must_use]
    pub fn age_years(&self) -> Option<i16> {
        let birth = self.record.patient.demographics.birth.and_then(crate::date::PartialDate::day)?;
        let written = self.pages.iter().filter_map(|page| page.day);
        let on = written.chain(self.entries().filter_map(|entry| self.day_of(entry))).max()?;
        let not_yet = (on.month(), on.day()) < (birth.month(), birth.day());
        Some(on.year() - birth.year() - i16::from(not_yet))
    }

    /// Diagnosis entries of the encounter, and of the problem list beyond it, that name the sign.
    fn diagnoses<'p>(&'p self, sign: &'p Sign) -> impl Iterator<Item = &'a Entry> + 'p {
        let here = |entry: &&Entry| entry.encounter.is_none_or(|one| one == self.encounter);
        let names = |entry: &&Entry| match &entry.content {
            EntryContent::Diagnosis(one) => one.verification != "refuted" && sign.is_named_in(&one.what.text),
            _ => false,
        };
        self.record.entries.iter().filter(|one| !one.in_error).filter(here).filter(names)
    }

    /// The first, lowest, highest and last number, each once, oldest first.
    fn telling(&self, sign: &Sign) -> Vec<Measured<'a>> {
        let all = self.values(sign);
        let by = |one: &&Measured<'a>, other: &&Measured<'a>| one.number.total_cmp(&other.number);
        let low = all.iter().min_by(by).map(|one| one.entry.id);
        let high = all.iter().max_by(by).map(|one| one.entry.id);
        let (first, last) = (all.first().map(|one| one.entry.id), all.last().map(|one| one.entry.id));
        let told = [low, high, first, last];
        all.iter().filter(|one| told.contains(&Some(one.entry.id))).copied().collect()
    }
}

/// What a treatment entry says, if it is of the sign.
fn is_treatment(sign: &Sign, entry: &Entry) -> Option<String> {
    treatment::said(entry).filter(|said| sign.is_named_in(said))
}

/// A document that may be read: not withdrawn, replaced or untyped, and of a type that coders may look at.
fn page<'a>(document: &'a Document, zone: &TimeZone) -> Option<Page<'a>> {
    use DocumentStatus::{Dictated, EnteredInError, Superseded};
    let content = &document.content;
    if matches!(content.status, EnteredInError | Superseded | Dictated) {
        return None;
    }
    let kind = content.type_key().and_then(|key| document_types().by_key(key));
    let codable = kind.map_or(Codable::Caution, |kind| kind.codable);
    let day = content.written.and_then(|when| day(when, zone));
    (codable != Codable::Ignored).then_some(Page { document, by_provider: codable == Codable::Codable, day })
}

fn day(when: When, zone: &TimeZone) -> Option<Date> {
    match when {
        When::Instant(at) => Some(zone.to_datetime(at).date()),
        When::Date(date) => date.day(),
    }
}
