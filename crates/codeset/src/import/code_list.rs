//! A list of codes, one a line, with or without the title after it: CMS's `icd10cm_codes_2026.txt` and its like.
//!
//! Lists that also hold chapter numbers, block ranges and headers are read too: a line that is a number or a range is
//! no code, and a code that begins another code of the list is a header.

use std::collections::BTreeMap;

use super::{ImportError, lines};
use crate::Code;

/// One valid code of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCode {
    /// The code.
    pub code: Code,
    /// Its title, where the list gives one.
    pub title: Option<String>,
}

/// No code is shorter: a category has three characters.
const SHORTEST_CODE: usize = 3;

/// Reads a list of codes, in order of code.
pub fn parse_code_list(file: &str, text: &str) -> Result<Vec<ListedCode>, ImportError> {
    let mut listed: BTreeMap<Code, Option<String>> = BTreeMap::new();
    for (place, line) in lines(file, text).filter(|(_, line)| !line.is_empty()) {
        let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        if is_heading(word) {
            continue;
        }
        let code = place.code(word)?;
        if word.len() < SHORTEST_CODE {
            return Err(place.error("code", format!("'{word}' is shorter than any code")));
        }
        let title = Some(super::even(rest)).filter(|title| !title.is_empty());
        // A block of one category stands in the list twice, as block and as category.
        let held = listed.entry(code).or_insert_with(|| title.clone());
        if *held != title {
            return Err(place.error("title", format!("{code} is listed twice with different titles")));
        }
    }
    Ok(without_headers(listed))
}

/// Whether the line is a chapter number (`21`) or a block range (`A00-A09`).
fn is_heading(word: &str) -> bool {
    let is_number = word.len() < SHORTEST_CODE && word.bytes().all(|byte| byte.is_ascii_digit());
    is_number || word.split_once('-').is_some_and(|(first, last)| first.len() == 3 && last.len() == 3)
}

/// Leaves out each code that the next one begins with: in order, what a header begins follows it.
fn without_headers(listed: BTreeMap<Code, Option<String>>) -> Vec<ListedCode> {
    let codes: Vec<_> = listed.into_iter().map(|(code, title)| ListedCode { code, title }).collect();
    let is_header = |at: usize| codes.get(at + 1).is_some_and(|next| next.code.starts_with(codes[at].code));
    let valid = (0..codes.len()).filter(|&at| !is_header(at));
    valid.map(|at| codes[at].clone()).collect()
}

/// Writes what [`parse_code_list`] reads.
pub fn print_code_list(codes: &[ListedCode]) -> String {
    let print = |listed: &ListedCode| match &listed.title {
        Some(title) => format!("{:<7} {title}\n", listed.code),
        None => format!("{}\n", listed.code),
    };
    codes.iter().map(print).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_and_headers_are_told_from_codes() {
        let list = "1\nA00-A09\nA00\nA000\nA001\nB20\n";
        let codes: Vec<_> =
            parse_code_list("codes.txt", list).unwrap().iter().map(|c| c.code.to_string()).collect();
        assert_eq!(codes, ["A000", "A001", "B20"]);
    }

    #[test]
    fn titles_are_kept_and_bad_lines_named() {
        let list = parse_code_list("codes.txt", "A000    Cholera  due to\r\n\r\n").unwrap();
        assert_eq!(list[0].title.as_deref(), Some("Cholera due to"));
        let error = parse_code_list("codes.txt", "A000\nA_1\n").unwrap_err();
        assert_eq!((error.line, error.field), (2, "code"));
        let error = parse_code_list("codes.txt", "A000 One\nA000 Two\n").unwrap_err();
        assert_eq!(error.what, "A000 is listed twice with different titles");
    }

    proptest! {
        #[test]
        fn printing_and_reading_is_identity(codes in prop::collection::btree_set("[A-Z][0-9][A-Z][0-9A-Z]{4}", 0..30)) {
            let listed: Vec<_> = codes.iter().zip(0..).map(|(code, at)| ListedCode {
                code: Code::parse(code).unwrap(),
                title: (at % 2 == 0).then(|| format!("Title of {code}")),
            }).collect();
            prop_assert_eq!(parse_code_list("codes.txt", &print_code_list(&listed)).unwrap(), listed);
        }

        #[test]
        fn garbage_is_an_error_and_never_a_panic(text in "\\PC{0,200}") {
            let _ = parse_code_list("codes.txt", &text);
        }
    }
}
