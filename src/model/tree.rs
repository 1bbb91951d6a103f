//! The tree of a text, as several hold it: copies share it until one of them changes, what
//! one look at it tells is found once, and a tree that was kept is made when somebody walks
//! through it.

use super::{Body, Glance};
use crate::text::{SourceId, Span, for_source};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

/// The tree of a text. Who changes a copy gets one of their own.
#[derive(Clone, Default)]
pub struct Tree(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// The tree; none when it was kept.
    body: Option<Body>,
    kept: Kept,
    glance: OnceLock<Glance>,
    sum: Option<[u8; 32]>,
}

/// A tree as it was kept.
#[derive(Default)]
struct Kept {
    /// Nothing for a tree without anything in it.
    bytes: Vec<u8>,
    /// The source its spans lie in.
    source: SourceId,
    made: OnceLock<Body>,
}

impl Tree {
    /// Returns what one look at it tells.
    pub fn glance(&self) -> &Glance {
        self.0.glance.get_or_init(|| Glance::of(self))
    }

    /// Says what it was made of, added up; that stands until the tree changes. One that
    /// others hold already stays without.
    pub fn say_sum(&mut self, sum: [u8; 32]) {
        if let Some(own) = Arc::get_mut(&mut self.0) {
            own.sum = Some(sum);
        }
    }

    /// Returns what it was made of, added up, where that was said: trees of one sum are the
    /// same.
    pub fn sum(&self) -> Option<[u8; 32]> {
        self.0.sum
    }

    /// Returns where it lies in memory: a name, as long as somebody holds it.
    pub fn place(&self) -> usize {
        Arc::as_ptr(&self.0) as usize
    }
}

impl Inner {
    fn body(&self) -> &Body {
        match &self.body {
            Some(body) => body,
            None => self.kept.made.get_or_init(|| self.kept.read()),
        }
    }
}

impl Kept {
    fn read(&self) -> Body {
        if self.bytes.is_empty() {
            return Body::default();
        }
        let body = for_source(self.source, || postcard::from_bytes(&self.bytes));
        // Only what this program sealed itself is taken for a tree.
        debug_assert!(body.is_ok(), "a tree is read as it was kept");
        body.unwrap_or_default()
    }
}

impl From<Body> for Tree {
    fn from(body: Body) -> Self {
        Tree(Arc::new(Inner { body: Some(body), ..Inner::default() }))
    }
}

impl Clone for Inner {
    /// Of a copy that changes nothing is known yet.
    fn clone(&self) -> Self {
        Inner { body: Some(self.body().clone()), ..Inner::default() }
    }
}

impl Deref for Tree {
    type Target = Body;

    fn deref(&self) -> &Body {
        self.0.body()
    }
}

impl DerefMut for Tree {
    fn deref_mut(&mut self) -> &mut Body {
        let own = Arc::make_mut(&mut self.0);
        let mut kept = std::mem::take(&mut own.kept);
        (own.glance, own.sum) = (OnceLock::new(), None);
        let made = kept.made.take();
        own.body.get_or_insert_with(|| made.unwrap_or_else(|| kept.read()))
    }
}

impl PartialEq for Tree {
    /// What is one and the same is equal, without a look inside.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// Writes a tree by the sum of what it was made of, where that was said: enough to tell
/// whether it is another.
pub fn as_sum<S: Serializer>(tree: &Tree, to: S) -> Result<S::Ok, S::Error> {
    match tree.sum() {
        Some(sum) => sum.serialize(to),
        None => (**tree).serialize(to),
    }
}

impl Serialize for Tree {
    /// What one look tells, and the tree, as bytes that may wait.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let bytes = postcard::to_extend(&**self, Vec::with_capacity(1 << 12));
        let bytes = bytes.map_err(S::Error::custom)?;
        (self.glance(), Bytes(&bytes)).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Tree {
    /// The tree is of the source that spans are read for now.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (glance, Bytes(bytes)) = <(Glance, Bytes<'_>)>::deserialize(from)?;
        let source = Span::read_for();
        let kept = Kept { bytes: bytes.to_vec(), source, made: OnceLock::new() };
        let glance = OnceLock::from(glance);
        Ok(Tree(Arc::new(Inner { kept, glance, ..Inner::default() })))
    }
}

/// Bytes in one piece.
struct Bytes<'b>(&'b [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self.0)
    }
}

impl<'de: 'b, 'b> Deserialize<'de> for Bytes<'b> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(from).map(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Inline, InlineKind};

    fn tree(words: &str) -> Tree {
        let span = Span::new(SourceId(3), 0..words.len());
        let line = vec![Inline { span, kind: InlineKind::Text(words.into()) }];
        let lead = vec![Block { span, kind: BlockKind::Paragraph(line) }];
        Tree::from(Body { lead, ..Body::default() })
    }

    fn kept(tree: &Tree) -> Tree {
        let source = SourceId(3);
        let bytes = for_source(source, || postcard::to_extend(tree, Vec::new()));
        let bytes = bytes.expect("a tree that can be kept");
        for_source(source, || postcard::from_bytes(&bytes)).expect("a kept tree")
    }

    #[test]
    fn a_copy_is_the_same_until_it_changes() {
        let mut first = tree("een");
        first.say_sum([1; 32]);
        let mut second = first.clone();
        assert!(std::ptr::eq(&*first, &*second));
        second.lead.extend(tree("twee").lead.iter().cloned());
        assert_eq!((first.lead.len(), second.lead.len()), (1, 2));
        assert_eq!((first.sum(), second.sum()), (Some([1; 32]), None));
        second.say_sum([2; 32]);
        second.lead.clear();
        assert_eq!((second.sum(), &second.glance().first_words), (None, &None));
    }

    #[test]
    fn a_kept_tree_is_made_when_somebody_walks_through_it() {
        let first = tree("een");
        let mut second = kept(&first);
        assert!(second.0.body.is_none() && second.0.kept.made.get().is_none());
        assert_eq!(second.glance(), first.glance());
        assert!(second.0.kept.made.get().is_none());
        assert_eq!(second, first);
        assert_eq!(second.lead[0].span.source, SourceId(3));
        // Kept again, and changed before anybody looked.
        assert_eq!(kept(&second), first);
        let mut third = kept(&first);
        for tree in [&mut second, &mut third] {
            tree.lead.clear();
            assert_eq!(*tree, Tree::default());
        }
        assert_eq!(kept(&Tree::default()), Tree::default());
    }
}
