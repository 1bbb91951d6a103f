//! The guard: what may be asked of the preview, decided before anything is done.
//!
//! [`guard`] is the entry: a pure function of one request and the names of the door. It
//! walks the table of privacy decisions in order, and everything that it does not know is
//! refused. What comes out is an [`Ask`]: a path of plain names, decoded once. A page of
//! somebody else's in the same browser, a program on the same computer and a name that
//! points here from outside all meet this function first.

use percent_encoding::percent_decode_str;

/// Most headers in one request.
pub(super) const MOST_HEADERS: usize = 64;

/// Longest path with its question, in bytes.
const LONGEST_PATH: usize = 2048;

/// Longest name in a path, in bytes.
const LONGEST_NAME: usize = 255;

/// One request, as it came in.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The method as typed.
    pub method: &'a str,
    /// The path as typed, with its question.
    pub target: &'a str,
    /// The headers as typed.
    pub headers: &'a [(&'a str, &'a [u8])],
}

impl<'a> Head<'a> {
    /// Returns all values of a header.
    fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        let own = self.headers.iter().filter(move |one| one.0.eq_ignore_ascii_case(name));
        own.map(|one| one.1)
    }

    /// Returns the value of a header that may stand there once.
    fn one(&self, name: &str) -> Result<Option<&'a [u8]>, ()> {
        let mut all = self.all(name);
        match (all.next(), all.next()) {
            (_, Some(_)) => Err(()),
            (first, None) => Ok(first),
        }
    }
}

/// The names this preview has: what a browser that was sent here by us types as host.
#[derive(Debug, Clone)]
pub struct Door {
    hosts: Vec<String>,
}

impl Door {
    /// Returns the door of a preview that only this computer reaches.
    pub fn here(port: u16) -> Door {
        Door::of(["127.0.0.1", "localhost", "[::1]"], port)
    }

    /// Returns a door with other names.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>, port: u16) -> Door {
        let with_port = |name: &str| match port {
            80 => vec![name.to_string(), format!("{name}:80")],
            _ => vec![format!("{name}:{port}")],
        };
        Door { hosts: names.into_iter().flat_map(with_port).collect() }
    }

    fn knows(&self, host: &[u8]) -> bool {
        self.hosts.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(host))
    }
}

/// What was asked, and may be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// The names of the path, decoded; the last is empty for a folder.
    pub path: Vec<String>,
    /// The question behind the path: names and values, decoded.
    pub query: Vec<(String, String)>,
    /// Only the headers are wanted.
    pub head: bool,
    /// A browser goes to this page, in a tab.
    pub document: bool,
    /// A browser would show a page here.
    pub html: bool,
    /// A page of ours asks, so says the browser.
    pub same_origin: bool,
}

impl Ask {
    /// Returns the path with `/` between its names.
    pub fn joined(&self) -> String {
        self.path.join("/")
    }

    /// Returns what stands in the question under a name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|one| one.0 == name).map(|one| one.1.as_str())
    }
}

/// Why something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No request that can be read, or one with a body.
    Unclear,
    /// From a page of somebody else's.
    Foreign,
    /// A thing that is not there.
    Missing,
    /// Another method than GET and HEAD.
    Method,
    /// It came too slowly.
    Slow,
    /// A path that is too long.
    Long,
    /// Another name than ours.
    Host,
    /// Too many headers, or too long ones.
    Headers,
    /// Too many at once.
    Busy,
}

impl Refusal {
    /// Returns the number and its phrase for the first line of the answer.
    pub fn status(self) -> (u16, &'static str) {
        match self {
            Refusal::Unclear => (400, "Bad Request"),
            Refusal::Foreign => (403, "Forbidden"),
            Refusal::Missing => (404, "Not Found"),
            Refusal::Method => (405, "Method Not Allowed"),
            Refusal::Slow => (408, "Request Timeout"),
            Refusal::Long => (414, "URI Too Long"),
            Refusal::Host => (421, "Misdirected Request"),
            Refusal::Headers => (431, "Request Header Fields Too Large"),
            Refusal::Busy => (429, "Too Many Requests"),
        }
    }

    /// Returns one sentence; it never repeats what was asked.
    pub fn sentence(self) -> &'static str {
        match self {
            Refusal::Unclear => "The preview cannot read this request.",
            Refusal::Foreign => "The preview answers only its own pages.",
            Refusal::Missing => "There is nothing here.",
            Refusal::Method => "The preview only shows things.",
            Refusal::Slow => "This request took too long to arrive.",
            Refusal::Long => "This address is too long.",
            Refusal::Host => "The preview does not have this name.",
            Refusal::Headers => "This request has too many headers.",
            Refusal::Busy => "The preview is busy. Try again in a moment.",
        }
    }
}

/// Headers of a request that went through the hands of another program, or that wants
/// another path or method than it says. A browser beside us sends none of them.
const GO_BETWEEN: &[&str] = &[
    "forwarded",
    "front-end-https",
    "proxy-authorization",
    "proxy-connection",
    "via",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-host",
    "x-original-url",
    "x-real-ip",
    "x-rewrite-url",
];

/// Decides about one request.
pub fn guard(head: &Head<'_>, door: &Door) -> Result<Ask, Refusal> {
    host(head, door)?;
    if head.headers.len() > MOST_HEADERS {
        return Err(Refusal::Headers);
    }
    if !matches!(head.method, "GET" | "HEAD") {
        return Err(Refusal::Method);
    }
    body(head)?;
    let same_origin = origin(head)?;
    let (path, query) = target(head.target)?;
    let goes = |dest: Option<&[u8]>| dest == Some(b"document");
    let wants = |accept: &[u8]| accept.windows(9).any(|part| part == b"text/html");
    // What is ours alone is not for links from elsewhere, also not in a tab of its own.
    if path.first().is_some_and(|name| name == super::OWN)
        && head
            .all("sec-fetch-site")
            .any(|site| !matches!(site, b"same-origin" | b"none"))
    {
        return Err(Refusal::Foreign);
    }
    Ok(Ask {
        path,
        query,
        head: head.method == "HEAD",
        document: goes(head.all("sec-fetch-dest").next()),
        html: head.all("accept").any(wants),
        same_origin,
    })
}

/// Exactly one host, and it is one of ours.
fn host(head: &Head<'_>, door: &Door) -> Result<(), Refusal> {
    match head.one("host") {
        Ok(Some(host)) if door.knows(host) => Ok(()),
        _ => Err(Refusal::Host),
    }
}

/// No body, no other protocol, nobody in between.
fn body(head: &Head<'_>) -> Result<(), Refusal> {
    let unwanted = ["content-length", "transfer-encoding", "upgrade", "http2-settings"];
    let has = |name: &&str| head.all(name).next().is_some();
    let others = ["expect", "content-encoding", "trailer"];
    if unwanted.iter().any(has) || others.iter().any(has) || GO_BETWEEN.iter().any(has) {
        return Err(Refusal::Unclear);
    }
    let between = |name: &str| name.to_ascii_lowercase().starts_with("x-forwarded");
    let upgrade =
        |value: &[u8]| value.to_ascii_lowercase().windows(7).any(|w| w == b"upgrade");
    if head.headers.iter().any(|one| between(one.0))
        || head.all("connection").any(upgrade)
    {
        return Err(Refusal::Unclear);
    }
    Ok(())
}

/// Pages of others may link here, and nothing else. Returns whether a page of ours asks.
fn origin(head: &Head<'_>) -> Result<bool, Refusal> {
    let foreign = |()| Refusal::Foreign;
    let host = head.one("host").map_err(foreign)?.unwrap_or_default();
    if let Some(origin) = head.one("origin").map_err(foreign)? {
        let own = origin.strip_prefix(b"http://");
        if !own.is_some_and(|own| own.eq_ignore_ascii_case(host)) {
            return Err(Refusal::Foreign);
        }
    }
    let mode = head.one("sec-fetch-mode").map_err(foreign)?;
    let dest = head.one("sec-fetch-dest").map_err(foreign)?;
    match head.one("sec-fetch-site").map_err(foreign)? {
        None | Some(b"none") => Ok(false),
        Some(b"same-origin") => Ok(true),
        // A link in a page of somebody else's, followed in a tab of its own.
        Some(b"same-site" | b"cross-site")
            if mode == Some(b"navigate")
                && dest == Some(b"document")
                && head.method == "GET" =>
        {
            Ok(false)
        }
        Some(_) => Err(Refusal::Foreign),
    }
}

/// The names of a path, and the question behind it.
type Target = (Vec<String>, Vec<(String, String)>);

/// Reads the path: names of letters, decoded once.
fn target(target: &str) -> Result<Target, Refusal> {
    if target.len() > LONGEST_PATH {
        return Err(Refusal::Long);
    }
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
    if !target.starts_with('/') || !target.bytes().all(plain) {
        return Err(Refusal::Unclear);
    }
    let (path, question) = target.split_once('?').unwrap_or((target, ""));
    let names: Vec<&str> = path[1..].split('/').collect();
    let last = names.len() - 1;
    let mut path = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().enumerate() {
        let name = decode(name).ok_or(Refusal::Unclear)?;
        if !(is_plain(&name) || name.is_empty() && at == last) {
            return Err(Refusal::Unclear);
        }
        path.push(name);
    }
    let mut query = Vec::new();
    for one in question.split('&').filter(|one| !one.is_empty()) {
        let (name, value) = one.split_once('=').unwrap_or((one, ""));
        let read = |typed: &str| decode(&typed.replace('+', " ")).ok_or(Refusal::Unclear);
        query.push((read(name)?, read(value)?));
    }
    Ok((path, query))
}

/// Undoes `%` escapes, once; `None` when one is broken, or hides what may not be there.
fn decode(typed: &str) -> Option<String> {
    let bytes = typed.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let whole = |at: usize| bytes[at] != b'%' || is_hex(at + 1) && is_hex(at + 2);
    if !(0..bytes.len()).all(whole) {
        return None;
    }
    let text = percent_decode_str(typed).decode_utf8().ok()?;
    (!text.chars().any(char::is_control)).then(|| text.into_owned())
}

/// Tells whether a name is one that a page could have: nothing that climbs, hides, names a
/// disk, or means something to a shell or to another system.
pub(super) fn is_plain(name: &str) -> bool {
    let odd = |c: char| "/\\:~%*?\"<>|;`$".contains(c) || is_invisible(c);
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !name.contains(odd)
}

/// Tells whether a letter shows nothing, or turns the direction of others.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

#[cfg(test)]
mod tests;
