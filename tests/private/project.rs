//! A folder of texts with keys, built and opened again with what stands on the cards.

use boekje::keys::{Card, Change, Open, Place, Ring, Term};
use boekje::lang::Lang;
use boekje::lock::{Header, Key, Kind, NoChance, Reader};
use boekje::pipeline::{self, Private, Request, Single};
use boekje::problem::{Code, Failure, Problem, said};
use jiff::civil::{Date, date};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The day of every test.
pub(crate) const TODAY: Date = date(2026, 6, 1);

/// A folder of texts, keys beside it, and a site.
pub(crate) struct Project {
    home: tempfile::TempDir,
    place: Place,
    /// What stands on the cards: plan and reader → card.
    pub(crate) cards: BTreeMap<(String, String), Card>,
}

/// What a build made.
#[allow(dead_code, reason = "two tests share this, each uses its part")]
pub(crate) struct Built {
    pub(crate) problems: Vec<Problem>,
    pub(crate) published: bool,
    pub(crate) written: usize,
    pub(crate) singles: Vec<Single>,
    pub(crate) looked_for: usize,
    pub(crate) site: BTreeMap<String, Vec<u8>>,
    library: boekje::model::Library,
    ring: Ring,
}

/// Returns what a card is made with; few rounds, as nobody guesses here.
pub(crate) fn change(until: Option<Date>) -> Change {
    let term = Term { made: date(2026, 5, 1), until };
    Change { words: 6, link: false, rounds: 100_000, term }
}

fn chance(bytes: &mut [u8]) -> Result<(), NoChance> {
    getrandom::fill(bytes).map_err(|_| NoChance)
}

#[allow(dead_code, reason = "two tests share this, each uses its part")]
impl Project {
    pub(crate) fn new() -> Project {
        let home = tempfile::tempdir().unwrap();
        let real = home.path().canonicalize().unwrap();
        fs::create_dir(real.join("content")).unwrap();
        let place =
            Place { file: real.join("thuis/keys.json"), texts: real.join("content") };
        Project { home, place, cards: BTreeMap::new() }
    }

    pub(crate) fn real(&self) -> PathBuf {
        self.home.path().canonicalize().unwrap()
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.real().join("site")
    }

    pub(crate) fn write(&mut self, path: &str, text: &str) {
        let path = self.place.texts.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn picture(&mut self, path: &str) {
        let path = self.place.texts.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        image::RgbImage::from_fn(40, 30, |x, y| {
            image::Rgb([x as u8 * 6, y as u8 * 8, 9])
        })
        .save(path)
        .unwrap();
    }

    pub(crate) fn reader(&mut self, plan: &str, name: &str) {
        self.reader_with(plan, name, change(None));
    }

    pub(crate) fn reader_with(&mut self, plan: &str, name: &str, change: Change) {
        let mut open = Open::take(&self.place).unwrap();
        let card = open.ring.give(plan, name, &change, &mut chance).unwrap();
        open.keep().unwrap();
        self.cards.insert((plan.into(), name.into()), card);
    }

    pub(crate) fn revoke(&mut self, plan: &str, name: &str) {
        let mut open = Open::take(&self.place).unwrap();
        assert!(open.ring.take(plan, name, &mut chance).unwrap());
        open.keep().unwrap();
    }

    pub(crate) fn request(&self) -> Request {
        Request {
            dir: self.place.texts.clone(),
            today: TODAY,
            search: true,
            hints: false,
            booklets: true,
        }
    }

    pub(crate) fn try_build(&self) -> Result<Built, Failure> {
        let request = self.request();
        let singles = self.real().join("los");
        let private = Private { keys: Some(&self.place), singles: Some(&singles) };
        let built = pipeline::build_with(&request, None, &private, &self.out(), &|_| {})?;
        let ring = Open::look(&self.place, None)?.unwrap_or_default();
        Ok(Built {
            problems: built.report.problems,
            published: built.published,
            written: built.written,
            singles: built.singles,
            looked_for: built.looked_for,
            site: self.site(),
            library: built.report.library,
            ring,
        })
    }

    pub(crate) fn build(&self) -> Built {
        self.try_build().unwrap()
    }

    /// Reads the whole site.
    pub(crate) fn site(&self) -> BTreeMap<String, Vec<u8>> {
        let out = self.out();
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&out).into_iter().flatten() {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(&out).unwrap();
                let path = path.to_string_lossy().replace('\\', "/");
                files.insert(path, fs::read(entry.path()).unwrap());
            }
        }
        files
    }

    pub(crate) fn copy_keys(&mut self, other: &Project) {
        fs::create_dir_all(self.place.file.parent().unwrap()).unwrap();
        fs::copy(&other.place.file, &self.place.file).unwrap();
    }

    fn move_keys(&mut self, to: PathBuf) {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(&self.place.file, &to).unwrap();
        self.place.file = to;
    }

    #[cfg(unix)]
    pub(crate) fn open_keys(&mut self) {
        use std::os::unix::fs::PermissionsExt;
        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(&self.place.file, open).unwrap();
    }

    pub(crate) fn keys_in_texts(&mut self) {
        self.move_keys(self.place.texts.join("keys.json"));
    }

    pub(crate) fn keys_in_site(&mut self) {
        self.move_keys(self.out().join("keys.json"));
    }

    /// Lets git keep the keys: an index that names them.
    pub(crate) fn keys_in_git(&mut self) {
        let folder = self.place.file.parent().unwrap().to_path_buf();
        fs::create_dir(folder.join(".git")).unwrap();
        let index = b"DIRC\0\0\0\x02\0\0\0\x01keys.json\0";
        fs::write(folder.join(".git/index"), index).unwrap();
    }

    pub(crate) fn damaged_keys(&mut self) {
        let text = fs::read_to_string(&self.place.file).unwrap();
        fs::write(&self.place.file, &text[..text.len() / 2]).unwrap();
    }

    pub(crate) fn lost_keys(&mut self) {
        fs::remove_file(&self.place.file).unwrap();
    }

    pub(crate) fn texts(&self) -> &Path {
        &self.place.texts
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len() / 2).map(|at| &text[2 * at..2 * at + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

#[allow(dead_code, reason = "two tests share this, each uses its part")]
impl Built {
    fn keys(&self, plan: &str, reader: &str) -> (&Header, &Key) {
        let plan = &self.ring.plans[plan];
        (&plan.header, &plan.readers[reader].key)
    }

    pub(crate) fn bundle_name(&self, plan: &str, reader: &str) -> (String, String) {
        let (header, key) = self.keys(plan, reader);
        (hex(&header.plan), hex(&Reader::new(header, key).bundle_name()))
    }

    /// Opens the bundle of a reader; `None` when there is none.
    pub(crate) fn bundle(&self, plan: &str, reader: &str) -> Option<Value> {
        let (header, key) = self.keys(plan, reader);
        let one = Reader::new(header, key);
        let name = one.bundle_name();
        let path = format!("p/{}/{}.bin", hex(&header.plan), hex(&name));
        let inside = one.open(Kind::Bundle, &name, self.site.get(&path)?).unwrap();
        Some(serde_json::from_slice(&inside).unwrap())
    }

    /// Opens the files of a reader, by the names they get when they are kept.
    pub(crate) fn files(&self, plan: &str, reader: &str) -> BTreeMap<String, Vec<u8>> {
        let (header, key) = self.keys(plan, reader);
        let bundle = self.bundle(plan, reader).unwrap();
        let files = bundle["files"].as_array().unwrap().iter().map(|file| {
            let name = file["n"].as_str().unwrap();
            let bytes = &self.site[&format!("p/{}/{name}.bin", hex(&header.plan))];
            let name: [u8; 16] = unhex(name).try_into().unwrap();
            let inside = Reader::new(header, key).open(Kind::File, &name, bytes);
            (file["f"].as_str().unwrap().to_string(), inside.unwrap().to_vec())
        });
        files.collect()
    }

    /// Returns what was said with a code.
    pub(crate) fn said(&self, code: Code) -> String {
        let own = self.problems.iter().filter(|one| one.code == code);
        let lang = Lang::dutch();
        let told = own.map(|one| {
            let said = said(one, &self.library.sources, &lang);
            format!("{} {} {}", said.see, said.now, said.you)
        });
        told.collect::<Vec<_>>().join("\n")
    }
}
