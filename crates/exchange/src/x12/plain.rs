//! Names and addresses in the letters that claims are written in.

use unicode_normalization::UnicodeNormalization;

/// Letters that do not come apart into a plain letter and its mark, with what claims write for them.
const LETTERS: [(char, &str); 15] = [
    ('Æ', "AE"),
    ('Œ', "OE"),
    ('Ø', "O"),
    ('Ł', "L"),
    ('Đ', "D"),
    ('Ð', "D"),
    ('Þ', "TH"),
    ('ẞ', "SS"),
    ('ß', "SS"),
    ('Ħ', "H"),
    ('ı', "I"),
    ('Ŋ', "NG"),
    ('’', "'"),
    ('‘', "'"),
    ('–', "-"),
];

/// `text` in capital letters without marks, and without signs that a claim file cannot hold: `Wójcik` becomes `WOJCIK`.
/// What has no plain letter is left out, so look at what remains of a name in another script.
pub fn plain_letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.to_uppercase().nfkd() {
        match (character, LETTERS.iter().find(|(letter, _)| *letter == character)) {
            (_, Some((_, letters))) => plain.push_str(letters),
            ('*' | ':' | '~' | '^' | '`', _) => plain.push(' '),
            (character, None) if character.is_whitespace() => plain.push(' '),
            (' '..='~', None) => plain.push(character),
            _ => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
