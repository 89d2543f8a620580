//! Plain-word matching: lists of words separated by `/`, compared without regard to case.

/// A list of words of which one must occur. A `|` in a word stands for a slash: `a|p` is `A/P`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// Reads `blood/transfus`.
    pub(crate) fn parse(text: &str) -> Self {
        Self(
            text.split('/')
                .map(|word| word.trim().to_lowercase().replace('|', "/"))
                .filter(|word| !word.is_empty())
                .collect(),
        )
    }

    /// Whether one of them occurs in a text that is in lower case already; an empty list occurs in every text.
    pub(crate) fn occur_in(&self, lower: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|word| lower.contains(word))
    }

    /// The words, for people: `blood, transfus`.
    pub(crate) fn shown(&self) -> String {
        self.0.join(", ")
    }
}

/// Whether a text has a run of three or more underscores: a place left to be filled.
pub(crate) fn has_blank(text: &str) -> bool {
    text.contains("___")
}

/// A passage to quote: one line, no longer than `limit` characters.
pub(crate) fn quote(text: &str, limit: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_passages_are_cut() {
        let words = Words::parse("Blood/transfus");
        assert!(words.occur_in("transfusion of one unit") && !words.occur_in("bleeding"));
        assert_eq!(quote("Time:   ____\nthen", 9), "Time: ___…");
    }
}
