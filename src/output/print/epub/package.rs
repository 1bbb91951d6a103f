//! The package of an e-book: what is in it, in which order, and who can read it how.

use super::boxed::{Boxed, boxed};
use crate::output::html::covered;
use std::fmt::Write as _;

/// One file of the book.
pub(super) struct Item {
    /// Path below `EPUB/`.
    pub(super) path: String,
    /// Its media type.
    pub(super) mime: &'static str,
    /// What it is for the package: `nav`, `cover-image`; empty for most.
    pub(super) property: &'static str,
    /// Whether it is read in the row of texts.
    pub(super) read: bool,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// What the package says about the book.
pub(super) struct About {
    pub(super) identifier: String,
    pub(super) title: String,
    pub(super) lang: String,
    /// Other languages that whole texts are in.
    pub(super) others: Vec<String>,
    pub(super) rtl: bool,
    pub(super) authors: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) license: Option<String>,
    pub(super) summary: Option<String>,
    /// `2026-11-22`.
    pub(super) day: String,
    /// What the page numbers are of; `None` when there are none.
    pub(super) pages_of: Option<String>,
    pub(super) pictures: bool,
    /// Whether every picture says what is on it.
    pub(super) described: bool,
    /// In words of the language: who can read it how.
    pub(super) accessibility: String,
}

/// Writes `package.opf`.
fn package(about: &About, items: &[Item]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let dir = if about.rtl { "rtl" } else { "ltr" };
    let _ = writeln!(
        out,
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" prefix=\"a11y: http://www.idpf.org/epub/vocab/package/a11y/#\" xml:lang=\"{}\" dir=\"{dir}\">",
        about.lang
    );
    out.push_str("<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    book(about, &mut out);
    readers(about, &mut out);
    out.push_str("</metadata>\n<manifest>\n");
    for (at, item) in items.iter().enumerate() {
        let property = match item.property {
            "" => String::new(),
            property => format!(" properties=\"{property}\""),
        };
        let _ = writeln!(
            out,
            "<item id=\"i{at}\" href=\"{}\" media-type=\"{}\"{property}/>",
            item.path, item.mime
        );
    }
    let _ = writeln!(out, "</manifest>\n<spine page-progression-direction=\"{dir}\">");
    for (at, _) in items.iter().enumerate().filter(|(_, item)| item.read) {
        let _ = writeln!(out, "<itemref idref=\"i{at}\"/>");
    }
    out.push_str("</spine>\n</package>\n");
    out
}

/// What the book is.
fn book(about: &About, out: &mut String) {
    let mut one = |name: &str, value: &str| {
        let _ = writeln!(out, "<{name}>{}</{name}>", covered(value));
    };
    one("dc:title", &about.title);
    one("dc:language", &about.lang);
    about.others.iter().for_each(|lang| one("dc:language", lang));
    for (name, value) in [
        ("dc:creator", &about.authors),
        ("dc:publisher", &about.publisher),
        ("dc:rights", &about.license),
        ("dc:description", &about.summary),
    ] {
        if let Some(value) = value {
            one(name, value);
        }
    }
    one("dc:date", &about.day);
    let _ = writeln!(
        out,
        "<dc:identifier id=\"id\">{}</dc:identifier>",
        covered(&about.identifier)
    );
    meta(out, "dcterms:modified", &format!("{}T00:00:00Z", about.day));
}

fn meta(out: &mut String, property: &str, value: &str) {
    let _ = writeln!(out, "<meta property=\"{property}\">{}</meta>", covered(value));
}

/// Who can read it how: EPUB Accessibility 1.1.
fn readers(about: &About, out: &mut String) {
    if let Some(source) = &about.pages_of {
        meta(out, "pageBreakSource", source);
    }
    meta(out, "schema:accessMode", "textual");
    if about.pictures {
        meta(out, "schema:accessMode", "visual");
    }
    meta(out, "schema:accessModeSufficient", "textual");
    let mut features = vec![
        "ARIA",
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ];
    if about.pictures && about.described {
        features.push("alternativeText");
    }
    if about.pages_of.is_some() {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    for feature in features {
        meta(out, "schema:accessibilityFeature", feature);
    }
    meta(out, "schema:accessibilityHazard", "none");
    meta(out, "schema:accessibilitySummary", &about.accessibility);
    // No `dcterms:conformsTo`: whether a book meets a standard is for people to say.
}

/// Puts everything in its box; `None` when it does not fit.
pub(super) fn book_of(about: &About, items: &[Item]) -> Option<Vec<u8>> {
    let package = package(about, items);
    let paths: Vec<String> =
        items.iter().map(|item| format!("EPUB/{}", item.path)).collect();
    let mut files = vec![
        Boxed { path: "mimetype", bytes: b"application/epub+zip", packed: false },
        Boxed {
            path: "META-INF/container.xml",
            bytes: CONTAINER.as_bytes(),
            packed: true,
        },
        Boxed { path: "EPUB/package.opf", bytes: package.as_bytes(), packed: true },
    ];
    for (path, item) in paths.iter().zip(items) {
        files.push(Boxed { path, bytes: &item.bytes, packed: true });
    }
    boxed(&files)
}

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";
