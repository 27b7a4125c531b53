//! The Django projects of this repository that inputs are about.

use djq_runtime::rusqlite::{Connection, OpenFlags};
use djq_schema::Schema;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A Django project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the project of its name")]
pub enum Project {
    Blog,
    Shop,
    Tpch,
    Types,
}

impl Project {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Blog, Self::Shop, Self::Tpch, Self::Types];

    /// Its name in `# schema: shop`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blog => "blog",
            Self::Shop => "shop",
            Self::Tpch => "tpch",
            Self::Types => "types",
        }
    }

    /// The project that a `# schema: shop` of the text names, else the blog.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::named(text).unwrap_or(Self::Blog)
    }

    pub(super) fn named(text: &str) -> Option<Self> {
        let name = text
            .lines()
            .find_map(|line| line.strip_prefix("# schema: "))?;
        Self::ALL
            .into_iter()
            .find(|project| project.name() == name.trim())
    }

    /// Where its files are.
    pub(super) fn folder(self) -> PathBuf {
        match self {
            Self::Blog | Self::Shop => root().join("examples").join(self.name()),
            Self::Tpch | Self::Types => root().join("tests").join(self.name()),
        }
    }

    /// Its models.
    #[must_use]
    pub fn schema(self) -> &'static Schema {
        static SCHEMAS: [OnceLock<Schema>; 4] = [const { OnceLock::new() }; 4];
        SCHEMAS[self as usize].get_or_init(|| {
            let path = self.folder().join("schema.json");
            let text = read(&path);
            Schema::from_json(&text).unwrap_or_else(|found| panic!("{path:?}: {found:?}"))
        })
    }

    /// Its database, for reading.
    pub(super) fn open(self) -> Connection {
        let path = match self {
            Self::Blog | Self::Shop => self.folder().join("db.sqlite3"),
            // `tools/load_examples` makes them.
            Self::Tpch | Self::Types => root()
                .join("target/examples")
                .join(format!("{}.sqlite3", self.name())),
        };
        let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .unwrap_or_else(|error| panic!("{path:?}: {error} (tools/load_examples makes it)"));
        djq_runtime::sqlite::register(&connection).unwrap_or_else(|error| panic!("{error}"));
        connection
    }
}

/// The repository.
pub(super) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .find(|folder| folder.join("grammar/djq.ebnf").exists())
            .unwrap_or_else(|| panic!("the repository is not there"))
            .to_path_buf()
    })
}

pub(super) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}
