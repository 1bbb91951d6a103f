//! Pages that show the way: the register from A to Z, themes, search, leaving quickly, the
//! lost page.

use super::fixed;
use super::frame::Site;
use super::page::Page;
use super::text::is_theme;
use super::value::{list, map, text};
use crate::compose::EntryId;
use crate::problem::Problem;
use crate::text::{Address, fold};
use std::collections::BTreeMap;
use tera::Value;

/// Returns a page that shows no text; `key` is its title in the tables of words.
fn page<'p>(
    site: &'p Site<'_>,
    address: &'p Address,
    class: &'p str,
    key: &str,
) -> Page<'p> {
    Page {
        address,
        lang: site.lang(),
        title: site.table(site.lang()).get(key).to_string(),
        class,
        description: "",
        above: Vec::new(),
        entry: None,
        hidden: false,
    }
}

/// Makes the register: all texts, A to Z, grouped by letter.
pub(super) fn register(site: &Site<'_>) -> Result<Vec<u8>, Problem> {
    let address = Address::new(fixed::REGISTER);
    let other = site.table(site.lang()).get("register.other");
    let mut sorted: BTreeMap<(Option<char>, String, &Address), EntryId> = BTreeMap::new();
    for (id, entry) in site.edition.ids().filter(|(_, entry)| entry.listed) {
        let folded = fold(&entry.title);
        let word = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        let letter = word.chars().next().filter(|c| c.is_alphabetic());
        sorted.insert((letter, word.to_string(), &entry.address), id);
    }
    let mut groups: Vec<(Option<char>, Vec<Value>)> = Vec::new();
    for ((letter, ..), id) in sorted {
        match groups.last_mut() {
            Some((last, cards)) if *last == letter => cards.push(site.card_of(id)),
            _ => groups.push((letter, vec![site.card_of(id)])),
        }
    }
    // What begins with a number or a sign comes last.
    if groups.first().is_some_and(|(letter, _)| letter.is_none()) {
        groups.rotate_left(1);
    }
    let groups = list(groups.into_iter().map(|(letter, cards)| {
        let letter = letter.map(|letter| letter.to_uppercase().to_string());
        map([
            ("letter", text(letter.as_deref().unwrap_or(other))),
            ("cards", Value::from(cards)),
        ])
    }));
    page(site, &address, "register", "register.title").render(
        site,
        "register.html",
        [("groups", groups)],
    )
}

/// Makes the page of all themes.
pub(super) fn themes(site: &Site<'_>) -> Result<Vec<u8>, Problem> {
    let address = Address::new(fixed::THEMES);
    let lists = site.edition.lists().iter().zip(&site.lists);
    let themes =
        lists.filter(|(one, _)| is_theme(&one.kind)).map(|(_, card)| card.clone());
    page(site, &address, "list", "page.themes").render(
        site,
        "themes.html",
        [("themes", list(themes))],
    )
}

/// Makes the search page; `scripts` are the ones it needs, from the top of the site.
pub(super) fn search(site: &Site<'_>, scripts: &[String]) -> Result<Vec<u8>, Problem> {
    let address = Address::new(fixed::SEARCH);
    page(site, &address, "search-page", "search.title").render(
        site,
        "search.html",
        [("scripts", list(scripts.iter().map(|script| text(script))))],
    )
}

/// Makes the page that says what the button to leave quickly can and cannot do. Not for
/// search engines: who looks for help should find the texts, not this.
pub(super) fn exit(site: &Site<'_>) -> Result<Vec<u8>, Problem> {
    let address = Address::new(fixed::EXIT);
    let page = Page { hidden: true, ..page(site, &address, "exit", "exit.title") };
    page.render(site, "exit.html", [])
}

/// Makes the page a host shows when there is no page.
pub(super) fn lost(site: &Site<'_>) -> Result<Vec<u8>, Problem> {
    let address = Address::new(fixed::NOT_FOUND);
    let page = Page { hidden: true, ..page(site, &address, "lost", "lost.title") };
    page.render(site, "404.html", [])
}
