//! The desk: where every question goes to who knows the answer, and where one site takes
//! the place of another.

use super::OWN;
use super::answer::{Answer, JS, JSON, kind_of};
use super::door::Answers;
use super::eyes::Eyes;
use super::facts::Counts;
use super::guard::{Ask, Refusal, is_plain};
use super::large::Large;
use super::lines::lines;
use super::stand::Stand;
use super::state::{Question, state};
use super::tabs::Tabs;
use super::{editor, json, locked, opened, pages, stumble};
use crate::compose::fixed;
use crate::keys::Place;
use crate::lang::Lang;
use crate::pipeline::{Haste, Remembered, Request, reader_script};
use crate::problem::{Failure, Problem, once};
use crate::text::Address;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

/// The browser's part of the preview, in the order in which it stands on itself.
const SCRIPT: &str = concat!(
    include_str!("page/morph.js"),
    include_str!("page/bar.js"),
    include_str!("page/source.js"),
    include_str!("page/live.js"),
);

/// What stays the same for a whole run.
pub(super) struct Own {
    /// Another one for each start.
    pub(super) run: String,
    /// What a page of ours needs to open the editor.
    pub(super) key: String,
    /// The editor, as typed.
    pub(super) editor: Option<String>,
    /// The language that was asked for.
    pub(super) lang: Option<Lang>,
    /// Where the keys of readers stand.
    pub(super) keys: Option<Place>,
    /// What was read before.
    pub(super) memory: Arc<Mutex<Remembered>>,
}

/// What the connections share.
pub(super) struct Desk {
    own: Own,
    stand: RwLock<Arc<Stand>>,
    tabs: Tabs,
    /// Held while one site takes the place of another.
    turn: Mutex<()>,
    /// Held while a site that was touched is read as a whole.
    reading: Mutex<()>,
    /// Asks to count what is noticed.
    recount: Sender<()>,
    /// Asks to set the booklets beside the site.
    reprint: Sender<()>,
    /// Booklets that were made of a site, by its number.
    booklets: Mutex<(u64, BTreeMap<String, Answer>)>,
    large: Large,
}

/// How long nobody types before what is noticed is counted: pages go first.
const CALM: Duration = Duration::from_millis(150);

/// How long nobody types before booklets are set: they take seconds.
const REST: Duration = Duration::from_millis(400);

impl Desk {
    /// Makes a desk with the first site.
    pub(super) fn new(stand: Stand, own: Own) -> Arc<Desk> {
        let tabs = Tabs::new(&own.run, stand.number);
        let (recount, counts) = channel();
        let (reprint, prints) = channel();
        let desk = Arc::new(Desk {
            own,
            stand: RwLock::new(Arc::new(stand)),
            tabs,
            turn: Mutex::default(),
            reading: Mutex::default(),
            recount,
            reprint,
            booklets: Mutex::default(),
            large: Large::default(),
        });
        desk.when_calm("advice", CALM, counts, Desk::count);
        desk.when_calm("booklets", REST, prints, Desk::press);
        let _ = desk.recount.send(());
        let _ = desk.reprint.send(());
        desk
    }

    /// Does something each time it was asked for and then not asked for a while.
    fn when_calm(
        self: &Arc<Self>,
        name: &str,
        calm: Duration,
        asked: Receiver<()>,
        act: fn(&Desk),
    ) {
        let desk = Arc::clone(self);
        // Without this thread there are pages, and not what it does.
        let _ = std::thread::Builder::new().name(name.into()).spawn(move || {
            while asked.recv().is_ok() {
                while asked.recv_timeout(calm).is_ok() {}
                act(&desk);
            }
        });
    }

    /// Returns the site that stands now. Who holds it gets all answers from it.
    fn stand(&self) -> Arc<Stand> {
        Arc::clone(&self.stand.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the language of the site.
    pub(super) fn lang(&self) -> Lang {
        let lang = self.stand().ask(|live| live.library.settings.lang.clone());
        lang.unwrap_or_else(Lang::dutch)
    }

    /// Puts a new site in the place of the old one, which stays when there is nothing to
    /// read. `changed`: the files that changed, when that is known; mostly the rest need not
    /// be read again.
    pub(super) fn renew(
        &self,
        request: Request,
        changed: Option<&BTreeSet<PathBuf>>,
    ) -> Result<(), Failure> {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let old = self.stand();
        let touched = changed.and_then(|files| old.touched(&request, files));
        let read = || self.read(request, old.number + 1, Haste::Soon);
        let stand = match touched.map_or_else(read, Ok) {
            Ok(stand) => Arc::new(stand),
            Err(failure) => {
                self.set_away(true);
                return Err(failure);
            }
        };
        let files = stand.facts.texts_since(&old.told);
        let css = stand.facts.css_since(&old.told);
        *self.stand.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&stand);
        self.tabs.tell(&stand, css, &files);
        // Letting go takes time too.
        drop(old);
        drop(turn);
        self.set_away(false);
        let _ = self.recount.send(());
        let _ = self.reprint.send(());
        Ok(())
    }

    fn read(
        &self,
        request: Request,
        number: u64,
        haste: Haste,
    ) -> Result<Stand, Failure> {
        let (keys, memory) = (self.own.keys.clone(), Arc::clone(&self.own.memory));
        Stand::up(request, keys, memory, number, haste)
    }

    /// Returns the site, read as a whole: one that was only touched shows the same pages, and
    /// does not know all that is noticed.
    fn whole(&self) -> Arc<Stand> {
        let _one = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let stand = self.stand();
        if stand.is_whole() {
            return stand;
        }
        let Ok(mut whole) = self.read(stand.request.clone(), stand.number, Haste::Calm)
        else {
            return stand;
        };
        // What changed since is told against what was told last.
        whole.told = Arc::clone(&stand.told);
        let whole = Arc::new(whole);
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // Who typed meanwhile has another site by now.
        if Arc::ptr_eq(&stand, &self.stand()) {
            *self.stand.write().unwrap_or_else(PoisonError::into_inner) =
                Arc::clone(&whole);
            let asked = stand.ask(|live| live.asked_along()).unwrap_or_default();
            whole.ask(|live| live.expect_along(asked));
        }
        whole
    }

    /// Sets the booklets beside the site; when pages tell something else of them than before,
    /// the tabs hear it.
    fn press(&self) {
        let stand = self.whole();
        if !stand.is_whole() {
            return;
        }
        let tells = stand.ask(|live| live.press());
        let _ = self.recount.send(());
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // Who typed meanwhile has another site by now, and it will be asked for.
        if tells != Some(true) || !Arc::ptr_eq(&stand, &self.stand()) {
            return;
        }
        let next = Arc::new(stand.next());
        *self.stand.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&next);
        self.tabs.tell_quietly(next.number);
    }

    /// Tells the tabs whether the folder is there.
    pub(super) fn set_away(&self, away: bool) {
        self.tabs.set_away(away);
    }

    /// Counts what is noticed, and tells it when it differs.
    fn count(&self) {
        let stand = self.whole();
        let counted = stand.ask(|live| {
            let sources = &live.library.sources;
            let told = once(&live.noticed(), sources, &live.library.settings.lang);
            Counts::of(told.iter().map(Problem::severity))
        });
        if let Some(counted) = counted {
            self.tabs.tell_counts(stand.number, counted);
        }
    }

    /// Answers about the site.
    fn site(&self, ask: &Ask) -> Answer {
        let stand = self.stand();
        self.large.or_make(stand.number, ask.joined(), || self.made(&stand, ask))
    }

    fn made(&self, stand: &Stand, ask: &Ask) -> Answer {
        let (own, mark, lang) = (ask.clone(), self.mark(stand), self.speech(stand));
        let made = stand.ask(move |live| {
            let path = own.joined();
            let files = live.files_for(&Address::new(&path));
            if let Some(answer) = locked::answer(live, &*files, &own, &path, &lang) {
                return answer;
            }
            let made = pages::answer(&*files, &own, &path, &mark);
            made.unwrap_or_else(|problem| {
                stumble::page(live, &problem, &lang, &own, &mark)
            })
        });
        made.unwrap_or_else(stumble::silent)
    }

    /// Returns which site this is: pages carry it to the script, so that it sees when the
    /// site changed on the way.
    fn mark(&self, stand: &Stand) -> String {
        format!("{}-{}", self.own.run, stand.number)
    }

    /// Returns the language in which we speak to the writer.
    fn speech(&self, stand: &Stand) -> Lang {
        let site = || stand.ask(|live| live.library.settings.lang.clone());
        let asked = self.own.lang.clone().or_else(site);
        asked.unwrap_or_else(Lang::dutch)
    }

    /// Answers about the preview itself.
    fn own(&self, ask: &Ask) -> Answer {
        let names: Vec<&str> = ask.path.iter().map(String::as_str).collect();
        match names.get(1..).unwrap_or_default() {
            ["live.js"] => fixed(JS, SCRIPT),
            ["live.css"] => {
                fixed("text/css; charset=utf-8", include_str!("page/live.css"))
            }
            ["tale.css"] => {
                fixed("text/css; charset=utf-8", include_str!("page/tale.css"))
            }
            ["open.js"] => fixed(JS, include_str!("page/open.js")),
            ["reader.js"] => fixed(JS, reader_script()),
            ["theme"] => self.theme(ask),
            ["state"] => self.state(ask),
            ["lines"] => self.lines(ask),
            ["open"] => self.open(ask),
            ["booklet", name] => self.booklet(name),
            ["as", reader, rest @ ..] if !rest.is_empty() => {
                let looked = self.look(ask, Eyes::read(reader), rest.join("/"));
                // What this reader takes along on paper is set when nobody types.
                let _ = self.reprint.send(());
                looked
            }
            _ => Answer::refused(Refusal::Missing),
        }
    }

    fn theme(&self, ask: &Ask) -> Answer {
        let stand = self.whole();
        let (own, mark, lang) = (ask.clone(), self.mark(&stand), self.speech(&stand));
        let made = stand.ask(move |live| stumble::theme(live, &lang, &own, &mark));
        made.unwrap_or_else(stumble::silent)
    }

    fn state(&self, ask: &Ask) -> Answer {
        let Some(page) = page_asked(ask) else {
            return Answer::refused(Refusal::Unclear);
        };
        let stand = self.whole();
        let question = Question {
            v: stand.number,
            lang: self.speech(&stand),
            page,
            eyes: Eyes::read(ask.value("as").unwrap_or_default()),
            key: self.own.editor.as_ref().map(|_| self.own.key.clone()),
        };
        answered(stand.ask(|live| json(&state(live, question))))
    }

    fn lines(&self, ask: &Ask) -> Answer {
        let Some(page) = page_asked(ask) else {
            return Answer::refused(Refusal::Unclear);
        };
        let eyes = Eyes::read(ask.value("as").unwrap_or_default());
        answered(self.stand().ask(move |live| json(&lines(live, &page, &eyes))))
    }

    /// Opens a text in the editor: only for a page of ours that has the key, and only a
    /// file that was read as a text.
    fn open(&self, ask: &Ask) -> Answer {
        let is_ours = ask.same_origin && ask.value("key") == Some(&self.own.key);
        let Some(editor) = self.own.editor.as_deref().filter(|_| is_ours && !ask.head)
        else {
            return Answer::refused(Refusal::Foreign);
        };
        let line = ask.value("line").and_then(|typed| typed.parse().ok()).unwrap_or(1);
        let file = ask.value("file").unwrap_or_default().to_string();
        let known = self.stand().ask(move |live| {
            let all = live.library.sources.iter();
            let mut own = all.filter(|(_, source)| source.path.as_str() == file);
            let path = own.next().map(|(_, source)| source.path.as_str().to_string())?;
            Some(live.request.dir.join(path))
        });
        match known.flatten() {
            Some(path) if editor::open(editor, &path, line) => {
                Answer::new(JSON, b"{}".as_slice())
            }
            _ => Answer::refused(Refusal::Missing),
        }
    }

    /// Makes a booklet, or gives the one that was made of this site before.
    fn booklet(&self, name: &str) -> Answer {
        let stand = self.stand();
        // One at a time: setting a booklet takes the whole computer.
        let mut made = self.booklets.lock().unwrap_or_else(PoisonError::into_inner);
        if made.0 != stand.number {
            *made = (stand.number, BTreeMap::new());
        }
        if let Some(answer) = made.1.get(name) {
            return answer.clone();
        }
        let wanted = name.to_string();
        let Some(bytes) = stand.ask(move |live| live.booklet(&wanted)).flatten() else {
            return Answer::refused(Refusal::Missing);
        };
        let answer = Answer::new(kind_of(&Address::new(name)), bytes);
        made.1.insert(name.to_string(), answer.clone());
        answer
    }

    /// Answers with a page and nothing of the preview: for who looks from elsewhere.
    pub(super) fn plain(&self, ask: &Ask, eyes: &Eyes, path: String) -> Answer {
        let own = Ask { document: false, ..ask.clone() };
        let eyes = eyes.clone();
        let made = self.stand().ask(move |live| match &eyes {
            Eyes::Everybody => {
                let files = live.files_for(&Address::new(&path));
                pages::answer(&*files, &own, &path, "")
            }
            eyes => live
                .look(eyes.reader(), |look| pages::answer(look.files, &own, &path, "")),
        });
        made.and_then(Result::ok).unwrap_or_else(stumble::silent)
    }

    /// Tells whether a reader is named in a text.
    pub(super) fn knows(&self, eyes: &Eyes) -> bool {
        let eyes = eyes.clone();
        self.stand().ask(move |live| eyes.are_known(live.library)).unwrap_or(false)
    }

    /// Answers with a page as somebody else would see it.
    fn look(&self, ask: &Ask, eyes: Eyes, path: String) -> Answer {
        let stand = self.stand();
        let (own, mark, lang) = (ask.clone(), self.mark(&stand), self.speech(&stand));
        let made = stand.ask(move |live| {
            if eyes == Eyes::Everybody || !eyes.are_known(live.library) {
                return Answer::refused(Refusal::Missing);
            }
            if let Some(made) = opened::answer(live, &eyes, &path, &own, &mark) {
                return made.unwrap_or_else(|problem| {
                    stumble::page(live, &problem, &lang, &own, &mark)
                });
            }
            let made = live.look(eyes.reader(), |look| {
                pages::answer(look.files, &own, &path, &mark)
            });
            made.unwrap_or_else(|problem| {
                stumble::page(live, &problem, &lang, &own, &mark)
            })
        });
        made.unwrap_or_else(stumble::silent)
    }
}

impl Answers for Desk {
    fn answer(&self, ask: &Ask, stream: &mut TcpStream) -> io::Result<()> {
        if self.goes_on(ask) {
            let eyes = Eyes::read(ask.value("as").unwrap_or_default());
            return self.tabs.listen(stream, ask.head, eyes);
        }
        let is_own = ask.path.first().is_some_and(|name| name == OWN);
        let answer = if is_own { self.own(ask) } else { self.site(ask) };
        answer.write(stream, ask.head)
    }

    fn goes_on(&self, ask: &Ask) -> bool {
        ask.path == [OWN, "events"]
    }
}

/// Returns the page a question is about; `None` for what can be no page.
fn page_asked(ask: &Ask) -> Option<Address> {
    let typed = ask.value("page").unwrap_or_default();
    let end = if typed.is_empty() || typed.ends_with('/') { fixed::HOME } else { "" };
    let page = format!("{typed}{end}");
    page.split('/').all(is_plain).then(|| Address::new(&page))
}

/// Answers with facts for the script.
fn answered(json: Option<String>) -> Answer {
    match json {
        Some(json) => Answer::new(JSON, json.into_bytes()),
        None => stumble::silent(),
    }
}

fn fixed(kind: &'static str, text: &str) -> Answer {
    Answer::new(kind, text.as_bytes())
}
