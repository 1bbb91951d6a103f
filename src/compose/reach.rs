//! What the texts that go out reach: pages, files, pictures.
//!
//! Only what is left of a text counts. A part that was taken out takes its links,
//! pictures and notes with it: no file goes out because of a part nobody sees.

use super::attachments::{Way, as_it_is, way};
use super::edition::{Destination, PlacedPicture};
use super::left::Left;
use super::links::{Found, Index};
use crate::model::{Asset, AssetId, Library, Link, LinkId, Target, TextId};
use crate::problem::{Code, Problem};
use crate::text::Slugs;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many links to nothing get a suggestion: a folder from another program may hold
/// thousands, and each looks at every name.
const SUGGESTIONS: usize = 200;

/// Where the links of one text lead: pages, and files that are still to be placed.
pub(super) type Resolved = BTreeMap<TextId, Vec<Leads>>;

pub(super) enum Leads {
    To(Destination),
    /// A file, and the page of it that is meant, from 1.
    Asset(AssetId, Option<u32>),
}

/// Resolves the links of every text that goes out; `more` are links beside those typed,
/// `shut` the files that only some readers may see.
pub(super) fn resolve(
    index: &Index<'_>,
    more: &BTreeMap<TextId, Vec<Link>>,
    (left, shut): (&BTreeMap<TextId, Left<'_>>, &BTreeSet<AssetId>),
    problems: &mut Vec<Problem>,
) -> Resolved {
    let library = index.library;
    let links = |id: TextId| {
        let more = more.get(&id).into_iter().flatten();
        library.text(id).links.iter().chain(more)
    };
    let find = |(&id, left): (&TextId, &Left<'_>)| {
        let found =
            links(id).zip(0..).map(|(link, at)| match left.links.contains(&LinkId(at)) {
                true => index.resolve(id, link),
                false => Found::To(Destination::Nothing),
            });
        (id, found.collect())
    };
    let found: Vec<(TextId, Vec<Found>)> = left.par_iter().map(find).collect();
    let mut resolved = BTreeMap::new();
    let (mut said, mut missing) = (BTreeSet::new(), 0);
    for (id, found) in found {
        let mut decide = |(link, found): (&Link, Found)| match found {
            Found::To(destination) => Leads::To(destination),
            Found::Nearly(destination, problem) => {
                problems.push(problem);
                Leads::To(destination)
            }
            Found::Closed(problem) => {
                problems.push(problem);
                Leads::To(Destination::Nothing)
            }
            Found::Nothing => {
                missing += 1;
                problems.push(index.missing(link, missing <= SUGGESTIONS));
                Leads::To(Destination::Nothing)
            }
            Found::Asset(asset) if shut.contains(&asset) => {
                let path = library.asset(asset).path.as_str();
                problems.push(Problem::at(Code::R06, link.span).with("x", path));
                Leads::To(Destination::Nothing)
            }
            Found::Asset(asset) => {
                file(library.asset(asset), asset, link, &mut said, problems)
            }
        };
        resolved.insert(id, links(id).zip(found).map(&mut decide).collect());
    }
    resolved
}

/// Decides about a link to a file; `said` are the files of which was said that they go
/// out as they are.
fn file(
    asset: &Asset,
    id: AssetId,
    link: &Link,
    said: &mut BTreeSet<AssetId>,
    problems: &mut Vec<Problem>,
) -> Leads {
    match way(asset) {
        Way::Out => {
            if said.insert(id) {
                problems.extend(as_it_is(asset, link.span));
            }
            return Leads::Asset(id, page(&link.target));
        }
        Way::Said => {}
        Way::Stays(code) => {
            let path = asset.path.as_str();
            problems.push(Problem::at(code, link.span).with("x", path));
        }
    }
    Leads::To(Destination::Nothing)
}

/// Returns the page a link to a file asks for, as PDF readers know it (RFC 8118):
/// `brief.pdf#page=2`.
fn page(target: &Target) -> Option<u32> {
    let (Target::Inside { fragment, .. } | Target::Title { fragment, .. }) = target
    else {
        return None;
    };
    let asked = fragment.as_deref()?.to_ascii_lowercase();
    let page = asked.split('&').find_map(|one| one.strip_prefix("page="))?;
    page.parse().ok().filter(|page| *page > 0)
}

/// Returns the files that links of texts that go out lead to.
pub(super) fn reached(resolved: &Resolved) -> BTreeSet<AssetId> {
    let all = resolved.values().flatten();
    all.filter_map(|leads| match leads {
        Leads::Asset(asset, _) => Some(*asset),
        Leads::To(_) => None,
    })
    .collect()
}

/// Gives each picture that these texts show or link to its address.
pub(super) fn place<'a>(
    library: &'a Library,
    left: &BTreeMap<TextId, Left<'_>>,
    resolved: &Resolved,
) -> BTreeMap<AssetId, PlacedPicture<'a>> {
    let shown = left.values().flat_map(|left| left.pictures.values());
    let mut pictures: BTreeSet<AssetId> =
        shown.filter_map(|picture| picture.asset).collect();
    pictures.extend(reached(resolved));
    let mut names = Slugs::default();
    let facts = |id: &AssetId| library.asset(*id).facts.is_some();
    pictures
        .into_iter()
        .filter(facts)
        .map(|id| {
            let asset = library.asset(id);
            let base = format!("beeld/{}", names.take(asset.path.stem(), "beeld"));
            (id, PlacedPicture { asset, base })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::public;
    use crate::load::read_bytes;
    use jiff::civil::date;

    #[test]
    fn the_first_links_to_nothing_get_a_suggestion() {
        let links = "[kom](kom-terg.md)\n\n".repeat(SUGGESTIONS);
        let text = format!("# A\n\n{links}");
        let library = read_bytes(&[
            ("a.md", text.as_bytes()),
            ("b.md", text.as_bytes()),
            ("kom-terug.md", b"# Kom\n"),
        ])
        .library;
        let problems = public(&library, date(2026, 5, 1)).problems;
        let missing = problems.iter().filter(|problem| problem.code == Code::L01);
        let suggested: Vec<bool> = missing
            .map(|problem| problem.args.iter().any(|(name, _)| *name == "s"))
            .collect();
        let expected = [vec![true; SUGGESTIONS], vec![false; SUGGESTIONS]].concat();
        assert_eq!(suggested, expected);
    }
}
