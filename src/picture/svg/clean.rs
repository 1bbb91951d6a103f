//! Walks over the XML of a drawing once and keeps what may stay.
//!
//! Entry: [`clean`]. What may stay stands in `rules`; `drawn` takes out what is not seen.

use xml::attribute::OwnedAttribute;
use xml::name::OwnedName;
use xml::reader::{ErrorKind, EventReader, ParserConfig, XmlEvent};

use super::rules::{self, Rule};
use super::tree::{SVG, Tree, XLINK};
use super::{drawn, size, style};
use crate::picture::facts::Refusal;

/// The largest drawing we read, and the most text it may grow to.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Deeper than any drawing program nests.
const MAX_DEPTH: usize = 200;
/// More shapes than any drawing has.
const MAX_ELEMENTS: usize = 400_000;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// A drawing that may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) struct Drawing {
    /// The drawing, UTF-8.
    pub(in crate::picture) bytes: Vec<u8>,
    /// Width in CSS pixels.
    pub(super) width: u32,
    /// Height in CSS pixels.
    pub(super) height: u32,
    /// Whether comments, editor notes or metadata were in it.
    pub(super) metadata: bool,
    /// Whether scripts or outside references were in it.
    pub(super) cleaned: bool,
}

/// Cleans a drawing.
pub(in crate::picture) fn clean(bytes: &[u8]) -> Result<Drawing, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let mut reader = reader(bytes);
    let mut cleaner = Cleaner::new();
    loop {
        match reader.next() {
            Ok(XmlEvent::EndDocument) => break,
            Ok(event) => cleaner.take(event)?,
            Err(error) => return Err(cleaner.refusal(&error)),
        }
    }
    cleaner.finish()
}

fn reader(bytes: &[u8]) -> EventReader<&[u8]> {
    let mut config = ParserConfig::new()
        .whitespace_to_characters(true)
        .cdata_to_characters(true)
        .ignore_comments(false)
        .coalesce_characters(false)
        .replace_unknown_entity_references(true)
        .allow_multiple_root_elements(false)
        .max_entity_expansion_depth(4)
        .max_entity_expansion_length(256 * 1024)
        .max_name_length(1000)
        .max_attributes(500)
        .max_attribute_length(MAX_BYTES)
        .max_data_length(MAX_BYTES);
    // References to other files are read as nothing at all.
    for name in outside_entities(bytes) {
        config = config.add_entity(name, " ");
    }
    config.create_reader(bytes)
}

/// The names of entities that stand for another file.
fn outside_entities(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    text.split("<!ENTITY")
        .skip(1)
        .take(100)
        .filter_map(|declared| {
            let mut words = declared.split_whitespace();
            let (name, kind) = (words.next()?, words.next()?);
            matches!(kind, "SYSTEM" | "PUBLIC").then(|| name.to_owned())
        })
        .collect()
}

struct Cleaner {
    tree: Tree,
    /// How many elements are open.
    depth: usize,
    /// How many of the open elements do not leave.
    skipping: usize,
    /// The text of the style sheet we are in.
    sheet: Option<String>,
    /// How much text came by, entities filled in.
    length: usize,
    size: Option<(u32, u32)>,
    metadata: bool,
    cleaned: bool,
}

impl Cleaner {
    fn new() -> Self {
        Self {
            tree: Tree::default(),
            depth: 0,
            skipping: 0,
            sheet: None,
            length: 0,
            size: None,
            metadata: false,
            cleaned: false,
        }
    }

    fn take(&mut self, event: XmlEvent) -> Result<(), Refusal> {
        match event {
            XmlEvent::StartElement { name, attributes, .. } => {
                self.start(&name, &attributes)
            }
            XmlEvent::EndElement { .. } => {
                self.end();
                Ok(())
            }
            XmlEvent::Characters(text)
            | XmlEvent::CData(text)
            | XmlEvent::Whitespace(text) => self.text(&text),
            XmlEvent::Comment(_) => {
                self.metadata = true;
                Ok(())
            }
            XmlEvent::ProcessingInstruction { name, .. } => {
                self.cleaned |= name == "xml-stylesheet";
                self.metadata = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn start(
        &mut self,
        name: &OwnedName,
        attributes: &[OwnedAttribute],
    ) -> Result<(), Refusal> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Refusal::TooLarge);
        }
        self.count(attributes.iter().map(|one| one.value.len() + 8).sum())?;
        if self.size.is_none() && !is_svg(name, "svg") {
            return Err(Refusal::Unknown);
        }
        if self.skipping > 0 || !self.stays(name, attributes) {
            self.skipping += 1;
            return Ok(());
        }
        let mut kept: Vec<(OwnedName, String)> =
            attributes.iter().filter_map(|attribute| self.attribute(attribute)).collect();
        if self.size.is_none() {
            self.measure(&mut kept);
        }
        self.tree.open(&name.local_name, kept);
        if self.tree.elements.len() > MAX_ELEMENTS {
            return Err(Refusal::TooLarge);
        }
        Ok(())
    }

    /// Whether an element leaves; tells why not.
    fn stays(&mut self, name: &OwnedName, attributes: &[OwnedAttribute]) -> bool {
        // An element inside a style sheet means nothing.
        if self.sheet.is_some() {
            return false;
        }
        let local = name.local_name.as_str();
        let rule = match name.namespace.as_deref() {
            Some(SVG) | None => rules::element(local),
            Some(XHTML) => Rule::Outside,
            Some(_) => Rule::Note,
        };
        let plain = |wanted: &str| {
            attributes
                .iter()
                .find(|one| one.name.local_name == wanted && one.name.namespace.is_none())
        };
        let rule = match (rule, plain("attributeName")) {
            (Rule::Keep, Some(target)) if !rules::is_animated(target.value.trim()) => {
                Rule::Outside
            }
            // A corner that only one drawing program opens, with its own notes.
            (Rule::Outside, _) if plain("requiredExtensions").is_some() => Rule::Note,
            (rule, _) => rule,
        };
        match rule {
            Rule::Keep => {}
            Rule::Style => self.sheet = Some(String::new()),
            Rule::Note => self.metadata = true,
            Rule::Outside => self.cleaned = true,
        }
        matches!(rule, Rule::Keep | Rule::Style)
    }

    /// The attribute as it leaves, if it does.
    fn attribute(&mut self, attribute: &OwnedAttribute) -> Option<(OwnedName, String)> {
        let local = attribute.name.local_name.as_str();
        let value = &attribute.value;
        let plain = OwnedName::local(local);
        match attribute.name.namespace.as_deref() {
            None => {}
            Some(XML) if local == "space" => {
                let name = OwnedName::qualified(local, XML, Some("xml"));
                return Some((name, value.clone()));
            }
            Some(XLINK) if local == "href" => {}
            Some(_) => {
                self.metadata = true;
                return None;
            }
        }
        if local == "href" {
            return self.reference(attribute);
        }
        if local.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
            self.cleaned = true;
            return None;
        }
        if !rules::is_known_attribute(local) {
            self.metadata = true;
            return None;
        }
        if local == "style" {
            let (kept, outside) = style::clean(value);
            self.cleaned |= outside;
            return (!kept.is_empty()).then_some((plain, kept));
        }
        if !style::is_local(value) {
            self.cleaned = true;
            return None;
        }
        Some((plain, value.clone()))
    }

    /// A reference stays when it is to another part of the same drawing.
    fn reference(&mut self, attribute: &OwnedAttribute) -> Option<(OwnedName, String)> {
        let target = attribute.value.trim();
        if !target.starts_with('#') {
            self.cleaned |= !target.is_empty();
            return None;
        }
        let name = if attribute.name.namespace.is_some() {
            OwnedName::qualified("href", XLINK, Some("xlink"))
        } else {
            OwnedName::local("href")
        };
        Some((name, target.to_owned()))
    }

    /// Reads the size of the drawing off its outermost element.
    fn measure(&mut self, kept: &mut Vec<(OwnedName, String)>) {
        let find = |wanted: &str| {
            kept.iter()
                .find(|(name, _)| name.local_name == wanted)
                .map(|(_, value)| value.as_str())
        };
        let (width, height, view) = (find("width"), find("height"), find("viewBox"));
        self.size = Some(size::size(width, height, view));
        if view.is_none()
            && let Some(view) = size::view_box(width, height)
        {
            kept.push((OwnedName::local("viewBox"), view));
        }
    }

    fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        if let Some(sheet) = self.sheet.take() {
            let (kept, outside) = style::clean(&sheet);
            self.metadata |= sheet.contains("/*");
            self.cleaned |= outside;
            self.tree.text(&kept);
        }
        self.tree.close();
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        self.count(text.len())?;
        if self.skipping > 0 || self.depth == 0 {
            return Ok(());
        }
        match &mut self.sheet {
            Some(sheet) => sheet.push_str(text),
            None => self.tree.text(text),
        }
        Ok(())
    }

    /// Small files can be made to grow without end; not here.
    fn count(&mut self, length: usize) -> Result<(), Refusal> {
        self.length = self.length.saturating_add(length);
        if self.length > 2 * MAX_BYTES { Err(Refusal::TooLarge) } else { Ok(()) }
    }

    /// Why the XML could not be read on.
    fn refusal(&self, error: &xml::reader::Error) -> Refusal {
        let limit = ["Entity too big", "larger/more complex"];
        match error.kind() {
            ErrorKind::Syntax(text) if limit.iter().any(|part| text.contains(part)) => {
                Refusal::TooLarge
            }
            _ => Refusal::Broken,
        }
    }

    fn finish(self) -> Result<Drawing, Refusal> {
        let (width, height) = self.size.ok_or(Refusal::Broken)?;
        let (tree, words_went) = drawn::thin(self.tree);
        Ok(Drawing {
            bytes: tree.write().ok_or(Refusal::Broken)?,
            width,
            height,
            metadata: self.metadata || words_went,
            cleaned: self.cleaned,
        })
    }
}

fn is_svg(name: &OwnedName, wanted: &str) -> bool {
    name.local_name == wanted && matches!(name.namespace.as_deref(), Some(SVG) | None)
}
