//! Which codes the DRG hangs on: the case is grouped again without each of them.

use super::Influence;
use crate::msdrg::Assignment;
use crate::{Case, Grouper, Scratch};

impl Grouper {
    /// The secondary diagnoses and procedures without which `case` would have another final DRG than `last`.
    pub(super) fn influences(&self, case: &Case, last: &Assignment) -> Vec<Influence> {
        let mut influences = Vec::new();
        for place in 0..case.secondary.len() {
            let mut without = case.clone();
            let removed = without.secondary.remove(place);
            influences.extend(self.influence(&without, removed.code.dotted(), last));
        }
        for place in 0..case.procedures.len() {
            let mut without = case.clone();
            let removed = without.procedures.remove(place);
            influences.extend(self.influence(&without, removed.code.to_string(), last));
        }
        influences
    }

    fn influence(&self, without: &Case, code: String, last: &Assignment) -> Option<Influence> {
        let drg_without = self.group(without, &mut Scratch::default()).last.drg;
        let title_without = self.drg_title(drg_without).to_owned();
        (drg_without != last.drg).then_some(Influence { code, drg_without, title_without })
    }
}
