//! The door: connections in, one request each, refused or handed on.
//!
//! [`Listener::open`] and [`Listener::run`] are the entries. The head of a request is read
//! here, with a limit in bytes and in time, before anything else looks at it; `httparse`
//! splits it, [`guard`] decides. No body is ever read. Each connection has a thread of its
//! own and there is a most: when it is reached, who has been typing longest has to leave,
//! and then who takes longest to take an answer in, so that slow ones never stand in the
//! way of others.
//!
//! (The crate `tiny_http` was looked at for this work: it reads a head of any length before
//! we see it, waits for a slow one for ever, and two known weaknesses have no fix.)

use super::answer::Answer;
use super::guard::{Ask, Door, Head, MOST_HEADERS, Refusal, guard};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Longest head, in bytes.
const LONGEST_HEAD: usize = 32 * 1024;

/// How long a head may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long one write may stand still.
const STILL: Duration = Duration::from_secs(10);

/// Most connections at once.
const MOST: usize = 256;

/// How many of those who came last are not taken for slow.
const NEW: usize = 64;

/// Most threads at once: who was sent away while an answer is made is still there for a
/// moment.
const MOST_THREADS: usize = 2 * MOST;

/// How many bytes we still take from who was refused, so that they can read why.
const REST: usize = 256 * 1024;

/// A port that is ours.
#[derive(Debug)]
pub(super) struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Opens a port on an address of this computer: the one that is wanted, else one of
    /// the next, else any.
    pub(super) fn open(ip: IpAddr, wanted: u16) -> io::Result<Listener> {
        let near = (0..20).filter_map(|more| wanted.checked_add(more));
        let mut refused = None;
        for port in near.chain([0]) {
            match TcpListener::bind((ip, port)) {
                Ok(listener) => {
                    let address = listener.local_addr()?;
                    return Ok(Listener { listener, address });
                }
                Err(cause) => refused = refused.or(Some(cause)),
            }
        }
        Err(refused.unwrap_or_else(|| ErrorKind::AddrInUse.into()))
    }

    /// Returns the address with its port.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers for as long as the program runs.
    pub(super) fn run(self, door: Door, answer: Arc<dyn Answers>) {
        let room = Arc::new(Room { door, answer, ..Room::new() });
        loop {
            match self.listener.accept() {
                Ok((stream, _)) => room.enter(stream),
                // A connection that ended before it began, or too many open files: the
                // listener itself is still good, and others leave.
                Err(_) => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }
}

/// Who knows the answers.
pub(super) trait Answers: Send + Sync {
    /// Answers what was let in, on the connection itself: most answers are one page, some
    /// go on for hours.
    fn answer(&self, ask: &Ask, stream: &mut TcpStream) -> io::Result<()>;

    /// Tells whether this goes on for as long as a tab is open. Of those the answer itself
    /// has a most; nobody else is sent away for being here long.
    fn goes_on(&self, _: &Ask) -> bool {
        false
    }
}

/// Where connections stand.
struct Room {
    door: Door,
    answer: Arc<dyn Answers>,
    count: AtomicUsize,
    next: AtomicU64,
    /// Those who may be sent away, the longest here first.
    guests: Mutex<VecDeque<Place>>,
}

/// Who may be sent away.
struct Place {
    id: u64,
    /// Whether the question is not finished; else an answer is made or taken in.
    typing: bool,
    stream: TcpStream,
}

struct Nobody;

impl Answers for Nobody {
    fn answer(&self, _: &Ask, _: &mut TcpStream) -> io::Result<()> {
        Ok(())
    }
}

impl Room {
    fn new() -> Room {
        Room {
            door: Door::here(0),
            answer: Arc::new(Nobody),
            count: AtomicUsize::new(0),
            next: AtomicU64::new(0),
            guests: Mutex::default(),
        }
    }

    fn guests(&self) -> MutexGuard<'_, VecDeque<Place>> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a connection a thread.
    fn enter(self: &Arc<Self>, mut stream: TcpStream) {
        let count = self.count.load(Ordering::Relaxed);
        if count >= MOST_THREADS || count >= MOST && !self.make_room() {
            // Others wait for the door: who is not listening does not hear it.
            let _ = stream.set_nonblocking(true);
            let _ = Answer::refused(Refusal::Busy).write(&mut stream, false);
            return;
        }
        let guest = Guest::new(self);
        if let Ok(stream) = stream.try_clone() {
            self.guests().push_back(Place { id: guest.id, typing: true, stream });
        }
        // When there is no thread to be had, the connection closes by itself.
        let _ = std::thread::Builder::new()
            .name("preview".into())
            .spawn(move || guest.serve(stream));
    }

    /// Sends away who has been typing longest; else who takes longest to take an answer in.
    fn make_room(&self) -> bool {
        let mut guests = self.guests();
        let old = guests.len().saturating_sub(NEW);
        let at = guests.iter().take(old).position(|one| one.typing).unwrap_or(0);
        // One that closed by itself meanwhile made room too.
        guests.remove(at).map(|one| one.stream.shutdown(Shutdown::Both)).is_some()
    }

    /// Nobody is sent away any more for being here long.
    fn forget(&self, id: u64) {
        self.guests().retain(|one| one.id != id);
    }
}

/// A connection in the room; it is counted for as long as this lives.
struct Guest {
    id: u64,
    room: Arc<Room>,
}

impl Guest {
    fn new(room: &Arc<Room>) -> Guest {
        room.count.fetch_add(1, Ordering::Relaxed);
        Guest { id: room.next.fetch_add(1, Ordering::Relaxed), room: Arc::clone(room) }
    }

    fn serve(self, mut stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let _ = stream.set_write_timeout(Some(STILL));
        let heard = hear(&mut stream, &self.room.door);
        if let Some(own) = self.room.guests().iter_mut().find(|one| one.id == self.id) {
            own.typing = false;
        }
        match heard {
            Ok(Some(ask)) => {
                if self.room.answer.goes_on(&ask) {
                    self.room.forget(self.id);
                }
                // A browser that left before the answer is nobody's concern.
                let _ = self.room.answer.answer(&ask, &mut stream);
                let _ = stream.shutdown(Shutdown::Write);
            }
            Ok(None) => {}
            Err(why) => refuse(stream, why),
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.room.forget(self.id);
        self.room.count.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Reads one head; `None` when nobody said anything.
fn hear(stream: &mut TcpStream, door: &Door) -> Result<Option<Ask>, Refusal> {
    let until = Instant::now() + PATIENCE;
    let mut bytes = Vec::with_capacity(2048);
    let mut piece = [0; 4096];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return if bytes.is_empty() { Ok(None) } else { Err(Refusal::Slow) };
        }
        let _ = stream.set_read_timeout(Some(left.max(Duration::from_millis(1))));
        match stream.read(&mut piece) {
            Ok(0) if bytes.is_empty() => return Ok(None),
            Ok(0) => return Err(Refusal::Unclear),
            Ok(length) => {
                let from = bytes.len().saturating_sub(3);
                bytes.extend_from_slice(&piece[..length]);
                if let Some(end) = end_of_head(&bytes, from) {
                    return read(&bytes, end, door).map(Some);
                }
                if bytes.len() > LONGEST_HEAD {
                    return Err(Refusal::Headers);
                }
            }
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(cause) => match cause.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut => {}
                _ => return Ok(None),
            },
        }
    }
}

/// Returns where a head ends. A line that ends otherwise than people agreed on ends it
/// too: it is refused, instead of waited for.
fn end_of_head(bytes: &[u8], from: usize) -> Option<usize> {
    let late = bytes.get(from..)?;
    let whole = late.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    let bare = || late.windows(2).position(|two| two == b"\n\n").map(|at| at + 2);
    whole.or_else(bare).map(|at| from + at)
}

/// Reads what came in and decides about it; `None` while its head has not ended.
pub fn heard(bytes: &[u8], door: &Door) -> Option<Result<Ask, Refusal>> {
    Some(read(bytes, end_of_head(bytes, 0)?, door))
}

/// Reads a head and decides about it. Nothing may come behind it.
fn read(bytes: &[u8], end: usize, door: &Door) -> Result<Ask, Refusal> {
    if end > LONGEST_HEAD {
        return Err(Refusal::Headers);
    }
    let text = &bytes[..end.min(bytes.len())];
    let mut slots = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut slots);
    let parsed = request.parse(text);
    let whole = match parsed {
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::Headers),
        Ok(httparse::Status::Complete(length)) => length == text.len(),
        _ => false,
    };
    let (Some(method), Some(target), true) = (request.method, request.path, whole) else {
        return Err(Refusal::Unclear);
    };
    if !has_plain_lines(text) {
        return Err(Refusal::Unclear);
    }
    let headers: Vec<(&str, &[u8])> =
        request.headers.iter().map(|one| (one.name, one.value)).collect();
    let ask = guard(&Head { method, target, headers: &headers }, door)?;
    // A second request in the same breath, or a body nobody announced.
    if bytes.len() > end { Err(Refusal::Unclear) } else { Ok(ask) }
}

/// Tells whether every line ends in `\r\n` and the first begins at once.
fn has_plain_lines(text: &[u8]) -> bool {
    let pairs = text.windows(2).all(|two| (two[0] == b'\r') == (two[1] == b'\n'));
    pairs && text.first().is_some_and(u8::is_ascii_alphabetic)
}

/// Says why, and leaves. What is still on its way is taken in and dropped for a moment:
/// closing at once would take the answer away from who asked.
fn refuse(mut stream: TcpStream, why: Refusal) {
    let _ = stream.set_write_timeout(Some(Duration::from_millis(500)));
    if Answer::refused(why).write(&mut stream, false).is_err() {
        return;
    }
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_millis(100)));
    let until = Instant::now() + Duration::from_millis(300);
    let mut piece = [0; 8192];
    let mut taken = 0;
    while taken < REST && Instant::now() < until {
        match stream.read(&mut piece) {
            Ok(length) if length > 0 => taken += length,
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(head: &str) -> Result<Ask, Refusal> {
        let end = end_of_head(head.as_bytes(), 0).unwrap_or(head.len());
        read(head.as_bytes(), end, &Door::here(4310))
    }

    #[test]
    fn a_plain_request_is_read() {
        let ask = hear("GET /tips/a.html HTTP/1.1\r\nHost: localhost:4310\r\n\r\n");
        assert_eq!(ask.expect("an ask").joined(), "tips/a.html");
    }

    #[test]
    fn what_is_no_plain_request() {
        let host = "Host: localhost:4310";
        for (head, why) in [
            (format!("GET / HTTP/1.1\n{host}\n\n"), Refusal::Unclear),
            (format!("GET / HTTP/1.1\r\n{host}\n\r\n"), Refusal::Unclear),
            (format!("\r\nGET / HTTP/1.1\r\n{host}\r\n\r\n"), Refusal::Unclear),
            (format!("GET / HTTP/1.1\r\n{host}\r\n folded\r\n\r\n"), Refusal::Unclear),
            (format!("GET / HTTP/1.1\r\nHost : x\r\n{host}\r\n\r\n"), Refusal::Unclear),
            (format!("GET  / HTTP/1.1\r\n{host}\r\n\r\n"), Refusal::Unclear),
            (format!("GET / HTTP/2.0\r\n{host}\r\n\r\n"), Refusal::Unclear),
            (format!("GET /\r\n{host}\r\n\r\n"), Refusal::Unclear),
            (format!("GET / HTTP/1.1\r\n{host}\r\nA: b\0c\r\n\r\n"), Refusal::Unclear),
            (format!("GET / HTTP/1.1\r\n{host}\r\nA: b\rc\r\n\r\n"), Refusal::Unclear),
            (
                format!("GET / HTTP/1.1\r\n{host}\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
                Refusal::Unclear,
            ),
            ("GET / HTTP/1.1\r\n\r\n".to_string(), Refusal::Host),
            (
                format!("GET / HTTP/1.1\r\n{host}\r\n{}\r\n", "a: b\r\n".repeat(64)),
                Refusal::Headers,
            ),
            (
                format!("GET / HTTP/1.1\r\n{host}\r\na: {}\r\n\r\n", "b".repeat(40_000)),
                Refusal::Headers,
            ),
        ] {
            assert_eq!(hear(&head), Err(why), "{:?}", &head[..head.len().min(80)]);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let _ = heard(&bytes, &Door::here(4310));
        }
    }
}
