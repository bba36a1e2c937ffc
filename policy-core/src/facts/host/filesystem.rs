//! On which file system a path is.

use super::paths::is_within;
use crate::facts::go::paths::System;
use crate::world::machine::Mount;

/// File systems whose files several machines may have at once, or a virtual machine and its host. Names as `/proc/mounts` (Linux), `mount`
/// (macOS, the BSDs) and Windows give them.
#[rustfmt::skip]
const NETWORK: &[&str] = &[
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "fuse.beegfs", "fuse.ceph", "fuse.davfs2", "fuse.gcsfuse",
    "fuse.glusterfs", "fuse.grpcfuse", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs",
    "nfs3", "nfs4", "ocfs2", "orangefs", "prl_fs", "remote", "smb", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav",
];

/// The type of the file system that a path, links resolved, is on: of the mounts that it is under the innermost, and of several there
/// the latest.
pub(super) fn kind_of<'t>(system: System, table: &'t [Mount], path: &str) -> Option<&'t str> {
    let above = table.iter().filter(|mount| is_within(system, path, &mount.directory));
    above.max_by_key(|mount| mount.directory.len()).map(|mount| mount.kind.as_str())
}

/// Whether several machines may share such a file system.
pub(super) fn is_network(kind: &str) -> bool {
    NETWORK.binary_search(&kind).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_counts_and_the_latest_of_equals() {
        let mount = |directory: &str, kind: &str| Mount { directory: directory.into(), kind: kind.into() };
        let table = [mount("/", "ext4"), mount("/home", "autofs"), mount("/home", "nfs4"), mount("/home/me/x", "tmpfs")];
        let kind = |path| kind_of(System::Unix, &table, path);
        assert_eq!((kind("/home/me"), kind("/home/me/x/y"), kind("/homes")), (Some("nfs4"), Some("tmpfs"), Some("ext4")));
        assert_eq!(kind_of(System::Unix, &[], "/"), None);
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(NETWORK.is_sorted());
        assert!(is_network("nfs4") && is_network("fuse.sshfs") && !is_network("tmpfs") && !is_network("overlay"));
    }
}
