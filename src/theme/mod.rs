//! Floor 7: themes, how pages look.
//!
//! A theme is a folder `themes/<name>`: `theme.toml` (parent, colours, sizes, fonts),
//! Tera templates (`base.html`, `kind/tip.html`, `part/header.html`), `css/`, `js/`,
//! `font/`, `img/`, and own words in `lang/xx.toml`. [`Theme::load`] stacks folders file by
//! file: the project's theme, its parent, and `verbinden`. That one is in the program, and
//! so is `rustig`, a child of it.
//! Override one file, not a fork: a template may extend the one it replaces as
//! `{% extends "verbinden/base.html" %}`.
//!
//! A mistake in a theme becomes a problem with file and line, and the file below it in
//! the stack is used, so that there always is a site.

mod error;
mod escape;
mod layer;
mod lean;
mod look;
mod print;
mod stack;
mod templates;
mod tokens;
mod told;

use crate::lang::{Lang, Table};
use crate::problem::{Code, Problem, Where};
use layer::Layer;
use look::Look;
pub use print::Print;
use sha2::{Digest, Sha256};
use stack::Stack;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use templates::Templates;
use told::Told;

/// The theme below all others; it is in the program.
pub const BUILT_IN: &str = "verbinden";

/// Returns the files of a copy to change, by path: colours, sizes and fonts, and how a
/// booklet looks on paper. What a designer does not need stays in the theme below it.
pub fn copy(name: &str) -> Vec<(&'static str, String)> {
    let ours = layer::Layer::built_in();
    let text = |path: &str| ours.text(path).unwrap_or_default().into_owned();
    let values = text("theme.toml");
    let values: Vec<&str> =
        values.lines().skip_while(|line| !line.starts_with('[')).collect();
    let head = format!("name = \"{name}\"\nparent = \"{BUILT_IN}\"\n\n");
    vec![
        ("theme.toml", head + &values.join("\n") + "\n"),
        ("print/booklet.typ", text("print/booklet.typ")),
    ]
}

/// Sums up the themes of a project, whichever of them is used: every file that
/// [`Theme::load`] may read.
pub fn footprint(project: Option<&Path>) -> [u8; 32] {
    let mut sum = Sha256::new();
    stack::all_of(project).for_each(|layer| add(&mut sum, &layer));
    sum.finalize().into()
}

/// Adds up a layer.
fn add(sum: &mut Sha256, layer: &Layer) {
    let mut part = |bytes: &[u8]| {
        sum.update((bytes.len() as u64).to_le_bytes());
        sum.update(bytes);
    };
    part(layer.name.as_bytes());
    part(&layer.files.len().to_le_bytes());
    for (path, bytes) in &layer.files {
        part(path.as_bytes());
        part(bytes);
    }
}

/// A theme: templates, style, scripts, words.
pub struct Theme {
    stack: Stack,
    look: Look,
    templates: Templates,
    words: BTreeMap<String, Table>,
    assets: OnceLock<Vec<ThemeFile>>,
    told: Told,
}

/// A file a theme adds to the site: its address below `thema/`, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Path below `thema/`: `css/screen.css`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Theme {
    /// Loads a theme by name. `project` is the folder that holds `themes/`. A theme that
    /// is not there gives M01 and the built-in one, parents in a circle M04; M02 and M03 say what is off in a
    /// template or in `theme.toml`.
    pub fn load(name: &str, project: Option<&Path>) -> (Theme, Vec<Problem>) {
        let (stack, mut problems) = Stack::load(name, project);
        let mut look = Look::default();
        for layer in stack.layers.iter().rev() {
            problems.extend(look.read(layer));
        }
        let (templates, broken) = Templates::load(&stack);
        problems.extend(broken);
        let words = own_words(&stack, &mut problems);
        let assets = OnceLock::new();
        let told = Told::default();
        (Theme { stack, look, templates, words, assets, told }, problems)
    }

    /// Renders a template. When one of the project's own stumbles while it is filled in,
    /// the page is made with the built-in templates and [`Theme::noticed`] tells.
    pub fn render(
        &self,
        template: &str,
        values: &tera::Context,
    ) -> Result<String, Problem> {
        self.templates.render(template, values)
    }

    /// Adds up all it was loaded from.
    pub fn sum(&self) -> [u8; 32] {
        let mut sum = Sha256::new();
        self.stack.layers.iter().for_each(|layer| add(&mut sum, layer));
        sum.finalize().into()
    }

    /// Returns the name of the theme.
    pub fn name(&self) -> &str {
        self.stack.layers.first().map_or(BUILT_IN, |layer| &layer.name)
    }

    /// Tells whether all of it is in the program: what we tested.
    pub fn is_ours(&self) -> bool {
        self.stack.layers.iter().all(|layer| layer.built_in)
    }

    /// Tells whether there is a template of this name.
    pub fn has(&self, template: &str) -> bool {
        self.templates.has(template)
    }

    /// Returns what was noticed while pages were rendered (M02), sorted by place.
    pub fn noticed(&self) -> Vec<Problem> {
        self.templates.noticed()
    }

    /// Returns the words on pages in a language: the theme's own before ours.
    pub fn words(&self, lang: &Lang) -> &Table {
        self.words.get(lang.primary()).unwrap_or_else(|| lang.words())
    }

    /// Returns the words on pages in a language for templates: `kind.tip` is
    /// `words.kind.tip`. Made once.
    pub fn told(&self, lang: &Lang) -> tera::Value {
        self.told.of(lang.primary(), self.words(lang))
    }

    /// Returns a line (from 1) of a file of the theme, named as problems name it:
    /// `themes/rustig/base.html`.
    pub fn line(&self, file: &str, line: u32) -> Option<String> {
        let inside = |layer: &layer::Layer| {
            let path = file.strip_prefix(&layer.shown(""))?;
            layer.text(path).map(Cow::into_owned)
        };
        let text = self.stack.layers.iter().find_map(inside)?;
        text.lines().nth((line as usize).checked_sub(1)?).map(str::to_string)
    }

    /// Returns all files of the theme that are text, as they are and as the site gets them:
    /// what pages may say of themselves.
    pub fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        const SORTS: [&str; 7] =
            [".html", ".css", ".js", ".svg", ".toml", ".txt", ".xml"];
        let is_text = |path: &str| SORTS.iter().any(|it| path.ends_with(it));
        let files = self.stack.layers.iter().flat_map(|layer| &layer.files);
        let own = files.filter(move |(path, _)| is_text(path)).map(|(_, bytes)| &**bytes);
        let made = self.assets().iter();
        let made = made.filter(move |file| is_text(&file.path)).map(|file| &*file.bytes);
        own.chain(made).map(String::from_utf8_lossy)
    }

    /// Returns the files the theme adds to the site, sorted. The style of the screen gets
    /// the colours, sizes and fonts of `theme.toml` in front.
    pub fn assets(&self) -> &[ThemeFile] {
        self.assets.get_or_init(|| self.make_assets())
    }

    fn make_assets(&self) -> Vec<ThemeFile> {
        const FOLDERS: [&str; 4] = ["css/", "font/", "img/", "js/"];
        let mut files = Vec::new();
        for path in self.stack.paths() {
            if !FOLDERS.iter().any(|folder| path.starts_with(folder)) {
                continue;
            }
            let Some((layer, bytes)) = self.stack.find(path) else { continue };
            let explained = path.ends_with(".css") || path.ends_with(".js");
            let bytes = match layer.built_in && explained {
                true => lean::lean(bytes),
                false => bytes.to_vec(),
            };
            let bytes = match path {
                "css/screen.css" => {
                    [tokens::css(&self.look).into_bytes(), bytes].concat()
                }
                _ => bytes,
            };
            files.push(ThemeFile { path: path.to_string(), bytes });
        }
        files
    }
}

/// Reads the own words of all layers, the strongest last.
fn own_words(stack: &Stack, problems: &mut Vec<Problem>) -> BTreeMap<String, Table> {
    let mut words: BTreeMap<String, Table> = BTreeMap::new();
    for layer in stack.layers.iter().rev() {
        for (path, bytes) in &layer.files {
            let Some(tag) =
                path.strip_prefix("lang/").and_then(|name| name.strip_suffix(".toml"))
            else {
                continue;
            };
            let Some(lang) = Lang::read(tag) else { continue };
            let typed = String::from_utf8_lossy(bytes);
            let below = words.get(lang.primary()).unwrap_or_else(|| lang.words());
            problems.extend(unused(stack, &layer.shown(path), &typed, below));
            match below.with(&typed) {
                Ok(table) => {
                    words.insert(lang.primary().to_string(), table);
                }
                Err(error) => {
                    problems.push(error::toml(&layer.shown(path), &typed, &error))
                }
            }
        }
    }
    words
}

/// Finds the words of a layer that no page says: not in our own table, and asked for by no
/// template of the project.
fn unused(stack: &Stack, shown: &str, typed: &str, below: &Table) -> Vec<Problem> {
    let Ok(own) = below.only(typed) else { return Vec::new() };
    let asked = |key: &str| {
        let last = format!("[\"{}\"]", last_of(key));
        let layers = stack.layers.iter().filter(|layer| !layer.built_in);
        let paths =
            layers.flat_map(|layer| layer.files.keys().map(move |it| (layer, it)));
        paths.filter(|(_, path)| !path.starts_with("lang/")).any(|(layer, path)| {
            layer.text(path).is_some_and(|text| {
                text.contains(&format!("words.{key}")) || text.contains(&last)
            })
        })
    };
    let idle = own.iter().map(|(key, _)| key).filter(|key| !asked(key));
    idle.map(|key| {
        let near = crate::text::nearest(key, below.iter().map(|(known, _)| known));
        let near = near.map(|near| format!(" ({near}?)")).unwrap_or_default();
        error::mistake(
            shown,
            typed,
            line_of(typed, last_of(key)),
            &format!("{key}{near}"),
        )
    })
    .collect()
}

fn last_of(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// Returns where the line of a key begins.
fn line_of(typed: &str, key: &str) -> usize {
    let mut at = 0;
    for line in typed.split_inclusive('\n') {
        let name = line.split('=').next().unwrap_or_default();
        if line.contains('=') && name.trim().trim_matches(['"', '\'']).ends_with(key) {
            return at;
        }
        at += line.len();
    }
    0
}

/// Makes the problem "this theme is not there".
fn not_there(name: &str, known: &[String], place: Where) -> Problem {
    let near = crate::text::nearest(name, known.iter().map(String::as_str));
    Problem { code: Code::M01, place, args: Vec::new() }
        .with("x", name)
        .with("s", near.unwrap_or(BUILT_IN))
}

#[cfg(test)]
mod tests;
