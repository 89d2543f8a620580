//! Reads Table 5 as CMS publishes it: title lines, a quoted header, tab-separated fields.

use codeset::{Drg, TableError};
use csv::{ReaderBuilder, StringRecord};
use rust_decimal::Decimal;

use crate::place::Place;
use crate::weights::{DrgRow, DrgWeights};

impl DrgWeights {
    /// Imports the tab-separated text of Table 5. Columns are found by their headings, so that a year may order
    /// them otherwise; a field of `.` has no value.
    pub fn import(file: &str, source: &str, text: &str) -> Result<Self, TableError> {
        let mut reader = ReaderBuilder::new()
            .delimiter(b'\t')
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let start = Place::start(file, text);
        let mut columns: Option<Columns> = None;
        let mut rows: Vec<DrgRow> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| start.unreadable(&error))?;
            let place = start.of(&record);
            match &columns {
                None => columns = Columns::find(&record, place)?,
                Some(_) if record.iter().all(|field| field.trim().is_empty()) => {}
                Some(columns) => rows.push(columns.row(&record, place)?),
            }
        }
        if columns.is_none() {
            return Err(
                start.error("no heading 'MS-DRG' found; is this Table 5 saved as tab-separated text?")
            );
        }
        rows.sort_by_key(|row| row.drg);
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].drg == pair[1].drg) {
            return Err(start.error(format!("DRG {} stands there twice", pair[0].drg)));
        }
        Ok(Self::new(source, rows))
    }
}

/// The columns of the table, by what their headings say.
struct Columns {
    drg: usize,
    post_acute: usize,
    special_pay: usize,
    mdc: usize,
    kind: usize,
    title: usize,
    weight_before_cap: Option<usize>,
    weight: usize,
    gmlos: usize,
    amlos: usize,
}

impl Columns {
    /// The columns, if `record` is the heading.
    fn find(record: &StringRecord, place: Place<'_>) -> Result<Option<Self>, TableError> {
        let headings: Vec<String> = record.iter().map(|field| field.trim().to_lowercase()).collect();
        if headings.first().is_none_or(|first| first != "ms-drg") {
            return Ok(None);
        }
        let optional = |word: &str| headings.iter().position(|heading| heading.contains(word));
        let column =
            |word: &str| optional(word).ok_or_else(|| place.error(format!("no heading with '{word}'")));
        let before_cap = optional("before cap");
        let weight = headings
            .iter()
            .enumerate()
            .position(|(at, heading)| heading.contains("weight") && Some(at) != before_cap)
            .ok_or_else(|| place.error("no heading with 'weight'"))?;
        Ok(Some(Self {
            drg: 0,
            post_acute: column("post-acute")?,
            special_pay: column("special pay")?,
            mdc: column("mdc")?,
            kind: column("type")?,
            title: column("title")?,
            weight_before_cap: before_cap,
            weight,
            gmlos: column("geometric")?,
            amlos: column("arithmetic")?,
        }))
    }

    fn row(&self, record: &StringRecord, place: Place<'_>) -> Result<DrgRow, TableError> {
        let field = |column: usize| record.get(column).unwrap_or_default().trim();
        let value = |column: usize| number(field(column), place);
        let drg = field(self.drg);
        Ok(DrgRow {
            drg: Drg(drg.parse().map_err(|_| place.error(format!("'{drg}' is no DRG")))?),
            mdc: field(self.mdc).to_owned(),
            kind: field(self.kind).to_owned(),
            title: field(self.title).split_whitespace().collect::<Vec<_>>().join(" "),
            post_acute: flag(field(self.post_acute), place)?,
            special_pay: flag(field(self.special_pay), place)?,
            weight_before_cap: self.weight_before_cap.map(value).transpose()?.flatten(),
            weight: value(self.weight)?,
            gmlos_days: value(self.gmlos)?,
            amlos_days: value(self.amlos)?,
        })
    }
}

/// A number; `None` for a blank field and for the point that stands for none.
fn number(text: &str, place: Place<'_>) -> Result<Option<Decimal>, TableError> {
    if matches!(text, "" | ".") {
        return Ok(None);
    }
    let value = text.parse().map_err(|_| place.error(format!("'{text}' is no number")))?;
    Ok(Some(value))
}

/// A flag: `Yes` or `No`.
fn flag(text: &str, place: Place<'_>) -> Result<bool, TableError> {
    match text.to_lowercase().as_str() {
        "yes" | "1" => Ok(true),
        "no" | "0" => Ok(false),
        _ => Err(place.error(format!("'{text}' is neither Yes nor No"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = "\"TABLE 5.—LIST OF \nMS-DRGS\"\t\t\t\t\t\t\t\t\t\r\n\
        MS-DRG \tFY 2026 Final Post-Acute DRG\tFY 2026 Final Special Pay DRG\tMDC\tTYPE\tMS-DRG Title\t\
        Weights - Before Cap\tWeights - 10% Cap Applied \tGeometric mean LOS\tArithmetic mean LOS\r\n\
        470\tYes\tNo\t08\tSURG\t\"MAJOR HIP,  KNEE\"\t1.9289\t1.9289\t1.7\t2.1\r\n\
        999\tNo\tNo\t \t**\tUNGROUPABLE\t.\t.\t.\t\r\n\t\t\t\t\t\t\t\t\t\r\n";

    #[test]
    fn reads_the_published_layout() {
        let weights = DrgWeights::import("t5.txt", "CMS", PUBLISHED).unwrap();
        let row = weights.get(Drg(470)).unwrap();
        assert_eq!((row.title.as_str(), row.post_acute, row.special_pay), ("MAJOR HIP, KNEE", true, false));
        assert_eq!(row.weight, Some("1.9289".parse().unwrap()));
        assert_eq!(weights.get(Drg(999)).unwrap().weight, None);
        assert_eq!(weights.get(Drg(471)), None);
    }

    #[test]
    fn export_reads_back_the_same() {
        let weights = DrgWeights::import("t5.txt", "CMS", PUBLISHED).unwrap();
        let text = weights.export();
        assert_eq!(DrgWeights::parse("t5.tsv", &text).unwrap(), weights);
        assert_eq!(DrgWeights::parse("t5.tsv", &text).unwrap().export(), text);
    }

    #[test]
    fn says_where_a_table_is_wrong() {
        let wrong = PUBLISHED.replace("\tYes\t", "\tPerhaps\t");
        let error = DrgWeights::import("t5.txt", "CMS", &wrong).unwrap_err();
        assert_eq!(error.to_string(), "t5.txt, line 4: 'Perhaps' is neither Yes nor No");
        let error = DrgWeights::import("t5.txt", "CMS", "nothing\n").unwrap_err();
        assert!(error.to_string().contains("no heading 'MS-DRG' found"), "{error}");
    }
}
