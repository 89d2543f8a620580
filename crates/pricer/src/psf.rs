//! The Inpatient Provider Specific File as CMS exports it: CSV, one dated row per hospital and change.

use codeset::TableError;
use csv::{ReaderBuilder, StringRecord, Writer};

use crate::place::Place;
use crate::provider::Provider;
use crate::provider_record::{self, COLUMNS, OPTIONAL, Record, plain};

/// What an import found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderImport {
    /// The rows that were read.
    pub providers: Vec<Provider>,
    /// The rows that were not, with line and reason.
    pub rejected: Vec<TableError>,
}

/// Imports a Provider Specific File. A row that cannot be read is rejected and the rest is done; a file without
/// the columns is an error.
pub fn import_provider_file(file: &str, text: &str) -> Result<ProviderImport, TableError> {
    let text = text.trim_start_matches('\u{feff}');
    let start = Place::start(file, text);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| start.unreadable(&error))?.clone();
    let columns = Columns::find(start, &headings)?;
    let mut import = ProviderImport::default();
    for record in reader.records() {
        match read_row(start, &columns, record) {
            Ok(provider) => import.providers.push(provider),
            Err(error) => import.rejected.push(error),
        }
    }
    Ok(import)
}

/// Writes providers in the layout of the Provider Specific File, with the columns that are used.
pub fn export_provider_file(providers: &[Provider]) -> Result<String, csv::Error> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS.iter().chain(&OPTIONAL))?;
    for provider in providers {
        writer.write_record(provider_record::write(provider))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn read_row(
    start: Place<'_>,
    columns: &Columns,
    record: Result<StringRecord, csv::Error>,
) -> Result<Provider, TableError> {
    let record = record.map_err(|error| start.unreadable(&error))?;
    let row = Row { columns, record: &record };
    provider_record::read(&row).map_err(|wrong| start.of(&record).error(wrong))
}

/// Where the columns stand.
struct Columns(Vec<(String, usize)>);

impl Columns {
    fn find(start: Place<'_>, headings: &StringRecord) -> Result<Self, TableError> {
        let found: Vec<_> = headings.iter().enumerate().map(|(at, heading)| (plain(heading), at)).collect();
        let columns = Self(found);
        let lacking: Vec<_> =
            COLUMNS.iter().filter(|column| columns.position(column).is_none()).copied().collect();
        if lacking.is_empty() {
            return Ok(columns);
        }
        let what =
            format!("the header lacks {}; is this the inpatient Provider Specific File?", lacking.join(", "));
        Err(start.error(what))
    }

    fn position(&self, column: &str) -> Option<usize> {
        let wanted = plain(column);
        self.0.iter().find(|(name, _)| *name == wanted).map(|(_, at)| *at)
    }
}

/// One row of the file.
struct Row<'r> {
    columns: &'r Columns,
    record: &'r StringRecord,
}

impl Record for Row<'_> {
    fn text(&self, column: &str) -> &str {
        let at = self.columns.position(column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default().trim()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::provider::{Areas, CapitalMethod, Participation, PassThrough, RecordsUse};

    fn sample() -> Provider {
        Provider {
            npi: Some("1234567893".to_owned()),
            operating_cost_ratio: Some("0.331".parse().unwrap()),
            areas: Areas {
                geographic: "33860".to_owned(),
                last_year_wage_index: Some("0.9".parse().unwrap()),
                ..Areas::default()
            },
            ..Provider::new("010001", date(2026, 10, 1))
        }
    }

    #[test]
    fn a_bad_row_is_rejected_with_its_line_and_the_rest_is_read() {
        let text = export_provider_file(&[sample(), sample(), sample()]).unwrap();
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines[2] = lines[2].replace("0.331", "x.331");
        let import = import_provider_file("psf.csv", &lines.join("\n")).unwrap();
        assert_eq!(import.providers, [sample(), sample()]);
        let rejected: Vec<_> = import.rejected.iter().map(ToString::to_string).collect();
        assert_eq!(rejected, ["psf.csv, line 3: operatingCostToChargeRatio 'x.331' is no decimal number"]);
    }

    #[test]
    fn headings_may_be_in_snake_case_and_any_order() {
        let text = export_provider_file(&[sample()]).unwrap();
        let snake = text.replace("operatingCostToChargeRatio", "operating_cost_to_charge_ratio");
        assert_eq!(import_provider_file("psf.csv", &snake).unwrap().providers, [sample()]);
        let lacking = text.replace("bedSize", "beds");
        let error = import_provider_file("psf.csv", &lacking).unwrap_err();
        assert!(error.to_string().contains("lacks bedSize"), "{error}");
    }

    #[test]
    fn the_dates_that_mean_never_are_no_end() {
        let text = export_provider_file(&[sample()]).unwrap().replace("20261001,,,", "20261001,,20610701,");
        assert_eq!(import_provider_file("psf.csv", &text).unwrap().providers, [sample()]);
    }

    fn decimal(digits: i64, places: u32) -> impl Strategy<Value = Decimal> {
        (0..digits).prop_map(move |mantissa| Decimal::new(mantissa, places))
    }

    fn participation() -> impl Strategy<Value = Participation> {
        prop::sample::select(vec![Participation::No, Participation::Yes, Participation::Unreadable])
    }

    prop_compose! {
        fn provider()(
            ratios in prop::collection::vec(decimal(100_000, 4), 8),
            dollars in prop::collection::vec(decimal(100_000_000, 2), 6),
            ratio in prop::option::of(decimal(10_000, 3)),
            programs in (participation(), participation()),
            flags in prop::collection::vec(any::<bool>(), 5),
            kinds in (0u8..100, 0u16..10_000, 0u32..100_000),
        ) -> Provider {
            Provider {
                provider_type: kinds.0,
                location: kinds.1,
                beds: kinds.2,
                cost_of_living: ratios[0],
                residents_per_bed: ratios[1],
                supplemental_security_ratio: ratios[2],
                medicaid_ratio: ratios[3],
                value_based_purchasing_factor: ratios[4],
                readmissions_factor: ratios[5],
                low_volume_factor: ratios[6],
                operating_cost_ratio: ratio,
                capital_cost_ratio: ratio,
                residents_per_daily_census: Some(ratios[7]),
                hospital_specific_rate: dollars[0],
                capital_exception: dollars[1],
                uncompensated_care: dollars[2],
                pass_through: PassThrough { capital: dollars[3], medical_education: dollars[4], organ_acquisition: dollars[5], total: dollars[0] },
                value_based_purchasing: programs.0,
                readmissions: programs.1,
                waiver: flags[0],
                new_hospital: flags[1],
                quality_submitted: flags[2],
                low_volume: flags[3],
                hospital_acquired_reduction: flags[4],
                electronic_records: if flags[0] { RecordsUse::Reduced } else { RecordsUse::Unreadable },
                capital_method: if flags[1] { CapitalMethod::FullyProspective } else { CapitalMethod::Unreadable },
                terminated: flags[2].then(|| date(2027, 1, 31)),
                ..sample()
            }
        }
    }

    proptest! {
        #[test]
        fn export_reads_back_the_same(providers in prop::collection::vec(provider(), 0..4)) {
            let text = export_provider_file(&providers).unwrap();
            let import = import_provider_file("psf.csv", &text).unwrap();
            prop_assert_eq!(&import.providers, &providers);
            prop_assert_eq!(export_provider_file(&import.providers).unwrap(), text);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[a-zA-Z0-9,\"\n.]{0,200}") {
            let header = export_provider_file(&[]).unwrap();
            let _ = import_provider_file("psf.csv", &format!("{header}{text}"));
        }
    }
}
