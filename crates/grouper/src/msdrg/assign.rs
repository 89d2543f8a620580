//! **Where a DRG is decided** (rule G): the Pre-MDC formulas, then those of the principal diagnosis' MDC, each list
//! in rank order; the first that is true assigns the DRG, sends the case to another list, or refuses it.

use codeset::{Drg, Mdc};

use super::atoms::AtomSet;
use super::claim::Scratch;
use super::grouper::{Grouper, ReturnCode};
use super::logic::{FormulaOutcome, OpenFormula};
use super::tables::{DrgType, Severity};

/// The list of formulas for procedures unrelated to the principal diagnosis (DRGs 981 to 989).
const UNRELATED_PROCEDURES: u8 = 29;

/// The DRG of a case and how it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment {
    /// The diagnosis-related group; 999 if the case could not be grouped.
    pub drg: Drg,
    /// The major diagnostic category; 0 if the case could not be grouped.
    pub mdc: Mdc,
    /// The first DRG of the family that differs only by severity.
    pub base_drg: Drg,
    /// Medical or surgical.
    pub kind: DrgType,
    /// The severity the DRG stands for.
    pub severity: Severity,
    /// Why there is no DRG, or [`ReturnCode::Ok`].
    pub return_code: ReturnCode,
    /// The formulas that were true, in order: at most a reroute, a second reroute, and the one that decided.
    pub path: [Option<FormulaRef>; 3],
}

/// One formula of the opened version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormulaRef {
    /// The list: an MDC, 0 for Pre-MDC, 29 for unrelated procedures.
    pub list: Mdc,
    /// Its place among the deciding formulas of the list, from 0.
    pub place: u16,
}

impl Assignment {
    /// A case that could not be grouped.
    pub(crate) fn refused(return_code: ReturnCode) -> Self {
        Self {
            drg: Drg::UNGROUPABLE,
            mdc: Mdc(0),
            base_drg: Drg::UNGROUPABLE,
            kind: DrgType::None,
            severity: Severity::None,
            return_code,
            path: [None; 3],
        }
    }
}

impl Grouper {
    /// Assigns the DRG of the case in `scratch`, which has been read.
    #[inline]
    pub(crate) fn assign(&self, scratch: &Scratch) -> Assignment {
        let mut list = 0;
        let mut mdc = scratch.mdc;
        let mut path = [None; 3];
        for step in &mut path {
            let mut hit = self.first_true(list, scratch);
            if hit.is_none() && list == 0 {
                list = mdc;
                hit = self.first_true(list, scratch);
            }
            let Some((formula, reference)) = hit else { break };
            *step = Some(reference);
            match formula.outcome {
                FormulaOutcome::Refuse(code) => {
                    return Assignment { path, ..Assignment::refused(code) };
                }
                FormulaOutcome::Drg { drg, base_drg, kind, severity } => {
                    let (mdc, return_code) = (Mdc(mdc), ReturnCode::Ok);
                    return Assignment { drg, mdc, base_drg, kind, severity, return_code, path };
                }
                FormulaOutcome::Reroute(to) => {
                    if to != UNRELATED_PROCEDURES {
                        mdc = to;
                    }
                    list = to;
                }
            }
        }
        Assignment { path, ..Assignment::refused(ReturnCode::Ungroupable) }
    }

    /// The formula of `list` with the highest rank among those that are true.
    #[inline]
    fn first_true(&self, list: u8, scratch: &Scratch) -> Option<(&OpenFormula, FormulaRef)> {
        let formulas = self.logic.lists.get(usize::from(list))?;
        let mut atoms = scratch.atoms_in(list, &self.facts);
        self.set_severity(&mut atoms, scratch.severity(0));
        let place = formulas.candidates(&atoms).find(|&place| {
            let formula = &formulas.formulas[place];
            self.is_true(formula, &atoms, scratch)
        })?;
        let reference = FormulaRef { list: Mdc(list), place: place as u16 };
        Some((&formulas.formulas[place], reference))
    }

    /// Whether `formula` is true of a case with `atoms`; a formula with a severity suppression list sees the
    /// severity that is left without it.
    #[inline]
    pub(crate) fn is_true(&self, formula: &OpenFormula, atoms: &AtomSet, scratch: &Scratch) -> bool {
        if formula.suppression == 0 {
            return self.logic.programs.run(formula.program, atoms);
        }
        let mut atoms = *atoms;
        self.set_severity(&mut atoms, scratch.severity(formula.suppression));
        self.logic.programs.run(formula.program, &atoms)
    }

    /// Makes exactly one of the atoms MCC, CC and NONE true.
    #[inline]
    pub(crate) fn set_severity(&self, atoms: &mut AtomSet, severity: Severity) {
        let computed = &self.computed;
        let levels =
            [(computed.mcc, Severity::Mcc), (computed.cc, Severity::Cc), (computed.none, Severity::None)];
        for (atom, level) in levels {
            atom.into_iter().for_each(|atom| atoms.set(atom, level == severity));
        }
    }
}
