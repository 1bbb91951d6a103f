//! Requests that are let in and requests that are not, row by row.

use super::*;

const HOST: (&str, &[u8]) = ("Host", b"127.0.0.1:4310");

fn ask(method: &str, target: &str, more: &[(&str, &str)]) -> Result<Ask, Refusal> {
    let mut headers = vec![HOST];
    headers.extend(more.iter().map(|(name, value)| (*name, value.as_bytes())));
    guard(&Head { method, target, headers: &headers }, &Door::here(4310))
}

fn get(target: &str) -> Result<Ask, Refusal> {
    ask("GET", target, &[])
}

fn path(target: &str) -> String {
    get(target).expect(target).joined()
}

#[test]
fn pages_are_let_in() {
    assert_eq!(path("/"), "");
    assert_eq!(path("/tips/kom-terug.html"), "tips/kom-terug.html");
    assert_eq!(path("/tips/"), "tips/");
    assert_eq!(path("/caf%C3%A9.html?q=a%20b"), "café.html");
    let ask = get("/zoeken.html?q=kom+terug&x=a%26b&leeg").expect("an ask");
    assert_eq!(ask.value("q"), Some("kom terug"));
    assert_eq!(ask.value("x"), Some("a&b"));
    assert_eq!(ask.value("leeg"), Some(""));
    assert!(super::tests::ask("HEAD", "/", &[]).expect("an ask").head);
}

#[test]
fn paths_that_are_no_names() {
    for target in [
        "",
        "*",
        "x",
        "//",
        "//evil",
        "/a//b",
        "/.",
        "/..",
        "/../x",
        "/a/../b",
        "/.git/x",
        "/%2e%2e/x",
        "/%2E%2e%2fetc",
        "/a%2fb",
        "/a%5cb",
        "/a\\b",
        "/%00",
        "/a%00.html",
        "/%",
        "/%2",
        "/%zz",
        "/a%0d%0ab",
        "/%c0%ae%c0%ae/x",
        "/%ff",
        "/C:/x",
        "/c:x",
        "/~root",
        "/a%7e1",
        "/%252e%252e/x",
        "/x%3a%3a$DATA",
        "/con%20",
        "/a.",
        "/a;b",
        "/..;/x",
        "/a#b",
        "/a b",
        "/\u{e9}",
        "http://127.0.0.1:4310/",
        "/%u002e",
        "/<x>",
        "/%3cscript%3e",
        "/$(id)",
        "/`id`",
        "/|x",
        "/a*",
        "/%E2%80%AEx",
        "/x%7f",
        "/a?b=%zz",
        "/?a=%00",
        "/?%0a=1",
        "/a?b#c",
        "/%C2%85",
    ] {
        assert_eq!(get(target), Err(Refusal::Unclear), "{target:?}");
    }
    assert_eq!(get(&format!("/{}", "a".repeat(2048))), Err(Refusal::Long));
    assert_eq!(get(&format!("/{}", "a".repeat(256))), Err(Refusal::Unclear));
    assert!(get(&format!("/{}", "a/".repeat(1000))).is_ok());
}

#[test]
fn only_our_own_names() {
    let host = |hosts: &[&str]| {
        let headers: Vec<(&str, &[u8])> =
            hosts.iter().map(|host| ("hOsT", host.as_bytes())).collect();
        let head = Head { method: "GET", target: "/", headers: &headers };
        guard(&head, &Door::here(4310)).map(|_| ())
    };
    for good in ["127.0.0.1:4310", "localhost:4310", "LOCALHOST:4310", "[::1]:4310"] {
        assert_eq!(host(&[good]), Ok(()), "{good}");
    }
    for bad in [
        "",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:80",
        "127.0.0.1:4311",
        "evil.example",
        "localhost.evil.example:4310",
        "127.0.0.1:4310@evil",
        "localhost:4310.",
        "0.0.0.0:4310",
        "localhost.:4310",
        "127.1:4310",
        "2130706433:4310",
        "[::ffff:127.0.0.1]:4310",
        "127.0.0.1:04310",
        "127.0.0.1:4310, evil",
        " 127.0.0.1:4310",
        "http://localhost:4310",
    ] {
        assert_eq!(host(&[bad]), Err(Refusal::Host), "{bad}");
    }
    assert_eq!(host(&[]), Err(Refusal::Host));
    assert_eq!(host(&["localhost:4310", "localhost:4310"]), Err(Refusal::Host));
    let door = Door::here(80);
    let head = |host| [("host", host)];
    let at_80 =
        |host| guard(&Head { method: "GET", target: "/", headers: &head(host) }, &door);
    assert!(at_80(b"localhost").is_ok() && at_80(b"localhost:80").is_ok());
}

#[test]
fn methods_bodies_and_go_betweens() {
    for method in
        ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "PRI", ""]
    {
        assert_eq!(ask(method, "/", &[]), Err(Refusal::Method), "{method}");
    }
    for (name, value) in [
        ("Content-Length", "0"),
        ("Content-Length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("Transfer-Encoding", "identity"),
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Connection", "keep-alive, Upgrade"),
        ("HTTP2-Settings", "x"),
        ("Expect", "100-continue"),
        ("X-Forwarded-Host", "evil"),
        ("X-Original-URL", "/x"),
        ("Via", "1.1 x"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("Forwarded", "for=x"),
    ] {
        assert_eq!(ask("GET", "/", &[(name, value)]), Err(Refusal::Unclear), "{name}");
    }
    let many: Vec<(&str, &str)> = vec![("a", "b"); 64];
    assert_eq!(ask("GET", "/", &many), Err(Refusal::Headers));
    assert!(ask("GET", "/", &many[1..]).is_ok());
}

#[test]
fn pages_of_others_may_link_and_nothing_else() {
    let foreign = Err(Refusal::Foreign);
    for origin in [
        "null",
        "http://evil.example",
        "https://127.0.0.1:4310",
        "http://localhost:4310",
        "http://127.0.0.1:4310/",
        "http://127.0.0.1:4310.evil",
        "http://127.0.0.1",
        "",
    ] {
        assert_eq!(ask("GET", "/", &[("Origin", origin)]), foreign, "{origin}");
    }
    let own = ("Origin", "http://127.0.0.1:4310");
    assert!(ask("GET", "/", &[own]).is_ok());
    assert_eq!(ask("GET", "/", &[own, own]), foreign);
    let from = |site, mode, dest, path| {
        let more = [
            ("Sec-Fetch-Site", site),
            ("Sec-Fetch-Mode", mode),
            ("Sec-Fetch-Dest", dest),
        ];
        ask("GET", path, &more)
    };
    assert!(from("none", "navigate", "document", "/").expect("an ask").document);
    assert!(from("same-origin", "cors", "empty", "/").expect("an ask").same_origin);
    assert!(from("cross-site", "navigate", "document", "/").is_ok());
    for (site, mode, dest) in [
        ("cross-site", "no-cors", "image"),
        ("cross-site", "navigate", "iframe"),
        ("same-site", "cors", "empty"),
        ("cross-site", "", ""),
        ("x", "navigate", "document"),
    ] {
        assert_eq!(from(site, mode, dest, "/"), foreign, "{site} {mode} {dest}");
    }
    assert_eq!(from("cross-site", "navigate", "document", "/_boekje/state"), foreign);
    assert_eq!(
        ask(
            "GET",
            "/%5fboekje/state",
            &[
                ("Sec-Fetch-Site", "same-site"),
                ("Sec-Fetch-Mode", "navigate"),
                ("Sec-Fetch-Dest", "document")
            ]
        ),
        foreign
    );
}

proptest::proptest! {
    #[test]
    fn what_is_let_in_cannot_climb(target in "[/.%a-f0-9~\\\\:;?=&]{0,30}|/\\PC{0,20}") {
        if let Ok(ask) = get(&target) {
            let last = ask.path.len() - 1;
            for (at, name) in ask.path.iter().enumerate() {
                let plain = !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0', '%']);
                proptest::prop_assert!(plain && (at == last || !name.is_empty()));
            }
        }
    }
}
