//! News for the browser: one line of events a tab, for as long as the tab is open.

use super::answer::{Answer, opening};
use super::eyes::Eyes;
use super::guard::Refusal;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Most tabs at once.
const MOST: usize = 64;

/// How many events a tab may be behind. One that is further behind is let go: it comes
/// back by itself, and hears what is now.
const BEHIND: usize = 32;

/// How often a line says that we are still there.
const PING: Duration = Duration::from_secs(2);

/// A tab, and through whose eyes it looks.
#[derive(Debug)]
struct Tab {
    eyes: Eyes,
    line: SyncSender<Arc<str>>,
}

impl Tab {
    /// Says something; tells whether anybody may still hear it.
    fn hears(&self, event: &Arc<str>) -> bool {
        self.line.try_send(Arc::clone(event)).is_ok()
    }
}

/// The tabs that listen.
#[derive(Debug, Default)]
pub(super) struct News {
    tabs: Mutex<Vec<Tab>>,
}

impl News {
    fn tabs(&self) -> MutexGuard<'_, Vec<Tab>> {
        self.tabs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells all tabs the same.
    pub(super) fn tell(&self, event: &str, data: &str) {
        let event: Arc<str> = event_line(event, data).into();
        self.tabs().retain(|tab| tab.hears(&event));
    }

    /// Tells all tabs, each what is for its eyes.
    pub(super) fn tell_each(&self, event: &str, data: &dyn Fn(&Eyes) -> String) {
        let mut said: BTreeMap<Eyes, Arc<str>> = BTreeMap::new();
        self.tabs().retain(|tab| {
            let line = || event_line(event, &data(&tab.eyes)).into();
            tab.hears(said.entry(tab.eyes.clone()).or_insert_with(line))
        });
    }

    /// Tells one tab what is now (`first`), and then all news until it closes.
    pub(super) fn listen(
        &self,
        stream: &mut TcpStream,
        head: bool,
        eyes: Eyes,
        first: impl FnOnce() -> Vec<(&'static str, String)>,
    ) -> io::Result<()> {
        let Some(news) = self.enter(eyes) else {
            return Answer::refused(Refusal::Busy).write(stream, head);
        };
        let mut top = opening((200, "OK"), "text/event-stream; charset=utf-8", false);
        top.push_str("\r\n");
        stream.write_all(top.as_bytes())?;
        if head {
            return Ok(());
        }
        stream.write_all(b"retry: 500\n\n")?;
        for (event, data) in first() {
            stream.write_all(event_line(event, &data).as_bytes())?;
        }
        stream.flush()?;
        loop {
            match news.recv_timeout(PING) {
                Ok(event) => stream.write_all(event.as_bytes())?,
                Err(RecvTimeoutError::Timeout) => stream.write_all(b": ping\n\n")?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            stream.flush()?;
        }
    }

    fn enter(&self, eyes: Eyes) -> Option<Receiver<Arc<str>>> {
        let (line, news) = sync_channel(BEHIND);
        let mut tabs = self.tabs();
        if tabs.len() >= MOST {
            // Those who left are found by trying.
            let ping: Arc<str> = ": ping\n\n".into();
            tabs.retain(|tab| tab.hears(&ping));
        }
        (tabs.len() < MOST).then(|| tabs.push(Tab { eyes, line })).map(|()| news)
    }
}

/// Returns one event as it goes over the line. JSON has no line ends in it.
fn event_line(event: &str, data: &str) -> String {
    format!("event: {event}\ndata: {data}\n\n")
}
