//! The site of a folder, standing in memory: nothing is written, every file is made when
//! somebody asks for it.

use super::{Request, read, theme};
use crate::compose::{self, Edition, Public, Withheld};
use crate::files::Files;
use crate::load::Loaded;
use crate::model::Library;
use crate::output::Download;
use crate::output::site::{self, SiteOptions};
use crate::problem::{Failure, Problem};
use crate::theme::Theme;

/// A site that stands: what was read, what of it is for everybody, and its files.
pub struct Live<'a> {
    /// All that was read.
    pub library: &'a Library,
    /// What everybody gets.
    pub edition: &'a Edition<'a, Public>,
    /// How it looks.
    pub theme: &'a Theme,
    /// The files of the site: the same as a build makes.
    pub files: &'a Files<'a>,
    /// The texts that stay inside, and why.
    pub withheld: &'a [Withheld],
    /// What was noticed up to here. Advice is made when it is asked for.
    pub problems: &'a [Problem],
}

/// Lets a site stand for as long as `run` takes; `downloads` are booklets made before.
pub fn live<T>(
    request: &Request,
    downloads: Vec<Download>,
    run: impl FnOnce(&Live<'_>) -> T,
) -> Result<T, Failure> {
    let Loaded { library, mut problems } = read(&request.dir)?;
    let composed = compose::public(&library, request.today);
    problems.extend(composed.problems);
    let (theme, noticed) = theme(&library, &request.dir);
    problems.extend(noticed);
    let options = SiteOptions { search: request.search };
    let files = site::site(&composed.edition, &theme, options, downloads);
    let live = Live {
        library: &library,
        edition: &composed.edition,
        theme: &theme,
        files: &files,
        withheld: &composed.withheld,
        problems: &problems,
    };
    Ok(run(&live))
}
