//! Sources become texts: kind, title, language, tree; a file with several tips becomes
//! several texts.
//!
//! [`read`] makes the texts of one source. Languages that are not said and pictures are
//! filled in later, when all texts are known.

use super::audience;
use super::fields::{self, Top};
use super::kinds;
use super::net;
use super::split;
use super::spot::Spot;
use super::tongue;
use super::tree::{self, Fragment, Reading};
use crate::lang::Lang;
use crate::model::{
    BlockKind, Body, Inline, InlineKind, Key, Kind, Settings, Text, may_name, plain,
    walk_blocks,
};
use crate::problem::{Code, Problem};
use crate::text::{Source, SourceId, Sources, Span, TextPath, fold};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A source whose fields are read.
pub(super) struct Unit {
    /// The source.
    pub(super) source: SourceId,
    /// Its fields.
    pub(super) top: Top,
    /// Whether it gets no page of its own.
    pub(super) fragment: bool,
}

impl Unit {
    /// Reads the fields of a source.
    pub(super) fn read(sources: &Sources, id: SourceId, spot: &Spot) -> Unit {
        let fragment = spot.fragment;
        let source = sources.get(id);
        let mut top = fields::read(id, source.text(), &source.path, spot.kind);
        net::cast(id, source.text(), &source.path, &mut top);
        if let Some(name) = &spot.closed {
            net::closed(id, name, &mut top);
        }
        if !fragment {
            net::readers(id, source.text(), &mut top);
        }
        Unit { source: id, top, fragment }
    }
}

/// Texts by path, for includes; their fields are read when somebody asks for them.
pub(super) struct Shelf<'a> {
    sources: &'a Sources,
    spots: &'a [Spot],
    units: &'a [OnceLock<Arc<Unit>>],
    by_key: OnceLock<HashMap<String, usize>>,
}

impl<'a> Shelf<'a> {
    /// Puts the first sources on the shelf, as many as there are units.
    pub(super) fn new(
        sources: &'a Sources,
        spots: &'a [Spot],
        units: &'a [OnceLock<Arc<Unit>>],
    ) -> Self {
        Shelf { sources, spots, units, by_key: OnceLock::new() }
    }

    /// Returns the source with a number, with its fields.
    pub(super) fn unit(&self, at: usize) -> &'a Arc<Unit> {
        let read =
            || Arc::new(Unit::read(self.sources, SourceId(at as u32), &self.spots[at]));
        self.units[at].get_or_init(read)
    }

    /// Finds a text to include, its extension may be left out.
    fn find(&self, path: &TextPath) -> Option<Fragment> {
        let by_key = self.by_key.get_or_init(|| {
            let mut by_key = HashMap::with_capacity(self.units.len());
            for (id, source) in self.sources.iter().take(self.units.len()) {
                by_key.entry(source.path.key()).or_insert(id.0 as usize);
            }
            by_key
        });
        let key = path.key();
        let at = ["", ".md", ".markdown", ".mdown"].iter().find_map(|extension| {
            if extension.is_empty() {
                return by_key.get(&key);
            }
            by_key.get(&format!("{key}{extension}"))
        })?;
        let unit = self.unit(*at);
        let audience = audience::of_fragment(&unit.top);
        let guarded = audience::is_guarded(&unit.top);
        let range = unit.top.body..self.sources.get(unit.source).text().len();
        Some(Fragment { source: unit.source, range, audience, guarded })
    }
}

/// Tells whether there is nothing in a file, also when it has fences with nothing between.
fn is_empty(source: &Source, top: &Top) -> bool {
    let bare = top.fields.list.is_empty() && top.fields.extra.is_empty();
    let from = if bare && top.heading.is_none() { top.body } else { 0 };
    source.text().get(from..).is_some_and(|text| text.trim().is_empty())
}

/// A text whose first line says what its file is called shows that once, as title.
fn once(title: &str, body: &mut Body) {
    let Some(first) = body.lead.first() else { return };
    let BlockKind::Paragraph(line) = &first.kind else { return };
    let is_text = |inline: &Inline| matches!(inline.kind, InlineKind::Text(_));
    let words_alone = |inline: &Inline| match &inline.kind {
        InlineKind::Strong(inner) | InlineKind::Emphasis(inner) => {
            inner.iter().all(is_text)
        }
        _ => is_text(inline),
    };
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(fold).collect::<Vec<_>>()
    };
    let said = words(&plain(line));
    if !said.is_empty() && line.iter().all(words_alone) && said == words(title) {
        body.lead.remove(0);
    }
}

/// Names the first page after the site, when it has no title of its own.
pub(super) fn name(text: &mut Text, settings: &Settings) {
    let unnamed = text.title_span.start == text.title_span.end;
    if unnamed && text.path.folder().is_empty() && kinds::is_index(&text.path) {
        text.title = settings.title.clone();
    }
}

/// S14 for words below the keys of the site: no page shows them.
fn below_settings(kind: Kind, body: &Body) -> Option<Problem> {
    let mut first = None;
    walk_blocks(body, &mut |block| _ = first.get_or_insert(block.span));
    Some(Problem::at(Code::S14, first.filter(|_| kind == Kind::Site)?))
}

/// S13 for a text that shows nothing, and has words in a comment.
fn only_comments(source: &Source, unit: &Unit, body: &Body) -> Option<Problem> {
    let top = &unit.top;
    let tables = [Kind::Site, Kind::Booklet, Kind::Words, Kind::Voices, Kind::Sources];
    let draft = top.fields.get(Key::Draft).is_some();
    let mut shown = draft || tables.contains(&top.kind);
    walk_blocks(body, &mut |_| shown = true);
    let from = top.body;
    let words = source.text().get(from..).filter(|_| !shown)?;
    let (comment, _) = tree::comments_in(words).into_iter().next()?;
    let comment = from + comment.start..from + comment.end;
    let line = source.text()[comment.clone()].lines().next().unwrap_or_default().len();
    let place = Span::new(unit.source, comment.start..comment.start + line);
    Some(Problem::at(Code::S13, place))
}

/// The texts of one source.
#[derive(Debug)]
pub(super) struct Made {
    /// None when it is a fragment or empty.
    pub(super) texts: Vec<Text>,
    /// What was noticed.
    pub(super) problems: Vec<Problem>,
    /// Whether no other source was asked for.
    pub(super) alone: bool,
    /// The sources whose words stand in these texts too.
    pub(super) parts: Vec<SourceId>,
    /// In which language each text seems to be: looked at once, when it is asked for.
    tongues: OnceLock<Vec<Option<Lang>>>,
}

impl Made {
    fn new(texts: Vec<Text>, problems: Vec<Problem>) -> Made {
        let tongues = OnceLock::new();
        Made { texts, problems, alone: true, parts: Vec::new(), tongues }
    }

    /// Takes the texts of a source that needs no other, as they were made before.
    pub(super) fn known(
        texts: Vec<Text>,
        problems: Vec<Problem>,
        tongues: Option<Vec<Option<Lang>>>,
    ) -> Made {
        let tongues = tongues.map_or_else(OnceLock::new, OnceLock::from);
        Made { tongues, ..Made::new(texts, problems) }
    }

    /// Returns in which language each text seems to be, where that was looked at.
    pub(super) fn known_tongues(&self) -> Vec<Option<Option<Lang>>> {
        match self.tongues.get() {
            Some(known) => known.iter().cloned().map(Some).collect(),
            None => vec![None; self.texts.len()],
        }
    }

    /// Lets go of the texts and of what was noticed: a copy when others hold them too.
    pub(super) fn let_go(self: Arc<Made>) -> (Vec<Text>, Vec<Problem>) {
        match Arc::try_unwrap(self) {
            Ok(made) => (made.texts, made.problems),
            Err(held) => (held.texts.clone(), held.problems.clone()),
        }
    }

    /// Returns in which language each text seems to be.
    pub(super) fn tongues(&self) -> &[Option<Lang>] {
        let look = || self.texts.iter().map(|text| tongue::of_body(&text.body)).collect();
        self.tongues.get_or_init(look)
    }
}

/// Makes the texts of one source: none when it is a fragment or empty (B05).
pub(super) fn read(shelf: &Shelf<'_>, unit: &Unit) -> Made {
    let sources = shelf.sources;
    let mut problems = unit.top.problems.clone();
    let source = sources.get(unit.source);
    if unit.fragment {
        return Made::new(Vec::new(), problems);
    }
    let start = Span::new(unit.source, 0..0);
    if is_empty(source, &unit.top) {
        problems.push(Problem::at(Code::B05, start));
        return Made::new(Vec::new(), problems);
    }
    let top = &unit.top;
    let asked = Mutex::new((true, Vec::new()));
    let fragments = |path: &TextPath| {
        let found = shelf.find(path);
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.0 = false;
        asked.1.extend(found.as_ref().map(|one| one.source));
        found
    };
    let title = top.fields.text(Key::Title);
    let default_audience = audience::default(top, &mut problems);
    let reading = |range| Reading {
        sources,
        source: unit.source,
        range,
        kind: top.kind,
        title,
        readers: audience::readers(&top.fields),
        default_audience: default_audience.clone(),
        fragments: &fragments,
    };
    let mut tree = tree::read(&reading(top.body..source.text().len()));
    if let Some(heading) = &top.heading {
        // The title stands above the keys, the text below them.
        let above = tree::read(&reading(heading.clone())).heading;
        // The key says another title: one of two.
        if let (Some((words, _)), Some(field)) = (&above, top.fields.get(Key::Title))
            && title.is_some_and(|title| fold(title.trim()) != fold(words.trim()))
        {
            let typed = &source.text()[field.key_span.range()];
            problems.push(Problem::at(Code::K11, field.key_span).with("k", typed));
        }
        tree.heading = above.or(tree.heading);
    }
    problems.extend(only_comments(source, unit, &tree.body));
    problems.extend(below_settings(top.kind, &tree.body));
    problems.extend(tree.problems);
    let (title, title_span) = match (title, tree.heading.take()) {
        (Some(title), _) => {
            let span = top.fields.get(Key::Title).map_or(start, |field| field.value_span);
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            (tree::set(&title).unwrap_or(title), span)
        }
        (None, Some((heading, span))) if !heading.trim().is_empty() => (heading, span),
        _ => {
            let title = kinds::title(&source.path);
            if !kinds::is_index(&source.path) {
                once(&title, &mut tree.body);
            }
            (title, start)
        }
    };
    let text = Text {
        source: unit.source,
        path: source.path.clone(),
        kind: top.kind,
        title,
        title_span,
        title_typed: None,
        lang: top.fields.lang(Key::Language).cloned().unwrap_or_else(Lang::dutch),
        fields: top.fields.clone(),
        body: tree.body.into(),
        links: tree.links,
        pictures: tree.pictures,
        notes: tree.notes,
        image: None,
        part: None,
    };
    let mut texts = if text.kind == Kind::Tips {
        split::tips(text, sources, &mut problems)
    } else {
        vec![text]
    };
    for text in &mut texts {
        let typed = sources.slice(text.title_span);
        text.title_typed = may_name(typed).then(|| typed.into());
        text.links.shrink_to_fit();
        text.pictures.shrink_to_fit();
        text.notes.shrink_to_fit();
    }
    let (alone, parts) = asked.into_inner().unwrap_or_else(PoisonError::into_inner);
    Made { alone, parts, ..Made::new(texts, problems) }
}
