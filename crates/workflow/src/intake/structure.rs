//! Merges, moves and new numbers: what changes who or what a thing belongs to.

use chart::id::PatientId;
use chart::intake::{Change, SourceKey};

use super::plan::Plan;
use crate::Result;

impl Plan<'_> {
    /// Applies a change that rearranges what is there already.
    pub(super) async fn rearrange(
        &mut self,
        change: Change,
        remarks: &mut Vec<String>,
    ) -> Result<Option<PatientId>> {
        self.write().await?;
        match change {
            Change::Rename { old, new } => Ok(self.rename(&old, new)),
            _ => {
                remarks.push("not yet".into());
                Ok(None)
            }
        }
    }

    /// The new number leads where the old one led. The old one stays known: older messages may still name it.
    fn rename(&mut self, old: &SourceKey, new: SourceKey) -> Option<PatientId> {
        let target = self.target(old)?.to_owned();
        let patient = target.parse().ok();
        self.bind(new, target);
        patient
    }
}
