//! Known answers: FIPS 180-4 and 197, RFC 4231, RFC 5869, RFC 7914, the GCM specification of
//! McGrew and Viega (test cases 13 to 16), and the example of `docs/format.md`, which was
//! worked out with other code than ours.

use super::hex;
use crate::lock::{Header, Key, Kind, NoChance, Reader, SLOTS, Secret, norm};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use hmac::Mac;
use sha2::{Digest, Sha256};

#[test]
fn sha_256() {
    let million = "a".repeat(1_000_000);
    for (text, known) in [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        (&million, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ] {
        assert_eq!(Sha256::digest(text).to_vec(), hex(known));
    }
}

/// RFC 4231, cases 1 to 4, 6 and 7 (case 5 is about a mark cut short, which we never do).
#[test]
fn hmac_sha_256() {
    let counted: Vec<u8> = (1..26).collect();
    for (key, text, mark) in [
        (
            &[0x0b; 20][..],
            &b"Hi There"[..],
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            &[0xaa; 20],
            &[0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        (
            &counted,
            &[0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        (
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            &[0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than \
              block-size data. The key needs to be hashed before being used by the HMAC \
              algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ] {
        let mut mac = hmac::Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(text);
        assert_eq!(mac.finalize().into_bytes().to_vec(), hex(mark));
    }
}

/// RFC 5869, cases 1 to 3.
#[test]
fn hkdf_sha_256() {
    let count = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    for (key, salt, info, known) in [
        (
            vec![0x0b; 22],
            count(0, 12),
            count(0xf0, 0xf9),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf
             34007208d5b887185865",
        ),
        (
            count(0, 0x4f),
            count(0x60, 0xaf),
            count(0xb0, 0xff),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
             59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
             cc30c58179ec3e87c14c01d5c1f3434f1d87",
        ),
        (
            vec![0x0b; 22],
            Vec::new(),
            Vec::new(),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d
             9d201395faa4b61a96c8",
        ),
    ] {
        let known = hex(known);
        let mut out = vec![0; known.len()];
        hkdf::Hkdf::<Sha256>::new(Some(&salt), &key).expand(&info, &mut out).unwrap();
        assert_eq!(out, known);
    }
}

/// RFC 7914, section 11.
#[test]
fn pbkdf2_hmac_sha_256() {
    for (words, salt, rounds, known) in [
        (
            "passwd",
            "salt",
            1,
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc
             49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
        ),
        (
            "Password",
            "NaCl",
            80_000,
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56
             a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
        ),
    ] {
        let mut out = [0; 64];
        let (words, salt) = (words.as_bytes(), salt.as_bytes());
        pbkdf2::pbkdf2_hmac::<Sha256>(words, salt, rounds, &mut out);
        assert_eq!(out.to_vec(), hex(known));
    }
}

/// FIPS 197, appendix C.3.
#[test]
fn aes_256() {
    use aes_gcm::aes::cipher::{Array, BlockCipherEncrypt};
    let key: Vec<u8> = (0..32).collect();
    let mut block = Array::try_from(&*hex("00112233445566778899aabbccddeeff")).unwrap();
    aes_gcm::aes::Aes256::new_from_slice(&key).unwrap().encrypt_block(&mut block);
    assert_eq!(block.to_vec(), hex("8ea2b7ca516745bfeafc49904b496089"));
}

#[test]
fn aes_256_gcm() {
    let (zero, none) = ("00".repeat(32), "00".repeat(12));
    let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    let nonce = "cafebabefacedbaddecaf888";
    let msg = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
               1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    let shut = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";
    for (key, nonce, msg, aad, known) in [
        (&*zero, &*none, "", "", "530f8afbc74536b9a963b4f1c4cb738b".to_string()),
        (
            &zero,
            &none,
            &zero[..32],
            "",
            "cea7403d4d606b6e074ec5d3baf39d18 d0d1c8a799996bf0265b98b5d48ab919".into(),
        ),
        (
            key,
            nonce,
            &format!("{msg}1aafd255"),
            "",
            format!("{shut}898015ad b094dac5d93471bdec1a502270e3cc6c"),
        ),
        (
            key,
            nonce,
            msg,
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            format!("{shut} 76fc6ece0f4e1768cddf8853bb2d551b"),
        ),
    ] {
        let lock = Aes256Gcm::new_from_slice(&hex(key)).unwrap();
        let nonce: [u8; 12] = hex(nonce).try_into().unwrap();
        let (msg, aad, known) = (hex(msg), hex(aad), hex(&known));
        let sealed = lock.encrypt(&nonce.into(), Payload { msg: &msg, aad: &aad });
        assert_eq!(sealed.unwrap(), known);
        let open = |shut: &[u8], aad: &[u8]| {
            lock.decrypt(&nonce.into(), Payload { msg: shut, aad }).ok()
        };
        assert_eq!(open(&known, &aad), Some(msg));
        for at in 0..known.len() {
            let mut other = known.clone();
            other[at] ^= 0x80;
            assert_eq!(open(&other, &aad), None, "byte {at}");
        }
        assert_eq!(open(&known, &[aad, vec![0]].concat()), None);
        assert_eq!(open(&known[..known.len() - 1], &[]), None);
    }
}

/// Returns a line of the example in the description: `name = value`.
fn written(name: &str) -> &'static str {
    let text = include_str!("../../../docs/format.md");
    let (_, example) = text.split_once("## An example").expect("an example");
    let line = example.lines().find_map(|line| {
        let (left, right) = line.split_once(" = ")?;
        (left.trim_end() == name).then(|| right.trim())
    });
    line.unwrap_or_else(|| panic!("no {name} in docs/format.md"))
}

/// Words to blob: the example of the description, step by step.
#[test]
fn the_example_of_the_description() {
    let words = written("words");
    assert_eq!(norm(words), written("letters"));
    let mut header =
        Header::by_chance(100_000, &mut |_: &mut [u8]| Ok::<(), NoChance>(())).unwrap();
    header.plan = hex(written("plan")).try_into().unwrap();
    header.epoch = written("epoch").parse().unwrap();
    header.salt = hex(written("salt")).try_into().unwrap();
    assert_eq!(header.iterations.to_string(), written("rounds"));
    let secret = Secret::of_words(words, &header);
    assert_eq!(secret.0.bytes().to_vec(), hex(written("secret")));
    let key = Key::new(hex(written("reader")).try_into().unwrap());
    let nonce = hex(written("nonce"));
    let mut chance = |bytes: &mut [u8]| {
        bytes.copy_from_slice(&nonce);
        Ok(())
    };
    let slot = secret.slot(&key, &header, &mut chance).unwrap();
    assert_eq!(slot.0.to_vec(), hex(written("slot")));
    header.slots[SLOTS - 1] = slot;
    assert_eq!(secret.open(&header), Some(key.clone()));

    let reader = Reader::new(&header, &key);
    let sealed = |kind, name, inside: &str| {
        let shut = reader.seal(kind, &name, inside.as_bytes()).unwrap();
        (Sha256::digest(&shut.bytes).to_vec(), shut)
    };
    assert_eq!(reader.bundle_name().to_vec(), hex(written("name")));
    let (sum, shut) = sealed(Kind::Bundle, reader.bundle_name(), written("bundle"));
    assert_eq!(shut.bytes[..32].to_vec(), hex(written("siv")));
    assert_eq!(shut.key.bytes().to_vec(), hex(written("cek")));
    assert_eq!(sum, hex(written("sum")));
    let inside = written("file");
    let name = reader.file_name(inside.as_bytes());
    assert_eq!(name.to_vec(), hex(written("name of the file")));
    let (sum, shut) = sealed(Kind::File, name, inside);
    assert_eq!(shut.key.bytes().to_vec(), hex(written("k")));
    assert_eq!(sum, hex(written("sum of the file")));
}
