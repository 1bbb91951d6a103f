//! The preview as a browser meets it, and as somebody who means harm does: the real
//! program, and real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that runs the real program on real folders"
)]

#[path = "preview/shown.rs"]
mod shown;
#[path = "preview/soak.rs"]
mod soak;

use shown::{Shown, folder, save};
use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::path::Path;
use std::time::{Duration, Instant};

const SITE: &[(&str, &str)] = &[
    ("site.md", "titel: Samen\ntaal: nl\n\n"),
    ("index.md", "# Welkom\n\nFijn dat je er bent.\n"),
    ("tips/kom-terug.md", "# Kom terug\n\nOok na ruzie.\n"),
    ("plannen/noor.md", "# Plan van Noor\n\nlezers: gezin\n\nGEHEIM-PLAN\n"),
    ("tips/later.md", "concept: ja\n\n# Later\n\nGEHEIM-CONCEPT\n"),
    ("notities.txt", "GEHEIM-NOTITIE\n"),
    (".verborgen/x.md", "# X\n\nGEHEIM-VERBORGEN\n"),
];

/// Builds a folder: the path and the bytes of each file of its site.
fn built(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    shown::boekje(&["build", "--out", site.to_str().unwrap()], folder);
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&site) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&site).unwrap().to_str().unwrap();
        if entry.file_type().is_file() && !path.starts_with('.') {
            files.push((path.to_string(), std::fs::read(entry.path()).unwrap()));
        }
    }
    files
}

/// Returns which served file differs from a build, if any.
fn differing(shown: &Shown, built: &[(String, Vec<u8>)]) -> Option<String> {
    let same = |(path, bytes): &&(String, Vec<u8>)| {
        let served = shown.get(&format!("/{path}"));
        served.0 == 200 && served.1 == *bytes
    };
    built.iter().find(|file| !same(file)).map(|(path, _)| path.clone())
}

/// Waits until all that is served is as a build makes it.
fn becomes_as_built(shown: &Shown, folder: &Path) {
    let built = built(folder);
    let began = Instant::now();
    while let Some(path) = differing(shown, &built) {
        assert!(
            began.elapsed() < Duration::from_secs(120),
            "{path} differs from a build"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn the_bytes_of_a_build() {
    let folder = folder(SITE);
    let shown = Shown::start(folder.path(), &[]);
    let built = built(folder.path());
    assert!(built.len() > 10, "looked at {} files", built.len());
    assert_eq!(differing(&shown, &built), None);
    let before: Vec<_> =
        walkdir::WalkDir::new(folder.path()).into_iter().flatten().collect();
    drop(shown);
    let after: Vec<_> =
        walkdir::WalkDir::new(folder.path()).into_iter().flatten().collect();
    assert_eq!(before.len(), after.len(), "nothing is written among the texts");
}

/// The booklet in this repository, with its plans, pictures, and files to print.
#[cfg(feature = "print")]
#[test]
fn the_bytes_of_a_build_of_the_whole_booklet() {
    let folder = shown::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
    let shown = Shown::start(folder.path(), &[]);
    let mut events = shown.events();
    let first = events.next("now");
    // A booklet that is asked for is that of the texts as they are: also at once.
    let pdf = shown.get("/samen-verder.pdf");
    assert!(pdf.0 == 200 && pdf.1.starts_with(b"%PDF"), "{}", pdf.0);
    let now = if first["v"] == 1 { events.after(&first["v"]) } else { first };
    assert_eq!((&now["v"], &now["quiet"]), (&2.into(), &true.into()));
    becomes_as_built(&shown, folder.path());
    assert!(shown.page("/boekje.html").contains("samen-verder.epub"));

    // A page does not wait for the booklet, and the booklet follows.
    let tip = folder.path().join("tips/05-kom-terug.md");
    let text = std::fs::read_to_string(&tip).unwrap();
    let more = "Nog een alinea, zodat het boekje groeit.\n\n".repeat(200);
    save(&tip, format!("{text}\n\n{more}EXTRA-REGEL\n"));
    let now = events.after(&now["v"]);
    assert_eq!((&now["v"], &now["quiet"]), (&3.into(), &false.into()));
    assert!(shown.page("/tips/kom-terug.html").contains("EXTRA-REGEL"));
    let page = shown.page("/boekje.html");
    let fresh = shown.get("/samen-verder.pdf").1;
    assert!(fresh != pdf.1, "the booklet is never the one of before");
    let now = events.after(&now["v"]);
    assert_eq!((&now["v"], &now["quiet"]), (&4.into(), &true.into()));
    assert!(shown.page("/boekje.html") != page, "the link tells how large it is now");
    becomes_as_built(&shown, folder.path());

    // Without the text that asks for it there is none.
    std::fs::remove_file(folder.path().join("boekje.md")).unwrap();
    events.after(&now["v"]);
    assert_eq!(shown.get("/samen-verder.pdf").0, 404);
    becomes_as_built(&shown, folder.path());
}

/// A long evening of writing: `BOEKJE_SOAK=10000 cargo test --test preview` for a longer one.
#[test]
fn after_a_long_evening_all_is_as_built() {
    let acts = std::env::var("BOEKJE_SOAK").ok().and_then(|typed| typed.parse().ok());
    let acts = acts.unwrap_or(60);
    let folder =
        folder(&[("site.md", "titel: Samen\n\n"), ("index.md", "# Welkom\n\nHoi.\n")]);
    let shown = Shown::start(folder.path(), &[]);
    let mut chance = soak::Chance(20_261_122);
    let (mut before, mut memory) = (0, 0);
    for at in 0..acts {
        soak::act(folder.path(), &mut chance);
        if at == acts / 10 {
            std::thread::sleep(Duration::from_secs(2));
            (before, memory) = (shown.status("Threads:"), shown.status("VmRSS:"));
        }
        match chance.below(3) {
            0 => drop(shown.get("/tips/een.html")),
            1 => drop(shown.get("/_boekje/state?page=index.html")),
            _ => std::thread::sleep(Duration::from_millis(chance.below(60) as u64)),
        }
    }
    becomes_as_built(&shown, folder.path());
    std::thread::sleep(Duration::from_secs(1));
    let (after, now) = (shown.status("Threads:"), shown.status("VmRSS:"));
    assert!(after <= before + 2, "{before} threads became {after}");
    assert!(now <= memory * 3 / 2 + 60_000, "{memory} kB became {now}");
}

#[test]
fn a_browser_gets_the_live_script_too() {
    let folder = folder(SITE);
    let shown = Shown::start(folder.path(), &[]);
    let more = "Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\n";
    let plain = shown.ask("GET", "/tips/kom-terug.html", "");
    let page = shown.ask("GET", "/tips/kom-terug.html", more);
    assert!(
        page.contains("<script src=\"/_boekje/live.js?v=")
            && page.contains("</script>\n</head>")
    );
    assert!(!plain.contains("_boekje"));
    assert!(shown.ask("GET", "/_boekje/live.js", "").contains("text/javascript"));
    assert!(shown.ask("GET", "/_boekje/live.css", "").contains("text/css"));
    let lost = shown.ask("GET", "/weg.html", &format!("Accept: text/html\r\n{more}"));
    assert!(lost.starts_with("HTTP/1.1 404 ") && lost.contains("live.js"), "{lost}");
    let head = shown.ask("HEAD", "/", "");
    assert!(head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"), "{head}");
}

/// Requests that are refused, each with its number.
fn attacks(host: &str) -> Vec<(u16, String)> {
    let get = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let with = |more: &str| format!("GET / HTTP/1.1\r\nHost: {host}\r\n{more}\r\n\r\n");
    let mut all = Vec::new();
    for target in [
        "/../site.md",
        "/tips/../../x",
        "/..",
        "/.",
        "/./index.html",
        "/%2e%2e/site.md",
        "/%2e%2e%2fsite.md",
        "/..%2fsite.md",
        "/..%5csite.md",
        "/..\\site.md",
        "/%5c..%5cx",
        "/%252e%252e/site.md",
        "/%c0%ae%c0%ae/site.md",
        "/%u002e%u002e/x",
        "/..%00/x",
        "/%00",
        "/index.html%00.png",
        "/%",
        "/%4",
        "/%gg",
        "/%ff%fe",
        "//",
        "//evil.example/x",
        "/tips//kom-terug.html",
        "/.git/config",
        "/.verborgen/x.md",
        "/tips/.x",
        "/C:/Windows",
        "/c%3a/x",
        "/~/x",
        "/~root/.ssh",
        "/index.html::$DATA",
        "/index.html.",
        "/index.html%20",
        "/%0d%0aSet-Cookie:%20a=b",
        "/%0aX",
        "/..;/x",
        "/a;b",
        "*",
        "index.html",
        "\\index.html",
        "http://evil.example/",
        "https://127.0.0.1/",
        "ftp://x",
        "/#x",
        "/x#y",
        "/?%00",
        "/?a=%zz",
        "/?%0d%0ax",
        "/<script>alert(1)</script>",
        "/%3Cscript%3E",
        "/é",
        "/\u{7f}",
        "/%e2%80%ae.html",
        "/file:///etc/passwd",
        "/_boekje/../site.md",
        "/_boekje/%2e%2e/site.md",
        "/_boekje/state?page=../../x",
        "/_boekje/state?page=/etc/passwd",
        "/_boekje/state?page=tips/..%2f..%2fx",
        "/_boekje/lines?page=/etc/passwd",
        "/_boekje/lines?page=C:%5cx",
        "/_boekje/lines?page=.verborgen/x.html",
    ] {
        all.push((400, get(target)));
    }
    for target in [
        "/etc/passwd",
        "/site.md",
        "/tips/kom-terug.md",
        "/notities.txt",
        "/plannen/noor.html",
        "/tips/later.html",
        "/buiten.txt",
        "/buiten/x.txt",
        "/_boekje/",
        "/_boekje/source/site.md",
        "/_boekje",
        "/index.html/",
        "/index.html/x",
        "/boekje-files",
        "/proc/self/environ",
    ] {
        all.push((404, get(target)));
    }
    all.push((414, get(&format!("/{}", "a".repeat(5000)))));
    all.push((414, get(&format!("/{}", "a/".repeat(1500)))));
    for name in [
        "evil.example",
        "",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "localhost.evil.example",
        "evil.example#127.0.0.1",
        "0.0.0.0",
        "127.0.0.1.nip.io",
        "[::1]",
        "169.254.169.254",
    ] {
        all.push((421, format!("GET / HTTP/1.1\r\nHost: {name}\r\n\r\n")));
    }
    all.push((421, "GET / HTTP/1.1\r\n\r\n".into()));
    all.push((421, "GET / HTTP/1.0\r\n\r\n".into()));
    all.push((421, format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n")));
    all.push((
        421,
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nhost: evil.example\r\n\r\n"),
    ));
    all.push((421, format!("GET / HTTP/1.1\r\nHost: {host}, evil.example\r\n\r\n")));
    for method in [
        "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND",
        "get", "QUERY",
    ] {
        all.push((405, format!("{method} / HTTP/1.1\r\nHost: {host}\r\n\r\n")));
    }
    for more in [
        "Content-Length: 0",
        "Content-Length: 5\r\n\r\nhallo",
        "Content-Length: -1",
        "Content-Length: 9999999999999999999",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding:\tchunked",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1",
        "Upgrade: websocket\r\nConnection: Upgrade",
        "Connection: Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABk",
        "Expect: 100-continue",
        "Expect: x",
        "X-Forwarded-Host: evil.example",
        "X-Original-URL: /site.md",
        "X-Rewrite-URL: /site.md",
        "X-HTTP-Method-Override: DELETE",
        "Forwarded: for=1.2.3.4",
        "Via: 1.1 x",
        "Transfer-Encoding : chunked",
        " x: y",
        "A: b\r\n c: d",
        "A: b\0c",
        "A: b\rc",
        "A\0: b",
        "zonder dubbele punt",
        ": leeg",
        "A: b\nHost: evil.example",
        "\r\nGET /x HTTP/1.1",
    ] {
        all.push((400, with(more)));
    }
    for more in [
        "Origin: null",
        "Origin: http://evil.example",
        "Origin: https://localhost",
        "Origin: http://127.0.0.1:1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
        "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty",
        "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: x",
    ] {
        all.push((403, with(more)));
    }
    all.push((431, with(&format!("A: {}", "b".repeat(40_000)))));
    all.push((431, with(&format!("{}A: b", "A: b\r\n".repeat(100)))));
    all.push((431, with(&"A: b\r\n".repeat(20_000))));
    for raw in [
        "GET / HTTP/2.0",
        "GET / HTTP/0.9",
        "GET /",
        "GET",
        "GET  / HTTP/1.1",
        "GET /\tHTTP/1.1",
        "GET / HTTP/1.1 x",
        "GET / http/1.1",
        " GET / HTTP/1.1",
        "\r\nGET / HTTP/1.1",
        "PRI * HTTP/2.0",
        "\u{16}\u{3}\u{1}",
        "GET /a b HTTP/1.1",
        "G\0T / HTTP/1.1",
    ] {
        all.push((400, format!("{raw}\r\nHost: {host}\r\n\r\n")));
    }
    all.push((400, format!("GET / HTTP/1.1\nHost: {host}\n\n")));
    all
}

#[test]
fn every_attack_is_refused_and_nothing_echoes() {
    let folder = folder(SITE);
    #[cfg(unix)]
    let _outside = {
        let outside = shown::folder(&[("x.txt", "GEHEIM-BUITEN\n")]);
        let link = |to: &str, at: &str| {
            std::os::unix::fs::symlink(outside.path().join(to), folder.path().join(at))
                .unwrap();
        };
        link("x.txt", "buiten.txt");
        link("", "buiten");
        outside
    };
    let shown = Shown::start(folder.path(), &[]);
    let all = attacks(&shown.host());
    assert!(all.len() > 150, "{} attacks", all.len());
    for (status, request) in all {
        let start = &request[..request.len().min(90)];
        let answer = shown.raw(request.as_bytes());
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{start:?} got {answer:?}"
        );
        let plain = answer.contains("\r\nContent-Type: text/plain; charset=utf-8\r\n");
        assert!(plain && answer.contains("nosniff"), "{start:?}: {answer}");
        for word in ["evil", "GEHEIM", "Set-Cookie", "script>", "passwd", "x.md", "etc"] {
            assert!(!answer.contains(word), "{start:?} says {word}: {answer}");
        }
    }
    assert_eq!(shown.get("/").0, 200);
}

#[test]
fn slow_ones_keep_nobody_waiting() {
    let folder = folder(SITE);
    let shown = Shown::start(folder.path(), &[]);
    // More than there is room for, each in the middle of a sentence. The last of them is
    // still in the middle of it when others have their answer: they did not wait. (A
    // computer that stands still for seconds shows nothing: then we look again.)
    let is_typing = |stream: &mut std::net::TcpStream| {
        stream.set_nonblocking(true).unwrap();
        let heard = stream.read(&mut [0]);
        heard.is_err_and(|cause| cause.kind() == ErrorKind::WouldBlock)
    };
    let answered_meanwhile = || {
        let begin = |_| {
            let mut stream = shown.connect().ok()?;
            stream.write_all(b"GET / HTTP/1.1\r\nHost: ").ok()?;
            Some(stream)
        };
        let mut slow: Vec<_> = (0..400).filter_map(begin).collect();
        assert!(slow.len() > 256);
        for _ in 0..20 {
            assert_eq!(shown.get("/").0, 200);
        }
        is_typing(slow.last_mut().unwrap())
    };
    assert!((0..5).any(|_| answered_meanwhile()), "they waited for the slow ones");
    // Connections that say nothing, or leave halfway.
    for _ in 0..300 {
        let mut stream = shown.connect().unwrap();
        let _ = stream.write_all(b"GET / HT");
        let _ = stream.shutdown(Shutdown::Both);
    }
    assert_eq!(shown.get("/tips/kom-terug.html").0, 200);
    // A flood without an end is cut off.
    let mut stream = shown.connect().unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
    let flood = vec![b'a'; 1 << 20];
    let sent = (0..64).take_while(|_| stream.write_all(&flood).is_ok()).count();
    assert!(sent < 64, "somebody listened to all of it");
    assert_eq!(shown.get("/").0, 200);
}

/// More than there is room for ask for a large file, and do not take it in.
#[test]
fn who_does_not_listen_keeps_nobody_out() {
    let folder = folder(&[("index.md", "# Welkom\n\n[Luister](lied.mp3)\n")]);
    std::fs::write(folder.path().join("lied.mp3"), vec![7; 8 << 20]).unwrap();
    let shown = Shown::start(folder.path(), &[]);
    let mut tab = shown.events();
    let first = tab.next("now");
    let song =
        format!("GET /bestand/lied.mp3 HTTP/1.1\r\nHost: {}\r\n\r\n", shown.host());
    let ask = |_| {
        let mut stream = shown.connect().ok()?;
        stream.write_all(song.as_bytes()).ok()?;
        Some(stream)
    };
    let deaf: Vec<_> = (0..400).filter_map(ask).collect();
    assert!(deaf.len() > 256);
    for _ in 0..20 {
        assert_eq!(shown.get("/").0, 200);
    }
    // A tab that listens is not one of them, and who takes it in gets all of it.
    save(&folder.path().join("index.md"), "# Dag\n\n[Hoor](lied.mp3)\n");
    assert_eq!(tab.after(&first["v"])["changed"][0]["title"], "Dag");
    let (status, song) = shown.get("/bestand/lied.mp3");
    assert!(status == 200 && song.len() == 8 << 20, "{status}, {} bytes", song.len());
}

#[test]
fn a_port_that_is_taken_is_no_trouble() {
    let folder = folder(SITE);
    let first = Shown::start(folder.path(), &[]);
    let second = Shown::start(folder.path(), &["--poort", &first.port.to_string()]);
    assert_ne!(first.port, second.port);
    assert!(second.said.contains(&format!("Poort {} is al in gebruik", first.port)));
    assert!(second.said.contains("Kijk maar: http://127.0.0.1:"), "{}", second.said);
    assert_eq!(second.get("/").0, 200);
}

#[test]
fn what_is_saved_is_shown() {
    for words in [&[][..], &["--zelf-kijken"]] {
        let folder = folder(SITE);
        let shown = Shown::start(folder.path(), words);
        let mut events = shown.events();
        let first = events.next("now");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap()
        };
        write("tips/kom-terug.md", "# Kom gauw terug\n\nOok na GROTE ruzie.\n");
        // A save may be seen in two.
        let now = events.until(|now| now["changed"][0]["title"] == "Kom gauw terug");
        assert_eq!(now["changed"][0]["href"], "tips/kom-terug.html");
        assert_eq!(now["run"], first["run"]);
        assert!(shown.page("/tips/kom-terug.html").contains("GROTE ruzie"));
        assert!(shown.page("/tips/").contains("Kom gauw terug"), "lists follow");
        // A draft has no page for everybody.
        write("tips/later.md", "concept: ja\n\n# Nog later\n");
        let now = events.until(|now| now["changed"][0]["title"] == "Nog later");
        assert_eq!(now["changed"][0]["href"], "");
        // By way of another file, as many editors do.
        write("tips/.kom.tmp", "# Kom terug\n\nVia een ander bestand.\n");
        let path = |name: &str| folder.path().join(name);
        std::fs::rename(path("tips/.kom.tmp"), path("tips/kom-terug.md")).unwrap();
        events.until(|_| shown.page("/tips/kom-terug.html").contains("ander bestand"));
        std::fs::remove_file(path("tips/kom-terug.md")).unwrap();
        events.until(|_| shown.get("/tips/kom-terug.html").0 == 404);
    }
}

#[test]
fn a_folder_that_vanishes_and_returns() {
    let folder = folder(&[]);
    let texts = folder.path().join("teksten");
    let inside = shown::folder(SITE);
    std::fs::rename(inside.path(), &texts).unwrap();
    let shown = Shown::start(folder.path(), &["teksten"]);
    let mut events = shown.events();
    let first = events.next("now");
    std::fs::rename(&texts, folder.path().join("elders")).unwrap();
    events.next("away");
    assert!(shown.page("/tips/kom-terug.html").contains("ruzie"), "shows what was there");
    std::fs::rename(folder.path().join("elders"), &texts).unwrap();
    events.after(&first["v"]);
    std::fs::write(texts.join("tips/kom-terug.md"), "# Kom terug\n\nWeer hier.\n")
        .unwrap();
    while !shown.page("/tips/kom-terug.html").contains("Weer hier") {
        events.next("now");
    }
}

#[test]
fn style_is_told_apart() {
    let folder = folder(SITE);
    let theme = folder.path().join("themes/eigen");
    std::fs::create_dir_all(theme.join("css")).unwrap();
    std::fs::write(
        theme.join("theme.toml"),
        "name = \"eigen\"\nparent = \"verbinden\"\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("site.md"), "titel: Samen\nstijl: eigen\n\n")
        .unwrap();
    let shown = Shown::start(folder.path(), &[]);
    let mut events = shown.events();
    let first = events.next("now");
    save(&theme.join("css/print.css"), "body { color: black }\n");
    let now = events.after(&first["v"]);
    assert_eq!(now["css"], serde_json::json!(["thema/css/print.css"]));
    assert_eq!(now["changed"], serde_json::json!([]));
}

#[test]
fn a_theme_that_stumbles_is_a_page_with_its_place() {
    let folder = folder(SITE);
    let theme = folder.path().join("themes/eigen");
    std::fs::create_dir_all(theme.join("kind")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(theme.join(name), text).unwrap();
    write("theme.toml", "name = \"eigen\"\nparent = \"verbinden\"\n");
    write("kind/tip.html", "{% extends \"base.html\" %}\n{% block main %}<b>{% if %}\n");
    write("home.html", "\n\n{{ throw(message=\"boem\") }}\n");
    let site = "titel: Samen\ntaal: nl\nstijl: eigen\n\n";
    std::fs::write(folder.path().join("site.md"), site).unwrap();
    let shown = Shown::start(folder.path(), &[]);
    // Pages are whole, as a build makes them.
    assert!(shown.page("/tips/kom-terug.html").contains("Ook na ruzie."));
    assert!(shown.page("/").contains("Fijn dat je er bent."));
    let page = shown.page("/_boekje/theme");
    for words in [
        "<html lang=\"nl\"",
        "themes/eigen/kind/tip.html, regel 2",
        "<pre>{% block main %}&lt;b&gt;{% if %}</pre>",
        "themes/eigen/home.html, regel 3",
        "<pre>{{ throw(message=&quot;boem&quot;) }}</pre>",
        "Pas het sjabloon aan op deze plek",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let state = facts(&shown, "/_boekje/state?page=index.html");
    let rows = state["all"].as_array().unwrap();
    let row = rows.iter().find(|row| row["file"] == "themes/eigen/home.html").unwrap();
    assert_eq!(row["source"], "{{ throw(message=\"boem\") }}");
    assert_eq!(row["page"], "/_boekje/theme");
    let english = Shown::start(folder.path(), &["--lang", "en"]);
    let page = english.page("/_boekje/theme");
    assert!(page.contains("themes/eigen/kind/tip.html, line 2"), "{page}");
    // Put right, nothing is told any more.
    let mut events = shown.events();
    let first = events.next("now");
    std::fs::remove_file(theme.join("home.html")).unwrap();
    std::fs::remove_file(theme.join("kind/tip.html")).unwrap();
    events.after(&first["v"]);
    let began = Instant::now();
    while !shown.page("/_boekje/theme").contains("valt nu niets op") {
        assert!(began.elapsed() < Duration::from_secs(10), "it goes on telling");
    }
}

/// A site with something to stay inside.
const PLAN: &[(&str, &str)] = &[
    ("site.md", "titel: Samen\ntaal: nl\n\n"),
    (
        "tips/kom-terug.md",
        "# Kom terug\n\nOok na ruzie.\n\n## Zo\n\n- een\n- [weg](weg.md)\n",
    ),
    ("tips/later.md", "concept: ja\n\n# Later\n\nNog niet.\n"),
    (
        "plannen/noor.md",
        "soort: plan\ntitel: Noor\nlezers: gezin, school\n\n## Thuis\nVoor: gezin\n\nTHUIS\n\n## Klas\nVoor: school\n\nKLAS\n",
    ),
];

fn facts(shown: &Shown, target: &str) -> serde_json::Value {
    serde_json::from_str(&shown.page(target)).unwrap()
}

#[test]
fn the_bar_knows_what_stands_out() {
    let folder = folder(PLAN);
    let shown = Shown::start(folder.path(), &["--editor", "true"]);
    let state = facts(&shown, "/_boekje/state?page=tips/kom-terug.html&as=");
    assert_eq!(state["here"][0]["code"], "L01");
    assert_eq!(state["here"][0]["file"], "tips/kom-terug.md");
    assert_eq!(state["here"][0]["source"], "- [weg](weg.md)");
    assert_eq!(state["here"][0]["line"], 8);
    assert!(state["words"]["bar.name"].is_string() && state["lang"] == "nl");
    assert_eq!(state["inside"], serde_json::Value::Null);
    let names: Vec<_> = state["as"]["choices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].clone())
        .collect();
    assert_eq!(names, ["", "gezin", "school", "schrijver"]);
    let state = facts(&shown, "/_boekje/state?page=tips/later.html&as=schrijver");
    assert_eq!(state["inside"]["reason"], "concept");
    let lines = facts(&shown, "/_boekje/lines?page=tips/kom-terug.html");
    assert_eq!(lines["file"], "tips/kom-terug.md");
    let found: Vec<(u64, &str)> = lines["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["line"].as_u64().unwrap(), one["text"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [(1, "Kom terug"), (3, "Ook na ruzie."), (5, "Zo"), (7, "een"), (8, "weg")]
    );
}

#[test]
fn each_pair_of_eyes_sees_its_own() {
    let folder = folder(PLAN);
    let open = "soort: plan\nlezers: school\nopenbaar: ja\nverzonnen: ja\n\n# Open\n\n## Doel\n\nOPEN\n";
    std::fs::write(folder.path().join("plannen/open.md"), open).unwrap();
    let shown = Shown::start(folder.path(), &[]);
    assert_eq!(shown.get("/plannen/noor.html").0, 404);
    let family = shown.page("/_boekje/as/gezin/plannen/noor.html");
    assert!(family.contains("THUIS") && family.contains("KLAS"));
    let school = shown.page("/_boekje/as/school/plannen/noor.html");
    assert!(!school.contains("THUIS") && school.contains("KLAS"));
    assert_eq!(shown.get("/_boekje/as/school/tips/later.html").0, 404);
    assert!(shown.page("/_boekje/as/schrijver/tips/later.html").contains("Nog niet"));
    assert_eq!(shown.get("/_boekje/as/buurt/index.html").0, 404);
    assert_eq!(shown.get("/_boekje/as/school/thema/css/screen.css").0, 200);
    // What everybody may read is a page of the site, also for a reader.
    let tip = shown.page("/_boekje/as/school/tips/kom-terug.html");
    assert!(tip.contains("Ook na ruzie") && !tip.contains("_boekje-bundle"));
    let open = shown.page("/_boekje/as/school/plannen/open.html");
    assert!(open.contains("OPEN") && !open.contains("_boekje-bundle"), "{open}");
    let behind = bundle(&shown, "/_boekje/as/school/plannen/noor.html");
    assert_eq!(behind["pages"].as_array().unwrap().len(), 1);
    assert!(!behind["css"].as_str().unwrap().contains("../"));
}

#[test]
fn what_stands_behind_a_lock_is_as_built() {
    let folder = folder(&[(".data/leeg", "")]);
    let texts = folder.path().join("teksten");
    for (name, text) in PLAN {
        std::fs::create_dir_all(texts.join(name).parent().unwrap()).unwrap();
        std::fs::write(texts.join(name), text).unwrap();
    }
    let shown = Shown::start(folder.path(), &["teksten"]);
    let locked = || facts(&shown, "/_boekje/state?page=index.html")["locked"].clone();
    assert_eq!(locked(), serde_json::json!([]));
    assert_eq!(shown.get("/p/words.txt").0, 404);
    // A card that is made while the preview stands.
    shown::boekje(&["lezer", "erbij", "teksten", "school"], folder.path());
    let site = folder.path().join("site");
    shown::boekje(&["bouw", "teksten", "--out", site.to_str().unwrap()], folder.path());
    let before = everything(folder.path());
    let mut compared = 0;
    for entry in walkdir::WalkDir::new(site.join("p")).into_iter().flatten() {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&site).unwrap().to_str().unwrap();
            let (status, served) = shown.get(&format!("/{path}"));
            assert!(status == 200, "{path}: {status}");
            assert!(served == std::fs::read(entry.path()).unwrap(), "{path} differs");
            compared += 1;
        }
    }
    assert_eq!(compared, 3, "the words, the page and the bundle");
    let href = locked()[0]["href"].as_str().unwrap().to_string();
    let door = shown.ask("GET", &href, "Sec-Fetch-Dest: document\r\n");
    assert!(door.starts_with("HTTP/1.1 200 ") && !door.contains("_boekje"), "{door}");
    assert!(!door.contains("script-src 'self'"), "it has rules of its own: {door}");
    assert!(!door.contains("Noor") && !door.contains("KLAS") && !door.contains("school"));
    assert_eq!(shown.get(&href.replace("index.html", "x.bin")).0, 404);
    assert_eq!(everything(folder.path()), before, "nothing is written, no key is made");

    // On the network they are not: without https nobody could open them there.
    if let Some(shown) = Shown::try_start(folder.path(), &["teksten", "--telefoon"]) {
        let (_, address) = shown.said.split_once("netwerk: http://").expect("an address");
        let (host, token) = address.lines().next().unwrap().split_once('/').unwrap();
        let mut stream = std::net::TcpStream::connect(host).unwrap();
        let token = token.trim_end_matches('/');
        let request = format!("GET /{token}{href} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    }

    // Keys that others can read are refused, as a build refuses them.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let keys =
            walkdir::WalkDir::new(folder.path().join(".data")).into_iter().flatten();
        let keys = keys.map(|one| one.into_path());
        let keys = keys.filter(|path| path.extension().is_some_and(|it| it == "json"));
        for file in keys {
            let open = std::fs::Permissions::from_mode(0o644);
            std::fs::set_permissions(&file, open).unwrap();
        }
        let (status, page) = shown.get(&href);
        let page = String::from_utf8(page).unwrap();
        assert!(status == 500 && page.contains("sleutels"), "{status} {page}");
        assert_eq!(locked(), serde_json::json!([]));
    }
}

/// What stands in the page for a reader: the bundle that is sealed for them.
fn bundle(shown: &Shown, target: &str) -> serde_json::Value {
    let page = shown.page(target);
    let (_, rest) = page.split_once("id=\"_boekje-bundle\">").expect("a bundle");
    serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap()
}

#[cfg(feature = "print")]
#[test]
fn what_a_reader_takes_along_follows_and_keeps_no_page_waiting() {
    let folder = folder(PLAN);
    let plan = folder.path().join("plannen/noor.md");
    let text = std::fs::read_to_string(&plan).unwrap();
    std::fs::write(&plan, text.replace("lezers:", "formaat: A5\nlezers:")).unwrap();
    let shown = Shown::start(folder.path(), &[]);
    let mut events = shown.events();
    let first = events.next("now");
    let at = "/_boekje/as/school/plannen/noor.html";
    assert_eq!(bundle(&shown, at)["files"], serde_json::json!([]), "not set yet");
    let now = events.after(&first["v"]);
    assert_eq!(now["quiet"], true);
    let with_paper = bundle(&shown, at);
    let html = with_paper["pages"][0]["h"].as_str().unwrap();
    assert!(html.contains("bladzijde") && html.contains("data-b=\"0\""), "{html}");
    let file = with_paper["files"][0]["n"].as_str().unwrap();
    assert!(file.starts_with("/_boekje/as/school/_along/"), "{file}");
    assert!(shown.get(file).1.starts_with(b"%PDF"));
    let other = file.replace("/school/", "/buurt/");
    assert_eq!(shown.get(&other).0, 404, "who is not named has nothing to take along");
    // The same site again: nobody is told anything.
    assert!(shown.get(at).0 == 200);
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(facts(&shown, "/_boekje/state?page=index.html")["v"], now["v"]);
    // An edit keeps what was known, until it is set again.
    let longer =
        text.replace("lezers:", "formaat: A5\nlezers:") + &"KLAS-LANG\n\n".repeat(400);
    save(&plan, longer);
    let edited = events.after(&now["v"]);
    let page = bundle(&shown, at);
    assert!(page["pages"][0]["h"].as_str().unwrap().contains("KLAS-LANG"));
    assert_eq!(page["files"][0]["n"], file);
    let set = events.after(&edited["v"]);
    assert_eq!(set["quiet"], true);
    assert!(bundle(&shown, at) != page, "the link tells how large it is now");
}

/// Returns the paths in a folder with the length of each file.
fn everything(folder: &Path) -> Vec<(std::path::PathBuf, u64)> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    all.map(|one| (one.path().to_path_buf(), one.metadata().unwrap().len())).collect()
}

#[test]
fn the_editor_opens_only_texts_and_only_for_our_pages() {
    let folder = folder(PLAN);
    let note = folder.path().join(".geopend");
    let script = folder.path().join("editor.sh");
    std::fs::write(&script, format!("#!/bin/sh\necho \"$@\" > '{}'\n", note.display()))
        .unwrap();
    let editor = format!("sh '{}'", script.display());
    let shown = Shown::start(folder.path(), &["--editor", &editor]);
    let key = facts(&shown, "/_boekje/state?page=index.html")["key"]
        .as_str()
        .unwrap()
        .to_string();
    let ask = |file: &str, key: &str, more: &str| {
        shown.ask("GET", &format!("/_boekje/open?file={file}&line=3&key={key}"), more)
    };
    let ours = "Sec-Fetch-Site: same-origin\r\n";
    for refused in [
        ask("tips/kom-terug.md", &key, ""),
        ask("tips/kom-terug.md", &key, "Sec-Fetch-Site: none\r\n"),
        ask("tips/kom-terug.md", "", ours),
        ask("tips/kom-terug.md", "0123", ours),
    ] {
        assert!(refused.starts_with("HTTP/1.1 403 "), "{refused}");
    }
    for file in ["../x.md", "/etc/passwd", "editor.sh", "tips", "", "tips/../site.md"] {
        assert!(ask(file, &key, ours).starts_with("HTTP/1.1 404 "), "{file}");
    }
    assert!(!note.exists());
    assert!(ask("tips/kom-terug.md", &key, ours).starts_with("HTTP/1.1 200 "));
    for _ in 0..100 {
        if std::fs::read_to_string(&note)
            .is_ok_and(|told| told.contains("tips/kom-terug.md"))
        {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("nothing was opened");
}

#[cfg(feature = "print")]
#[test]
fn booklets_are_made_when_asked_for() {
    let folder = folder(PLAN);
    let shown = Shown::start(folder.path(), &[]);
    let state = facts(&shown, "/_boekje/state?page=index.html");
    let href = state["booklets"][0]["href"].as_str().unwrap().to_string();
    let (status, bytes) = shown.get(&href);
    assert!(status == 200 && bytes.starts_with(b"%PDF"), "{href}");
    assert_eq!(shown.get("/_boekje/booklet/weg.pdf").0, 404);
}

#[test]
fn a_telephone_sees_the_site_and_nothing_else() {
    let folder = folder(PLAN);
    let Some(shown) = Shown::try_start(folder.path(), &["--telefoon=school"]) else {
        // A computer without a network.
        return;
    };
    let (_, address) = shown.said.split_once("netwerk: http://").expect("an address");
    let (host, token) = address.lines().next().unwrap().split_once('/').unwrap();
    let token = token.trim_end_matches('/');
    assert!(token.len() == 32 && shown.said.contains("leest mee als school"));
    let get = |path: &str| {
        let mut stream = std::net::TcpStream::connect(host).unwrap();
        let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
        answer
    };
    let plan = get(&format!("{token}/plannen/noor.html"));
    assert!(
        plan.contains("KLAS") && !plan.contains("THUIS") && !plan.contains("_boekje")
    );
    for path in ["", "index.html", "_boekje/state", "0123/index.html", "_boekje/events"] {
        assert!(get(path).starts_with("HTTP/1.1 404 "), "{path}");
    }
    for path in
        ["_boekje/state", "_boekje/as/schrijver/index.html", "tips/later.html", "site.md"]
    {
        assert!(get(&format!("{token}/{path}")).starts_with("HTTP/1.1 404 "), "{path}");
    }
    let refused = Shown::refused(folder.path(), &["--telefoon=schrijver"]);
    assert!(refused.contains("schrijver"), "{refused}");
}
