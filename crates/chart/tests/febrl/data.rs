//! The FEBRL files as people of the patient index.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use chart::identity::{BlockKey, Raw, Traits, Vocabulary};

/// One record.
pub(crate) struct Person {
    /// Records of one number are one person.
    pub(crate) number: String,
    /// Which of two files it stands in; pairs are looked for across files only, where there are two.
    pub(crate) file: usize,
    /// What is compared.
    pub(crate) traits: Traits,
}

/// One data set.
pub(crate) struct Set {
    /// `FEBRL 3`.
    pub(crate) name: String,
    /// Its records.
    pub(crate) people: Vec<Person>,
    is_linkage: bool,
}

/// Where the files are; says that the test is skipped where they are not.
pub(crate) fn folder() -> Option<PathBuf> {
    let standard = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/febrl");
    let folder = std::env::var_os("CHARTROOM_FEBRL").map_or_else(standard, PathBuf::from);
    if folder.join("dataset3.csv").is_file() {
        return Some(folder);
    }
    println!("skipped: the FEBRL files are not in {}", folder.display());
    None
}

impl Set {
    /// Reads one of the four sets. The fourth is two files to be linked.
    pub(crate) fn read(folder: &Path, number: usize) -> Self {
        let parts: &[&str] = if number == 4 { &["a", "b"] } else { &[""] };
        let files = parts.iter().enumerate();
        let people =
            files.flat_map(|(at, part)| read(&folder.join(format!("dataset{number}{part}.csv")), at));
        Self { name: format!("FEBRL {number}"), people: people.collect(), is_linkage: number == 4 }
    }

    /// Whether the two records are one person.
    pub(crate) fn is_match(&self, (left, right): (usize, usize)) -> bool {
        self.people[left].number == self.people[right].number
    }

    /// How many pairs are one person.
    pub(crate) fn matches(&self) -> usize {
        let mut records: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, person) in self.people.iter().enumerate() {
            records.entry(&person.number).or_default().push(at);
        }
        records.values().map(|same| pairs_of(same).filter(|pair| self.is_asked(*pair)).count()).sum()
    }

    /// The pairs with a key in common, each once, in order. `keys` are those of each person.
    pub(crate) fn candidates(&self, keys: &[Vec<BlockKey>]) -> Vec<(usize, usize)> {
        let mut index: HashMap<&BlockKey, Vec<usize>> = HashMap::new();
        for (at, keys) in keys.iter().enumerate() {
            keys.iter().for_each(|key| index.entry(key).or_default().push(at));
        }
        let pairs = index.values().flat_map(|same| pairs_of(same)).filter(|pair| self.is_asked(*pair));
        let mut pairs: Vec<_> = pairs.collect::<HashSet<_>>().into_iter().collect();
        pairs.sort_unstable();
        pairs
    }

    /// `count` pairs spread over the whole set, the same every time.
    pub(crate) fn random_pairs(&self, count: usize) -> Vec<(usize, usize)> {
        let people = self.people.len();
        // Two strides without a factor in common with each other or the number of records.
        (0..count)
            .map(|at| (at * 7_919 % people, at * 104_729 / 13 % people))
            .filter(|(l, r)| l != r)
            .collect()
    }

    fn is_asked(&self, (left, right): (usize, usize)) -> bool {
        !self.is_linkage || self.people[left].file != self.people[right].file
    }
}

/// All pairs of a list that ascends.
fn pairs_of(list: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    list.iter().enumerate().flat_map(|(at, left)| list[at + 1..].iter().map(move |right| (*left, *right)))
}

fn read(path: &Path, file: usize) -> Vec<Person> {
    let reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path);
    let mut reader = reader.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows = reader.deserialize::<HashMap<String, String>>();
    rows.map(|row| person(&row.expect("a row of the header's width"), file)).collect()
}

/// Australian fields in ours. Their personal number has seven digits: two in front make it an American one. The second
/// address line is mostly the name of an estate, for which we have no field.
fn person(row: &HashMap<String, String>, file: usize) -> Person {
    let field = |name: &str| row.get(name).cloned().unwrap_or_default();
    let raw = Raw {
        surname: field("surname"),
        given: field("given_name"),
        birth_date: field("date_of_birth"),
        ssn: format!("55{}", field("soc_sec_id")),
        house_number: field("street_number"),
        street: field("address_1"),
        city: field("suburb"),
        state: field("state"),
        zip: field("postcode"),
        ..Raw::default()
    };
    let id = field("rec_id");
    let number = id.split('-').nth(1).expect("rec-<number>-org or -dup-<n>").to_owned();
    Person { number, file, traits: Traits::normalise(&raw, Vocabulary::shipped()) }
}
