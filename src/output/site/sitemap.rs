//! For search engines: `sitemap.xml` when the site has an absolute address, `robots.txt`
//! always.

use super::feed::{absolute, base, changed};
use crate::compose::{Edition, Public, fixed};
use crate::files::Files;
use crate::output::html::covered;
use crate::text::Address;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A sitemap may hold so many addresses.
const LONGEST: usize = 50_000;

/// What every `robots.txt` says.
pub const EVERYBODY: &str = "User-agent: *\nDisallow:\n";

/// Adds the sitemap and `robots.txt`.
pub(super) fn add<'a>(files: &mut Files<'a>, edition: &'a Edition<'a, Public>) {
    let base = base(edition);
    let robots = robots(base.as_deref());
    files.add(Address::new("robots.txt"), move || Ok(robots.clone().into_bytes()));
    let Some(base) = base else { return };
    let count = pages(edition).len().div_ceil(LONGEST).max(1);
    if count == 1 {
        let make = move || Ok(sitemap(&base, pages(edition).iter()).into_bytes());
        return files.add(Address::new("sitemap.xml"), make);
    }
    for at in 0..count {
        let base = base.clone();
        files.add(Address::new(&format!("sitemap-{}.xml", at + 1)), move || {
            let pages = pages(edition);
            Ok(sitemap(&base, pages.iter().skip(at * LONGEST).take(LONGEST)).into_bytes())
        });
    }
    files.add(Address::new("sitemap.xml"), move || Ok(of_all(&base, count).into_bytes()));
}

fn robots(base: Option<&str>) -> String {
    let mut robots = String::from(EVERYBODY);
    if let Some(base) = base {
        robots.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
    }
    robots
}

/// Every page that may be found, with the day it last changed.
fn pages<R>(edition: &Edition<'_, R>) -> BTreeMap<Address, Option<Date>> {
    let mut pages = BTreeMap::new();
    for entry in edition.entries().filter(|entry| entry.listed) {
        pages.insert(entry.address.clone(), changed(entry));
    }
    let lists = edition.lists().iter().map(|list| list.address.clone());
    let own = [fixed::HOME, fixed::REGISTER].map(Address::new);
    for address in lists.chain(own) {
        pages.entry(address).or_insert(None);
    }
    pages
}

const SCHEMA: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

fn sitemap<'p>(
    base: &str,
    pages: impl Iterator<Item = (&'p Address, &'p Option<Date>)>,
) -> String {
    let mut out =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset {SCHEMA}>\n");
    for (address, day) in pages {
        let place = covered(&absolute(base, address));
        out.push_str(&format!("<url><loc>{place}</loc>"));
        if let Some(day) = day {
            out.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

fn of_all(base: &str, count: usize) -> String {
    let mut out =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex {SCHEMA}>\n");
    for at in 1..=count {
        let place = covered(&format!("{base}sitemap-{at}.xml"));
        out.push_str(&format!("<sitemap><loc>{place}</loc></sitemap>\n"));
    }
    out.push_str("</sitemapindex>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn listed_pages_with_absolute_addresses() {
        let mut sample = Sample::default();
        sample.entry("tips/een.html", "Een", Some(date(2026, 3, 4)));
        sample.entry("_stil.html", "_Stil", None);
        let edition = sample.edition();
        let made = sitemap("https://x.nl/", pages(&edition).iter());
        assert!(made.contains(
            "<loc>https://x.nl/tips/een.html</loc><lastmod>2026-03-04</lastmod>"
        ));
        assert!(made.contains("<loc>https://x.nl/</loc></url>"), "the canonical address");
        assert!(!made.contains("stil"), "what is not listed is not there");
    }

    #[test]
    fn robots_name_the_sitemap_only_when_there_is_one() {
        assert_eq!(robots(None), "User-agent: *\nDisallow:\n");
        assert!(
            robots(Some("https://x.nl/"))
                .ends_with("Sitemap: https://x.nl/sitemap.xml\n")
        );
        assert!(
            of_all("https://x.nl/", 2).contains("<loc>https://x.nl/sitemap-2.xml</loc>")
        );
    }
}
