//! What a typed link or picture becomes: it gets its number in the tree.
//!
//! Entries: [`link`] and [`picture`]. Both give back what stands in the line.

use super::links::{self, Leads};
use super::prepared::Prepared;
use super::{Tree, directive, smart};
use crate::lang::Lang;
use crate::model::{
    Foreign, Inline, InlineKind, Link, LinkId, Picture, PictureId, Target, plain,
};
use crate::problem::{Code, Problem};
use crate::text::{Span, fold};
use pulldown_cmark::LinkType;
use std::ops::Range;

/// A link or picture as the parser saw it.
pub(super) struct Seen {
    /// How it was written.
    pub(super) kind: LinkType,
    /// Where it leads, as typed.
    pub(super) to: String,
    /// What stands between its brackets.
    pub(super) items: Vec<Inline>,
    /// Where it stands in the prepared text.
    pub(super) range: Range<usize>,
}

/// Makes a link, or a passage in another language.
pub(super) fn link(prepared: &Prepared<'_>, tree: &mut Tree, seen: Seen) -> Vec<Inline> {
    let Seen { kind, to, items, range } = seen;
    let span = prepared.span(range.clone());
    report_spaces(prepared, tree, &to, range);
    // `[[naam|]]`: nothing stands behind the bar, so the name is what people read.
    let items = match kind {
        LinkType::WikiLink { .. } if !names(&items) => {
            vec![Inline { span, kind: InlineKind::Text(to.trim().into()) }]
        }
        _ => items,
    };
    let leads = wiki_target(kind, &to).map_or_else(|| links::classify(&to), Leads::To);
    let target = match leads {
        Leads::To(target) => target,
        Leads::Language(name) => match Lang::read(&name) {
            Some(lang) => {
                let passage = Box::new(Foreign { lang, words: items });
                return vec![Inline { span, kind: InlineKind::Language(passage) }];
            }
            None => {
                tree.problems.push(Problem::at(Code::K12, span).with("v", name));
                return items;
            }
        },
    };
    if target == Target::Dropped {
        tree.problems.push(Problem::at(Code::L07, span).with("x", to));
    }
    tree.links.push(Link { span, target });
    let id = LinkId(tree.links.len() as u32 - 1);
    vec![Inline { span, kind: InlineKind::Link(id, items) }]
}

/// Makes a picture.
pub(super) fn picture(
    prepared: &Prepared<'_>,
    tree: &mut Tree,
    seen: Seen,
    title: &str,
) -> Vec<Inline> {
    let Seen { kind, to, items, range } = seen;
    let span = prepared.span(range.clone());
    if let Some(typed) = swallowed(prepared, kind, &range, &description(tree, &items)) {
        return vec![Inline { span, kind: InlineKind::Text(typed) }];
    }
    // `![[naam]]` of another tool shows a text or a file there: here it leads to it. What
    // stands behind a bar may be how wide it is.
    if matches!(kind, LinkType::WikiLink { .. }) && is_no_picture(&to) {
        let items = if is_size(&description(tree, &items)) { Vec::new() } else { items };
        return link(prepared, tree, Seen { kind, to, items, range });
    }
    report_spaces(prepared, tree, &to, range);
    if links::is_dropped(&to) {
        let shown: String = to.chars().take(60).collect();
        tree.problems.push(Problem::at(Code::L07, span).with("x", shown));
        return items;
    }
    let mut alt = description(tree, &items);
    if let LinkType::WikiLink { has_pothole } = kind
        && (!has_pothole || is_size(&alt))
    {
        alt.clear();
    }
    let decorative = matches!(
        fold(title.trim()).as_str(),
        "versiering" | "decoration" | "decoratie" | "decorative"
    );
    let caption = if decorative { "" } else { title.trim() };
    let caption = smart::set(caption, '\n', '\n', &[]).unwrap_or_else(|| caption.into());
    let path = if to.contains("://") { to } else { links::decode(to.trim()) };
    tree.pictures.push(Picture { span, path, alt, caption, decorative, asset: None });
    let id = PictureId(tree.pictures.len() as u32 - 1);
    vec![Inline { span, kind: InlineKind::Picture(id) }]
}

/// Tells whether a name between double brackets is that of no picture: without the ending
/// that every picture has.
fn is_no_picture(to: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "png", "jpg", "jpeg", "jpe", "jfif", "gif", "webp", "svg", "avif", "heic",
        "heif", "bmp", "tif", "tiff",
    ];
    let (name, _) = links::split_fragment(to);
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name).trim();
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    !last.is_empty() && ENDINGS.iter().all(|one| !ending.eq_ignore_ascii_case(one))
}

/// Returns a picture between double brackets as it was typed, when the parser passed by
/// some of its words: what stands before the end of a link in its name, or the name itself
/// when a bracket too many follows it (`![[naam]]]()`). `said` is what it did give.
fn swallowed(
    prepared: &Prepared<'_>,
    kind: LinkType,
    range: &Range<usize>,
    said: &str,
) -> Option<String> {
    let typed = prepared.text.get(range.clone()).unwrap_or_default();
    let lost = match kind {
        LinkType::WikiLink { .. } => typed.contains("]("),
        _ => {
            let name = typed.strip_prefix("![[").and_then(|rest| rest.split_once("]]"));
            name.is_some_and(|(name, _)| !name.contains('[') && !said.contains(name))
        }
    };
    lost.then(|| prepared.without_inserted(range.clone()).into())
}

/// Tells whether words are the size of a picture: `200`, `200x100`.
fn is_size(words: &str) -> bool {
    words.bytes().all(|b| b.is_ascii_digit() || b == b'x')
}

/// Adds the title of a link to its words, when it says more: what only a mouse shows,
/// nobody reads aloud or on paper.
pub(super) fn with_title(items: Vec<Inline>, title: &str, span: Span) -> Vec<Inline> {
    let title = title.trim();
    let text = |words: String| Inline { span, kind: InlineKind::Text(words) };
    if title.is_empty() || fold(title) == fold(&plain(&items)) {
        return items;
    }
    if !names(&items) {
        return vec![text(title.into())];
    }
    items.into_iter().chain([text(format!(" ({title})"))]).collect()
}

/// Tells whether there is anything to read in a link.
fn names(items: &[Inline]) -> bool {
    let mut any = false;
    crate::model::inlines(items, &mut |inline| {
        any |= match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => !text.trim().is_empty(),
            InlineKind::SoftBreak | InlineKind::HardBreak => false,
            _ => true,
        }
    });
    any
}

/// Returns the words between `![` and `]`, also those of pictures inside.
fn description(tree: &Tree, items: &[Inline]) -> String {
    let mut words = String::new();
    crate::model::inlines(items, &mut |inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => words.push_str(text),
        InlineKind::SoftBreak | InlineKind::HardBreak => words.push(' '),
        InlineKind::Picture(id) => {
            if let Some(picture) = tree.pictures.get(id.0 as usize) {
                words.push_str(&picture.alt);
            }
        }
        _ => {}
    });
    words.trim().to_string()
}

fn report_spaces(
    prepared: &Prepared<'_>,
    tree: &mut Tree,
    to: &str,
    range: Range<usize>,
) {
    if to.contains(' ') && prepared.has_inserted(range.clone()) {
        let problem = Problem::at(Code::L02, prepared.span(range));
        tree.problems.push(problem.with("x", to));
    }
}

/// Returns the target of a wiki link.
fn wiki_target(kind: LinkType, to: &str) -> Option<Target> {
    // A site between double brackets is a link, unless it is asked to be put in here.
    let site = to.contains("://") && directive::read(to).is_none();
    if !matches!(kind, LinkType::WikiLink { .. }) || site {
        return None;
    }
    let to = to.trim().trim_end_matches('\\');
    if links::is_dropped(to) {
        return Some(Target::Dropped);
    }
    let (title, fragment) = links::split_fragment(to);
    let fragment = fragment.filter(|words| !words.is_empty()).map(String::from);
    let title = title.to_string();
    Some(match title.is_empty() {
        true => Target::Inside { path: title, fragment },
        false => Target::Title { title, fragment },
    })
}
