//! Hospital-acquired conditions (rule H; 42 CFR 412.2(g)): a listed condition that was not present on admission
//! must not raise the payment, so the case is grouped again without it.

use super::assign::Assignment;
use super::atoms::Bits;
use super::claim::{Scratch, Secondary};
use super::grouper::{Grouper, ReturnCode};
use super::severity::Cancelled;
use crate::{Case, HospitalStatus, Poa};

/// The condition whose companion codes count only beside another code of it.
const HAC_06: u16 = 6;

impl Grouper {
    /// The final DRG: `initial`, unless a hospital-acquired condition is met.
    #[inline]
    pub(crate) fn settle(&self, case: &Case, scratch: &mut Scratch, initial: Assignment) -> Assignment {
        let exempt = case.hospital_status == HospitalStatus::Exempt;
        if initial.return_code != ReturnCode::Ok
            || exempt
            || !scratch.secondary.iter().any(|s| is_listed(s, case))
        {
            return initial;
        }
        if !self.cancel_met(case, scratch) {
            return initial;
        }
        match refusal(case, scratch) {
            Some(code) => Assignment::refused(code),
            None => self.assign(scratch),
        }
    }

    /// Cancels the severity of every secondary diagnosis that meets a condition; whether there is any.
    fn cancel_met(&self, case: &Case, scratch: &mut Scratch) -> bool {
        let mut atoms = scratch.atoms_in(0, &self.facts);
        self.set_severity(&mut atoms, scratch.severity(0));
        let is_true = |hac: u16| {
            let mut formulas = self.logic.hac_formulas.iter().filter(|f| u16::from(f.hac) == hac);
            formulas.any(|f| self.logic.programs.run(f.program, &atoms))
        };
        let is_companion = |s: &Secondary| self.facts.diagnosis_set(&s.facts).is_hac06_companion;
        let meets = |s: &Secondary| is_listed(s, case) && hacs(s).any(is_true);
        let has_hac06 =
            scratch.secondary.iter().any(|s| !is_companion(s) && s.facts.hacs >> HAC_06 & 1 == 1 && meets(s));
        let mut any = false;
        for place in 0..scratch.secondary.len() {
            let secondary = &scratch.secondary[place];
            if meets(secondary) && (has_hac06 || !is_companion(secondary)) {
                scratch.secondary[place].cancelled = Some(Cancelled::HospitalAcquired);
                any = true;
            }
        }
        any
    }
}

/// The conditions a secondary diagnosis is listed under.
pub(crate) fn hacs(secondary: &Secondary) -> impl Iterator<Item = u16> {
    Bits(u64::from(secondary.facts.hacs))
}

/// Whether a secondary diagnosis is on a HAC list, was not present on admission, and is not excluded by the
/// principal diagnosis.
pub(crate) fn is_listed(secondary: &Secondary, case: &Case) -> bool {
    let present = matches!(poa(secondary, case), Poa::Yes | Poa::ClinicallyUndetermined);
    secondary.facts.hacs != 0 && !present && secondary.cancelled != Some(Cancelled::Excluded)
}

fn poa(secondary: &Secondary, case: &Case) -> Poa {
    case.secondary[secondary.place].poa
}

/// Why a case with a met condition cannot be given a final DRG.
fn refusal(case: &Case, scratch: &Scratch) -> Option<ReturnCode> {
    let mut listed = scratch.secondary.iter().filter(|s| is_listed(s, case));
    match case.hospital_status {
        HospitalStatus::Exempt => None,
        HospitalStatus::NonExempt => {
            let reported = |s: &Secondary| matches!(poa(s, case), Poa::No | Poa::Undetermined);
            (!listed.all(reported)).then_some(ReturnCode::HacMissingPoa)
        }
        HospitalStatus::Unknown if case.secondary.len() >= 2 => Some(ReturnCode::HacStatusUnknownSeveral),
        HospitalStatus::Unknown => match listed.next().map(|s| poa(s, case)) {
            Some(Poa::No | Poa::Undetermined) => Some(ReturnCode::HacStatusUnknownPoaNoOrUndetermined),
            _ => Some(ReturnCode::HacStatusUnknownPoaInvalid),
        },
    }
}
