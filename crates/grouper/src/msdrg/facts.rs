//! What one version's tables say of each code, laid out for the hot path: a few bytes a code, and the atoms of
//! each combination of attributes worked out once.

use codeset::{CodeIndex, CodeNumber, Version};

use super::atoms::{Atom, AtomNames, AtomSet};
use super::logic::Suppressions;
use super::tables::{MsdrgTables, Severity};

/// A diagnosis code in one version.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DiagnosisFacts {
    pub(crate) attributes: u16,
    pub(crate) exclusion_group: u16,
    pub(crate) exclusion_class: u16,
    pub(crate) mdc: u8,
    pub(crate) severity: Severity,
    pub(crate) is_valid: bool,
    pub(crate) has_mdc_by_sex: bool,
    pub(crate) hacs: u16,
}

/// A combination of attributes on a diagnosis code.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DiagnosisSet {
    pub(crate) as_principal: AtomSet,
    pub(crate) as_secondary: AtomSet,
    /// The severity suppression lists that one of the attributes is on, a bit each.
    pub(crate) suppressions: u32,
    /// The `ONLY:` atoms the attributes allow, a bit each.
    pub(crate) only: u8,
    /// An external cause, never a principal diagnosis.
    pub(crate) is_external_cause: bool,
    /// A major complication only while the patient lives.
    pub(crate) is_mcc_if_alive: bool,
    /// HAC 06: shown only beside another code of it.
    pub(crate) is_hac06_companion: bool,
}

/// All codes of one version.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) diagnoses: Vec<DiagnosisFacts>,
    pub(crate) diagnosis_sets: Vec<DiagnosisSet>,
    /// By procedure number: attribute set, [`Facts::NO_PROCEDURE`] for a code the version does not have.
    pub(crate) procedures: Vec<u16>,
    pub(crate) procedure_sets: Vec<AtomSet>,
    /// The atoms whose bits `DiagnosisSet::only` holds.
    pub(crate) only_atoms: Vec<Atom>,
}

impl Facts {
    pub(crate) const NO_PROCEDURE: u16 = u16::MAX;

    pub(crate) fn open(
        tables: &MsdrgTables,
        version: Version,
        codes: &CodeIndex,
        names: &AtomNames,
        suppressions: &Suppressions,
    ) -> Self {
        let only_atoms =
            names.iter().filter(|(name, _)| name.starts_with("ONLY:")).map(|(_, atom)| atom).collect();
        let sets = SetReader { tables, names, suppressions, only_atoms: &only_atoms };
        Self {
            diagnoses: diagnoses(tables, version, codes.diagnoses.count()),
            diagnosis_sets: tables.attribute_sets.iter().map(|set| sets.of_diagnosis(set)).collect(),
            procedures: procedures(tables, version, codes.procedures.count()),
            procedure_sets: tables.attribute_sets.iter().map(|set| sets.of_procedure(set)).collect(),
            only_atoms,
        }
    }

    #[inline]
    pub(crate) fn diagnosis(&self, number: CodeNumber) -> DiagnosisFacts {
        self.diagnoses.get(number.index()).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn diagnosis_set(&self, facts: &DiagnosisFacts) -> &DiagnosisSet {
        &self.diagnosis_sets[usize::from(facts.attributes)]
    }

    /// The attribute set of a procedure the version has.
    #[inline]
    pub(crate) fn procedure(&self, number: CodeNumber) -> Option<u16> {
        self.procedures.get(number.index()).copied().filter(|&set| set != Self::NO_PROCEDURE)
    }
}

fn diagnoses(tables: &MsdrgTables, version: Version, count: usize) -> Vec<DiagnosisFacts> {
    let mut facts = vec![DiagnosisFacts::default(); count];
    for row in tables.diagnoses.iter().filter(|r| r.span.holds(version)) {
        facts[row.number as usize] = DiagnosisFacts {
            attributes: row.attributes,
            mdc: row.mdc,
            severity: row.severity,
            is_valid: true,
            hacs: row.hacs as u16,
            ..DiagnosisFacts::default()
        };
    }
    for &(number, class) in &tables.exclusions.class_of {
        facts[number as usize].exclusion_class = class;
    }
    for (number, _, group) in tables.exclusions.principal.iter().filter(|(_, span, _)| span.holds(version)) {
        facts[*number as usize].exclusion_group = *group;
    }
    for row in tables.mdc_by_sex.iter().filter(|r| r.span.holds(version)) {
        facts[row.number as usize].has_mdc_by_sex = true;
    }
    facts[CodeNumber::UNKNOWN.index()] = DiagnosisFacts::default();
    facts
}

fn procedures(tables: &MsdrgTables, version: Version, count: usize) -> Vec<u16> {
    let mut sets = vec![Facts::NO_PROCEDURE; count];
    for row in tables.procedures.iter().filter(|r| r.span.holds(version)) {
        sets[row.number as usize] = row.attributes;
    }
    sets
}

struct SetReader<'t> {
    tables: &'t MsdrgTables,
    names: &'t AtomNames,
    suppressions: &'t Suppressions,
    only_atoms: &'t Vec<Atom>,
}

impl SetReader<'_> {
    fn of_diagnosis(&self, set: &[u16]) -> DiagnosisSet {
        let only = self.only_atoms.iter().zip(0u8..8);
        let allows = |atom: Atom| self.attributes(set).any(|a| self.names.name(atom) == format!("ONLY:{a}"));
        DiagnosisSet {
            as_principal: self.atoms(set, &["", "ANY:", "PDX:"]),
            as_secondary: self.atoms(set, &["", "ANY:", "SDX:"]),
            suppressions: self.suppressions.bits(set),
            only: only.filter(|&(&atom, _)| allows(atom)).fold(0, |bits, (_, bit)| bits | 1 << bit),
            is_external_cause: self.attributes(set).any(|a| a == "ecode"),
            is_mcc_if_alive: self.attributes(set).any(|a| a == "mccalive"),
            is_hac06_companion: self.attributes(set).any(|a| a == "hac06_show"),
        }
    }

    /// Any operating-room procedure that the unrelated-procedure formulas know also yields `ORPROC`.
    fn of_procedure(&self, set: &[u16]) -> AtomSet {
        let mut atoms = self.atoms(set, &["", "ANY:"]);
        if self.attributes(set).any(|a| a == "d468" || a == "d477")
            && let Some(any_operation) = self.names.find("ORPROC")
        {
            atoms.insert(any_operation);
        }
        atoms
    }

    fn attributes<'a>(&'a self, set: &'a [u16]) -> impl Iterator<Item = &'a str> {
        set.iter().map(|&number| self.tables.attributes[usize::from(number)].as_str())
    }

    fn atoms(&self, set: &[u16], prefixes: &[&str]) -> AtomSet {
        let named = self.attributes(set).flat_map(|a| prefixes.iter().map(move |p| format!("{p}{a}")));
        named.filter_map(|name| self.names.find(&name)).collect()
    }
}
