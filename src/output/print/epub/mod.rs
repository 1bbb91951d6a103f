//! The booklet for e-readers and telephones: EPUB 3.3 with Accessibility 1.1.
//!
//! The same HTML as on the site ([`crate::output::html`]), as XHTML (`xhtml`), each text a
//! page (`page`), a way through them (`nav`), all in a package of our own (`package`,
//! `boxed`): full say over who is told what about it, and the same bytes for the same
//! texts. It flows; it carries the page numbers of the A5 booklet (`places`), so that
//! people in one room find the same place. Letters come along only for scripts that many
//! readers lack (`letters`).

mod boxed;
mod letters;
mod nav;
mod package;
mod page;
mod places;
mod xhtml;

use super::book::{Book, Shown, name};
use super::pictures::Pictures;
use crate::compose::{Edition, Entry, EntryId};
use crate::lang::Lang;
use crate::model::{AssetId, Block, Key, Kind, plain};
use crate::output::{about, html};
use crate::picture::renditions;
use crate::text::redact;
use nav::{Line, PagePlace};
use package::{About, Item, book_of};
use places::Here;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Page of the A5 booklet on which each piece begins, by the name of the piece.
pub(super) type PageNumbers = BTreeMap<String, usize>;

/// What an e-book has of the A5 booklet.
#[derive(Debug, Clone, Default)]
pub struct OfPaper {
    /// Its pages.
    pub(super) numbers: PageNumbers,
    /// Its cover as a PNG, for a booklet without a photo of its own.
    pub(super) cover: Vec<u8>,
}

/// Path of the cover that was drawn from the A5.
const DRAWN: &str = "omslag.png";

const XHTML: &str = "application/xhtml+xml";

/// Makes the e-book, with what it has of the A5. `None` when it is too large for its box.
pub(super) fn epub<R>(
    book: &Book<'_>,
    edition: &Edition<'_, R>,
    pictures: &Pictures,
    paper: &OfPaper,
) -> Option<Vec<u8>> {
    let mut maker = Maker {
        book,
        sizes: sizes(edition, &pictures.shown),
        paper,
        items: Vec::new(),
        way: Vec::new(),
        pages: Vec::new(),
        pictures: BTreeSet::new(),
    };
    let cover = maker.cover();
    let title = page::title(book);
    maker.add("titel.xhtml", title);
    // The contents are read too, behind the title; they are known at the end.
    let contents = maker.items.len();
    maker.preface();
    maker.parts();
    let about = maker.about();
    let nav = nav::nav(book, &maker.way, &maker.pages, cover.is_some());
    maker.add("nav.xhtml", nav);
    if let Some(mut nav) = maker.items.pop() {
        nav.property = "nav";
        maker.items.insert(contents, nav);
    }
    let mut items = Vec::new();
    let written = maker.items.iter().map(|item| item.bytes.as_slice());
    let (style, fonts) = letters::letters(book.theme, written);
    items.push(item("style.css", "text/css", style.into_bytes()));
    items.extend(fonts);
    for (path, bytes) in &pictures.files {
        if !maker.pictures.contains(path) {
            continue;
        }
        let mut one = item(path, mime(path), bytes.to_vec());
        one.property = if cover.as_ref() == Some(path) { "cover-image" } else { "" };
        items.push(one);
    }
    if cover.as_deref() == Some(DRAWN) {
        let drawn = item(DRAWN, mime(DRAWN), paper.cover.clone());
        items.push(Item { property: "cover-image", ..drawn });
    }
    items.append(&mut maker.items);
    book_of(&about, &items)
}

fn item(path: &str, mime: &'static str, bytes: Vec<u8>) -> Item {
    Item { path: path.into(), mime, property: "", read: false, bytes }
}

fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "image/jpeg",
    }
}

/// Returns the file of a text in the book.
fn file_of(id: EntryId) -> String {
    format!("{}.xhtml", name(id))
}

/// Returns the path in the book of every size of every picture of the site.
fn sizes<R>(
    edition: &Edition<'_, R>,
    shown: &BTreeMap<AssetId, Shown>,
) -> BTreeMap<String, String> {
    let mut sizes = BTreeMap::new();
    for (id, placed) in edition.pictures() {
        let facts = placed.asset.facts.as_ref();
        let Some((facts, shown)) = facts.zip(shown.get(id)) else { continue };
        for one in renditions(facts) {
            sizes.insert(format!("{}{}", placed.base, one.suffix), shown.path.clone());
        }
    }
    sizes
}

/// Making one book.
struct Maker<'b, 'e> {
    book: &'b Book<'e>,
    sizes: BTreeMap<String, String>,
    paper: &'b OfPaper,
    /// The pages that are read, in order.
    items: Vec<Item>,
    /// The contents.
    way: Vec<Line>,
    /// The pages of the A5 that have their place.
    pages: Vec<PagePlace>,
    /// Pictures that are shown.
    pictures: BTreeSet<String>,
}

impl<'e> Maker<'_, 'e> {
    fn lang(&self) -> &'e Lang {
        self.book.booklet.lang
    }

    fn add(&mut self, path: &str, page: String) {
        self.items.push(Item { read: true, ..item(path, XHTML, page.into_bytes()) });
    }

    /// The page of the cover; returns the path of its picture. A booklet without a photo
    /// has the cover that it has on paper: many shelves show no drawing in lines.
    fn cover(&mut self) -> Option<String> {
        let title = self.book.booklet.title.as_str();
        let own = self.own_cover();
        let drawn = !self.paper.cover.is_empty();
        let (path, alt) = match own {
            Some((shown, alt)) if !(drawn && shown.drawing) => {
                self.pictures.insert(shown.path.clone());
                (shown.path.clone(), if alt.is_empty() { title } else { alt }.to_string())
            }
            Some((_, alt)) if !alt.is_empty() => {
                (DRAWN.into(), format!("{title}. {alt}"))
            }
            _ if drawn => (DRAWN.into(), title.to_string()),
            _ => return None,
        };
        let page = page::cover(self.book, &path, &alt);
        self.add("cover.xhtml", page);
        Some(path)
    }

    /// Returns the picture of the booklet, and what is on it.
    fn own_cover(&self) -> Option<(&'e Shown, &'e str)> {
        let book = self.book;
        let entry = book.booklet.entry?;
        let picture = entry.pictures.get(&entry.image?)?;
        let shown = book.pictures.get(&picture.asset?)?;
        let alt = match picture.alt.trim() {
            _ if picture.decorative => "",
            "" => book.words(self.lang()).get("part.picture-unnamed"),
            alt => alt,
        };
        Some((shown, alt))
    }

    /// What the text of the booklet says before its first part.
    fn preface(&mut self) {
        let lead = self.own_words(&self.book.booklet.lead);
        if lead.is_empty() {
            return;
        }
        let title = &self.book.booklet.title;
        let body = format!(
            "<section epub:type=\"preface\" role=\"doc-preface\" aria-label=\"{}\">\n{lead}</section>\n",
            html::covered(title)
        );
        let page = page::page(title, self.lang(), "vooraf", &body);
        self.add("vooraf.xhtml", page);
    }

    /// Some blocks of the text of the booklet itself.
    fn own_words(&mut self, blocks: &[&'e Block]) -> String {
        let book = self.book;
        let Some(entry) = book.booklet.entry.filter(|_| !blocks.is_empty()) else {
            return String::new();
        };
        let made = html::some_blocks(book.shared, entry, book.words(entry.lang), blocks);
        let id = EntryId(u32::MAX);
        self.xhtml(id, entry, &made)
    }

    fn xhtml(&mut self, id: EntryId, entry: &Entry<'_>, made: &str) -> String {
        let mut here = Here {
            book: self.book,
            id,
            entry,
            sizes: &self.sizes,
            numbers: &self.paper.numbers,
            used: &mut self.pictures,
            pages: &mut self.pages,
        };
        xhtml::xhtml(made, &mut here)
    }

    fn parts(&mut self) {
        for (at, part) in self.book.booklet.parts.iter().enumerate() {
            let entries: Vec<(EntryId, &Entry<'_>)> = (part.texts.iter())
                .filter_map(|id| Some((*id, *self.book.entries.get(id)?)))
                .collect();
            let title = part.title.map(|title| redact(plain(title).trim()).into_owned());
            let Some(title) = title else {
                for (id, entry) in entries {
                    let line = self.text(id, entry);
                    self.way.push(line);
                }
                continue;
            };
            let href = format!("deel{at}.xhtml");
            let lead = self.own_words(&part.lead);
            let mark = self.part_mark(at, &href);
            let page = page::part(self.book, &title, &format!("{mark}{lead}"), &entries);
            self.add(&href, page);
            let inner =
                entries.into_iter().map(|(id, entry)| self.text(id, entry)).collect();
            self.way.push(Line { title, lang: None, href, inner });
        }
    }

    /// Marks the page of the A5 on which a part begins.
    fn part_mark(&mut self, at: usize, file: &str) -> String {
        let page = self.paper.numbers.get(&format!("p{at}")).copied();
        page.and_then(|page| places::mark(&mut self.pages, file, page))
            .unwrap_or_default()
    }

    fn text(&mut self, id: EntryId, entry: &'e Entry<'e>) -> Line {
        let book = self.book;
        let words = book.words(entry.lang);
        let image = html::image_on(book.shared, entry, &entry.address, words);
        let mut made = format!("<{} 0>", html::PIECE);
        made.push_str(&page::opener(book, entry));
        made.push_str(&image.unwrap_or_default());
        let body = html::body_in_pieces(book.shared, entry, words);
        made.push_str(&body.lead);
        if entry.kind == Kind::Voices {
            made.push_str(&page::voices(book, words));
        }
        body.parts.iter().for_each(|part| made.push_str(&part.all()));
        made.push_str(&body.notes);
        made.push_str(&page::consent(&about::consent(entry, words)));
        let kind = crate::kind::row(entry.kind).name;
        let body = format!(
            "<section epub:type=\"chapter\" role=\"doc-chapter\" aria-labelledby=\"titel_\">\n{}</section>\n",
            self.xhtml(id, entry, &made)
        );
        let page = page::page(&entry.title, entry.lang, kind, &body);
        self.add(&file_of(id), page);
        let own = entry.lang != self.lang();
        Line {
            title: entry.title.to_string(),
            lang: own.then(|| page::language(entry.lang)),
            href: file_of(id),
            inner: Vec::new(),
        }
    }

    fn about(&self) -> About {
        let book = self.book;
        let booklet = book.booklet;
        let isbn = booklet.said(Key::Isbn);
        let identifier = isbn.as_deref().and_then(isbn_name).unwrap_or_else(|| {
            format!("urn:uuid:{}", uuid(&format!("{}\n{}", booklet.title, booklet.slug)))
        });
        let others: BTreeSet<String> = (book.texts())
            .filter(|(_, entry)| entry.lang != booklet.lang)
            .map(|(_, entry)| entry.lang.tag().to_string())
            .collect();
        About {
            identifier,
            title: booklet.title.clone(),
            lang: booklet.lang.tag().to_string(),
            others: others.into_iter().collect(),
            rtl: booklet.lang.is_rtl(),
            authors: booklet.said(Key::Authors),
            publisher: booklet.said(Key::Publisher),
            license: booklet.said(Key::License),
            summary: booklet.said(Key::Summary).or(booklet.said(Key::Subtitle)),
            day: book.today.to_string(),
            pages_of: (!self.pages.is_empty())
                .then(|| isbn.unwrap_or_else(|| format!("{} (A5)", booklet.title))),
            pictures: !self.pictures.is_empty(),
            described: book.texts().all(|(_, entry)| described(entry))
                && booklet.entry.is_none_or(described),
            accessibility: book.words(booklet.lang).get("booklet.accessibility").into(),
        }
    }
}

fn described(entry: &Entry<'_>) -> bool {
    entry.pictures.values().all(|one| one.decorative || !one.alt.trim().is_empty())
}

/// Returns the name of a book with this number; `None` when it is no such number.
fn isbn_name(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let whole = matches!(digits.len(), 10 | 13)
        && digits.bytes().take(digits.len() - 1).all(|byte| byte.is_ascii_digit());
    whole.then(|| format!("urn:isbn:{digits}"))
}

/// Returns a name for a book that is the same for every edition of it (UUID version 8:
/// made of a digest).
fn uuid(text: &str) -> String {
    let mut bytes: Vec<u8> = Sha256::digest(text.as_bytes()).iter().copied().collect();
    bytes.truncate(16);
    for (at, keep, set) in [(6, 0x0f, 0x80), (8, 0x3f, 0x80)] {
        if let Some(byte) = bytes.get_mut(at) {
            *byte = (*byte & keep) | set;
        }
    }
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().concat();
    [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_books() {
        let name = isbn_name("978-90-000-0000-0").expect("thirteen digits");
        assert_eq!(name, "urn:isbn:9789000000000");
        assert_eq!(isbn_name("nog niet"), None);
        let name = uuid("Samen");
        assert_eq!((name.len(), &name[14..15]), (36, "8"));
        assert_ne!(name, uuid("Samen 2"));
    }
}
