//! The codes that people assigned to the charts of a corpus, as CodiEsp writes them: chart, tab, code.

use std::collections::{BTreeMap, BTreeSet};

use codeset::Code;

/// A line that is not a chart's name, a tab and a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: expected a chart's name, a tab and a code, found '{found}'")]
pub struct CorpusError {
    /// The file's name.
    pub file: String,
    /// The line's number, from 1.
    pub line: usize,
    /// The line.
    pub found: String,
}

/// The codes of each chart.
pub fn assigned_codes(file: &str, text: &str) -> Result<BTreeMap<String, BTreeSet<Code>>, CorpusError> {
    let mut charts: BTreeMap<String, BTreeSet<Code>> = BTreeMap::new();
    for (line, found) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let read = found.split_once('\t').and_then(|(chart, code)| Some((chart, Code::parse(code).ok()?)));
        let (chart, code) =
            read.ok_or_else(|| CorpusError { file: file.to_owned(), line, found: found.to_owned() })?;
        charts.entry(chart.to_owned()).or_default().insert(code);
    }
    Ok(charts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_gathered_by_chart() {
        let charts = assigned_codes("devD.tsv", "S1\tq62.11\nS1\tn28.89\nS2\tr52\n").unwrap();
        assert_eq!(charts["S1"].len(), 2);
        assert!(charts["S2"].contains(&Code::parse("R52").unwrap()));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = assigned_codes("devD.tsv", "S1\tr52\nS2 r52\n").unwrap_err();
        assert_eq!(error.line, 2);
    }
}
