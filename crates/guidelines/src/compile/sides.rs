//! Which codes are the same condition on another side, read from the titles: a code says *right*, *left*,
//! *bilateral* or *unspecified* where its sibling says another of them.

use std::collections::BTreeMap;

use codeset::Code;
use codeset::rows::{CodeRow, TitleRow};

use crate::facts::{MultipleSites, Side, SideRow};
use crate::span::prefix;

/// The latest title of every code that may be reported on some day.
pub(super) fn latest(codes: &[CodeRow], titles: &[TitleRow]) -> BTreeMap<Code, String> {
    let mut latest: BTreeMap<Code, String> = BTreeMap::new();
    for row in titles {
        latest.insert(row.code, row.title.text.to_lowercase());
    }
    let valid: std::collections::BTreeSet<Code> = codes.iter().map(|row| row.code).collect();
    latest.retain(|code, _| valid.contains(code));
    latest
}

/// Every code of a group in which one code is the right side and another the left.
pub(super) fn sides(titles: &BTreeMap<Code, String>) -> Vec<SideRow> {
    let mut groups: BTreeMap<(Code, String), Vec<(Side, Code)>> = BTreeMap::new();
    for (&code, title) in titles {
        if let Some((side, rest)) = side(title) {
            groups.entry((prefix(code, 3), rest)).or_default().push((side, code));
        }
    }
    let mut rows = Vec::new();
    let is_sided = |group: &[(Side, Code)]| {
        let has = |wanted| group.iter().any(|(side, _)| *side == wanted);
        has(Side::Right) && has(Side::Left)
    };
    for (number, group) in groups.into_values().filter(|group| is_sided(group)).enumerate() {
        let group_number = u32::try_from(number).unwrap_or(u32::MAX);
        rows.extend(group.into_iter().map(|(side, code)| SideRow { code, side, group: group_number }));
    }
    rows.sort_by_key(|row| row.code);
    rows
}

/// By group: the places of its codes.
pub(super) fn groups(sides: &[SideRow]) -> Vec<Vec<u32>> {
    let count = sides.iter().map(|row| row.group as usize + 1).max().unwrap_or(0);
    let mut groups = vec![Vec::new(); count];
    for (at, row) in (0..).zip(sides) {
        groups[row.group as usize].push(at);
    }
    groups
}

/// The side a title names, and the title without it: the words in order, so that *of right eye* and *, right eye*
/// are one condition. *Bilateral* often stands for the side and the part together, so the part is left out.
fn side(title: &str) -> Option<(Side, String)> {
    let words: Vec<&str> =
        title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let of = |word: &str| match word {
        "right" => Some(Side::Right),
        "left" => Some(Side::Left),
        "bilateral" | "bilaterally" | "both" => Some(Side::Both),
        "unspecified" => Some(Side::Unspecified),
        _ => None,
    };
    // Where a title says both a side and something unspecified, the side counts: "unspecified fracture of right femur".
    let named = words.iter().rposition(|word| of(word).is_some_and(|side| side != Side::Unspecified));
    let at = named.or_else(|| words.iter().rposition(|word| of(word).is_some()))?;
    let side = of(words[at])?;
    const PART: [&str; 10] =
        ["of", "the", "in", "eye", "eyes", "ear", "ears", "side", "unilateral", "kidneys"];
    let rest = words.iter().enumerate().filter(|&(place, word)| place != at && !PART.contains(word));
    let rest: Vec<String> = rest.map(|(_, word)| word.trim_end_matches('s').to_owned()).collect();
    Some((side, rest.join(" ")))
}

/// The codes for several sites, each with the header under which its single sites stand.
pub(super) fn multiple_sites(titles: &BTreeMap<Code, String>) -> Vec<MultipleSites> {
    let is_multiple = |title: &str| title.contains("multiple sites");
    let mut rows = Vec::new();
    for (&code, _) in titles.iter().filter(|(_, title)| is_multiple(title)) {
        let text = code.to_string();
        let header = prefix(code, text.len().saturating_sub(1));
        let siblings = titles.range(header..).take_while(|(sibling, _)| sibling.starts_with(header));
        if header.to_string().len() >= 3 && siblings.count() > 2 {
            rows.push(MultipleSites { code, header });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row_of<'r>(rows: &'r [SideRow], code: &str) -> Option<&'r SideRow> {
        let code = Code::parse(code).expect("a code");
        rows.iter().find(|row| row.code == code)
    }

    #[test]
    fn titles_that_differ_in_the_side_only_are_one_condition() {
        let titles = [
            ("H2510", "age-related nuclear cataract, unspecified eye"),
            ("H2511", "age-related nuclear cataract, right eye"),
            ("H2512", "age-related nuclear cataract, left eye"),
            ("H2513", "age-related nuclear cataract, bilateral"),
            ("I501", "left ventricular failure, unspecified"),
        ];
        let titles = titles.map(|(code, title)| (Code::parse(code).expect("a code"), title.to_owned()));
        let rows = sides(&titles.into_iter().collect());
        assert_eq!(
            rows.iter().map(|row| row.side).collect::<Vec<_>>(),
            [Side::Unspecified, Side::Right, Side::Left, Side::Both]
        );
        assert!(rows.iter().all(|row| row.group == rows[0].group));
        assert_eq!(row_of(&rows, "I501"), None);
    }

    #[test]
    fn a_named_side_counts_before_an_unspecified_kind() {
        let (named, rest) = side("unspecified fracture of right femur").expect("a side");
        assert_eq!((named, rest.as_str()), (Side::Right, "unspecified fracture femur"));
    }
}
