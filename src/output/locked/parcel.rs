//! What one reader gets, in one parcel: pages, style, pictures and files, sealed.

use super::before::Before;
use super::name::hex;
use super::style::Style;
use crate::compose::{Edition, One};
use crate::files::read;
use crate::kind::{Exit, read_exit};
use crate::lock::{Kind, Reader, Space};
use crate::model::{Asset, Key};
use crate::output::Download;
use crate::output::html::{Inside, outside};
use crate::output::site;
use crate::picture::{Refusal, is_picture, make_one, renditions};
use crate::problem::{Code, Problem};
use crate::text::{Address, base64};
use crate::theme::Theme;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::sync::Arc;

/// What is sealed, and for whom.
#[derive(Clone, Copy)]
pub struct Parcel<'a> {
    /// What the reader gets.
    pub edition: &'a Edition<'a, One>,
    /// How it looks.
    pub theme: &'a Theme,
    /// What they may take along on paper.
    pub downloads: &'a [Download],
    /// The style, made once.
    pub style: &'a Arc<Style>,
    /// The last day it may be read.
    pub until: Option<Date>,
    /// How large it was before.
    pub before: &'a Before,
}

/// What is published of a parcel.
#[derive(Debug)]
pub struct Sealed<'a> {
    /// The blobs of files, with their names.
    pub files: Vec<(String, Vec<u8>)>,
    /// The blob of the pages.
    pub bundle: Bundle<'a>,
    /// What was noticed: pictures and files that could not come along (I02–I04, I06, B08).
    pub noticed: Vec<Problem>,
}

/// The pages of one reader, sealed when they are asked for: for all readers together they
/// are many times as large as what is in them.
#[derive(Debug)]
pub struct Bundle<'a> {
    reader: Reader<'a>,
    style: Arc<Style>,
    /// What is in it, but for the style in front.
    rest: String,
    space: Space,
}

impl Bundle<'_> {
    /// Returns its name on the site.
    pub fn name(&self) -> String {
        hex(&self.reader.bundle_name())
    }

    /// Seals it. `None` when it is longer than four gigabytes.
    pub fn seal(&self) -> Option<Vec<u8>> {
        let rest = self.rest.strip_prefix('{')?;
        let inside = ["{\"css\":", &self.style.json, ",", rest].map(str::as_bytes);
        let name = self.reader.bundle_name();
        let shut = self.reader.seal_in(Kind::Bundle, &name, &inside, self.space);
        Some(shut?.bytes)
    }
}

/// Makes the pages of a reader, and seals what comes along. May fail with M02.
pub fn seal<'a>(parcel: &Parcel<'_>, reader: Reader<'a>) -> Result<Sealed<'a>, Problem> {
    let (mut bundle, taken) = pack(parcel)?;
    let (mut blobs, mut noticed, mut files) = (Vec::new(), Vec::new(), Vec::new());
    for address in taken {
        let made = file(parcel, &address).map(|file| shut(&mut blobs, &reader, &file));
        files.push(made.unwrap_or_else(|problem| {
            noticed.push(problem);
            // Its number stays, so that the others keep theirs: it is told as missing.
            json!({ "n": "", "k": "", "t": "", "f": "" })
        }));
    }
    bundle["files"] = files.into();
    let rest = bundle.to_string();
    let (style, space) = (parcel.style.clone(), parcel.before.bundle());
    Ok(Sealed { files: blobs, bundle: Bundle { reader, style, rest, space }, noticed })
}

/// Returns what a reader finds when it is open, with no lock around it, for the preview
/// alone; `place` tells where [`opened_file`] of an address can be had. May fail with M02.
pub fn opened(
    parcel: &Parcel<'_>,
    place: impl Fn(&Address) -> String,
) -> Result<Value, Problem> {
    let (mut bundle, taken) = pack(parcel)?;
    let known = parcel.edition.attachments();
    let files = taken.iter().map(|address| {
        let own = known.get(address).map(|asset| asset.path.name());
        let last = address.as_str().rsplit('/').next().unwrap_or_default();
        json!({ "n": place(address), "k": "", "t": "", "f": own.unwrap_or(last) })
    });
    bundle["files"] = files.collect::<Vec<Value>>().into();
    bundle["css"] = parcel.style.css().into();
    Ok(bundle)
}

/// Makes a file that comes along with [`opened`] pages.
pub fn opened_file(parcel: &Parcel<'_>, address: &Address) -> Result<Vec<u8>, Problem> {
    Ok(file(parcel, address)?.bytes)
}

/// Makes the pages and all that goes with them, but for the style, and for the files: those
/// that come along, by number.
fn pack(parcel: &Parcel<'_>) -> Result<(Value, Vec<Address>), Problem> {
    let inside = Inside::default();
    let pages = site::closed(parcel.edition, parcel.theme, &inside, parcel.downloads)?;
    let pages = pages.into_iter().map(
        |page| json!({ "a": page.address.as_str(), "t": page.title, "h": page.html }),
    );
    let title = parcel.edition.home().map(|id| &parcel.edition.entry(id).title);
    let mut bundle = json!({
        "v": 1,
        "title": title,
        "js": super::page::reader_script(),
        "pages": pages.collect::<Vec<Value>>(),
    });
    if let Some(exit) = exit(parcel.edition) {
        bundle["exit"] = exit.into();
    }
    if let Some(until) = parcel.until {
        bundle["expires"] = until.to_string().into();
    }
    Ok((bundle, inside.taken()))
}

/// Returns where "leave quickly" goes from an open text, when it says so itself: that is no
/// less private than the rest of it.
fn exit(edition: &Edition<'_, One>) -> Option<String> {
    let home = edition.entry(edition.home()?);
    match read_exit(home.fields.text(Key::QuickExit)?)? {
        Exit::To(address) => outside(&address),
        Exit::Yes | Exit::No => None,
    }
}

/// Seals a file; returns how the bundle names it.
fn shut(blobs: &mut Vec<(String, Vec<u8>)>, reader: &Reader<'_>, file: &File) -> Value {
    let name = reader.file_name(&file.bytes);
    let Some(shut) = reader.seal_in(Kind::File, &name, &[&file.bytes], file.space) else {
        return Value::Null;
    };
    let key = base64(shut.key.bytes());
    if blobs.iter().all(|(other, _)| *other != hex(&name)) {
        blobs.push((hex(&name), shut.bytes));
    }
    json!({ "n": hex(&name), "k": key, "t": file.kind, "f": file.name })
}

/// A file that comes along.
struct File {
    bytes: Vec<u8>,
    kind: &'static str,
    name: String,
    space: Space,
}

/// Makes a file: what was set on paper, a picture anew from its pixels, in one size;
/// another file as it is.
fn file(parcel: &Parcel<'_>, address: &Address) -> Result<File, Problem> {
    let edition = parcel.edition;
    if let Some(one) = parcel.downloads.iter().find(|one| one.address == *address) {
        let name = address.as_str().to_string();
        let (bytes, space) = (one.bytes.to_vec(), parcel.before.file(&name));
        return Ok(File { bytes, kind: "application/pdf", name, space });
    }
    for placed in edition.pictures().values() {
        let Some(facts) = &placed.asset.facts else { continue };
        let wanted = address.as_str().strip_prefix(placed.base.as_str());
        let list = renditions(facts);
        let Some(one) = list.iter().find(|one| Some(one.suffix.as_str()) == wanted)
        else {
            continue;
        };
        let asset = placed.asset;
        let bytes = read(&asset.on_disk).map_err(|_| about(Code::I02, asset))?;
        let bytes = make_one(&bytes, facts, one).map_err(|refusal| {
            about(
                match refusal {
                    Refusal::Heic => Code::I03,
                    Refusal::Broken | Refusal::Unknown => Code::I04,
                    Refusal::TooLarge => Code::I06,
                },
                asset,
            )
        })?;
        let name = format!("{}.{}", asset.path.stem(), one.extension);
        return Ok(File { bytes, kind: one.mime, name, space: Space::default() });
    }
    let asset = edition.attachments().get(address).ok_or_else(|| {
        Problem {
            code: Code::B08,
            place: crate::problem::Where::Folder,
            args: Vec::new(),
        }
        .with("f", address.as_str())
    })?;
    let bytes = read(&asset.on_disk).map_err(|_| about(Code::B08, asset))?;
    // A picture under another name could tell where it was taken.
    if is_picture(&bytes) {
        return Err(about(Code::B08, asset));
    }
    let (name, space) = (asset.path.name().to_string(), Space::default());
    Ok(File { bytes, kind: media_type(asset), name, space })
}

fn about(code: Code, asset: &Asset) -> Problem {
    let path = asset.path.as_str();
    Problem::file(code, &asset.path).with("x", path).with("f", path)
}

fn media_type(asset: &Asset) -> &'static str {
    match asset.path.extension().as_str() {
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "mp3" => "audio/mpeg",
        "mp4" | "m4v" => "video/mp4",
        "ics" => "text/calendar",
        "csv" => "text/csv",
        _ => "application/octet-stream",
    }
}
