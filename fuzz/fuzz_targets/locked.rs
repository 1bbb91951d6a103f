//! Any bytes as the header and a blob of a locked page: what was not sealed with the key never
//! opens. Any bytes as a file that is looked through: packed or not, it ends. And any bytes as
//! a drawer of notes: none of them is one.

#![no_main]

use boekje::lock::{Drawer, HEADER, Header, Key, Kind, NoChance, Reader};
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
    if let Ok(sweep) = Sweep::new(&words) {
        sweep.look("a.html", bytes, Sought::Ours);
    }
    let drawer = Drawer::open(Box::new(bytes.to_vec()), &[], |_| Err(NoChance));
    assert!(drawer.find(&[7; 32]).is_none());
    assert!(drawer.fresh().is_none());
});
