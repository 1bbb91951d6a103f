//! A preview that runs, to be asked things.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Makes a folder with files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Saves a text in one go, by another name: a preview sees one change. Bytes that are written
/// over a file may be seen in two, when the computer has much else to do.
pub(crate) fn save(path: &Path, text: impl AsRef<[u8]>) {
    let beside = path.with_file_name(".saved");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

/// Makes a folder that holds what another one holds.
#[cfg(feature = "print")]
pub(crate) fn copy(from: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let to = folder.path().join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(to).unwrap(),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
    folder
}

fn command(words: &[&str], here: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boekje"));
    command.args(words).current_dir(here).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "VISUAL", "EDITOR", "BOEKJE_KEYS"] {
        command.env_remove(name);
    }
    // A project with a private place beside its texts has its keys there.
    if here.join(".data").is_dir() {
        command.env("XDG_DATA_HOME", here.join(".data"));
    }
    command
}

/// Runs the program to its end.
pub(crate) fn boekje(words: &[&str], here: &Path) {
    let out = command(words, here).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
}

/// A preview; it ends when this is dropped.
pub(crate) struct Shown {
    child: Child,
    pub(crate) port: u16,
    /// What it said until its address stood on the screen.
    pub(crate) said: String,
}

impl Shown {
    /// Starts a preview of a folder.
    pub(crate) fn start(dir: &Path, words: &[&str]) -> Shown {
        Shown::try_start(dir, words).expect("it starts")
    }

    /// Returns what a preview says that does not start.
    pub(crate) fn refused(dir: &Path, words: &[&str]) -> String {
        let words = [&["kijk", "--niet-openen", "--poort", "0"], words].concat();
        let out = command(&words, dir).output().unwrap();
        assert_eq!(out.status.code(), Some(2));
        String::from_utf8(out.stderr).unwrap()
    }

    /// Starts a preview of a folder; nothing when it ended at once.
    pub(crate) fn try_start(dir: &Path, words: &[&str]) -> Option<Shown> {
        let mut all = vec!["kijk", "--niet-openen"];
        if !words.contains(&"--poort") {
            all.extend(["--poort", "0"]);
        }
        all.extend(words);
        let mut command = command(&all, dir);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        let port = loop {
            let mut line = String::new();
            if out.read_line(&mut line).unwrap() == 0 {
                let _ = child.wait();
                return None;
            }
            said.push_str(&line);
            if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
        };
        // The address comes first, then how to use it, and what to take care of.
        let mut more =
            words.iter().filter(|word| word.starts_with("--telefoon")).count() * 40;
        while more > 0 && !said.contains("Let op: ") {
            out.read_line(&mut said).unwrap();
            more -= 1;
        }
        // What it says later is taken in, so that it never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Some(Shown { child, port, said })
    }

    /// Returns a number the system keeps of it; nought where it keeps none.
    pub(crate) fn status(&self, name: &str) -> usize {
        let status = format!("/proc/{}/status", self.child.id());
        let status = fs::read_to_string(status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number.unwrap_or(0)
    }

    /// Returns the name a browser gives it.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> std::io::Result<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        // Long: a booklet waits for all else on a computer that has much to do.
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        Ok(stream)
    }

    /// Sends bytes and returns all that comes back.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(&self.all(bytes)).into_owned()
    }

    fn all(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect().unwrap();
        // Who is refused early does not take all of it.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    fn request(&self, method: &str, target: &str, more: &str) -> Vec<u8> {
        let host = self.host();
        format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n").into_bytes()
    }

    /// Asks with more headers, and returns the whole answer.
    pub(crate) fn ask(&self, method: &str, target: &str, more: &str) -> String {
        self.raw(&self.request(method, target, more))
    }

    /// Asks for a file: the number, and the bytes.
    pub(crate) fn get(&self, target: &str) -> (u16, Vec<u8>) {
        let all = self.all(&self.request("GET", target, ""));
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        let head = String::from_utf8_lossy(&all[..end]);
        (head[9..12].parse().unwrap(), all[end..].to_vec())
    }
}

/// Events, as they come in.
pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits for the next event with this name, and returns its facts.
    pub(crate) fn next(&mut self, name: &str) -> serde_json::Value {
        let mut event = String::new();
        let began = Instant::now();
        loop {
            // The line says every two seconds that it is there.
            assert!(began.elapsed() < Duration::from_secs(60), "no event {name}");
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the events ended");
            if let Some(said) = line.strip_prefix("event: ") {
                event = said.trim().to_string();
            }
            if let Some(data) = line.strip_prefix("data: ").filter(|_| event == name) {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// Waits for a site that is as it should be.
    pub(crate) fn until(
        &mut self,
        is_so: impl Fn(&serde_json::Value) -> bool,
    ) -> serde_json::Value {
        let began = Instant::now();
        loop {
            assert!(began.elapsed() < Duration::from_secs(60), "no such site");
            let now = self.next("now");
            if is_so(&now) {
                return now;
            }
        }
    }

    /// Waits for the site with another number than `v`.
    pub(crate) fn after(&mut self, v: &serde_json::Value) -> serde_json::Value {
        self.until(|now| now["v"] != *v)
    }
}

impl Shown {
    /// Listens to the events.
    pub(crate) fn events(&self) -> Events {
        let mut stream = self.connect().unwrap();
        stream.write_all(&self.request("GET", "/_boekje/events", "")).unwrap();
        Events(BufReader::new(stream))
    }

    /// Asks for a page as text.
    pub(crate) fn page(&self, target: &str) -> String {
        String::from_utf8(self.get(target).1).unwrap()
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
