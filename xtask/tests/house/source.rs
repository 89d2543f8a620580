//! Rust source as a run of words, so that a rule sees code and neither comments nor tests.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One word of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// An identifier, a literal as written, a punctuation mark, or a bracket.
    pub(crate) text: String,
    /// The line in the file, from 1.
    pub(crate) line: usize,
}

/// The words of a file without comments, attributes, and items under `#[cfg(test)]` or `#[test]`.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let stream = TokenStream::from_str(text).expect("a committed source file can be read as Rust");
    let mut words = Vec::new();
    collect(stream, &mut words);
    words
}

fn collect(stream: TokenStream, words: &mut Vec<Word>) {
    let mut tokens = stream.into_iter().peekable();
    let mut in_test_item = false;
    while let Some(token) = tokens.next() {
        if is_mark(&token, '#') {
            tokens.next_if(|next| is_mark(next, '!'));
            if let Some(TokenTree::Group(attribute)) =
                tokens.next_if(|next| matches!(next, TokenTree::Group(_)))
            {
                in_test_item |= marks_a_test(&attribute.stream().to_string());
                continue;
            }
        }
        if in_test_item {
            // The item ends with its body, or with `;` where it has none.
            let ends = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            in_test_item = !ends && !is_mark(&token, ';');
            continue;
        }
        add(token, words);
    }
}

fn marks_a_test(attribute: &str) -> bool {
    let bare: String = attribute.split_whitespace().collect();
    bare == "test" || bare == "cfg(test)"
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn add(token: TokenTree, words: &mut Vec<Word>) {
    let line = token.span().start().line;
    let TokenTree::Group(group) = token else {
        words.push(Word { text: token.to_string(), line });
        return;
    };
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    };
    for (text, inner) in [(open, Some(group.stream())), (close, None)] {
        words.push(Word { text: text.to_owned(), line });
        if let Some(inner) = inner {
            collect(inner, words);
        }
    }
}

/// The `.rs` files of a crate's `src` folder that are not test modules.
pub(crate) fn files(manifest: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![manifest.with_file_name("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a crate has its sources in src") {
            let path = entry.expect("a folder entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let tests: Vec<PathBuf> = found.iter().flat_map(|path| test_modules(path)).collect();
    found.retain(|path| !tests.iter().any(|test| path.with_extension("").starts_with(test)));
    found.sort();
    found
}

/// Where the modules lie that the file at `path` declares with `#[cfg(test)] mod name;`, without their `.rs`.
fn test_modules(path: &Path) -> Vec<PathBuf> {
    let is_root =
        path.file_stem().is_some_and(|stem| ["lib", "main", "mod"].iter().any(|root| stem == *root));
    let folder = if is_root { path.with_file_name("") } else { path.with_extension("") };
    let text = std::fs::read_to_string(path).expect("a source file is readable");
    declared_tests(&text).map(|name| folder.join(name)).collect()
}

fn declared_tests(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("#[cfg(test)]").skip(1);
    after.filter_map(|rest| {
        let (item, _) = rest.split_once(';')?;
        let name = item.trim().trim_start_matches("pub(crate) ").strip_prefix("mod ")?;
        (!name.contains('{')).then_some(name)
    })
}

#[test]
fn test_modules_in_files_of_their_own_are_found() {
    let text = "mod a;\n#[cfg(test)]\nmod samples;\n#[cfg(test)]\nmod tests { use super::*; }";
    assert_eq!(declared_tests(text).collect::<Vec<_>>(), ["samples"]);
}

#[test]
fn comments_attributes_and_tests_are_no_code() {
    let text = r#"
        //! About 2026.
        /// Since 2025.
        #[error("in 2024")]
        fn rule() { date(2023) }
        #[cfg(test)]
        mod tests { fn t() { date(2022) } }
        #[cfg(test)]
        use std::fs;
        #[test]
        fn t() { date(2021) }
        fn after() {}
    "#;
    let text: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    assert_eq!(text.join(" "), "fn rule ( ) { date ( 2023 ) } fn after ( ) { }");
}
