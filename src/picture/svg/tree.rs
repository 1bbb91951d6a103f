//! A drawing in memory: its elements, what is inside what, and the way back to text.
//!
//! [`Tree`] is filled from the start to the end ([`Tree::open`], [`Tree::text`],
//! [`Tree::close`]), thinned out by `drawn`, and written ([`Tree::write`]).

use xml::attribute::Attribute;
use xml::name::{Name, OwnedName};
use xml::namespace::Namespace;
use xml::writer::{EmitterConfig, EventWriter, XmlEvent as Out};

/// The namespace of drawings.
pub(super) const SVG: &str = "http://www.w3.org/2000/svg";
/// The namespace of references in older drawings.
pub(super) const XLINK: &str = "http://www.w3.org/1999/xlink";

/// One element.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name, without a prefix.
    pub(super) name: String,
    /// Its attributes.
    pub(super) attributes: Vec<(OwnedName, String)>,
    /// The element it is in.
    pub(super) parent: Option<usize>,
}

impl Element {
    /// Returns an attribute without a prefix.
    pub(super) fn get(&self, wanted: &str) -> Option<&str> {
        let found = |(name, _): &&(OwnedName, String)| {
            name.local_name == wanted && name.prefix.is_none()
        };
        self.attributes.iter().find(found).map(|(_, value)| value.as_str())
    }
}

/// What follows what.
#[derive(Debug)]
pub(super) enum Item {
    /// An element begins.
    Open(usize),
    /// Words inside an element.
    Text(usize, String),
    /// The element ends.
    Close(usize),
}

/// A whole drawing; an element stands behind the one it is in.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// All elements, in the order in which they begin.
    pub(super) elements: Vec<Element>,
    /// All there is, in order.
    pub(super) items: Vec<Item>,
    open: Vec<usize>,
}

impl Tree {
    /// Begins an element.
    pub(super) fn open(&mut self, name: &str, attributes: Vec<(OwnedName, String)>) {
        let at = self.elements.len();
        let parent = self.open.last().copied();
        self.elements.push(Element { name: name.to_owned(), attributes, parent });
        self.items.push(Item::Open(at));
        self.open.push(at);
    }

    /// Adds words.
    pub(super) fn text(&mut self, text: &str) {
        let Some(&inside) = self.open.last() else { return };
        match self.items.last_mut() {
            Some(Item::Text(_, before)) => before.push_str(text),
            _ => self.items.push(Item::Text(inside, text.to_owned())),
        }
    }

    /// Ends the innermost element.
    pub(super) fn close(&mut self) {
        if let Some(at) = self.open.pop() {
            self.items.push(Item::Close(at));
        }
    }

    /// Returns the same drawing with only some elements and words.
    pub(super) fn only(
        self,
        keep: impl Fn(usize) -> bool,
        words: impl Fn(usize, String) -> Option<String>,
    ) -> Tree {
        let mut elements: Vec<Option<Element>> =
            self.elements.into_iter().map(Some).collect();
        let mut made = Tree::default();
        for item in self.items {
            match item {
                Item::Open(at) if keep(at) => {
                    if let Some(one) = elements.get_mut(at).and_then(Option::take) {
                        made.open(&one.name, one.attributes);
                    }
                }
                Item::Close(at) if keep(at) => made.close(),
                Item::Text(at, text) if keep(at) => {
                    if let Some(text) = words(at, text) {
                        made.text(&text);
                    }
                }
                _ => {}
            }
        }
        made
    }

    /// Writes the drawing; `None` if it cannot be XML.
    pub(super) fn write(&self) -> Option<Vec<u8>> {
        let mut out = EmitterConfig::new()
            .perform_indent(false)
            .write_document_declaration(false)
            .pad_self_closing(false)
            .create_writer(Vec::new());
        for item in &self.items {
            match item {
                Item::Open(at) => start(&mut out, self.elements.get(*at)?)?,
                Item::Text(_, text) => out.write(Out::Characters(&legal(text))).ok()?,
                Item::Close(_) => out.write(Out::EndElement { name: None }).ok()?,
            }
        }
        Some(out.into_inner())
    }
}

fn start(out: &mut EventWriter<Vec<u8>>, element: &Element) -> Option<()> {
    let mut spaces = Namespace::empty();
    if element.parent.is_none() {
        spaces.put("", SVG);
        spaces.put("xlink", XLINK);
    }
    let values: Vec<String> =
        element.attributes.iter().map(|(_, value)| legal(value)).collect();
    let attributes: Vec<Attribute<'_>> = element
        .attributes
        .iter()
        .zip(&values)
        .map(|((name, _), value)| Attribute::new(name.borrow(), value))
        .collect();
    out.write(Out::StartElement {
        name: Name::local(&element.name),
        attributes: attributes.into(),
        namespace: std::borrow::Cow::Owned(spaces),
    })
    .ok()
}

/// Without the control characters that XML cannot hold; every line ends the same way.
fn legal(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..) && !is_no_character(*c))
        .map(|c| if c == '\r' { '\n' } else { c })
        .collect()
}

fn is_no_character(c: char) -> bool {
    matches!(c, '\u{FFFE}' | '\u{FFFF}')
}
