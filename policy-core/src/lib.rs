//! Works out the Go environment that every `go` command will really see, and judges it by rules written as YAML.
//!
//! Data flows one way, and the modules say so: [`text`] → [`world`] → [`syntax`] → [`facts`] → [`policy`] → [`judge`].

mod engine;
pub mod facts;
pub mod facts_report;
pub mod judge;
pub mod policy;
pub mod suggest;
pub mod syntax;
pub mod text;
pub mod trace;
pub mod world;

pub use engine::{facts as list_facts, lint, trace as list_places};
