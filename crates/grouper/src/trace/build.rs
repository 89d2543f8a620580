//! Builds the trace by grouping the case once more and looking at what each step left behind.

use codeset::{Drg, Mdc};

use super::{
    AssignmentTrace, ClusterTrace, Evidence, FormulaStep, HacTrace, PrincipalTrace, ProcedureTrace,
    SecondaryTrace, Trace,
};
use crate::lookup::title;
use crate::msdrg::claim::{Origin, Secondary};
use crate::msdrg::clusters::mdcs;
use crate::msdrg::hac::hacs;
use crate::msdrg::logic::{FormulaOutcome, HacFormula, OpenFormula};
use crate::msdrg::severity::Cancelled;
use crate::msdrg::{Assignment, Atom, AtomSet, FormulaRef};
use crate::{Case, Grouper, HospitalStatus, Poa, Scratch, Severity};

impl Grouper {
    /// Why `case` has its DRG.
    pub fn explain(&self, case: &Case) -> Trace {
        let mut scratch = Scratch::default();
        let initial =
            self.read(case, &mut scratch).map_or_else(Assignment::refused, |()| self.assign(&scratch));
        let initial_trace = self.trace_assignment(case, &scratch, &initial);
        let last = self.settle(case, &mut scratch, initial);
        Trace {
            version: self.version,
            principal: self.trace_principal(case, &scratch),
            secondary: self.trace_secondary(case, &scratch),
            procedures: self.trace_procedures(case, &scratch),
            clusters: self.trace_clusters(case, &scratch),
            initial: initial_trace,
            missed: self.missed(&scratch, &last),
            influences: self.influences(case, &last),
            last: self.trace_assignment(case, &scratch, &last),
        }
    }

    /// The title of `drg` in this version; blank if it has none.
    pub fn drg_title(&self, drg: Drg) -> &str {
        title(&self.tables.drg_titles, drg.0, self.version)
    }

    /// The title of `mdc` in this version; blank if it has none.
    pub fn mdc_title(&self, mdc: Mdc) -> &str {
        title(&self.tables.mdc_titles, u16::from(mdc.0), self.version)
    }

    /// The title of hospital-acquired condition `hac` in this version.
    pub fn hac_title(&self, hac: u8) -> &str {
        title(&self.tables.hac_titles, u16::from(hac), self.version)
    }

    fn trace_principal(&self, case: &Case, scratch: &Scratch) -> PrincipalTrace {
        let facts = scratch.principal;
        PrincipalTrace {
            code: case.principal.code.dotted(),
            is_valid: facts.is_valid,
            mdc: Mdc(if facts.is_valid { scratch.mdc } else { 0 }),
            mdc_by_sex: facts.has_mdc_by_sex,
            exclusion_group: Some(facts.exclusion_group).filter(|&group| group != 0),
        }
    }

    fn trace_secondary(&self, case: &Case, scratch: &Scratch) -> Vec<SecondaryTrace> {
        let trace = |(place, diagnosis): (usize, &crate::Diagnosis)| {
            let read = scratch.secondary.iter().find(|s| s.place == place);
            SecondaryTrace {
                code: diagnosis.code.dotted(),
                is_valid: read.is_some(),
                severity: read.map(|s| s.facts.severity).unwrap_or_default(),
                counted_as: read.map(Secondary::counts_as).unwrap_or_default(),
                cancelled: read.and_then(|s| self.cancellation(case, scratch, s)),
                hacs: read.map(|s| self.trace_hacs(case, scratch, s)).unwrap_or_default(),
            }
        };
        case.secondary.iter().enumerate().map(trace).collect()
    }

    fn cancellation(&self, case: &Case, scratch: &Scratch, secondary: &Secondary) -> Option<String> {
        let cancelled = secondary.cancelled.filter(|_| secondary.facts.severity != Severity::None)?;
        Some(match cancelled {
            Cancelled::Excluded => format!(
                "excluded by the principal diagnosis {} (exclusion group {})",
                case.principal.code.dotted(),
                scratch.principal.exclusion_group
            ),
            Cancelled::Died => "an MCC only for patients discharged alive".to_owned(),
            Cancelled::HospitalAcquired => "hospital-acquired: not counted towards the final DRG".to_owned(),
        })
    }

    fn trace_hacs(&self, case: &Case, scratch: &Scratch, secondary: &Secondary) -> Vec<HacTrace> {
        let trace = |hac: u16| {
            let hac = u8::try_from(hac).unwrap_or(u8::MAX);
            let outcome = self.hac_outcome(case, scratch, secondary, hac);
            HacTrace { hac, title: self.hac_title(hac).to_owned(), outcome }
        };
        hacs(secondary).map(trace).collect()
    }

    fn hac_outcome(&self, case: &Case, scratch: &Scratch, secondary: &Secondary, hac: u8) -> String {
        let poa = case.secondary[secondary.place].poa;
        if case.hospital_status == HospitalStatus::Exempt {
            return "not applied: the hospital is exempt".to_owned();
        }
        if matches!(poa, Poa::Yes | Poa::ClinicallyUndetermined) {
            return "not met: present on admission".to_owned();
        }
        if secondary.cancelled == Some(Cancelled::Excluded) {
            return "not applied: excluded by the principal diagnosis".to_owned();
        }
        let atoms = scratch.atoms_in(0, &self.facts);
        let formulas = self.logic.hac_formulas.iter().filter(|f| f.hac == hac);
        let unmet = |f: &HacFormula| f.formula.unmet(&|&atom| atoms.contains(atom));
        let lacking: Option<Vec<_>> = formulas.map(unmet).collect();
        match lacking.as_deref() {
            None => "met".to_owned(),
            Some(lacking) => {
                let lacking: Vec<_> = lacking.iter().map(|formula| self.print(formula)).collect();
                format!("not met: lacks {}", lacking.join(" or "))
            }
        }
    }

    fn trace_procedures(&self, case: &Case, scratch: &Scratch) -> Vec<ProcedureTrace> {
        let trace = |(place, procedure): (usize, &crate::Procedure)| {
            let in_play = scratch.procedures.iter().find(|p| p.origin == Origin::Claim(place));
            ProcedureTrace {
                code: procedure.code.to_string(),
                is_valid: in_play.is_some(),
                is_operation: in_play.is_some_and(|p| !self.has_attribute(p.set, "nonor")),
                silent_in: in_play.map(|p| mdcs(p.suppressed_mdcs).collect()).unwrap_or_default(),
            }
        };
        case.procedures.iter().enumerate().map(trace).collect()
    }

    fn has_attribute(&self, set: u16, name: &str) -> bool {
        let attributes = self.tables.attribute_sets[usize::from(set)].iter();
        attributes
            .map(|&number| &self.tables.attributes[usize::from(number)])
            .any(|attribute| attribute == name)
    }

    fn trace_clusters(&self, case: &Case, scratch: &Scratch) -> Vec<ClusterTrace> {
        let trace = |met: &crate::msdrg::clusters::MetCluster| {
            let is_component = |p: &&crate::Procedure| self.clusters.has_component(met, p.number);
            ClusterTrace {
                code: self.codes.procedures.code(met.pseudo_code).to_string(),
                components: case.procedures.iter().filter(is_component).map(|p| p.code.to_string()).collect(),
            }
        };
        scratch.clusters.met.iter().map(trace).collect()
    }

    fn trace_assignment(&self, case: &Case, scratch: &Scratch, assignment: &Assignment) -> AssignmentTrace {
        let steps = assignment.path.iter().flatten().map(|&step| self.trace_step(case, scratch, step));
        AssignmentTrace {
            drg: assignment.drg,
            title: self.drg_title(assignment.drg).to_owned(),
            mdc: assignment.mdc,
            mdc_title: self.mdc_title(assignment.mdc).to_owned(),
            return_code: assignment.return_code.name(),
            meaning: assignment.return_code.meaning(),
            steps: steps.collect(),
        }
    }

    fn trace_step(&self, case: &Case, scratch: &Scratch, step: FormulaRef) -> FormulaStep {
        let formula = &self.logic.lists[usize::from(step.list.0)].formulas[usize::from(step.place)];
        let (atoms, _) = self.atoms_for(formula, step.list, scratch);
        let mut names = Vec::new();
        formula.formula.for_each_atom(&mut |&atom| {
            if atoms.contains(atom) && !names.contains(&atom) {
                names.push(atom);
            }
        });
        let evidence = names.into_iter().map(|atom| Evidence {
            name: self.logic.names.name(atom).to_owned(),
            from: self.evidence(case, scratch, formula, step.list, atom),
        });
        FormulaStep {
            list: step.list,
            rank: formula.rank,
            formula: self.print(&formula.formula),
            outcome: match formula.outcome {
                FormulaOutcome::Drg { drg, .. } => format!("assigns DRG {drg}"),
                FormulaOutcome::Reroute(mdc) => format!("goes on in the list of MDC {}", Mdc(mdc)),
                FormulaOutcome::Refuse(code) => format!("refuses: {}", code.meaning()),
            },
            evidence: evidence.collect(),
        }
    }

    /// The atoms `formula` of `list` sees, and the severity among them.
    pub(crate) fn atoms_for(
        &self,
        formula: &OpenFormula,
        list: Mdc,
        scratch: &Scratch,
    ) -> (AtomSet, Severity) {
        let mut atoms = scratch.atoms_in(list.0, &self.facts);
        let severity = scratch.severity(formula.suppression);
        self.set_severity(&mut atoms, severity);
        (atoms, severity)
    }

    pub(crate) fn print(&self, formula: &crate::Formula<Atom>) -> String {
        formula.map(&mut |&atom| self.logic.names.name(atom).to_owned()).to_string()
    }

    /// The codes that carry `atom`, or what on the claim made it true.
    fn evidence(
        &self,
        case: &Case,
        scratch: &Scratch,
        formula: &OpenFormula,
        list: Mdc,
        atom: Atom,
    ) -> Vec<String> {
        if [self.computed.mcc, self.computed.cc, self.computed.none].contains(&Some(atom)) {
            return self.severity_evidence(case, scratch, formula);
        }
        let mut from = Vec::new();
        let principal = &scratch.principal;
        let counts_principal = self.diagnosis_counters.counts_towards(principal.attributes, atom);
        if self.facts.diagnosis_set(principal).as_principal.contains(atom) || counts_principal {
            from.push(case.principal.code.dotted());
        }
        for secondary in &scratch.secondary {
            let set = self.facts.diagnosis_set(&secondary.facts);
            let counts = self.diagnosis_counters.counts_towards(secondary.facts.attributes, atom);
            if set.as_secondary.contains(atom) || counts {
                from.push(case.secondary[secondary.place].code.dotted());
            }
        }
        for procedure in scratch.procedures.iter().filter(|p| p.suppressed_mdcs >> list.0 & 1 == 0) {
            let carries = self.facts.procedure_sets[usize::from(procedure.set)].contains(atom);
            if carries || self.procedure_counters.counts_towards(procedure.set, atom) {
                from.push(match procedure.origin {
                    Origin::Claim(place) => case.procedures[place].code.to_string(),
                    Origin::Cluster(at) => {
                        self.codes.procedures.code(scratch.clusters.met[at].pseudo_code).to_string()
                    }
                });
            }
        }
        if from.is_empty() {
            from.push(format!("discharge status {:02}, sex, or the claim as a whole", case.discharge_status));
        }
        from
    }

    fn severity_evidence(&self, case: &Case, scratch: &Scratch, formula: &OpenFormula) -> Vec<String> {
        let severity = scratch.severity(formula.suppression);
        if severity == Severity::None {
            return vec!["no secondary diagnosis counts as MCC or CC".to_owned()];
        }
        let counting = scratch.secondary.iter().filter(|s| s.suppressions & formula.suppression == 0);
        let best = counting.filter(|s| s.counts_as() == severity);
        best.map(|s| case.secondary[s.place].code.dotted()).collect()
    }
}
