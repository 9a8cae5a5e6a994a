//! The state file against other processes, sudden death and a full disk.
//! `LLMLINGS_KILLS` asks for more deaths than the usual 500.
//!
//! Each test runs this very test program again as a child, which works on the state file
//! that the environment names.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use llmlings::course::{ContentHash, Manifest, Notice, Store};

const DIR: &str = "LLMLINGS_TEST_STATE";
const UPDATES: &str = "LLMLINGS_TEST_UPDATES";
const EXERCISE: &str = "LLMLINGS_TEST_EXERCISE";

fn manifest() -> Manifest {
    let exercise = |id: &str| {
        format!(
            "[[spirals.stages.exercises]]\nid = \"{id}\"\ntitle = \"t\"\nkind = \"todo\"\n\
             difficulty = 1\nminutes = 1\npoints = 1\nhints = [\"h\"]\n"
        )
    };
    let text = format!(
        "format_version = 1\ntitle = \"t\"\n[[spirals]]\nid = \"s\"\ntitle = \"t\"\n\
         [[spirals.stages]]\nfolder = \"01_s\"\ntitle = \"t\"\n{}{}{}",
        exercise("one"),
        exercise("two"),
        exercise("both")
    );
    Manifest::parse(&text, "info.toml".as_ref()).unwrap()
}

/// This test program as a child that runs one of its ignored tests.
fn child(test: &str, dir: &Path, exercise: &str, updates: u64) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(DIR, dir)
        .env(EXERCISE, exercise)
        .env(UPDATES, updates.to_string())
        .stdout(Stdio::null());
    command
}

fn attempts(dir: &Path, exercise: &str) -> u64 {
    let opened = Store::open(dir);
    assert_eq!(opened.notices, []);
    let manifest = manifest();
    opened
        .value
        .progress()
        .record(manifest.get(exercise).unwrap())
        .attempts
}

#[test]
#[ignore = "the child of other tests"]
fn count_up() {
    let dir = std::env::var_os(DIR).expect("run by another test");
    let updates: u64 = std::env::var(UPDATES).unwrap().parse().unwrap();
    let (manifest, exercise) = (manifest(), std::env::var(EXERCISE).unwrap());
    let (own, both) = (
        manifest.get(&exercise).unwrap(),
        manifest.get("both").unwrap(),
    );
    let mut store = Store::open(dir.as_ref()).value;
    for _ in 0..updates {
        let update = store.update(|progress| {
            progress.record_attempt(own);
            progress.record_attempt(both);
        });
        assert_eq!(update.notices, []);
    }
}

#[test]
fn two_programs_lose_nothing_of_each_others() {
    const EACH: u64 = 300;
    let folder = tempfile::tempdir().unwrap();
    let start = |id| child("count_up", folder.path(), id, EACH).spawn().unwrap();
    let children = [start("one"), start("two")];
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(attempts(folder.path(), "one"), EACH);
    assert_eq!(attempts(folder.path(), "two"), EACH);
    assert_eq!(attempts(folder.path(), "both"), 2 * EACH);
}

/// How often a writer is killed.
fn kills() -> u64 {
    let asked = std::env::var("LLMLINGS_KILLS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(500)
}

#[test]
fn killing_a_writer_at_any_moment_loses_nothing_that_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = 0;
    for kill in 0..kills() {
        let mut writer: Child = child("count_up", folder.path(), "one", u64::MAX)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From before the first write to in the midst of the tenth.
        thread::sleep(Duration::from_micros(2_000 + (kill * 977) % 20_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let now = attempts(folder.path(), "one");
        assert!(
            now >= before,
            "kill {kill}: {before} were saved, {now} are there"
        );
        before = now;
    }
    assert!(before > 0, "no writer came to write");
    assert!(
        fs::read_dir(folder.path()).unwrap().count() < 10,
        "leftovers are swept"
    );
}

#[test]
#[ignore = "the child of another test"]
fn fill_the_disk() {
    let dir = std::env::var_os(DIR).expect("run by another test");
    let dir = Path::new(&dir);
    let manifest = manifest();
    let [one, two] = ["one", "two"].map(|id| manifest.get(id).unwrap());
    let hash = ContentHash::of(b"answer");
    let mut store = Store::open(dir).value;
    let update = store.update(|progress| progress.record_pass(one, hash.clone(), 1));
    assert_eq!(update.notices, []);
    let state = fs::read(dir.join("state.json")).unwrap();

    let filler = dir.join("filler");
    let full = fs::write(&filler, vec![0; 16 << 20]).unwrap_err();
    assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    let update = store.update(|progress| progress.record_pass(two, hash.clone(), 2));
    assert!(
        matches!(update.notices[..], [Notice::NotSaved { .. }]),
        "{:?}",
        update.notices
    );
    assert_eq!(
        fs::read(dir.join("state.json")).unwrap(),
        state,
        "the old state is kept"
    );
    assert!(
        store.progress().record(two).passed.is_some(),
        "in memory it goes on"
    );

    fs::remove_file(filler).unwrap();
    let update = store.update(|progress| progress.record_attempt(one));
    assert_eq!(update.notices, []);
    let saved = Store::open(dir).value;
    assert!(
        saved.progress().record(two).passed.is_some(),
        "what was unsaved is saved now"
    );
    println!("the disk was full and is not");
}

/// A disk of 64 KiB that only the child sees: a tmpfs in a mount namespace of its own.
#[test]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let inner = child("fill_the_disk", folder.path(), "one", 0);
    let script = r#"mount -t tmpfs -o size=64k tmpfs "$LLMLINGS_TEST_STATE" || exit 77; exec "$@""#;
    let result = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .arg(inner.get_program())
        .args(inner.get_args())
        .envs(
            inner
                .get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        )
        .output();
    match result {
        Ok(output) if output.status.success() => {
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(said.contains("the disk was full and is not"), "{said}");
        }
        Ok(output) if output.status.code() == Some(101) => {
            panic!("{}", String::from_utf8_lossy(&output.stderr));
        }
        unavailable => eprintln!(
            "NOT TESTED: a full disk, because no small disk can be made here ({unavailable:?})"
        ),
    }
}
