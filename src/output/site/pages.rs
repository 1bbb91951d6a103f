//! Pages that show texts: a text, a list, the home page.

use super::frame::Site;
use super::page::Page;
use super::text;
use super::value::{self, list, map, maybe};
use super::{fixed, lists_above};
use crate::compose::{EntryId, List, ListKind};
use crate::lang::Table;
use crate::model::{Key, Kind};
use crate::problem::Problem;
use crate::text::{Address, redact};
use tera::Value;

/// How many texts of a list the home page shows.
const FEW: usize = 4;

/// Makes the page of a text.
pub(super) fn entry(site: &Site<'_>, id: EntryId) -> Result<Vec<u8>, Problem> {
    let entry = site.edition.entry(id);
    let name = crate::kind::row(entry.kind).name;
    let page = Page {
        address: &entry.address,
        lang: entry.lang,
        title: entry.title.to_string(),
        class: name,
        description: &entry.summary,
        above: entry.list.map_or_else(Vec::new, |at| lists_above(site, at)),
        entry: Some(id),
        hidden: false,
    };
    let text = text::view(site, id, &entry.address);
    page.render(site, &format!("kind/{name}.html"), [("text", text)])
}

/// Makes the page of a list.
pub(super) fn list_page(site: &Site<'_>, at: usize) -> Result<Vec<u8>, Problem> {
    let Some(one) = site.edition.lists.get(at) else { return Ok(Vec::new()) };
    let intro = one.intro.map(|id| site.edition.entry(id));
    let title = site.list_title(one);
    let words = site.table(&one.lang);
    let lead = match one.kind {
        ListKind::Kind(kind) if intro.is_none() => {
            let key = format!("{}.lead", crate::kind::row(kind).name);
            Some(words.get(&key)).filter(|lead| *lead != key).map(String::from)
        }
        ListKind::Voice => Some(words.say("list.voice", &[("voice", &title)])),
        _ => None,
    };
    let kicker = match one.kind {
        ListKind::Theme => Some("page.themes"),
        ListKind::Voice => Some("field.voices"),
        _ => None,
    };
    let mut above = lists_above(site, at);
    above.pop();
    let page = Page {
        address: &one.address,
        lang: &one.lang,
        title: title.clone(),
        class: "list",
        description: intro.map_or("", |intro| &intro.summary),
        above,
        entry: one.intro,
        hidden: false,
    };
    let list_view = map([
        ("title", value::text(&title)),
        ("lead", maybe(lead, |lead| value::text(&lead))),
        ("kicker", maybe(kicker, |key| value::text(words.get(key)))),
        ("cards", cards(site, &one.entries)),
        ("lists", list(one.lists.iter().filter_map(|&at| site.lists.get(at).cloned()))),
    ]);
    let text = maybe(one.intro, |id| text::view(site, id, &one.address));
    page.render(site, "list.html", [("list", list_view), ("text", text)])
}

/// Makes the home page.
pub(super) fn home(site: &Site<'_>) -> Result<Vec<u8>, Problem> {
    let address = Address::new(fixed::HOME);
    let entry = site.edition.home.map(|id| site.edition.entry(id));
    let lang = entry.map_or(site.lang(), |entry| entry.lang);
    let title = entry.map_or_else(|| site.title(), |entry| entry.title.to_string());
    let page = Page {
        address: &address,
        lang,
        title: title.clone(),
        class: "home",
        description: entry.map_or("", |entry| &entry.summary),
        above: Vec::new(),
        entry: site.edition.home,
        hidden: false,
    };
    let text = match site.edition.home {
        Some(id) => text::view(site, id, &address),
        None => bare(site, &title),
    };
    let lists = || site.edition.lists.iter().enumerate();
    let mut ways: Vec<&List> = lists()
        .filter(|(at, one)| {
            matches!(one.kind, ListKind::Kind(_) | ListKind::Folder)
                && site.above.get(*at).is_none_or(|above| above.is_none())
                && !(one.entries.is_empty() && one.lists.is_empty())
        })
        .map(|(_, one)| one)
        .collect();
    ways.sort_by_key(|one| rank(&one.kind));
    let ways = list(ways.into_iter().map(|one| way(site, one)).chain(loose(site)));
    let themes = list(lists().filter_map(|(at, one)| {
        text::is_theme(&one.kind).then(|| site.lists.get(at).cloned())?
    }));
    page.render(site, "home.html", [("text", text), ("ways", ways), ("themes", themes)])
}

/// Tips first, then stories, then plans: from a glance to an evening.
fn rank(kind: &ListKind) -> usize {
    let order = [Kind::Tip, Kind::Story, Kind::Plan];
    order.iter().position(|own| *kind == ListKind::Kind(*own)).unwrap_or(order.len())
}

/// Returns `text` for a home page without a text of its own: the booklet lends its cover.
fn bare(site: &Site<'_>, title: &str) -> Value {
    let booklet = site.edition.entries.iter().find(|entry| entry.kind == Kind::Booklet);
    let said = |key| {
        maybe(booklet.and_then(|entry| entry.fields.text(key)), |typed| {
            value::text(&redact(typed))
        })
    };
    let address = Address::new(fixed::HOME);
    let image = booklet.and_then(|entry| {
        let words = site.table(entry.lang);
        crate::output::html::image_on(&site.html, entry, &address, words)
    });
    map([
        ("title", value::text(title)),
        ("subtitle", said(Key::Subtitle)),
        ("authors", said(Key::Authors)),
        ("image", value::safe(&image.unwrap_or_default())),
        ("lead", value::safe("")),
        ("parts", list([])),
        ("notes", value::safe("")),
        ("translations", list([])),
    ])
}

/// Returns a way in: the first texts of a list, and how many there are.
fn way(site: &Site<'_>, one: &List) -> Value {
    let title = site.list_title(one);
    let kind = match one.kind {
        ListKind::Kind(kind) => crate::kind::row(kind).name,
        _ => "folder",
    };
    let words = site.table(&one.lang);
    let key = format!("{kind}.lead");
    let lead = Some(words.get(&key)).filter(|lead| *lead != key);
    let few = one.entries.get(..FEW).unwrap_or(&one.entries);
    map([
        ("kind", value::text(kind)),
        ("title", value::text(&title)),
        ("all", all(words, kind, &title, one.entries.len())),
        ("href", super::frame::href(&one.address)),
        ("lang", value::text(one.lang.tag())),
        ("dir", value::text(one.lang.dir())),
        ("lead", maybe(lead, value::text)),
        ("count", Value::from(one.entries.len())),
        ("cards", cards(site, few)),
    ])
}

/// Returns the words of the link to all of a list.
fn all(words: &Table, kind: &str, title: &str, count: usize) -> Value {
    let folder = kind == "folder";
    let what = if folder { title.to_string() } else { title.to_lowercase() };
    let key = if folder { "page.all-in" } else { "page.all" };
    value::text(&words.say(key, &[("what", &what), ("n", &count.to_string())]))
}

/// Returns a way in to the texts that stand in no list, when there are any.
fn loose(site: &Site<'_>) -> Option<Value> {
    let all_of: Vec<EntryId> = site
        .edition
        .ids()
        .filter(|(_, entry)| entry.listed && entry.list.is_none())
        .map(|(id, _)| id)
        .collect();
    if all_of.is_empty() {
        return None;
    }
    let title = site.table(site.lang()).get("kinds.page");
    Some(map([
        ("kind", value::text("page")),
        ("title", value::text(title)),
        ("all", all(site.table(site.lang()), "page", title, all_of.len())),
        ("href", value::text(fixed::REGISTER)),
        ("lang", value::text(site.lang().tag())),
        ("dir", value::text(site.lang().dir())),
        ("lead", Value::none()),
        ("count", Value::from(all_of.len())),
        ("cards", cards(site, all_of.get(..2 * FEW).unwrap_or(&all_of))),
    ]))
}

fn cards(site: &Site<'_>, ids: &[EntryId]) -> Value {
    list(ids.iter().map(|&id| site.card_of(id)))
}
