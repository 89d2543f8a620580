//! What a note says of a drug: taken or not, which dose, until when.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::reading::{Line, Page, Reading};
use crate::table::{exact, rows, words};
use crate::written::thousandths;

/// A drug that is followed through a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Drug {
    /// Its generic name.
    pub(crate) name: &'static str,
    /// Its class: `ACE inhibitor`.
    pub(crate) class: &'static str,
    /// Whether both discharge lists must name it when it is taken regularly.
    pub(crate) followed: bool,
}

/// Every drug of the table with all its names, and the words for classes.
struct Names {
    drugs: Vec<Drug>,
    by_name: HashMap<&'static str, usize>,
    classes: HashMap<&'static str, &'static str>,
    any: Regex,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let (mut drugs, mut by_name) = (Vec::new(), HashMap::new());
    for [name, also, class, followed] in rows::<4>(include_str!("../../../data/accuracy/drug.tsv")) {
        by_name.insert(name, drugs.len());
        by_name.extend(also.split('|').filter(|one| !one.is_empty()).map(|one| (one, drugs.len())));
        drugs.push(Drug { name, class, followed: followed == "yes" });
    }
    let classes: HashMap<_, _> = rows::<2>(include_str!("../../../data/accuracy/drug_class.tsv"))
        .into_iter()
        .map(|[said, class]| (said, class))
        .collect();
    // The longest name first: `metoprolol succinate` is one mention, not two words.
    let mut all: Vec<&str> = by_name.keys().chain(classes.keys()).copied().collect();
    all.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    let any = all.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
    Names { drugs, by_name, classes, any: words(&format!(r"(?:{any})\b")) }
});

/// Whom a mention means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meant {
    /// This drug.
    Drug(Drug),
    /// Every drug of a class.
    Class(&'static str),
}

/// What a sentence says of one drug.
#[derive(Clone, Copy)]
pub(crate) struct Said<'r> {
    pub(crate) meant: Meant,
    pub(crate) page: &'r Page<'r>,
    pub(crate) line: &'r Line,
    /// `Some(false)`: stopped or held; `Some(true)`: continued, resumed, begun; `None`: only listed.
    pub(crate) taken: Option<bool>,
    /// What follows the name, up to the next drug.
    pub(crate) rest: &'r str,
    /// Whether the words before it are `resume` or `restart`.
    pub(crate) resumed: bool,
}

impl Said<'_> {
    /// Whether it speaks of this drug, by name or by class.
    pub(crate) fn is_about(&self, drug: Drug) -> bool {
        match self.meant {
            Meant::Drug(one) => one == drug,
            Meant::Class(class) => class == drug.class,
        }
    }

    /// The drug, when one is named.
    pub(crate) fn drug(&self) -> Option<Drug> {
        if let Meant::Drug(drug) = self.meant { Some(drug) } else { None }
    }

    /// The first dose after the name in thousandths, with its unit as written; none for puffs and tablets.
    pub(crate) fn dose(&self) -> Option<(i64, &str)> {
        static DOSE: LazyLock<Regex> = LazyLock::new(|| {
            exact(r"(?i)(?:^|[ (])(\d[\d,]*(?:\.\d+)?)(?: ?(mg|mcg|g|units?|mEq|%))?(?:[ ,.;:)|]|$)")
        });
        static MONTH: LazyLock<Regex> = LazyLock::new(|| {
            words(
                r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $",
            )
        });
        let end = self.rest.char_indices().nth(28).map_or(self.rest.len(), |(at, _)| at);
        let found = DOSE.captures(&self.rest[..end])?;
        let before = &self.rest[..found.get(1)?.start()];
        if MONTH.is_match(before) {
            return None;
        }
        let after = &self.rest[found.get(0)?.end()..];
        let counts_pieces = ["puff", "tab", "day", "more", "week", "month", "dose"];
        if counts_pieces.iter().any(|word| after.trim_start().to_lowercase().starts_with(word)) {
            return None;
        }
        Some((thousandths(found.get(1)?.as_str())?, found.get(2).map_or("", |unit| unit.as_str())))
    }

    /// Whether it is taken only when needed.
    pub(crate) fn when_needed(&self) -> bool {
        static NEEDED: LazyLock<Regex> = LazyLock::new(|| words(r"(?:prn|p\.r\.n|(?:if|when|as) needed)\b"));
        NEEDED.is_match(self.rest)
    }

    /// Whether it is stopped for good, not only held.
    pub(crate) fn is_stopped(&self) -> bool {
        static STOPPED: LazyLock<Regex> =
            LazyLock::new(|| words(r"(?:stop\w*|discontinued?|replaced|ended|done)\b"));
        self.taken == Some(false) && STOPPED.is_match(&self.line.text)
    }
}

/// Words before a name that say it is not taken (first group) or is (second group).
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:(stop|stopped|hold|held|no|not take|not taking|discontinue|avoid)|(continue|resume|restart|start|begin|add|new))[:,]? (?:home |the |her |his |your |taking )?$",
    )
});
/// Words after a name that say the same.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:(stop\w*|hold|held|on hold|discontinued|do not restart)|(continued?|resumed?|restart\w*|new|as before|increased))\b",
    )
});

/// Words that stop nothing now: a course that ends of itself, a warning not to stop.
static LATER: LazyLock<Regex> = LazyLock::new(|| words(r"(?:then stop|(?:do not|don't|never) stop)"));

/// Every mention of a drug in a page's lines that pass.
pub(crate) fn said<'r>(page: &'r Page<'r>, takes: impl Fn(&Line) -> bool) -> Vec<Said<'r>> {
    page.lines.iter().filter(|line| takes(line)).flat_map(|line| in_line(page, line)).collect()
}

fn in_line<'r>(page: &'r Page<'r>, line: &'r Line) -> Vec<Said<'r>> {
    let text = line.text.as_str();
    let mentions: Vec<_> = NAMES.any.find_iter(text).collect();
    let mut all: Vec<Said<'r>> = Vec::with_capacity(mentions.len());
    let mut from = 0;
    let mut verb: Option<(bool, bool)> = None;
    for (at, mention) in mentions.iter().enumerate() {
        let before = &text[from..mention.start()];
        let to = mentions.get(at + 1).map_or(text.len(), regex::Match::start);
        let whole = &text[mention.end()..to];
        // A verb at the end of what follows belongs to the next name.
        let rest = BEFORE.find(whole).filter(|_| to < text.len()).map_or(whole, |own| &whole[..own.start()]);
        if let Some(found) = BEFORE.captures(before) {
            let word = found.get(0).map_or("", |all| all.as_str()).to_lowercase();
            verb = Some((found.get(2).is_some(), word.starts_with("res")));
        } else if !joins(before) {
            verb = None;
        }
        from = mention.end();
        let after =
            AFTER.captures(rest).filter(|_| !LATER.is_match(rest)).map(|found| found.get(2).is_some());
        let Some(meant) = meant(&mention.as_str().to_lowercase()) else { continue };
        let (before_says, resumed) = verb.map_or((None, false), |(taken, resumed)| (Some(taken), resumed));
        all.push(Said { meant, page, line, taken: before_says.or(after), rest, resumed });
    }
    all
}

/// Whether two names are parted by nothing but a comma, `and` or `or`.
fn joins(between: &str) -> bool {
    matches!(between.trim(), "," | "and" | "or" | ", and" | ", or" | "/" | "+")
}

fn meant(name: &str) -> Option<Meant> {
    let names = &*NAMES;
    let drug = names.by_name.get(name).map(|at| Meant::Drug(names.drugs[*at]));
    drug.or_else(|| names.classes.get(name).map(|class| Meant::Class(class)))
}

/// The drug that a medication entry names.
pub(crate) fn named(text: &str) -> Option<Drug> {
    let found = NAMES.any.find(text)?;
    let names = &*NAMES;
    names.by_name.get(found.as_str().to_lowercase().as_str()).map(|at| names.drugs[*at])
}

/// The papers a patient leaves with, and those that report on the stay to the next who cares.
const LEAVING: [&str; 4] =
    ["discharge-summary", "transfer-summary", "discharge-instructions", "discharge-order"];

/// Headings under which a summary lists what is taken after the stay.
static LISTS: LazyLock<Regex> = LazyLock::new(|| {
    words(r"(?:.*medic\w+|.*medicines|treatment at discharge|discharge$|discharge plan|insulin)")
});

/// Whether a line stands in a list of medicines.
pub(crate) fn in_list(line: &Line) -> bool {
    LISTS.is_match(&line.heading)
}

/// What the papers of the discharge say of drugs.
pub(crate) fn at_discharge<'r>(reading: &'r Reading<'r>) -> Vec<Said<'r>> {
    let mut all: Vec<Said<'r>> = reading
        .of(&LEAVING)
        .flat_map(|page| match page.kind {
            "discharge-summary" | "transfer-summary" => said(page, in_list),
            _ => said(page, |_| true),
        })
        .collect();
    let reconciled = reading.of(&["medication-reconciliation"]);
    all.extend(
        reconciled.flat_map(|page| said(page, |line| line.heading.to_lowercase().starts_with("discharge"))),
    );
    all
}

/// The drugs that these statements name, each once, in order.
pub(crate) fn drugs(said: &[Said<'_>]) -> Vec<Drug> {
    let mut all: Vec<Drug> = Vec::new();
    for drug in said.iter().filter_map(Said::drug) {
        if !all.contains(&drug) {
            all.push(drug);
        }
    }
    all
}
