//! Keys that keep a text inside and are none of ours: `published: no`, `vertrouwelijk: ja`.
//!
//! Other programs know them, or people think of them; [`keeps_inside`] is the entry.

use super::clothes::seen;
use crate::text::fold_key;
use std::sync::OnceLock;

/// Keys nobody of us wrote that keep a text inside, folded; `true` when `no` is the word
/// that keeps it.
const INSIDE: [(&str, bool); 44] = [
    ("published", true),
    ("publish", true),
    ("publiceren", true),
    ("gepubliceerd", true),
    ("publicatie", true),
    ("publiceer", true),
    ("gepubliceerdworden", true),
    ("magopdesite", true),
    ("magnaarbuiten", true),
    ("opdesite", true),
    ("plaatsen", true),
    ("geplaatst", true),
    ("render", true),
    ("zichtbaar", true),
    ("visible", true),
    ("tonen", true),
    ("naarbuiten", true),
    ("private", false),
    ("privaat", false),
    ("prive", false),
    ("hidden", false),
    ("verborgen", false),
    ("geheim", false),
    ("secret", false),
    ("klad", false),
    ("vertrouwelijk", false),
    ("confidential", false),
    ("intern", false),
    ("internal", false),
    ("nietopenbaar", false),
    ("nietpubliceren", false),
    ("nietdelen", false),
    ("nietplaatsen", false),
    ("verbergen", false),
    ("notpublic", false),
    ("blijftbinnen", false),
    ("live", true),
    ("online", true),
    ("unlisted", false),
    ("entwurf", false),
    ("brouillon", false),
    ("taslak", false),
    ("szkic", false),
    // «Чернетка» as `seen` sees it.
    ("чepnetкa", false),
];

/// The same in our other languages, as people type them.
const INSIDE_ABROAD: [&str; 8] = [
    "vertraulich",
    "confidentiel",
    "gizli",
    "poufne",
    "tajne",
    "конфіденційно",
    "таємно",
    "سري",
];

/// Tells whether a folded key keeps a text inside; `Some(true)` when `no` is the word that
/// does.
pub fn keeps_inside(key: &str) -> Option<bool> {
    static ABROAD: OnceLock<Vec<String>> = OnceLock::new();
    let abroad = || INSIDE_ABROAD.iter().map(|word| fold_key(&seen(word))).collect();
    let own = INSIDE.iter().find(|(name, _)| *name == key).map(|(_, no)| *no);
    own.or_else(|| {
        ABROAD.get_or_init(abroad).iter().any(|name| name == key).then_some(false)
    })
}
