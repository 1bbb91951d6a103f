//! Problems shown as json.
