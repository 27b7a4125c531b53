//! A sign of life while something takes long, for people alone.

use crate::{output, project::Project};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// Does some work, with a spinner and these words beside it while it lasts, where a person looks on.
pub(crate) fn during<T>(
    project: &Project,
    words: impl Into<String>,
    work: impl FnOnce() -> T,
) -> T {
    if project.quiet() || !output::stderr_is_terminal() {
        return work();
    }
    let bar = ProgressBar::new_spinner().with_message(words.into());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    let done = work();
    bar.finish_and_clear();
    done
}
