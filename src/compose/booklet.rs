//! What a booklet names: its list items are links, names of files, or a call such as
//! `alle tips` or `verhalen over luisteren`. The first mention wins, a second one goes.
//!
//! [`name_files`] makes links of names before links are resolved; [`fill`] answers the
//! calls when all texts have their place.

use super::edition::{Destination, Entry, EntryId, List, ListKind};
use super::finder::{Finder, Hit};
use crate::kind::find_kind;
use crate::lang::Lang;
use crate::model::{
    Block, BlockKind, Body, Foreign, Inline, InlineKind, Item, Kind, Link, LinkId,
    Section, Target, Text, Tree, plain,
};
use crate::problem::{Code, Problem};
use crate::text::{Address, Span, fold, fold_key, nearest};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Makes a link of every item that is the name of a file. Returns the new links; their
/// numbers follow those of the text.
pub(super) fn name_files(text: &Text, body: &mut Cow<'_, Tree>) -> Vec<Link> {
    let mut links = Vec::new();
    if text.kind != Kind::Booklet {
        return links;
    }
    each_list(body.to_mut(), &mut |items| {
        for item in items {
            let Some((line, path)) = words_of(item) else { continue };
            if !is_file(&path) {
                continue;
            }
            let id = LinkId((text.links.len() + links.len()) as u32);
            let target = Target::Inside { path, fragment: None };
            let span = line.first().map_or(item.span, |one| one.span);
            links.push(Link { span, target });
            let inner = line.clone();
            set_line(item, vec![Inline { span, kind: InlineKind::Link(id, inner) }]);
        }
    });
    links
}

/// Puts neutral words in the place of items that are the name or title of a text that
/// stays inside, and of nothing that goes out.
pub(super) fn cover(text: &Text, body: &mut Cow<'_, Tree>, finder: &Finder<'_>) {
    if text.kind != Kind::Booklet {
        return;
    }
    let neutral = text.lang.words().get("part.not-shared");
    each_list(body.to_mut(), &mut |items| {
        for item in items {
            let Some((line, title)) = words_of(item) else { continue };
            let target = Target::Title { title: title.clone(), fragment: None };
            let inside = matches!(finder.find(&text.path, &target), Hit::Inside(_));
            if inside && Call::read(&title).is_none() {
                let span = line.first().map_or(item.span, |one| one.span);
                let kind = InlineKind::Text(neutral.to_string());
                set_line(item, vec![Inline { span, kind }]);
            }
        }
    });
}

/// Puts links in the place of calls, and leaves out what was mentioned before.
pub(super) fn fill(
    entries: &mut [Entry<'_>],
    lists: &[List],
    problems: &mut Vec<Problem>,
) {
    let booklets: Vec<usize> =
        (0..entries.len()).filter(|&at| entries[at].kind == Kind::Booklet).collect();
    if booklets.is_empty() {
        return;
    }
    let shelf = Shelf::of(entries, lists);
    for at in booklets {
        let entry = &mut entries[at];
        let links = std::mem::take(&mut entry.links);
        let mut page = Page { lang: entry.lang, links, named: BTreeSet::new() };
        each_list(entry.body.to_mut(), &mut |items| {
            for item in std::mem::take(items) {
                shelf.item(item, &mut page, items, problems);
            }
        });
        entry.links = page.links;
    }
}

/// The page of a booklet while it is filled.
struct Page<'a> {
    lang: &'a Lang,
    links: Vec<Destination>,
    /// Texts that were mentioned.
    named: BTreeSet<EntryId>,
}

/// All texts, as a booklet asks for them.
struct Shelf {
    by_address: BTreeMap<Address, EntryId>,
    /// Kind, title, language and place of each text, by its number.
    texts: Vec<(Kind, String, Lang, Address)>,
    /// Texts in the order of their lists.
    order: Vec<EntryId>,
    /// Themes, folded, with their texts.
    themes: BTreeMap<String, BTreeSet<EntryId>>,
}

impl Shelf {
    fn of(entries: &[Entry<'_>], lists: &[List]) -> Shelf {
        let id = |at: usize| EntryId(at as u32);
        let mut seen = BTreeSet::new();
        let sorted = lists
            .iter()
            .filter(|list| matches!(list.kind, ListKind::Kind(_) | ListKind::Folder))
            .flat_map(|list| list.entries.iter().copied());
        let texts = entries.iter().map(|entry| {
            let (title, address) = (entry.title.to_string(), entry.address.clone());
            (entry.kind, title, entry.lang.clone(), address)
        });
        let themes = lists
            .iter()
            .filter(|list| list.kind == ListKind::Theme)
            .map(|list| (fold_key(&list.title), list.entries.iter().copied().collect()));
        Shelf {
            by_address: (0..entries.len())
                .map(|at| (entries[at].address.clone(), id(at)))
                .collect(),
            texts: texts.collect(),
            order: sorted.filter(|&one| seen.insert(one)).collect(),
            themes: themes.collect(),
        }
    }

    fn item(
        &self,
        item: Item,
        page: &mut Page<'_>,
        items: &mut Vec<Item>,
        problems: &mut Vec<Problem>,
    ) {
        if let Some(call) = words_of(&item).and_then(|(_, words)| Call::read(&words)) {
            return match self.answer(&call) {
                Ok(found) => {
                    let new: Vec<EntryId> =
                        found.into_iter().filter(|&id| page.named.insert(id)).collect();
                    items.extend(new.iter().map(|&id| self.link(id, item.span, page)));
                }
                Err(problem) => {
                    problems.extend(problem.map(|near| call.unknown(item.span, near)));
                    items.push(item);
                }
            };
        }
        let mut mentioned = Vec::new();
        for block in &item.blocks {
            let BlockKind::Paragraph(line) = &block.kind else { continue };
            crate::model::inlines(line, &mut |inline| {
                let InlineKind::Link(link, _) = inline.kind else { return };
                if let Some(Destination::Page(address, _)) =
                    page.links.get(link.0 as usize)
                {
                    mentioned.extend(self.by_address.get(address).copied());
                }
            });
        }
        let twice =
            only_a_link(&item) && mentioned.iter().all(|id| page.named.contains(id));
        page.named.extend(&mentioned);
        if mentioned.is_empty() || !twice {
            items.push(item);
        }
    }

    /// Returns the texts a call asks for; `Err` when there is nothing of the sort, with
    /// the theme that is near when the theme is not known.
    fn answer(&self, call: &Call) -> Result<Vec<EntryId>, Option<Option<String>>> {
        let theme = match &call.theme {
            None => None,
            Some(theme) => match self.themes.get(&fold_key(theme)) {
                Some(texts) => Some(texts),
                None => {
                    let near = nearest(theme, self.themes.keys().map(String::as_str));
                    return Err(Some(near.map(String::from)));
                }
            },
        };
        let found: Vec<EntryId> = (self.order.iter().copied())
            .filter(|id| {
                let kind = self.texts[id.0 as usize].0;
                call.kind.is_none_or(|asked| asked == kind) && kind != Kind::Booklet
            })
            .filter(|id| theme.is_none_or(|texts| texts.contains(id)))
            .collect();
        if found.is_empty() { Err(None) } else { Ok(found) }
    }

    fn link(&self, id: EntryId, span: Span, page: &mut Page<'_>) -> Item {
        let (_, title, lang, address) = &self.texts[id.0 as usize];
        let number = LinkId(page.links.len() as u32);
        page.links.push(Destination::Page(address.clone(), None));
        let inline = |kind| Inline { span, kind };
        let mut words = inline(InlineKind::Text(title.clone()));
        if lang != page.lang {
            let passage = Foreign { lang: lang.clone(), words: vec![words] };
            words = inline(InlineKind::Language(passage.into()));
        }
        let line = vec![inline(InlineKind::Link(number, vec![words]))];
        let block = Block { span, kind: BlockKind::Paragraph(line) };
        Item { span, done: None, blocks: vec![block] }
    }
}

/// `alle tips`, `verhalen over luisteren`.
struct Call {
    typed: String,
    /// Which kind; `None` for any.
    kind: Option<Kind>,
    theme: Option<String>,
}

impl Call {
    fn read(typed: &str) -> Option<Call> {
        let words = fold(typed.trim()).trim_end_matches('.').to_string();
        let (all, rest) = match words.split_once(' ') {
            Some(("alle" | "all", rest)) => (true, rest),
            _ => (false, words.as_str()),
        };
        let over = [" over ", " about ", " on "];
        let (kind, theme) = over
            .iter()
            .find_map(|word| rest.split_once(word))
            .map_or((rest, None), |(kind, theme)| (kind, Some(theme.trim().to_string())));
        let kind = match kind.trim() {
            "teksten" | "texts" => None,
            other => Some(match find_kind(other)? {
                Kind::Tip | Kind::Tips => Kind::Tip,
                kind @ (Kind::Story | Kind::Plan | Kind::Page) => kind,
                _ => return None,
            }),
        };
        (all || theme.is_some()).then(|| Call { typed: typed.into(), kind, theme })
    }

    fn unknown(&self, span: Span, near: Option<String>) -> Problem {
        let problem = Problem::at(Code::L01, span).with("x", self.typed.as_str());
        match near {
            Some(near) => problem.with("s", near),
            None => problem,
        }
    }
}

/// Returns the line of an item that is plain words and nothing else.
fn words_of(item: &Item) -> Option<(&Vec<Inline>, String)> {
    let [Block { kind: BlockKind::Paragraph(line), .. }] = item.blocks.as_slice() else {
        return None;
    };
    let plain_text = line.iter().all(|one| matches!(one.kind, InlineKind::Text(_)));
    let words = plain(line).trim().to_string();
    (plain_text && !words.is_empty()).then_some((line, words))
}

fn only_a_link(item: &Item) -> bool {
    matches!(
        item.blocks.as_slice(),
        [Block { kind: BlockKind::Paragraph(line), .. }]
            if matches!(line.as_slice(), [Inline { kind: InlineKind::Link(..), .. }])
    )
}

fn set_line(item: &mut Item, line: Vec<Inline>) {
    if let Some(Block { kind: BlockKind::Paragraph(old), .. }) = item.blocks.first_mut() {
        *old = line;
    }
}

fn is_file(words: &str) -> bool {
    let lower = words.to_lowercase();
    [".md", ".markdown", ".mdown"].iter().any(|end| lower.ends_with(end))
        || (words.contains('/') && !words.contains([' ', ':']))
}

/// Calls `each` with the items of every list that stands in a part of its own.
fn each_list(body: &mut Body, each: &mut dyn FnMut(&mut Vec<Item>)) {
    fn sections(list: &mut [Section], each: &mut dyn FnMut(&mut Vec<Item>)) {
        for part in list {
            blocks(&mut part.blocks, each);
            sections(&mut part.sections, each);
        }
    }
    fn blocks(list: &mut Vec<Block>, each: &mut dyn FnMut(&mut Vec<Item>)) {
        for block in list.iter_mut() {
            if let BlockKind::List { items, .. } = &mut block.kind {
                each(items);
            }
        }
        // A list of which every item was mentioned before.
        list.retain(|block| {
            !matches!(&block.kind, BlockKind::List { items, .. } if items.is_empty())
        });
    }
    blocks(&mut body.lead, each);
    sections(&mut body.sections, each);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_as_people_type_them() {
        let read = |typed| {
            Call::read(typed).map(|call| (call.kind, call.theme.unwrap_or_default()))
        };
        assert_eq!(read("Alle tips"), Some((Some(Kind::Tip), String::new())));
        assert_eq!(read("all stories"), Some((Some(Kind::Story), String::new())));
        assert_eq!(read("alle teksten"), Some((None, String::new())));
        assert_eq!(
            read("Tips over luisteren."),
            Some((Some(Kind::Tip), "luisteren".into()))
        );
        assert_eq!(read("stories about fear"), Some((Some(Kind::Story), "fear".into())));
        for other in ["tips", "alle kazen", "Een woord vooraf", "over luisteren"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn names_of_files() {
        for name in ["voorwoord.md", "Mijn tekst.MD", "tips/wacht"] {
            assert!(is_file(name), "{name}");
        }
        for words in ["alle tips", "en/of zo", "Zie: a/b", "tekst"] {
            assert!(!is_file(words), "{words}");
        }
    }
}
