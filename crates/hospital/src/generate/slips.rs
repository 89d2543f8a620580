//! What people forget: the slips of `demo/slips.toml`, drawn for an encounter by how long ago it ended.

use jiff::Timestamp;
use rand::RngExt as _;
use serde::Deserialize;

use super::{Episode, Patient, documents};

/// Of a hundred encounters, how many carry a slip: still here, ended within a week, a month, or longer ago.
const STILL_HERE: u32 = 60;
const WEEK: u32 = 55;
const MONTH: u32 = 27;
const LONGER: u32 = 10;
const DAYS_OF_WEEK: i64 = 7;
const DAYS_OF_MONTH: i64 = 30;
/// Of a hundred encounters with one slip that are not old, how many carry one more.
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
    /// How often it befalls what is fresh, and how often it has survived in what ended more than a month ago.
    fresh: u32,
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
            SlipKind::VerbalOrder => episode.scenario.setting.has_bed_days(),
            SlipKind::Pending => episode.end.is_some() && episode.has_laboratory(patient.data),
            SlipKind::Cosignature => episode.writer != episode.attending && written(),
            _ => written(),
        }
    }
}

/// The slips of an encounter: none for most.
pub(super) fn draw<'a>(patient: &mut Patient<'a>, episode: &Episode<'_>) -> Vec<&'a Slip> {
    let (likely, is_old) = likelihood(episode.end, patient.now);
    let data = patient.data;
    let share = |one: &Slip| if is_old { one.old } else { one.fresh };
    let can: Vec<&Slip> =
        data.slips.iter().filter(|one| share(one) > 0 && one.can_befall(patient, episode)).collect();
    if can.is_empty() || !patient.chance(likely) {
        return Vec::new();
    }
    let count = 1 + usize::from(!is_old && patient.chance(ONE_MORE));
    let mut all: Vec<&Slip> = Vec::new();
    for _ in 0..count {
        let mut at = patient.random.random_range(0..can.iter().map(|one| share(one)).sum());
        for one in &can {
            if at < share(one) {
                all.push(one);
                break;
            }
            at -= share(one);
        }
    }
    all
}

/// How many of a hundred such encounters carry a slip, and whether it ended long ago.
fn likelihood(end: Option<Timestamp>, now: Timestamp) -> (u32, bool) {
    match end.map(|end| now.duration_since(end).as_hours() / 24) {
        None => (STILL_HERE, false),
        Some(..DAYS_OF_WEEK) => (WEEK, false),
        Some(..DAYS_OF_MONTH) => (MONTH, false),
        Some(_) => (LONGER, true),
    }
}
