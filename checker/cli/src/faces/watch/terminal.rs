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
