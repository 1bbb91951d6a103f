//! Floor 5.
mod block;
mod decode;
mod disk;
mod entries;
mod names;
mod tree;
mod walk;
