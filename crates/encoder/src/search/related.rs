//! Which terms mean or resemble one another, learned from the manual itself when a pack is built.
//!
//! Two ways. An inclusion term and the title it stands at say the same thing in different words, so the pairs are read
//! as two languages (the first of the IBM alignment models, a few rounds of expectation and maximisation): *ruptured*
//! comes to stand for *perforation*. And words made of the same parts resemble one another: *cholecystic*,
//! *cholecystitis*.

use std::collections::{BTreeMap, HashMap};

use super::texts::{Lists, put};

/// The terms of a phrase and of the titles it stands for.
pub(super) type Pair<'d> = (&'d [u32], &'d [u32]);

/// Rounds of training; more change little.
const ROUNDS: usize = 8;
/// Kept for each term.
const MOST: usize = 12;
/// What is less likely is noise.
const LEAST: f32 = 0.04;
/// The weight of a translation that is certain, held to 1, and of a word of all the same parts.
const TRANSLATED: f32 = 1.2;
const ALIKE: f32 = 0.8;
/// Two words must share this much of their parts.
const LEAST_ALIKE: f32 = 0.4;
/// Letters of a part.
const PART: usize = 4;

/// For each term its relatives with weights in 255ths, best first.
pub(super) fn related(pairs: &[Pair<'_>], stems: &[String], rarity: &[f32]) -> Lists {
    let translated = translations(pairs, stems.len());
    let alike = alike(stems);
    let mut lists = Lists::default();
    for term in 0..stems.len() {
        let mut weights: BTreeMap<u32, f32> = BTreeMap::new();
        for (other, weight) in
            translated[term].iter().map(|(other, p)| (*other, p * TRANSLATED)).chain(alike[term].clone())
        {
            let held = weights.entry(other).or_default();
            *held = held.max(weight);
        }
        weights.remove(&u32::try_from(term).unwrap_or(u32::MAX));
        weights.retain(|other, _| rarity[*other as usize] > COMMON);
        let mut best: Vec<(u32, f32)> = weights.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1));
        best.truncate(MOST);
        lists.push(|bytes| {
            for (other, weight) in best {
                put(bytes, other);
                bytes.push((weight.min(1.0) * 255.0) as u8);
            }
        });
    }
    lists
}

/// A term as common as this stands for nothing in particular.
const COMMON: f32 = 3.0;

/// How likely each term of a title is where a term stands in the phrase.
fn translations(pairs: &[Pair<'_>], terms: usize) -> Vec<Vec<(u32, f32)>> {
    let mut likely: HashMap<(u32, u32), f32> = HashMap::new();
    for _ in 0..ROUNDS {
        let mut counts: HashMap<(u32, u32), f32> = HashMap::new();
        let mut totals: HashMap<u32, f32> = HashMap::new();
        for (phrase, titles) in pairs {
            for title in *titles {
                let share = |term: &u32| likely.get(&(*term, *title)).copied().unwrap_or(LEAST);
                let total: f32 = phrase.iter().map(share).sum();
                for term in *phrase {
                    let part = share(term) / total;
                    *counts.entry((*term, *title)).or_default() += part;
                    *totals.entry(*term).or_default() += part;
                }
            }
        }
        likely = counts.into_iter().map(|(pair, count)| (pair, count / totals[&pair.0])).collect();
    }
    let mut translations = vec![Vec::new(); terms];
    let mut kept: Vec<_> = likely.into_iter().filter(|(_, p)| *p >= LEAST).collect();
    kept.sort_by_key(|(pair, _)| *pair);
    for ((term, title), p) in kept {
        translations[term as usize].push((title, p));
    }
    translations
}

/// Terms made of the same parts.
fn alike(stems: &[String]) -> Vec<Vec<(u32, f32)>> {
    let parts: Vec<Vec<&str>> = stems.iter().map(|stem| parts(stem)).collect();
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (term, parts) in parts.iter().enumerate() {
        parts.iter().for_each(|part| holders.entry(part).or_default().push(term));
    }
    let mut alike = Vec::with_capacity(stems.len());
    for (term, own) in parts.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        own.iter().flat_map(|part| &holders[part]).for_each(|other| *shared.entry(*other).or_default() += 1);
        shared.remove(&term);
        let likeness = |(other, shared): (usize, usize)| {
            let likeness = 2.0 * shared as f32 / (own.len() + parts[other].len()) as f32;
            (likeness >= LEAST_ALIKE).then_some((u32::try_from(other).ok()?, likeness * ALIKE))
        };
        alike.push(shared.into_iter().filter_map(likeness).collect());
    }
    alike
}

fn parts(stem: &str) -> Vec<&str> {
    let is_word = stem.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word || stem.len() < PART {
        return Vec::new();
    }
    (0..=stem.len() - PART).map(|at| &stem[at..at + PART]).collect()
}
