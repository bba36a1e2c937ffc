//! Random scripts: some correct by construction, some damaged afterwards.

pub(super) struct Generator {
    state: u64,
}

/// How deep lists are nested.
const DEPTH: usize = 2;

const WORDS: [&str; 34] = [
    "a",
    "go",
    "-x",
    "1",
    "\"b $c\"",
    "'d e'",
    "$f",
    "${g:-h i}",
    "\"${j#*/}\"",
    "\"${k:-'l'}\"",
    "${m//n/o}",
    "$((1 + (2)))",
    "$'p\\'q'",
    "r\\ s",
    "*.go",
    "{t,u}",
    "~/v",
    "w=x",
    "if",
    "}",
    "!",
    "[",
    "]",
    "a#b",
    "$",
    "\"\\\"\"",
    "`y \\`z\\``",
    "${#a}",
    "${a[1]}",
    "$[1]",
    "''",
    "\\\n",
    "é",
    "=~",
];
const REDIRECTS: [&str; 10] = [">f", "2>&1", "<f", ">> f", "&>f", "<<<w", ">|f", "3<>f", "{fd}>f", "2>&-"];
const TESTS: [&str; 9] = ["-z $a", "a == b*", "$a =~ ^(b c|d)$", "! -f a", "( a )", "a && b", "a < b || c", "-n \"$a\"", "$a -eq 1"];
const DAMAGE: [&str; 26] = [
    "(", ")", "{", "}", ";", ";;", "&", "&&", "|", "\"", "'", "`", "$(", "${", "<<E", "\n", " ", "if", "fi", "do", "done", "((", "))",
    "[[", "]]", "\\",
];

impl Generator {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) }
    }

    /// A script; half of them damaged. None if `((` or `[[` may be damaged, since bash looks into those only when it runs.
    pub(super) fn script(&mut self) -> Option<String> {
        let mut script = self.list(DEPTH);
        let damages = self.below(4).saturating_sub(1);
        for _ in 0..damages {
            self.damage(&mut script);
        }
        (damages == 0 || !(script.contains("((") || script.contains("[["))).then_some(script)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 33).unwrap() % limit
    }

    pub(super) fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn damage(&mut self, script: &mut String) {
        let mut at = self.below(script.len() + 1);
        while !script.is_char_boundary(at) {
            at -= 1;
        }
        if self.below(2) == 0 && at < script.len() {
            script.remove(at);
        } else {
            script.insert_str(at, self.pick(&DAMAGE));
        }
    }

    fn list(&mut self, depth: usize) -> String {
        let mut list = String::new();
        for _ in 0..=self.below(2) {
            list += &self.and_or(depth);
            list += self.pick(&["\n", "\n", "; ", " # comment\n", " &\n"]);
        }
        list + "a\n"
    }

    fn and_or(&mut self, depth: usize) -> String {
        // bash 5.2 does not know `time` at the start of `$( … )`, so only the outermost list has it.
        let prefixes = if depth == DEPTH { ["", "", "", "! ", "time ", "time -p "] } else { ["", "", "", "", "! ", "! ! "] };
        let mut text = self.pick(&prefixes).to_owned() + &self.command(depth);
        for _ in 0..self.below(2) {
            text += self.pick(&[" && ", " || ", " | ", "|", " |& ", " &&\n", " | # c\n"]);
            text += &self.command(depth);
        }
        text
    }

    fn command(&mut self, depth: usize) -> String {
        if depth == 0 || self.below(2) == 0 {
            return self.simple(depth);
        }
        let compound = self.compound(depth - 1);
        if self.below(4) == 0 { compound + " " + self.pick(&REDIRECTS) } else { compound }
    }

    fn simple(&mut self, depth: usize) -> String {
        let mut text =
            self.pick(&["", "", "", "A=1 ", "A+=\"b\" ", "A[1]=$b ", "A=(1 'b' [2]=c) ", "export A=(1) ", "declare -x "]).to_owned();
        text += self.pick(&["go", "echo", "a", "\"$b\"", "$c"]);
        for _ in 0..self.below(4) {
            text += " ";
            text += &self.word(depth);
        }
        if self.below(4) == 0 {
            text += " ";
            text += self.pick(&REDIRECTS);
        }
        text
    }

    fn word(&mut self, depth: usize) -> String {
        if depth > 0 && self.below(6) == 0 {
            let inner = self.list(depth - 1);
            return match self.below(4) {
                0 => format!("$({inner})"),
                1 => format!("\"x$({inner})y\""),
                2 => format!("${{a:-$({inner})}}"),
                _ => format!("<({inner})"),
            };
        }
        self.pick(&WORDS).to_owned()
    }

    fn compound(&mut self, depth: usize) -> String {
        let mut list = || self.list(depth);
        let (first, second, third) = (list(), list(), list());
        let word = self.word(depth);
        match self.below(14) {
            0 => format!("{{ {first}}}"),
            1 => format!("({first})"),
            2 => format!("if {first}then {second}fi"),
            3 => format!("if {first}then {second}elif a; then b\nelse {third}fi"),
            4 => format!("for x in {word} b; do {first}done"),
            5 => format!("for x; do {first}done"),
            6 => format!("for ((i = 0; i < 3; i++)); do {first}done"),
            7 => format!("while {first}do {second}done"),
            8 => format!("until {first}do {second}done"),
            9 => format!("case {word} in\na|b*) {first};;\n(\"c\") {second};&\n*) {third}esac"),
            10 => format!("f() {{ {first}}}"),
            11 => format!("function g {{ {first}}}"),
            12 => format!("[[ {} {} {} ]]", self.pick(&TESTS), self.pick(&["&&", "||"]), self.pick(&TESTS)),
            _ => "((a + (b) << 2))".to_owned(),
        }
    }
}
