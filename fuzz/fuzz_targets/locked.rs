//! Any bytes as the header and a blob of a locked page: what was not sealed with the key never
//! opens. And any bytes as a file that is looked through: packed or not, it ends.

#![no_main]

use boekje::lock::{HEADER, Header, Key, Kind, Reader};
use boekje::sweep::{Sought, Sweep, Words, plain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (head, blob) = bytes.split_at(bytes.len().min(HEADER));
    if let Some(header) = Header::read(head) {
        assert_eq!(header.to_bytes(), head);
        let key = Key::new([7; 32]);
        let reader = Reader::new(&header, &key);
        for kind in [Kind::Bundle, Kind::File] {
            assert!(reader.open(kind, &reader.bundle_name(), blob).is_none());
        }
    }
    let mut words = Words::default();
    words.lines.insert(plain("een zin die nergens staat"), 0);
    Sweep::new(&words).look("a.html", bytes, Sought::Ours);
});
