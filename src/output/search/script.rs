//! The index as classic scripts, small and safe to load anywhere.
//!
//! A shard of words is one string, made to be read by `js/search.js`: words in order, each
//! `<letters shared with the word before, base 36><the other letters>`, then `=` and its
//! postings, or `.` and the number (base 36) of postings seen earlier in this shard; a
//! space between words. Postings are a capital for the level (`A` to `Z`) and the distance
//! from the text before, base 36, left out when it is 1; a `*` in front says that the word
//! stands nearly everywhere.

use super::index::{Index, Stem};
use crate::compose::Entry;
use crate::lang::Table;
use crate::text::{nfc, redact};
use std::collections::{BTreeMap, HashMap};

/// Some words, in order, with their postings.
pub(super) struct Shard {
    /// Enough of the first word to tell it from the last word of the shard before.
    pub(super) first: String,
    /// The shard as one string.
    pub(super) text: String,
}

/// Below so many bytes it does not pay to divide words over more shards.
const SMALL: usize = 8_000;

/// Divides the words over `count` shards of about equal size; when there is little to
/// divide, the last ones stay empty.
pub(super) fn shards(index: &Index, count: usize) -> Vec<Shard> {
    let cost = |(word, stem): &(String, usize)| {
        let postings = index.stems.get(*stem).map_or(0, |stem| stem.postings.len());
        word.len() + 3 + 2 * postings
    };
    let costs: Vec<usize> = index.words.iter().map(cost).collect();
    let whole: usize = costs.iter().sum();
    let used = whole.div_ceil(SMALL).clamp(1, count.max(1));
    let mut shards = Vec::with_capacity(count);
    let (mut from, mut spent) = (0, 0);
    for at in 1..=used {
        let mut to = from;
        while to < costs.len() && (at == used || spent * used < whole * at) {
            spent += costs[to];
            to += 1;
        }
        // A word with two stems stays whole.
        while to > from && to < costs.len() && index.words[to].0 == index.words[to - 1].0
        {
            spent += costs[to];
            to += 1;
        }
        // One heavy word may fill more than one share: no empty shard between others.
        if to > from {
            shards.push(shard(index, from, to));
        }
        from = to;
    }
    while shards.len() < count {
        shards.push(Shard { first: String::new(), text: String::new() });
    }
    shards
}

fn shard(index: &Index, from: usize, to: usize) -> Shard {
    let before = from.checked_sub(1).and_then(|at| index.words.get(at));
    let first = index.words.get(from).filter(|_| from < to).map_or("", |(word, _)| word);
    let kept = before.map_or(0, |(word, _)| shared(word, first)) + 1;
    let mut text = String::new();
    let mut known: HashMap<usize, usize> = HashMap::new();
    let mut last = "";
    for (word, stem) in &index.words[from..to] {
        if !text.is_empty() {
            text.push(' ');
        }
        let same = shared(last, word).min(35);
        push_number(&mut text, same);
        text.extend(word.chars().skip(same));
        match known.get(stem) {
            Some(number) => {
                text.push('.');
                push_number(&mut text, *number);
            }
            None => {
                text.push('=');
                push_postings(&mut text, index.stems.get(*stem));
                known.insert(*stem, known.len());
            }
        }
        last = word;
    }
    Shard { first: first.chars().take(kept).collect(), text }
}

/// How many characters two words share in front.
fn shared(left: &str, right: &str) -> usize {
    left.chars().zip(right.chars()).take_while(|(a, b)| a == b).count()
}

fn push_postings(text: &mut String, stem: Option<&Stem>) {
    let Some(stem) = stem else { return };
    if stem.everywhere {
        text.push('*');
    }
    let mut next = 0;
    for posting in &stem.postings {
        text.push(char::from(b'A' + posting.level.min(25)));
        let distance = posting.text.saturating_sub(next) + 1;
        if distance != 1 {
            push_number(text, distance as usize);
        }
        next = posting.text + 1;
    }
}

fn push_number(text: &mut String, mut number: usize) {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = [0u8; 14];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = DIGITS[number % 36];
        number /= 36;
        if number == 0 {
            break;
        }
    }
    text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

/// The head: how many texts there are, how many in one file of what to show, where each
/// shard of words begins, and whether there are running texts.
pub(super) fn head(
    texts: &[&Entry<'_>],
    shards: &[Shard],
    a_file: usize,
    passages: bool,
) -> String {
    let firsts: Vec<&str> = shards
        .iter()
        .map(|shard| shard.first.as_str())
        .take_while(|first| !first.is_empty())
        .collect();
    let passages = u8::from(passages);
    json(
        &serde_json::json!({ "n": texts.len(), "per": a_file, "t": passages, "w": firsts }),
    )
}

/// Kinds and themes of all texts: names of kinds with their words, the kind of each text as
/// a digit, and each theme with its texts, as postings without level.
pub(super) fn facets(texts: &[&Entry<'_>], themes: &[Vec<&str>]) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    let mut of_each = String::with_capacity(texts.len());
    let mut by_theme: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    for (at, entry) in texts.iter().enumerate() {
        let name = crate::kind::row(entry.kind).name;
        let place = kinds.iter().position(|known| *known == name);
        push_number(&mut of_each, place.unwrap_or(kinds.len()));
        if place.is_none() {
            kinds.push(name);
        }
        for theme in themes.get(at).into_iter().flatten() {
            let (postings, next) = by_theme.entry(theme).or_default();
            postings.push('A');
            if at + 1 - *next != 1 {
                push_number(postings, at + 1 - *next);
            }
            *next = at + 1;
        }
    }
    let words = texts.first().map(|entry| entry.lang.words());
    let kinds: Vec<_> = kinds
        .into_iter()
        .map(|name| {
            let key = format!("kind.{name}");
            (name, words.map_or(name.to_string(), |words| words.get(&key).to_string()))
        })
        .collect();
    let themes: Vec<_> = by_theme
        .into_iter()
        .map(|(theme, (postings, _))| (redact(theme).into_owned(), postings))
        .collect();
    json(&serde_json::json!([kinds, of_each, themes]))
}

/// What to show of some texts: title, address, kind, themes, summary, language, direction.
pub(super) fn shown(texts: &[&Entry<'_>], themes: &[Vec<&str>]) -> String {
    let rows: Vec<_> = texts
        .iter()
        .zip(themes)
        .map(|(entry, themes)| {
            let words: &Table = entry.lang.words();
            let kind = crate::kind::row(entry.kind).name;
            serde_json::json!([
                redact(&entry.title),
                entry.address.escaped(),
                words.get(&format!("kind.{kind}")),
                redact(&themes.join(", ")),
                redact(&entry.summary),
                entry.lang.tag(),
                entry.lang.dir(),
                kind,
            ])
        })
        .collect();
    json(&serde_json::Value::from(rows))
}

/// A string as JavaScript.
pub(super) fn quoted(text: &str) -> String {
    json(&serde_json::Value::from(text))
}

/// JSON that is also safe JavaScript: no way to end a script, no line ends of Unicode.
fn json(value: &serde_json::Value) -> String {
    let json = value.to_string();
    let json = nfc(&json);
    if !json.contains(['<', '\u{2028}', '\u{2029}']) {
        return json.into_owned();
    }
    json.replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// One file: a call with its name and its data.
pub(super) fn call(name: &str, data: &str) -> Vec<u8> {
    format!("boekjeZoek({},{data});\n", quoted(name)).into_bytes()
}
