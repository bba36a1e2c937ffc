//! cmd
use super::session::{Recorder, Session, Setting};
use super::{Outcome, Process};
use crate::syntax::cmd::Line;
/// todo
pub(crate) fn interpret(_lines: &[Line], _setting: &Setting<'_>, process: Process) -> Outcome {
    Recorder::default().outcome(Some(Session::start(process)))
}
