//! Random scripts from the part of the shell language that the interpreter follows, and a little beyond. The same seed gives
//! the same scripts.

/// Variables that generated scripts set.
pub(crate) const NAMES: &[&str] = &["GOFLAGS", "CGO_ENABLED", "GOOS", "X", "Y", "L"];
/// Directories that scripts expect below their working directory.
pub(crate) const DIRECTORIES: &[&str] = &["d1", "d1/d2", "d 3"];
/// What the environment variable `HIDDEN` may hold; nobody tells the interpreter.
pub(crate) const HIDDEN: &[&str] = &["", "a", "secret", "two words", "1"];
/// What the environment variable `MAYBE` may hold; the interpreter knows the possibilities.
pub(crate) const MAYBE: &[&str] = &["a", "b c", ""];

/// A small deterministic generator of numbers (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    pub(crate) fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }

    pub(crate) fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
}

/// The `run:` scripts of a job's steps, one after the other.
pub(crate) fn job(seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed);
    let steps = 1 + dice.below(3);
    (0..steps).map(|_| script(&mut dice)).collect()
}

fn script(dice: &mut Dice) -> String {
    let mut writer =
        Writer { dice, text: String::new(), indent: 0, depth: 0, budget: 22, functions: 0, in_function: false, loops: 0, counters: 0 };
    while writer.budget > 0 {
        writer.statement();
    }
    writer.line("go last \"$X\" $Y");
    writer.text
}

struct Writer<'d> {
    dice: &'d mut Dice,
    text: String,
    indent: usize,
    depth: usize,
    budget: usize,
    functions: usize,
    in_function: bool,
    loops: usize,
    counters: usize,
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.text.push_str(&"  ".repeat(self.indent));
        self.text.push_str(text);
        self.text.push('\n');
        self.budget = self.budget.saturating_sub(1);
    }

    fn block(&mut self, statements: usize) {
        self.indent += 1;
        self.depth += 1;
        for _ in 0..statements {
            self.statement();
        }
        self.depth -= 1;
        self.indent -= 1;
    }

    fn some_block(&mut self) {
        let statements = 1 + self.dice.below(2);
        self.block(statements);
    }

    fn statement(&mut self) {
        let compound = self.depth < 3 && self.dice.chance(3);
        if compound {
            return self.compound();
        }
        match self.dice.below(20) {
            0..=4 => self.go(),
            5..=8 => self.set(),
            9 | 10 => self.directory(),
            11..=14 => self.file(),
            15 => self.chain(),
            16 => self.arguments(),
            17 => self.option(),
            18 => self.capture(),
            _ => self.jump(),
        }
    }

    fn name(&mut self) -> &'static str {
        self.dice.pick(&NAMES[..5])
    }

    fn literal(&mut self) -> &'static str {
        self.dice.pick(&["a", "b", "1", "0", "-mod=mod", "x=y", "a-b-c", "a.b.c", "v1.2.3", "linux", "/p/q/r.go", "é"])
    }

    /// A quoted or unquoted word without blanks of its own.
    fn word(&mut self) -> String {
        let name = self.name();
        let (a, b) = (self.literal(), self.literal());
        match self.dice.below(34) {
            0..=4 => a.to_owned(),
            5 => format!("'{a} {b}'"),
            6 => format!("\"{a} ${name}\""),
            7 => format!("${name}"),
            8 => format!("\"${name}\""),
            9 => format!("\"${{{name}:-{a}}}\""),
            10 => format!("${{{name}:-{a} {b}}}"),
            11 => format!("${{{name}:+{a}}}"),
            12 => format!("\"${{{name}+{a} {b}}}\""),
            13 => format!("\"${{{name}#*[-./]}}\""),
            14 => format!("\"${{{name}##*[./]}}\""),
            15 => format!("\"${{{name}%[-.]*}}\""),
            16 => format!("\"${{{name}%%-*}}\""),
            17 => format!("\"${{{name}/a/{b}}}\""),
            18 => format!("\"${{{name}//[ab]/_}}\""),
            19 => format!("\"${{#{name}}}\""),
            20 => format!("\"${{{name}^^}}\""),
            21 => format!("\"${{{name}:1:2}}\""),
            22 => format!("\"$(echo {a} ${name})\""),
            23 => format!("$(printf '%s-%s' {a} \"${name}\")"),
            24 => "$((2 * 3 - 1))".to_owned(),
            25 => self.dice.pick(&["~/x", "{a,b}", "\\$X", "$'a\\tb'", "\"\"", "''"]).to_owned(),
            26 => self.dice.pick(&["\"$HIDDEN\"", "$HIDDEN", "a$HIDDEN", "\"$HIDDEN-b\""]).to_owned(),
            27 => self.dice.pick(&["\"$MAYBE\"", "$MAYBE", "x$MAYBE", "\"${MAYBE:-none}\""]).to_owned(),
            28 => self.dice.pick(&["\"$1\"", "$2", "\"$#\"", "\"$*\"", "\"${1:-none}\"", "$?"]).to_owned(),
            29 => self.dice.pick(&["\"$(pwd)\"", "\"$PWD\"", "\"$(basename \"$PWD\")\"", "$(dirname /u/v/w)"]).to_owned(),
            30 => self.dice.pick(&["\"${A[*]}\"", "${#A[@]}", "\"${A[0]}\"", "\"${A[1]:-none}\"", "$A"]).to_owned(),
            31 => format!("\"${{{name}-$(echo {a})}}\""),
            32 => format!("`echo {a}`{b}"),
            _ => format!("{a}\"${name}\"'{b}'"),
        }
    }

    fn words(&mut self) -> String {
        let count = 1 + self.dice.below(3);
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn go(&mut self) {
        let (name, other) = (self.name(), self.name());
        let (value, words) = (self.word(), self.words());
        let command = match self.dice.below(16) {
            0..=4 => format!("go a {words}"),
            5 => format!("{name}={value} go b {words}"),
            6 => format!("{name}={value} {other}=\"${name}\" go c"),
            7 => format!("env {name}={value} go d {words}"),
            8 => format!("env -u {name} {other}={value} go e"),
            9 => format!("env -i PATH=\"$PATH\" {name}={value} go f"),
            10 => format!("timeout 20 nice -n 1 go g {words}"),
            11 => format!("bash -c 'go h \"${name}\" \"$@\"' zero {words}"),
            12 => format!("{name}={value} bash -c '{other}=1; go i ${other}; export {other}; go j'"),
            13 => format!("sh -c \"go k \\\"\\${name}\\\" '${other}'\""),
            14 => "go l \"$@\" \"${A[@]}\" x".to_owned(),
            _ => format!("command go m {words}"),
        };
        self.line(&command);
    }

    fn set(&mut self) {
        let (name, value, other) = (self.name(), self.word(), self.word());
        let statement = match self.dice.below(22) {
            0..=4 => format!("{name}={value}"),
            5..=8 => format!("export {name}={value}"),
            9 => format!("export {name}"),
            10 => format!("export -n {name}"),
            11 => format!("declare -x {name}={value}"),
            12 => format!("unset {name}"),
            13 => format!("{name}+={value}"),
            14 => format!("A=({value} {other})"),
            15 => format!("A+=({value})"),
            16 if !value.contains("$'") => format!(": \"${{{name}:={value}}}\""),
            17 => format!("printf -v {name} '%s/%s' {value} \"{other}\"", other = self.literal()),
            18 if self.in_function => format!("local {name}={value}"),
            19 if self.in_function => format!("local {name}"),
            18 | 19 => format!("{name}={value} L={other}"),
            20 => format!("read -r {name} <<< \"{other}\"", other = self.literal()),
            _ => format!("eval 'export {name}={}'", self.literal()),
        };
        self.line(&statement);
    }

    fn directory(&mut self) {
        let target =
            self.dice.pick(&["d1", "d1/d2", "'d 3'", "..", ".", "-", "\"$HOME\"", "\"$ROOT\"", "\"$ROOT/d1\"", "nowhere", "", "\"$X\""]);
        let statement = match self.dice.below(8) {
            0..=2 => format!("cd {target} > /dev/null || cd \"$ROOT\""),
            3 => format!("(cd {target} && go in)"),
            4 => format!("cd {target} > /dev/null && go there || go not-there"),
            5 => "cd \"$ROOT/d1\"".to_owned(),
            6 => "pushd \"$ROOT/d1\" > /dev/null; go pushed; popd > /dev/null".to_owned(),
            _ => "cd \"$ROOT\"".to_owned(),
        };
        self.line(&statement);
    }

    /// Writes to the runner's files, in all the ways that people use.
    fn file(&mut self) {
        let (name, other, value) = (self.name(), self.name(), self.word());
        let (a, b) = (self.literal(), self.literal());
        let file = self.dice.pick(&["$GITHUB_ENV", "\"$GITHUB_ENV\"", "${GITHUB_ENV}", "\"${GITHUB_ENV}\""]);
        let statement = match self.dice.below(24) {
            0..=2 => format!("echo \"{name}=${other}\" >> {file}"),
            3 | 4 => format!("echo {name}={value} >> {file}"),
            5 => format!("{{ echo {name}={a}; echo \"{other}=${name}\"; }} >> {file}"),
            6 => format!("( echo {name}={a}; {other}=1; echo {other}={b} ) >> {file}"),
            7 => format!("echo \"{name}={a} {b}\" | tee -a {file}"),
            8 => format!("cat <<EOF >> {file}\n{name}={a}\n{other}=${name} {b}\nEOF"),
            9 => format!("cat >> {file} <<'EOF'\n{name}=${other}\nEOF"),
            10 => format!("printf '%s\\n' {name}={a} \"{other}={b}\" >> {file}"),
            11 => format!("printf '{name}=%s\\n' {value} >> {file}"),
            12 => format!("echo -e '{name}={a}\\n{other}={b}' >> {file}"),
            13 => format!("echo -n {name}={a} >> {file}; echo {b} >> {file}"),
            14 => format!("echo '{name}<<END' >> {file}; echo \"${other}\" >> {file}; echo second >> {file}; echo END >> {file}"),
            15 => format!("D=EOF_$RANDOM; {{ echo \"{name}<<$D\"; echo {a}; echo \"$D\"; }} >> {file}"),
            16 => format!("F={file}; echo {name}={a} >> \"$F\""),
            17 => format!("echo {name}={a} > {file}"),
            18 => format!("for v in {a} {b}; do echo {name}=$v; done >> {file}"),
            19 => format!("exec 3>> {file}; echo {name}={a} >&3; exec 3>&-"),
            20 => format!("bash -c 'echo {name}={a} >> \"$GITHUB_ENV\"'"),
            21 => format!("echo \"$ROOT/{a}\" >> \"$GITHUB_PATH\""),
            22 => format!("/usr/bin/printf '{other}=odd\\n' >> {file}; echo {name}={a} >> {file}"),
            _ => format!("[ -e {a} ] || echo {name}={b} >> {file}"),
        };
        self.text.push_str(&statement);
        self.text.push('\n');
        self.budget = self.budget.saturating_sub(1);
    }

    fn chain(&mut self) {
        let (name, value) = (self.name(), self.word());
        let condition = self.condition();
        let statement = match self.dice.below(8) {
            0 => format!("{condition} && {name}={value}"),
            1 => format!("{condition} || export {name}={value}"),
            2 => format!("{condition} && go and || go or"),
            3 => "go fail || true".to_owned(),
            4 => format!("! {condition} || {name}={value}"),
            5 => format!("{condition} && {{ {name}={value}; go grouped; }}"),
            6 => format!("echo {value} | {{ {name}=lost; go piped; }}"),
            _ => format!("{condition} | go sink || {name}={value}"),
        };
        self.line(&statement);
    }

    fn arguments(&mut self) {
        let words = self.words();
        let statement = match self.dice.below(5) {
            0 | 1 => format!("set -- {words}"),
            2 => "shift || true".to_owned(),
            3 => "set -- \"$@\" more".to_owned(),
            _ => "go all \"$@\" $#".to_owned(),
        };
        self.line(&statement);
    }

    fn option(&mut self) {
        let statement = self.dice.pick(&[
            "set -e",
            "set +e",
            "set -a",
            "set +a",
            "set -u",
            "set +u",
            "set -o pipefail",
            "set +o pipefail",
            "IFS=,",
            "IFS=$' \\t\\n'",
            "unset IFS",
        ]);
        self.line(statement);
    }

    fn capture(&mut self) {
        let (name, other, value) = (self.name(), self.name(), self.word());
        let statement = match self.dice.below(8) {
            0 => format!("{name}=$(cd d1 2> /dev/null && pwd)"),
            1 => format!("{name}=$({other}=z; echo \"${other}\"; go captured > /dev/null)"),
            2 => format!("{name}=$(if [ -n \"${other}\" ]; then echo yes; else echo no; fi)"),
            3 => format!("{name}=$(for i in 1 2 {value}; do echo $i; done | cat)"),
            4 => format!("{name}=$(cat <<E\n{value}\nE\n)"),
            5 => format!("{name}=$(false || echo {value}) || true"),
            6 => format!("export {name}=$(false; echo after)"),
            _ => format!("{name}=$(exit 3) || {other}=$?"),
        };
        self.line(&statement);
    }

    fn jump(&mut self) {
        let condition = self.condition();
        let statement = match self.dice.below(6) {
            0 if self.in_function => format!("{condition} && return {}", self.dice.below(2)),
            1 | 2 if self.loops > 0 => format!("{condition} && break"),
            3 if self.loops > 0 => format!("{condition} && continue"),
            4 if self.depth > 0 && self.dice.chance(2) => format!("{condition} && exit {}", self.dice.below(2)),
            _ => format!("{condition} || go unless"),
        };
        self.line(&statement);
    }

    fn condition(&mut self) -> String {
        let (name, other, word) = (self.name(), self.name(), self.literal());
        match self.dice.below(22) {
            0 => format!("[ -n \"${name}\" ]"),
            1 => format!("[ -z \"${name}\" ]"),
            2 => format!("[ \"${name}\" = {word} ]"),
            3 => format!("[ \"${name}\" != \"${other}\" ]"),
            4 => "[ -e /nonexistent ]".to_owned(),
            5 => "[ -d d1 ]".to_owned(),
            6 => format!("[[ ${name} == {}* ]]", word.chars().next().unwrap_or('a')),
            7 => format!("[[ -z ${name} || ${other} = {word} ]]"),
            8 => format!("[[ -n ${{{name}:-}} && ! ${other} == *b* ]]"),
            9 => "true".to_owned(),
            10 => "false".to_owned(),
            11 => "go ok".to_owned(),
            12 => "go fail".to_owned(),
            13 => "[ \"$MAYBE\" = a ]".to_owned(),
            14 => "[ \"$HIDDEN\" = a ]".to_owned(),
            15 => format!("! test \"${name}\" = {word}"),
            16 => format!("( {name}=1; [ \"${other}\" = 1 ] )"),
            17 => format!("grep -q a <<< \"${name}\""),
            18 => format!("[ $# -gt {} ]", self.dice.below(3)),
            19 => format!("[ \"${name}\" = a -o \"${other}\" = b ]"),
            20 => format!("test \"${name}\""),
            _ => format!("[ -v {name} ]"),
        }
    }

    fn compound(&mut self) {
        match self.dice.below(12) {
            0..=2 => self.branches(),
            3 => self.case(),
            4 | 5 => self.for_loop(),
            6 => self.counted_loop(),
            7 => self.grouped("(", ")"),
            8 => self.grouped("{", "}"),
            9 | 10 => self.function(),
            _ => self.open_loop(),
        }
    }

    fn branches(&mut self) {
        let condition = self.condition();
        self.line(&format!("if {condition}; then"));
        self.some_block();
        if self.dice.chance(3) {
            let condition = self.condition();
            self.line(&format!("elif {condition}; then"));
            self.some_block();
        }
        if self.dice.chance(2) {
            self.line("else");
            self.some_block();
        }
        self.line("fi");
    }

    fn case(&mut self) {
        let (word, pattern) = (self.word(), self.literal());
        self.line(&format!("case {word} in"));
        let first = self.dice.pick(&["a|b)", "[0-9])", "a*)", "\"$Y\")", "*b*)"]);
        self.line(first);
        self.some_block();
        let end = self.dice.pick(&[";;", ";;", ";;", ";&", ";;&"]);
        self.line(end);
        self.line(&format!("{pattern})"));
        self.some_block();
        self.line(";;");
        if self.dice.chance(2) {
            self.line("*)");
            self.some_block();
            self.line(";;");
        }
        self.line("esac");
    }

    fn for_loop(&mut self) {
        let (name, words) = (self.name(), self.words());
        let words = self.dice.pick(&["a b", "\"$@\"", "$HIDDEN x", "1 2 3", "{p,q}", "d*", &words]).to_owned();
        self.line(&format!("for {name} in {words}; do"));
        self.loops += 1;
        self.some_block();
        self.loops -= 1;
        let end = self.dice.pick(&["done", "done", "done >> \"$GITHUB_OUTPUT\""]);
        self.line(end);
    }

    fn counted_loop(&mut self) {
        self.counters += 1;
        let counter = format!("n{}", self.counters);
        let rounds = 1 + self.dice.below(3);
        self.line(&format!("{counter}=0; while [ ${counter} -lt {rounds} ]; do"));
        self.line(&format!("  {counter}=$(({counter} + 1))"));
        self.loops += 1;
        self.some_block();
        self.loops -= 1;
        self.line("done");
    }

    /// A loop that goes on while something unknown holds, but not for ever.
    fn open_loop(&mut self) {
        self.counters += 1;
        let counter = format!("n{}", self.counters);
        let keyword = self.dice.pick(&["while test", "until ! test"]);
        let rounds = self.dice.below(5);
        self.line(&format!("{counter}=; {keyword} \"$(printf %s \"${counter}\" | wc -c)\" -lt {rounds}; do"));
        self.line(&format!("  {counter}=i${counter}"));
        self.loops += 1;
        self.some_block();
        self.loops -= 1;
        self.line("done");
    }

    fn grouped(&mut self, open: &str, close: &str) {
        self.line(open);
        let loops = if open == "(" { std::mem::take(&mut self.loops) } else { self.loops };
        self.some_block();
        self.loops = loops;
        let tail = self.dice.pick(&["", "", " || true", " > /dev/null", " && go after-group"]);
        self.line(&format!("{close}{tail}"));
    }

    fn function(&mut self) {
        if self.in_function {
            return self.go();
        }
        self.functions += 1;
        let name = format!("f{}", self.functions);
        self.line(&format!("{name}() {{"));
        let loops = std::mem::take(&mut self.loops);
        self.in_function = true;
        self.block(3);
        self.in_function = false;
        self.loops = loops;
        self.line("}");
        for _ in 0..=self.dice.below(2) {
            let (words, variable, value) = (self.words(), self.name(), self.word());
            let prefix = if self.dice.chance(4) { format!("{variable}={value} ") } else { String::new() };
            let tail = self.dice.pick(&["", "", "", " || true", " && go after-call", " >> \"$GITHUB_OUTPUT\""]);
            self.line(&format!("{prefix}{name} {words}{tail}"));
        }
    }
}
