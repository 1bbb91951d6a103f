//! What the page about accessibility adds to the writer's own words: what was counted when
//! the site was made, on the day handed in, and what nobody looked at. It claims nothing
//! that was not looked at.

use super::exit;
use super::fixed;
use super::frame::Site;
use super::value::{list, map, maybe, text, with_mail};
use crate::compose::{Entry, EntryId, ListKind};
use crate::lang::Table;
use crate::model::{
    Block, BlockKind, InlineKind, Kind, PictureId, Section, for_inner, for_lines, inlines,
};
use crate::output::about;
use crate::text::redact;
use std::collections::BTreeSet;
use tera::Value;

/// Returns `text.access` for a page about accessibility, nothing for others.
pub(super) fn view(site: &Site<'_>, entry: &Entry<'_>, words: &Table) -> Value {
    if entry.kind != Kind::Access {
        return Value::none();
    }
    let mut sums = Sums::default();
    for (id, one) in site.edition.ids() {
        sums.add(site, id, one);
    }
    let today = site.edition.today();
    let day = about::day(words, today);
    let rows = [
        ("day", day, Some(today.to_string())),
        ("pages", pages(site).to_string(), None),
        ("described", sums.described.to_string(), None),
        ("decorative", sums.decorative.to_string(), None),
        ("missing", sums.missing.to_string(), None),
    ];
    let how = if site.theme.is_ours() { "access.how" } else { "access.how-own" };
    map([
        (
            "rows",
            list(rows.into_iter().map(|(name, value, iso)| {
                map([
                    ("label", text(words.get(&format!("access.{name}")))),
                    ("value", text(&value)),
                    ("iso", maybe(iso, |iso| text(&iso))),
                ])
            })),
        ),
        ("without", list(sums.without.iter().map(|&id| site.card_of(id)))),
        (
            "help",
            maybe(site.edition.settings().contact.as_ref(), |one| {
                with_mail(&words.say("access.help", &[("contact", &redact(one))]))
            }),
        ),
        ("how", text(&words.say(how, &[("theme", site.theme.name())]))),
    ])
}

/// Counts the pages of the site.
fn pages(site: &Site<'_>) -> usize {
    let edition = site.edition;
    let themes = edition.lists().iter().any(|one| one.kind == ListKind::Theme);
    let mut all: BTreeSet<&str> =
        BTreeSet::from([fixed::HOME, fixed::REGISTER, fixed::NOT_FOUND]);
    all.extend(site.search.then_some(fixed::SEARCH));
    all.extend(exit::anywhere_asked(edition).then_some(fixed::EXIT));
    all.extend(themes.then_some(fixed::THEMES));
    all.extend(edition.lists().iter().map(|one| one.address.as_str()));
    all.extend(edition.entries().map(|one| one.address.as_str()));
    all.len()
}

/// Pictures, by what is said about them.
#[derive(Default)]
struct Sums {
    described: usize,
    decorative: usize,
    missing: usize,
    /// Texts with a picture without description.
    without: Vec<EntryId>,
}

impl Sums {
    fn add(&mut self, site: &Site<'_>, id: EntryId, entry: &Entry<'_>) {
        let mut shown: BTreeSet<PictureId> = entry.image.into_iter().collect();
        blocks(&entry.body.lead, &mut shown);
        entry.body.sections.iter().for_each(|part| section(part, &mut shown));
        let before = self.missing;
        for picture in shown.iter().filter_map(|id| entry.pictures.get(id)) {
            let placed = |asset| site.edition.pictures().contains_key(&asset);
            if !picture.asset.is_some_and(placed) {
                continue;
            }
            match (picture.decorative, picture.alt.trim()) {
                (true, _) => self.decorative += 1,
                (false, "") => self.missing += 1,
                (false, _) => self.described += 1,
            }
        }
        if self.missing > before {
            self.without.push(id);
        }
    }
}

fn section(part: &Section, shown: &mut BTreeSet<PictureId>) {
    blocks(&part.blocks, shown);
    part.sections.iter().for_each(|inner| section(inner, shown));
}

fn blocks(all: &[Block], shown: &mut BTreeSet<PictureId>) {
    for block in all {
        if let BlockKind::Figure { picture, .. } = &block.kind {
            shown.insert(*picture);
        }
        for_lines(block, &mut |line| {
            inlines(line, &mut |inline| {
                if let InlineKind::Picture(id) = inline.kind {
                    shown.insert(id);
                }
            });
        });
        for_inner(block, &mut |inner| blocks(inner, shown));
    }
}
