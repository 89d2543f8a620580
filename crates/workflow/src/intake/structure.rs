//! Merges, moves and new numbers: what changes who or what a thing belongs to.
//!
//! These work on rows that are there, so everything gathered before is written first.

use chart::id::PatientId;
use chart::intake::{Change, SourceKey};
use store::merges;

use super::plan::Plan;
use crate::{Error, Result, identity};

impl Plan<'_> {
    /// Applies a change that rearranges what is there already.
    pub(super) async fn rearrange(
        &mut self,
        change: Change,
        remarks: &mut Vec<String>,
    ) -> Result<Option<PatientId>> {
        self.write().await?;
        match change {
            Change::Merge { survivor, absorbed } => self.merge(&survivor, absorbed, remarks).await.map(Some),
            Change::MergeEncounters { survivor, absorbed } => {
                self.merge_encounters(&survivor, absorbed, remarks).await
            }
            Change::MoveEncounter { encounter, to } => self.move_encounter(&encounter, &to, remarks).await,
            Change::Rename { old, new } => Ok(self.rename(&old, new, remarks)),
            other => Err(Error::refused(format!("{other:?} does not rearrange anything"))),
        }
    }

    async fn merge(
        &mut self,
        survivor: &SourceKey,
        absorbed: SourceKey,
        remarks: &mut Vec<String>,
    ) -> Result<PatientId> {
        let stays = self.chart_of(survivor).await?;
        if self.target(&absorbed).is_none() {
            remarks.push(
                "the number that was merged was never used here; it leads to the surviving record".into(),
            );
            self.bind(absorbed, stays);
            return Ok(stays);
        }
        let goes = self.chart_of(&absorbed).await?;
        if stays != goes {
            let reason = "merged by the sending system";
            identity::merge_in(self.tx, self.context, (stays, goes), reason).await?;
            self.forget_read();
        }
        Ok(stays)
    }

    async fn merge_encounters(
        &mut self,
        survivor: &SourceKey,
        absorbed: SourceKey,
        remarks: &mut Vec<String>,
    ) -> Result<Option<PatientId>> {
        let (stays, goes) = (self.encounter_of(survivor)?, self.encounter_of(&absorbed)?);
        let (Some(stays), Some(goes)) = (stays, goes) else {
            if let Some(stays) = stays.or(goes) {
                remarks.push(
                    "one of the two numbers was never used here; it leads to the other's encounter".into(),
                );
                self.bind(survivor.clone(), stays);
                self.bind(absorbed, stays);
            } else {
                remarks.push("neither of the two numbers was ever used here".into());
            }
            return Ok(None);
        };
        let patient = self.load_encounter(stays).await?.patient;
        let mut emptied = self.load_encounter(goes).await?.clone();
        if stays == goes || emptied.patient != patient {
            if stays != goes {
                remarks.push("the two encounters are of two patients: merge the patients first".into());
            }
            return Ok(Some(patient));
        }
        merges::merge_encounters(self.tx, goes, stays).await?;
        store::keys::redirect(self.tx, goes, stays, self.context.at).await?;
        emptied.visit.stay = chart::encounter::Stay::Cancelled { since: emptied.visit.stay.since() };
        store::encounters::update(self.tx, &emptied).await?;
        self.bind(absorbed, stays);
        self.forget_read();
        Ok(Some(patient))
    }

    async fn move_encounter(
        &mut self,
        encounter: &SourceKey,
        to: &SourceKey,
        remarks: &mut Vec<String>,
    ) -> Result<Option<PatientId>> {
        let (Some(id), Some(_)) = (self.encounter_of(encounter)?, self.target(to)) else {
            remarks.push(
                "the encounter or patient of this move was never used here: there is nothing to move".into(),
            );
            return Ok(None);
        };
        let to = self.chart_of(to).await?;
        let read = self.load_encounter(id).await?;
        if read.patient != to {
            let (from, version) = (read.patient, read.version);
            merges::move_encounter(self.tx, id, version, to).await?;
            crate::completeness::ask(self.tx, self.context, from).await?;
            self.forget_read();
        }
        Ok(Some(to))
    }

    /// The new number leads where the old one led. The old one stays known: older messages may still name it.
    fn rename(&mut self, old: &SourceKey, new: SourceKey, remarks: &mut Vec<String>) -> Option<PatientId> {
        let Some(target) = self.target(old).map(str::to_owned) else {
            remarks.push("the number that was replaced was never used here".into());
            return None;
        };
        let patient = target.parse().ok().filter(|_| old.kind == chart::intake::KeyKind::Patient);
        self.bind(new, target);
        patient
    }
}
