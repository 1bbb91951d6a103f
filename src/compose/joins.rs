//! What ties entries together: tips of one file, translations, old addresses.

use super::edition::{Entry, EntryId, List};
use super::places::{Places, old_address};
use crate::model::{Key, Kind, Library, TextId};
use crate::problem::{Code, Problem};
use crate::text::{Address, fold};
use std::collections::{BTreeMap, BTreeSet};

/// Tells the page of a file with several tips which tips it holds.
pub(super) fn join_children(
    library: &Library,
    ids: &[TextId],
    entries: &mut [Entry<'_>],
) {
    let mut by_source: BTreeMap<_, Vec<EntryId>> = BTreeMap::new();
    for (at, &id) in ids.iter().enumerate() {
        let text = library.text(id);
        if text.part.is_some() {
            by_source.entry(text.source).or_default().push(EntryId(at as u32));
        }
    }
    for (at, &id) in ids.iter().enumerate() {
        let text = library.text(id);
        if text.kind == Kind::Tips && text.part.is_none() {
            entries[at].children = by_source.remove(&text.source).unwrap_or_default();
        }
    }
}

/// Joins texts that are translations of one another (`vertaling van:`), also of a
/// translation. L08 for a name that no text has; one that stays inside needs no word here.
/// L14 for a second text in one language: who changes language chooses one.
pub(super) fn translations(
    library: &Library,
    ids: &[TextId],
    entries: &mut [Entry<'_>],
    problems: &mut Vec<Problem>,
) {
    let of = |id: TextId| library.text(id).fields.get(Key::TranslationOf);
    if ids.iter().all(|&id| of(id).is_none()) {
        return;
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (at, &id) in ids.iter().enumerate() {
        let text = library.text(id);
        for name in [text.path.as_str(), text.path.name(), text.path.stem(), &text.title]
        {
            names.entry(fold(name)).or_insert(at);
        }
    }
    let mut known = None;
    // The text each is a translation of, itself for an original.
    let mut of_which: Vec<usize> = (0..ids.len()).collect();
    let original = |of_which: &[usize], mut at: usize| {
        while of_which[at] != at {
            at = of_which[at];
        }
        at
    };
    for (at, &id) in ids.iter().enumerate() {
        let fields = &library.text(id).fields;
        if let Some(of) = fields.text(Key::TranslationOf) {
            let wanted = fold(of.trim_start_matches(['.', '/']));
            match names.get(&wanted) {
                Some(&other) => {
                    let first = original(&of_which, at);
                    of_which[first] = original(&of_which, other);
                }
                None if known
                    .get_or_insert_with(|| all_names(library))
                    .contains(&wanted) => {}
                None => {
                    let field = fields.get(Key::TranslationOf);
                    problems.extend(field.map(|field| {
                        Problem::at(Code::L08, field.value_span).with("x", of)
                    }));
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, _) in of_which.iter().enumerate().filter(|(at, of)| at != *of) {
        let first = original(&of_which, at);
        groups.entry(first).or_insert_with(|| vec![first]).push(at);
    }
    for mut group in groups.into_values() {
        let mut langs = BTreeSet::new();
        group.retain(|&at| {
            let new = langs.insert(entries[at].lang.tag());
            let field = library.text(ids[at]).fields.get(Key::TranslationOf);
            problems.extend(field.filter(|_| !new).map(|field| {
                let title = &*entries[at].title;
                Problem::at(Code::L14, field.value_span).with("x", title)
            }));
            new
        });
        for &at in &group {
            let others = group.iter().filter(|&&other| other != at);
            entries[at].translations =
                others.map(|&other| EntryId(other as u32)).collect();
        }
    }
}

/// Returns all names of all texts, folded, also of those that stay inside.
pub(super) fn all_names(library: &Library) -> BTreeSet<String> {
    let names = |text: &crate::model::Text| {
        [text.path.as_str(), text.path.name(), text.path.stem(), &text.title].map(fold)
    };
    library.all().flat_map(names).collect()
}

/// Leads old addresses to the pages that took their place, where no page stands now. L13
/// for what no page can lead on from.
pub(super) fn redirects(
    library: &Library,
    ids: &[TextId],
    entries: &[Entry<'_>],
    lists: &[List],
    places: &Places,
    problems: &mut Vec<Problem>,
) -> BTreeMap<Address, EntryId> {
    let mut redirects = BTreeMap::new();
    let now: BTreeSet<&Address> = entries
        .iter()
        .map(|entry| &entry.address)
        .chain(lists.iter().map(|list| &list.address))
        .chain(&places.taken)
        .collect();
    for (at, &id) in ids.iter().enumerate() {
        for (typed, span) in library.text(id).fields.list(Key::OldAddresses) {
            match old_address(typed).filter(can_be_written) {
                Some(old) if now.contains(&old) => {}
                Some(old) => {
                    redirects.entry(old).or_insert(EntryId(at as u32));
                }
                None => {
                    problems.push(Problem::at(Code::L13, *span).with("x", typed.as_str()))
                }
            }
        }
    }
    redirects
}

/// Tells whether an old address fits beside the files of the site: no folder has the name
/// of a file, no name is longer than a disk takes.
fn can_be_written(address: &Address) -> bool {
    let mut names: Vec<&str> = address.as_str().split('/').collect();
    names.iter().all(|name| name.len() <= 200)
        && names.pop().is_some_and(|name| !name.starts_with('.'))
        && names.iter().all(|folder| !folder.contains('.'))
}
