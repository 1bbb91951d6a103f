//! Floor 2: every sentence the program says, one folder per language.
//!
//! `ui.toml` holds the words on pages, `problems.toml` the sentences of problems,
//! `cli.toml` what the terminal says, `preview.toml` what the live preview says in the
//! browser; most languages have words for pages only. [`Lang`] names a language;
//! [`Lang::words`] gives its table. A language without a table of its own
//! falls to English, and tests compare the keys and `{placeholders}` of all tables.

mod day;
mod name;
mod tables;

pub use name::Lang;
pub use tables::{Sentences, Table, fill};

/// One language: the words on its pages and, where we also speak it elsewhere, the
/// sentences of problems and of the terminal.
struct Row {
    tag: &'static str,
    pages: &'static str,
    speech: Option<Speech>,
}

/// What we say to who writes.
struct Speech {
    problems: &'static str,
    terminal: &'static str,
    preview: &'static str,
}

/// Our languages, the first is the default. One row and one folder add a language.
const TABLES: &[Row] = &[
    Row {
        tag: "nl",
        pages: include_str!("nl/ui.toml"),
        speech: Some(Speech {
            problems: include_str!("nl/problems.toml"),
            terminal: include_str!("nl/cli.toml"),
            preview: include_str!("nl/preview.toml"),
        }),
    },
    Row {
        tag: "en",
        pages: include_str!("en/ui.toml"),
        speech: Some(Speech {
            problems: include_str!("en/problems.toml"),
            terminal: include_str!("en/cli.toml"),
            preview: include_str!("en/preview.toml"),
        }),
    },
    Row { tag: "de", pages: include_str!("de/ui.toml"), speech: None },
    Row { tag: "fr", pages: include_str!("fr/ui.toml"), speech: None },
    Row { tag: "ar", pages: include_str!("ar/ui.toml"), speech: None },
    Row { tag: "tr", pages: include_str!("tr/ui.toml"), speech: None },
    Row { tag: "pl", pages: include_str!("pl/ui.toml"), speech: None },
    Row { tag: "uk", pages: include_str!("uk/ui.toml"), speech: None },
];

/// Returns the tags of the languages pages have words of ours in.
pub fn written() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|row| row.tag)
}

/// Returns the languages pages have words of ours in.
pub fn ours() -> impl Iterator<Item = Lang> {
    written().filter_map(Lang::read)
}

/// Returns the tags of the languages we speak in the terminal too.
pub fn spoken() -> impl Iterator<Item = &'static str> {
    TABLES.iter().filter(|row| row.speech.is_some()).map(|row| row.tag)
}
