//! One text as templates see it: its body, and what its kind is about.

use super::access;
use super::frame::{Site, href};
use super::value::{list, map, maybe, safe, text};
use crate::compose::{Entry, EntryId, ListKind};
use crate::lang::Table;
use crate::model::{Field, Key, Kind, Value as Typed};
use crate::output::about;
use crate::output::html::{self, Html, Part};
use crate::text::{Address, redact};
use tera::Value;

/// Kinds whose pages begin with their headings, when there are enough of them.
const WITH_CONTENTS: [Kind; 5] =
    [Kind::Page, Kind::Plan, Kind::Words, Kind::Sources, Kind::Voices];

/// Titles of more characters are set smaller.
const LONG: usize = 100;

/// From this many headings on, a page shows them.
const ENOUGH: usize = 3;

/// Returns `text` for a template: an entry as it stands on `page`.
pub(super) fn view(site: &Site<'_>, id: EntryId, page: &Address) -> Value {
    let entry = site.edition.entry(id);
    let words = site.table(entry.lang);
    let fields = &entry.fields;
    let body = html::body_on(&site.html, entry, page, words);
    let image = html::image_on(&site.html, entry, page, words);
    let said = |key| maybe(fields.text(key), |typed| text(&redact(typed)));
    let series = entry.series.as_ref();
    let neighbour = |id: Option<EntryId>| maybe(id, |id| site.card_of(id));
    map([
        ("kind", text(crate::kind::row(entry.kind).name)),
        ("title", text(&entry.title)),
        ("is_long", Value::from(entry.title.chars().count() > LONG)),
        ("subtitle", said(Key::Subtitle)),
        ("short", said(Key::Summary)),
        ("authors", said(Key::Authors)),
        ("content_note", said(Key::ContentNote)),
        ("number", maybe(entry.number, Value::from)),
        ("date", maybe(fields.date(Key::Date), |date| day(words, date))),
        ("for", maybe(names(entry, Key::For), |names| text(&names))),
        ("by", maybe(about::by(entry, words), |by| text(&by))),
        ("consent", list(about::consent(entry, words).iter().map(|one| text(one)))),
        ("made_up", Value::from(fields.is_yes(Key::Fictional))),
        ("image", safe(&image.unwrap_or_default())),
        ("facts", facts(entry, words)),
        (
            "themes",
            list(entry.themes.iter().filter_map(|at| site.lists.get(*at).cloned())),
        ),
        ("voices", site.voices(entry, words)),
        ("all_voices", all_voices(site, entry, words)),
        ("access", access::view(site, entry, words)),
        ("contents", contents(site, entry, &body)),
        ("lead", safe(&body.lead)),
        ("parts", list(body.parts.iter().map(part))),
        ("notes", safe(&body.notes)),
        ("series", said(Key::Series)),
        ("previous", neighbour(series.and_then(|series| series.previous))),
        ("next", neighbour(series.and_then(|series| series.next))),
        ("translations", translations(site, entry)),
        ("downloads", site.downloads(entry, words)),
        ("children", list(entry.children.iter().map(|&id| site.card_of(id)))),
        (
            "extra",
            list(fields.extra.iter().map(|one| {
                let (name, value) = (redact(&one.name), redact(&one.value));
                map([("name", text(&name)), ("value", text(&value))])
            })),
        ),
    ])
}

/// Returns a part: `html` is all of it, with its heading and the parts inside.
fn part(one: &Part) -> Value {
    map([
        ("id", text(&one.id)),
        ("role", text(one.role)),
        ("level", Value::from(u64::from(one.level))),
        ("title", safe(&one.title)),
        ("status", maybe(one.status, text)),
        ("html", safe(&one.all())),
        ("own", safe(&one.html)),
        ("parts", list(one.parts.iter().map(part))),
    ])
}

/// Returns the headings a page begins with. A plan behind a lock always begins so: it tells
/// what its reader reads.
fn contents(site: &Site<'_>, entry: &Entry<'_>, body: &Html) -> Value {
    if !WITH_CONTENTS.contains(&entry.kind) {
        return list([]);
    }
    let lines: Vec<_> = body.contents.iter().filter(|line| line.level == 2).collect();
    let tells = !site.locked.is_none() && entry.kind == Kind::Plan;
    if lines.len() < ENOUGH && !tells {
        return list([]);
    }
    list(lines.into_iter().map(|line| {
        map([
            ("id", text(&line.id)),
            ("title", text(&line.title)),
            ("lang", maybe(line.lang.as_ref(), |lang| text(lang.tag()))),
            ("dir", maybe(line.lang.as_ref(), |lang| text(lang.dir()))),
        ])
    }))
}

fn all_voices(site: &Site<'_>, entry: &Entry<'_>, words: &Table) -> Value {
    if entry.kind != Kind::Voices {
        return list([]);
    }
    list((0..site.edition.voices().len()).filter_map(|at| site.voice(at, words)))
}

fn translations(site: &Site<'_>, entry: &Entry<'_>) -> Value {
    if entry.translations.is_empty() {
        return list([]);
    }
    let others = entry.translations.iter().map(|&id| site.edition.entry(id));
    let mut all: Vec<&Entry<'_>> = others.chain([entry]).collect();
    all.sort_by_key(|one| (one.lang != site.lang(), one.lang, &one.address));
    list(all.into_iter().map(|other| {
        map([
            ("name", text(&site.own_name(other.lang))),
            ("here", Value::from(other.address == entry.address)),
            ("title", text(&other.title)),
            ("href", href(&other.address)),
            ("lang", text(other.lang.tag())),
            ("dir", text(other.lang.dir())),
        ])
    }))
}

/// Returns a day as `iso` (for machines) and `long` (for people).
fn day(words: &Table, date: jiff::civil::Date) -> Value {
    map([("iso", text(&date.to_string())), ("long", text(&about::day(words, date)))])
}

fn facts(entry: &Entry<'_>, words: &Table) -> Value {
    let rows = about::shown(entry.kind).iter().filter_map(|&key| {
        let field = entry.fields.get(key)?;
        let value = fact(field, entry, words)?;
        let name = key.name().replace('_', "-");
        let iso = entry.fields.date(key).map(|date| date.to_string());
        Some(map([
            ("name", text(&name)),
            ("label", text(words.get(&format!("field.{name}")))),
            ("value", value),
            ("iso", maybe(iso, |iso| text(&iso))),
            ("typed", Value::from(entry.fields.date(key).is_none())),
        ]))
    });
    list(rows.collect::<Vec<_>>())
}

/// Returns a field as people read it; an address becomes a link.
fn fact(field: &Field, entry: &Entry<'_>, words: &Table) -> Option<Value> {
    match &field.value {
        Typed::Date(date) => Some(text(&about::day(words, *date))),
        Typed::List(_) => names(entry, field.key).map(|names| text(&names)),
        Typed::Number(number) => Some(text(&number.to_string())),
        Typed::Text(typed) if typed.trim().is_empty() => None,
        Typed::Text(typed) => {
            let (said, leads) = about::link(typed).unwrap_or((typed.trim(), typed));
            Some(match html::outside(leads) {
                Some(address) => {
                    let mut link = String::from("<a href=\"");
                    html::push(&mut link, &address);
                    link.push_str("\">");
                    html::push_covered(&mut link, said);
                    link.push_str("</a>");
                    safe(&link)
                }
                None => text(&redact(said)),
            })
        }
        Typed::Yes(_) | Typed::Lang(_) | Typed::Unread(_) => None,
    }
}

/// Returns a list of words with commas between them; `None` when there are none.
fn names(entry: &Entry<'_>, key: Key) -> Option<String> {
    let all: Vec<&str> =
        entry.fields.list(key).iter().map(|(name, _)| name.as_str()).collect();
    (!all.is_empty()).then(|| redact(&all.join(", ")).into_owned())
}

/// Tells whether a list gathers themes: they stand on a page of their own.
pub(super) fn is_theme(kind: &ListKind) -> bool {
    *kind == ListKind::Theme
}
