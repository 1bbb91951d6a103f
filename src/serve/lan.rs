//! A look on a telephone: a door of its own on the network around us, only when asked for.
//!
//! Behind it are the pages of the site, or those of one reader, below a name nobody can
//! guess; never a source, a problem, or anything else of the preview.

use super::answer::Answer;
use super::desk::Desk;
use super::door::{Answers, Listener};
use super::eyes::Eyes;
use super::guard::{Ask, Door, Refusal};
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpStream, UdpSocket};
use std::sync::Arc;

/// A door on the network.
pub(super) struct Lan {
    listener: Listener,
    token: String,
    eyes: Eyes,
}

impl Lan {
    /// Opens the door, on the address that this computer has on its network.
    pub(super) fn open(eyes: Eyes, token: String, port: u16) -> io::Result<Lan> {
        let listener = Listener::open(own_address()?, port)?;
        Ok(Lan { listener, token, eyes })
    }

    /// Returns the address to type or to scan.
    pub(super) fn address(&self) -> String {
        format!("http://{}/{}/", self.listener.address(), self.token)
    }

    /// Answers for as long as the program runs.
    pub(super) fn run(self, desk: Arc<Desk>) {
        let address = self.listener.address();
        let name = match address.ip() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        let door = Door::of([name.as_str()], address.port());
        let guest = Guest { desk, token: self.token, eyes: self.eyes };
        self.listener.run(door, Arc::new(guest));
    }
}

/// What the telephone gets.
struct Guest {
    desk: Arc<Desk>,
    token: String,
    eyes: Eyes,
}

impl Answers for Guest {
    fn answer(&self, ask: &Ask, stream: &mut TcpStream) -> io::Result<()> {
        let answer = match ask.path.split_first() {
            Some((first, rest)) if *first == self.token && !rest.is_empty() => {
                self.desk.plain(ask, &self.eyes, rest.join("/"))
            }
            _ => Answer::refused(Refusal::Missing),
        };
        answer.write(stream, ask.head)
    }
}

/// Returns the address of this computer on its network. Nothing is sent: the system is
/// asked which way a letter to elsewhere would leave.
fn own_address() -> io::Result<IpAddr> {
    let asked = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    asked.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
    Ok(asked.local_addr()?.ip())
}
