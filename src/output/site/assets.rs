//! Files that are no pages: the theme's own, pictures, attachments.

use crate::compose::Chosen;
use crate::files::{Adding, Files, MakeAll, read};
use crate::model::Asset;
use crate::picture::{Facts, Refusal, is_picture, make, renditions};
use crate::problem::{Code, Problem};
use crate::text::Address;
use crate::theme::Theme;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Adds what the theme brings, below `thema/`.
pub(super) fn theme<'a>(files: &mut Files<'a>, theme: &'a Theme) {
    for file in theme.assets() {
        let address = Address::new(&format!("thema/{}", file.path));
        files.add(address, move || Ok(file.bytes.clone()));
    }
}

/// Adds every picture in all its sizes; one picture is read and opened once.
pub(super) fn pictures<'a>(files: &mut Files<'a>, edition: &'a Chosen<'a>) {
    for placed in edition.pictures().values() {
        let asset = placed.asset;
        let Some(facts) = &asset.facts else { continue };
        let addresses = renditions(facts)
            .iter()
            .map(|one| Address::new(&format!("{}{}", placed.base, one.suffix)))
            .collect();
        let make: MakeAll<'a> = Arc::new(move || sizes(asset, facts));
        let sum: Adding<'a> = Arc::new(move || {
            let mut sum = Sha256::new();
            sum.update(format!("{facts:?} "));
            sum.update(read(&asset.on_disk).ok()?);
            Some(sum.finalize().into())
        });
        files.add_all_of(addresses, &sum, &make);
    }
}

fn sizes(asset: &Asset, facts: &Facts) -> Result<Vec<Vec<u8>>, Problem> {
    let problem = |code| Problem::file(code, &asset.path).with("x", asset.path.as_str());
    let bytes = read(&asset.on_disk).map_err(|_| problem(Code::I02))?;
    make(&bytes, facts).map_err(|refusal| {
        problem(match refusal {
            Refusal::Heic => Code::I03,
            Refusal::Broken | Refusal::Unknown => Code::I04,
            Refusal::TooLarge => Code::I06,
        })
    })
}

/// Adds files that texts link to, as they are; except a picture under another name, which
/// could tell where it was taken.
pub(super) fn attachments<'a>(files: &mut Files<'a>, edition: &'a Chosen<'a>) {
    for (address, asset) in edition.attachments() {
        files.add(address.clone(), move || {
            let closed =
                || Problem::file(Code::B08, &asset.path).with("f", asset.path.as_str());
            let bytes = read(&asset.on_disk).map_err(|_| closed())?;
            if is_picture(&bytes) { Err(closed()) } else { Ok(bytes) }
        });
    }
}
