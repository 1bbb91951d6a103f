//! Theme folders on top of each other: the strongest first, the built-in one last.

use super::layer::Layer;
use super::{BUILT_IN, not_there};
use crate::problem::{Code, Problem, Where};
use std::collections::BTreeSet;
use std::path::Path;

/// The layers of one theme.
pub(super) struct Stack {
    /// The strongest first; the last is the built-in theme.
    pub(super) layers: Vec<Layer>,
}

impl Stack {
    /// Stacks the project's theme, its parents and the built-in one.
    pub(super) fn load(name: &str, project: Option<&Path>) -> (Stack, Vec<Problem>) {
        let mut layers: Vec<Layer> = Vec::new();
        let mut problems = Vec::new();
        let mut next = Some((name.trim().to_string(), Where::Folder));
        while let Some((name, place)) = next.take() {
            if layers.iter().any(|layer| layer.name == name) {
                // The built-in one stands below all others anyway.
                if matches!(place, Where::Theme(..)) && name != BUILT_IN {
                    let problem = Problem { code: Code::M04, place, args: Vec::new() };
                    problems.push(problem.with("x", name));
                }
                break;
            }
            let found = project.filter(|_| is_plain(&name)).and_then(|folder| {
                Layer::on_disk(&name, &folder.join("themes").join(&name))
            });
            // An unchanged copy of one of ours is ours.
            let found = found.filter(|layer| {
                Layer::in_program(&name).is_none_or(|own| own.files != layer.files)
            });
            let ours = || Layer::in_program(&name).filter(|_| name != BUILT_IN);
            let found = found.or_else(ours);
            match found {
                Some(layer) => {
                    next = super::look::parent(&layer).map(|(parent, line)| {
                        (parent, Where::Theme(layer.shown("theme.toml"), line, 1))
                    });
                    layers.push(layer);
                }
                None if name == BUILT_IN => {}
                None => problems.push(not_there(&name, &known(project), place)),
            }
        }
        layers.push(Layer::built_in());
        (Stack { layers }, problems)
    }

    /// Finds a file: the strongest layer that has it, and its bytes.
    pub(super) fn find(&self, path: &str) -> Option<(&Layer, &[u8])> {
        self.layers
            .iter()
            .find_map(|layer| layer.files.get(path).map(|bytes| (layer, bytes.as_ref())))
    }

    /// Returns the paths of all files, sorted.
    pub(super) fn paths(&self) -> BTreeSet<&str> {
        self.layers
            .iter()
            .flat_map(|layer| layer.files.keys().map(String::as_str))
            .collect()
    }
}

/// Tells whether a name can only be a folder right below `themes/`.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
}

/// Returns the names of all themes, sorted.
fn known(project: Option<&Path>) -> Vec<String> {
    let mut names = names_of(project);
    names.extend(Layer::names_in_program().map(String::from));
    names.into_iter().collect()
}

/// Returns all themes of a project, by name.
pub(super) fn all_of(project: Option<&Path>) -> impl Iterator<Item = Layer> {
    let names = project.into_iter().flat_map(|folder| {
        names_of(Some(folder)).into_iter().map(move |name| (folder, name))
    });
    names.filter_map(|(folder, name)| {
        Layer::on_disk(&name, &folder.join("themes").join(&name))
    })
}

/// Returns the names of the themes of a project.
fn names_of(project: Option<&Path>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let folder = project.map(|project| project.join("themes"));
    for entry in folder.iter().filter_map(|dir| std::fs::read_dir(dir).ok()).flatten() {
        let Ok(entry) = entry else { continue };
        if let (true, Some(name)) = (entry.path().is_dir(), entry.file_name().to_str()) {
            names.insert(name.to_string());
        }
    }
    names
}
