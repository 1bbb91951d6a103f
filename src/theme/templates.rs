//! The templates of a stack, compiled; a broken one leaves the one below it in force.
//!
//! Every template is known by its theme and path (`verbinden/base.html`), so that one may
//! extend what it replaces; `base.html` alone finds the strongest.

use super::BUILT_IN;
use super::error::{Mistake, OWN};
use super::layer::Layer;
use super::stack::Stack;
use crate::problem::{Problem, Where};
use std::sync::{Mutex, OnceLock, PoisonError};
use tera::Tera;

/// Compiled templates.
pub(super) struct Templates {
    tera: Tera,
    /// The built-in templates alone, for pages on which the project's own stumble.
    plain: OnceLock<Tera>,
    has_own: bool,
    noticed: Mutex<Vec<Problem>>,
}

/// A template: its name with its theme, and its text.
type Source = (String, String);

impl Templates {
    /// Compiles the templates of a stack. What cannot be compiled is left out (M02).
    pub(super) fn load(stack: &Stack) -> (Templates, Vec<Problem>) {
        let mut tera = empty(&stack.layers);
        let mut problems = Vec::new();
        for layer in stack.layers.iter().rev() {
            problems.extend(add(&mut tera, &sources(layer)));
        }
        let has_own = stack.layers.iter().any(|layer| !layer.built_in);
        let noticed = Mutex::new(Vec::new());
        (Templates { tera, plain: OnceLock::new(), has_own, noticed }, problems)
    }

    /// Renders a template; see [`super::Theme::render`].
    pub(super) fn render(
        &self,
        template: &str,
        values: &tera::Context,
    ) -> Result<String, Problem> {
        let error = match self.tera.render(template, values) {
            Ok(page) => return Ok(page),
            Err(error) => error,
        };
        let problem = Mistake::read(template, &error).problem();
        if !self.has_own {
            return Err(problem);
        }
        let page = self.plain.get_or_init(built_in).render(template, values);
        let page = page.map_err(|_| problem.clone())?;
        let mut noticed = self.noticed.lock().unwrap_or_else(PoisonError::into_inner);
        if !noticed.contains(&problem) {
            noticed.push(problem);
        }
        Ok(page)
    }

    /// Tells whether there is a template of this name.
    pub(super) fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Returns what was noticed while rendering, sorted by place.
    pub(super) fn noticed(&self) -> Vec<Problem> {
        let mut all = self.noticed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        all.sort_by_cached_key(place);
        all
    }
}

fn place(problem: &Problem) -> (String, u32, u32, String) {
    let message = problem.args.first().map(|(_, said)| said.clone()).unwrap_or_default();
    match &problem.place {
        Where::Theme(path, line, column) => (path.clone(), *line, *column, message),
        _ => (String::new(), 0, 0, message),
    }
}

/// Returns what stands before the paths of a layer. A project's own `verbinden` lies
/// above the built-in one and may extend it, so it needs another name.
fn prefix(layer: &Layer) -> String {
    match layer.name.as_str() {
        BUILT_IN if !layer.built_in => format!("{OWN}{BUILT_IN}/"),
        name => format!("{name}/"),
    }
}

fn sources(layer: &Layer) -> Vec<Source> {
    let prefix = prefix(layer);
    let paths = layer.files.keys();
    paths
        .filter(|path| path.ends_with(".html") || path.ends_with(".xml"))
        .filter_map(|path| Some((format!("{prefix}{path}"), layer.text(path)?.into())))
        .collect()
}

fn empty(layers: &[Layer]) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml"]);
    tera.set_escape_fn(super::escape::escape);
    tera.register_filter("fill", fill);
    tera.set_fallback_prefixes(layers.iter().map(prefix))
        .expect("prefixes can be set as long as there are no templates");
    tera
}

/// Fills the `{placeholders}` of a sentence: `{{ words.story.by | fill(name=teller) }}`.
fn fill(sentence: &str, args: tera::Kwargs, _: &tera::State<'_>) -> String {
    let args: Vec<(String, String)> = args
        .iter()
        .filter_map(|(name, value)| Some((name.as_str()?.to_string(), value.to_string())))
        .collect();
    let args: Vec<(&str, &str)> =
        args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    crate::lang::fill(sentence, &args)
}

/// Compiles the built-in templates.
fn built_in() -> Tera {
    let layers = [Layer::built_in()];
    let mut tera = empty(&layers);
    add(&mut tera, &sources(&layers[0]));
    tera
}

/// Adds the templates of a layer: all at once, or, when one is off, one by one until no
/// more can be added.
fn add(tera: &mut Tera, sources: &[Source]) -> Vec<Problem> {
    let all = sources.iter().map(|(name, text)| (name, text));
    if tera.add_raw_templates(all).is_ok() {
        return Vec::new();
    }
    let mut left: Vec<&Source> = sources.iter().collect();
    loop {
        let before = left.len();
        let mut mistakes = Vec::new();
        left.retain(|(name, text)| match tera.add_raw_template(name, text) {
            Ok(()) => false,
            Err(error) => {
                mistakes.push(Mistake::read(name, &error));
                true
            }
        });
        if left.is_empty() || left.len() == before {
            return mistakes.iter().map(Mistake::problem).collect();
        }
    }
}
