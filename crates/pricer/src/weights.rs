//! Relative weights and mean lengths of stay by DRG: Table 5 of the year's final rule.

use std::fmt::Write;

use codeset::{Drg, Row, Table, TableError};
use rust_decimal::Decimal;

/// One DRG of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrgRow {
    /// The DRG.
    pub drg: Drg,
    /// Major diagnostic category as printed: `05`, `PRE`, or blank where the DRG belongs to several.
    pub mdc: String,
    /// `SURG`, `MED`, or `**` for the two groups of cases that cannot be grouped.
    pub kind: String,
    /// Title as printed.
    pub title: String,
    /// Falls under the post-acute transfer policy.
    pub post_acute: bool,
    /// Paid half on the first day of a post-acute transfer.
    pub special_pay: bool,
    /// Relative weight before the limit on its fall; `None` where the table has none.
    pub weight_before_cap: Option<Decimal>,
    /// Relative weight that is paid; `None` where the table has none.
    pub weight: Option<Decimal>,
    /// Geometric mean length of stay, days.
    pub gmlos_days: Option<Decimal>,
    /// Arithmetic mean length of stay, days.
    pub amlos_days: Option<Decimal>,
}

/// The DRGs of one year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrgWeights {
    source: String,
    rows: Vec<DrgRow>,
}

/// The columns of a weights file under `data/`.
const COLUMNS: [&str; 10] = [
    "drg",
    "mdc",
    "type",
    "title",
    "post_acute",
    "special_pay",
    "weight_before_cap",
    "weight",
    "gmlos",
    "amlos",
];

impl DrgWeights {
    /// A table of `rows`, which are put in order.
    pub fn new(source: impl Into<String>, mut rows: Vec<DrgRow>) -> Self {
        rows.sort_by_key(|row| row.drg);
        Self { source: source.into(), rows }
    }

    /// Reads the text form kept under `data/`.
    pub fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&COLUMNS)?;
        let rows = table.rows().map(|row| read_row(&row)).collect::<Result<Vec<_>, _>>()?;
        if let Some(pair) = rows.windows(2).position(|pair| pair[0].drg >= pair[1].drg) {
            let found = table.rows().nth(pair + 1);
            let error = found.map(|row| row.error("DRGs are not in ascending order, each once"));
            return Err(error.unwrap_or_else(|| TableError {
                file: file.to_owned(),
                line: 0,
                what: "DRGs are not in ascending order, each once".to_owned(),
            }));
        }
        let source = table.comments().first().copied().unwrap_or_default();
        Ok(Self { source: source.trim_start_matches("Source: ").to_owned(), rows })
    }

    /// Writes the text form kept under `data/`.
    pub fn export(&self) -> String {
        let mut text = format!("# Source: {}\n{}\n", self.source, COLUMNS.join("\t"));
        for row in &self.rows {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                row.drg,
                row.mdc,
                row.kind,
                row.title,
                u8::from(row.post_acute),
                u8::from(row.special_pay),
                places(row.weight_before_cap, 4),
                places(row.weight, 4),
                places(row.gmlos_days, 1),
                places(row.amlos_days, 1),
            );
        }
        text
    }

    /// Where the table was published.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The row of `drg`.
    pub fn get(&self, drg: Drg) -> Option<&DrgRow> {
        let at = self.rows.binary_search_by_key(&drg, |row| row.drg).ok()?;
        self.rows.get(at)
    }

    /// All rows, by DRG.
    pub fn rows(&self) -> &[DrgRow] {
        &self.rows
    }
}

fn places(value: Option<Decimal>, places: usize) -> String {
    value.map(|value| format!("{value:.places$}")).unwrap_or_default()
}

fn read_row(row: &Row<'_>) -> Result<DrgRow, TableError> {
    let flag = |column: usize| match row.field(column) {
        "0" => Ok(false),
        "1" => Ok(true),
        other => Err(row.error(format!("field {}: '{other}' is neither 0 nor 1", column + 1))),
    };
    Ok(DrgRow {
        drg: Drg(row.parse(0)?),
        mdc: row.field(1).to_owned(),
        kind: row.field(2).to_owned(),
        title: row.field(3).to_owned(),
        post_acute: flag(4)?,
        special_pay: flag(5)?,
        weight_before_cap: row.parse_opt(6)?,
        weight: row.parse_opt(7)?,
        gmlos_days: row.parse_opt(8)?,
        amlos_days: row.parse_opt(9)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEARS: [&str; 2] = [
        include_str!("../../../data/ipps/table5-fy2026.tsv"),
        include_str!("../../../data/ipps/table5-fy2027.tsv"),
    ];

    #[test]
    fn the_kept_tables_have_the_published_weights() {
        for (drg, weights) in
            [(470, ["1.9289", "1.9563"]), (871, ["1.9425", "1.9320"]), (291, ["1.2838", "1.2685"])]
        {
            for (text, weight) in YEARS.iter().zip(weights) {
                let table = DrgWeights::parse("t.tsv", text).unwrap();
                assert_eq!(table.get(Drg(drg)).unwrap().weight, Some(weight.parse().unwrap()), "{drg}");
            }
        }
        let counts = YEARS.map(|text| DrgWeights::parse("t.tsv", text).unwrap().rows().len());
        assert_eq!(counts, [772, 768]);
    }

    #[test]
    fn the_kept_tables_are_what_export_writes() {
        for text in YEARS {
            assert_eq!(DrgWeights::parse("t.tsv", text).unwrap().export(), text);
        }
    }

    #[test]
    fn disorder_is_refused() {
        let header = COLUMNS.join("\t");
        let text =
            format!("{header}\n471\t08\tSURG\tA\t0\t0\t\t1\t2\t3\n470\t08\tSURG\tB\t0\t0\t\t1\t2\t3\n");
        let error = DrgWeights::parse("t.tsv", &text).unwrap_err();
        assert_eq!(error.to_string(), "t.tsv, line 3: DRGs are not in ascending order, each once");
    }
}
