//! Reading a formula: `~` binds tightest, then `&`, then `|`.

use super::Formula;

/// Formulas in the tables nest at most six deep; deeper text is refused rather than recursed into.
const MAX_DEPTH: usize = 64;

/// Why a text is no formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    /// Something else was expected at this place.
    #[error("column {column}: expected {expected}")]
    Expected {
        /// The place, in characters from 1.
        column: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// Parentheses nested beyond sense.
    #[error("parentheses nested more than {MAX_DEPTH} deep")]
    TooDeep,
}

pub(super) fn parse(text: &str) -> Result<Formula, FormulaError> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let formula = reader.alternatives()?;
    match reader.peek() {
        None => Ok(formula),
        Some(_) => Err(reader.expected("'&', '|' or the end")),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn alternatives(&mut self) -> Result<Formula, FormulaError> {
        self.list(b'|', Self::conjunction, Formula::Or)
    }

    fn conjunction(&mut self) -> Result<Formula, FormulaError> {
        self.list(b'&', Self::factor, Formula::And)
    }

    fn list(
        &mut self,
        sign: u8,
        part: fn(&mut Self) -> Result<Formula, FormulaError>,
        join: fn(Vec<Formula>) -> Formula,
    ) -> Result<Formula, FormulaError> {
        let mut parts = vec![part(self)?];
        while self.peek() == Some(sign) {
            self.at += 1;
            parts.push(part(self)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { join(parts) })
    }

    fn factor(&mut self) -> Result<Formula, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(FormulaError::TooDeep);
        }
        let formula = match self.peek() {
            Some(b'~') => {
                self.at += 1;
                Formula::Not(Box::new(self.factor()?))
            }
            Some(b'(') => {
                self.at += 1;
                let inner = self.alternatives()?;
                if self.peek() != Some(b')') {
                    return Err(self.expected("')'"));
                }
                self.at += 1;
                inner
            }
            _ => self.atom()?,
        };
        self.depth -= 1;
        Ok(formula)
    }

    fn atom(&mut self) -> Result<Formula, FormulaError> {
        let rest = &self.text[self.at..];
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'@');
        let len = rest.bytes().take_while(|b| is_name(b)).count();
        if len == 0 {
            return Err(self.expected("a name, '~' or '('"));
        }
        self.at += len;
        Ok(Formula::Atom(rest[..len].to_owned()))
    }

    /// The next byte after blanks; `at` is left on it.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn expected(&self, expected: &'static str) -> FormulaError {
        FormulaError::Expected { column: self.text[..self.at].chars().count() + 1, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_bind_as_in_the_tables() {
        let formula = parse("a & ~b | (c|d) & e").unwrap();
        assert_eq!(formula.to_string(), "a & ~b | (c | d) & e");
        assert_eq!(parse("(a | b)").unwrap(), parse("a|b").unwrap());
    }

    #[test]
    fn says_where_a_formula_breaks() {
        for (text, message) in [
            ("", "column 1: expected a name, '~' or '('"),
            ("a &", "column 4: expected a name, '~' or '('"),
            ("(a", "column 3: expected ')'"),
            ("a b", "column 3: expected '&', '|' or the end"),
            ("a & é", "column 5: expected a name, '~' or '('"),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), message, "{text}");
        }
        assert_eq!(parse(&"(".repeat(10_000)), Err(FormulaError::TooDeep));
        assert_eq!(parse(&"~".repeat(10_000)), Err(FormulaError::TooDeep));
    }
}
