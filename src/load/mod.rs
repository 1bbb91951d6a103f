//! Floor 5.
mod block;
mod decode;
mod disk;
mod entries;
mod fields;
mod names;
mod tree;
mod values;
mod walk;
