//! The commits behind the releases of actions/setup-go, for uses that are pinned to one. A comment beside them may be missing or stale.

/// Commit and tag, as `git ls-remote --tags https://github.com/actions/setup-go` lists them.
static RELEASES: &[(&str, &str)] = &[
    ("58fca98f91e83c6442c09dc7175251c60ee9877c", "v1.0.0"),
    ("818723587f041a921450ba8adf4e69063a18d821", "v1.0.1"),
    ("632d18fc920ce2926be9c976a5465e1854adc7bd", "v1.0.2"),
    ("4efa1b82d1ccb78c5d339a7c908f557258cd9837", "v1.1.0"),
    ("75259a5ae02e59409ee6c4fa1e37ed46ea4e5b8d", "v1.1.1"),
    ("9fbc767707c286e568c92927bbf57d76b73e0892", "v1.1.2"),
    ("0caeaed6fd66a828038c2da3c0f662a42862658f", "v1.1.3"),
    ("a030287975ff7f1ca42ec32271c63f040f47980e", "v2.0.1"),
    ("202a594963a9e1a516bf54e080c4838a3a488bc6", "v2.0.2"),
    ("78bd24e01a1a907f7ea3e614b4d7c15e563585a8", "v2.0.3"),
    ("1616116e1b39417f86ba049745f1a8946d4d00e7", "v2.1.0"),
    ("d0c5defdf364f1d1fb07530c000084836192af9c", "v2.1.1"),
    ("8a3a76c2171de8c3be20bec507b6d829ccae48ba", "v2.1.2"),
    ("37335c7bb261b353407cff977110895fa0b4f7d8", "v2.1.3"),
    ("331ce1d993939866bb63c32c6cbbfd48fa76fc57", "v2.1.4"),
    ("424fc82d43fa5a37540bae62709ddcc23d9520d4", "v2.1.5"),
    ("bfdd3570ce990073878bf10f6b2d79082de49492", "v2.2.0"),
    ("f6164bd8c8acb4a71fb2791a8b6c4024ff038dab", "v3.0.0"),
    ("fcdc43634adb5f7ae75a9d7a9b9361790f7293e2", "v3.1.0"),
    ("b22fbbc2921299758641fab08929b4ac52b32923", "v3.2.0"),
    ("84cbf8094393cdc5fe1fe1671ff2647332956b1a", "v3.2.1"),
    ("268d8c0ca0432bb2cf416faae41297df9d262d7f", "v3.3.0"),
    ("c4a742cab115ed795e34d4513e2cf7d472deb55f", "v3.3.1"),
    ("d0a58c1c4d2b25278816e339b944508c875f3613", "v3.4.0"),
    ("6edd4406fa81c3da01a34fa6f6343087c207a568", "v3.5.0"),
    ("b4b75a2513cf0d6b063c254fbe9006f785164ad0", "v3.6.0"),
    ("be3c94b385c4f180051c996d336f57a34c397495", "v3.6.1"),
    ("4d34df0c2316fe8122ab82dc22947d607c0c91f9", "v4.0.0"),
    ("fac708d6674e30b6ba41289acaab6d4b75aa0753", "v4.0.1"),
    ("93397bea11091df50f3d7e59dc26a7711a8bcfbe", "v4.1.0"),
    ("cd53bc84d5e2fd85362f4cb840513e06427082d3", "v4.2.0"),
    ("19bb51245e9c80abacb2e91cc42b33fa478b8639", "v4.2.1"),
    ("7b8cf10d4e4a01d4992d18a89f4d7dc5a3e6d6f4", "v4.3.0"),
    ("0c52d547c9bc32b1aa3301fd7a9cb496313a4491", "v5.0.0"),
    ("cdcb36043654635271a94b9a6d1392de5bb323a7", "v5.0.1"),
    ("0a12ed9d6a96ab950c8f026ed9f722fe0da7ef32", "v5.0.2"),
    ("41dfa10bad2bb2ae585af6ee5bb4d7d973ad74ed", "v5.1.0"),
    ("3041bf56c941b39c61721a86cd11f3bb1338122a", "v5.2.0"),
    ("f111f3307d8850f501ac008e886eec1fd1932a34", "v5.3.0"),
    ("0aaccfd150d50ccaeb58ebd88d36e91967a5f35b", "v5.4.0"),
    ("d35c59abb061a4a6fb18e82ac0862c26744d6ab5", "v5.5.0"),
    ("40f1582b2485089dde7abd97c1529aa768e1baff", "v5.6.0"),
    ("44694675825211faa026b3c33043df3e48a5fa00", "v6.0.0"),
    ("4dc6199c7b1a012772edbd06daecab0f50c9053c", "v6.1.0"),
    ("7a3fe6cf4cb3a834922a1244abfce67bcef6a0c5", "v6.2.0"),
    ("4b73464bb391d4059bd26b0524d20df3927bd417", "v6.3.0"),
    ("4a3601121dd01d1626a1e23e37211e3254c1c06c", "v6.4.0"),
    ("924ae3a1cded613372ab5595356fb5720e22ba16", "v6.5.0"),
    ("b7ad1dad31e06c5925ef5d2fc7ad053ef454303e", "v7.0.0"),
];

/// The release of which this is the commit.
pub(crate) fn of_commit(commit: &str) -> Option<&'static str> {
    RELEASES.iter().find(|(known, _)| known.eq_ignore_ascii_case(commit)).map(|(_, tag)| *tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_whole_and_unique() {
        for (index, (commit, tag)) in RELEASES.iter().enumerate() {
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{tag}");
            assert!(RELEASES[..index].iter().all(|(other, _)| other != commit), "{tag}");
        }
        assert_eq!(of_commit("B7AD1DAD31E06C5925EF5D2FC7AD053EF454303E"), Some("v7.0.0"));
        assert_eq!(of_commit("0000000000000000000000000000000000000000"), None);
    }
}
