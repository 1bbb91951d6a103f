//! Not built yet.
mod tree;
