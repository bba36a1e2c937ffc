//! Works out the Go environment that every `go` command will really see, and judges it by rules written as YAML.
//!
//! Data flows one way, and the modules say so: [`text`] → [`world`] → syntax → [`facts`] → [`policy`] → [`judge`].
//! Nothing here prints, reads a variable or opens a file, except through a [`world::World`].
//!
//! ```
//! use policy_core::policy::PolicySet;
//! use policy_core::world::MemoryWorld;
//!
//! let workflow = "jobs: { test: { runs-on: ubuntu-latest, env: { GOFLAGS: -mod=mod }, steps: [{ run: go test ./... }] } }";
//! let rules = "
//! version: 1
//! policy: team
//! description: What we agreed on.
//! rules:
//!   no-mod-mod:
//!     severity: error
//!     on: environment
//!     forbid: { GOFLAGS: { contains: -mod=mod } }
//!     message: 'GOFLAGS={GOFLAGS} lets builds edit go.mod'
//! ";
//! let world = MemoryWorld::new().with_file(".github/workflows/ci.yml", workflow);
//! let policies = PolicySet::builder().builtin("team", rules).load(&["team"], &world)?;
//! let report = policy_core::lint(&world, &policies, &[".".to_owned()]);
//! for finding in &report.findings {
//!     println!("{}:{}: {}", finding.location.path(), finding.location.start().line, finding.message);
//! }
//! assert_eq!(report.findings[0].route, "jobs.test.env.GOFLAGS");
//! # Ok::<(), policy_core::policy::LoadErrors>(())
//! ```

pub mod comparison;
mod engine;
pub mod facts;
pub mod facts_report;
pub mod judge;
pub mod machine_report;
pub mod policy;
pub mod suggest;
mod syntax;
pub mod text;
pub mod trace;
pub mod world;

pub use engine::{Examined, describe_machine, examine, lint, lint_except, list_facts, list_machine_facts, list_places};
