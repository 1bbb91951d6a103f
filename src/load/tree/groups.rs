//! The words of `Voor:`: the key and what is nearly it, and the groups behind it.
//!
//! [`read_groups`] is the entry for values, [`is_name`], [`is_near`] and [`is_phrase`] for
//! keys.

use crate::kind::clothes::is_short;
use crate::kind::{find_key, people, signs};
use crate::model::{Audience, FAMILY, Key};
use crate::text::{fold, fold_key, is_comma, is_one_slip};
use std::collections::BTreeSet;

/// Tells whether a folded key is the one for readers.
pub(super) fn is_name(key: &str) -> bool {
    !key.is_empty() && find_key(key).is_some_and(|row| row.key == Key::For)
}

/// Marks a line may begin with before its key.
pub(super) fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Returns the form a key is compared by: folded, marks and invisible characters gone,
/// letters of other scripts that look the same made Latin.
pub(super) fn normal(typed: &str) -> String {
    let bare: String = typed
        .chars()
        .filter_map(|c| match c {
            'о' | 'О' | 'ο' | 'Ο' | 'օ' | '0' => Some('o'),
            'г' => Some('r'),
            'ѵ' | 'ν' => Some('v'),
            c if c.is_alphabetic() || c.is_whitespace() => Some(c),
            _ => None,
        })
        .collect();
    fold_key(&bare)
}

/// Words that are near to `voor` or `for` and mean something else.
const OTHER_WORDS: [&str; 12] = [
    "noor", "door", "hoor", "koor", "moor", "four", "fort", "ford", "form", "fork",
    "nor", "cor",
];

/// Letters beside `v` and `f` on a keyboard, or that sound like them.
const BESIDE_V: &str = "cfgbw";

/// Tells whether a key is a slip of the finger away from `voor` or `for`, or says the same
/// in another language.
pub(super) fn is_near(key: &str) -> bool {
    if people::is_for_abroad(key) {
        return true;
    }
    if !(3..=8).contains(&key.len()) || !key.is_ascii() || OTHER_WORDS.contains(&key) {
        return false;
    }
    let mut last = None;
    let single = key.chars().filter(|c| last.replace(*c) != Some(*c));
    let collapsed: String = single.take(4).collect();
    if collapsed == "vor" || collapsed == "for" {
        return true;
    }
    let slip = |name: &str| {
        key.len().abs_diff(name.len()) < 2
            && is_one_slip(key, name)
            && (key.len() != name.len()
                || key[1..] != name[1..]
                || BESIDE_V.contains(&key[..1]))
    };
    slip("voor") || slip("for")
}

/// `Voor school:` with nothing behind it, or with a group that may read.
pub(super) fn is_group(typed: &str, value: &str, readers: &BTreeSet<String>) -> bool {
    let folded = fold(typed.trim());
    let group = folded.strip_prefix("voor ").or_else(|| folded.strip_prefix("for "));
    group.is_some_and(|group| {
        group.split_whitespace().count() <= 3
            && (value.is_empty()
                || signs::says(value).is_some_and(|_| is_short(value))
                || matches!(read_groups(group, readers), Ok(Some(Audience::Groups(_)))))
    })
}

/// Tells whether a key says who may read in other words.
pub(super) fn is_phrase(typed: &str) -> bool {
    let folded = fold(typed.trim());
    let words: Vec<&str> =
        folded.split_whitespace().map(|w| w.trim_matches(is_mark)).collect();
    match words.as_slice() {
        ["voor" | "for", "wie" | "who" | "whom", ..] => true,
        [.., "voor" | "for"] if words.len() <= 4 => true,
        ["lezers" | "lezer" | "readers" | "reader" | "delen" | "share" | "zichtbaar"] => {
            true
        }
        [
            "delen" | "share" | "gedeeld" | "shared" | "zichtbaar",
            "met" | "with" | "for",
        ] => true,
        _ => false,
    }
}

/// Reads groups. `Ok(None)`: none were named; `Err`: the first we do not know.
pub(super) fn read_groups(
    value: &str,
    readers: &BTreeSet<String>,
) -> Result<Option<Audience>, String> {
    let mut groups: Vec<String> = Vec::new();
    let mut everyone = false;
    let mut any = false;
    for typed in value.split(|c| is_comma(c) || matches!(c, '&' | '/' | '+' | '|')) {
        for group in split_and(typed, readers) {
            let name =
                fold(group.trim_matches(|c: char| is_mark(c) && c != '(' && c != ')'));
            if name.is_empty() {
                continue;
            }
            any = true;
            if is_family(&name) || readers.contains(&name) {
                groups.push(if readers.contains(&name) { name } else { FAMILY.into() });
            } else if is_everyone(&name) {
                everyone = true;
            } else {
                return Err(group.trim().to_string());
            }
        }
    }
    // `Voor: gezin, school, iedereen` names everybody in so many words.
    Ok(any.then(|| match everyone {
        true => Audience::Everyone,
        false => Audience::groups(groups.iter().map(String::as_str)),
    }))
}

/// Splits `gezin en school`, unless that is the name of one group.
fn split_and<'a>(typed: &'a str, readers: &BTreeSet<String>) -> Vec<&'a str> {
    if readers.contains(&fold(typed.trim())) {
        return vec![typed];
    }
    typed.split(" en ").flat_map(|part| part.split(" and ")).collect()
}

fn is_family(name: &str) -> bool {
    matches!(
        name,
        FAMILY | "het gezin" | "ons gezin" | "alleen gezin" | "family" | "our family"
    )
}

fn is_everyone(name: &str) -> bool {
    matches!(
        name,
        "iedereen" | "everyone" | "everybody" | "allemaal" | "openbaar" | "public"
    )
}
