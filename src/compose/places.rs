//! Addresses: where each text stands on the site.
//!
//! An address comes from the folder and the file name without its leading number, or from
//! `adres:`; never from the number of a tip. Two texts never share one (B07, B13, B14).

use crate::model::{Key, Kind, Library, Text, TextId};
use crate::problem::{Code, Problem};
use crate::text::{Address, Span, slug};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Addresses of pages that the site makes itself.
pub mod fixed {
    /// The home page.
    pub const HOME: &str = "index.html";
    /// All texts, A to Z.
    pub const REGISTER: &str = "register.html";
    /// The search page.
    pub const SEARCH: &str = "zoek.html";
    /// All themes.
    pub const THEMES: &str = "themas.html";
    /// How leaving quickly works.
    pub const EXIT: &str = "snel-weg.html";
    /// What a host shows when there is no page.
    pub const NOT_FOUND: &str = "404.html";
    /// All of them.
    pub const ALL: [&str; 6] = [HOME, REGISTER, SEARCH, THEMES, EXIT, NOT_FOUND];
}

/// Returns the texts that introduce their folder: `index.md`, `_index.md`, and `README.md`
/// when none of those goes out beside it.
fn indexes(library: &Library, out: &[TextId]) -> BTreeSet<TextId> {
    let named = |name: &'static str| {
        out.iter().copied().filter(move |&id| {
            let text = library.text(id);
            let stem = text.path.stem().to_lowercase();
            stem.trim_start_matches('_') == name && text.part.is_none()
        })
    };
    let folder = |id: TextId| library.text(id).path.folder();
    let mut indexes: BTreeSet<TextId> = named("index").collect();
    let opened: BTreeSet<&str> = indexes.iter().map(|&id| folder(id)).collect();
    indexes.extend(named("readme").filter(|&id| !opened.contains(folder(id))));
    indexes
}

/// Where the texts that go out stand.
pub(super) struct Places {
    /// Text → address.
    pub(super) of: BTreeMap<TextId, Address>,
    /// The texts that introduce their folder.
    pub(super) indexes: BTreeSet<TextId>,
    /// All addresses taken so far.
    pub(super) taken: BTreeSet<Address>,
    /// The number to try next, by wanted address: thousands of equal titles stay quick.
    next: BTreeMap<Address, usize>,
}

impl Places {
    /// Returns a free address, the wanted one or one with a number behind it.
    pub(super) fn take(&mut self, wanted: Address) -> Address {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let (stem, extension) =
            wanted.as_str().rsplit_once('.').unwrap_or((wanted.as_str(), "html"));
        let number = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let address = Address::new(&format!("{stem}-{number}.{extension}"));
            *number += 1;
            if self.taken.insert(address.clone()) {
                return address;
            }
        }
    }
}

/// Gives every text that goes out its address.
pub(super) fn places(
    library: &Library,
    out: &[TextId],
    problems: &mut Vec<Problem>,
) -> Places {
    let fixed = fixed::ALL.iter().skip(1).map(|page| Address::new(page)).collect();
    let (indexes, taken) = (indexes(library, out), fixed);
    let mut places =
        Places { of: BTreeMap::new(), indexes, taken, next: BTreeMap::new() };
    let mut owner: BTreeMap<Address, TextId> = BTreeMap::new();
    // The text that introduces a folder has the first right to its index page.
    let mut order: Vec<TextId> = out.to_vec();
    order.sort_by_key(|id| !places.indexes.contains(id));
    for id in order {
        let text = library.text(id);
        if text.kind == Kind::Site {
            continue;
        }
        let wanted = wanted(text, places.indexes.contains(&id));
        let address = places.take(wanted.clone());
        if address != wanted {
            problems.push(collision(library, &owner, &wanted, &address, text));
        }
        owner.insert(address.clone(), id);
        places.of.insert(id, address);
    }
    places
}

/// Tells why a text did not get the address it would like: another text has it (B07), a
/// file of the same name whose accents are saved in another way (B14), or a page that the
/// site makes itself (B13).
fn collision(
    library: &Library,
    owner: &BTreeMap<Address, TextId>,
    wanted: &Address,
    got: &Address,
    text: &Text,
) -> Problem {
    let path = text.path.as_str();
    let first = owner.get(wanted).map(|id| library.text(*id).path.as_str());
    let code = match first {
        None => Code::B13,
        Some(first) if first != path && first.nfc().eq(path.nfc()) => Code::B14,
        Some(_) => Code::B07,
    };
    let place = Span { source: text.source, ..text.title_span };
    Problem::at(code, place)
        .with("u", wanted.as_str())
        .with("v", got.as_str())
        .with("f", first.unwrap_or(wanted.as_str()))
        .with("g", path)
}

/// Returns the address a text would like to have.
fn wanted(text: &Text, index: bool) -> Address {
    let folder = folder_address(text.path.folder());
    let inside = |name: &str| match folder.as_str() {
        "" => Address::new(&format!("{name}.html")),
        folder => Address::new(&format!("{folder}/{name}.html")),
    };
    if let Some(typed) = text.fields.text(Key::Slug)
        && let Some(address) = typed_address(typed, &folder)
    {
        return address;
    }
    if text.part.is_some() {
        // "2. Vraag door": the number only orders, here too.
        let name = slug(without_number(&text.title));
        return inside(if name.is_empty() { "tip" } else { &name });
    }
    if index {
        return inside("index");
    }
    let name = slug(without_number(text.path.stem()));
    inside(if name.is_empty() { "tekst" } else { &name })
}

/// Reads `adres:` — a name in the same folder, or a path from the top.
fn typed_address(typed: &str, folder: &str) -> Option<Address> {
    let path = typed.trim();
    let path = path
        .split_once("://")
        .map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.strip_suffix(".html").or(path.strip_suffix(".md")).unwrap_or(path);
    let names: Vec<String> =
        path.split('/').map(slug).filter(|name| !name.is_empty()).collect();
    let name = names.join("/");
    if name.is_empty() {
        return None;
    }
    if path.contains('/') || folder.is_empty() {
        return Some(Address::new(&format!("{name}.html")));
    }
    Some(Address::new(&format!("{folder}/{name}.html")))
}

/// Reads `oud adres:` — where the old page stood on a host. `None` when no file there can
/// lead on: a host looks for `index.php?p=5` by what stands before the question mark.
pub(super) fn old_address(typed: &str) -> Option<Address> {
    let path = typed.trim();
    let path = match path.split_once("://") {
        Some((scheme, rest)) => {
            let web = ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
            rest.split_once('/').filter(|_| web)?.1
        }
        None => path,
    };
    let path = path.split('#').next().unwrap_or_default();
    let is_page = |path: &str| {
        let lower = path.to_lowercase();
        lower.ends_with(".html") || lower.ends_with(".htm")
    };
    let path = path.split_once('?').map_or(path, |(path, _)| match is_page(path) {
        true => path,
        false => "",
    });
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    if path.contains(|c: char| c.is_control() || ":*?\"<>|".contains(c)) {
        return None;
    }
    let names: Vec<&str> = path
        .split(['/', '\\'])
        .filter(|name| !matches!(*name, "" | "." | ".."))
        .collect();
    names.last()?;
    let path = names.join("/");
    if is_page(&path) {
        return Some(Address::new(&path));
    }
    Some(Address::new(&format!("{path}/index.html")))
}

/// Returns a folder as it stands in addresses.
pub(super) fn folder_address(folder: &str) -> String {
    let mut address = String::with_capacity(folder.len());
    for name in folder.split('/').map(|name| slug(without_number(name))) {
        if !address.is_empty() && !name.is_empty() {
            address.push('/');
        }
        address.push_str(&name);
    }
    address
}

/// Strips what only orders files: `05-kom-terug`, `2026-03-14-dag`, `3. Kom`.
pub(super) fn without_number(stem: &str) -> &str {
    if !stem.starts_with(|c: char| c.is_ascii_digit()) {
        return stem;
    }
    let parts: Vec<&str> = stem.splitn(4, '-').collect();
    if let [year, month, day, rest] = parts.as_slice() {
        let digits = |part: &str, length: usize| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if digits(year, 4) && digits(month, 2) && digits(day, 2) && !rest.is_empty() {
            return rest;
        }
    }
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &stem[digits..];
    let name = rest.trim_start_matches(['-', '_', '.', ')', ' ']);
    if name.len() == rest.len() || name.is_empty() { stem } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_only_order() {
        assert_eq!(without_number("05-kom-terug"), "kom-terug");
        assert_eq!(without_number("3. Kom"), "Kom");
        assert_eq!(without_number("2026-03-14-dag"), "dag");
        assert_eq!(without_number("1gezin1plan"), "1gezin1plan");
        assert_eq!(without_number("2026"), "2026");
        assert_eq!(without_number("12-"), "12-");
    }

    #[test]
    fn many_equal_titles_stay_quick() {
        let mut places = Places {
            of: BTreeMap::new(),
            indexes: BTreeSet::new(),
            taken: BTreeSet::new(),
            next: BTreeMap::new(),
        };
        let address = |name: &str| Address::new(&format!("tips/{name}.html"));
        places.taken.insert(address("kom-3"));
        let made: Vec<Address> =
            (0..30_000).map(|_| places.take(address("kom"))).collect();
        let names = ["kom", "kom-2", "kom-4", "kom-5"].map(address);
        assert_eq!(made[..4], names);
        assert_eq!(made[29_999], address("kom-30001"));
    }

    #[test]
    fn typed_addresses_stay_inside() {
        let at = |typed, folder| typed_address(typed, folder).map(|a| a.to_string());
        assert_eq!(at("kom terug", "tips"), Some("tips/kom-terug.html".into()));
        assert_eq!(at("/a/../../b/", "tips"), Some("a/b.html".into()));
        assert_eq!(at("https://x.nl/oud/pad.html", ""), Some("oud/pad.html".into()));
        assert_eq!(at("///", "tips"), None);
    }

    #[test]
    fn old_addresses() {
        let at = |typed| old_address(typed).map(|a| a.to_string());
        assert_eq!(at("/oud/"), Some("oud/index.html".into()));
        assert_eq!(at("https://oud.nl/a.html#b"), Some("a.html".into()));
        assert_eq!(at("Https://Oud.nl/a.html"), Some("a.html".into()));
        assert_eq!(at("oud.html?x=1"), Some("oud.html".into()));
        assert_eq!(at("../../etc/passwd"), Some("etc/passwd/index.html".into()));
        for nowhere in [
            "/",
            "",
            "?id=3",
            "index.php?p=5",
            "#x",
            "https://oud.nl/",
            "javascript:a(1)",
        ] {
            assert_eq!(at(nowhere), None, "{nowhere}");
        }
    }
}
