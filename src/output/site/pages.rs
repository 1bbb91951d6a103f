//! Pages that show texts: a text, a list.

use super::frame::Site;
use super::lists_above;
use super::page::Page;
use super::text;
use super::value::{self, list, map, maybe};
use crate::compose::{EntryId, List, ListKind};
use crate::lang::Lang;
use crate::problem::Problem;
use std::collections::BTreeMap;
use tera::Value;

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
    let Some(one) = site.edition.lists().get(at) else { return Ok(Vec::new()) };
    let intro = one.intro.map(|id| site.edition.entry(id));
    let title = site.list_title(one);
    let words = site.table(&one.lang);
    let lead = match one.kind {
        ListKind::Kind(kind) if intro.is_none() => {
            let key = format!("{}.lead", crate::kind::row(kind).name);
            Some(words.get(&key)).filter(|lead| *lead != key).map(String::from)
        }
        ListKind::Voice => site.meaning_of(one, words),
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
    let (own, others) = by_language(site, one);
    let list_view = map([
        ("title", value::text(&title)),
        ("lead", maybe(lead, |lead| value::text(&lead))),
        ("kicker", maybe(kicker, |key| value::text(words.get(key)))),
        ("glyph", maybe(glyph(&one.kind), value::text)),
        ("cards", cards(site, &own)),
        (
            "others",
            list(others.into_iter().map(|(lang, ids)| in_language(site, lang, &ids))),
        ),
        ("lists", list(one.lists.iter().filter_map(|&at| site.lists.get(at).cloned()))),
    ]);
    let text = maybe(one.intro, |id| text::view(site, id, &one.address));
    page.render(site, "list.html", [("list", list_view), ("text", text)])
}

/// Divides the texts of a list: those in its own language, and those in each other one.
fn by_language<'s>(
    site: &'s Site<'_>,
    one: &List,
) -> (Vec<EntryId>, BTreeMap<&'s str, Vec<EntryId>>) {
    let mut own = Vec::new();
    let mut others: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for &id in &one.entries {
        match site.edition.entry(id).lang.primary() {
            lang if lang == one.lang.primary() => own.push(id),
            lang => others.entry(lang).or_default().push(id),
        }
    }
    (own, others)
}

/// Returns the texts of a list in another language than its own, below the name of that
/// language as its speakers write it.
fn in_language(site: &Site<'_>, lang: &str, ids: &[EntryId]) -> Value {
    let read = Lang::read(lang).unwrap_or_else(Lang::dutch);
    map([
        ("lang", value::text(read.tag())),
        ("dir", value::text(read.dir())),
        ("name", value::text(&site.own_name(&read))),
        ("cards", cards(site, ids)),
    ])
}

/// Returns the name of the drawing of a list of one kind.
fn glyph(kind: &ListKind) -> Option<&'static str> {
    match kind {
        ListKind::Kind(kind) => Some(crate::kind::row(*kind).name),
        _ => None,
    }
}

/// Returns the cards of some entries.
pub(super) fn cards(site: &Site<'_>, ids: &[EntryId]) -> Value {
    list(ids.iter().map(|&id| site.card_of(id)))
}
