//! What people forget: the slips of `demo/slips.toml`, drawn for an encounter by how long ago it ended.

use chart::encounter::Setting;
use jiff::Timestamp;
use rand::RngExt as _;
use serde::Deserialize;

use super::{Episode, Patient, documents};

/// Of a hundred encounters, how many carry a slip: still here, ended within a week, within a month.
const STILL_HERE: u32 = 60;
const WEEK: u32 = 48;
const MONTH: u32 = 27;
const DAYS_OF_WEEK: i64 = 7;
const DAYS_OF_MONTH: i64 = 30;
/// Of a hundred encounters with one slip, how many carry one more.
const ONE_MORE: u32 = 35;

/// Something that was forgotten.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slip {
    pub(super) kind: SlipKind,
    /// The document types that it befalls; a missing first takes the others with it.
    #[serde(default)]
    pub(super) forms: Vec<String>,
    /// The headings that are left out.
    #[serde(default)]
    pub(super) headings: Vec<String>,
    /// How the line begins that is rewritten; where it is empty the new line is added at the end.
    #[serde(default)]
    pub(super) line: String,
    /// What the line says instead.
    #[serde(default)]
    pub(super) put: String,
    /// How often it befalls what is fresh, beside the others.
    fresh: u32,
    /// In how many of a thousand that ended more than a month ago it has not been set right.
    old: u32,
}

/// What kind of slip it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SlipKind {
    /// The document was not written.
    Missing,
    /// Written, not signed.
    Unsigned,
    /// Signed without date and time.
    Undated,
    /// The physician has not co-signed.
    Cosignature,
    /// Dictated, not typed.
    Dictated,
    /// Sections were left out.
    Element,
    /// A line was left blank, or says what it must not.
    Rewrite,
    /// A spoken order was not authenticated.
    VerbalOrder,
    /// The last result is not final.
    Pending,
}

impl Slip {
    /// Whether it befalls a document type.
    pub(super) fn befalls(&self, kind: &str) -> bool {
        match self.kind {
            SlipKind::Missing => self.forms.iter().any(|one| one == kind),
            _ => self.forms.first().is_some_and(|one| one == kind),
        }
    }

    fn can_befall(&self, patient: &Patient<'_>, episode: &Episode<'_>) -> bool {
        let written = || documents::is_due(patient, episode, self.forms.first().map_or("", String::as_str));
        match self.kind {
            SlipKind::VerbalOrder => {
                episode.scenario.setting.has_bed_days() && episode.scenario.setting != Setting::Newborn
            }
            SlipKind::Pending => {
                episode.scenario.setting != Setting::Clinic
                    && episode.end.is_some()
                    && episode.has_laboratory(patient.data)
            }
            SlipKind::Cosignature => episode.writer != episode.attending && written(),
            _ => written(),
        }
    }
}

/// The slips of an encounter: none for most.
pub(super) fn draw<'a>(patient: &mut Patient<'a>, episode: &Episode<'_>) -> Vec<&'a Slip> {
    let data = patient.data;
    let can = data.slips.iter().filter(|one| one.can_befall(patient, episode)).collect();
    match likelihood(episode.end, patient.now) {
        Some(likely) => fresh(patient, can, likely),
        None => old(patient, can),
    }
}

/// Of those that can befall an encounter one, sometimes two, by how often each does.
fn fresh<'a>(patient: &mut Patient<'a>, can: Vec<&'a Slip>, likely: u32) -> Vec<&'a Slip> {
    let all = can.iter().map(|one| one.fresh).sum();
    if all == 0 || !patient.chance(likely) {
        return Vec::new();
    }
    let count = 1 + u32::from(patient.chance(ONE_MORE));
    let mut drawn = |_| {
        let mut at = patient.random.random_range(0..all);
        let found = can.iter().find(|one| {
            let found = at < one.fresh;
            at = at.saturating_sub(one.fresh);
            found
        });
        found.copied()
    };
    (0..count).filter_map(&mut drawn).collect()
}

/// Each by its own chance that nobody has set it right.
fn old<'a>(patient: &mut Patient<'a>, can: Vec<&'a Slip>) -> Vec<&'a Slip> {
    can.into_iter().filter(|one| patient.random.random_ratio(one.old, 1000)).collect()
}

/// How many of a hundred such encounters carry a slip; `None` when it ended long ago.
fn likelihood(end: Option<Timestamp>, now: Timestamp) -> Option<u32> {
    match end.map(|end| now.duration_since(end).as_hours() / 24) {
        None => Some(STILL_HERE),
        Some(..DAYS_OF_WEEK) => Some(WEEK),
        Some(..DAYS_OF_MONTH) => Some(MONTH),
        Some(_) => None,
    }
}
