//! What one generation is, to see what the next one changed.

use super::eyes::Eyes;
use crate::model::TextId;
use crate::pipeline::Live;
use crate::problem::Severity;
use crate::text::{Source, SourceId, Sources, TextPath};
use crate::theme::Theme;
use serde::Serialize;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// The texts and the style of one generation.
#[derive(Debug)]
pub(super) struct Facts {
    /// The words of each file, sorted by path. Not the texts: what was told last stays
    /// longer than what was made of them.
    sources: Sources,
    /// A number for each style sheet, by its address.
    css: BTreeMap<String, u64>,
}

impl Facts {
    /// Takes the facts of a site that stands.
    pub(super) fn of(live: &Live<'_>) -> Facts {
        Facts { sources: live.library.sources.clone(), css: style(live.theme) }
    }

    /// Returns the style sheets that differ from those before.
    pub(super) fn css_since(&self, before: &Facts) -> Vec<String> {
        differing(&self.css, &before.css)
    }

    /// Returns the files whose words differ from those before. Words that nobody touched
    /// are the same piece of memory.
    pub(super) fn texts_since(&self, before: &Facts) -> Vec<String> {
        let (now, old) = (self.sources.shared(), before.sources.shared());
        let mut old = old.iter().peekable();
        let is_new = |now: &&Arc<Source>| {
            if old.next_if(|old| Arc::ptr_eq(old, now)).is_some() {
                return false;
            }
            while old.next_if(|old| old.path < now.path).is_some() {}
            let was = old.next_if(|old| old.path == now.path);
            was.is_none_or(|was| was.text() != now.text())
        };
        now.iter().filter(is_new).map(|source| source.path.to_string()).collect()
    }
}

fn differing(now: &BTreeMap<String, u64>, before: &BTreeMap<String, u64>) -> Vec<String> {
    let new = now.iter().filter(|(name, number)| before.get(*name) != Some(number));
    new.map(|(name, _)| name.clone()).collect()
}

fn style(theme: &Theme) -> BTreeMap<String, u64> {
    let files = theme.assets().iter().filter(|file| file.path.ends_with(".css"));
    files.map(|file| (format!("thema/{}", file.path), number(&file.bytes))).collect()
}

fn number(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// A text that changed: its title, and its page when this reader has one.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Changed {
    title: String,
    href: String,
}

/// Returns the titles and pages of the texts of some files, for who looks.
pub(super) fn changed(live: &Live<'_>, eyes: &Eyes, files: &[String]) -> Vec<Changed> {
    let library = live.library;
    // All texts of a file stand together.
    let of_file = |file: &String| {
        let source = library.sources.at(&TextPath::new(file));
        let from = |id| library.texts.partition_point(|text| text.source < id);
        let texts = source.map_or(0..0, |id| from(id)..from(SourceId(id.0 + 1)));
        texts.map(|at| TextId(at as u32))
    };
    let texts: Vec<TextId> = files.iter().flat_map(of_file).collect();
    let pages = eyes.pages(live, &texts).into_iter();
    let title = |id: TextId| live.library.text(id).title.clone();
    texts
        .iter()
        .zip(pages)
        .map(|(&id, href)| Changed { title: title(id), href })
        .collect()
}

/// How many problems there are of each weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Counts {
    stop: usize,
    attention: usize,
    tip: usize,
}

impl Counts {
    /// Counts severities.
    pub(super) fn of(all: impl Iterator<Item = Severity>) -> Counts {
        let mut counts = Counts::default();
        for severity in all {
            match severity {
                Severity::Stop => counts.stop += 1,
                Severity::HeadsUp => counts.attention += 1,
                Severity::Hint => counts.tip += 1,
                Severity::Quiet => {}
            }
        }
        counts
    }
}
