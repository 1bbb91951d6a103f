//! The home page: the cover, the text of the house, and a way in for each reader.

use super::fixed;
use super::frame::{Site, href};
use super::page::Page;
use super::pages::cards;
use super::text;
use super::value::{self, list, map, maybe};
use crate::compose::{Entry, EntryId, List, ListKind};
use crate::lang::{Lang, Table};
use crate::model::{Key, Kind};
use crate::output::html;
use crate::problem::Problem;
use crate::text::{Address, redact};
use tera::Value;

/// How many texts of a list the home page shows.
const FEW: usize = 3;

/// How many loose pages it shows.
const MANY: usize = 12;

/// Makes the home page.
pub(super) fn home(site: &Site<'_>) -> Result<Vec<u8>, Problem> {
    let address = Address::new(fixed::HOME);
    let entry = site.edition.home().map(|id| site.edition.entry(id));
    let lang = entry.map_or(site.lang(), |entry| entry.lang);
    let title = entry.map_or_else(|| site.title(), |entry| entry.title.to_string());
    let page = Page {
        address: &address,
        lang,
        title: title.clone(),
        class: "home",
        description: entry.map_or("", |entry| &entry.summary),
        above: Vec::new(),
        entry: site.edition.home(),
        hidden: false,
    };
    let text = match site.edition.home() {
        Some(id) => text::view(site, id, &address),
        None => bare(site, &title),
    };
    let lists = || site.edition.lists().iter().enumerate();
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
    let values = [
        ("text", text),
        ("cover", cover(site, &address)),
        ("is_long", Value::from(title.chars().count() > 60)),
        ("authors", authors(site)),
        ("booklet", maybe(booklet(site), |entry| map([("href", href(&entry.address))]))),
        ("booklets", booklets(site, lang)),
        ("ways", ways),
        ("themes", themes),
    ];
    page.render(site, "home.html", values)
}

/// Returns who made it: as the home text says, else the booklet.
fn authors(site: &Site<'_>) -> Value {
    let home = site.edition.home().map(|id| site.edition.entry(id));
    let said = home
        .into_iter()
        .chain(booklet(site))
        .find_map(|entry| entry.fields.text(Key::Authors));
    maybe(said, |said| value::text(&redact(said)))
}

fn booklet<'s>(site: &'s Site<'_>) -> Option<&'s Entry<'s>> {
    site.edition.entries().find(|entry| entry.kind == Kind::Booklet)
}

/// Returns the booklets that can be had, each with its title and files.
fn booklets(site: &Site<'_>, lang: &Lang) -> Value {
    let all = site.edition.entries().filter(|one| one.kind == Kind::Booklet);
    let booklets: Vec<Value> = all
        .filter(|entry| site.has_downloads(entry))
        .map(|entry| {
            map([
                ("title", value::text(&entry.title)),
                ("lang", value::text(entry.lang.tag())),
                ("dir", value::text(entry.lang.dir())),
                ("files", site.downloads(entry, site.table(lang))),
            ])
        })
        .collect();
    list(booklets)
}

/// Returns the picture of the cover: of the home text, else of the booklet.
fn cover(site: &Site<'_>, page: &Address) -> Value {
    let home = site.edition.home().map(|id| site.edition.entry(id));
    let image = home.into_iter().chain(booklet(site)).find_map(|entry| {
        html::image_on(&site.html, entry, page, site.table(entry.lang))
    });
    maybe(image, |image| value::safe(&image))
}

/// Tips first, then stories, then plans: from a glance to an evening.
fn rank(kind: &ListKind) -> usize {
    let order = [Kind::Tip, Kind::Story, Kind::Plan];
    order.iter().position(|own| *kind == ListKind::Kind(*own)).unwrap_or(order.len())
}

/// Returns `text` for a home page without a text of its own.
fn bare(site: &Site<'_>, title: &str) -> Value {
    let said = |key| {
        maybe(booklet(site).and_then(|entry| entry.fields.text(key)), |typed| {
            value::text(&redact(typed))
        })
    };
    map([
        ("title", value::text(title)),
        ("subtitle", said(Key::Subtitle)),
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
    let (lead, door) = (format!("{kind}.lead"), format!("home.{kind}"));
    let lead = Some(words.get(&lead)).filter(|said| *said != lead);
    let door = Some(words.get(&door)).filter(|said| *said != door).unwrap_or(&title);
    let texts = site.edition.texts_of(one);
    let few = few(site, one, &texts);
    // A door to the only text stands there already.
    let more = texts.len() > 1 || kind == "folder";
    map([
        ("kind", value::text(kind)),
        ("title", value::text(door)),
        ("all", maybe(more.then_some(()), |()| all(words, kind, &title, texts.len()))),
        ("href", href(&one.address)),
        ("lang", value::text(one.lang.tag())),
        ("dir", value::text(one.lang.dir())),
        ("lead", maybe(lead, value::text)),
        ("count", Value::from(texts.len())),
        ("cards", cards(site, &few)),
    ])
}

/// Returns the first texts of a list, those in its own language before others.
fn few(site: &Site<'_>, one: &List, texts: &[EntryId]) -> Vec<EntryId> {
    let own = |id: &EntryId| site.edition.entry(*id).lang.primary() == one.lang.primary();
    let (mut few, others): (Vec<EntryId>, Vec<EntryId>) =
        texts.iter().partition(|id| own(id));
    if few.is_empty() {
        few = others;
    }
    few.truncate(FEW);
    few
}

/// Returns the words of the link to all of a list.
fn all(words: &Table, kind: &str, title: &str, count: usize) -> Value {
    let folder = kind == "folder";
    // German keeps the capital of a noun.
    let as_it_is = folder || words.get("lang") == "de";
    let what = if as_it_is { title.to_string() } else { title.to_lowercase() };
    let key = if folder { "page.all-in" } else { "page.all" };
    value::text(&words.say(key, &[("what", &what), ("n", &count.to_string())]))
}

/// Returns a way in to the texts that stand in no list, when there are any.
fn loose(site: &Site<'_>) -> Option<Value> {
    let all_of: Vec<EntryId> = site
        .edition
        .ids()
        .filter(|(_, entry)| entry.listed && entry.list.is_none())
        .filter(|(_, entry)| entry.kind != Kind::Booklet)
        .map(|(id, _)| id)
        .collect();
    if all_of.is_empty() {
        return None;
    }
    let words = site.table(site.lang());
    let more = all_of.len() > MANY;
    let title = words.get("kinds.page");
    Some(map([
        ("kind", value::text("page")),
        ("title", value::text(words.get("home.also"))),
        ("all", maybe(more.then_some(()), |()| all(words, "page", title, all_of.len()))),
        ("href", value::text(fixed::REGISTER)),
        ("lang", value::text(site.lang().tag())),
        ("dir", value::text(site.lang().dir())),
        ("lead", Value::none()),
        ("count", Value::from(all_of.len())),
        ("cards", cards(site, all_of.get(..MANY).unwrap_or(&all_of))),
    ]))
}
