//! Pictures of texts find their files, and every file that is shown is looked at once.
//!
//! [`attach`] is the entry. Reports I01 to I07, L06 and P08.

use super::disk;
use super::finder::{Finder, Found};
use super::memory::Memory;
use crate::model::{
    Asset, AssetId, Key, Kind, Leaves, Link, Picture, PictureId, Target, Text,
};
use crate::picture::{Facts, Refusal, inspect, is_picture, is_picture_name};
use crate::problem::{Code, Problem};
use crate::text::{Sources, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Largest picture we read, in bytes.
const LARGEST: u64 = 100 * 1024 * 1024;

/// How much of a linked file is looked at to know what it is, in bytes.
const START: u64 = 1024 * 1024;

/// Longest part of a typed path in a message, in characters.
const SHOWN: usize = 80;

/// Finds the file of each picture, and reads what it is.
pub(super) fn attach(
    texts: &mut [Text],
    assets: &mut [Asset],
    sources: &Sources,
    memory: &Memory,
) -> Vec<Problem> {
    let finder = Finder::new(assets);
    let found: Vec<Vec<Problem>> =
        texts.par_iter_mut().map(|text| of_text(text, &finder, sources)).collect();
    let mut problems: Vec<Problem> = found.into_iter().flatten().collect();
    let (linked, closed) = linked(texts, assets, &finder, sources);
    let facts = look(texts, &linked, assets, memory);
    for text in texts.iter_mut() {
        apply(text, &facts, &mut problems);
    }
    report_linked(&linked, assets, &facts, &mut problems);
    report_once(texts, &linked, assets, &facts, &mut problems);
    for (id, span) in closed {
        let asset = &mut assets[id.0 as usize];
        asset.leaves = Leaves::Never;
        problems.push(Problem::at(Code::I04, span).with("x", asset.path.as_str()));
    }
    for (id, facts) in facts {
        let asset = &mut assets[id.0 as usize];
        if facts.is_err() {
            asset.leaves = Leaves::Never;
        }
        asset.facts = facts.ok();
    }
    problems
}

/// Finds the files of one text's pictures, those of its fields too.
fn of_text(text: &mut Text, finder: &Finder, sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for picture in &mut text.pictures {
        resolve(picture, finder, sources, &mut problems);
    }
    if let Some(mut picture) = of_fields(text) {
        resolve(&mut picture, finder, sources, &mut problems);
        add_image(text, picture);
    }
    problems
}

fn add_image(text: &mut Text, picture: Picture) {
    text.image = Some(PictureId(text.pictures.len() as u32));
    text.pictures.push(picture);
}

/// Gives a text that names the same pictures as before the same files; tells whether it
/// does.
pub(super) fn as_before(text: &mut Text, before: &Text) -> bool {
    if let Some(picture) = of_fields(text) {
        add_image(text, picture);
    }
    let named = |one: &Picture| (one.span.source, one.path.clone());
    if !text.pictures.iter().map(named).eq(before.pictures.iter().map(named)) {
        return false;
    }
    for (picture, before) in text.pictures.iter_mut().zip(&before.pictures) {
        picture.asset = before.asset;
    }
    true
}

/// Makes the picture of the text as a whole: `omslag:` of a booklet, else `beeld:`.
fn of_fields(text: &Text) -> Option<Picture> {
    let image = (Key::Image, Key::ImageAlt);
    let cover = (Key::Cover, Key::CoverAlt);
    let order = if text.kind == Kind::Booklet { [cover, image] } else { [image, cover] };
    let (key, alt) =
        order.into_iter().find(|(key, _)| text.fields.text(*key).is_some())?;
    Some(Picture {
        span: text.fields.get(key)?.value_span,
        path: text.fields.text(key)?.to_string(),
        alt: text.fields.text(alt).unwrap_or_default().to_string(),
        caption: String::new(),
        decorative: false,
        asset: None,
    })
}

fn resolve(
    picture: &mut Picture,
    finder: &Finder,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) {
    let path = picture.path.trim();
    let mut report = |code| {
        let shown: String = path.chars().take(SHOWN).collect();
        problems.push(Problem::at(code, picture.span).with("x", shown));
    };
    let start: String = path.chars().take(8).collect::<String>().to_ascii_lowercase();
    if start.starts_with("http://")
        || start.starts_with("https://")
        || start.starts_with("//")
    {
        return report(Code::I05);
    }
    let from = &sources.get(picture.span.source).path;
    match finder.find(from, path) {
        Found::Asset(id) => picture.asset = Some(id),
        Found::Outside => report(Code::L06),
        Found::Nothing => report(Code::I02),
    }
}

type Looked = BTreeMap<AssetId, Result<Facts, Code>>;

/// Files with the places of the links to them.
type Linked = Vec<(AssetId, Span)>;

/// Finds the pictures that texts link to, without showing them: those leave too, so they
/// are made anew like all others, never sent as they are. What a file holds counts, under
/// any name; files that cannot be opened are returned apart.
fn linked(
    texts: &[Text],
    assets: &[Asset],
    finder: &Finder,
    sources: &Sources,
) -> (Linked, Linked) {
    let of_link = |link: &Link| {
        let (Target::Inside { path, .. } | Target::Title { title: path, .. }) =
            &link.target
        else {
            return None;
        };
        let from = &sources.get(link.span.source).path;
        let Found::Asset(id) = finder.find(from, path) else { return None };
        Some((id, link.span))
    };
    let all: Linked =
        texts.par_iter().flat_map_iter(|text| &text.links).filter_map(of_link).collect();
    let ids: BTreeSet<AssetId> = all.iter().map(|(id, _)| *id).collect();
    let sorts: BTreeMap<AssetId, Option<bool>> =
        ids.into_iter().map(|id| (id, holds_picture(&assets[id.0 as usize]))).collect();
    let of = |sort| {
        let is = |(id, _): &&(AssetId, Span)| sorts.get(id) == Some(&sort);
        all.iter().filter(is).copied().collect()
    };
    (of(Some(true)), of(None))
}

/// Tells whether a file is a picture, by its name or its first bytes; `None`: it cannot be
/// opened.
fn holds_picture(asset: &Asset) -> Option<bool> {
    if is_picture_name(&asset.path.extension()) {
        return Some(true);
    }
    let start = disk::start(&asset.on_disk, START).ok()?;
    Some(is_picture(&start))
}

/// Looks at every file that some text shows or links to, once.
fn look(
    texts: &[Text],
    linked: &[(AssetId, Span)],
    assets: &[Asset],
    memory: &Memory,
) -> Looked {
    let mut shown: Vec<AssetId> = texts
        .iter()
        .flat_map(|text| &text.pictures)
        .filter_map(|picture| picture.asset)
        .chain(linked.iter().map(|(id, _)| *id))
        .collect();
    shown.sort_unstable();
    shown.dedup();
    let look = |id: AssetId| {
        let asset = &assets[id.0 as usize];
        (id, memory.picture(&asset.on_disk, || look_at(asset)))
    };
    shown.into_par_iter().map(look).collect()
}

fn look_at(asset: &Asset) -> Result<Facts, Code> {
    let bytes = disk::read(&asset.on_disk, LARGEST).map_err(|unread| match unread {
        disk::Unread::Closed => Code::I04,
        disk::Unread::TooLong => Code::I06,
    })?;
    inspect(&bytes).map_err(|refusal| match refusal {
        Refusal::Heic => Code::I03,
        Refusal::TooLarge => Code::I06,
        Refusal::Broken | Refusal::Unknown => Code::I04,
    })
}

/// Takes refused files off their pictures; asks for a description where one is shown.
fn apply(text: &mut Text, looked: &Looked, problems: &mut Vec<Problem>) {
    let image = text.image;
    for (at, picture) in text.pictures.iter_mut().enumerate() {
        let Some(id) = picture.asset else { continue };
        match looked.get(&id) {
            Some(Err(code)) => {
                picture.asset = None;
                let shown: String = picture.path.chars().take(SHOWN).collect();
                problems.push(Problem::at(*code, picture.span).with("x", shown));
            }
            _ if picture.alt.trim().is_empty()
                && !picture.decorative
                && image != Some(PictureId(at as u32)) =>
            {
                problems.push(Problem::at(Code::I01, picture.span));
            }
            _ => {}
        }
    }
}

/// Reports linked pictures that cannot leave, at each link.
fn report_linked(
    linked: &[(AssetId, Span)],
    assets: &[Asset],
    looked: &Looked,
    problems: &mut Vec<Problem>,
) {
    for (id, span) in linked {
        if let Some(Err(code)) = looked.get(id) {
            let path = assets[id.0 as usize].path.as_str();
            problems.push(Problem::at(*code, *span).with("x", path));
        }
    }
}

/// Reports what is said once a file: metadata (P08), a drawing that was cleaned (I07).
fn report_once(
    texts: &[Text],
    linked: &[(AssetId, Span)],
    assets: &[Asset],
    looked: &Looked,
    problems: &mut Vec<Problem>,
) {
    let mut places: BTreeMap<AssetId, Span> = BTreeMap::new();
    for picture in texts.iter().flat_map(|text| &text.pictures) {
        if let Some(id) = picture.asset {
            places.entry(id).or_insert(picture.span);
        }
    }
    for (id, span) in linked {
        places.entry(*id).or_insert(*span);
    }
    for (id, facts) in looked {
        let (Ok(facts), Some(place)) = (facts, places.get(id)) else { continue };
        let path = &assets[id.0 as usize].path;
        if facts.metadata {
            problems.push(Problem::file(Code::P08, path).with("f", path.as_str()));
        }
        if facts.cleaned {
            problems.push(Problem::at(Code::I07, *place).with("x", path.as_str()));
        }
    }
}
