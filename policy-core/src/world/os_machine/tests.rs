//! With the real system.

use std::time::Instant;

use super::*;
use crate::world::machine::PathKind;

fn here() -> OsMachine {
    OsMachine::at(Path::new(env!("CARGO_MANIFEST_DIR")))
}

#[cfg(unix)]
fn shell(script: &str) -> GoCommand {
    GoCommand {
        program: String::from("/bin/sh"),
        arguments: vec![String::from("-c"), script.to_owned()],
        environment: BTreeMap::from([(String::from("ONLY"), String::from("this"))]),
        directory: String::from("/"),
    }
}

#[test]
#[cfg(unix)]
fn output_status_directory_and_environment_are_those_of_the_command() {
    let output = here().run(&shell("pwd; echo $ONLY; echo problem >&2; exit 3")).unwrap();
    assert_eq!((output.success, output.stdout.as_slice(), output.stderr.as_slice()), (false, &b"/\nthis\n"[..], &b"problem\n"[..]));
}

#[test]
#[cfg(unix)]
fn what_hangs_is_ended_with_all_that_it_started() {
    let marker = std::env::temp_dir().join(format!("gopolicy-hangs-{}", std::process::id()));
    let start = Instant::now();
    let script = format!("(sleep 1; touch {}) & sleep 60", marker.display());
    let outcome = here().with_time_limit(Duration::from_millis(200)).run(&shell(&script));
    assert!(matches!(outcome, Err(GoFailure::TimedOut { .. })) && start.elapsed() < Duration::from_secs(5), "{outcome:?}");
    std::thread::sleep(Duration::from_millis(1200));
    assert!(!marker.exists());
}

#[test]
#[cfg(unix)]
fn endless_output_is_cut() {
    let output = here().run(&shell("while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done")).unwrap();
    assert_eq!(output.stdout.len(), 1 << 20);
}

#[test]
fn what_cannot_be_started_says_why() {
    let command = GoCommand {
        program: String::from(env!("CARGO_MANIFEST_DIR")),
        arguments: Vec::new(),
        environment: BTreeMap::new(),
        directory: String::from(env!("CARGO_MANIFEST_DIR")),
    };
    assert!(matches!(here().run(&command), Err(GoFailure::NotStarted(_))));
}

#[test]
fn files_are_read_in_parts_and_directories_are_not() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    assert_eq!(here().read(file, 0..9).unwrap(), b"[package]");
    assert_eq!(here().read(file, 1..8).unwrap(), b"package");
    assert_eq!(here().read(file, 1 << 40..1 << 41).unwrap(), b"");
    assert!(here().read(env!("CARGO_MANIFEST_DIR"), 0..1).is_err());
    assert_eq!(here().read("/no/such/file", 0..1), Err(ReadError::Missing));
    assert_eq!(here().status(file).unwrap().kind, PathKind::File);
}

#[test]
#[cfg(target_os = "linux")]
fn writing_is_tried_and_nothing_stays() {
    let directory = std::env::temp_dir().join(format!("gopolicy-write-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let path = directory.to_str().unwrap();
    assert_eq!(here().can_make_files(path), Some(true));
    assert!(makes_file(path));
    assert!(here().list(path).unwrap().is_empty());
    assert_eq!(here().can_make_files("/proc"), Some(false));
    std::fs::remove_dir_all(&directory).unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn the_mount_table_names_the_types_of_real_file_systems() {
    let table = here().mounts();
    let kind = |directory: &str| table.iter().rev().find(|mount| mount.directory == directory).map(|mount| mount.kind.as_str());
    assert_eq!(kind("/proc"), Some("proc"));
    assert!(here().free_space("/").is_some());
}
