//! The house stands: imports go down only, there are no circles, every file says what it
//! is for, and a few rooms never hear of each other.
//!
//! Reads `src/` as text: each `crate::…` and `super::…` path outside comments, strings and
//! test modules counts as an import, wherever it stands. No compiler needed, so a wall
//! that was climbed is named with file and path.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that reads our own sources"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, lowest first. A room may use any room of a lower floor, none of its own.
const FLOORS: &[&[&str]] = &[
    &["stamp", "text"],
    &["lang", "lock", "picture", "sweep"],
    &["problem"],
    &["files"],
    &["keys", "model"],
    &["kind"],
    &["load", "check", "compose", "theme"],
    &["output"],
    &["pipeline"],
    &["serve"],
    &["cli"],
];

/// Rooms that never hear of another one, though the floors would allow it.
const NEVER: &[(&str, &str)] = &[
    ("output", "load"),
    ("output", "check"),
    ("check", "output"),
    ("load", "files"),
    ("model", "files"),
    ("kind", "files"),
];

/// Longest file, in lines.
const LONGEST: usize = 600;

#[test]
fn imports_go_down_only() {
    let house = House::read();
    let mut climbs = Vec::new();
    for file in &house.files {
        let room = file.room();
        for path in &file.paths {
            let Some(other) = path.first() else { continue };
            if let Some(reason) = climb(&room, other) {
                climbs.push(format!(
                    "{}: crate::{} {reason}",
                    file.name,
                    path.join("::")
                ));
            }
        }
    }
    assert!(climbs.is_empty(), "\n{}", climbs.join("\n"));
}

#[test]
fn every_room_has_a_floor() {
    for file in &House::read().files {
        let room = file.room();
        assert!(room.is_empty() || floor(&room).is_some(), "{} has no floor", file.name);
    }
}

/// Every room says on which floor it is, and the README says the same.
#[test]
fn floors_are_told_as_they_are() {
    let house = House::read();
    let readme = include_str!("../README.md");
    for (at, rooms) in FLOORS.iter().enumerate() {
        let number = at + 1;
        let row = format!("| {number} | ");
        let row = readme.lines().find(|line| line.starts_with(&row)).unwrap_or_default();
        for room in *rooms {
            let faces = [format!("src/{room}/mod.rs"), format!("src/{room}.rs")];
            let face = house.files.iter().find(|file| faces.contains(&file.name));
            let says = face.map(|file| file.source.lines().next().unwrap_or_default());
            let says = says.unwrap_or_else(|| panic!("{room} has no face"));
            assert!(says.starts_with(&format!("//! Floor {number}: ")), "{room}: {says}");
            assert!(row.contains(&format!("`{room}`")), "{room} in the README: {row}");
        }
    }
}

#[test]
fn files_in_a_room_do_not_go_in_circles() {
    let house = House::read();
    let circles = circles(&house.arrows());
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_is_short() {
    for file in &House::read().files {
        assert!(file.source.starts_with("//! "), "{} does not begin with //!", file.name);
        let lines = file.source.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", file.name);
    }
}

#[test]
fn the_model_knows_no_html() {
    for file in House::read().files.iter().filter(|file| file.room() == "model") {
        for literal in &file.code.literals {
            assert!(!has_tag(literal), "{} holds a tag: {literal:?}", file.name);
        }
    }
}

#[test]
fn only_the_cli_prints() {
    for file in House::read().files.iter().filter(|file| file.room() != "cli") {
        for word in ["println!", "eprintln!", "print!(", "io::stdout", "io::stderr"] {
            assert!(!file.code.text.contains(word), "{} says {word}", file.name);
        }
    }
}

#[test]
fn no_file_knows_the_computer_it_was_made_on() {
    let places = ["work", "tmp", "root"].map(|name| format!("/{name}/"));
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "tests", "themes", "content", "docs", "fuzz", ".ci", "."] {
        files(&top.join(folder), folder != ".", &mut found);
    }
    assert!(found.len() > 300, "looks at all files");
    for path in found {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for place in &places {
            // The start of a path: not a part of `../../tmp/x`, nor of an address.
            let at = text.match_indices(place.as_str()).find(|(at, _)| {
                !text[..*at]
                    .ends_with(|c: char| c.is_alphanumeric() || ".:/%}".contains(c))
            });
            assert!(at.is_none(), "{} speaks of {place}", path.display());
        }
    }
}

#[test]
fn every_refusal_has_its_sentence() {
    let table = boekje::lang::Lang::dutch().terminal();
    let sentences = boekje::lang::Lang::dutch().sentences();
    let mut found = 0;
    for file in &House::read().files {
        for call in ["Failure::new(\"", "Failure::refused(\""] {
            for (at, _) in file.source.match_indices(call) {
                let name = file.source[at + call.len()..].split('"').next().unwrap();
                let key = format!("failure.{name}");
                // What has a code has its words with the other codes.
                let what = name.to_string().leak();
                let coded = boekje::problem::Failure::refused(what, Path::new("")).code();
                let said = coded.is_some_and(|code| sentences.get(code.name()).is_some());
                assert!(
                    said || table.get(&key) != key,
                    "{} refuses without words: {name}",
                    file.name
                );
                found += 1;
            }
        }
    }
    assert!(found > 4, "looks in the right places");
}

/// Tells why `room` may not use `other`; `None` when it may.
fn climb(room: &str, other: &str) -> Option<&'static str> {
    let (from, to) = (floor(room)?, floor(other)?);
    if room == other {
        return None;
    }
    if NEVER.contains(&(room, other)) {
        return Some("is never named here");
    }
    match to.cmp(&from) {
        std::cmp::Ordering::Less => None,
        std::cmp::Ordering::Equal => Some("lies on the same floor"),
        std::cmp::Ordering::Greater => Some("lies higher"),
    }
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// All source files with what they import.
struct House {
    files: Vec<File>,
}

struct File {
    /// `src/model/text.rs`.
    name: String,
    /// Module path: `model::text`, empty for `lib.rs`.
    module: Vec<String>,
    source: String,
    code: Code,
    /// Absolute paths it names, without `crate`.
    paths: BTreeSet<Vec<String>>,
}

impl File {
    fn new(name: &str, source: &str) -> File {
        let module = module_of(name);
        // A file `tests.rs` is a test module that became too long for the foot.
        let is_test = name.ends_with("/tests.rs") || name.contains("/tests/");
        let counts = if is_test { "" } else { source };
        let code = Code::read(counts);
        let paths = paths(&code.text, &module);
        File { name: name.into(), module, source: source.into(), code, paths }
    }

    fn room(&self) -> String {
        self.module.first().cloned().unwrap_or_default()
    }

    fn is_face(&self) -> bool {
        self.name.ends_with("/mod.rs") || self.name == "src/lib.rs"
    }
}

impl House {
    fn read() -> House {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = Vec::new();
        walk(&root.join("src"), &mut found);
        found.sort();
        let files = found.iter().map(|path| {
            let name =
                path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            File::new(&name, &fs::read_to_string(path).unwrap())
        });
        House { files: files.collect() }
    }

    /// Which file uses which, inside one room. A face (`mod.rs`) may look at all its
    /// files, so its own arrows do not count.
    fn arrows(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for file in self.files.iter().filter(|file| !file.is_face()) {
            for path in &file.paths {
                let Some(other) = self.defines(path, 0) else { continue };
                if other.name != file.name && other.room() == file.room() {
                    arrows
                        .entry(file.name.clone())
                        .or_default()
                        .insert(other.name.clone());
                }
            }
        }
        arrows
    }

    /// Finds the file where a path leads, through `pub use` in faces.
    fn defines(&self, path: &[String], depth: usize) -> Option<&File> {
        let (file, rest) = (0..=path.len()).rev().find_map(|length| {
            let file = self.files.iter().find(|file| file.module == path[..length])?;
            Some((file, &path[length..]))
        })?;
        if let (Some(name), true) = (rest.first(), depth < 8 && file.is_face()) {
            for (via, as_name) in reexports(&file.code.text) {
                if as_name == *name || as_name == "*" {
                    let mut next = file.module.clone();
                    next.extend(via);
                    if as_name != "*"
                        && let Some(found) = self.defines(&next, depth + 1)
                        && found.name != file.name
                    {
                        return Some(found);
                    }
                }
            }
        }
        Some(file)
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// All files of a folder, with `deep` those below it too; not what tools put there.
fn files(folder: &Path, deep: bool, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if ["target", "node_modules", "corpus", "artifacts"].contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() && deep {
            files(&path, true, found);
        } else if path.is_file() && name != ".git" {
            found.push(path);
        }
    }
}

fn module_of(name: &str) -> Vec<String> {
    let bare = name.trim_start_matches("src/").trim_end_matches(".rs");
    let bare = bare.strip_suffix("/mod").unwrap_or(bare);
    match bare {
        "lib" | "main" => Vec::new(),
        _ => bare.split('/').map(String::from).collect(),
    }
}

/// Returns a source up to its tests at the foot; a line `mod tests;` for tests in a file
/// of their own goes, and what stands below it is read on.
fn without_tests(source: &str) -> String {
    let mut rest = source;
    let mut kept = String::new();
    while let Some((before, tests)) = rest.split_once("#[cfg(test)]\nmod ") {
        kept.push_str(before);
        let line = tests.lines().next().unwrap_or_default();
        if !line.trim_end().ends_with(';') {
            return kept;
        }
        rest = &tests[line.len()..];
    }
    kept + rest
}

/// Rust without comments, strings and test modules; the strings apart.
#[derive(Default)]
struct Code {
    text: String,
    literals: Vec<String>,
}

impl Code {
    fn read(source: &str) -> Code {
        let source = without_tests(source);
        let source = source.as_bytes();
        let mut code = Code::default();
        let mut at = 0;
        while at < source.len() {
            at = code.step(source, at);
        }
        code
    }

    /// Reads one piece and returns where the next begins.
    fn step(&mut self, source: &[u8], at: usize) -> usize {
        let rest = &source[at..];
        if rest.starts_with(b"//") {
            return at + rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
        }
        if rest.starts_with(b"/*") {
            return at + find(rest, b"*/").map_or(rest.len(), |end| end + 2);
        }
        let named = at > 0 && is_name(source[at - 1]);
        if !named && (rest.starts_with(b"r\"") || rest.starts_with(b"r#")) {
            let hashes = rest[1..].iter().take_while(|&&b| b == b'#').count();
            if rest.get(1 + hashes) == Some(&b'"') {
                let close = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
                let body = &rest[2 + hashes..];
                let length = find(body, &close).unwrap_or(body.len());
                self.keep(&body[..length]);
                return at + 2 + hashes + length + close.len();
            }
        }
        match rest[0] {
            b'"' => self.string(source, at),
            b'\'' => {
                // A character has its closing quote near; a lifetime has none.
                let end = match rest {
                    [_, b'\\', ..] => {
                        rest[3..].iter().position(|&b| b == b'\'').map(|n| n + 3)
                    }
                    _ => {
                        rest[1..].iter().take(5).position(|&b| b == b'\'').map(|n| n + 1)
                    }
                };
                self.text.push(' ');
                at + end.map_or(1, |end| end + 1)
            }
            byte => {
                self.text.push(byte as char);
                at + 1
            }
        }
    }

    fn string(&mut self, source: &[u8], at: usize) -> usize {
        let mut end = at + 1;
        while end < source.len() && source[end] != b'"' {
            end += if source[end] == b'\\' { 2 } else { 1 };
        }
        self.keep(&source[at + 1..end.min(source.len())]);
        end + 1
    }

    fn keep(&mut self, literal: &[u8]) {
        self.literals.push(String::from_utf8_lossy(literal).into_owned());
        self.text.push_str("\"\"");
    }
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|window| window == what)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// All absolute paths that start with `crate::`, `self::` or `super::`.
fn paths(text: &str, module: &[String]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].bytes().next_back();
            if before.is_some_and(|byte| is_name(byte) || byte == b':') {
                continue;
            }
            let mut tree = Vec::new();
            use_tree(&mut &text[at..], &mut Vec::new(), &mut tree);
            found
                .extend(tree.into_iter().filter_map(|(path, _)| absolute(&path, module)));
        }
    }
    found
}

/// What a face hands on: (path, name it gets).
fn reexports(text: &str) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    for statement in text.split(';') {
        let Some((before, tree)) = statement.rsplit_once("use ") else { continue };
        if !before.trim_end().ends_with("pub") && !before.trim_end().ends_with(')') {
            continue;
        }
        use_tree(&mut tree.trim_start(), &mut Vec::new(), &mut found);
    }
    found
}

/// Reads `a::{b, c::d as e}` into paths with the names they get.
fn use_tree(
    rest: &mut &str,
    prefix: &mut Vec<String>,
    found: &mut Vec<(Vec<String>, String)>,
) {
    let depth = prefix.len();
    loop {
        *rest = rest.trim_start();
        if let Some(inner) = rest.strip_prefix('{') {
            *rest = inner;
            while !rest.trim_start().is_empty() && !rest.trim_start().starts_with('}') {
                let before = rest.len();
                use_tree(rest, prefix, found);
                *rest = rest.trim_start().trim_start_matches(',');
                if rest.len() == before {
                    break;
                }
            }
            *rest = rest.trim_start().trim_start_matches('}');
            break;
        }
        let length = rest.bytes().take_while(|&byte| is_name(byte)).count();
        let (name, after) = rest.split_at(length);
        if name.is_empty() {
            let glob = after.starts_with('*');
            *rest = if glob { &after[1..] } else { after };
            let name = if glob { "*".to_string() } else { String::new() };
            found.push((prefix.clone(), name));
            break;
        }
        prefix.push(name.to_string());
        *rest = after;
        if let Some(next) = after.trim_start().strip_prefix("::") {
            *rest = next;
            continue;
        }
        let mut given = name.to_string();
        if let Some(alias) = after.trim_start().strip_prefix("as ") {
            let length = alias.bytes().take_while(|&byte| is_name(byte)).count();
            given = alias[..length].to_string();
            *rest = &alias[length..];
        }
        if given == "self" {
            prefix.pop();
            given = prefix.last().cloned().unwrap_or_default();
        }
        found.push((prefix.clone(), given));
        break;
    }
    prefix.truncate(depth);
}

fn absolute(path: &[String], module: &[String]) -> Option<Vec<String>> {
    let mut at = module.to_vec();
    let mut names = path.iter();
    match names.next()?.as_str() {
        "crate" => at.clear(),
        "self" => {}
        _ => {
            at.pop()?;
        }
    }
    for name in names {
        if name == "super" {
            at.pop()?;
        } else {
            at.push(name.clone());
        }
    }
    Some(at)
}

/// Names every circle once, as `a → b → a`.
fn circles(arrows: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    fn visit<'a>(
        at: &'a str,
        arrows: &'a BTreeMap<String, BTreeSet<String>>,
        way: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
        found: &mut Vec<String>,
    ) {
        if let Some(start) = way.iter().position(|name| *name == at) {
            found.push(format!("{} → {at}", way[start..].join(" → ")));
            return;
        }
        if !done.insert(at) {
            return;
        }
        way.push(at);
        for next in arrows.get(at).into_iter().flatten() {
            visit(next, arrows, way, done, found);
        }
        way.pop();
    }
    let (mut done, mut found) = (BTreeSet::new(), Vec::new());
    for start in arrows.keys() {
        visit(start, arrows, &mut Vec::new(), &mut done, &mut found);
    }
    found
}

fn has_tag(literal: &str) -> bool {
    literal.match_indices('<').any(|(at, _)| {
        literal[at + 1..]
            .starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c))
    })
}

/// The walls themselves are tried: each rule sees a planted break.
mod planted {
    use super::*;

    fn named(source: &str) -> Vec<String> {
        let file = File::new("src/model/walk.rs", source);
        file.paths.iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn imports_are_found_wherever_they_stand() {
        assert_eq!(
            named("use crate::{load::{self, x as y}, text::Span};\nuse super::block;"),
            ["load", "load::x", "model::block", "text::Span"]
        );
        assert_eq!(
            named("fn f() { let x = crate::output::site::make(); }"),
            ["output::site::make"]
        );
        assert_eq!(named("use super::super::cli::main;"), ["cli::main"]);
    }

    #[test]
    fn comments_strings_and_tests_are_no_imports() {
        let quiet = "// crate::a::b\n/* crate::a */ const X: &str = \"crate::a::b\";\n\
            const Y: &str = r#\"\"crate::a::b\"#; fn f<'a>(x: &'a str, c: char) { c == '\"' }\n\
            #[cfg(test)]\nmod tests { use crate::cli::main; }";
        assert_eq!(named(quiet), Vec::<String>::new());
        assert_eq!(named("let c = '\\''; crate::cli::x"), ["cli::x"]);
    }

    #[test]
    fn imports_below_a_line_for_tests_are_seen() {
        let source = "#[cfg(test)]\nmod tests;\n\nuse crate::cli::main;\n\
            #[cfg(test)]\nmod more;\nuse crate::load::read;\n\
            #[cfg(test)]\nmod tests { use crate::serve::http; }";
        assert_eq!(named(source), ["cli::main", "load::read"]);
    }

    #[test]
    fn climbing_is_seen() {
        assert!(climb("model", "load").is_some());
        assert!(climb("load", "check").is_some());
        assert!(climb("output", "load").is_some());
        assert!(climb("check", "model").is_none());
        assert!(climb("picture", "text").is_none());
    }

    #[test]
    fn circles_are_seen_through_the_face() {
        let files = vec![
            File::new(
                "src/model/mod.rs",
                "mod a; mod b; pub use a::{One, Two as Due};\npub use b::Three;",
            ),
            File::new("src/model/a.rs", "use super::Three;"),
            File::new("src/model/b.rs", "use super::Due;"),
            File::new("src/model/c.rs", "use super::One;"),
        ];
        let found = circles(&House { files }.arrows());
        assert_eq!(found, ["src/model/a.rs → src/model/b.rs → src/model/a.rs"]);
    }

    #[test]
    fn tags_are_seen() {
        assert!(has_tag("a <b> c") && has_tag("</p>") && !has_tag("a < b <= c"));
    }
}
