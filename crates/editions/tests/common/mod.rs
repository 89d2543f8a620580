//! What the tests of the data share: the data folder, and the shared material where it is at hand.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codeset::Registry;
use editions::Files;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn data() -> Files {
    fn read(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                read(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    read(&root().join("data"), "", &mut files);
    files
}

/// A file of the shared material, or `None`, saying so, where it is absent.
pub(crate) fn shared(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("CHARTROOM_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let read = std::fs::read(folder.join("data").join(path)).ok();
    if read.is_none() {
        println!("skipped: {path} is not at hand");
    }
    let bytes = read?;
    if path.ends_with(".zst") {
        Some(zstd::stream::decode_all(bytes.as_slice()).unwrap())
    } else {
        Some(bytes)
    }
}

pub(crate) fn shared_text(path: &str) -> Option<String> {
    shared(path).map(|bytes| String::from_utf8(bytes).unwrap())
}

pub(crate) fn registry(files: &Files) -> Registry {
    Registry::parse(&files[Registry::SECTION]).unwrap()
}
