//! A desk opened from the tables under `data/`, for tests.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use codeset::{Code, CodeIndex, CodeNumbers, Pack, PackWriter, Registry};
use grouper::Desk;

/// The desk, opened once.
pub fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| Desk::open(&Pack::open(pack()).expect("a pack")).expect("a desk"))
}

/// A pack of the grouper's and the editor's tables.
pub fn pack() -> Vec<u8> {
    let files = tables();
    let codes = CodeIndex {
        diagnoses: codes_of(&files, ["msdrg/diagnosis.tsv", "mce/diagnosis.tsv"]),
        procedures: codes_of(&files, ["msdrg/procedure.tsv", "mce/procedure.tsv"]),
    };
    let mut pack = PackWriter::default();
    pack.add(Registry::SECTION, editions().into_bytes());
    pack.add(CodeIndex::SECTION, codes.to_section().expect("codes"));
    grouper::compile(&files, &codes, &mut pack).expect("tables");
    pack.finish(1).expect("a pack")
}

fn tables() -> BTreeMap<String, String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut files = BTreeMap::new();
    for folder in ["msdrg", "mce"] {
        for file in std::fs::read_dir(data.join(folder)).expect("data") {
            let path = file.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files.insert(format!("{folder}/{name}"), std::fs::read_to_string(&path).expect("text"));
        }
    }
    files
}

fn codes_of<const N: usize>(files: &BTreeMap<String, String>, names: [&str; N]) -> CodeNumbers {
    let rows = names.iter().flat_map(|name| files[*name].lines());
    CodeNumbers::new(rows.filter_map(|row| Code::parse(row.split('\t').next()?).ok()))
}

/// The grouper's versions and one edition of the editor.
fn editions() -> String {
    let versions = [
        ("msdrg", "43.1", "2026-04-01", "2026-09-30"),
        ("msdrg", "44.0", "2026-10-01", "2027-03-31"),
        ("mce", "44.0", "2022-10-01", "2027-03-31"),
    ];
    let edition = |(family, version, first, last)| {
        format!(
            "[[edition]]\nfamily = \"{family}\"\nversion = \"{version}\"\nfirst = \"{first}\"\nlast = \"{last}\"\n\
             source = \"test\"\nstatus = \"draft\"\nevidence = \"none\"\nfiles = []\n"
        )
    };
    versions.map(edition).concat()
}

/// The only row group of a Parquet file.
pub fn rows(parquet: Vec<u8>) -> arrow_array::RecordBatch {
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(parquet));
    let mut batches = reader.expect("Parquet").with_batch_size(1 << 20).build().expect("batches");
    batches.next().expect("rows").expect("a batch")
}
