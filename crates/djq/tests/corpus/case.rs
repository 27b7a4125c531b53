//! The files of the corpus, what their comments say, and their compilation.

use djq_compiler::{CompiledFile, Program, Settings};
use djq_diagnostics::{Diagnostic, SourceMap};
use djq_plan::plan::Nesting;
use djq_schema::Schema;
use djq_sql::dialect::DialectId;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Whose models a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Project {
    Blog,
    Shop,
    Tpch,
    Types,
    Rules,
    /// Django's own tests, which have a test of their own here too.
    Django,
}

impl Project {
    /// Those whose queries the corpus runs.
    pub(crate) const ALL: [Self; 5] =
        [Self::Blog, Self::Shop, Self::Tpch, Self::Types, Self::Rules];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Blog => "blog",
            Self::Shop => "shop",
            Self::Tpch => "tpch",
            Self::Types => "types",
            Self::Django => "django",
            Self::Rules => "rules",
        }
    }

    pub(crate) fn schema(self) -> &'static Schema {
        static SCHEMAS: [OnceLock<Schema>; 6] = [const { OnceLock::new() }; 6];
        let (cell, path) = match self {
            Self::Blog => (&SCHEMAS[0], "examples/blog/schema.json"),
            Self::Shop => (&SCHEMAS[1], "examples/shop/schema.json"),
            Self::Tpch => (&SCHEMAS[2], "tests/tpch/schema.json"),
            Self::Types => (&SCHEMAS[3], "tests/types/schema.json"),
            Self::Django => (&SCHEMAS[4], "tests/django/schema.json"),
            Self::Rules => (&SCHEMAS[5], "tests/rules/schema.json"),
        };
        cell.get_or_init(|| {
            let text = std::fs::read_to_string(root().join(path)).unwrap();
            Schema::from_json(&text).unwrap_or_else(|problems| panic!("{path}: {problems:?}"))
        })
    }

    /// The project of a file: what its `# schema:` says, else where it stands, else the blog.
    fn of(path: &str, text: &str) -> Self {
        let said = directive(text, "schema").next();
        let found = |name: &str| Self::ALL.into_iter().find(|project| project.name() == name);
        match said {
            Some(name) => {
                found(name).unwrap_or_else(|| panic!("{path}: there is no schema `{name}`"))
            }
            None if path.starts_with("tests/tpch/") => Self::Tpch,
            None if path.starts_with("tests/types/") || path.starts_with("tests/generated/") => {
                Self::Types
            }
            None if path.starts_with("tests/django/") => Self::Django,
            None if path.starts_with("tests/rules/") => Self::Rules,
            None if path.starts_with("examples/shop/") || path.starts_with("benches/") => {
                Self::Shop
            }
            None => Self::Blog,
        }
    }
}

/// The repository. The tests run there, so that paths in diagnostics are the same everywhere.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .canonicalize()
            .unwrap();
        std::env::set_current_dir(&root).unwrap();
        root
    })
}

/// A `.djq` file.
pub(crate) struct Case {
    /// From the repository's top.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) project: Project,
    /// What it is compiled for and run on: all, but where it is about what some of them have.
    pub(crate) dialects: Vec<DialectId>,
    /// How many errors it must have; none for a file that compiles.
    pub(crate) errors: usize,
    /// Whether text is compared by the databases' own collations.
    pub(crate) own_collation: bool,
    pub(crate) has_snapshot: bool,
    /// Whether its queries are run, and not only prepared.
    pub(crate) runs: bool,
    /// What the comments above each query say.
    pub(crate) queries: HashMap<String, Steering>,
}

/// What the comments above a query say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Steering {
    /// The texts behind `# run:`.
    pub(crate) runs: Vec<String>,
    /// The texts behind `# fails:`: runs of a query that writes which every database refuses.
    pub(crate) fails: Vec<String>,
    /// Whether rows are compared in any order though the query has one.
    pub(crate) ties: bool,
    /// Of a query that writes: those of the file that say what is there afterwards.
    pub(crate) after: Vec<String>,
}

/// The texts of `# name: text` comments.
fn directive<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines().filter_map(move |line| {
        line.strip_prefix("# ")?
            .strip_prefix(name)?
            .strip_prefix(':')
            .map(str::trim)
    })
}

impl Case {
    fn read(path: String) -> Self {
        let text = std::fs::read_to_string(root().join(&path))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let errors = directive(&text, "errors")
            .next()
            .map_or(0, |count| count.parse().unwrap());
        let own_collation = directive(&text, "collation").any(|collation| collation == "database");
        let dialects = match directive(&text, "dialects").next() {
            Some(names) => names
                .split(", ")
                .map(|name| {
                    DialectId::parse(name)
                        .unwrap_or_else(|| panic!("{path}: there is no dialect `{name}`"))
                })
                .collect(),
            None => DialectId::ALL.to_vec(),
        };
        Self {
            project: Project::of(&path, &text),
            dialects,
            errors,
            own_collation,
            has_snapshot: path.starts_with("snapshots/") || path.starts_with("tests/"),
            runs: !path.starts_with("benches/"),
            queries: steering(&text),
            path,
            text,
        }
    }

    pub(crate) fn steering(&self, query: &str) -> Steering {
        self.queries.get(query).cloned().unwrap_or_default()
    }
}

fn steering(text: &str) -> HashMap<String, Steering> {
    let mut queries = HashMap::new();
    let mut above = Steering::default();
    for line in text.lines() {
        if let Some(run) = line.strip_prefix("# run:") {
            above.runs.push(run.trim().to_owned());
        } else if let Some(run) = line.strip_prefix("# fails:") {
            above.fails.push(run.trim().to_owned());
        } else if let Some(after) = line.strip_prefix("# after:") {
            above
                .after
                .extend(after.split_whitespace().map(str::to_owned));
        } else if line.trim() == "# ties" {
            above.ties = true;
        } else if let Some(query) = line.strip_prefix("query ") {
            let name = query.split(['(', ' ', '{']).next().unwrap_or_default();
            queries.insert(name.to_owned(), std::mem::take(&mut above));
        }
    }
    queries
}

/// Whether `DJQ_CORPUS` lets a path in.
pub(crate) fn is_wanted(path: &str) -> bool {
    std::env::var("DJQ_CORPUS").map_or(true, |part| path.contains(&part))
}

/// The `.djq` files of the repository that are about a project, sorted.
pub(crate) fn find(project: Project) -> Vec<Case> {
    let mut cases: Vec<Case> = paths().into_iter().map(Case::read).collect();
    cases.retain(|case| case.project == project);
    cases
}

/// The paths of all `.djq` files of the repository, but for those that a crate's own tests read, and those of the bench of
/// plans, which has models of its own and compares the rows itself.
pub(crate) fn paths() -> Vec<String> {
    files("djq")
        .into_iter()
        .filter(|path| {
            !path.starts_with("crates/") && !path.starts_with("benches/plans/") && is_wanted(path)
        })
        .collect()
}

/// The files with this extension, from the repository's top, sorted; built and hidden ones are not among them.
pub(crate) fn files(extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if name != "target" && name != "node_modules" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|other| other == extension) {
                found.push(
                    path.strip_prefix(root())
                        .unwrap()
                        .to_string_lossy()
                        .replace('\\', "/"),
                );
            }
        }
    }
    found.sort();
    found
}

/// A case with what came of it.
pub(crate) struct CompiledCase<'a> {
    pub(crate) case: &'a Case,
    pub(crate) file: CompiledFile,
    pub(crate) rendered: String,
}

/// Compiles files of one project for all dialects.
pub(crate) fn compile<'a>(
    cases: &'a [Case],
    project: Project,
    exact: bool,
) -> Vec<CompiledCase<'a>> {
    compile_nested(cases, project, exact, Nesting::Levels)
}

/// As [`compile`], with nested rows fetched in this way.
pub(crate) fn compile_nested<'a>(
    cases: &'a [Case],
    project: Project,
    exact: bool,
    nesting: Nesting,
) -> Vec<CompiledCase<'a>> {
    // Files for the same dialects are compiled together, and come back in the order of all.
    let mut compiled: Vec<(usize, CompiledCase<'a>)> = Vec::with_capacity(cases.len());
    let sets: HashSet<&[DialectId]> = cases.iter().map(|case| &*case.dialects).collect();
    for dialects in sets {
        let places: Vec<usize> = (0..cases.len())
            .filter(|place| *cases[*place].dialects == *dialects)
            .collect();
        let paths: Vec<PathBuf> = places
            .iter()
            .map(|place| PathBuf::from(&cases[*place].path))
            .collect();
        let program = Program::load(&paths).unwrap_or_else(|error| panic!("{error}"));
        let settings = Settings {
            exact_collation: exact,
            nesting,
            ..Settings::of(dialects)
        };
        let files = djq_compiler::compile(&program, project.schema(), &settings);
        assert_eq!(files.len(), places.len(), "each file is compiled");
        compiled.extend(places.into_iter().zip(files).map(|(place, file)| {
            let rendered = render(&file.diagnostics, &program.sources);
            let case = &cases[place];
            (
                place,
                CompiledCase {
                    case,
                    file,
                    rendered,
                },
            )
        }));
    }
    compiled.sort_by_key(|(place, _)| *place);
    compiled.into_iter().map(|(_, case)| case).collect()
}

fn render(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    if diagnostics.is_empty() {
        String::new()
    } else {
        djq_diagnostics::render(diagnostics, sources, false)
    }
}

impl CompiledCase<'_> {
    fn errors(&self) -> usize {
        self.file
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count()
    }

    /// What is wrong where the number of errors is not the one that the file says.
    pub(crate) fn wrong_diagnostics(&self) -> Option<String> {
        let (found, wanted) = (self.errors(), self.case.errors);
        (found != wanted).then(|| {
            format!(
                "{}: {found} errors instead of {wanted}\n{}",
                self.case.path, self.rendered
            )
        })
    }
}
