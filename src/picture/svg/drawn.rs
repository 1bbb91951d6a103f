//! What is drawn of a drawing, and what only lies in it: hidden layers, texts that nothing
//! shows, names of layers and classes. Those may hold words nobody meant to share.
//!
//! [`thin`] is the entry. It begins at what is drawn and follows every reference from
//! there, so what it drops changes no dot of the picture. Where it cannot tell, it keeps.

use super::sheet::{Property, Seen, Sheet, Who, declarations};
use super::tree::{Element, Item, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// More questions to the style than this are not asked.
const MOST_ASKED: usize = 4_000_000;
/// What goes may have held the last reference to something else.
const ROUNDS: usize = 4;

/// Elements that draw nothing where they stand, only where something refers to them.
const APART: [&str; 8] = [
    "clipPath",
    "filter",
    "linearGradient",
    "marker",
    "mask",
    "pattern",
    "radialGradient",
    "symbol",
];

/// Elements that can be hidden.
const SHOWN: [&str; 15] = [
    "a", "circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "svg",
    "switch", "text", "textPath", "tspan", "use",
];

const MOVES: [&str; 4] = ["animate", "animateMotion", "animateTransform", "set"];

/// Returns the drawing with only what is drawn, and whether words went.
pub(super) fn thin(mut tree: Tree) -> (Tree, bool) {
    let mut words_went = false;
    for _ in 0..ROUNDS {
        let before = (tree.elements.len(), tree.items.len());
        let (thinner, went) = round(tree);
        tree = thinner;
        words_went |= went;
        if (tree.elements.len(), tree.items.len()) == before {
            break;
        }
    }
    (tree, words_went)
}

fn round(mut tree: Tree) -> (Tree, bool) {
    let style = style(&tree);
    let sheet = Sheet::read(&style);
    let (drawn, veiled, ids) = {
        let look = Look::new(&tree, &sheet, &style);
        let hidden = look.hidden();
        let (drawn, ids) = look.drawn(&hidden.whole);
        (drawn, hidden.veiled, ids)
    };
    let mut keep = drawn.clone();
    for at in (0..keep.len()).rev() {
        if let (true, Some(parent)) = (keep[at], tree.elements[at].parent) {
            keep[parent] = true;
        }
    }
    let went = tree.items.iter().any(|item| {
        matches!(item, Item::Text(at, text) if !drawn[*at] && !text.trim().is_empty())
    });
    // A style that asks for classes or ids in another way gets all of them.
    let (any_class, any_id) = (style.contains("[class"), style.contains("[id"));
    for element in &mut tree.elements {
        element.attributes.retain_mut(|(name, value)| match name.local_name.as_str() {
            "id" => any_id || ids.contains(value.as_str()) || sheet.names.contains(value),
            "class" if !any_class => {
                let kept: Vec<&str> = value
                    .split_whitespace()
                    .filter(|one| sheet.names.contains(*one))
                    .collect();
                *value = kept.join(" ");
                !value.is_empty()
            }
            _ => true,
        });
    }
    let words = |at: usize, text: String| match (drawn[at], veiled[at]) {
        (false, _) => None,
        (true, false) => Some(text),
        // They take their place, unseen.
        (true, true) => {
            Some(text.chars().map(|c| if c.is_whitespace() { c } else { 'n' }).collect())
        }
    };
    (tree.only(|at| keep[at], words), went)
}

/// Returns all style sheets as one.
fn style(tree: &Tree) -> String {
    let mut style = String::new();
    for item in &tree.items {
        let Item::Text(at, text) = item else { continue };
        let element = &tree.elements[*at];
        if element.name != "style" {
            continue;
        }
        match element.get("media") {
            None | Some("all" | "screen" | "") => style.push_str(text),
            Some(_) => style.push_str(&format!("@media x{{{text}}}")),
        }
        style.push('\n');
    }
    style
}

/// What is hidden.
struct Hidden {
    /// Elements that show nothing, nor does what is in them.
    whole: Vec<bool>,
    /// Elements whose own words are not seen.
    veiled: Vec<bool>,
}

struct Look<'t> {
    tree: &'t Tree,
    sheet: &'t Sheet,
    style: &'t str,
    by_id: BTreeMap<&'t str, Vec<usize>>,
    children: Vec<Vec<usize>>,
    /// What something in the file refers to.
    meant: Vec<bool>,
    /// What an animation may show after all.
    moved: Vec<bool>,
}

impl<'t> Look<'t> {
    fn new(tree: &'t Tree, sheet: &'t Sheet, style: &'t str) -> Self {
        let count = tree.elements.len();
        let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut children = vec![Vec::new(); count];
        for (at, element) in tree.elements.iter().enumerate() {
            if let Some(id) = element.get("id") {
                by_id.entry(id).or_default().push(at);
            }
            if let Some(parent) = element.parent {
                children[parent].push(at);
            }
        }
        let (meant, moved) = (vec![false; count], vec![false; count]);
        let mut look = Look { tree, sheet, style, by_id, children, meant, moved };
        look.mark();
        look
    }

    fn mark(&mut self) {
        let (mut meant, mut moved) = (BTreeSet::new(), BTreeSet::new());
        for element in &self.tree.elements {
            let named = references(element);
            let moves = MOVES.contains(&element.name.as_str())
                && element.get("attributeName").is_some_and(|name| {
                    let name = name.trim();
                    name == "class" || Property::ALL.iter().any(|one| one.name() == name)
                });
            if moves {
                moved.extend(named.iter().cloned());
                element.parent.iter().for_each(|at| self.moved[*at] = true);
            }
            meant.extend(named);
        }
        let all = |ids: BTreeSet<String>| -> Vec<usize> {
            ids.iter().flat_map(|id| self.of(id)).copied().collect()
        };
        let (meant, moved) = (all(meant), all(moved));
        meant.into_iter().for_each(|at| self.meant[at] = true);
        moved.into_iter().for_each(|at| self.moved[at] = true);
    }

    fn of(&self, id: &str) -> &[usize] {
        self.by_id.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    fn hidden(&self) -> Hidden {
        let elements = &self.tree.elements;
        let count = elements.len();
        let (mut whole, mut veiled) = (vec![false; count], vec![false; count]);
        let mut said = vec![None; count];
        let mut path: Vec<(usize, Who<'_>)> = Vec::new();
        let (mut in_text, mut in_clip) = (vec![false; count], vec![false; count]);
        for (at, element) in elements.iter().enumerate() {
            while path.last().is_some_and(|(last, _)| Some(*last) != element.parent) {
                path.pop();
            }
            let around = element.parent;
            in_text[at] =
                around.is_some_and(|one| in_text[one] || elements[one].name == "text");
            in_clip[at] = around
                .is_some_and(|one| in_clip[one] || elements[one].name == "clipPath");
            let classes = element.get("class").unwrap_or_default();
            let classes = classes.split_whitespace().take(50).collect();
            let who = Who { name: &element.name, id: element.get("id"), classes };
            path.push((at, who));
            if !SHOWN.contains(&element.name.as_str()) || self.moved[at] {
                veiled[at] = around.is_some_and(|one| veiled[one]) && !self.moved[at];
                continue;
            }
            let here = |property| self.seen(element, &path, property);
            whole[at] = here(Property::Display) == Some(Seen::Hidden)
                || !in_text[at]
                    && !in_clip[at]
                    && here(Property::Opacity) == Some(Seen::Hidden);
            said[at] = here(Property::Visibility);
            veiled[at] = match said[at] {
                Some(Seen::Hidden) => true,
                Some(Seen::Shown) => false,
                // Shown elsewhere it is not in what hides it here.
                _ => !self.meant[at] && around.is_some_and(|one| veiled[one]),
            };
        }
        self.hide_veiled(&mut whole, &veiled, &said, &in_text);
        Hidden { whole, veiled }
    }

    /// What is veiled, with nothing inside that shows, is hidden as a whole.
    fn hide_veiled(
        &self,
        whole: &mut [bool],
        veiled: &[bool],
        said: &[Option<Seen>],
        in_text: &[bool],
    ) {
        let any_shown = said.contains(&Some(Seen::Shown)) || self.moved.contains(&true);
        let mut shows = vec![false; veiled.len()];
        for (at, element) in self.tree.elements.iter().enumerate().rev() {
            let drawn = SHOWN.contains(&element.name.as_str());
            // What it repeats may show in spite of all.
            let repeats = element.name == "use" && any_shown;
            shows[at] |= drawn && (!veiled[at] || repeats);
            if let (true, Some(parent)) = (shows[at], element.parent) {
                shows[parent] = true;
            }
            // Letters that are not seen keep their place in a line.
            whole[at] |= drawn && veiled[at] && !shows[at] && !in_text[at];
        }
    }

    /// What holds for an element by its own words and the style.
    fn seen(
        &self,
        element: &Element,
        path: &[(usize, Who<'_>)],
        property: Property,
    ) -> Option<Seen> {
        let asked = self.sheet.size().saturating_mul(self.tree.elements.len());
        if !self.sheet.is_sure(property) || asked > MOST_ASKED {
            return Some(Seen::Shown);
        }
        let own = element.get("style").map(declarations).unwrap_or_default();
        let own = own
            .into_iter()
            .filter(|(one, ..)| *one == property)
            .max_by_key(|(.., important)| *important)
            .map(|(_, seen, important)| (important, seen));
        let sheet = if self.sheet.size() == 0 {
            None
        } else {
            let path: Vec<&Who<'_>> = path.iter().map(|(_, who)| who).collect();
            self.sheet.says(&path, property)
        };
        let typed =
            element.get(property.name()).map(|value| (false, property.seen(value)));
        // Of equals the last one wins.
        let all = [typed, sheet, own];
        all.into_iter()
            .flatten()
            .max_by_key(|(important, _)| *important)
            .map(|(_, seen)| seen)
    }

    /// Returns what is drawn, and the ids that takes.
    fn drawn(&self, hidden: &[bool]) -> (Vec<bool>, BTreeSet<String>) {
        let elements = &self.tree.elements;
        let mut drawn = vec![false; elements.len()];
        let mut ids: BTreeSet<String> = addresses(self.style).collect();
        let mut waiting: Vec<usize> = (0..elements.len())
            .filter(|at| *at == 0 || elements[*at].name == "style")
            .chain(ids.iter().flat_map(|id| self.of(id)).copied())
            .collect();
        while let Some(at) = waiting.pop() {
            if std::mem::replace(&mut drawn[at], true) {
                continue;
            }
            for id in references(&elements[at]) {
                if !ids.contains(&id) {
                    waiting.extend(self.of(&id));
                    ids.insert(id);
                }
            }
            let inside = self.children[at].iter().copied();
            waiting.extend(inside.filter(|child| {
                let name = elements[*child].name.as_str();
                let apart = elements[at].name == "defs"
                    && !matches!(name, "style" | "defs")
                    && !MOVES.contains(&name);
                !hidden[*child] && !apart && !APART.contains(&name)
            }));
        }
        (drawn, ids)
    }
}

/// Returns the ids an element refers to.
fn references(element: &Element) -> Vec<String> {
    let mut found = Vec::new();
    for (name, value) in &element.attributes {
        match name.local_name.as_str() {
            "href" => {
                let id = value.trim().trim_start_matches('#');
                let read = percent_encoding::percent_decode_str(id).decode_utf8_lossy();
                found.extend([id.to_owned(), read.into_owned()]);
            }
            // `oma.click`, `a.end + 1s`
            "begin" | "end" => found.extend(
                value
                    .split(';')
                    .filter_map(|one| Some(one.split_once('.')?.0.trim().to_owned())),
            ),
            _ => found.extend(addresses(value)),
        }
    }
    found
}

/// Returns the ids in `url(#…)`.
fn addresses(value: &str) -> impl Iterator<Item = String> {
    let low = value.to_ascii_lowercase();
    let starts: Vec<usize> = low.match_indices("url(").map(|(at, _)| at + 4).collect();
    starts.into_iter().filter_map(move |at| {
        let inside = value.get(at..)?.trim_start().trim_start_matches(['"', '\'']);
        let id = inside.trim_start().strip_prefix('#')?;
        let end = id.find([')', '"', '\'']).unwrap_or(id.len());
        Some(id[..end].trim().to_owned())
    })
}
