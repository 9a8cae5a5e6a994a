use std::{fs, time::Duration};

use insta::assert_snapshot;

use super::*;
use crate::course::{ContentHash, Manifest, sample::manifest};

/// A folder with a state in which everything of the sample course passed.
fn saved() -> (tempfile::TempDir, Manifest) {
    let (folder, manifest) = (tempfile::tempdir().unwrap(), manifest());
    let mut store = quiet(Store::open(folder.path()));
    quiet(store.update(|progress| {
        for entry in manifest.exercises() {
            progress.record_pass(entry, ContentHash::of(b"answer"), 1_700_000_000);
            progress.reveal_hint(entry);
        }
    }));
    (folder, manifest)
}

fn quiet<R>(update: Update<R>) -> R {
    assert_eq!(update.notices, []);
    update.value
}

fn passes(progress: &Progress, manifest: &Manifest) -> usize {
    let passed = |entry: &_| progress.record(*entry).passed.is_some();
    manifest.exercises().filter(passed).count()
}

/// The notices with the folder's name taken out.
fn told(notices: &[Notice], folder: &Path) -> String {
    let text: Vec<String> = notices.iter().map(Notice::to_string).collect();
    text.join("\n")
        .replace(&folder.display().to_string(), "DIR")
}

#[test]
fn what_was_saved_is_there_again() {
    let (folder, manifest) = saved();
    let store = quiet(Store::open(folder.path()));
    assert_eq!(passes(store.progress(), &manifest), 5);
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["state.bak", "state.json", "state.lock", "state.turn"]
    );
}

#[test]
fn the_state_file_is_plain_to_read() {
    let (folder, manifest) = (tempfile::tempdir().unwrap(), manifest());
    let mut store = quiet(Store::open(folder.path()));
    assert!(
        !folder.path().join("state.json").exists(),
        "reading writes nothing"
    );
    let entry = manifest.get("best_step").unwrap();
    quiet(store.update(|progress| {
        progress.record_attempt(entry);
        progress.record_guess(entry, 0.5);
        progress.record_pass(entry, ContentHash::of(b"a"), 12);
        progress.set_current(entry);
    }));
    assert_snapshot!(fs::read_to_string(folder.path().join("state.json")).unwrap(), @r#"
    {
      "format_version": 1,
      "current": "best_step",
      "exercises": {
        "best_step": {
          "passed": {
            "at": 12,
            "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
          },
          "attempts": 1,
          "guess": 0.5
        }
      }
    }
    "#);
}

#[test]
fn an_update_that_changes_nothing_writes_nothing() {
    let (folder, _) = saved();
    let file = folder.path().join("state.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.trim_end()).unwrap();
    let mut store = quiet(Store::open(folder.path()));
    quiet(store.update(|_| ()));
    assert_eq!(fs::read_to_string(&file).unwrap(), text.trim_end());
}

/// Random but repeatable damage (splitmix64).
struct Damage(u64);

impl Damage {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % (n as u64)).unwrap()
    }

    fn apply(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len());
        match self.below(6) {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1 << self.below(8),
            2 => {
                let end = (at + 1 + self.below(80)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => bytes.insert(at, u8::try_from(self.below(256)).unwrap()),
            4 => {
                let end = (at + 1 + self.below(400)).min(bytes.len());
                bytes[at..end].fill(0);
            }
            _ => {
                let copy = bytes[at..].to_vec();
                bytes.extend(copy);
            }
        }
    }
}

#[test]
fn no_damage_to_the_state_loses_what_the_backup_holds() {
    let (folder, manifest) = saved();
    let file = folder.path().join("state.json");
    let good = fs::read(&file).unwrap();
    let mut damage = Damage(1);
    for round in 0..200 {
        let mut bytes = good.clone();
        for _ in 0..=damage.below(3) {
            if !bytes.is_empty() {
                damage.apply(&mut bytes);
            }
        }
        fs::write(&file, &bytes).unwrap();
        let mut store = Store::open(folder.path()).value;
        assert_eq!(passes(store.progress(), &manifest), 5, "round {round}");
        let _ = store.update(|progress| progress.current = Some("count_bug".to_string()));
        assert_eq!(passes(store.progress(), &manifest), 5, "round {round}");
        fs::write(&file, &good).unwrap();
        let again = Store::open(folder.path()).value;
        assert_eq!(passes(again.progress(), &manifest), 5, "round {round}");
    }
}

#[test]
fn a_state_that_is_none_is_moved_aside_and_told() {
    let (folder, manifest) = saved();
    let file = folder.path().join("state.json");
    let wrong: [&[u8]; 4] = [b"", b"\0\xff\xfe", b"[]", b"{\"format_version\": 1}"];
    let mut notices = Vec::new();
    for bytes in wrong {
        fs::write(&file, bytes).unwrap();
        let opened = Store::open(folder.path());
        notices.extend(opened.notices);
        assert_eq!(passes(opened.value.progress(), &manifest), 5);
        quiet(Store::open(folder.path()));
    }
    for (number, bytes) in (1..).zip(wrong) {
        let aside = folder.path().join(format!("state.corrupt-{number}.json"));
        assert_eq!(fs::read(aside).unwrap(), bytes);
    }
    assert_snapshot!(told(&notices, folder.path()), @r"
    the state file could not be used (it is empty): it is now DIR/state.corrupt-1.json, and the last good state goes on
    the state file could not be used (expected value at line 1 column 1): it is now DIR/state.corrupt-2.json, and the last good state goes on
    the state file could not be used (invalid type: sequence, expected struct Progress): it is now DIR/state.corrupt-3.json, and the last good state goes on
    the state file could not be used (missing field `exercises`): it is now DIR/state.corrupt-4.json, and the last good state goes on
    ");
}

#[test]
fn a_huge_state_is_not_read() {
    let (folder, manifest) = saved();
    let huge = fs::File::create(folder.path().join("state.json")).unwrap();
    huge.set_len(1 << 30).unwrap();
    let opened = Store::open(folder.path());
    assert_eq!(passes(opened.value.progress(), &manifest), 5);
    assert_snapshot!(told(&opened.notices, folder.path()), @"the state file could not be used (it has 1073741824 bytes): it is now DIR/state.corrupt-1.json, and the last good state goes on");
}

#[test]
fn without_a_backup_progress_starts_anew_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("state.json"), "oh").unwrap();
    fs::write(folder.path().join("state.bak"), "no").unwrap();
    let opened = Store::open(folder.path());
    assert_eq!(opened.value.progress(), &Progress::default());
    assert_snapshot!(told(&opened.notices, folder.path()), @"the state file could not be used (expected value at line 1 column 1): it is now DIR/state.corrupt-1.json, and there was no earlier state, so progress starts anew");
}

#[test]
fn a_removed_state_comes_back_from_the_backup() {
    let (folder, manifest) = saved();
    fs::remove_file(folder.path().join("state.json")).unwrap();
    let opened = Store::open(folder.path());
    assert_eq!(passes(opened.value.progress(), &manifest), 5);
    assert_snapshot!(told(&opened.notices, folder.path()), @"the state file lacked something of best_step, count_bug, count_pairs and 2 more: it came back from state.bak (to start anew, remove both)");
}

#[test]
fn a_newer_state_is_read_and_never_written() {
    let (folder, manifest) = saved();
    let file = folder.path().join("state.json");
    let text = fs::read_to_string(&file).unwrap();
    let newer = text.replace("\"format_version\": 1", "\"format_version\": 9");
    fs::write(&file, &newer).unwrap();
    let opened = Store::open(folder.path());
    assert_snapshot!(told(&opened.notices, folder.path()), @"progress not saved: the state file is of a newer llmlings (format 9, ours is 1); update llmlings");
    let mut store = opened.value;
    assert_eq!(passes(store.progress(), &manifest), 5);
    quiet(store.update(|progress| progress.current = Some("count_bug".to_string())));
    assert_eq!(
        store.progress().current.as_deref(),
        Some("count_bug"),
        "in memory it goes on"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
}

#[test]
fn where_nothing_can_be_written_it_goes_on_in_memory_and_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("state");
    // A file where the folder should be: not even root can write into it.
    fs::write(&dir, "").unwrap();
    let mut store = Store::open(&dir).value;
    let first = store.update(|progress| progress.path = Some("counter".to_string()));
    assert!(
        matches!(first.notices[..], [Notice::NotSaved { .. }]),
        "{:?}",
        first.notices
    );
    quiet(store.update(|progress| progress.current = Some("count_bug".to_string())));
    assert_eq!(store.progress().path.as_deref(), Some("counter"));

    // It can be written again, and another program has written meanwhile.
    fs::remove_file(&dir).unwrap();
    let mut other = quiet(Store::open(&dir));
    let manifest = manifest();
    let entry = manifest.get("gpu_map").unwrap();
    quiet(other.update(|progress| progress.record_attempt(entry)));
    quiet(store.update(|progress| progress.record_attempt(entry)));
    let now = quiet(Store::open(&dir));
    assert_eq!(now.progress().path.as_deref(), Some("counter"));
    assert_eq!(now.progress().current.as_deref(), Some("count_bug"));
    assert_eq!(now.progress().record(entry).attempts, 2);
}

#[test]
fn a_lock_that_is_never_given_back_costs_patience_only() {
    let (folder, _) = saved();
    let mut store = quiet(Store::open(folder.path()));
    let holder = StateFiles::new(folder.path());
    let lock = holder.lock().unwrap();
    store.files.patience = Duration::from_millis(30);
    let update = store.update(|progress| progress.path = Some("counter".to_string()));
    assert_snapshot!(told(&update.notices, folder.path()), @"progress not saved: another llmlings holds the state file");
    drop(lock);
    quiet(store.update(|_| ()));
    let reopened = quiet(Store::open(folder.path()));
    assert_eq!(reopened.progress().path.as_deref(), Some("counter"));
}

#[test]
fn what_a_killed_writer_left_is_swept() {
    let (folder, _) = saved();
    let left = folder.path().join(".llmlings-abc.tmp");
    fs::write(&left, "{").unwrap();
    let mut store = quiet(Store::open(folder.path()));
    quiet(store.update(|progress| progress.path = Some("counter".to_string())));
    assert!(!left.exists());
}

#[test]
fn two_threads_lose_nothing_of_each_others() {
    const UPDATES: u64 = 300;
    let (folder, manifest) = (tempfile::tempdir().unwrap(), manifest());
    std::thread::scope(|scope| {
        for id in ["count_pairs", "gpu_map"] {
            let (folder, manifest) = (folder.path(), &manifest);
            scope.spawn(move || {
                let mut store = quiet(Store::open(folder));
                let (own, shared) = (
                    manifest.get(id).unwrap(),
                    manifest.get("best_step").unwrap(),
                );
                for _ in 0..UPDATES {
                    quiet(store.update(|progress| {
                        progress.record_attempt(own);
                        progress.record_attempt(shared);
                    }));
                }
            });
        }
    });
    let store = quiet(Store::open(folder.path()));
    let attempts = |id| store.progress().record(manifest.get(id).unwrap()).attempts;
    assert_eq!(attempts("count_pairs"), UPDATES);
    assert_eq!(attempts("gpu_map"), UPDATES);
    assert_eq!(attempts("best_step"), 2 * UPDATES);
}
