//! The sets of queries with the code each must find.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use codeset::{Code, Table};
use encoder::alphabetic::Index;

/// A query and the code, header or table prefix that must be found, itself or something under it.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub query: String,
    pub gold: Code,
}

/// The sets by name.
pub(crate) struct Sets {
    pub tasks: Vec<(&'static str, Vec<Task>)>,
}

const INCLUSION_TERMS: usize = 2_000;
const TYPOS: usize = 1_000;
const PROCEDURES: usize = 1_000;

impl Sets {
    /// Makes the sets, `seed` saying which queries are drawn. Those of files that are not at hand are left out, and said to be.
    pub(crate) fn read(
        files: &BTreeMap<String, String>,
        shared: &Path,
        seed: u64,
    ) -> Result<Self, Box<dyn Error>> {
        let mut chance = Chance(seed);
        let mut inclusion = tasks("notes.tsv", &files["icd10cm/notes.tsv"], |row| {
            (row[1] == "inclusion-term").then(|| (row[5], row[0]))
        })?;
        chance.shuffle(&mut inclusion);
        inclusion.truncate(INCLUSION_TERMS);
        let typos = inclusion
            .iter()
            .take(TYPOS)
            .map(|task| Task { query: chance.misspell(&task.query), ..task.clone() });
        let typos = typos.collect();
        let mut procedures = tasks("index.tsv", &files["icd10pcs/index.tsv"], |row| {
            (row[1].len() >= 4).then(|| (row[0], &row[1][..4]))
        })?;
        chance.shuffle(&mut procedures);
        procedures.truncate(PROCEDURES);
        let mut sets = Self {
            tasks: vec![("inclusion terms", inclusion), ("typos", typos), ("procedure index", procedures)],
        };
        sets.add_at_hand(files, shared, &mut chance)?;
        Ok(sets)
    }

    fn add_at_hand(
        &mut self,
        files: &BTreeMap<String, String>,
        shared: &Path,
        chance: &mut Chance,
    ) -> Result<(), Box<dyn Error>> {
        let lay = tasks("lay.tsv", include_str!("lay.tsv"), |row| Some((row[0], row[1])))?;
        self.tasks.push(("lay phrases", lay));
        let external = shared.join("data/at-hand/icd10cm/icd10cm_eindex_2023.xml.zst");
        match fs::read(&external) {
            Ok(bytes) => {
                let index = Index::read("eindex", &String::from_utf8(zstd::decode_all(bytes.as_slice())?)?)?;
                let mut paths: Vec<Task> =
                    index.phrases().map(|phrase| Task { query: phrase.text, gold: phrase.code }).collect();
                let titles = &files["icd10cm/titles.tsv"];
                let known: HashSet<&str> =
                    titles.lines().filter_map(|line| line.split('\t').next()).collect();
                paths.retain(|path| known.contains(path.gold.to_string().as_str()));
                chance.shuffle(&mut paths);
                self.tasks.push(("external causes", paths));
            }
            Err(_) => println!("skipped: {} is not at hand", external.display()),
        }
        let synonyms = shared.join("data/at-hand/synonyms/doid_icd10cm.json");
        match fs::read_to_string(&synonyms) {
            Ok(text) => {
                let value: serde_json::Value = serde_json::from_str(&text)?;
                let mut tasks: Vec<Task> = Vec::new();
                for (query, code) in value["synonym_to_icd10cm"].as_object().into_iter().flatten() {
                    if let Ok(gold) = Code::parse(code.as_str().unwrap_or_default()) {
                        tasks.push(Task { query: query.clone(), gold });
                    }
                }
                chance.shuffle(&mut tasks);
                tasks.truncate(INCLUSION_TERMS);
                self.tasks.push(("disease synonyms", tasks));
            }
            Err(_) => println!("skipped: {} is not at hand", synonyms.display()),
        }
        Ok(())
    }

    /// The inclusion terms and the paths of the procedure index that no index may hold, from whatever source they
    /// were read there, in lower case.
    pub(crate) fn held_out(&self) -> BTreeSet<String> {
        let held_out = [&self.tasks[0].1, &self.tasks[2].1];
        held_out.into_iter().flatten().map(|task| task.query.to_lowercase()).collect()
    }

    /// The first `most` queries of each set, and what is held out, as JSON for other programs to answer.
    pub(crate) fn to_json(&self, most: usize) -> String {
        let of = |tasks: &[Task]| -> Vec<(String, String)> {
            tasks.iter().take(most).map(|task| (task.query.clone(), task.gold.to_string())).collect()
        };
        let sets: BTreeMap<&str, _> = self.tasks.iter().map(|(name, tasks)| (*name, of(tasks))).collect();
        serde_json::json!({ "held_out": self.held_out(), "sets": sets }).to_string()
    }
}

fn tasks<'t>(
    file: &'t str,
    text: &'t str,
    pick: impl Fn(&[&'t str]) -> Option<(&'t str, &'t str)>,
) -> Result<Vec<Task>, Box<dyn Error>> {
    let table = Table::parse(file, text)?;
    let width = table.columns().len();
    let mut tasks = Vec::new();
    for row in table.rows() {
        let fields: Vec<&str> = (0..width).map(|at| row.field(at)).collect();
        if let Some((query, gold)) = pick(&fields)
            && let Ok(gold) = Code::parse(gold)
        {
            tasks.push(Task { query: query.to_owned(), gold });
        }
    }
    Ok(tasks)
}

/// The same numbers in every run (a linear congruential generator: nothing here needs more).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// One letter added, left out, exchanged or swapped in one word of four letters or more.
    fn misspell(&mut self, text: &str) -> String {
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let long: Vec<usize> =
            (0..words.len()).filter(|at| words[*at].len() >= 4 && words[*at].is_ascii()).collect();
        let Some(&at) = long.get(self.below(long.len())) else { return text.to_owned() };
        let mut letters: Vec<char> = words[at].chars().collect();
        let place = 1 + self.below(letters.len() - 2);
        let letter = char::from(b'a' + self.below(26) as u8);
        match self.below(4) {
            0 => letters.insert(place, letter),
            1 => drop(letters.remove(place)),
            2 => letters[place] = letter,
            _ => letters.swap(place, place + 1),
        }
        words[at] = letters.into_iter().collect();
        words.join(" ")
    }
}
