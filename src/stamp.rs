//! Floor 1: what a file was when we looked: to know, without opening it, whether it may be
//! another one now.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// What a file was when it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    written: SystemTime,
    /// Which file it is, and when anything about it changed, where the system knows.
    file: (u64, i64, i64),
}

/// Younger than this, a file may be written again within one tick of the clock of its disk
/// (two seconds on some sticks).
const YOUNG: Duration = Duration::from_millis(2500);

impl Stamp {
    /// Looks at the facts of a file; nothing where the disk tells no time.
    pub fn of(facts: &Metadata) -> Option<Stamp> {
        let written = facts.modified().ok()?;
        Some(Stamp { length: facts.len(), written, file: file(facts) })
    }

    /// As [`Stamp::of`], for a file that is old enough to be sure of: it cannot be written
    /// again and keep this stamp.
    #[allow(clippy::disallowed_methods, reason = "compared with the time of a file only")]
    pub fn sure(facts: &Metadata) -> Option<Stamp> {
        let stamp = Stamp::of(facts)?;
        let age = SystemTime::now().duration_since(stamp.written).ok()?;
        (age > YOUNG).then_some(stamp)
    }

    /// Returns the stamp as bytes, to add up with others.
    pub fn bytes(&self) -> [u8; 44] {
        let since = self.written.duration_since(SystemTime::UNIX_EPOCH);
        let (seconds, nanos) =
            since.map_or((0, 0), |time| (time.as_secs(), time.subsec_nanos()));
        let (node, changed, fraction) = self.file;
        let mut bytes = [0; 44];
        bytes[..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..16].copy_from_slice(&seconds.to_le_bytes());
        bytes[16..20].copy_from_slice(&nanos.to_le_bytes());
        bytes[20..28].copy_from_slice(&node.to_le_bytes());
        bytes[28..36].copy_from_slice(&changed.to_le_bytes());
        bytes[36..].copy_from_slice(&fraction.to_le_bytes());
        bytes
    }
}

#[cfg(unix)]
fn file(facts: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (facts.ino(), facts.ctime(), facts.ctime_nsec())
}

#[cfg(not(unix))]
fn file(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}
