//! Reads one source: prepare, parse, repair, and again while there is something to repair.

use super::audience::{self, Wish};
use super::elsewhere;
use super::events;
use super::prepared::Prepared;
use super::stack::Flat;
use super::{Reading, Tree, comments, prepare, repair};
use crate::kind::signs;
use crate::model::{Audience, Kind};
use crate::problem::{Code, Problem};
use crate::text::SourceId;
use std::ops::Range;

/// How often a text is read again; after half of it, comments go from code too.
const MOST_ROUNDS: usize = 8;

/// Reads a range of a source. Returns what stands in it, each heading with what its part
/// says about its readers, and what the lines before the first heading say.
pub(super) fn read(
    reading: &Reading<'_>,
    source: SourceId,
    range: Range<usize>,
    tree: &mut Tree,
) -> (Vec<(Flat, Wish)>, Wish) {
    let whole = reading.sources.get(source).text();
    let plan = reading.kind == Kind::Plan;
    let mut edits = prepare::scan(whole, range.clone(), plan);
    let marks =
        [tree.links.len(), tree.pictures.len(), tree.notes.len(), tree.problems.len()];
    let mut quiet = Vec::new();
    for round in 1.. {
        let prepared = Prepared::new(whole, source, range.clone(), &mut edits);
        let mut built = events::build(&prepared, tree);
        if let Some((span, close)) = built.open_comment {
            let problem = Problem::at(Code::S07, span).with("x", prepared.typed(span));
            quiet.push(problem.with("y", close));
        }
        if round > MOST_ROUNDS / 2 {
            built.repairs.extend(comments::find(&prepared, &[]).edits);
        }
        if built.repairs.is_empty() || round >= MOST_ROUNDS {
            tree.problems.extend(quiet);
            return wishes(reading, built.flat, &prepared, plan);
        }
        // Spaces and comments that go now are not seen again.
        let seen = tree.problems.drain(marks[3]..);
        let gone = |one: &Problem| matches!(one.code, Code::S03 | Code::S12);
        quiet.extend(seen.filter(gone));
        tree.links.truncate(marks[0]);
        tree.pictures.truncate(marks[1]);
        tree.notes.truncate(marks[2]);
        edits.append(&mut built.repairs);
    }
    (Vec::new(), Wish::default())
}

/// Gives every heading what the lines below it say about readers. In a plan all its lines
/// are looked at, elsewhere those right below the heading.
fn wishes(
    reading: &Reading<'_>,
    flat: Vec<Flat>,
    prepared: &Prepared<'_>,
    plan: bool,
) -> (Vec<(Flat, Wish)>, Wish) {
    let text = &prepared.text;
    let tip = matches!(reading.kind, Kind::Tip | Kind::Tips);
    let scan = |range, title: &str| match plan {
        true => audience::scan(prepared, range, title, &reading.readers),
        false => audience::scan_open(prepared, range, title, tip),
    };
    let heads: Vec<Range<usize>> = flat
        .iter()
        .filter_map(|one| match one {
            Flat::Heading(heading) => Some(heading.prepared.clone()),
            _ => None,
        })
        .collect();
    // A heading made by a line of dashes may have swallowed lines of the part above it.
    let end_of = |index: usize| match heads.get(index) {
        Some(head) if text[head.clone()].trim_start().starts_with('#') => head.start,
        Some(head) => head.end,
        None => text.len(),
    };
    let mut index = 0;
    // Of a text that is no plan, `net` looked at the lines before the first heading.
    let own = prepared.span(0..0).source == reading.source;
    let lead = match plan || !own {
        true => scan(0..end_of(0), reading.title.unwrap_or_default()),
        false => Wish::default(),
    };
    let mut flat: Vec<(Flat, Wish)> = flat
        .into_iter()
        .map(|one| {
            let Flat::Heading(heading) = &one else { return (one, Wish::default()) };
            let title = heading.words();
            index += 1;
            let mut wish = scan(heading.prepared.end..end_of(index), &title);
            let doubt = || {
                let closed = matches!(wish.audience, Some(Audience::Groups(_)));
                let raw = text.get(heading.prepared.clone()).unwrap_or_default();
                elsewhere::heading_doubt(&title, raw, &reading.readers, closed)
            };
            let asked = || signs::closing_brackets(&title).map(String::from);
            if let Some(typed) = if plan { doubt() } else { asked() } {
                let problem = Problem::at(Code::P01, heading.span);
                wish.doubt(problem.with("h", title.as_str()).with("x", typed));
            }
            (one, wish)
        })
        .collect();
    if plan && reading.default_audience == Audience::Everyone {
        take_over(&mut flat, &lead, prepared);
    }
    (flat, lead)
}

/// In a plan where parts are open, a heading without its space opens nothing that the
/// part above it closed: it takes over who may read that.
fn take_over(flat: &mut [(Flat, Wish)], lead: &Wish, prepared: &Prepared<'_>) {
    let mut around: Vec<(u32, Option<Audience>)> = Vec::new();
    let mut above = lead.audience.clone();
    for (one, wish) in flat {
        let Flat::Heading(heading) = one else { continue };
        around.retain(|(level, _)| *level < heading.level);
        let closed = matches!(above, Some(Audience::Groups(_)));
        if closed
            && wish.audience.is_none()
            && repair::lacks_space(prepared, heading.prepared.start)
        {
            wish.audience.clone_from(&above);
        }
        let outer = around.last().and_then(|(_, audience)| audience.clone());
        above = match (&wish.audience, outer) {
            (Some(own), Some(outer)) => Some(outer.narrowed(own)),
            (own, outer) => own.clone().or(outer),
        };
        around.push((heading.level, above.clone()));
    }
}
