//! The atoms of one grouper version: every name its formulas use, numbered, and sets of them as bits.

use std::collections::HashMap;

/// Room for the atoms of one version (v44.0 uses about 420); more is an error when the version is opened.
pub(crate) const MAX_ATOMS: usize = WORDS * 64;
const WORDS: usize = 10;

/// The number of a name used by formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Atom(u16);

impl Atom {
    #[cfg(test)]
    pub(crate) const fn new(number: u16) -> Self {
        Self(number)
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A set of atoms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct AtomSet([u64; WORDS]);

impl AtomSet {
    #[inline]
    pub(crate) fn contains(&self, atom: Atom) -> bool {
        self.0[atom.index() / 64] >> (atom.index() % 64) & 1 == 1
    }

    #[inline]
    pub(crate) fn insert(&mut self, atom: Atom) {
        self.0[atom.index() / 64] |= 1 << (atom.index() % 64);
    }

    #[inline]
    pub(crate) fn remove(&mut self, atom: Atom) {
        self.0[atom.index() / 64] &= !(1 << (atom.index() % 64));
    }

    #[inline]
    pub(crate) fn set(&mut self, atom: Atom, present: bool) {
        if present { self.insert(atom) } else { self.remove(atom) }
    }

    #[inline]
    pub(crate) fn add_all(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
    }

    /// The atoms that are in both sets.
    #[inline]
    pub(crate) fn common(&self, other: &Self) -> impl Iterator<Item = Atom> {
        let words: [u64; WORDS] = std::array::from_fn(|w| self.0[w] & other.0[w]);
        (0u16..).zip(words).flat_map(|(word, bits)| Bits(bits).map(move |bit| Atom(word * 64 + bit)))
    }
}

impl FromIterator<Atom> for AtomSet {
    fn from_iter<I: IntoIterator<Item = Atom>>(atoms: I) -> Self {
        let mut set = Self::default();
        atoms.into_iter().for_each(|a| set.insert(a));
        set
    }
}

/// The places of the bits that are set in a word, lowest first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bits(pub(crate) u64);

impl Iterator for Bits {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        if self.0 == 0 {
            return None;
        }
        let place = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        u16::try_from(place).ok()
    }
}

/// The names of one version's atoms.
#[derive(Debug, Default)]
pub(crate) struct AtomNames {
    names: Vec<String>,
    numbers: HashMap<String, Atom>,
}

impl AtomNames {
    /// The atom of `name`, numbered now if it is new.
    pub(crate) fn number(&mut self, name: &str) -> Atom {
        if let Some(&atom) = self.numbers.get(name) {
            return atom;
        }
        let atom = Atom(u16::try_from(self.names.len()).unwrap_or(u16::MAX));
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), atom);
        atom
    }

    /// The atom of `name`, if any formula of the version uses it.
    pub(crate) fn find(&self, name: &str) -> Option<Atom> {
        self.numbers.get(name).copied()
    }

    pub(crate) fn name(&self, atom: Atom) -> &str {
        self.names.get(atom.index()).map_or("", String::as_str)
    }

    pub(crate) fn count(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Atom)> {
        self.names.iter().map(String::as_str).zip((0..).map(Atom))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        let atoms = [0u16, 63, 64, 300].map(Atom);
        let mut set: AtomSet = atoms.into_iter().collect();
        assert!(atoms.iter().all(|&a| set.contains(a)) && !set.contains(Atom(1)));
        let two: AtomSet = [Atom(63), Atom(300), Atom(5)].into_iter().collect();
        assert_eq!(set.common(&two).collect::<Vec<_>>(), [Atom(63), Atom(300)]);
        set.set(Atom(63), false);
        set.add_all(&[Atom(7)].into_iter().collect());
        assert_eq!(set, [0, 7, 64, 300].map(Atom).into_iter().collect());
    }
}
