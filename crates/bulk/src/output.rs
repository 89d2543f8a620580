//! A result file that appears under its name only when it is complete.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file being written under the name `FILE.partial`. Dropped before [`OutputFile::complete`], it is removed.
#[derive(Debug)]
pub struct OutputFile {
    file: File,
    /// The name being written under and the one it will have; nothing for a device or pipe, written directly.
    names: Option<(PathBuf, PathBuf)>,
}

impl OutputFile {
    /// Begins the file that will be called `path`.
    pub fn create(path: &Path) -> io::Result<Self> {
        if fs::metadata(path).is_ok_and(|existing| !existing.is_file()) {
            let file = File::options().write(true).open(path)?;
            return Ok(Self { file, names: None });
        }
        // A link stays a link: the file it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut partial = OsString::from(&target);
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        Ok(Self { file: File::create(&partial)?, names: Some((partial, target)) })
    }

    /// Puts the whole file on the disk and gives it its name.
    pub fn complete(mut self) -> io::Result<()> {
        if let Some((partial, target)) = &self.names {
            self.file.sync_all()?;
            fs::rename(partial, target)?;
            self.names = None;
        }
        Ok(())
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        if let Some((partial, _)) = &self.names {
            // Nothing better can be done with a file that cannot be removed than to leave it.
            let _ = fs::remove_file(partial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = std::env::temp_dir().join(format!("chartroom-output-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("results.jsonl");
        let partial = folder.join("results.jsonl.partial");

        let mut file = OutputFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        assert!(partial.exists() && !path.exists());
        drop(file);
        assert!(!partial.exists() && !path.exists());

        let mut file = OutputFile::create(&path).unwrap();
        file.write_all(b"whole").unwrap();
        file.complete().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert!(!partial.exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
