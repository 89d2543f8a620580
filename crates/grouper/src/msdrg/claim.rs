//! One case read against the tables of one version: rules A to E. Everything is left in a [`Scratch`] that is used
//! again for the next case, so that nothing is allocated per case.

use super::atoms::{Atom, AtomNames, AtomSet};
use super::clusters::ClusterScratch;
use super::counters::Totals;
use super::facts::{DiagnosisFacts, Facts};
use super::grouper::{Grouper, ReturnCode};
use super::severity::Cancelled;
use super::tables::{MsdrgTables, Severity};
use crate::{Case, Sex};

/// Room in which a case is worked on, reused from case to case. One per thread.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) principal: DiagnosisFacts,
    /// The MDC the principal diagnosis leads to.
    pub(crate) mdc: u8,
    pub(crate) secondary: Vec<Secondary>,
    pub(crate) procedures: Vec<ProcedureInPlay>,
    pub(crate) clusters: ClusterScratch,
    /// Atoms that hold in every MDC.
    everywhere: AtomSet,
    /// Some procedure counts for nothing in these MDCs.
    suppressed_mdcs: u32,
    totals: Totals,
}

/// A valid secondary diagnosis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Secondary {
    /// Its place on the claim, from 0.
    pub(crate) place: usize,
    pub(crate) facts: DiagnosisFacts,
    pub(crate) suppressions: u32,
    pub(crate) cancelled: Option<Cancelled>,
}

/// A valid procedure, or a met cluster.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProcedureInPlay {
    pub(crate) set: u16,
    /// MDCs in which it counts for nothing, a bit each.
    pub(crate) suppressed_mdcs: u32,
    pub(crate) origin: Origin,
}

/// Where a procedure in play comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The procedure at this place on the claim.
    Claim(usize),
    /// The met cluster at this place in the scratch.
    Cluster(usize),
}

/// Atoms that the rules compute from the claim, as far as the version's formulas use them.
#[derive(Debug)]
pub(crate) struct ComputedAtoms {
    pub(crate) mcc: Option<Atom>,
    pub(crate) cc: Option<Atom>,
    pub(crate) none: Option<Atom>,
    alive: Option<Atom>,
    any_diagnosis: Option<Atom>,
    invalid_discharge_status: Option<Atom>,
    invalid_sex: Option<Atom>,
    mdc_20_fall_through: Option<Atom>,
    /// By discharge status code: whether it is valid, and the atom it makes true.
    statuses: Vec<StatusFacts>,
    died: Option<Atom>,
}

#[derive(Debug, Clone, Copy, Default)]
struct StatusFacts {
    is_valid: bool,
    died: bool,
    atom: Option<Atom>,
}

impl ComputedAtoms {
    pub(crate) fn open(tables: &MsdrgTables, version: codeset::Version, names: &AtomNames) -> Self {
        let mut statuses = vec![StatusFacts::default(); 256];
        for row in tables.discharge_statuses.iter().filter(|r| r.span.holds(version)) {
            let (died, atom) = (row.mark == "DIED", names.find(&row.mark));
            statuses[usize::from(row.status)] = StatusFacts { is_valid: true, died, atom };
        }
        Self {
            mcc: names.find("MCC"),
            cc: names.find("CC"),
            none: names.find("NONE"),
            alive: names.find("ALIVE"),
            any_diagnosis: names.find("ANYDX"),
            invalid_discharge_status: names.find("INVALID_DSTAT"),
            invalid_sex: names.find("INVALID_SEX"),
            mdc_20_fall_through: names.find("MDC_20_FALL_THRU"),
            died: names.find("DIED"),
            statuses,
        }
    }
}

impl Secondary {
    /// The severity it adds after all that stands against it.
    #[inline]
    pub(crate) fn counts_as(&self) -> Severity {
        if self.cancelled.is_some() { Severity::None } else { self.facts.severity }
    }
}

impl Scratch {
    /// The atoms that hold in `mdc`: all, less those only of procedures suppressed there.
    #[inline]
    pub(crate) fn atoms_in(&self, mdc: u8, facts: &Facts) -> AtomSet {
        let mut atoms = self.everywhere;
        if self.suppressed_mdcs != 0 {
            let in_play = self.procedures.iter().filter(|p| p.suppressed_mdcs >> mdc & 1 == 0);
            in_play.for_each(|p| atoms.add_all(&facts.procedure_sets[usize::from(p.set)]));
        }
        atoms
    }
}

impl Grouper {
    /// Reads `case` into `scratch`; an error is a case that cannot be grouped at all (rule C).
    #[inline]
    pub(crate) fn read(&self, case: &Case, scratch: &mut Scratch) -> Result<(), ReturnCode> {
        let principal = self.facts.diagnosis(case.principal.number);
        scratch.principal = principal;
        scratch.secondary.clear();
        scratch.procedures.clear();
        scratch.clusters.met.clear();
        let set = self.facts.diagnosis_set(&principal);
        if !principal.is_valid {
            return Err(ReturnCode::InvalidPrincipal);
        }
        if set.is_external_cause {
            return Err(ReturnCode::DiagnosisCannotBePrincipal);
        }
        let status = self.computed.statuses[usize::from(case.discharge_status)];
        scratch.everywhere = set.as_principal;
        self.diagnosis_counters.count(principal.attributes, &mut scratch.totals);
        let only = self.read_secondary(case, scratch, status.died);
        self.diagnosis_counters.finish(&mut scratch.totals, &mut scratch.everywhere);
        if !status.is_valid && self.has_mcc_if_alive(scratch) {
            return Err(ReturnCode::InvalidDischargeStatus);
        }
        self.read_sex(case, scratch);
        self.add_computed(scratch, status, only & set.only);
        self.read_procedures(case, scratch);
        Ok(())
    }

    /// Reads the secondary diagnoses; returns the `ONLY:` atoms that all of them allow.
    #[inline]
    fn read_secondary(&self, case: &Case, scratch: &mut Scratch, died: bool) -> u8 {
        let mut only = u8::MAX;
        for (place, diagnosis) in case.secondary.iter().enumerate() {
            let facts = self.facts.diagnosis(diagnosis.number);
            if !facts.is_valid {
                continue;
            }
            let set = self.facts.diagnosis_set(&facts);
            only &= set.only;
            scratch.everywhere.add_all(&set.as_secondary);
            self.diagnosis_counters.count(facts.attributes, &mut scratch.totals);
            let excluded = self.exclusions.excludes(scratch.principal.exclusion_group, facts.exclusion_class);
            let cancelled = match (excluded, died && set.is_mcc_if_alive) {
                (true, _) => Some(Cancelled::Excluded),
                (false, true) => Some(Cancelled::Died),
                (false, false) => None,
            };
            scratch.secondary.push(Secondary { place, facts, suppressions: set.suppressions, cancelled });
        }
        only
    }

    fn has_mcc_if_alive(&self, scratch: &Scratch) -> bool {
        scratch.secondary.iter().any(|s| self.facts.diagnosis_set(&s.facts).is_mcc_if_alive)
    }

    /// The principal diagnosis' MDC, which for some depends on sex (rule D).
    #[inline]
    fn read_sex(&self, case: &Case, scratch: &mut Scratch) {
        scratch.mdc = scratch.principal.mdc;
        if !scratch.principal.has_mdc_by_sex {
            return;
        }
        let by_number = |&(number, ..): &(u32, u8, u8)| number.cmp(&case.principal.number.0);
        let Ok(at) = self.mdc_by_sex.binary_search_by(by_number) else {
            return;
        };
        let (_, male, female) = self.mdc_by_sex[at];
        scratch.mdc = if case.sex == Sex::Male { male } else { female };
        if case.sex == Sex::Unknown {
            self.computed.invalid_sex.into_iter().for_each(|atom| scratch.everywhere.insert(atom));
        }
    }

    #[inline]
    fn add_computed(&self, scratch: &mut Scratch, status: StatusFacts, only: u8) {
        let computed = &self.computed;
        let mut add = |atom: Option<Atom>| atom.into_iter().for_each(|atom| scratch.everywhere.insert(atom));
        add(computed.any_diagnosis);
        add(if status.died { computed.died } else { computed.alive });
        add(status.atom);
        if !status.is_valid {
            add(computed.invalid_discharge_status);
        }
        if scratch.principal.mdc == 20 {
            add(computed.mdc_20_fall_through);
        }
        for (&atom, bit) in self.facts.only_atoms.iter().zip(0u8..8) {
            if only >> bit & 1 == 1 {
                add(Some(atom));
            }
        }
    }

    #[inline]
    fn read_procedures(&self, case: &Case, scratch: &mut Scratch) {
        self.clusters.find_met(case.procedures.iter().map(|p| p.number), &mut scratch.clusters);
        scratch.suppressed_mdcs = 0;
        for (place, procedure) in case.procedures.iter().enumerate() {
            let Some(set) = self.facts.procedure(procedure.number) else {
                continue;
            };
            let suppressed_mdcs = self.clusters.suppressed_mdcs(procedure.number, &scratch.clusters.met);
            self.add_procedure(
                ProcedureInPlay { set, suppressed_mdcs, origin: Origin::Claim(place) },
                scratch,
            );
        }
        for at in 0..scratch.clusters.met.len() {
            let pseudo_code = scratch.clusters.met[at].pseudo_code;
            let Some(set) = self.facts.procedure(pseudo_code) else {
                continue;
            };
            self.add_procedure(
                ProcedureInPlay { set, suppressed_mdcs: 0, origin: Origin::Cluster(at) },
                scratch,
            );
        }
        self.procedure_counters.finish(&mut scratch.totals, &mut scratch.everywhere);
    }

    #[inline]
    fn add_procedure(&self, procedure: ProcedureInPlay, scratch: &mut Scratch) {
        self.procedure_counters.count(procedure.set, &mut scratch.totals);
        scratch.suppressed_mdcs |= procedure.suppressed_mdcs;
        if procedure.suppressed_mdcs == 0 {
            scratch.everywhere.add_all(&self.facts.procedure_sets[usize::from(procedure.set)]);
        }
        scratch.procedures.push(procedure);
    }
}
