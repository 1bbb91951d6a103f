//! The last look: before a site takes its place, everything in it is looked through for what
//! may not be in it.

use super::secrets::secrets;
use crate::compose::{Chosen, Withheld};
use crate::files::{self, read};
use crate::model::Library;
use crate::output::locked::{self, WORDS};
use crate::output::search;
use crate::picture;
use crate::problem::{Code, Failure, Problem, Where};
use crate::sweep::{Sought, Sweep, TooMuch};
use crate::text::Address;
use crate::theme::Theme;
use std::path::Path;

/// Where files of somebody's own stand on a site.
const THEIRS: &str = "bestand/";

/// Ready to look.
pub(super) struct Watch {
    sweep: Option<Sweep>,
    count: usize,
    sum: [u8; 32],
}

impl Watch {
    /// Gathers what to look for. When all goes out there is nothing to look for; more than
    /// can be looked for is refused.
    pub(super) fn new(
        library: &Library,
        withheld: &[Withheld],
        chosen: &Chosen<'_>,
        theme: &Theme,
    ) -> Result<Watch, TooMuch> {
        let withheld = withheld.iter().map(|one| one.text).collect();
        let words = secrets(library, &withheld, chosen, theme)?;
        let (count, sum) = (words.count(), words.sum());
        let sweep = (count > 0).then(|| Sweep::new(&words)).transpose()?;
        Ok(Watch { sweep, count, sum })
    }

    /// Tells how many things are looked for.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Returns what is looked for, added up.
    pub(super) fn sum(&self) -> [u8; 32] {
        self.sum
    }

    /// Looks at a file that was made; R05 when something is in it.
    pub(super) fn look(
        &self,
        library: &Library,
        address: &Address,
        bytes: &[u8],
    ) -> Option<Problem> {
        let name = address.as_str();
        if name == WORDS {
            return None;
        }
        let theirs = name.starts_with(THEIRS);
        let plain = theirs || search::is_coded(address);
        let sought = if plain { Sought::Theirs } else { Sought::Ours };
        let sweep = self.sweep.as_ref()?;
        let door = locked::is_door(address).then(|| std::str::from_utf8(bytes).ok());
        let found = match door.flatten() {
            Some(page) => {
                sweep.look(name, locked::without_header(page).as_bytes(), sought)
            }
            None => sweep.look(name, bytes, sought),
        };
        let from = match found {
            Some(from) => from,
            None if !theirs && picture::tells(bytes) => library.texts.len(),
            None => return None,
        };
        let text = library.texts.get(from);
        let what = text.map_or_else(|| name.to_string(), |text| text.path.to_string());
        let place = text.map_or(Where::Folder, |text| Where::Span(text.title_span));
        let problem = Problem { code: Code::R05, place, args: Vec::new() };
        Some(problem.with("f", name).with("what", what))
    }

    /// Looks at the files of others in the folder of the site: what an earlier build left
    /// there in clear, or somebody put there.
    pub(super) fn others(&self, out: &Path) -> Result<(), Failure> {
        let Some(sweep) = &self.sweep else { return Ok(()) };
        for path in files::others(out)? {
            let Ok(bytes) = read(&path) else { continue };
            let inside = path.strip_prefix(out).unwrap_or(&path).to_string_lossy();
            if sweep.look(&inside, &bytes, Sought::Theirs).is_some() {
                return Err(Failure::refused("private-in-site", &path));
            }
        }
        Ok(())
    }
}
