//! Writing to files, as far as they are the runner's.

use super::{Edition, Machine, Stream};
use crate::facts::script::session::{Session, write_lines};
use crate::facts::script::state::RunnerFile;
use crate::facts::value::{Reason, Value};
use crate::text::Location;

impl Machine<'_> {
    /// Writes objects to the file at `path`, each with `end` behind it.
    #[expect(clippy::too_many_arguments, reason = "each is a property of the write that a cmdlet decides by itself")]
    pub(super) fn write(
        &mut self,
        path: &Value,
        append: bool,
        stream: &Stream,
        end: &str,
        utf8: bool,
        location: &Location,
        session: &mut Session,
    ) {
        let Some((file, certain)) = self.setting.runner_file(path) else { return };
        let content = session.files.get_mut(file);
        // Windows PowerShell writes UTF-16 unless told otherwise; the runner reads UTF-8 (`about_Character_Encoding`).
        let foreign = self.edition == Edition::Windows && !utf8;
        let unknown = stream.open.clone().or_else(|| foreign.then(|| Reason::new("a text in the encoding of Windows PowerShell")));
        let unclear = (!certain).then(|| Reason::new("which file is written"));
        match unclear.or(unknown) {
            None => write_lines(content, append, &stream.items, end),
            // What is unknown is taken to be within one line.
            Some(reason) if file == RunnerFile::Path && certain => {
                write_lines(content, append, &[(vec![Value::unknown(reason)], location.clone())], "\n");
            }
            Some(reason) => content.push_anything(reason),
        }
    }
}
