//! `dev`: the authors' tools.

use super::Session;
use crate::args::DevCommand;
use crate::exit::Exit;
use crate::faces::screen::Screen;
use crate::workbook::Refusal;

impl Session {
    pub(super) fn dev(&self, command: DevCommand, screen: &mut Screen) -> Result<Exit, Refusal> {
        let _ = (command, screen);
        Err(Refusal::Plain(Exit::Usage, "not here yet".into()))
    }
}
