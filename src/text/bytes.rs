//! A set of bytes: what a text is looked through for, one step for each byte.

/// Some bytes.
#[derive(Debug)]
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// The set of these bytes.
    pub const fn of(bytes: &[u8]) -> ByteSet {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        ByteSet(set)
    }

    /// Tells whether a byte is one of them.
    pub fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_own_bytes_only() {
        let set = ByteSet::of(&[b'<', 0xe2, 0]);
        let found: Vec<u8> = (0..=255).filter(|byte| set.has(*byte)).collect();
        assert_eq!(found, [0, b'<', 0xe2]);
    }
}
