//! What one reader may read, on paper: into a folder of its own that nobody else can open.

use super::{Printed, Report, Request, Step, read, real, theme};
use crate::compose::{self, Edition, One};
use crate::files::{self, Files, LIST, private_folder};
use crate::load::Loaded;
use crate::model::{Key, Kind, Library, Text, TextId};
use crate::output::print::{self, Booklet, Format};
use crate::problem::{Failure, add_new};
use crate::text::{Address, Slugs, fold, slug};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What is made when neither the text nor who prints asks for anything else.
const USUAL: [Format; 2] = [Format::A5, Format::Fridge];

/// Makes the booklets of one reader: of every plan, booklet and folder that names them,
/// with the parts that are theirs. They go to a folder with the name of the reader in
/// `out`, or in `voor-lezers` beside the texts; both are made for their owner alone.
/// Returns where they are. Refuses a place among the texts or in a site, and a reader
/// nobody names.
pub fn print_for(
    request: &Request,
    reader: &str,
    out: Option<&Path>,
    wanted: &[Format],
    progress: &(dyn Fn(Step) + Sync),
) -> Result<(PathBuf, Printed), Failure> {
    let out = match out {
        Some(out) => out.to_path_buf(),
        None => real(&request.dir).parent().unwrap_or(Path::new(".")).join("voor-lezers"),
    };
    apart(&request.dir, &out)?;
    progress(Step::Reading);
    let Loaded { library, mut problems } = read(&request.dir)?;
    let editions = editions(&library, reader, request.today);
    if editions.is_empty() {
        return Err(Failure::refused("no-reader", Path::new(reader)));
    }
    let (theme, noticed) = theme(&library, &request.dir);
    problems.extend(noticed);
    progress(Step::Printing);
    let (mut made, mut slugs) = (Vec::new(), Slugs::default());
    for edition in &editions {
        let mut asked = asked(edition, wanted);
        for (booklet, _) in &mut asked {
            booklet.slug = slugs.take(&booklet.title, "plan");
        }
        let run = print::print(edition, &theme, &asked);
        add_new(&mut problems, run.problems);
        made.extend(run.files);
    }
    let name = slug(reader);
    let folder = out.join(if name.is_empty() { "lezer" } else { &name });
    // The folder above too: there the new booklets stand until they are whole.
    for place in [&out, &folder] {
        private_folder(place).map_err(|cause| Failure::writing(place, cause))?;
    }
    let mut files = Files::default();
    for one in &mut made {
        let bytes = std::mem::take(&mut one.bytes);
        files.add(Address::new(&one.name), move || Ok(bytes.clone()));
    }
    let written = files::write(&files, &folder, &|done, total| {
        progress(if done < total { Step::Making { done, total } } else { Step::Writing });
    })?;
    problems.extend(written.problems);
    let report = Report { library, problems, withheld: Vec::new() };
    Ok((folder, Printed { report, files: made }))
}

/// Refuses a place where all could fetch what is for one reader.
fn apart(dir: &Path, out: &Path) -> Result<(), Failure> {
    let (texts, own) = (real(dir), real(out));
    let in_site = own.ancestors().any(|above| above.join(LIST).is_file());
    if in_site || own.starts_with(&texts) || texts.starts_with(&own) {
        return Err(Failure::refused("reader-inside", out));
    }
    Ok(())
}

/// Returns the editions of a reader: one for each text that lets them in.
fn editions<'l>(
    library: &'l Library,
    reader: &str,
    today: Date,
) -> Vec<Edition<'l, One>> {
    let names = |text: &Text| {
        let list = text.fields.list(Key::Readers);
        let named = list.iter().any(|(name, _)| fold(name.trim()) == fold(reader.trim()));
        text.part.is_none() && (text.kind == Kind::Plan || named)
    };
    let own = library.ids().filter(|(_, text)| names(text));
    let own: Vec<TextId> = own.map(|(id, _)| id).collect();
    let edition = |id| compose::one(library, id, reader, today).ok();
    own.into_iter().filter_map(edition).map(|(edition, _)| edition).collect()
}

/// Returns the booklets of an edition, each with its formats.
fn asked<'e>(
    edition: &'e Edition<'e, One>,
    wanted: &[Format],
) -> Vec<(Booklet<'e>, Vec<Format>)> {
    let mut booklets = print::booklets(edition);
    if booklets.is_empty() {
        booklets.push(print::first(edition).unwrap_or_else(|| print::whole(edition)));
    }
    let formats = |booklet: &Booklet<'_>| match (wanted, booklet.asked_alone()) {
        ([], alone) if alone.is_empty() => USUAL.to_vec(),
        ([], alone) => alone,
        (wanted, _) => wanted.to_vec(),
    };
    let all = booklets.into_iter().filter(|one| !one.is_empty());
    all.map(|one| (formats(&one), one)).map(|(formats, one)| (one, formats)).collect()
}
