//! Search without a server: a small index in classic scripts.
//!
//! [`add`] gives the files of the index and says which ones the search page loads at once;
//! `js/search.js` of the theme reads the rest when somebody types. Scripts instead of data
//! files, so that it works from a folder too (`file://`) and below a strict policy for
//! scripts. The index is made from the public edition only, once, when the first of its
//! files is asked for.
//!
//! Per language (`nl`): `zoek/nl.js`, the head, says which words stand in which shard;
//! `zoek/nl-w0.js` … hold words with where they stand; `zoek/nl-d0.js` … hold what to show
//! of each text, `zoek/nl-t0.js` … the running text of each, to show a passage from (not
//! above some thousands of texts: it would double what is written), and `zoek/nl-f.js` the
//! kinds and themes, to choose from. All of them call `boekjeZoek(name, data)`.

mod gather;
mod index;
mod script;
mod stem;
mod words;

use crate::compose::{Edition, Entry, EntryId, Public};
use crate::files::{Files, Sum};
use crate::lock::Drawer;
use crate::text::Address;
use gather::Heard;
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

/// Tells whether a file of the index says in codes what stands where. Three letters of a
/// code may well be a name, and words are written there without how they begin: no name can
/// be read in it.
pub fn is_coded(address: &Address) -> bool {
    let name =
        address.as_str().strip_prefix("zoek/").and_then(|it| it.strip_suffix(".js"));
    name.is_some_and(|name| {
        let kind = name.rsplit('-').next().unwrap_or_default();
        !name.contains('-') || kind.starts_with(['w', 'f'])
    })
}

/// Decides how many shards of words, near 16 kB each, some bytes of text need. The first
/// megabyte brings most of the words; what comes after it, mostly where they stand.
fn shards_for(length: usize) -> usize {
    let first = length.min(1_000_000);
    (first.div_ceil(60_000) + (length - first) / 150_000).clamp(1, 2000)
}

/// What one language's index is made of; known before any text is read word by word.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plan {
    /// First part of the language's name: `nl`.
    lang: String,
    /// Its texts, in the order of their addresses.
    texts: Vec<EntryId>,
    /// Shards of words.
    shards: usize,
    /// Texts in one file of what to show.
    a_file: usize,
    /// Whether there is a file with the running text of each text.
    passages: bool,
}

/// Above so many texts in one language a result shows the summary, no passage.
const PASSAGES: usize = 2000;

impl Plan {
    fn shown_files(&self) -> usize {
        self.texts.len().div_ceil(self.a_file)
    }

    /// Returns the names of the files with a running text, each with its text.
    fn passages(&self) -> impl Iterator<Item = (String, EntryId)> {
        let texts = self.texts.iter().filter(|_| self.passages);
        texts.enumerate().map(|(at, id)| (format!("{}-t{at}", self.lang), *id))
    }

    /// Returns the names of the files that are made together: the head, the shards, what to
    /// show, the kinds and themes.
    fn names(&self) -> Vec<String> {
        let lang = &self.lang;
        std::iter::once(lang.clone())
            .chain((0..self.shards).map(|at| format!("{lang}-w{at}")))
            .chain((0..self.shown_files()).map(|at| format!("{lang}-d{at}")))
            .chain(std::iter::once(format!("{lang}-f")))
            .collect()
    }
}

/// What builds before heard in the texts of a site.
pub struct Kept<'a> {
    /// Where that is noted.
    pub drawer: &'a Drawer,
    /// Adds up what the page of a text is made of: its words are made of no more.
    pub sum: Box<dyn Fn(EntryId) -> Option<Sum> + Send + Sync + 'a>,
}

impl Kept<'_> {
    /// Returns the words of a text as they were noted, or else hears and notes them now.
    fn heard(&self, id: EntryId, hear: impl FnOnce() -> Vec<Heard>) -> Vec<Heard> {
        let Some(sum) = (self.sum)(id) else { return hear() };
        let key = Sha256::new_with_prefix("heard").chain_update(sum).finalize().into();
        let noted = self.drawer.find(&key);
        let noted = noted.and_then(|note| postcard::from_bytes(&note).ok());
        noted.unwrap_or_else(|| {
            let heard = hear();
            if let Ok(note) = postcard::to_extend(&heard, Vec::new()) {
                self.drawer.put(&key, &note);
            }
            heard
        })
    }
}

/// Adds the index of every language; `kept` is what builds before heard. Returns the
/// addresses of the heads: scripts for the search page, behind `js/search.js`.
pub fn add<'a>(
    files: &mut Files<'a>,
    edition: &'a Edition<'a, Public>,
    kept: Option<Kept<'a>>,
) -> Vec<String> {
    let (mut heads, kept) = (Vec::new(), Arc::new(kept));
    for plan in plans(edition) {
        let addresses: Vec<Address> =
            plan.names().iter().map(|name| Address::new(&file_name(name))).collect();
        heads.extend(addresses.first().map(|head| head.as_str().to_string()));
        for (name, id) in plan.passages() {
            let own = Arc::clone(&kept);
            let sum = move || {
                let page = ((*own).as_ref()?.sum)(id)?;
                let sum = Sha256::new_with_prefix("running").chain_update(page);
                Some(sum.finalize().into())
            };
            let address = Address::new(&file_name(&name));
            let make = move || Ok(running(&name, edition.entry(id)));
            files.add_of(address, Arc::new(sum), make);
        }
        let made: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
        let kept = Arc::clone(&kept);
        let make = move || scripts(edition, &plan, (*kept).as_ref());
        files.add_all(addresses, Arc::new(move || Ok(made.get_or_init(&make).clone())));
    }
    heads
}

fn file_name(name: &str) -> String {
    format!("zoek/{name}.js")
}

/// Decides on the files of each language: by the amount of text, not by its words, so that
/// addresses are known before the index is made.
fn plans<R>(edition: &Edition<'_, R>) -> Vec<Plan> {
    let mut langs: Vec<&str> = Vec::new();
    let site = edition.settings().lang.primary();
    for entry in edition.entries().filter(|entry| entry.listed) {
        if !langs.contains(&entry.lang.primary()) {
            langs.push(entry.lang.primary());
        }
    }
    // The language of the site first.
    langs.sort_by_key(|lang| (*lang != site, *lang));
    langs.into_iter().map(|lang| plan(edition, lang)).collect()
}

fn plan<R>(edition: &Edition<'_, R>, lang: &str) -> Plan {
    let mut texts: Vec<(&Address, EntryId)> = edition
        .ids()
        .filter(|(_, entry)| entry.listed && entry.lang.primary() == lang)
        .map(|(id, entry)| (&entry.address, id))
        .collect();
    texts.sort();
    let texts: Vec<EntryId> = texts.into_iter().map(|(_, id)| id).collect();
    let length = |id| edition.entry(id).body.glance().length;
    let length: usize = texts.iter().map(|id| length(*id)).sum();
    Plan {
        lang: lang.to_string(),
        shards: shards_for(length),
        // Few texts: little to load for each one shown. Many texts: fewer files.
        a_file: if texts.len() <= 400 { 8 } else { 16 },
        passages: texts.len() <= PASSAGES,
        texts,
    }
}

/// Makes the file with the running text of a page.
fn running(name: &str, entry: &Entry<'_>) -> Vec<u8> {
    script::call(name, &script::quoted(&gather::running(entry)))
}

/// Makes the other files of one language, in the order of [`Plan::names`].
fn scripts<R: Sync>(
    edition: &Edition<'_, R>,
    plan: &Plan,
    kept: Option<&Kept<'_>>,
) -> Vec<Vec<u8>> {
    let texts: Vec<&Entry<'_>> = plan.texts.iter().map(|id| edition.entry(*id)).collect();
    let themes: Vec<Vec<&str>> = texts
        .iter()
        .map(|entry| {
            let lists = entry.themes.iter().filter_map(|at| edition.lists().get(*at));
            lists.map(|list| list.title.as_str()).collect()
        })
        .collect();
    let told: Vec<_> = plan.texts.iter().zip(texts.iter().zip(&themes)).collect();
    let index = index::make(&told, &plan.lang, &|(id, (entry, themes))| {
        let hear = || gather::heard(entry, themes);
        kept.map_or_else(hear, |kept| kept.heard(**id, hear))
    });
    let shards = script::shards(&index, plan.shards);
    let mut data = vec![script::head(&texts, &shards, plan.a_file, plan.passages)];
    data.extend(shards.iter().map(|shard| script::quoted(&shard.text)));
    let files = texts.chunks(plan.a_file).zip(themes.chunks(plan.a_file));
    data.extend(files.map(|(texts, themes)| script::shown(texts, themes)));
    data.push(script::facets(&texts, &themes));
    let names = plan.names();
    names.iter().zip(&data).map(|(name, data)| script::call(name, data)).collect()
}

#[cfg(test)]
mod tests;
