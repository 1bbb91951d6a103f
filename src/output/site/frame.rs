//! What all pages of the site share, made once: words, menu, cards of texts, lists.

use super::feed::feeds;
use super::fixed;
use super::value::{list, map, maybe, safe, text, with_mail};
use crate::compose::{Chosen, Entry, EntryId, List, ListKind, VoiceRow};
use crate::files::Sum;
use crate::lang::{Lang, Table};
use crate::model::Kind;
use crate::output::html::{Inside, Shared, capital};
use crate::output::{Beside, Download, about};
use crate::text::{Address, redact};
use crate::theme::Theme;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use tera::Value;

/// A name of the site with more letters than this stands in smaller ones on top of a page.
const LONG: usize = 40;

/// Everything a page needs besides itself.
pub(super) struct Site<'a> {
    pub(super) edition: &'a Chosen<'a>,
    pub(super) theme: &'a Theme,
    pub(super) html: Shared<'a>,
    pub(super) search: bool,
    /// Booklets that can be had from here.
    downloads: Vec<Download>,
    /// Page → the picture that other sites show beside a link to it.
    pub(super) shares: BTreeMap<Address, Address>,
    /// What comes along with the pages of one reader.
    inside: Option<&'a Inside>,
    /// `locked` in templates: nothing for the site for everybody.
    pub(super) locked: Value,
    /// A card for every entry, by its id, made when a page shows it.
    cards: OnceLock<Vec<OnceLock<Value>>>,
    /// What every entry tells of itself on other pages, added up; see `same`.
    pub(super) faces: OnceLock<Vec<OnceLock<Option<Sum>>>>,
    /// What the page of every entry is made of, and what all pages share; see `same`.
    pub(super) sums: OnceLock<Vec<OnceLock<Option<Sum>>>>,
    pub(super) shared: OnceLock<Sum>,
    /// A card for every list, by its number.
    pub(super) lists: Vec<Value>,
    /// The list a list lies in.
    pub(super) above: Vec<Option<usize>>,
    /// `site` in templates.
    pub(super) site: Value,
    /// `menu` in templates.
    pub(super) menu: Value,
    words: BTreeMap<&'a str, Value>,
}

impl<'a> Site<'a> {
    /// Gathers what the pages share.
    pub(super) fn new(
        edition: &'a Chosen<'a>,
        theme: &'a Theme,
        search: bool,
        beside: Beside<'_>,
    ) -> Self {
        let shares =
            beside.shares.into_iter().map(|one| (one.page, one.address)).collect();
        let downloads = beside.downloads;
        let mut site = Site {
            edition,
            theme,
            html: Shared::new(edition),
            search,
            downloads,
            shares,
            inside: None,
            locked: Value::none(),
            cards: OnceLock::new(),
            faces: OnceLock::new(),
            sums: OnceLock::new(),
            shared: OnceLock::new(),
            lists: Vec::new(),
            above: above(edition.lists()),
            site: Value::none(),
            menu: Value::none(),
            words: BTreeMap::new(),
        };
        let langs = edition.entries().map(|entry| entry.lang);
        let langs = langs.chain(edition.lists().iter().map(|list| &list.lang));
        for lang in langs.chain([&edition.settings().lang]) {
            site.words.entry(lang.primary()).or_insert_with(|| theme.told(lang));
        }
        site.lists = edition.lists().iter().map(|list| site.list_card(list)).collect();
        site.site = site.about();
        site.menu = list(edition.menu().iter().map(|item| {
            let lang = edition.lang_at(&item.address);
            map([
                ("title", text(&item.title)),
                ("href", href(&item.address)),
                ("lang", text(lang.tag())),
                ("dir", text(lang.dir())),
            ])
        }));
        site
    }

    /// Gathers the same for an edition that differs from this one only in what some texts
    /// say, and not in what others tell of them.
    pub(super) fn like<'b>(
        &self,
        edition: &'b Chosen<'b>,
        theme: &'b Theme,
        beside: Beside<'_>,
    ) -> Site<'b>
    where
        'a: 'b,
    {
        let shares = beside.shares.into_iter().map(|one| (one.page, one.address));
        Site {
            edition,
            theme,
            html: self.html.like(edition),
            search: self.search,
            downloads: beside.downloads,
            shares: shares.collect(),
            inside: self.inside,
            locked: self.locked.clone(),
            // What a card says of a text may come from its words.
            cards: OnceLock::new(),
            faces: OnceLock::new(),
            sums: OnceLock::new(),
            shared: OnceLock::new(),
            lists: self.lists.clone(),
            above: self.above.clone(),
            site: self.site.clone(),
            menu: self.menu.clone(),
            words: self.words.clone(),
        }
    }

    /// Gathers what the pages of one reader share.
    pub(super) fn closed(
        edition: &'a Chosen<'a>,
        theme: &'a Theme,
        inside: &'a Inside,
        downloads: &[Download],
    ) -> Self {
        let beside = Beside { downloads: downloads.to_vec(), ..Beside::default() };
        let mut site = Site::new(edition, theme, false, beside);
        site.inside = Some(inside);
        let many = edition.entries().filter(|one| one.kind != Kind::Site).count();
        let home = edition.home().filter(|_| many > 1);
        site.html = Shared::new(edition).within(inside);
        site.locked = map([("home", maybe(home, |id| href(&edition.entry(id).address)))]);
        site
    }

    /// Returns the language of the site.
    pub(super) fn lang(&self) -> &'a Lang {
        &self.edition.settings().lang
    }

    /// Returns the words of a language, for templates.
    pub(super) fn words(&self, lang: &Lang) -> Value {
        self.words.get(lang.primary()).cloned().unwrap_or_else(|| self.theme.told(lang))
    }

    /// Returns the words of a language.
    pub(super) fn table(&self, lang: &Lang) -> &'a Table {
        self.theme.words(lang)
    }

    /// Returns the language of our words on a page in a language: where we have none in it,
    /// they are in another.
    pub(super) fn spoken(&self, lang: &Lang) -> Lang {
        let own = self.table(lang).get("lang");
        let other = Lang::read(own).filter(|_| own != lang.primary());
        other.unwrap_or_else(|| lang.clone())
    }

    /// Returns the name of a language as its speakers write it; its tag where we have no
    /// words in it.
    pub(super) fn own_name(&self, lang: &Lang) -> String {
        let table = self.table(lang);
        let known = table.get("lang") == lang.primary();
        if known { table.get("name").to_string() } else { lang.tag().to_string() }
    }

    /// Returns the card of an entry.
    pub(super) fn card_of(&self, id: EntryId) -> Value {
        let card = || self.card(self.edition.entry(id));
        let known = self.cards.get_or_init(|| self.none()).get(id.0 as usize);
        known.map_or_else(Value::none, |known| known.get_or_init(card).clone())
    }

    /// Returns a place for something of each entry, made when it is asked for.
    pub(super) fn none<T>(&self) -> Vec<OnceLock<T>> {
        self.edition.entries().map(|_| OnceLock::new()).collect()
    }

    /// Returns the title of a list; lists of kinds go by the words of their language.
    pub(super) fn list_title(&self, list: &List) -> String {
        match list.kind {
            ListKind::Kind(kind) if list.title.is_empty() => {
                let name = crate::kind::row(kind).name;
                self.table(&list.lang).get(&format!("kinds.{name}")).to_string()
            }
            _ => redact(&list.title).into_owned(),
        }
    }

    fn card(&self, entry: &Entry<'_>) -> Value {
        let table = self.table(entry.lang);
        let kind = crate::kind::row(entry.kind).name;
        map([
            ("title", text(&entry.title)),
            ("href", href(&entry.address)),
            ("lang", text(entry.lang.tag())),
            ("dir", text(entry.lang.dir())),
            ("ui", ui(entry.lang, table)),
            ("summary", text(&entry.summary)),
            ("kind", text(kind)),
            ("kind_word", text(self.table(self.lang()).get(&format!("kind.{kind}")))),
            ("number", maybe(entry.number, Value::from)),
            ("by", maybe(about::by(entry, table), |by| text(&by))),
            ("voices", self.voices(entry, table)),
        ])
    }

    fn list_card(&self, list: &List) -> Value {
        let table = self.table(&list.lang);
        let count = match self.edition.texts_of(list).len() {
            1 => table.get("page.count-one").to_string(),
            n => table.say("page.count", &[("n", &n.to_string())]),
        };
        map([
            ("title", text(&self.list_title(list))),
            ("href", href(&list.address)),
            ("lang", text(list.lang.tag())),
            ("dir", text(list.lang.dir())),
            ("count", text(&count)),
        ])
    }

    /// Returns what the page of a booklet tells of its files.
    pub(super) fn told_downloads(&self, entry: &Entry<'_>) -> Vec<impl Serialize> {
        let own = self.downloads.iter().filter(|one| one.booklet == entry.address);
        own.map(Download::told).collect()
    }

    /// Tells whether a booklet can be had.
    pub(super) fn has_downloads(&self, entry: &Entry<'_>) -> bool {
        self.downloads.iter().any(|one| one.booklet == entry.address)
    }

    /// Returns the files of a booklet, each with what it is, in the words of a page.
    pub(super) fn downloads(&self, entry: &Entry<'_>, table: &Table) -> Value {
        let own = self.downloads.iter().filter(|one| one.booklet == entry.address);
        list(own.map(|one| {
            let number = self.inside.map(|inside| inside.number(&one.address) as u64);
            map([
                ("href", href(&one.address)),
                ("inside", maybe(number, Value::from)),
                ("words", text(&one.words(table))),
                ("format", text(one.format)),
            ])
        }))
    }

    /// Returns the voices that speak in an entry: name, word, and their list.
    pub(super) fn voices(&self, entry: &Entry<'_>, table: &Table) -> Value {
        list(entry.voices.iter().filter_map(|&at| self.voice(at, table)))
    }

    /// Returns a voice by its number.
    pub(super) fn voice(&self, at: usize, table: &Table) -> Option<Value> {
        let voice = self.edition.voices().get(at)?;
        let named = |key: &str| table.get(&format!("{key}.{}", voice.name)).to_string();
        let word =
            if voice.word.is_empty() { named("voice") } else { voice.word.clone() };
        let meaning = meaning(voice, table);
        let found = self.edition.lists().iter().find(|list| self.is_of(list, voice));
        Some(map([
            ("name", text(&voice.name)),
            ("word", text(&redact(&word))),
            ("meaning", text(&redact(&meaning))),
            ("href", maybe(found, |list| href(&list.address))),
        ]))
    }

    /// Tells whether a list holds what a voice said.
    fn is_of(&self, list: &List, voice: &VoiceRow) -> bool {
        let key = format!("voice.{}", voice.name);
        let own = [voice.word.as_str(), self.table(self.lang()).get(&key)];
        list.kind == ListKind::Voice && own.contains(&list.title.as_str())
    }

    /// Returns who speaks in a list of what one voice said, in a few words.
    pub(super) fn meaning_of(&self, list: &List, table: &Table) -> Option<String> {
        let voice = self.edition.voices().iter().find(|voice| self.is_of(list, voice))?;
        let said = redact(&meaning(voice, table)).into_owned();
        Some(capital(&said)).filter(|said| !said.is_empty())
    }

    fn about(&self) -> Value {
        let settings = self.edition.settings();
        let said = |one: &Option<String>| maybe(one.as_ref(), |one| text(&redact(one)));
        let themes = self.edition.lists().iter().any(|list| list.kind == ListKind::Theme);
        map([
            ("title", text(&self.title())),
            ("is_long", Value::from(self.title().chars().count() > LONG)),
            ("lang", text(settings.lang.tag())),
            ("dir", text(settings.lang.dir())),
            ("address", maybe(settings.address.as_ref(), |address| text(address))),
            ("publisher", said(&settings.publisher)),
            ("footer", said(&settings.footer)),
            ("contact", said(&settings.contact)),
            (
                "contact_line",
                maybe(settings.contact.as_ref(), |one| {
                    let words = self.table(self.lang());
                    with_mail(&words.say("page.contact", &[("contact", &redact(one))]))
                }),
            ),
            ("exit", text(fixed::EXIT)),
            (
                "accessibility",
                list(
                    self.edition
                        .entries()
                        .filter(|entry| entry.kind == Kind::Access)
                        .map(|entry| self.card(entry)),
                ),
            ),
            ("register", text(fixed::REGISTER)),
            ("search", maybe(self.search.then_some(fixed::SEARCH), text)),
            ("themes", maybe(themes.then_some(fixed::THEMES), text)),
            ("feed", maybe(feeds(self.edition).first(), |feed| href(&feed.address))),
        ])
    }

    /// Returns the title of the site.
    pub(super) fn title(&self) -> String {
        redact(&self.edition.settings().title).into_owned()
    }
}

/// Returns what a voice is about: as its booklet says, or in our words.
fn meaning(voice: &VoiceRow, table: &Table) -> String {
    match voice.meaning.as_str() {
        "" if voice.word.is_empty() => {
            table.get(&format!("voice-meaning.{}", voice.name)).to_string()
        }
        meaning => meaning.to_string(),
    }
}

/// Returns, for every list, the list it lies in.
fn above(lists: &[List]) -> Vec<Option<usize>> {
    let mut above = vec![None; lists.len()];
    for (at, list) in lists.iter().enumerate() {
        for &inner in &list.lists {
            if let Some(place) = above.get_mut(inner) {
                *place = Some(at);
            }
        }
    }
    above
}

/// Returns an address as it stands behind `top` in a link.
pub(super) fn href(address: &Address) -> Value {
    text(&address.escaped())
}

/// Returns the attributes for words of ours on a page in a language we have no words in.
pub(super) fn ui(lang: &Lang, table: &Table) -> Value {
    let own = table.get("lang");
    if own == lang.primary() {
        return safe("");
    }
    attributes(own, Lang::read(own).map_or("ltr", |lang| lang.dir()))
}

/// Returns the attributes of another language.
pub(super) fn attributes(tag: &str, dir: &str) -> Value {
    safe(&format!(" lang=\"{tag}\" dir=\"{dir}\""))
}
