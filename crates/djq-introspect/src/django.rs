//! The snapshot from Django itself: `manage.py djq_schema`.

use std::path::{Path, PathBuf};
use std::process::Command;

use djq_schema::Snapshot;

use crate::IntrospectError;

/// A project to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DjangoProject {
    /// Its `manage.py`.
    pub manage: PathBuf,
    /// The Python to run it with.
    pub python: PathBuf,
}

/// Lines of Python's own output that are worth showing.
const SHOWN_LINES: usize = 12;

/// Runs `manage.py djq_schema` in the project's folder and reads what it prints.
///
/// # Errors
/// No such Python or file; Django, the project or the app `djq_django` that Python does not find; whatever else stops
/// `manage.py`, with the last lines it printed; a snapshot that is not one.
pub fn ask_django(project: &DjangoProject) -> Result<Snapshot, IntrospectError> {
    let fail = |message: String, output: String| IntrospectError::Django { message, output };
    if !project.manage.is_file() {
        return Err(fail(
            format!(
                "there is no {}; name the project's manage.py",
                project.manage.display()
            ),
            String::new(),
        ));
    }
    let manage = std::path::absolute(&project.manage).map_err(|error| {
        fail(
            format!("cannot find {}: {error}", project.manage.display()),
            String::new(),
        )
    })?;
    let folder = manage.parent().unwrap_or_else(|| Path::new("."));
    // A path to a Python is relative to where djq runs, not to the project; a bare name is looked for in PATH.
    let python = match project.python.components().count() {
        0 | 1 => project.python.clone(),
        _ => std::path::absolute(&project.python).unwrap_or_else(|_| project.python.clone()),
    };
    // Not `canonicalize`: the link in an environment's `bin` is what makes Python use the environment.
    let output = Command::new(&python)
        .arg(&manage)
        .arg("djq_schema")
        .current_dir(folder)
        .env("PYTHONIOENCODING", "utf-8")
        .output();
    let output = output.map_err(|error| {
        let hint = "activate the project's environment, or name its Python in `[django] python`";
        fail(
            format!("cannot run {}: {error}; {hint}", project.python.display()),
            String::new(),
        )
    })?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(fail(reason(&errors, project), tail(&errors)));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    // Settings may print, too.
    let start = text.find("{\n  \"version\"").unwrap_or(0);
    Snapshot::parse(text.get(start..).unwrap_or("")).map_err(IntrospectError::Snapshot)
}

/// What is wrong, from what Python printed, and what to do.
fn reason(errors: &str, project: &DjangoProject) -> String {
    let python = project.python.display();
    let missing = errors
        .rsplit("No module named ")
        .next()
        .filter(|_| errors.contains("No module named "))
        .map(|rest| {
            let name: String = rest
                .trim_start_matches(['\'', '"'])
                .chars()
                .take_while(|letter| !"'\"\n".contains(*letter))
                .collect();
            name
        });
    if errors.contains("Unknown command: 'djq_schema'") {
        return "the project does not have the app `djq_django`: add \"djq_django\" to INSTALLED_APPS (and `pip install djq-django`)".into();
    }
    match missing.as_deref() {
        Some("djq_django") => {
            "INSTALLED_APPS names `djq_django`, which is not installed: `pip install djq-django`"
                .into()
        }
        Some("django") => format!(
            "{python} has no Django: activate the project's environment, or name its Python in `[django] python`"
        ),
        Some(name) => format!(
            "{python} does not find the module `{name}`, which the project needs: activate the project's environment, or name its Python in `[django] python`"
        ),
        None if errors.contains("Couldn't import Django") => format!(
            "{python} has no Django: activate the project's environment, or name its Python in `[django] python`"
        ),
        None => format!("{} djq_schema failed", project.manage.display()),
    }
}

fn tail(output: &str) -> String {
    let lines: Vec<&str> = output.trim_end().lines().collect();
    lines
        .get(lines.len().saturating_sub(SHOWN_LINES)..)
        .unwrap_or(&[])
        .join("\n")
}
