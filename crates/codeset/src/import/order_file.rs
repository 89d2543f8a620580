//! The order file of ICD-10-CM (CDC) and ICD-10-PCS (CMS): every header and code with its titles, in fixed columns.
//!
//! ```text
//! 00001 A00     0 Cholera                                                      Cholera
//! 00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to Vibrio …
//! ```
//! Columns 1–5 order number, 7–13 code, 15 whether the code may be reported, 17–76 short title, 78 on long title.

use super::{ImportError, Place, lines};
use crate::Code;

/// One line of an order file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Place in the order of the manual.
    pub order: u32,
    /// The code or header.
    pub code: Code,
    /// Whether it may be reported; otherwise it is a header.
    pub is_valid: bool,
    /// At most sixty characters.
    pub short_title: String,
    /// The full title.
    pub long_title: String,
}

/// Reads an order file; a code given twice is an error.
pub fn parse_order_file(file: &str, text: &str) -> Result<Vec<OrderLine>, ImportError> {
    let mut parsed = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (place, line) in lines(file, text).filter(|(_, line)| !line.is_empty()) {
        let line = parse_line(place, line)?;
        if !seen.insert(line.code) {
            return Err(place.error("code", format!("{} is listed twice", line.code)));
        }
        parsed.push(line);
    }
    Ok(parsed)
}

fn parse_line(place: Place<'_>, line: &str) -> Result<OrderLine, ImportError> {
    let column = |field, from: usize, to: usize| {
        let to = to.min(line.len());
        line.get(from..to)
            .ok_or_else(|| place.error(field, "the line is too short or holds characters other than ASCII"))
    };
    let order = column("order number", 0, 5)?.trim();
    let is_valid = match column("valid", 14, 15)? {
        "0" => false,
        "1" => true,
        other => {
            return Err(
                place.error("valid", format!("'{other}' in column 15; expected 0 (header) or 1 (code)"))
            );
        }
    };
    let long_title = line.get(77..).ok_or_else(|| place.error("long title", "no title in column 78"))?;
    Ok(OrderLine {
        order: order.parse().map_err(|_| place.error("order number", format!("'{order}' is no number")))?,
        code: place.code(column("code", 6, 13)?)?,
        is_valid,
        short_title: place.title("short title", column("short title", 16, 76)?)?,
        long_title: place.title("long title", long_title)?,
    })
}

/// Writes what [`parse_order_file`] reads.
pub fn print_order_file(lines: &[OrderLine]) -> String {
    let print = |line: &OrderLine| {
        let OrderLine { order, code, is_valid, short_title, long_title } = line;
        format!("{order:05} {code:<7} {} {short_title:<60} {long_title}\n", u8::from(*is_valid))
    };
    lines.iter().map(print).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> String {
        [
            ("00001", "A00", "0", "Cholera", "Cholera"),
            ("00002", "A000", "1", "Cholera due to cholerae", "Cholera due to Vibrio cholerae"),
        ]
        .map(|(order, code, valid, short, long)| format!("{order} {code:<7} {valid} {short:<60} {long}\r\n"))
        .concat()
    }

    #[test]
    fn fixed_columns_are_read() {
        let lines = parse_order_file("order.txt", &sample()).unwrap();
        assert_eq!((lines[0].order, lines[0].is_valid), (1, false));
        assert_eq!(lines[1].code.to_string(), "A000");
        assert_eq!(lines[1].long_title, "Cholera due to Vibrio cholerae");
        assert_eq!(print_order_file(&lines), sample().replace('\r', ""));
    }

    #[test]
    fn a_bad_line_is_named_with_its_field() {
        let check = |text: String, error: &str| {
            assert_eq!(parse_order_file("order.txt", &text).unwrap_err().to_string(), error);
        };
        check(
            sample().replace(" 1 Cholera", " 2 Cholera"),
            "order.txt, line 2, valid: '2' in column 15; expected 0 (header) or 1 (code)",
        );
        check(sample().replace("00002", "0000x"), "order.txt, line 2, order number: '0000x' is no number");
        check(
            sample().replace("A000", "A-00"),
            "order.txt, line 2, code: code 'A-00   ' holds a character that is neither letter, digit nor '@'",
        );
        check(
            sample().replace("00002 A000 ", "00002 A00  ").replace(" 1 Chol", " 0 Chol"),
            "order.txt, line 2, code: A00 is listed twice",
        );
    }

    proptest! {
        #[test]
        fn printing_and_reading_is_identity(
            codes in prop::collection::btree_set("[A-Z][0-9][0-9A-Z]{1,5}", 1..20),
            titles in prop::collection::vec("[A-Za-z][a-z,]{0,9}( [a-z()-]{1,9}){0,4}", 20),
        ) {
            let lines: Vec<_> = codes.iter().zip(&titles).zip(1..).map(|((code, title), order)| OrderLine {
                order,
                code: Code::parse(code).unwrap(),
                is_valid: order % 2 == 0,
                short_title: title.clone(),
                long_title: format!("{title} in full"),
            }).collect();
            prop_assert_eq!(parse_order_file("order.txt", &print_order_file(&lines)).unwrap(), lines);
        }

        #[test]
        fn garbage_is_an_error_and_never_a_panic(text in "\\PC{0,200}") {
            let _ = parse_order_file("order.txt", &text);
        }
    }
}
