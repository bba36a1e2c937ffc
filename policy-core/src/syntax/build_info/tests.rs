use proptest::prelude::*;

use super::*;

fn read_bytes(file: &[u8]) -> Option<BuildInfo> {
    let offset = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.len());
    read(&|range| Some(file[offset(range.start)..offset(range.end).max(offset(range.start))].to_vec()))
}

const LINES: &str = "path\texample.com/tool/cmd\nmod\texample.com/tool\tv1.2.3\th1:x=\ndep\ta\tv1\nbuild\t-tags=a,b\nbuild\tGOOS=linux\n";

#[test]
fn a_sample_is_read_back() {
    let info = read_bytes(&sample::elf("go1.25.3", LINES)).unwrap();
    assert_eq!(info.release, "go1.25.3");
    assert_eq!((info.package.as_deref(), info.module.as_deref()), (Some("example.com/tool/cmd"), Some("example.com/tool")));
    assert_eq!((info.version.as_deref(), info.setting("-tags"), info.setting("GOOS")), (Some("v1.2.3"), Some("a,b"), Some("linux")));
}

#[test]
fn what_is_no_program_has_none() {
    for bytes in [&b""[..], b"#!/bin/sh\n", b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"] {
        assert_eq!(read_bytes(bytes), None);
    }
}

proptest! {
    #[test]
    fn any_text_comes_back(release in "go1\\.[0-9]{1,3}", lines in "\\PC{0,400}") {
        let info = read_bytes(&sample::elf(&release, &lines)).unwrap();
        prop_assert_eq!(info.release, release);
    }

    #[test]
    fn any_bytes_end(start in prop::sample::select(vec![&b"\x7fELF\x02\x01"[..], b"\x7fELF\x01\x02", b"MZ", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf"]), rest in prop::collection::vec(any::<u8>(), 0..400)) {
        read_bytes(&[start, &rest].concat());
    }

    #[test]
    fn damage_is_no_reason_to_stop(at in 0_usize..400, byte: u8) {
        let mut file = sample::elf("go1.25.3", LINES);
        let length = file.len();
        file[at % length] = byte;
        read_bytes(&file);
        file.truncate(at % length);
        read_bytes(&file);
    }
}

/// Each has to be compiled for: the first three cover the formats of files, and are enough for every day.
const PLATFORMS: [(&str, &str); 6] =
    [("linux", "amd64"), ("windows", "amd64"), ("darwin", "arm64"), ("linux", "386"), ("linux", "s390x"), ("windows", "386")];

/// Real programs, for each format of files, beside `go version -m`.
#[test]
#[expect(clippy::disallowed_methods, reason = "runs the real command")]
fn programs_of_all_systems_are_read_as_go_reads_them() {
    let toolchains = crate::facts::go::installed::toolchains();
    let Some(newest) = toolchains.last() else { return };
    let scratch = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/tmp/build-info"));
    std::fs::create_dir_all(scratch).unwrap();
    std::fs::write(scratch.join("go.mod"), "module example.com/m\n\ngo 1.21\n").unwrap();
    std::fs::write(scratch.join("main.go"), "package main\n\nfunc main() {}\n").unwrap();
    let go = |toolchain: &crate::facts::go::installed::Toolchain, os: &str, arch: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(&toolchain.go);
        command.args(arguments).current_dir(scratch).env("GOCACHE", scratch.join("cache"));
        command.env("GOTOOLCHAIN", "local").env("GOFLAGS", "-tags=x").env("CGO_ENABLED", "0").env("GOOS", os).env("GOARCH", arch);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let platforms = match std::env::var("GOPOLICY_PLATFORMS").as_deref() {
        Ok("all") => &PLATFORMS[..],
        _ => &PLATFORMS[..3],
    };
    for (os, arch) in platforms.iter().copied() {
        let toolchain = newest;
        go(toolchain, os, arch, &["build", "-ldflags=-s -w", "-o", "program"]);
        let file = std::fs::read(scratch.join("program")).unwrap();
        let ours = read_bytes(&file).unwrap_or_else(|| panic!("{os}/{arch} cannot be read"));
        let theirs = go(toolchain, "", "", &["version", "-m", "program"]);
        let lines: Vec<&str> = theirs.lines().map(str::trim).collect();
        assert!(lines[0].ends_with(&format!(": {}", ours.release)), "{theirs}");
        assert!(lines.contains(&format!("path\t{}", ours.package.clone().unwrap()).as_str()), "{theirs}");
        for (name, value) in &ours.settings {
            assert!(
                lines.iter().any(|line| line.replace('"', "") == format!("build\t{name}={value}").replace('"', "")),
                "{name}={value}: {theirs}"
            );
        }
        assert_eq!((ours.setting("GOOS"), ours.setting("GOARCH"), ours.setting("-tags")), (Some(os), Some(arch), Some("x")));
    }
}
