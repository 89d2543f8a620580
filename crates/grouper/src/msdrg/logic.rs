//! The formulas of one version, opened: for each MDC those that decide something, in rank order, compiled, with an
//! index from a claim's atoms to the few that can be true of it.

use codeset::{Drg, Version};

use super::atoms::{Atom, AtomNames, AtomSet, Bits, MAX_ATOMS};
use super::grouper::ReturnCode;
use super::tables::{DrgType, FormulaRow, MsdrgTables, Severity};
use crate::OpenError;
use crate::formula::{Formula, Program, Programs};

/// MDC numbers run from 0 (Pre-MDC) to 25, and 29 for procedures unrelated to the principal diagnosis.
const LISTS: usize = 32;
/// Room for the formulas of one MDC (MDC 8 of v44.0 has 108).
const MAX_FORMULAS: usize = 256;
type FormulaBits = [u64; MAX_FORMULAS / 64];

/// All formulas of one version.
#[derive(Debug)]
pub(crate) struct Logic {
    pub(crate) names: AtomNames,
    pub(crate) programs: Programs,
    pub(crate) lists: Vec<FormulaList>,
    pub(crate) suppressions: Suppressions,
    pub(crate) hac_formulas: Vec<HacFormula>,
}

/// The formulas of one MDC in rank order.
#[derive(Debug, Default)]
pub(crate) struct FormulaList {
    pub(crate) formulas: Vec<OpenFormula>,
    /// Atoms that the index below knows.
    trigger_atoms: AtomSet,
    /// By atom: the formulas that atom may make true.
    triggered: Vec<FormulaBits>,
    /// Formulas that may be true without any of their atoms.
    always: FormulaBits,
}

/// One formula with what it decides.
#[derive(Debug)]
pub(crate) struct OpenFormula {
    pub(crate) rank: u16,
    pub(crate) outcome: FormulaOutcome,
    pub(crate) formula: Formula<Atom>,
    pub(crate) program: Program,
    /// The severity suppression list it uses, as a bit; 0 for none.
    pub(crate) suppression: u32,
}

/// What a true formula does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FormulaOutcome {
    /// Assigns a DRG.
    Drg { drg: Drg, base_drg: Drg, kind: DrgType, severity: Severity },
    /// Goes on in another MDC's list.
    Reroute(u8),
    /// Ends with a return code.
    Refuse(ReturnCode),
}

/// A hospital-acquired condition's formula.
#[derive(Debug)]
pub(crate) struct HacFormula {
    pub(crate) hac: u8,
    pub(crate) formula: Formula<Atom>,
    pub(crate) program: Program,
}

/// The different severity suppression lists of a version, a bit each.
#[derive(Debug, Default)]
pub(crate) struct Suppressions(Vec<Vec<u16>>);

impl Suppressions {
    fn bit(&mut self, list: &[u16]) -> Result<u32, OpenError> {
        if list.is_empty() {
            return Ok(0);
        }
        let known = self.0.iter().position(|l| l == list);
        let at = known.unwrap_or_else(|| {
            self.0.push(list.to_vec());
            self.0.len() - 1
        });
        if at < 32 { Ok(1 << at) } else { Err(OpenError::TooLarge("severity suppression lists")) }
    }

    /// The lists that one of the attributes in `set` is on.
    pub(crate) fn bits(&self, set: &[u16]) -> u32 {
        let on = |list: &[u16]| list.iter().any(|attribute| set.contains(attribute));
        self.0.iter().zip(0u32..).filter(|(list, _)| on(list)).fold(0, |bits, (_, at)| bits | 1 << at)
    }
}

impl Logic {
    pub(crate) fn open(tables: &MsdrgTables, version: Version) -> Result<Self, OpenError> {
        let mut logic = Self {
            names: AtomNames::default(),
            programs: Programs::default(),
            lists: (0..LISTS).map(|_| FormulaList::default()).collect(),
            suppressions: Suppressions::default(),
            hac_formulas: Vec::new(),
        };
        let mut rows: Vec<_> = tables.formulas.iter().filter(|f| f.span.holds(version)).collect();
        // At equal rank a DRG comes before a reroute: MDC 8 of v43 has both at rank 72, and CMS assigns the DRG.
        rows.sort_by_key(|f| (f.mdc, f.rank, f.drg == 0));
        for row in rows {
            logic.add(row)?;
        }
        for row in tables.hac_formulas.iter().filter(|f| f.span.holds(version)) {
            let (formula, program) = logic.compile(&row.formula)?;
            logic.hac_formulas.push(HacFormula { hac: row.hac, formula, program });
        }
        if logic.names.count() > MAX_ATOMS {
            return Err(OpenError::TooLarge("names in formulas"));
        }
        let severity = ["MCC", "CC", "NONE"].map(|name| logic.names.number(name));
        let common = ["ALIVE", "ANYDX"].map(|name| logic.names.number(name));
        logic.lists.iter_mut().for_each(|list| list.index(&Untelling { severity, common }));
        Ok(logic)
    }

    /// Adds a formula to its MDC's list; one that decides nothing (a marker such as `MDC05`) is left out, as is
    /// the list of MDC 99, which no case is ever sent to.
    fn add(&mut self, row: &FormulaRow) -> Result<(), OpenError> {
        let (Some(outcome), true) = (outcome(row), usize::from(row.mdc) < LISTS) else {
            return Ok(());
        };
        let (formula, program) = self.compile(&row.formula)?;
        let suppression = self.suppressions.bit(&row.severity_suppression)?;
        let list = &mut self.lists[usize::from(row.mdc)].formulas;
        if list.len() == MAX_FORMULAS {
            return Err(OpenError::TooLarge("formulas of one MDC"));
        }
        list.push(OpenFormula { rank: row.rank, outcome, formula, program, suppression });
        Ok(())
    }

    fn compile(&mut self, text: &str) -> Result<(Formula<Atom>, Program), OpenError> {
        let formula = Formula::parse(text).map_err(|error| OpenError::Formula(text.to_owned(), error))?;
        let formula = formula.map(&mut |name| self.names.number(name));
        let program = self.programs.add(&formula).ok_or(OpenError::TooLarge("steps of formulas"))?;
        Ok((formula, program))
    }
}

fn outcome(row: &FormulaRow) -> Option<FormulaOutcome> {
    if row.drg != 0 {
        let (drg, base_drg) = (Drg(row.drg), Drg(row.base_drg));
        return Some(FormulaOutcome::Drg { drg, base_drg, kind: row.kind, severity: row.severity });
    }
    if row.reroute_mdc != 0 {
        return Some(FormulaOutcome::Reroute(row.reroute_mdc));
    }
    let refusals = [
        ("INVALID_PDX", ReturnCode::InvalidPrincipal),
        ("INVALID_SEX", ReturnCode::InvalidSex),
        ("INVALID_DSTAT", ReturnCode::InvalidDischargeStatus),
    ];
    let refusal = refusals.into_iter().find(|(name, _)| row.formula.contains(name));
    refusal.map(|(_, code)| FormulaOutcome::Refuse(code))
}

impl FormulaList {
    /// Builds the index. Of a formula that cannot be true without one of some atoms, those atoms are its triggers.
    fn index(&mut self, untelling: &Untelling) {
        self.triggered = vec![FormulaBits::default(); MAX_ATOMS];
        for (formula, at) in self.formulas.iter().zip(0usize..) {
            let (word, bit) = (at / 64, 1 << (at % 64));
            match triggers(&formula.formula, untelling) {
                None => self.always[word] |= bit,
                Some(atoms) => {
                    for atom in atoms {
                        self.trigger_atoms.insert(atom);
                        self.triggered[atom.index()][word] |= bit;
                    }
                }
            }
        }
    }

    /// The places in rank order of all formulas that can be true of a case with `atoms`.
    #[inline]
    pub(crate) fn candidates(&self, atoms: &AtomSet) -> impl Iterator<Item = usize> {
        let mut bits = self.always;
        for atom in atoms.common(&self.trigger_atoms) {
            for (mine, triggered) in bits.iter_mut().zip(self.triggered[atom.index()]) {
                *mine |= triggered;
            }
        }
        (0usize..).zip(bits).flat_map(|(word, bits)| Bits(bits).map(move |bit| word * 64 + usize::from(bit)))
    }
}

/// Atoms that make poor triggers.
struct Untelling {
    /// Set anew for each formula, so never known beforehand.
    severity: [Atom; 3],
    /// In nearly every case.
    common: [Atom; 2],
}

/// Atoms of which at least one must be present for `formula` to be true, the fewest and rarest that serve; `None` if
/// it can be true without any.
fn triggers(formula: &Formula<Atom>, untelling: &Untelling) -> Option<Vec<Atom>> {
    let cost = |atoms: &Vec<Atom>| -> usize {
        atoms.iter().map(|atom| if untelling.common.contains(atom) { 1000 } else { 1 }).sum()
    };
    match formula {
        Formula::Atom(atom) => (!untelling.severity.contains(atom)).then(|| vec![*atom]),
        Formula::Not(_) => None,
        Formula::And(parts) => parts.iter().filter_map(|p| triggers(p, untelling)).min_by_key(cost),
        Formula::Or(parts) => {
            parts.iter().map(|p| triggers(p, untelling)).collect::<Option<Vec<_>>>().map(|all| all.concat())
        }
    }
}
