//! The files of one run, read and parsed, with those that they import.

use crate::workspace::{self, WorkspaceError};
use djq_diagnostics::{Diagnostic, FileId, SourceMap, Span, codes};
use djq_syntax::{
    Parsed,
    ast::{ItemKind, Use},
};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Parsed files.
#[derive(Debug, Default)]
pub struct Program {
    /// Their texts.
    pub sources: SourceMap,
    /// All of them; a [`FileId`] of `sources` is a place here.
    pub files: Vec<ProgramFile>,
}

/// A parsed file.
#[derive(Debug)]
pub struct ProgramFile {
    /// Its id.
    pub id: FileId,
    /// Its tree, trivia and syntax errors.
    pub parsed: Parsed,
    /// The files that it imports, in order, by the path as written; imports of imports not included.
    pub imports: Vec<(Box<str>, FileId)>,
    /// What reading it found: text that is not UTF-8, imports that are not there.
    pub problems: Vec<Diagnostic>,
    /// Whether it was asked for, and not only imported.
    pub wanted: bool,
}

impl Program {
    /// Reads and parses files and all that they import.
    ///
    /// # Errors
    /// Where a file that was asked for cannot be read; an import that cannot be is a diagnostic.
    ///
    /// ```
    /// # let folder = tempfile::tempdir().unwrap();
    /// let path = folder.path().join("titles.djq");
    /// std::fs::write(&path, "query titles() { from Entry select title }").unwrap();
    /// let program = djq_compiler::Program::load(&[path]).unwrap();
    /// assert_eq!(program.files.len(), 1);
    /// ```
    pub fn load(paths: &[PathBuf]) -> Result<Self, WorkspaceError> {
        let mut program = Self::default();
        let mut known: HashMap<PathBuf, FileId> = HashMap::new();
        let mut problems: Vec<Vec<Diagnostic>> = Vec::new();
        for path in paths {
            let (id, problem) = workspace::load(path, &mut program.sources)?;
            known.insert(canonical(path), id);
            problems.push(problem.into_iter().collect());
        }
        let mut wanted = paths.len();
        let mut folders: Vec<PathBuf> = paths.iter().map(|path| folder(path)).collect();
        let mut next = 0;
        while next < program.sources.iter().count() {
            // Each round parses what the round before found, so that files are parsed side by side.
            let parsed: Vec<Parsed> = program
                .sources
                .iter()
                .skip(next)
                .collect::<Vec<_>>()
                .into_par_iter()
                .map(|(id, file)| djq_syntax::parse(id, &file.text))
                .collect();
            for parsed in parsed {
                let id = FileId(u32::try_from(next).unwrap_or(u32::MAX));
                let mut imports = Vec::new();
                for item in &parsed.ast.items {
                    let ItemKind::Use(Use::File { path }) = &item.kind else {
                        continue;
                    };
                    let target = folders[next].join(&*path.text);
                    match known.get(&canonical(&target)) {
                        Some(import) => imports.push((path.text.clone(), *import)),
                        None => match workspace::load(&target, &mut program.sources) {
                            Ok((import, problem)) => {
                                known.insert(canonical(&target), import);
                                problems.push(problem.into_iter().collect());
                                folders.push(folder(&target));
                                imports.push((path.text.clone(), import));
                            }
                            Err(error) => problems[next].push(not_there(path.span, &error)),
                        },
                    }
                }
                imports.retain(|(_, import)| *import != id);
                program.files.push(ProgramFile {
                    id,
                    parsed,
                    imports,
                    problems: std::mem::take(&mut problems[next]),
                    wanted: wanted > 0,
                });
                wanted = wanted.saturating_sub(1);
                next += 1;
            }
        }
        Ok(program)
    }

    /// One file that is not on disk, under this name; it imports nothing.
    #[must_use]
    pub fn from_text(name: &str, text: &str) -> Self {
        Self::of_one(name, text, djq_syntax::parse)
    }

    /// A bare pipeline, perhaps with items above it, as `djq run -e` and the REPL take it.
    #[must_use]
    pub fn from_pipeline(name: &str, text: &str) -> Self {
        Self::of_one(name, text, |id, text| {
            djq_syntax::parse_pipeline(id, text).into_parsed()
        })
    }

    fn of_one(name: &str, text: &str, parse: impl FnOnce(FileId, &str) -> Parsed) -> Self {
        let mut sources = SourceMap::default();
        let id = sources.add(name, text);
        let file = ProgramFile {
            id,
            parsed: parse(id, text),
            imports: Vec::new(),
            problems: Vec::new(),
            wanted: true,
        };
        Self {
            sources,
            files: vec![file],
        }
    }

    /// The file of an id.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&ProgramFile> {
        self.files.get(id.0 as usize)
    }

    /// The files that a file imports, and those that they import, each once with the path that first named it, none of
    /// them the file itself.
    #[must_use]
    pub fn imported_by(&self, id: FileId) -> Vec<(&str, &ProgramFile)> {
        let mut found: Vec<(&str, &ProgramFile)> = Vec::new();
        let mut open: Vec<&(Box<str>, FileId)> = self
            .file(id)
            .map_or(Vec::new(), |file| file.imports.iter().collect());
        while let Some((path, next)) = open.pop() {
            if *next == id || found.iter().any(|(_, file)| file.id == *next) {
                continue;
            }
            if let Some(file) = self.file(*next) {
                found.push((path, file));
                open.extend(&file.imports);
            }
        }
        found.sort_by_key(|(_, file)| file.id);
        found
    }
}

fn not_there(span: Span, error: &WorkspaceError) -> Diagnostic {
    Diagnostic::new(&codes::MISSING_FILE, span, error.to_string())
        .help("a path after `use` is relative to the file it stands in")
}

fn folder(path: &Path) -> PathBuf {
    path.parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
