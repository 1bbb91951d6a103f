//! Feeds: new texts for who follows the site, one Atom file per language.
//!
//! Days come from the texts, never from a clock. A tip, story or plan without a day stands
//! at the end with a fixed early day; other pages need one to be in it.

use crate::compose::{Chosen, Edition, Entry, Public};
use crate::files::Files;
use crate::lang::Lang;
use crate::model::{Key, Kind};
use crate::output::html::{covered, outside, push_covered};
use crate::text::Address;
use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};

/// So many texts at most: readers look at the newest.
const LONGEST: usize = 100;

/// For texts without a day: early, so that they come last.
const EARLY: Date = date(2000, 1, 1);

/// A feed: its language and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Feed {
    /// First part of the language's name.
    pub(super) lang: String,
    /// Where it stands.
    pub(super) address: Address,
}

/// Returns the feeds of an edition, the one in the language of the site first.
pub(super) fn feeds(edition: &Chosen<'_>) -> Vec<Feed> {
    let site = edition.settings().lang.primary();
    let mut langs: Vec<&str> =
        edition.entries().filter(|e| told(e)).map(|e| e.lang.primary()).collect();
    langs.sort_by_key(|lang| (*lang != site, *lang));
    langs.dedup();
    langs
        .into_iter()
        .map(|lang| Feed {
            lang: lang.to_string(),
            address: Address::new(&if lang == site {
                "feed.xml".to_string()
            } else {
                format!("feed-{lang}.xml")
            }),
        })
        .collect()
}

/// Adds the feeds.
pub(super) fn add<'a>(files: &mut Files<'a>, edition: &'a Edition<'a, Public>) {
    for feed in feeds(edition) {
        files.add(feed.address.clone(), move || Ok(atom(edition, &feed).into_bytes()));
    }
}

/// Tells whether a text is news.
fn told(entry: &Entry<'_>) -> bool {
    let kept = matches!(
        entry.kind,
        Kind::Words
            | Kind::Sources
            | Kind::Voices
            | Kind::Access
            | Kind::Site
            | Kind::Booklet
    );
    let without_day =
        matches!(entry.kind, Kind::Tip | Kind::Tips | Kind::Story | Kind::Plan);
    entry.listed && !kept && (without_day || day(entry).is_some())
}

/// The day a text was written, and the day it last changed, when it says so.
fn day(entry: &Entry<'_>) -> Option<(Option<Date>, Date)> {
    let on_calendar = |date: &Date| date.year() > 0;
    let written = entry.date.filter(on_calendar);
    let changed = entry.fields.date(Key::UpdatedOn).filter(on_calendar);
    Some((written, written.into_iter().chain(changed).max()?))
}

/// Returns the day a text last changed, when it says so.
pub(super) fn changed(entry: &Entry<'_>) -> Option<Date> {
    day(entry).map(|(_, changed)| changed)
}

fn atom<R>(edition: &Edition<'_, R>, feed: &Feed) -> String {
    let mut entries: Vec<(&Entry<'_>, Option<Date>, Date)> = edition
        .entries()
        .filter(|entry| told(entry) && entry.lang.primary() == feed.lang)
        .map(|entry| {
            let (written, changed) = day(entry).unwrap_or((None, EARLY));
            (entry, written, changed)
        })
        .collect();
    entries.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.address.cmp(&b.0.address)));
    entries.truncate(LONGEST);
    let newest = entries.first().map_or(EARLY, |(_, _, changed)| *changed);
    let place = Place::new(edition);
    let mut out = String::with_capacity(1024 + entries.len() * 600);
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let lang = entries.first().map_or(&edition.settings().lang, |(entry, ..)| entry.lang);
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    push_covered(&mut out, tag(edition, lang));
    out.push_str("\">\n");
    let settings = edition.settings();
    element(&mut out, "title", &settings.title);
    element(&mut out, "id", &place.id(&feed.address));
    element(&mut out, "updated", &moment(newest));
    link(&mut out, "self", "application/atom+xml", &place.link(&feed.address));
    let home = Address::new(crate::compose::fixed::HOME);
    link(&mut out, "alternate", "text/html", &place.link(&home));
    let author = settings.publisher.as_ref().unwrap_or(&settings.title);
    out.push_str("<author>");
    element(&mut out, "name", author);
    out.push_str("</author>\n");
    for (entry, written, changed) in entries {
        push_entry(&mut out, edition, &place, (entry, written, changed));
    }
    out.push_str("</feed>\n");
    out
}

/// The language of a feed: the one of the site in full, else its first text's.
fn tag<'e, R>(edition: &'e Edition<'_, R>, lang: &'e Lang) -> &'e str {
    let site = &edition.settings().lang;
    if site.primary() == lang.primary() { site.tag() } else { lang.primary() }
}

fn push_entry<R>(
    out: &mut String,
    edition: &Edition<'_, R>,
    place: &Place<'_>,
    (entry, written, changed): (&Entry<'_>, Option<Date>, Date),
) {
    out.push_str("<entry>\n");
    element(out, "title", &entry.title);
    element(out, "id", &place.id(&entry.address));
    element(out, "updated", &moment(changed));
    if let Some(written) = written {
        element(out, "published", &moment(written));
    }
    link(out, "alternate", "text/html", &place.link(&entry.address));
    for theme in entry.themes.iter().filter_map(|at| edition.lists().get(*at)) {
        out.push_str("<category term=\"");
        push_covered(out, &theme.title);
        out.push_str("\"/>\n");
    }
    if !entry.summary.trim().is_empty() {
        element(out, "summary", &entry.summary);
    }
    out.push_str("</entry>\n");
}

/// Where the site stands, when it says so; else names that need no place.
struct Place<'e> {
    base: Option<String>,
    title: &'e str,
}

impl<'e> Place<'e> {
    fn new<R>(edition: &'e Edition<'_, R>) -> Self {
        Place { base: base(edition), title: &edition.settings().title }
    }

    fn link(&self, address: &Address) -> String {
        match &self.base {
            Some(base) => absolute(base, address),
            None => address.escaped(),
        }
    }

    /// A name that stays: the address, else one made from the title of the site and the
    /// place in it.
    fn id(&self, address: &Address) -> String {
        if self.base.is_some() {
            return self.link(address);
        }
        let hash = Sha256::digest(format!("boekje\0{}\0{address}", self.title));
        let hex: String =
            hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        // Version 8 of RFC 9562: made from a name, our own way.
        format!(
            "urn:uuid:{}-{}-8{}-8{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[13..16],
            &hex[17..20],
            &hex[20..]
        )
    }
}

/// Returns the absolute address of the site, valid, with a slash at the end.
pub(super) fn base(edition: &Chosen<'_>) -> Option<String> {
    let address = outside(edition.settings().address.as_deref()?)?;
    let web = address.starts_with("http");
    let address = address.split(['?', '#']).next().unwrap_or_default();
    web.then(|| format!("{}/", address.trim_end_matches('/')))
}

/// Returns where a page stands on the web. The first page has one address everywhere, that
/// of the site: what goes by two names is two pages for who collects addresses.
pub(super) fn absolute(base: &str, address: &Address) -> String {
    match address.escaped().as_str() {
        crate::compose::fixed::HOME => base.to_string(),
        path => format!("{base}{path}"),
    }
}

fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>{}</{name}>\n", covered(text)));
}

fn link(out: &mut String, rel: &str, kind: &str, href: &str) {
    out.push_str(&format!(
        "<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>\n",
        covered(href)
    ));
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn newest_first_without_a_clock() {
        let mut sample = Sample::default();
        sample.entry("tips/oud.html", "Oud", Some(date(2020, 2, 3)));
        sample.entry("tips/nieuw.html", "Nieuw", Some(date(2026, 2, 3)));
        sample.entry("tips/zonder.html", "Zonder dag", None);
        let edition = sample.edition();
        let feed = &feeds(&edition)[0];
        assert_eq!(feed.address.as_str(), "feed.xml");
        let made = atom(&edition, feed);
        let at = |words| made.find(words).unwrap();
        assert!(at("<title>Nieuw<") < at("<title>Oud<"));
        assert!(at("<title>Oud<") < at("<title>Zonder dag<"));
        assert!(made.contains(
            "</id>\n<updated>2026-02-03T00:00:00Z</updated>\n<link rel=\"self\""
        ));
        assert!(made.contains("href=\"tips/oud.html\""));
        assert!(made.contains("<id>urn:uuid:"));
        assert_eq!(made, atom(&edition, feed));
    }

    #[test]
    fn absolute_when_the_site_has_an_address() {
        let mut sample = Sample::default();
        sample.settings.address = Some("https://voorbeeld.nl/boekje/".into());
        sample.entry("tips/één.html", "Een", None);
        let edition = sample.edition();
        let made = atom(&edition, &feeds(&edition)[0]);
        assert!(
            made.contains("<id>https://voorbeeld.nl/boekje/tips/%C3%A9%C3%A9n.html</id>")
        );
        assert!(made.contains("href=\"https://voorbeeld.nl/boekje/feed.xml\""));
        assert!(made.contains("href=\"https://voorbeeld.nl/boekje/\""));
    }

    #[test]
    fn nothing_typed_becomes_markup() {
        let mut sample = Sample::default();
        let bad = "<script>]]>\u{0}\u{8}&\" 123456782";
        sample.settings.title = bad.into();
        sample.settings.publisher = Some(bad.into());
        sample.summary = bad.into();
        sample.theme = bad.into();
        sample.entry("tips/een.html", bad, None);
        let edition = sample.edition();
        let made = atom(&edition, &feeds(&edition)[0]);
        assert!(!made.contains("<script") && !made.contains(['\u{0}', '\u{8}']));
        assert!(!made.contains("123456782") && made.contains("▇▇▇"));
        assert_eq!(made.matches("&lt;script&gt;]]&gt;&amp;&quot; ").count(), 5, "{made}");
    }
}
