//! Packs `data/` into the binary.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[expect(unreachable_pub, reason = "the module is the library's; here it is private to the build")]
#[path = "src/compile/mod.rs"]
mod compile;

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../data");
    println!("cargo::rerun-if-changed={}", data.display());
    println!("cargo::rerun-if-changed=src/compile");
    let mut files = BTreeMap::new();
    read(&data, "", &mut files)?;
    let pack = compile::compile(&files, compile::RELEASE_LEVEL)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("editions.pack"), pack)?;
    Ok(())
}

/// Reads every file under `folder` into `files`, named by its path under `data/`.
fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}
