//! Problems shown as github.
