//! Problems shown as terminal.
