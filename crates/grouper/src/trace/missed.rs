//! The formulas that would have assigned a DRG and were not true: "why not DRG 291?".

use codeset::{Drg, Mdc};

use super::{MissedFormula, WhyNot, WhyNotReason};
use crate::msdrg::logic::{FormulaOutcome, OpenFormula};
use crate::msdrg::{Assignment, FormulaRef};
use crate::{Case, Grouper, ReturnCode, Scratch};

impl Grouper {
    /// The formulas that assign a DRG and rank above the one that decided, in the lists gone through.
    pub(super) fn missed(&self, scratch: &Scratch, assignment: &Assignment) -> Vec<MissedFormula> {
        if assignment.return_code != ReturnCode::Ok {
            return Vec::new();
        }
        let decided: Vec<FormulaRef> = assignment.path.iter().flatten().copied().collect();
        let mut lists: Vec<(Mdc, Option<u16>)> = decided.iter().map(|f| (f.list, Some(f.place))).collect();
        if decided.first().is_some_and(|f| f.list != Mdc(0)) {
            lists.insert(0, (Mdc(0), None));
        }
        let mut missed = Vec::new();
        for (list, until) in lists {
            let formulas = &self.logic.lists[usize::from(list.0)].formulas;
            let above = until.map_or(formulas.len(), usize::from);
            missed.extend(formulas[..above].iter().filter_map(|f| self.miss(f, list, scratch)));
        }
        missed
    }

    fn miss(&self, formula: &OpenFormula, list: Mdc, scratch: &Scratch) -> Option<MissedFormula> {
        let FormulaOutcome::Drg { drg, .. } = formula.outcome else { return None };
        let (atoms, _) = self.atoms_for(formula, list, scratch);
        let lacking = formula.formula.unmet(&|&atom| atoms.contains(atom))?;
        let mut names_true = Vec::new();
        formula.formula.for_each_atom(&mut |&atom| names_true.extend(atoms.contains(atom).then_some(atom)));
        names_true.sort_unstable();
        names_true.dedup();
        let mut names_lacking = 0;
        lacking.for_each_atom(&mut |_| names_lacking += 1);
        Some(MissedFormula {
            list,
            rank: formula.rank,
            drg,
            formula: self.print(&formula.formula),
            lacking: self.print(&lacking),
            names_true: names_true.len(),
            names_lacking,
        })
    }

    /// Why `case` did not get `drg` as its final DRG; `None` if it did.
    pub fn why_not(&self, case: &Case, drg: Drg) -> Option<WhyNot> {
        let mut scratch = Scratch::default();
        let grouping = self.group(case, &mut scratch);
        if grouping.last.drg == drg {
            return None;
        }
        let mut reasons = Vec::new();
        for (list, number) in self.logic.lists.iter().zip(0u8..) {
            let assigning = list.formulas.iter().zip(0u16..).filter(|(f, _)| assigns(f, drg));
            reasons.extend(assigning.map(|(formula, place)| WhyNotReason {
                list: Mdc(number),
                rank: formula.rank,
                formula: self.print(&formula.formula),
                reason: self.reason(
                    formula,
                    FormulaRef { list: Mdc(number), place },
                    &scratch,
                    &grouping.last,
                ),
            }));
        }
        Some(WhyNot { drg, title: self.drg_title(drg).to_owned(), reasons })
    }

    fn reason(&self, formula: &OpenFormula, at: FormulaRef, scratch: &Scratch, got: &Assignment) -> String {
        if got.return_code != ReturnCode::Ok {
            return format!("no DRG is assigned: {}", got.return_code.meaning());
        }
        let gone_through = at.list == Mdc(0) || got.path.iter().flatten().any(|f| f.list == at.list);
        if !gone_through {
            return format!("the case is in MDC {}, this formula is in the list of MDC {}", got.mdc, at.list);
        }
        let (atoms, _) = self.atoms_for(formula, at.list, scratch);
        match formula.formula.unmet(&|&atom| atoms.contains(atom)) {
            Some(lacking) => format!("not true: {}", self.print(&lacking)),
            None => {
                let decided = got.path.iter().flatten().find(|f| f.list == at.list);
                let rank = decided.map_or(0, |f| {
                    self.logic.lists[usize::from(f.list.0)].formulas[usize::from(f.place)].rank
                });
                format!("true, but the formula of rank {rank} was true before it")
            }
        }
    }
}

fn assigns(formula: &OpenFormula, drg: Drg) -> bool {
    matches!(formula.outcome, FormulaOutcome::Drg { drg: assigned, .. } if assigned == drg)
}
