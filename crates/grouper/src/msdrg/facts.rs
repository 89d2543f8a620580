//! What one version's tables say of each code, laid out for the hot path: a few bytes a code, and the atoms of
//! each combination of attributes worked out once.

use codeset::{CodeIndex, CodeNumber, Version};

use super::atoms::{Atom, AtomNames, AtomSet};
use super::logic::Suppressions;
use super::tables::{DiagnosisKind, MsdrgTables, Severity};

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
        let only = names.iter().filter(|(name, _)| name.starts_with("ONLY:"));
        let only_atoms: Vec<Atom> = only.map(|(_, atom)| atom).collect();
        let any_operation = names.find("ORPROC");
        let sets = SetReader::new(tables, names, suppressions, &only_atoms);
        Self {
            diagnoses: diagnoses(tables, version, codes.diagnoses.count()),
            diagnosis_sets: tables.attribute_sets.iter().map(|set| sets.of_diagnosis(set)).collect(),
            procedures: procedures(tables, version, codes.procedures.count()),
            procedure_sets: tables
                .attribute_sets
                .iter()
                .map(|set| sets.of_procedure(set, any_operation))
                .collect(),
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
    for (number, kind) in tables.diagnoses.holding(|span| span.holds(version)) {
        let DiagnosisKind { mdc, severity, attributes, hacs } = tables.diagnosis_kinds[usize::from(kind)];
        facts[number] =
            DiagnosisFacts { attributes, mdc, severity, hacs, is_valid: true, ..DiagnosisFacts::default() };
    }
    for &(number, class) in &tables.exclusions.class_of {
        facts[number as usize].exclusion_class = class;
    }
    for (number, group) in tables.exclusions.principal.holding(|span| span.holds(version)) {
        facts[number].exclusion_group = group;
    }
    for row in tables.mdc_by_sex.iter().filter(|r| r.span.holds(version)) {
        facts[row.number as usize].has_mdc_by_sex = true;
    }
    facts
}

fn procedures(tables: &MsdrgTables, version: Version, count: usize) -> Vec<u16> {
    let mut sets = vec![Facts::NO_PROCEDURE; count];
    for (number, set) in tables.procedures.holding(|span| span.holds(version)) {
        sets[number] = set;
    }
    sets
}

/// Turns attribute sets into atoms: by attribute, the atoms it makes true in each place on the claim.
struct SetReader<'t> {
    tables: &'t MsdrgTables,
    suppressions: &'t Suppressions,
    atoms: Vec<AttributeAtoms>,
}

#[derive(Default)]
struct AttributeAtoms {
    bare: Vec<Atom>,
    principal: Option<Atom>,
    secondary: Option<Atom>,
    /// The bit of its `ONLY:` atom.
    only: u8,
}

impl<'t> SetReader<'t> {
    fn new(
        tables: &'t MsdrgTables,
        names: &AtomNames,
        suppressions: &'t Suppressions,
        only_atoms: &[Atom],
    ) -> Self {
        let atoms = |name: &String| {
            let find = |prefix: &str| names.find(&format!("{prefix}{name}"));
            let only =
                find("ONLY:").and_then(|atom| only_atoms.iter().zip(0u8..8).find(|&(&a, _)| a == atom));
            AttributeAtoms {
                bare: names.find(name).into_iter().chain(find("ANY:")).collect(),
                principal: find("PDX:"),
                secondary: find("SDX:"),
                only: only.map_or(0, |(_, bit)| 1 << bit),
            }
        };
        Self { tables, suppressions, atoms: tables.attributes.iter().map(atoms).collect() }
    }

    fn of_diagnosis(&self, set: &[u16]) -> DiagnosisSet {
        let bare = || self.of(set).flat_map(|a| a.bare.iter().copied());
        DiagnosisSet {
            as_principal: bare().chain(self.of(set).filter_map(|a| a.principal)).collect(),
            as_secondary: bare().chain(self.of(set).filter_map(|a| a.secondary)).collect(),
            suppressions: self.suppressions.bits(set),
            only: self.of(set).fold(0, |bits, a| bits | a.only),
            is_external_cause: self.has(set, "ecode"),
            is_mcc_if_alive: self.has(set, "mccalive"),
            is_hac06_companion: self.has(set, "hac06_show"),
        }
    }

    /// Any operating-room procedure that the unrelated-procedure formulas know also yields `any_operation`.
    fn of_procedure(&self, set: &[u16], any_operation: Option<Atom>) -> AtomSet {
        let operation = any_operation.filter(|_| self.has(set, "d468") || self.has(set, "d477"));
        self.of(set).flat_map(|a| a.bare.iter().copied()).chain(operation).collect()
    }

    fn of(&self, set: &[u16]) -> impl Iterator<Item = &AttributeAtoms> {
        set.iter().map(|&number| &self.atoms[usize::from(number)])
    }

    fn has(&self, set: &[u16], name: &str) -> bool {
        set.iter().any(|&number| self.tables.attributes[usize::from(number)] == name)
    }
}
