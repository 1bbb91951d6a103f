//! Words as templates see them, made once for every language: there are hundreds of them,
//! and a site with locks is made once for each reader.

use crate::lang::Table;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use tera::value::Key;
use tera::{Map, Value};

/// The words of languages that were asked for.
#[derive(Default)]
pub(super) struct Told(Mutex<BTreeMap<String, Value>>);

impl Told {
    /// Returns the words of a language; the value is shared, not copied.
    pub(super) fn of(&self, primary: &str, table: &Table) -> Value {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(words) = known.get(primary) {
            return words.clone();
        }
        known.entry(primary.to_string()).or_insert_with(|| words(table)).clone()
    }
}

/// Makes nested maps from words with dotted keys: `kind.tip` is `words.kind.tip`.
fn words(table: &Table) -> Value {
    let mut groups: BTreeMap<&str, Map> = Default::default();
    let mut top = Map::default();
    for (key, word) in table.iter() {
        match key.split_once('.') {
            Some((group, name)) => {
                let inner = groups.entry(group).or_default();
                inner.insert(Key::from(name.to_string()), Value::normal_string(word));
            }
            None => {
                top.insert(Key::from(key.to_string()), Value::normal_string(word));
            }
        }
    }
    for (group, inner) in groups {
        top.insert(Key::from(group.to_string()), Value::from(inner));
    }
    Value::from(top)
}
