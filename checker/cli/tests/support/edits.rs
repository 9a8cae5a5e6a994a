//! What editors do to files, at random.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Numbers that look random (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// One of 0 to n - 1.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    /// Waits for a moment, or not at all.
    pub fn pause(&mut self) {
        // Most edits follow at once, some after the time in which saves are gathered.
        let most = [0, 2, 30][self.below(3) as usize];
        thread::sleep(Duration::from_millis(self.below(most + 1)));
    }
}

/// Makes the contents of a file a text, or touches it.
type Edit = fn(&Path, &str, &mut Dice);

/// Brings `text` into a file in some way; the way's name.
pub fn edit(file: &Path, text: &str, dice: &mut Dice) -> &'static str {
    let (name, edit) = EDITS[dice.below(EDITS.len() as u64) as usize];
    edit(file, text, dice);
    dice.pause();
    name
}

/// The ways in which files are changed.
const EDITS: [(&str, Edit); 9] = [
    ("plain save", |file, text, _| write(file, text)),
    ("rename over", |file, text, _| {
        let draft = file.with_extension("draft");
        write(&draft, text);
        fs::rename(draft, file).unwrap();
    }),
    ("vim's backup", |file, text, _| {
        let backup = file.with_extension("rs~");
        fs::rename(file, &backup).unwrap();
        write(file, text);
        fs::remove_file(backup).unwrap();
    }),
    ("delete and recreate", |file, text, dice| {
        fs::remove_file(file).unwrap();
        dice.pause();
        write(file, text);
    }),
    ("burst", |file, text, _| {
        for i in 1..500 {
            write(file, &format!("burst {i}"));
        }
        write(file, text);
    }),
    ("in two steps", |file, text, dice| {
        let half = text.len() / 2;
        write(file, &text[..half]);
        dice.pause();
        write(file, text);
    }),
    ("touched", |file, _, _| {
        let text = fs::read(file).unwrap();
        fs::write(file, text).unwrap();
    }),
    ("folder recreated", |file, text, dice| {
        fs::remove_dir_all(file.parent().unwrap()).unwrap();
        dice.pause();
        write(file, text);
    }),
    ("root replaced", |file, text, dice| {
        let root = root_of(file);
        let away = root.with_extension("away");
        fs::rename(&root, &away).unwrap();
        dice.pause();
        copy(&away, &root);
        write(file, text);
        fs::remove_dir_all(away).unwrap();
    }),
];

/// Writes a file, and the folders above it where they lack.
pub fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// The folder that is watched.
pub fn root_of(file: &Path) -> PathBuf {
    let mut above = file.ancestors();
    above
        .find(|folder| folder.ends_with("exercises"))
        .unwrap()
        .to_path_buf()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => fs::copy(entry.path(), target).map(drop).unwrap(),
        }
    }
}
