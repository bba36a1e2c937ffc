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
