//! What was published before, as sizes only: a small change in a text then shows in no size,
//! also near a step. [`Before::look`] reads it from the blobs that are still there.

use super::name::{hex, is_name};
use super::page::carried;
use crate::lock::{Kind, Reader, Space};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a text may grow before its size shows it, the first time it is published. Five
/// hundred typed signs become some thousands, with their marks and contents.
const ROOM: usize = 8 * 1024;

/// How long the blobs of a reader were.
#[derive(Debug, Default)]
pub struct Before {
    bundle: Option<usize>,
    /// The name under which a file is kept → how long its blob was.
    files: BTreeMap<String, usize>,
}

impl Before {
    /// Looks at what a reader had; `earlier` gives a blob by its name.
    pub fn look(
        reader: &Reader<'_>,
        earlier: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Before {
        let name = reader.bundle_name();
        let Some(bytes) = earlier(&hex(&name)) else { return Before::default() };
        let mut before = Before { bundle: Some(bytes.len()), files: BTreeMap::new() };
        let opened = reader.open(Kind::Bundle, &name, &bytes);
        let bundle: Option<Value> =
            opened.and_then(|inside| serde_json::from_slice(&inside).ok());
        let files = bundle.as_ref().and_then(|bundle| bundle["files"].as_array());
        for file in files.into_iter().flatten() {
            let (Some(name), Some(kept)) = (file["n"].as_str(), file["f"].as_str())
            else {
                continue;
            };
            if let Some(blob) = Some(name).filter(|name| is_name(name)).and_then(&earlier)
            {
                before.files.insert(kept.to_string(), blob.len());
            }
        }
        before
    }

    /// The same for a single file: its texts are longer, as they carry their fonts.
    pub fn in_single(&self, reader: &Reader<'_>, page: Option<&str>) -> Before {
        let name = hex(&reader.bundle_name());
        let bundle = page.and_then(|page| carried(page, &name));
        Before { bundle, files: self.files.clone() }
    }

    /// Returns the place for the texts.
    pub(super) fn bundle(&self) -> Space {
        Space { room: ROOM, before: self.bundle }
    }

    /// Returns the place for a file that follows from the texts.
    pub(super) fn file(&self, name: &str) -> Space {
        Space { room: ROOM, before: self.files.get(name).copied() }
    }
}
