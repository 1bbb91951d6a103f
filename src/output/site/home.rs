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
    made(site, site.edition.home(), &Address::new(fixed::HOME))
}

/// Makes the home page in another language: what is meant by the first page is translated,
/// and so are the ways in.
pub(super) fn translated(site: &Site<'_>, id: EntryId) -> Result<Vec<u8>, Problem> {
    made(site, Some(id), &site.edition.entry(id).address)
}

/// Tells whether a text is a translation of the home page, on a site for everybody.
pub(super) fn is_translated(site: &Site<'_>, id: EntryId) -> bool {
    let home = site.edition.home().map(|home| site.edition.entry(home));
    site.locked.is_none() && home.is_some_and(|home| home.translations.contains(&id))
}

fn made(
    site: &Site<'_>,
    id: Option<EntryId>,
    address: &Address,
) -> Result<Vec<u8>, Problem> {
    let entry = id.map(|id| site.edition.entry(id));
    let lang = entry.map_or(site.lang(), |entry| entry.lang);
    let title = entry.map_or_else(|| site.title(), |entry| entry.title.to_string());
    let page = Page {
        address,
        lang,
        title: title.clone(),
        class: "home",
        description: entry.map_or("", |entry| &entry.summary),
        above: Vec::new(),
        entry: id,
        hidden: false,
    };
    let text = match id {
        Some(id) => text::view(site, id, address),
        None => bare(site, &title),
    };
    // The words of lists are those of the site; in a translation they are its own.
    let own = Some(lang).filter(|_| id != site.edition.home());
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
    let ways = ways.into_iter().map(|one| way(site, one, own)).chain(loose(site, own));
    let ways = list(ways.collect::<Vec<_>>());
    let themes = list(lists().filter_map(|(at, one)| {
        text::is_theme(&one.kind).then(|| site.lists.get(at).cloned())?
    }));
    let home = site.edition.home().map(|id| site.edition.entry(id));
    let tellers: Vec<&Entry<'_>> =
        entry.into_iter().chain(home).chain(booklet(site)).collect();
    let values = [
        ("text", text),
        ("cover", cover(site, &tellers, address, lang)),
        ("is_long", Value::from(title.chars().count() > 60)),
        ("authors", authors(&tellers)),
        ("booklet", maybe(booklet(site), |entry| map([("href", href(&entry.address))]))),
        ("booklets", booklets(site, lang)),
        ("ways", ways),
        ("themes", themes),
    ];
    page.render(site, "home.html", values)
}

/// Returns who made it: as the first of some texts says.
fn authors(tellers: &[&Entry<'_>]) -> Value {
    let said = tellers.iter().find_map(|entry| entry.fields.text(Key::Authors));
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

/// Returns the picture of the cover: of the first of some texts that has one, with its
/// language where that is not the page's.
fn cover(site: &Site<'_>, tellers: &[&Entry<'_>], page: &Address, lang: &Lang) -> Value {
    let found = tellers.iter().find_map(|entry| {
        let image = html::image_on(&site.html, entry, page, site.table(entry.lang))?;
        Some((image, entry.lang))
    });
    maybe(found, |(image, own)| {
        if own == lang || own.primary() == lang.primary() {
            return value::safe(&image);
        }
        let (tag, dir) = (own.tag(), own.dir());
        value::safe(&format!("<div lang=\"{tag}\" dir=\"{dir}\">{image}</div>"))
    })
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

/// Returns a way in: the first texts of a list, and how many there are. A list that is
/// named in our words is named in those of `lang`.
fn way(site: &Site<'_>, one: &List, lang: Option<&Lang>) -> Value {
    let kind = match one.kind {
        ListKind::Kind(kind) => crate::kind::row(kind).name,
        _ => "folder",
    };
    let ours = matches!(one.kind, ListKind::Kind(_)) && one.title.is_empty();
    let spoken = lang.filter(|_| ours).map(|lang| site.spoken(lang));
    let lang = lang.unwrap_or(&one.lang);
    let shown = spoken.as_ref().unwrap_or(&one.lang);
    let words = site.table(shown);
    let title = match spoken {
        Some(_) => words.get(&format!("kinds.{kind}")).to_string(),
        None => site.list_title(one),
    };
    let (lead, door) = (format!("{kind}.lead"), format!("home.{kind}"));
    let lead = Some(words.get(&lead)).filter(|said| *said != lead);
    let door = Some(words.get(&door)).filter(|said| *said != door).unwrap_or(&title);
    let texts = site.edition.texts_of(one);
    let few = few(site, lang, &texts);
    // A door to the only text stands there already.
    let more = texts.len() > 1 || kind == "folder";
    map([
        ("kind", value::text(kind)),
        ("title", value::text(door)),
        ("all", maybe(more.then_some(()), |()| all(words, kind, &title, texts.len()))),
        ("href", href(&one.address)),
        ("lang", value::text(shown.tag())),
        ("dir", value::text(shown.dir())),
        ("lead", maybe(lead, value::text)),
        ("count", Value::from(texts.len())),
        ("cards", cards(site, &few)),
    ])
}

/// Returns the first texts of a list, those in a language before others.
fn few(site: &Site<'_>, lang: &Lang, texts: &[EntryId]) -> Vec<EntryId> {
    let own = |id: &EntryId| site.edition.entry(*id).lang.primary() == lang.primary();
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

/// Returns a way in to the texts that stand in no list, when there are any; the home page
/// in other languages has its own way in.
fn loose(site: &Site<'_>, lang: Option<&Lang>) -> Option<Value> {
    let all_of: Vec<EntryId> = site
        .edition
        .ids()
        .filter(|(_, entry)| entry.listed && entry.list.is_none())
        .filter(|(id, entry)| entry.kind != Kind::Booklet && !is_translated(site, *id))
        .map(|(id, _)| id)
        .collect();
    if all_of.is_empty() {
        return None;
    }
    let lang = site.spoken(lang.unwrap_or(site.lang()));
    let words = site.table(&lang);
    let more = all_of.len() > MANY;
    let title = words.get("kinds.page");
    Some(map([
        ("kind", value::text("page")),
        ("title", value::text(words.get("home.also"))),
        ("all", maybe(more.then_some(()), |()| all(words, "page", title, all_of.len()))),
        ("href", value::text(fixed::REGISTER)),
        ("lang", value::text(lang.tag())),
        ("dir", value::text(lang.dir())),
        ("lead", Value::none()),
        ("count", Value::from(all_of.len())),
        ("cards", cards(site, all_of.get(..MANY).unwrap_or(&all_of))),
    ]))
}
