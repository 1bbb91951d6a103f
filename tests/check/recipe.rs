//! Makes what cannot be kept as a text in a repository. One line makes one file:
//!
//! - `bytes FILE …` bytes as typed, with `\n` and `\xE9`;
//! - `utf16 FILE …` the same in UTF-16, as old Notepad saved it;
//! - `link FILE TARGET` a symbolic link;
//! - `png`, `half-png`, `huge-png`, `jpeg`, `exif-jpeg`, `heic`, `svg`, `script-svg` and a
//!   file: a picture of that sort.

use image::ImageFormat;
use std::fs;
use std::io::Cursor;
use std::path::Path;

/// Runs one line.
pub(crate) fn run(dir: &Path, line: &str) {
    let mut words = line.trim_end().splitn(3, ' ');
    let (Some(verb), Some(name)) = (words.next(), words.next()) else { return };
    let rest = words.next().unwrap_or_default();
    let path = dir.join(name);
    fs::create_dir_all(path.parent().expect("inside a folder")).expect("made");
    let bytes = match verb {
        "bytes" => unescape(rest),
        "utf16" => {
            let text = String::from_utf8(unescape(rest)).expect("text");
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            [0xff, 0xfe].into_iter().chain(units).collect()
        }
        "link" => return link(&path, rest),
        "png" => picture(ImageFormat::Png),
        "half-png" => picture(ImageFormat::Png)[..60].to_vec(),
        "huge-png" => huge(),
        "jpeg" => picture(ImageFormat::Jpeg),
        "exif-jpeg" => with_exif(&picture(ImageFormat::Jpeg)),
        "heic" => b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0".to_vec(),
        "svg" => drawing("<circle cx='2' cy='2' r='1'/>"),
        "script-svg" => drawing("<script>alert('boe')</script>"),
        other => panic!("no recipe for {other}"),
    };
    fs::write(path, bytes).expect("written");
}

/// Turns `\n` and `\xE9` into bytes.
fn unescape(typed: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = typed;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        rest = match after.strip_prefix('x') {
            Some(hex) => {
                let digits = hex.get(..2).expect("two digits");
                bytes.push(u8::from_str_radix(digits, 16).expect("a byte"));
                &hex[2..]
            }
            None => {
                bytes.push(b'\n');
                after.strip_prefix('n').expect("only \\n and \\x")
            }
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[cfg(unix)]
fn link(path: &Path, target: &str) {
    std::os::unix::fs::symlink(target, path).expect("linked");
}

/// Windows lets few people make links: a name that cannot be opened does as well.
#[cfg(not(unix))]
fn link(path: &Path, target: &str) {
    let _ = std::os::windows::fs::symlink_file(target, path);
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let pixel = |x: u32, y: u32| image::Rgb([(x * 9) as u8, (y * 5) as u8, 90]);
    let picture = image::RgbImage::from_fn(24, 16, pixel);
    picture.write_to(&mut bytes, format).expect("a small picture");
    bytes.into_inner()
}

/// A PNG that says it is 100 000 by 100 000.
fn huge() -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Png);
    bytes[16..20].copy_from_slice(&100_000u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&100_000u32.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The sum PNG asks for behind each part.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    let byte =
        |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum));
    !bytes.iter().fold(u32::MAX, byte)
}

/// A JPEG with a word of metadata.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0f\x01\x02\0\x04\0\0\0Nok\0\0\0\0\0";
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
    bytes.extend_from_slice(&(exif.len() as u16 + 2).to_be_bytes());
    bytes.extend_from_slice(exif);
    bytes.extend_from_slice(&jpeg[2..]);
    bytes
}

fn drawing(inside: &str) -> Vec<u8> {
    let open = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'>";
    format!("{open}<rect width='4' height='4'/>{inside}</svg>").into_bytes()
}
