//! What a theme says about paper: a file of Typst functions, fonts, colours and sizes.
//!
//! `print/booklet.typ` of each layer holds the functions it wants otherwise; the ones it
//! lacks come from the layer below.

use super::layer::Layer;
use super::look::Values;
use super::stack::Stack;
use super::{Theme, look::Look};
use crate::problem::{Code, Problem, Where};
use std::collections::BTreeMap;

/// The print side of a theme.
pub struct Print<'t> {
    stack: &'t Stack,
    look: &'t Look,
}

impl Theme {
    /// Returns what the theme says about paper.
    pub fn print(&self) -> Print<'_> {
        Print { stack: &self.stack, look: &self.look }
    }
}

impl<'t> Print<'t> {
    /// Returns the paths of files with functions, the weakest first, as the typesetter
    /// sees them.
    pub fn functions(&self) -> Vec<String> {
        let has = |layer: &&Layer| layer.files.contains_key("print/booklet.typ");
        let layers = self.stack.layers.iter().rev().filter(has);
        layers.map(|layer| inside(layer, "booklet.typ")).collect()
    }

    /// Returns everything in `print/` but the fonts, by the path the typesetter sees.
    pub fn files(&self) -> BTreeMap<String, &'t [u8]> {
        let mut files = BTreeMap::new();
        for layer in &self.stack.layers {
            for (path, bytes) in &layer.files {
                if let Some(path) = path.strip_prefix("print/")
                    && !path.starts_with("font/")
                {
                    files.insert(inside(layer, path), bytes.as_ref());
                }
            }
        }
        files
    }

    /// Returns the fonts; a stronger layer replaces a file of the same name.
    pub fn fonts(&self) -> Vec<&'t [u8]> {
        let is_font = |path: &&str| {
            path.starts_with("print/font/")
                && [".ttf", ".otf", ".ttc"].iter().any(|end| path.ends_with(end))
        };
        let paths = self.stack.paths();
        let found = paths.into_iter().filter(is_font);
        found.filter_map(|path| self.stack.find(path)).map(|(_, bytes)| bytes).collect()
    }

    /// Returns a font by the name of its file.
    pub fn font(&self, name: &str) -> Option<&'t [u8]> {
        self.stack.find(&format!("print/font/{name}")).map(|(_, bytes)| bytes)
    }

    /// Returns the colours on paper, `#rrggbb` by name.
    pub fn colours(&self) -> &'t Values {
        &self.look.light
    }

    /// Returns the sizes on paper by name: `body`, `large-body`.
    pub fn measures(&self) -> &'t Values {
        &self.look.print
    }

    /// Returns the names of the fonts for `text` or `code`, the first choice first.
    pub fn families(&self, of: &str) -> Vec<String> {
        let list = self.look.fonts.get(of).map(String::as_str).unwrap_or_default();
        let names = list.split(',').map(|name| name.trim().trim_matches('"').to_string());
        names.filter(|name| !name.is_empty()).collect()
    }

    /// Makes the problem for a place in one of the theme's own files; `None` when the
    /// path is not of a theme in the project.
    pub fn mistake(
        &self,
        path: &str,
        line: u32,
        column: u32,
        said: &str,
    ) -> Option<Problem> {
        path.starts_with("themes/").then(|| {
            let place = Where::Theme(path.to_string(), line, column);
            Problem { code: Code::M02, place, args: Vec::new() }.with("x", said)
        })
    }
}

/// Returns the path of a file in `print/` as the typesetter sees it.
fn inside(layer: &Layer, path: &str) -> String {
    if layer.built_in {
        format!("{}/{path}", super::BUILT_IN)
    } else {
        layer.shown(&format!("print/{path}"))
    }
}
