//! The tree of a text, as several hold it: copies share it until one of them changes, what
//! one look at it tells is found once, and a tree that was kept is fetched when somebody
//! walks through it.

use super::{Body, Glance};
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

/// The tree of a text. Who changes a copy gets one of their own.
#[derive(Clone, Default)]
pub struct Tree(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// The tree, once it is here.
    body: OnceLock<Body>,
    /// Fetches it; none for one that is here, or that has nothing in it.
    fetch: Option<Fetch>,
    glance: OnceLock<Glance>,
    sum: Option<[u8; 32]>,
}

/// Fetches a tree: the same each time.
pub type Fetch = Box<dyn Fn() -> Body + Send + Sync>;

impl Tree {
    /// Returns a tree that is fetched when somebody walks through it; what one look tells,
    /// and the sum of what it was made of, are known already.
    pub fn later(glance: Glance, sum: [u8; 32], fetch: Fetch) -> Tree {
        let (glance, fetch) = (OnceLock::from(glance), Some(fetch));
        Tree(Arc::new(Inner { body: OnceLock::new(), fetch, glance, sum: Some(sum) }))
    }

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
        self.body.get_or_init(|| self.fetched())
    }

    fn fetched(&self) -> Body {
        self.fetch.as_ref().map(|fetch| fetch()).unwrap_or_default()
    }
}

impl From<Body> for Tree {
    fn from(body: Body) -> Self {
        Tree(Arc::new(Inner { body: OnceLock::from(body), ..Inner::default() }))
    }
}

impl Clone for Inner {
    /// Of a copy that changes nothing is known yet.
    fn clone(&self) -> Self {
        Inner { body: OnceLock::from(self.body().clone()), ..Inner::default() }
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
        let body = own.body.take().unwrap_or_else(|| own.fetched());
        *own = Inner { body: OnceLock::from(body), ..Inner::default() };
        own.body.get_mut().expect("put there one line above")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Inline, InlineKind};
    use crate::text::Span;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn body(words: &str) -> Body {
        let span = Span::default();
        let line = vec![Inline { span, kind: InlineKind::Text(words.into()) }];
        let lead = vec![Block { span, kind: BlockKind::Paragraph(line) }];
        Body { lead, ..Body::default() }
    }

    fn tree(words: &str) -> Tree {
        Tree::from(body(words))
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
    fn a_kept_tree_is_fetched_once_when_somebody_walks_through_it() {
        let first = tree("een");
        let times = Arc::new(AtomicUsize::new(0));
        let kept = || {
            let times = Arc::clone(&times);
            let fetch = Box::new(move || {
                times.fetch_add(1, Ordering::Relaxed);
                body("een")
            });
            Tree::later(first.glance().clone(), [1; 32], fetch)
        };
        let fetched = || times.swap(0, Ordering::Relaxed);
        let second = kept();
        assert_eq!((second.glance(), second.sum()), (first.glance(), Some([1; 32])));
        assert_eq!(fetched(), 0);
        assert_eq!((&second, &second.clone()), (&first, &first));
        assert_eq!(fetched(), 1);
        // Changed before and after somebody looked, alone and shared.
        let (mut third, mut fourth, shared) = (kept(), second.clone(), kept());
        let mut fifth = shared.clone();
        for tree in [&mut third, &mut fourth, &mut fifth] {
            tree.lead.clear();
            assert_eq!((&*tree, tree.sum()), (&Tree::default(), None));
        }
        assert_eq!(fetched(), 2);
        assert_eq!((&second, &shared), (&first, &first));
    }
}
