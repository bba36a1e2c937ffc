//! How fast gopolicy is, and how much memory it takes, side by side with zizmor and actionlint in one run.
//!
//! `cargo bench --bench corpus [-- ROUNDS]`. Every process is timed from start to exit, with its output thrown away and
//! its default parallelism; the tools take turns, so that a busy moment of the machine hits them alike. The files are
//! those of `../shared/corpus`, or generated ones where that is absent.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a benchmark may stop, and prints")]

use std::path::Path;

use files::Corpus;
use measure::{Samples, peak_memory, time_in_turns};
use tool::Tool;

mod files;
mod measure;
mod tool;

const ROUNDS: usize = 9;
const HOOK_ROUNDS: usize = 100;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS);
    let mut corpus = Corpus::find();
    let peers = tool::peers();
    for peer in &peers {
        corpus.workflows.retain_loadable_by(peer, &corpus.root);
    }
    println!("corpus: {} ({})", corpus.root.display(), corpus.source);
    all_workflows(&corpus, &peers, rounds);
    whole_tree(&corpus, rounds);
    let workflow = corpus.workflows.middling(&corpus.root);
    one_workflow(&corpus, &peers, &workflow);
    one_repository(&corpus, &workflow);
    many_go_files(rounds);
}

/// Every tool on the same files.
fn all_workflows(corpus: &Corpus, peers: &[Tool], rounds: usize) {
    let files = &corpus.workflows;
    heading(&format!("{} workflows, {} KiB, {rounds} rounds", files.paths.len(), files.bytes(&corpus.root) / 1024));
    table(&with_gopolicy(peers), &files.paths, &corpus.root, rounds);
}

/// What only gopolicy reads: go.mod, scripts and makefiles besides the workflows.
fn whole_tree(corpus: &Corpus, rounds: usize) {
    heading(&format!("the whole tree, {rounds} rounds"));
    table(&[Tool::gopolicy()], &[".".to_owned()], &corpus.root, rounds);
}

/// What one changed workflow costs.
fn one_workflow(corpus: &Corpus, peers: &[Tool], workflow: &str) {
    heading(&format!("one workflow of middling size ({workflow}), {HOOK_ROUNDS} rounds"));
    table(&with_gopolicy(peers), &[workflow.to_owned()], &corpus.root, HOOK_ROUNDS);
}

/// What a commit costs: the hook judges the whole repository.
fn one_repository(corpus: &Corpus, workflow: &str) {
    let (repository, _) = workflow.split_once('/').unwrap();
    heading(&format!("the whole repository of that workflow, {HOOK_ROUNDS} rounds"));
    table(&[Tool::gopolicy()], &[".".to_owned()], &corpus.root.join(repository), HOOK_ROUNDS);
}

/// What the build constraints of a large repository cost.
fn many_go_files(rounds: usize) {
    let root = files::go_tree();
    heading(&format!("a tree of {} .go files, {rounds} rounds", files::GO_FILES));
    table(&[Tool::gopolicy()], &[".".to_owned()], &root, rounds);
}

fn with_gopolicy(peers: &[Tool]) -> Vec<Tool> {
    std::iter::once(Tool::gopolicy()).chain(peers.iter().cloned()).collect()
}

fn heading(text: &str) {
    println!("\n{text}");
    println!("{:<24} {:>10} {:>10} {:>10} {:>10}", "", "median ms", "p95 ms", "ratio", "peak MiB");
}

/// One line for each tool; the ratio is that of its median to the first tool's.
fn table(tools: &[Tool], paths: &[String], root: &Path, rounds: usize) {
    let times = time_in_turns(tools, paths, root, rounds);
    let first = times.first().map_or(0.0, Samples::median);
    for (tool, samples) in tools.iter().zip(&times) {
        let memory = peak_memory(tool, paths, root).map_or_else(|| "-".to_owned(), |bytes| format!("{:.1}", bytes as f64 / 1_048_576.0));
        let (median, late) = (samples.median(), samples.percentile(95));
        println!("{:<24} {median:>10.2} {late:>10.2} {:>10.1} {memory:>10}", tool.name, median / first);
    }
}
