//! A formula compiled to a branching program: each step tests one atom and says where to go on either answer, so
//! that running it needs no stack and looks only at the atoms that decide.

use super::Formula;
use crate::msdrg::{Atom, AtomSet};

const ACCEPT: u16 = u16::MAX;
const REJECT: u16 = u16::MAX - 1;

/// Where a formula's program begins within [`Programs`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Program(u16);

/// The programs of all formulas of one grouper version.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    atom: Atom,
    if_present: u16,
    if_absent: u16,
}

impl Programs {
    /// Compiles `formula`; `None` when the version has more steps than a number can address.
    pub(crate) fn add(&mut self, formula: &Formula<Atom>) -> Option<Program> {
        self.compile(formula, ACCEPT, REJECT).map(Program)
    }

    /// Adds steps that go to `yes` if `formula` is true and to `no` otherwise; returns where they begin. Parts are
    /// compiled from the last to the first, as each needs to know where the next begins.
    fn compile(&mut self, formula: &Formula<Atom>, yes: u16, no: u16) -> Option<u16> {
        match formula {
            Formula::Atom(atom) => {
                let at = u16::try_from(self.steps.len()).ok().filter(|&at| at < REJECT)?;
                self.steps.push(Step { atom: *atom, if_present: yes, if_absent: no });
                Some(at)
            }
            Formula::Not(part) => self.compile(part, no, yes),
            Formula::And(parts) => {
                parts.iter().rev().try_fold(yes, |next, part| self.compile(part, next, no))
            }
            Formula::Or(parts) => parts.iter().rev().try_fold(no, |next, part| self.compile(part, yes, next)),
        }
    }

    /// Whether the formula is true of a case that has `atoms`.
    #[inline]
    pub(crate) fn run(&self, program: Program, atoms: &AtomSet) -> bool {
        let mut at = program.0;
        while let Some(step) = self.steps.get(usize::from(at)) {
            at = if atoms.contains(step.atom) { step.if_present } else { step.if_absent };
        }
        at == ACCEPT
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn formula() -> impl Strategy<Value = Formula<Atom>> {
        let atom = (0u16..8).prop_map(|n| Formula::Atom(Atom::new(n)));
        atom.prop_recursive(5, 40, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(|f| Formula::Not(Box::new(f))),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Formula::And),
                prop::collection::vec(inner, 2..4).prop_map(Formula::Or),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_program_says_what_its_formula_says(formula in formula(), present in 0u16..256) {
            let mut atoms = AtomSet::default();
            (0..8).filter(|n| present >> n & 1 == 1).for_each(|n| atoms.insert(Atom::new(n)));
            let mut programs = Programs::default();
            let program = programs.add(&formula).unwrap();
            prop_assert_eq!(programs.run(program, &atoms), formula.is_true(&|a| atoms.contains(*a)));
        }
    }
}
