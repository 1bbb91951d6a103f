//! Floor 1: every sentence the program says, one folder per language.
//!
//! `ui.toml` holds the words on pages, `problems.toml` the sentences of problems,
//! `cli.toml` what the terminal says. [`Lang`] names a language; [`Lang::words`] gives its
//! table. A language without a table of its own falls to English for words on pages, and
//! tests compare the keys and `{placeholders}` of all tables.

mod day;
mod name;
mod tables;

pub use name::Lang;
pub use tables::{Sentences, Table, fill};

/// Languages with tables of their own, the first is the default: name, pages, problems,
/// terminal. One row and one folder add a language.
const TABLES: &[(&str, &str, &str, &str)] = &[
    (
        "nl",
        include_str!("nl/ui.toml"),
        include_str!("nl/problems.toml"),
        include_str!("nl/cli.toml"),
    ),
    (
        "en",
        include_str!("en/ui.toml"),
        include_str!("en/problems.toml"),
        include_str!("en/cli.toml"),
    ),
];

/// Returns the tags of the languages we speak: those with tables of their own.
pub fn spoken() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(tag, ..)| *tag)
}
