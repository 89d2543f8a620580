//! Queries to practitioners and documentation alerts.

pub(crate) mod alerts;
pub(crate) mod compose;
pub(crate) mod desk;
pub(crate) mod query;

/// The words of a text that a finding marks, and what stands around them.
fn pieces(text: &str, marked: Option<std::ops::Range<usize>>) -> Vec<crate::pages::parts::Piece> {
    let whole = 0..text.len();
    let marked = marked.unwrap_or(0..0);
    let parts = [(whole.start..marked.start, false), (marked.clone(), true), (marked.end..whole.end, false)];
    let piece = |(range, marked): (std::ops::Range<usize>, bool)| {
        let text = text.get(range).filter(|text| !text.is_empty())?.to_owned();
        Some(crate::pages::parts::Piece { text, marked })
    };
    parts.into_iter().filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_found_are_marked_where_they_stand() {
        let all = |text: &str, marked| -> Vec<(String, bool)> {
            pieces(text, marked).into_iter().map(|one| (one.text, one.marked)).collect()
        };
        let part = |text: &str, marked| (text.to_owned(), marked);
        assert_eq!(
            all("for payment now", Some(4..11)),
            [part("for ", false), part("payment", true), part(" now", false)]
        );
        assert_eq!(all("payment", Some(0..7)), [part("payment", true)]);
        assert_eq!(all("plain", None), [part("plain", false)]);
        assert!(all("", None).is_empty());
    }
}
