//! The menu: as the site says, else the lists of kinds and the pages that ask for it.

use super::edition::{Entry, List, ListKind, MenuItem};
use super::joins::all_names;
use super::places::folder_address;
use crate::model::{Key, Library, TextId};
use crate::problem::{Code, Problem};
use crate::text::{fold, fold_key};

/// Makes the menu: as the site says, else the lists of kinds and pages with `menu: ja`.
/// L08 for a line that leads nowhere.
pub(super) fn menu(
    library: &Library,
    entries: &[Entry<'_>],
    ids: &[TextId],
    lists: &[List],
    problems: &mut Vec<Problem>,
) -> Vec<MenuItem> {
    let mut menu = Vec::new();
    if !library.settings.menu.is_empty() {
        for (typed, span) in &library.settings.menu {
            let (words, target) = typed
                .split_once(':')
                .map_or((None, typed.as_str()), |(w, t)| (Some(w), t));
            let target = target.trim();
            let item = menu_item(words, target, library, entries, ids, lists);
            if item.is_none()
                && !all_names(library).contains(&fold(target.trim_matches('/')))
            {
                problems.push(Problem::at(Code::L08, *span).with("x", target));
            }
            menu.extend(item);
        }
        return menu;
    }
    for row in crate::kind::KINDS {
        for list in lists.iter().filter(|list| list.kind == ListKind::Kind(row.kind)) {
            if !list.address.as_str().trim_end_matches("/index.html").contains('/') {
                menu.push(MenuItem {
                    title: list_title(list, library),
                    address: list.address.clone(),
                });
            }
        }
    }
    let mut pages: Vec<&Entry<'_>> = entries
        .iter()
        .zip(ids)
        .filter(|(_, id)| {
            library.text(**id).fields.list(Key::Menu).first().is_some_and(|(typed, _)| {
                crate::kind::words::read_yes(typed) == Some(true)
            })
        })
        .map(|(entry, _)| entry)
        .collect();
    pages.sort_by_key(|entry| entry.fields.number(Key::Order).unwrap_or(i64::MAX));
    menu.extend(pages.into_iter().map(|entry| MenuItem {
        title: entry.title.to_string(),
        address: entry.address.clone(),
    }));
    menu
}

fn list_title(list: &List, library: &Library) -> String {
    if !list.title.is_empty() {
        return list.title.clone();
    }
    let ListKind::Kind(kind) = list.kind else { return String::new() };
    let name = crate::kind::row(kind).name;
    library.settings.lang.words().get(&format!("kinds.{name}")).to_string()
}

fn menu_item(
    words: Option<&str>,
    target: &str,
    library: &Library,
    entries: &[Entry<'_>],
    ids: &[TextId],
    lists: &[List],
) -> Option<MenuItem> {
    let wanted = fold_key(target.trim_matches('/'));
    let found = ids.iter().position(|&id| {
        let text = library.text(id);
        [text.path.as_str(), text.path.stem(), &text.title]
            .iter()
            .any(|name| fold_key(name) == wanted)
    });
    if let Some(at) = found {
        let title =
            words.map_or_else(|| entries[at].title.to_string(), |w| w.trim().to_string());
        return Some(MenuItem { title, address: entries[at].address.clone() });
    }
    let list = lists.iter().find(|list| {
        fold_key(&list_title(list, library)) == wanted
            || fold_key(&folder_address(
                list.address.as_str().trim_end_matches("/index.html"),
            )) == wanted
    })?;
    let title = words.map_or_else(|| list_title(list, library), |w| w.trim().to_string());
    Some(MenuItem { title, address: list.address.clone() })
}
