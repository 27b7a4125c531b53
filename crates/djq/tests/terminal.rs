//! The REPL as a person at a terminal uses it: on a pseudo-terminal, key by key.
//!
//! util-linux's `script`, which every Debian has, holds the terminal's other end.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

const ENTER: &str = "\r";
const TAB: &str = "\t";
const UP: &str = "\x1b[A";
const CONTROL_D: &str = "\x04";

/// A terminal with the REPL in it.
struct Terminal {
    script: Child,
    keys: Arc<Mutex<ChildStdin>>,
    screen: Arc<Screen>,
    /// How much of what was shown has been expected.
    seen: usize,
}

/// All that was ever shown, without what moves the cursor.
#[derive(Default)]
struct Screen {
    shown: Mutex<String>,
    changed: Condvar,
}

impl Terminal {
    /// The REPL in the blog example's folder, with a home of its own.
    fn open(home: &Path) -> Self {
        let blog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/blog");
        let mut script = Command::new("script")
            .args(["--quiet", "--flush", "--return", "--command"])
            .arg("stty rows 40 cols 120; exec \"$DJQ\" repl")
            .arg("/dev/null")
            .current_dir(blog)
            .env("DJQ", env!("CARGO_BIN_EXE_djq"))
            .env("XDG_STATE_HOME", home)
            .env("TERM", "xterm")
            .env("NO_COLOR", "1")
            .env_remove("DATABASE_URL")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("util-linux's `script` runs");
        let keys = Arc::new(Mutex::new(script.stdin.take().unwrap()));
        let screen = Arc::new(Screen::default());
        let mut output = script.stdout.take().unwrap();
        let (answers, shows) = (Arc::clone(&keys), Arc::clone(&screen));
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut chunk) {
                bytes.extend_from_slice(&chunk[..count]);
                // The editor asks the terminal where the cursor is, and waits for the answer.
                while let Some(at) = find(&bytes, b"\x1b[6n") {
                    bytes.drain(at..at + 4);
                    let _ = answers.lock().unwrap().write_all(b"\x1b[1;1R");
                }
                *shows.shown.lock().unwrap() = plain(&bytes);
                shows.changed.notify_all();
            }
        });
        Self {
            script,
            keys,
            screen,
            seen: 0,
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys
            .lock()
            .unwrap()
            .write_all(keys.as_bytes())
            .unwrap();
    }

    /// Waits until this is shown behind what was expected before.
    fn expect(&mut self, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(60);
        let mut shown = self.screen.shown.lock().unwrap();
        loop {
            if let Some(at) = shown.get(self.seen..).and_then(|new| new.find(text)) {
                self.seen += at + text.len();
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let new = shown.get(self.seen..).unwrap_or_default();
            assert!(!left.is_zero(), "`{text}` is not shown in:\n{new}");
            shown = self.screen.changed.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// Leaves; the REPL's exit status is the command's.
    fn leave(mut self) {
        self.press(CONTROL_D);
        assert!(self.script.wait().unwrap().success());
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Text without escape sequences and carriage returns.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            '\x1b' => {
                if rest.next() == Some('[') {
                    rest.by_ref().find(|c| ('\x40'..='\x7e').contains(c));
                }
            }
            '\r' => {}
            other => plain.push(other),
        }
    }
    plain
}

#[test]
fn a_session_at_a_terminal() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(home.path());
    terminal.expect("\\q leaves");
    terminal.expect("djq> ");

    // Rows.
    terminal.press("select 6 * 7 as answer");
    terminal.press(ENTER);
    terminal.expect("42");
    terminal.expect("djq> ");

    // What is still open goes on, on another line.
    terminal.press("from Entry where pk in (");
    terminal.press(ENTER);
    terminal.expect("...  ");
    terminal.press("1, 2) select 100 + count() as found");
    terminal.press(ENTER);
    terminal.expect("102");
    terminal.expect("djq> ");

    // The SQL of that, for the database at hand.
    terminal.press("\\sql");
    terminal.press(ENTER);
    terminal.expect("FROM blog_entry AS entry");
    terminal.expect("djq> ");

    // Tab completes a model's name, and Enter takes it.
    terminal.press("from Entr");
    terminal.press(TAB);
    terminal.expect("Entry");
    terminal.press(ENTER);
    terminal.press(" where pk = 1 select 200 + count() as found");
    terminal.press(ENTER);
    terminal.expect("201");
    terminal.expect("djq> ");

    // A mistake is shown, and the session goes on.
    terminal.press("from Entry select titel");
    terminal.press(ENTER);
    terminal.expect("did you mean `title`?");
    terminal.expect("djq> ");

    // History: two up is the query before the mistake.
    terminal.press(UP);
    terminal.expect("titel");
    terminal.press(UP);
    terminal.expect("200 + count()");
    terminal.press(ENTER);
    terminal.expect("201");
    terminal.expect("djq> ");
    terminal.leave();
    let history = fs::read_to_string(home.path().join("djq/history")).unwrap();
    assert!(history.contains("6 * 7"), "{history}");

    // Another session has it too.
    let mut terminal = Terminal::open(home.path());
    terminal.expect("djq> ");
    terminal.press(UP);
    terminal.expect("200 + count()");
    terminal.press(ENTER);
    terminal.expect("201");
    terminal.expect("djq> ");
    terminal.leave();
}
