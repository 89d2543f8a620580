//! How good the suggestions are here: what is proposed for encounters whose codes are closed, beside what their coders
//! chose.

use chart::access::Permission;
use chart::coding::CodeSet;
use chart::id::{EncounterId, PatientId};
use codeset::Code;
use jiff::tz::TimeZone;
use store::coding::{self, Learned};
use store::{Page, Reader, Store};
use suggest::Standing;

use super::reading::Experience;
use super::suggested::documents;
use super::synonyms::read_anew;
use super::{Books, Facts};
use crate::{Context, Result, gate};

/// Encounters that are read, the last closed first.
const READ: Page = Page { skip: 0, take: 40 };

/// Diagnoses proposed and chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proposals {
    /// Proposed.
    pub proposed: usize,
    /// Proposed and chosen by the coder, the seventh character aside.
    pub right: usize,
    /// Chosen by the coder and not proposed.
    pub missed: usize,
}

/// One encounter.
#[derive(Debug, Clone)]
pub struct OfEncounter {
    /// Which.
    pub encounter: EncounterId,
    /// Whose.
    pub patient: PatientId,
    /// Proposed and chosen.
    pub agreement: Proposals,
    /// What was chosen and not proposed.
    pub missed: Vec<Code>,
    /// What was proposed and not chosen: its noise.
    pub noise: Vec<Code>,
}

/// The suggestions measured.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// By encounter, the last closed first.
    pub encounters: Vec<OfEncounter>,
    /// Encounters left out because their charts do not open to the actor.
    pub left_out: usize,
}

impl Proposals {
    /// Of what is proposed the part that is right, from 0 to 1; `None` where nothing is proposed.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.proposed)
    }

    /// Of what was chosen the part that was proposed, from 0 to 1; `None` where nothing was chosen.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.right + self.missed)
    }

    fn and(self, other: Self) -> Self {
        Self {
            proposed: self.proposed + other.proposed,
            right: self.right + other.right,
            missed: self.missed + other.missed,
        }
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Measured {
    /// All encounters together.
    #[must_use]
    pub fn total(&self) -> Proposals {
        self.encounters.iter().fold(Proposals::default(), |sum, one| sum.and(one.agreement))
    }

    /// Wrong proposals for each encounter; `None` without encounters.
    #[must_use]
    pub fn noise(&self) -> Option<f64> {
        let total = self.total();
        share(total.proposed - total.right, self.encounters.len())
    }
}

/// Measures the suggestions on the encounters whose codes were closed last. What coders decided on suggestions is not
/// counted in: it would know the answers.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn measured(store: &Store, context: &Context, books: &Books, zone: &TimeZone) -> Result<Measured> {
    context.must(Permission::CodingLearn)?;
    read_anew(store, books).await?;
    let mut view = store.view().await?;
    let mut measured = Measured::default();
    let learned: [Learned; 0] = [];
    let experience = Experience::of(&learned);
    for set in coding::last_closed(&mut view, READ).await? {
        if !gate::opens(&mut view, context, set.patient, Permission::ChartRead).await? {
            measured.left_out += 1;
            continue;
        }
        let proposed = proposed(&mut view, context, books, &set, &experience, zone).await?;
        measured.encounters.push(compare(&set, &proposed));
    }
    view.finish(context.event("suggestions-measure")).await?;
    Ok(measured)
}

async fn proposed(
    reader: &mut Reader,
    context: &Context,
    books: &Books,
    set: &CodeSet,
    experience: &Experience,
    zone: &TimeZone,
) -> Result<Vec<Code>> {
    let encounter = store::encounters::get(reader, set.encounter).await?;
    let patient = store::patients::get(reader, set.patient).await?;
    let facts = Facts::of(&encounter, &patient.demographics, zone, context.at);
    let documents = documents(reader, set.encounter).await?;
    let all = books.suggestions(&documents, experience, facts.discharged)?;
    Ok(all.into_iter().filter(|one| one.standing == Standing::Proposed).map(|one| one.code).collect())
}

fn compare(set: &CodeSet, proposed: &[Code]) -> OfEncounter {
    let chosen: Vec<Code> = set.codes.diagnoses.iter().map(|line| line.code).collect();
    let is_chosen = |code: &Code| chosen.iter().any(|one| one.starts_with(*code));
    let is_proposed = |code: &Code| proposed.iter().any(|one| code.starts_with(*one));
    let noise: Vec<Code> = proposed.iter().copied().filter(|code| !is_chosen(code)).collect();
    let missed: Vec<Code> = chosen.iter().copied().filter(|code| !is_proposed(code)).collect();
    let (proposed, wrong) = (proposed.len(), noise.len());
    let agreement = Proposals { proposed, right: proposed - wrong, missed: missed.len() };
    OfEncounter { encounter: set.encounter, patient: set.patient, agreement, missed, noise }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_what_there_is() {
        let one = Proposals { proposed: 4, right: 3, missed: 1 };
        assert_eq!((one.precision(), one.recall()), (Some(0.75), Some(0.75)));
        assert_eq!(Proposals::default().precision(), None);
    }
}
