//! Any bytes as the head of a request to the preview: what is let in climbs nowhere, came
//! under our name alone, wants to see something and nothing more, and brings nothing along.

#![no_main]

use boekje::serve::{Ask, Door, heard};
use libfuzzer_sys::fuzz_target;

const HOSTS: [&str; 3] = ["127.0.0.1:4310", "localhost:4310", "[::1]:4310"];

fuzz_target!(|bytes: &[u8]| {
    // Half of them begin as a request does: chance would rarely find that.
    match bytes.split_first() {
        Some((b'/', _)) => look(&[b"GET ", bytes].concat()),
        Some((b':', target)) => {
            let end = b" HTTP/1.1\r\nHost: localhost:4310\r\n\r\n".as_slice();
            look(&[b"GET /", target, end].concat());
        }
        Some((b'+', more)) => {
            let start = b"GET /x HTTP/1.1\r\nHost: 127.0.0.1:4310\r\n".as_slice();
            look(&[start, more, b"\r\n\r\n"].concat());
        }
        _ => look(bytes),
    }
});

fn look(bytes: &[u8]) {
    let Some(Ok(ask)) = heard(bytes, &Door::here(4310)) else { return };
    path(&ask);
    // Other bytes than letters may stand in what a header says, and not in what counts.
    let head = String::from_utf8_lossy(bytes);
    let rest = head.strip_suffix("\r\n\r\n").expect("nothing comes behind");
    let mut lines = rest.split("\r\n");
    let first: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    assert!(
        matches!(first[..], ["GET" | "HEAD", _, "HTTP/1.1" | "HTTP/1.0"]),
        "{first:?}"
    );
    assert_eq!(ask.head, first[0] == "HEAD");
    let mut hosts = 0;
    for line in lines {
        let (name, value) = line.split_once(':').expect("a header has a name");
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "host" => {
                hosts += 1;
                let value = value.trim_matches([' ', '\t']).to_ascii_lowercase();
                assert!(HOSTS.contains(&value.as_str()), "{value:?}");
            }
            "content-length" | "transfer-encoding" | "upgrade" | "expect" | "via"
            | "forwarded" => panic!("{name} was let in"),
            name => assert!(!name.starts_with("x-forwarded")),
        }
    }
    assert_eq!(hosts, 1);
}

/// Every name is that of a file or a folder, and no more than that.
fn path(ask: &Ask) {
    let last = ask.path.len() - 1;
    for (at, name) in ask.path.iter().enumerate() {
        assert!(!name.is_empty() || at == last, "{:?}", ask.path);
        assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']), "{name:?}");
        assert!(!name.contains(['/', '\\', ':', '~', '%', '<', '"']), "{name:?}");
        assert!(!name.chars().any(char::is_control), "{name:?}");
    }
    for (name, value) in &ask.query {
        assert!(!name.chars().chain(value.chars()).any(char::is_control));
    }
}
