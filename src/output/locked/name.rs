//! How blobs are called: chance as letters, which tells nothing.

/// Returns bytes as they stand in names.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Tells whether it is the name of a blob, and no way to somewhere else.
pub(super) fn is_name(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit())
}
