//! One answer: what goes back to the browser, with the headers that keep it ours.
//!
//! No byte of a request comes back in an answer: not in a header, not in a sentence. Every
//! answer ends its connection, so there is never a second request to mistake for a first.

use super::guard::Refusal;
use crate::text::Address;
use std::io::{self, Write};
use std::sync::{Arc, Weak};

/// What a page of the preview may do: show what comes from the preview itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; \
    frame-src 'self'; object-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// What a page may do that brings stricter rules of its own, or a PDF: browsers show it with
/// pages of their own, which a stricter rule stops.
const OWN_POLICY: &str = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Headers of every answer.
const ALWAYS: &str = "Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    X-Frame-Options: DENY\r\n\
    Referrer-Policy: no-referrer\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Connection: close\r\n";

/// The bytes of an answer, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    status: (u16, &'static str),
    kind: &'static str,
    /// Where to go instead: an address of ours.
    to: Option<String>,
    /// Whether it brings rules of its own about what it may do.
    ruled: bool,
    bytes: Arc<[u8]>,
}

impl Answer {
    /// Returns bytes of a kind.
    pub(super) fn new(kind: &'static str, bytes: impl Into<Arc<[u8]>>) -> Answer {
        Answer { status: (200, "OK"), kind, to: None, ruled: false, bytes: bytes.into() }
    }

    /// Returns the answer to what is refused.
    pub(super) fn refused(why: Refusal) -> Answer {
        let words = format!("{}\n", why.sentence()).into_bytes();
        Answer { status: why.status(), ..Answer::new(PLAIN, words) }
    }

    /// Returns a page with another number than 200.
    pub(super) fn with_status(self, status: (u16, &'static str)) -> Answer {
        Answer { status, ..self }
    }

    /// Returns a page that brings stricter rules of its own about what it may do.
    pub(super) fn by_own_rules(self) -> Answer {
        Answer { ruled: true, ..self }
    }

    /// Returns the way to another address of this site, or to a folder.
    pub(super) fn elsewhere(to: &Address, folder: bool) -> Answer {
        let end = if folder { "/" } else { "" };
        let to = Some(format!("/{}{end}", to.escaped()));
        Answer { status: (302, "Found"), to, ..Answer::new(PLAIN, Vec::new()) }
    }

    /// Returns what finds a large file again while it goes out to somebody. Pages differ by
    /// who asks.
    pub(super) fn ongoing(&self) -> Option<Ongoing> {
        let is_file = self.status.0 == 200 && self.kind != HTML && !self.ruled;
        let is_large = self.bytes.len() > SMALL;
        (is_file && is_large).then(|| Ongoing(self.kind, Arc::downgrade(&self.bytes)))
    }

    /// Writes all of it; `head`: only the headers.
    pub(super) fn write(&self, out: &mut impl Write, head: bool) -> io::Result<()> {
        let mut top = opening(self.status, self.kind, self.ruled);
        if let Some(to) = &self.to {
            top.push_str(&format!("Location: {to}\r\n"));
        }
        if self.status.0 == 405 {
            top.push_str("Allow: GET, HEAD\r\n");
        }
        top.push_str(&format!("Content-Length: {}\r\n\r\n", self.bytes.len()));
        let mut all = top.into_bytes();
        if !head && self.bytes.len() <= SMALL {
            all.extend_from_slice(&self.bytes);
        }
        out.write_all(&all)?;
        if !head && self.bytes.len() > SMALL {
            out.write_all(&self.bytes)?;
        }
        out.flush()
    }
}

/// A large file that goes out to somebody.
pub(super) struct Ongoing(&'static str, Weak<[u8]>);

impl Ongoing {
    /// Returns it, while it goes out.
    pub(super) fn answer(&self) -> Option<Answer> {
        Some(Answer::new(self.0, self.1.upgrade()?))
    }
}

/// Up to here an answer is one write.
const SMALL: usize = 64 * 1024;

/// Kind of a plain sentence.
pub(super) const PLAIN: &str = "text/plain; charset=utf-8";

/// Kind of a page.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// Kind of facts for the script.
pub(super) const JSON: &str = "application/json; charset=utf-8";

/// Kind of a script.
pub(super) const JS: &str = "text/javascript; charset=utf-8";

/// Returns the first lines of an answer, without the empty one that ends them.
pub(super) fn opening((status, phrase): (u16, &str), kind: &str, ruled: bool) -> String {
    let policy = if ruled || kind == "application/pdf" { OWN_POLICY } else { POLICY };
    format!(
        "HTTP/1.1 {status} {phrase}\r\nContent-Type: {kind}\r\n\
         Content-Security-Policy: {policy}\r\n{ALWAYS}"
    )
}

/// Returns the kind of what stands at an address.
pub(super) fn kind_of(address: &Address) -> &'static str {
    let name = address.as_str();
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => JS,
        "json" => JSON,
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" | "csv" => PLAIN,
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "vtt" => "text/vtt; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(answer: &Answer, head: bool) -> String {
        let mut out = Vec::new();
        answer.write(&mut out, head).expect("memory takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn every_answer_is_closed_to_others() {
        let page = Answer::new(HTML, b"<p>Hoi</p>".to_vec());
        for text in
            [written(&page, false), written(&Answer::refused(Refusal::Host), false)]
        {
            for header in [
                "no-store",
                "nosniff",
                "X-Frame-Options: DENY",
                "no-referrer",
                "same-origin",
                "default-src 'none'",
                "frame-ancestors 'none'",
                "Connection: close",
            ] {
                assert!(text.contains(header), "{header} in {text}");
            }
        }
        assert!(written(&page, false).ends_with("Content-Length: 10\r\n\r\n<p>Hoi</p>"));
        assert!(written(&page, true).ends_with("Content-Length: 10\r\n\r\n"));
    }

    #[test]
    fn a_way_elsewhere_is_escaped() {
        let text = written(
            &Answer::elsewhere(&Address::new("één\r\nx/index.html"), false),
            false,
        );
        assert!(
            text.contains("\r\nLocation: /%C3%A9%C3%A9n%0D%0Ax/index.html\r\n"),
            "{text}"
        );
    }

    #[test]
    fn kinds() {
        assert_eq!(kind_of(&Address::new("tips/a.html")), HTML);
        assert_eq!(kind_of(&Address::new("a.b/LICENSE")), "application/octet-stream");
    }
}
