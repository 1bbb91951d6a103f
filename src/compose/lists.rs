//! Lists of texts: per kind, folder, theme and voice, each with a page of its own.

use super::edition::{Entry, EntryId, List, ListKind, Series, VoiceRow};
use super::places::{Places, folder_address, without_number};
use crate::kind::{KINDS, KindRow};
use crate::lang::Lang;
use crate::model::{Key, Kind, Settings};
use crate::text::{Address, fold_key, slug};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What lists need to know about an entry besides itself.
pub(super) struct Member {
    /// The folder its file lies in, as typed.
    pub(super) folder: String,
    /// Its path, for the order.
    pub(super) path: String,
    /// Whether it introduces its folder.
    pub(super) index: bool,
}

/// Returns the folder of the list of a kind: the folder its texts lie in when they do,
/// else the one in the site's language.
pub(super) fn kind_folder(
    row: &KindRow,
    lang: &Lang,
    folders: &BTreeMap<String, Address>,
) -> String {
    let there = row.folders.iter().find(|folder| folders.contains_key(**folder));
    let own =
        if lang.primary() == "nl" { row.folders.first() } else { row.folders.last() };
    there.or(own).copied().unwrap_or(row.name).to_string()
}

/// Returns the folders that get a list, folded, with its address: every folder that texts
/// lie in, and the folders above it.
pub(super) fn folders<'a>(
    paths: impl Iterator<Item = &'a str>,
) -> BTreeMap<String, Address> {
    let mut folders = BTreeMap::new();
    for folder in paths {
        let mut folder = folder_address(folder);
        while !folder.is_empty() {
            let address = Address::new(&format!("{folder}/index.html"));
            if folders.insert(folder.clone(), address).is_some() {
                break;
            }
            folder =
                folder.rsplit_once('/').map_or(String::new(), |(up, _)| up.to_string());
        }
    }
    folders
}

/// Makes the lists, and tells each entry its list, themes and neighbours.
pub(super) fn lists(
    entries: &mut [Entry<'_>],
    members: &[Member],
    settings: &Settings,
    voices: &[VoiceRow],
    places: &mut Places,
    folders: &BTreeMap<String, Address>,
) -> Vec<List> {
    let mut lists = Vec::new();
    let at = folder_lists(entries, members, settings, folders, &mut lists);
    kind_lists(entries, settings, places, &at, folders, &mut lists);
    theme_lists(entries, settings, places, &mut lists);
    voice_lists(entries, settings, voices, places, &mut lists);
    let known: &[Entry<'_>] = entries;
    lists.par_iter_mut().for_each(|list| sort(&mut list.entries, known, members));
    lists.iter().enumerate().for_each(|(at, list)| number(entries, list, at));
    series(entries, &lists, members);
    lists
}

fn folder_lists(
    entries: &mut [Entry<'_>],
    members: &[Member],
    settings: &Settings,
    folders: &BTreeMap<String, Address>,
    lists: &mut Vec<List>,
) -> BTreeMap<String, usize> {
    let mut at = BTreeMap::new();
    let mut typed: BTreeMap<String, &str> = BTreeMap::new();
    for member in members {
        let mut name = member.folder.as_str();
        while !name.is_empty() {
            typed.entry(folder_address(name)).or_insert(name);
            name = name.rsplit_once('/').map_or("", |(up, _)| up);
        }
    }
    for (folder, address) in folders {
        let name = typed.get(folder).copied().unwrap_or(folder);
        let name = name.rsplit('/').next().unwrap_or(name);
        let kind = KINDS
            .iter()
            .find(|row| row.folders.contains(&folder.as_str()))
            .map(|row| row.kind);
        at.insert(folder.clone(), lists.len());
        lists.push(List {
            kind: kind.map_or(ListKind::Folder, ListKind::Kind),
            title: if kind.is_some() { String::new() } else { spoken(name) },
            lang: settings.lang.clone(),
            address: address.clone(),
            intro: None,
            entries: Vec::new(),
            lists: Vec::new(),
        });
    }
    for (folder, &list) in &at {
        if let Some(above) = folder.rsplit_once('/').and_then(|(above, _)| at.get(above))
        {
            lists[*above].lists.push(list);
        }
    }
    for (number, member) in members.iter().enumerate() {
        let Some(&list) = at.get(&folder_address(&member.folder)) else { continue };
        let id = EntryId(number as u32);
        if member.index {
            lists[list].intro = Some(id);
            lists[list].title = entries[number].title.to_string();
            lists[list].lang = entries[number].lang.clone();
            entries[number].list = Some(list);
        } else if entries[number].listed {
            lists[list].entries.push(id);
            entries[number].list = Some(list);
        }
    }
    at
}

/// Puts texts of a kind that lie elsewhere into the list of their kind.
fn kind_lists(
    entries: &mut [Entry<'_>],
    settings: &Settings,
    places: &mut Places,
    at: &BTreeMap<String, usize>,
    folders: &BTreeMap<String, Address>,
    lists: &mut Vec<List>,
) {
    let mut by_kind: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.listed) {
        by_kind.entry(entry.kind).or_default().push(number);
    }
    for row in KINDS.iter().filter(|row| !row.folders.is_empty()) {
        let folder = kind_folder(row, &settings.lang, folders);
        let inside: BTreeSet<usize> = at
            .iter()
            .filter(|(name, _)| {
                **name == folder || name.starts_with(&format!("{folder}/"))
            })
            .map(|(_, list)| *list)
            .collect();
        let of_kind = by_kind.get(&row.kind).into_iter().flatten().copied();
        let outside = of_kind.filter(|&number| {
            entries[number].list.is_none_or(|list| !inside.contains(&list))
        });
        let outside: Vec<usize> = outside.collect();
        if outside.is_empty() {
            continue;
        }
        let list = at.get(&folder).copied().unwrap_or_else(|| {
            let address = places.take(Address::new(&format!("{folder}/index.html")));
            lists.push(List {
                kind: ListKind::Kind(row.kind),
                title: String::new(),
                lang: settings.lang.clone(),
                address,
                intro: None,
                entries: Vec::new(),
                lists: Vec::new(),
            });
            lists.len() - 1
        });
        for number in outside {
            lists[list].entries.push(EntryId(number as u32));
            entries[number].list.get_or_insert(list);
        }
    }
}

fn theme_lists(
    entries: &mut [Entry<'_>],
    settings: &Settings,
    places: &mut Places,
    lists: &mut Vec<List>,
) {
    let mut themes: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.listed) {
        for (typed, _) in entry.fields.list(Key::Theme) {
            let key = fold_key(typed);
            if key.is_empty() {
                continue;
            }
            let theme = themes.entry(key).or_insert_with(|| (spoken(typed), Vec::new()));
            if theme.1.last() != Some(&number) {
                theme.1.push(number);
            }
        }
    }
    for (title, numbers) in themes.into_values() {
        let name = if settings.lang.primary() == "nl" { "thema" } else { "theme" };
        let list =
            grouped(ListKind::Theme, title, name, settings, places, &numbers, lists);
        numbers.iter().for_each(|&number| entries[number].themes.push(list));
    }
}

fn voice_lists(
    entries: &mut [Entry<'_>],
    settings: &Settings,
    voices: &[VoiceRow],
    places: &mut Places,
    lists: &mut Vec<List>,
) {
    let mut by_voice: Vec<Vec<usize>> = vec![Vec::new(); voices.len()];
    for (number, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.listed) {
        entry.voices.iter().for_each(|&voice| by_voice[voice].push(number));
    }
    let heard = voices.iter().zip(by_voice).filter(|(_, numbers)| !numbers.is_empty());
    for (voice, numbers) in heard {
        let word = if voice.word.is_empty() {
            settings.lang.words().get(&format!("voice.{}", voice.name)).to_string()
        } else {
            voice.word.clone()
        };
        let name = if settings.lang.primary() == "nl" { "stem" } else { "voice" };
        grouped(ListKind::Voice, word, name, settings, places, &numbers, lists);
    }
}

fn grouped(
    kind: ListKind,
    title: String,
    folder: &str,
    settings: &Settings,
    places: &mut Places,
    numbers: &[usize],
    lists: &mut Vec<List>,
) -> usize {
    let name = slug(&title);
    let name = if name.is_empty() { folder } else { &name };
    lists.push(List {
        kind,
        lang: settings.lang.clone(),
        address: places.take(Address::new(&format!("{folder}/{name}.html"))),
        title,
        intro: None,
        entries: numbers.iter().map(|&number| EntryId(number as u32)).collect(),
        lists: Vec::new(),
    });
    lists.len() - 1
}

/// Turns a folder or file name into words: `wat-helpt` → `Wat helpt`.
fn spoken(name: &str) -> String {
    let name = without_number(name).replace(['-', '_'], " ");
    let mut letters = name.trim().chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Sorts by `volgorde`, then `nummer`, then path; a list of dated texts without numbers
/// starts with the newest.
fn sort(list: &mut [EntryId], entries: &[Entry<'_>], members: &[Member]) {
    let entry = |id: &EntryId| &entries[id.0 as usize];
    let rank = |id: &EntryId| {
        let fields = &entry(id).fields;
        fields.number(Key::Order).or(fields.number(Key::Number))
    };
    let dated = list.iter().all(|id| entry(id).date.is_some() && rank(id).is_none());
    list.sort_by(|left, right| {
        let path = |id: &EntryId| members[id.0 as usize].path.as_str();
        if dated {
            let newest = entry(right).date.cmp(&entry(left).date);
            return newest.then_with(|| path(left).cmp(path(right)));
        }
        match (rank(left), rank(right)) {
            (Some(left), Some(right)) => left.cmp(&right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
        .then_with(|| natural(path(left), path(right)))
        .then_with(|| left.cmp(right))
    });
}

/// Compares names as people do: `2-b` before `10-a`.
fn natural(left: &str, right: &str) -> Ordering {
    // A number of any length: without zeros in front, the longer one is the larger.
    let number = |text: &'_ str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let zeros = text[..digits].bytes().take_while(|&digit| digit == b'0').count();
        (zeros, digits)
    };
    let (mut left, mut right) = (left, right);
    loop {
        let ((zeros, one), (other, two)) = (number(left), number(right));
        if one > 0 && two > 0 {
            let (number, than) = (&left[zeros..one], &right[other..two]);
            let larger = number.len().cmp(&than.len()).then_with(|| number.cmp(than));
            if larger.is_ne() {
                return larger;
            }
            left = &left[one..];
            right = &right[two..];
        }
        match (left.chars().next(), right.chars().next()) {
            (Some(one), Some(two)) if one == two => {
                left = &left[one.len_utf8()..];
                right = &right[two.len_utf8()..];
            }
            (one, two) => return one.cmp(&two),
        }
    }
}

/// Gives tips without a number the next ones, in lists where people number tips.
/// A number that was taken already is left out (K08 says so).
fn number(entries: &mut [Entry<'_>], list: &List, at: usize) {
    if !matches!(list.kind, ListKind::Kind(Kind::Tip) | ListKind::Folder) {
        return;
    }
    let mut taken = BTreeSet::new();
    let mut open = Vec::new();
    for id in &list.entries {
        let entry = &mut entries[id.0 as usize];
        if entry.kind != Kind::Tip || entry.list != Some(at) {
            continue;
        }
        match entry.fields.number(Key::Number) {
            Some(number) if taken.insert(number) => entry.number = Some(number),
            Some(_) => {}
            None => open.push(*id),
        }
    }
    if taken.is_empty() {
        return;
    }
    // Tips without a number stand behind the others, so counting goes on there.
    let mut last = taken.last().copied();
    for id in open {
        last = last.and_then(|number| number.checked_add(1));
        entries[id.0 as usize].number = last;
    }
}

/// Tells each tip and story its neighbours in the list, and each text with `reeks:` its
/// neighbours in the series: those in its own language, so that nobody leafs from a story to
/// the same story in words they cannot read.
fn series(entries: &mut [Entry<'_>], lists: &[List], members: &[Member]) {
    let mut named: BTreeMap<String, (String, Vec<EntryId>)> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        if let Some(name) = entry.fields.text(Key::Series)
            && entry.listed
            && entry.kind != Kind::Tips
        {
            let row =
                named.entry(fold_key(name)).or_insert_with(|| (name.into(), Vec::new()));
            row.1.push(EntryId(number as u32));
        }
    }
    let in_lists = lists
        .iter()
        .filter(|list| matches!(list.kind, ListKind::Kind(_) | ListKind::Folder))
        .map(|list| (list.title.clone(), list.entries.clone()));
    let mut rows: Vec<(String, Vec<EntryId>)> = Vec::new();
    for (name, mut ids) in named.into_values() {
        sort(&mut ids, entries, members);
        rows.push((name, ids));
    }
    rows.extend(in_lists);
    for (name, ids) in rows {
        let mut tongues: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
        for id in ids {
            let entry = &entries[id.0 as usize];
            if entry.series.is_none() && !matches!(entry.kind, Kind::Plan | Kind::Tips) {
                tongues.entry(entry.lang.primary()).or_default().push(id);
            }
        }
        for chained in tongues.into_values() {
            for (at, id) in chained.iter().enumerate() {
                entries[id.0 as usize].series = Some(Series {
                    name: name.clone(),
                    previous: at.checked_sub(1).map(|before| chained[before]),
                    next: chained.get(at + 1).copied(),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::public;
    use crate::load::read_bytes;
    use jiff::civil::date;

    #[test]
    fn the_text_that_opens_a_folder_stands_in_no_list() {
        let words = b"stemmen: jongere\nthema: rust\n\n# Kom\n\nDag.\n";
        let library =
            read_bytes(&[("tips/a.md", words), ("tips/index.md", words)]).library;
        let made = public(&library, date(2026, 5, 1)).edition;
        let lists: Vec<(&ListKind, usize)> =
            made.lists().iter().map(|list| (&list.kind, list.entries.len())).collect();
        let expected = [ListKind::Kind(Kind::Tip), ListKind::Theme, ListKind::Voice];
        assert_eq!(lists, expected.each_ref().map(|kind| (kind, 1)));
    }

    #[test]
    fn people_count_files() {
        assert_eq!(natural("tips/2-b", "tips/10-a"), Ordering::Less);
        assert_eq!(natural("a", "a"), Ordering::Equal);
        assert_eq!(natural("a1", "a01"), Ordering::Equal);
        // Numbers no computer counts with.
        assert_eq!(natural("10-b", "20260501123045123456"), Ordering::Less);
        assert_eq!(natural("5-a", "20260501123045123456"), Ordering::Less);
        assert_eq!(spoken("01-wat_helpt"), "Wat helpt");
    }

    proptest::proptest! {
        /// What is no order, a sort may refuse.
        #[test]
        fn names_stand_in_one_order(
            names in proptest::array::uniform3("[a/.]?(0{0,2}[0-9]{0,2}|[12][0-9]{19})[a-]?[0-9]?"),
        ) {
            let [one, two, three] = names.each_ref().map(String::as_str);
            proptest::prop_assert_eq!(natural(one, two), natural(two, one).reverse());
            if natural(one, two).is_le() && natural(two, three).is_le() {
                proptest::prop_assert!(natural(one, three).is_le(), "{names:?}");
            }
        }
    }

    #[test]
    fn folders_above_count_too() {
        let made = folders(["tips/s001", "tips/s002", ""].into_iter());
        let names: Vec<&str> = made.keys().map(String::as_str).collect();
        assert_eq!(names, ["tips", "tips/s001", "tips/s002"]);
    }
}
