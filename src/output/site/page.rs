//! One page: what stands around its content, and rendering it.

use super::exit;
use super::frame::{Site, attributes, href, ui};
use super::value::{list, map, maybe, text};
use crate::compose::EntryId;
use crate::lang::Lang;
use crate::picture::renditions;
use crate::problem::Problem;
use crate::text::Address;
use tera::{Context, Value};

/// A page without its content.
pub(super) struct Page<'p> {
    pub(super) address: &'p Address,
    pub(super) lang: &'p Lang,
    pub(super) title: String,
    /// Class of the body: what kind of page it is.
    pub(super) class: &'p str,
    pub(super) description: &'p str,
    /// Lists above it, the highest first: numbers in the edition's lists.
    pub(super) above: Vec<usize>,
    /// The text it shows.
    pub(super) entry: Option<EntryId>,
    /// Not for search engines.
    pub(super) hidden: bool,
}

impl Page<'_> {
    /// Renders the page with a template; `extra` is its content.
    pub(super) fn render<const N: usize>(
        &self,
        site: &Site<'_>,
        template: &str,
        extra: [(&'static str, Value); N],
    ) -> Result<Vec<u8>, Problem> {
        let mut values = Context::new();
        for (name, value) in extra {
            values.insert_value(name, value);
        }
        values.insert_value("site", site.site.clone());
        values.insert_value("menu", site.menu.clone());
        values.insert_value("words", site.words(self.lang));
        values.insert_value("site_words", site.words(site.lang()));
        values.insert_value("top", text(&self.top(site)));
        values.insert_value("here", href(self.address));
        values.insert_value("locked", site.locked.clone());
        values.insert_value("page", self.view(site));
        site.theme.render(template, &values).map(String::into_bytes)
    }

    /// Returns what leads from this page to the top of the site. A page for addresses that
    /// do not exist can stand anywhere, so it goes by the path of the site's own address: a
    /// whole address would ask another host wherever the site is tried first.
    fn top(&self, site: &Site<'_>) -> String {
        let address = &site.edition.settings().address;
        match address {
            Some(address) if self.address.as_str() == super::fixed::NOT_FOUND => {
                let path = address.split_once("://").map_or("", |(_, rest)| rest);
                let path = path.find('/').and_then(|at| path.get(at..)).unwrap_or("/");
                format!("{}/", path.trim_end_matches('/'))
            }
            _ => match self.address.to_top().as_str() {
                "./" => String::new(),
                top => top.to_string(),
            },
        }
    }

    fn view(&self, site: &Site<'_>) -> Value {
        let table = site.table(self.lang);
        let own = table.get("lang");
        let title = site.title();
        let full = if self.title == title || title.is_empty() {
            self.title.clone()
        } else {
            format!("{} – {title}", self.title)
        };
        let settings = site.edition.settings();
        let elsewhere = self.lang.tag() != settings.lang.tag();
        let chrome = if elsewhere {
            attributes(settings.lang.tag(), settings.lang.dir())
        } else {
            super::value::safe("")
        };
        let entry = self.entry.map(|id| site.edition.entry(id));
        let exit = exit::of(site.edition, entry, self.lang);
        let section = self.above.first().and_then(|&at| site.edition.lists().get(at));
        map([
            ("lang", text(self.lang.tag())),
            ("dir", text(self.lang.dir())),
            ("ui", ui(self.lang, table)),
            ("ui_lang", text(own)),
            ("chrome", chrome),
            ("title", text(&self.title)),
            ("full_title", text(&full)),
            ("class", text(&format!("page-{}", self.class))),
            ("description", text(self.description)),
            ("canonical", maybe(self.absolute(site, self.address), |at| text(&at))),
            ("alternates", self.alternates(site)),
            ("og_type", text(if self.entry.is_some() { "article" } else { "website" })),
            ("og_image", maybe(self.image(site), |at| text(&at))),
            ("exit", maybe(exit, |exit| text(&exit))),
            ("hidden", Value::from(self.hidden)),
            ("section", maybe(section, |list| href(&list.address))),
            ("crumbs", self.crumbs(site)),
        ])
    }

    fn absolute(&self, site: &Site<'_>, address: &Address) -> Option<String> {
        if self.hidden {
            return None;
        }
        let base = site.edition.settings().address.as_ref()?;
        Some(super::feed::absolute(base, address))
    }

    fn crumbs(&self, site: &Site<'_>) -> Value {
        if self.class == "home" {
            return list([]);
        }
        if !site.locked.is_none() {
            let home = site.edition.home().filter(|_| self.entry != site.edition.home());
            return list(home.map(|id| site.card_of(id)));
        }
        let settings = site.edition.settings();
        let home = map([
            ("title", text(&site.title())),
            ("home", Value::from(true)),
            ("href", text(super::fixed::HOME)),
            ("lang", text(settings.lang.tag())),
            ("dir", text(settings.lang.dir())),
        ]);
        let lists = self.above.iter().filter_map(|&at| site.lists.get(at).cloned());
        list(std::iter::once(home).chain(lists))
    }

    /// Returns this page and its translations, for search engines.
    fn alternates(&self, site: &Site<'_>) -> Value {
        let Some(id) = self.entry else { return list([]) };
        let translations = &site.edition.entry(id).translations;
        if translations.is_empty() {
            return list([]);
        }
        list(std::iter::once(&id).chain(translations).map(|&id| {
            let other = site.edition.entry(id);
            let link = self
                .absolute(site, &other.address)
                .unwrap_or_else(|| self.address.link_to(&other.address));
            map([("lang", text(other.lang.tag())), ("href", text(&link))])
        }))
    }

    /// Returns the picture of the text for other sites; only they need it, so only when
    /// the site has an address.
    fn image(&self, site: &Site<'_>) -> Option<String> {
        let base = site.edition.settings().address.as_ref()?;
        let address = self.own_image(site).or_else(|| {
            let home = Address::new(super::fixed::HOME);
            site.shares.get(self.address).or_else(|| site.shares.get(&home)).cloned()
        })?;
        Some(format!("{base}{}", address.escaped()))
    }

    /// Returns the largest size of the picture that the text brings.
    fn own_image(&self, site: &Site<'_>) -> Option<Address> {
        let entry = site.edition.entry(self.entry?);
        let picture = entry.pictures.get(&entry.image?)?;
        let placed = site.edition.pictures().get(&picture.asset?)?;
        let list = renditions(placed.asset.facts.as_ref()?);
        let largest = list
            .iter()
            .filter(|one| matches!(one.extension, "jpg" | "png"))
            .max_by_key(|one| one.width)?;
        Some(Address::new(&format!("{}{}", placed.base, largest.suffix)))
    }
}
