//! Any bytes as one file of a folder: decoding, the fields at the top, and all that comes
//! of them. Nothing panics, and every place lies inside its file.

#![no_main]

use boekje::load::read_bytes;
use libfuzzer_sys::fuzz_target;

#[path = "../places.rs"]
mod places;

/// The folder decides what kind a text is, and so what its fields mean.
const PATHS: [&str; 8] = [
    "a.md",
    "site.md",
    "tips.md",
    "tips/a.md",
    "verhalen/a.md",
    "plannen/a.md",
    "boekjes/a.md",
    "delen/a.md",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((which, text)) = bytes.split_first() else { return };
    let path = PATHS[usize::from(*which) % PATHS.len()];
    places::check(&read_bytes(&[(path, text)]));
});
