//! Numbers out of bytes; past the end there is nothing, never a panic.

/// Two bytes, largest first.
pub(super) fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_be_bytes(*b))
}

/// Two bytes, smallest first.
pub(super) fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

/// Four bytes, largest first.
pub(super) fn u32_be(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_be_bytes(*four)).ok()
}

/// Four bytes, smallest first.
pub(super) fn u32_le(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*four)).ok()
}

/// Whether anything but padding lies from `at` on.
pub(super) fn has_tail(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..).is_some_and(|tail| tail.iter().any(|byte| *byte != 0))
}
