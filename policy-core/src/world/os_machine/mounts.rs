//! The mounted file systems.

use crate::world::machine::Mount;

/// The mount table of this machine; empty where there is none to read.
pub(super) fn table() -> Vec<Mount> {
    if cfg!(target_os = "linux") {
        std::fs::read("/proc/self/mountinfo").map(|content| of_linux(&String::from_utf8_lossy(&content))).unwrap_or_default()
    } else if cfg!(unix) {
        std::process::Command::new("/sbin/mount")
            .output()
            .map(|output| of_bsd(&String::from_utf8_lossy(&output.stdout)))
            .unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// `36 35 98:0 /root /mount/point options fields - type source options` (`man 5 proc_pid_mountinfo`).
fn of_linux(content: &str) -> Vec<Mount> {
    let mount = |line: &str| {
        let (before, after) = line.split_once(" - ")?;
        Some(Mount { directory: unescaped(before.split(' ').nth(4)?), kind: after.split(' ').next()?.to_owned() })
    };
    content.lines().filter_map(mount).collect()
}

/// Blanks and the like are written as three octal digits: `\040`.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match (code, part.get(3..)) {
            (Some(code), Some(rest)) => {
                out.push(code.into());
                out.push_str(rest);
            }
            _ => {
                out.push('\\');
                out.push_str(part);
            }
        }
    }
    out
}

/// `source on /mount/point (type, options)`: what `mount` prints on macOS and the BSDs.
fn of_bsd(output: &str) -> Vec<Mount> {
    let mount = |line: &str| {
        let (_, rest) = line.split_once(" on ")?;
        let (directory, kind) = rest.rsplit_once(" (")?;
        Some(Mount { directory: directory.to_owned(), kind: kind.split([',', ')']).next()?.to_owned() })
    };
    output.lines().filter_map(mount).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read() {
        let linux = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n40 22 0:35 / /mnt/a\\040b rw - nfs4 host:/x rw\nrubbish\n";
        let bsd = "/dev/disk3s1 on / (apfs, sealed, local)\nmap auto_home on /System/Volumes/Data/home (autofs, automounted)\n";
        let pairs = |table: Vec<Mount>| table.into_iter().map(|mount| (mount.directory, mount.kind)).collect::<Vec<_>>();
        let pair = |directory: &str, kind: &str| (directory.to_owned(), kind.to_owned());
        assert_eq!(pairs(of_linux(linux)), [pair("/", "ext4"), pair("/mnt/a b", "nfs4")]);
        assert_eq!(pairs(of_bsd(bsd)), [pair("/", "apfs"), pair("/System/Volumes/Data/home", "autofs")]);
    }

    #[test]
    fn escapes_that_are_none_stay() {
        assert_eq!(unescaped(r"/a\134b\9\04"), r"/a\b\9\04");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_table(content in "(?s).{0,200}") {
            of_linux(&content);
            of_bsd(&content);
        }
    }
}
