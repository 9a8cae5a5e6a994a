//! The terminal while watch has it: keys come one by one, and it is given back as it was.

use super::state::Key;
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io;

/// Raw mode, for as long as this lives; also a panic gives it back.
pub struct Raw(());

impl Raw {
    /// Takes the terminal.
    ///
    /// # Errors
    /// If it cannot be put into raw mode.
    pub fn enter() -> io::Result<Self> {
        enable_raw_mode()?;
        let owner = std::thread::current().id();
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Another thread's panic does not end watch, which goes on to need the keys.
            if std::thread::current().id() == owner {
                let _ = disable_raw_mode();
                hook(panic);
            }
        }));
        Ok(Self(()))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// Gives the terminal back and stops the whole job, as Ctrl-Z does where nobody takes the
/// keys; returns when the job is continued. Elsewhere than on Unix nothing happens.
///
/// # Errors
/// If the terminal cannot be taken again.
pub fn suspend() -> io::Result<()> {
    #[cfg(unix)]
    {
        use nix::{sys::signal, unistd::Pid};
        disable_raw_mode()?;
        println!();
        // 0 is everybody in the job: who waits for us (cargo, say) must stop as well.
        signal::kill(Pid::from_raw(0), signal::Signal::SIGTSTP)?;
        enable_raw_mode()?;
    }
    Ok(())
}

/// What the terminal tells.
pub enum Told {
    /// A key.
    Key(Key),
    /// The window has another size.
    Resized,
    /// The terminal is gone.
    Gone,
}

/// Waits for what the terminal tells next.
pub fn next() -> Told {
    loop {
        match event::read() {
            Err(_) => return Told::Gone,
            Ok(Event::Resize(..)) => return Told::Resized,
            Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => {
                if let Some(key) = translate(key.code, key.modifiers) {
                    return Told::Key(key);
                }
            }
            Ok(_) => {}
        }
    }
}

fn translate(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    if modifiers.contains(KeyModifiers::CONTROL) {
        return match code {
            KeyCode::Char('c' | 'd') => Some(Key::Interrupt),
            KeyCode::Char('z') => Some(Key::Suspend),
            _ => None,
        };
    }
    Some(match code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::Raw;
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Read as _;

    #[test]
    #[ignore = "the child of another test, in a terminal of its own"]
    fn take_the_terminal_and_panic() {
        let _raw = Raw::enter().unwrap();
        // What another thread suffers is none of the terminal's business.
        let other = std::thread::spawn(|| panic!("elsewhere"));
        assert!(other.join().is_err());
        assert!(crossterm::terminal::is_raw_mode_enabled().unwrap());
        panic!("here");
    }

    #[test]
    fn a_panic_gives_the_terminal_back_and_is_read_in_it() {
        let terminal = native_pty_system().openpty(PtySize::default()).unwrap();
        let plain = terminal.master.get_termios().unwrap();
        let this = std::env::current_exe().unwrap();
        let module = module_path!().split_once("::").unwrap().1;
        let child = format!("{module}::take_the_terminal_and_panic");
        let mut command = CommandBuilder::new(this);
        command.args(["--exact", &child, "--ignored", "--nocapture"]);
        let mut child = terminal.slave.spawn_command(command).unwrap();
        assert!(!child.wait().unwrap().success());
        assert_eq!(terminal.master.get_termios().unwrap(), plain);
        drop(terminal.slave);
        let mut said = Vec::new();
        // The end of a pseudo-terminal is an error on Linux.
        let _ = (terminal.master.try_clone_reader().unwrap()).read_to_end(&mut said);
        let said = String::from_utf8_lossy(&said);
        assert!(
            said.contains("here") && !said.contains("elsewhere"),
            "{said}"
        );
        // Lines end as a plain terminal ends them.
        assert!(said.contains("\r\n"), "{said:?}");
    }
}
