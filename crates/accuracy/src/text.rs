//! Text as sentences.

/// Words after which a full stop ends no sentence.
const ABBREVIATIONS: [&str; 12] = ["Dr", "Mr", "Mrs", "Ms", "St", "vs", "approx", "No", "L", "R", "M", "Jr"];

/// The sentences of a text, without the marks of lists and emphasis. A line is at least one sentence.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in text.lines() {
        let line = line.trim().trim_start_matches(['-', '*', '#', '|']).trim_start().replace("**", "");
        let mut rest = line.as_str();
        while let Some(end) = sentence_end(rest) {
            push(&mut all, &rest[..end]);
            rest = &rest[end..];
        }
        push(&mut all, rest);
    }
    all
}

fn push(all: &mut Vec<String>, sentence: &str) {
    let sentence = sentence.trim();
    if sentence.chars().any(char::is_alphanumeric) {
        all.push(sentence.to_owned());
    }
}

/// Just after the mark that ends the first sentence, if another follows it.
fn sentence_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(1)).find_map(|at| {
        let stops = matches!(bytes[at], b'.' | b'!' | b'?' | b';') && bytes[at + 1] == b' ';
        let before = &text.get(..at)?;
        let word = before.rsplit([' ', '(', '"']).next().unwrap_or_default();
        let counts = !word.is_empty() && word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        let starts_a_list = counts && before.trim().len() <= 2;
        (stops && !starts_a_list && !(bytes[at] == b'.' && ABBREVIATIONS.contains(&word))).then_some(at + 1)
    })
}

/// A sentence with only its letters, small, for comparing: days are counted on in copied text, the words stay.
pub(crate) fn plain(sentence: &str) -> String {
    let words = sentence.split(|c: char| !c.is_alphabetic() && c != '+').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_and_a_number_of_a_list_end_no_sentence() {
        let text = "1. Seen by Dr. Keller. Lungs clear!\n- **Home** list";
        assert_eq!(sentences(text), ["1. Seen by Dr. Keller.", "Lungs clear!", "Home list"]);
        assert_eq!(plain("3+ edema, thighs."), "+ edema thighs");
    }
}
