//! The fuzz targets of `fuzz/`, on what there is already: they are built with all else, so
//! that none of them falls behind, and hold for the texts of the example site, for the words
//! of their dictionary, and for some bytes by chance.

// Here their entry is a function.
extern crate self as libfuzzer_sys;

use proptest::prelude::*;
use std::path::Path;

macro_rules! targets {
    ($($name:ident $path:literal,)*) => {
        $(
            #[allow(unused_attributes, clippy::duplicate_mod)]
            #[path = $path]
            mod $name;
        )*
    };
}

targets! {
    fields "../fuzz/fuzz_targets/fields.rs",
    guard "../fuzz/fuzz_targets/guard.rs",
    include "../fuzz/fuzz_targets/include.rs",
    keys "../fuzz/fuzz_targets/keys.rs",
    locked "../fuzz/fuzz_targets/locked.rs",
    markdown "../fuzz/fuzz_targets/markdown.rs",
    picture "../fuzz/fuzz_targets/picture.rs",
}

#[allow(clippy::disallowed_methods, reason = "a test reads what it likes")]
fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a file of the project")
}

fn all(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    fields::run(bytes);
    guard::run(bytes);
    include::run((&text, "# Titel", "[[invoegen: a]]"));
    keys::run(&text);
    locked::run(bytes);
    markdown::run(&text);
    picture::run(bytes);
}

#[test]
fn every_target_is_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut there: Vec<String> = std::fs::read_dir(folder)
        .expect("the targets")
        .map(|entry| entry.expect("a target").path())
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    there.sort();
    let here = include_str!("fuzz.rs").lines().filter_map(|line| {
        line.trim().split_once(" \"../fuzz/fuzz_targets/").map(|(name, _)| name)
    });
    assert_eq!(there, here.collect::<Vec<_>>());
}

#[test]
fn the_example_site_and_the_dictionary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in walkdir::WalkDir::new(root.join("content")).into_iter().flatten() {
        if entry.file_type().is_file() {
            all(&read(entry.path()));
        }
    }
    let words = String::from_utf8(read(&root.join("fuzz/words.dict"))).expect("words");
    for word in words.lines().filter_map(|line| line.split('"').nth(1)) {
        all(word.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bytes_by_chance(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        all(&bytes);
    }
}

// At the end: the targets come by it by name, as they do when bytes are made up for them.
macro_rules! fuzz_target {
    (|$input:ident: $kind:ty| $body:block) => {
        pub(crate) fn run($input: $kind) {
            $body
        }
    };
}
pub(crate) use fuzz_target;
