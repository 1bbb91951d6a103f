//! Names of what stays inside do not go out either. A link that has no words of its own
//! says a title, a path or a heading; when that stays inside, neutral words stand there.
//! Words of the writer's own stay; only their link goes.
//!
//! [`Cover`] looks at a text first, then changes it: its lines, its fields, its title.

use super::anchors::Anchors;
use super::finder::{Finder, Hit};
use crate::lang::Lang;
use crate::model::{
    Block, BlockKind, Field, Fields, Inline, InlineKind, Key, Library, Link, LinkId,
    Picture, Target, Text, TextId, Tree, Value, change_blocks, change_lines, may_name,
    plain, walk_blocks, walk_inlines,
};
use crate::text::{Span, TextPath, fold, fold_key};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Covers what one text says about texts that stay inside.
pub(super) struct Cover<'c, 'f> {
    library: &'c Library,
    finder: &'f Finder<'c>,
    text: &'c Text,
    /// Links without words of their own, with the words they get.
    links: BTreeMap<LinkId, String>,
    /// What those links say when they stand between `[[ ]]`, wherever it came to stand.
    said: Vec<String>,
    neutral: String,
}

impl<'c, 'f> Cover<'c, 'f> {
    /// Looks at the links of a text; `more` are links beside those typed. `bodies` are
    /// what goes out so far.
    pub(super) fn of(
        library: &'c Library,
        finder: &'f Finder<'c>,
        (id, text): (TextId, &'c Text),
        more: &[Link],
        bodies: &BTreeMap<TextId, Cow<'_, Tree>>,
    ) -> Cover<'c, 'f> {
        let neutral = text.lang.words().get("part.not-shared").to_string();
        let (links, said) = (BTreeMap::new(), Vec::new());
        let mut cover = Cover { library, finder, text, links, said, neutral };
        for (at, link) in text.links.iter().chain(more).enumerate() {
            let Some(words) = cover.instead(id, link, bodies) else { continue };
            if let Target::Title { .. } = link.target {
                cover.said.extend(names(&link.target));
            }
            cover.links.insert(LinkId(at as u32), words);
        }
        // The longest first: a path before the name in it.
        cover.said.sort_by_key(|name| std::cmp::Reverse(name.len()));
        cover
    }

    /// Returns the words for a link that has none of its own; `None` when what it names
    /// goes out, or is not there at all.
    fn instead(
        &self,
        id: TextId,
        link: &Link,
        bodies: &BTreeMap<TextId, Cow<'_, Tree>>,
    ) -> Option<String> {
        let (title, heading, here) = match &link.target {
            Target::Title { title, fragment } => (title, fragment, false),
            Target::Inside { path, fragment } => (path, fragment, path.is_empty()),
            Target::Outside(_) | Target::Dropped => return None,
        };
        let heading = heading.as_deref().filter(|heading| !heading.is_empty());
        if heading.is_none() && (here || self.finder.hides_nothing()) {
            return None;
        }
        let base = &self.library.sources.get(link.span.source).path;
        let named = match self.finder.find(base, &link.target) {
            _ if here => id,
            Hit::Inside(_) => return Some(self.neutral.clone()),
            Hit::Text(named) => named,
            _ => return None,
        };
        // A heading that stayed inside, in a text that goes out.
        let heading = heading?;
        let text = self.library.text(named);
        let open = bodies.get(&named)?;
        if matches!(open, Cow::Borrowed(_)) || self.finder.part(text, heading).is_some() {
            return None;
        }
        let stays = Anchors::of(open).find(heading).is_none()
            && Anchors::of(&text.body).find(heading).is_some();
        stays.then(|| if here { self.neutral.clone() } else { title.clone() })
    }

    /// Covers the lines of a body, and the words that stand in it outside lines.
    pub(super) fn body(&self, body: &mut Cow<'_, Tree>) {
        if !self.touches(body) {
            return;
        }
        let body = body.to_mut();
        change_lines(body, &mut |line| self.line(line));
        change_blocks(body, &mut |block| self.block(block));
        body.name_sections();
    }

    /// Tells whether there is anything to cover.
    fn touches(&self, body: &Tree) -> bool {
        let mut touches = !self.links.is_empty();
        if touches || !body.glance().names {
            return touches;
        }
        let mut look = |words: &str| {
            touches = touches || matches!(self.words(words), Cow::Owned(_));
        };
        walk_inlines(body, &mut |inline| {
            if let InlineKind::Text(words) = &inline.kind {
                look(words);
            }
        });
        walk_blocks(body, &mut |block| match &block.kind {
            BlockKind::Quote { voice: Some(voice), .. } => {
                look(&voice.name);
                look(&voice.role);
            }
            BlockKind::Callout { label, .. } => look(label),
            BlockKind::People(list) => list.iter().for_each(|one| look(&one.name)),
            BlockKind::Entries(list) => list.iter().for_each(|one| look(&one.date_typed)),
            _ => {}
        });
        touches
    }

    fn line(&self, line: &mut [Inline]) {
        for inline in line {
            let span = inline.span;
            match &mut inline.kind {
                InlineKind::Text(words) => self.change(words),
                InlineKind::Link(id, inner) => {
                    let Some(words) = self.links.get(id) else { continue };
                    let link = self.text.links.get(id.0 as usize);
                    // A link beside those typed is the name of a file.
                    if link.is_none_or(|link| is_name(&link.target, &plain(inner))) {
                        let kind = InlineKind::Text(words.clone());
                        *inner = vec![Inline { span, kind }];
                    }
                }
                _ => {}
            }
        }
    }

    fn block(&self, block: &mut Block) {
        each_word(block, &mut |span, words| {
            let raw = self.library.sources.slice(span);
            for name in self.said.iter().filter(|_| raw.contains("[[")) {
                if words.contains(name.as_str()) && raw.contains(&format!("[[{name}")) {
                    *words = words.replace(name.as_str(), &self.neutral);
                }
            }
            self.change(words);
        });
    }

    fn change(&self, words: &mut String) {
        if let Cow::Owned(covered) = self.words(words) {
            *words = covered;
        }
    }

    /// Covers what stands literally in words: `[[name]]`, and paths of files.
    fn words<'w>(&self, typed: &'w str) -> Cow<'w, str> {
        words(self.finder, &self.text.path, typed, &self.neutral)
    }

    /// Covers the title: the first heading may hold a link.
    pub(super) fn title(&self) -> Cow<'c, str> {
        let raw = self.text.title_typed.as_deref().unwrap_or_default();
        let hidden = matches!(self.words(raw), Cow::Owned(_));
        let mut title = self.words(&self.text.title);
        for name in wiki_names(raw).filter(|_| hidden) {
            let target = Target::Title { title: name.to_string(), fragment: None };
            if !matches!(self.finder.find(&self.text.path, &target), Hit::Inside(_)) {
                continue;
            }
            title = match title.contains(name) {
                true => Cow::Owned(title.replace(name, &self.neutral)),
                false => Cow::Owned(self.neutral.clone()),
            };
        }
        title
    }

    /// Covers the values of fields.
    pub(super) fn fields(&self, fields: &mut Fields) {
        for Field { key, value, .. } in &mut fields.list {
            match value {
                Value::Text(words) | Value::Unread(words) => {
                    // A source is a name, whatever it looks like.
                    let title = Target::Title { title: words.clone(), fragment: None };
                    let named = || self.finder.find(&self.text.path, &title);
                    if *key == Key::Source && matches!(named(), Hit::Inside(_)) {
                        words.clone_from(&self.neutral);
                    }
                    self.change(words);
                }
                Value::List(list) => {
                    list.iter_mut().for_each(|one| self.change(&mut one.0));
                    // A theme or voice of that name would get a page.
                    list.retain(|(words, _)| *words != self.neutral);
                }
                Value::Yes(_) | Value::Date(_) | Value::Number(_) | Value::Lang(_) => {}
            }
        }
        fields.extra.iter_mut().for_each(|one| self.change(&mut one.value));
    }

    /// Covers what is said about a picture; its path is no word for pages.
    pub(super) fn picture(&self, picture: &mut Picture) {
        picture.path.clear();
        self.change(&mut picture.alt);
        self.change(&mut picture.caption);
    }
}

/// Covers words that stand in the settings of the site.
pub(super) fn setting(finder: &Finder<'_>, lang: &Lang, typed: &str) -> String {
    let neutral = lang.words().get("part.not-shared");
    words(finder, &TextPath::new("site.md"), typed, neutral).into_owned()
}

fn words<'w>(
    finder: &Finder<'_>,
    base: &TextPath,
    typed: &'w str,
    neutral: &str,
) -> Cow<'w, str> {
    let mut made = Cow::Borrowed(typed);
    if !may_name(typed) {
        return made;
    }
    let inside = |target| matches!(finder.find(base, &target), Hit::Inside(_));
    for name in wiki_names(typed).collect::<BTreeSet<_>>() {
        if inside(Target::Title { title: name.to_string(), fragment: None }) {
            made = Cow::Owned(made.replace(&format!("[[{name}]]"), neutral));
        }
    }
    // Whether or not there are brackets around it: a path ends in `.md`.
    for path in paths(typed) {
        if inside(Target::Inside { path: path.to_string(), fragment: None }) {
            made = Cow::Owned(made.replace(path, neutral));
        }
    }
    made
}

/// Returns what stands between `[[` and `]]`, without own words behind `|`.
fn wiki_names(typed: &str) -> impl Iterator<Item = &str> {
    typed.split("[[").skip(1).filter_map(|rest| {
        let name = rest.split_once("]]")?.0;
        (!name.contains('|') && !name.trim().is_empty()).then_some(name)
    })
}

/// Returns what looks like the path of a text: words that end in `.md`, and the same with
/// a few words before it, for names with spaces.
fn paths(typed: &str) -> Vec<&str> {
    const WORDS: usize = 6;
    const LONGEST: usize = 200;
    let mut found = BTreeSet::new();
    for (at, _) in typed.match_indices(['m', 'M']) {
        let Some(before) = typed[..at].strip_suffix('.') else { continue };
        let near = typed[at..].chars().take(9);
        let lower: String = near.flat_map(char::to_lowercase).collect();
        let Some(end) = ["markdown", "mdown", "md"].iter().find_map(|name| {
            let behind = lower.strip_prefix(name)?;
            (!behind.starts_with(char::is_alphanumeric)).then_some(at + name.len())
        }) else {
            continue;
        };
        let marks = |c: char| c.is_whitespace() || "([<\"“„‘'|:,;".contains(c);
        let near = before.char_indices().rev().take(LONGEST);
        let first = near.clone().last().map_or(at, |(at, _)| at);
        let starts = near.filter(|(_, c)| marks(*c)).take(WORDS);
        let starts = starts.map(|(at, c)| at + c.len_utf8()).chain([first]);
        found.extend(starts.filter_map(|start| typed.get(start..end)));
    }
    // The shortest first: words before a path stay.
    let mut found: Vec<&str> = found.into_iter().collect();
    found.sort_by_key(|path| path.len());
    found
}

/// Returns everything a link without own words may say.
fn names(target: &Target) -> Vec<String> {
    match target {
        Target::Title { title, fragment: None } => vec![title.clone()],
        Target::Title { title, fragment: Some(heading) } => {
            vec![format!("{title}#{heading}"), title.clone()]
        }
        Target::Inside { path, fragment } => {
            let at = TextPath::new(path);
            let mut names =
                vec![path.clone(), at.name().to_string(), at.stem().to_string()];
            if let Some(heading) = fragment {
                names.extend([format!("{path}#{heading}"), format!("#{heading}")]);
            }
            names.retain(|name| !name.trim().is_empty());
            names
        }
        Target::Outside(_) | Target::Dropped => Vec::new(),
    }
}

/// Tells whether the words of a link are only the name of what it leads to.
fn is_name(target: &Target, words: &str) -> bool {
    let loose = matches!(target, Target::Title { .. });
    let same = |name: &String| match loose {
        true => fold_key(name) == fold_key(words),
        false => fold(name) == fold(words.trim()),
    };
    names(target).iter().any(same)
}

/// Calls `each` with the words that stand in a block outside its lines.
fn each_word(block: &mut Block, each: &mut dyn FnMut(Span, &mut String)) {
    match &mut block.kind {
        BlockKind::Quote { voice: Some(voice), .. } => {
            each(voice.span, &mut voice.name);
            each(voice.span, &mut voice.role);
        }
        BlockKind::Callout { label, .. } => each(block.span, label),
        BlockKind::People(list) => {
            list.iter_mut().for_each(|one| each(one.span, &mut one.name));
        }
        BlockKind::Entries(list) => {
            list.iter_mut().for_each(|one| each(one.span, &mut one.date_typed));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_words() {
        let found = paths("Zie verhalen/Noor van Dijk.md, of (b.MARKDOWN).");
        assert!(found.contains(&"verhalen/Noor van Dijk.md"), "{found:?}");
        assert!(found.contains(&"b.MARKDOWN"), "{found:?}");
        assert_eq!(paths("Het .mdx van omd.nl, en md"), [""; 0]);
    }

    #[test]
    fn a_name_is_no_word_of_your_own() {
        let title = |title: &str| Target::Title { title: title.into(), fragment: None };
        assert!(is_name(&title("noor-van-dijk"), "Noor van Dijk"));
        assert!(!is_name(&title("noor-van-dijk"), "dit verhaal"));
        let path = Target::Inside { path: "verhalen/noor.md".into(), fragment: None };
        for words in ["verhalen/noor.md", "noor.md", "Noor"] {
            assert!(is_name(&path, words), "{words}");
        }
        assert!(!is_name(&path, "het verhaal van Noor"));
    }
}
