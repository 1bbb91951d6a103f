//! Values for templates: maps, lists and strings that are cheap to hand on.
//!
//! A map or list is shared, not copied, when a page takes it: what pages have in common
//! is made once.

use tera::value::Key;
use tera::{Map, Value};

/// Makes a map.
pub(super) fn map<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    let pairs = pairs.into_iter().map(|(name, value)| (Key::Str(name), value));
    Value::from(pairs.collect::<Map>())
}

/// Makes text that is escaped where it is shown.
pub(super) fn text(text: &str) -> Value {
    Value::normal_string(text)
}

/// Makes HTML that is shown as it is. Only for what `output::html` made.
pub(super) fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

/// Makes what `make` makes of something, or nothing.
pub(super) fn maybe<T>(one: Option<T>, make: impl FnOnce(T) -> Value) -> Value {
    one.map_or_else(Value::none, make)
}

/// Makes a list.
pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}
