//! The floor of a build: reads the same texts, parses them, writes files of the same names
//! and lengths, and does nothing else. `tests/bench/build.py` tells how many times this a
//! build costs.
//!
//!     cargo run --release --example floor -- TEXTS SITE OUT
//!
//! SITE is a site that was built of TEXTS; OUT is a new folder.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a measure, no part of the program"
)]

use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let words: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [texts, site, out] = words.as_slice() else {
        eprintln!("floor TEXTS SITE OUT");
        return ExitCode::from(2);
    };
    match read(texts).and_then(|()| write(site, out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads and parses every text.
fn read(texts: &Path) -> Done<()> {
    let paths: Vec<PathBuf> = files(texts)
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .collect();
    paths.par_iter().try_for_each(|path| {
        let text = fs::read_to_string(path)?;
        Parser::new_ext(&text, Options::all()).for_each(|event| drop(black_box(event)));
        Ok(())
    })
}

/// Writes files as long as those of a site.
fn write(site: &Path, out: &Path) -> Done<()> {
    let mut all = Vec::new();
    for path in files(site) {
        let to = out.join(path.strip_prefix(site)?);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        all.push((to, usize::try_from(fs::metadata(&path)?.len())?));
    }
    let longest = all.iter().map(|one| one.1).max().unwrap_or_default();
    let bytes = vec![b'x'; longest];
    all.par_iter().try_for_each(|(to, length)| Ok(fs::write(to, &bytes[..*length])?))
}

/// Returns all files below a folder.
fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let all = walkdir::WalkDir::new(folder).into_iter().flatten();
    all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path)
}
