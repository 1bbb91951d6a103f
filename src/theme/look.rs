//! `theme.toml`: parent, colours, sizes and fonts, checked value by value.

use super::error::mistake;
use super::layer::Layer;
use crate::problem::Problem;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// Names and values, sorted by name.
pub(super) type Values = BTreeMap<String, String>;

/// The looks of a theme, all layers together.
#[derive(Default)]
pub(super) struct Look {
    /// Colours on paper and on a light screen.
    pub(super) light: Values,
    /// Colours on a dark screen.
    pub(super) dark: Values,
    /// Sizes, any CSS length.
    pub(super) sizes: Values,
    /// Lists of fonts.
    pub(super) fonts: Values,
    /// Sizes on paper.
    pub(super) print: Values,
}

/// Tables and keys of `theme.toml`.
const KNOWN: [&str; 7] =
    ["name", "parent", "languages", "colors", "sizes", "fonts", "print"];

/// Returns the parent a layer names, and the line where it does.
pub(super) fn parent(layer: &Layer) -> Option<(String, u32)> {
    let typed = layer.text("theme.toml")?;
    let table = DeTable::parse(&typed).ok()?;
    let value = table.get_ref().get("parent")?;
    let line = super::error::place(&typed, value.span().start).0;
    Some((value.get_ref().as_str()?.trim().to_string(), line))
}

impl Look {
    /// Puts what a layer says over what is there. Values that cannot be used are left out
    /// (M03), so the ones below stay in force.
    pub(super) fn read(&mut self, layer: &Layer) -> Vec<Problem> {
        let Some(typed) = layer.text("theme.toml") else { return Vec::new() };
        let shown = layer.shown("theme.toml");
        let (table, errors) = DeTable::parse_recoverable(&typed);
        let mut problems: Vec<Problem> = errors
            .iter()
            .map(|error| super::error::toml(&shown, &typed, error))
            .collect();
        let mut note = |at: usize, message: &str| {
            problems.push(mistake(&shown, &typed, at, message));
        };
        for (key, value) in table.get_ref() {
            let name = key.get_ref().as_ref();
            match (name, value.get_ref()) {
                ("colors", DeValue::Table(inner)) => self.read_colors(inner, &mut note),
                ("sizes", DeValue::Table(inner)) => {
                    take(inner, &mut self.sizes, is_size, &mut note);
                }
                ("fonts", DeValue::Table(inner)) => {
                    take(inner, &mut self.fonts, is_font, &mut note);
                }
                ("print", DeValue::Table(inner)) => {
                    take(inner, &mut self.print, is_paper_size, &mut note);
                }
                ("name" | "parent", DeValue::String(_))
                | ("languages", DeValue::Array(_)) => {}
                _ => {
                    let near = crate::text::nearest(name, KNOWN);
                    let at = key.span().start;
                    match near.filter(|near| *near != name) {
                        Some(near) => note(at, &format!("{name} ({near}?)")),
                        None => note(at, name),
                    }
                }
            }
        }
        problems
    }

    fn read_colors(&mut self, table: &DeTable<'_>, note: &mut dyn FnMut(usize, &str)) {
        for (key, value) in table {
            let into = match key.get_ref().as_ref() {
                "light" => &mut self.light,
                "dark" => &mut self.dark,
                other => {
                    note(key.span().start, &format!("colors.{other}"));
                    continue;
                }
            };
            match value.get_ref() {
                DeValue::Table(inner) => take(inner, into, is_color, note),
                _ => note(value.span().start, key.get_ref()),
            }
        }
    }
}

/// Takes the values that may stand in a style; the others are noted.
fn take(
    table: &DeTable<'_>,
    into: &mut Values,
    fits: fn(&str) -> bool,
    note: &mut dyn FnMut(usize, &str),
) {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        match value.get_ref().as_str() {
            Some(text) if is_name(name) && fits(text) => {
                into.insert(name.to_string(), text.to_string());
            }
            text => {
                note(value.span().start, &format!("{name} = {}", text.unwrap_or("…")))
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// `#rrggbb`: print and contrast need a colour that can be computed.
fn is_color(value: &str) -> bool {
    value.len() == 7
        && value.starts_with('#')
        && value.bytes().skip(1).all(|b| b.is_ascii_hexdigit())
}

/// A length or a formula of lengths; nothing that could end the rule it stands in.
fn is_size(value: &str) -> bool {
    !value.is_empty()
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b" .,+-*/()%".contains(&b))
}

/// A length on paper: `10.5pt`, `18mm`.
fn is_paper_size(value: &str) -> bool {
    let number =
        ["pt", "mm", "cm", "in"].iter().find_map(|unit| value.strip_suffix(unit));
    number.is_some_and(|number| {
        number.parse::<f32>().is_ok_and(|n| (0.0..=1000.0).contains(&n))
            && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && number.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Names of fonts with commas between them.
fn is_font(value: &str) -> bool {
    !value.is_empty()
        && value.matches('"').count().is_multiple_of(2)
        && value.chars().all(|c| c.is_alphanumeric() || " ,-\"_".contains(c))
}
