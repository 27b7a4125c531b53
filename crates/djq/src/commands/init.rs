//! `djq init`: djq.toml, a first snapshot from what is found, one query that runs.

use crate::{
    args::Init,
    commands::introspect,
    compiling,
    failure::Failure,
    output,
    project::{self, Project},
    write,
};
use djq_compiler::workspace::CONFIG_FILE;
use djq_schema::{Field, Model, ModelKind, Schema};
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(crate) fn run(project: &Project, args: &Init) -> Result<(), Failure> {
    let root = std::env::current_dir()
        .map_err(|error| Failure::call(format!("there is no working directory: {error}")))?;
    if root.join(CONFIG_FILE).exists() {
        return Err(Failure::call(format!(
            "`{CONFIG_FILE}` is already here; `djq introspect` refreshes the snapshot"
        )));
    }
    let manage = args
        .django
        .clone()
        .or_else(|| Some(PathBuf::from("manage.py")).filter(|path| path.exists()));
    let database = project
        .named_database()
        .map(str::to_owned)
        .or_else(|| sqlite_file(&root));
    if manage.is_none() && database.is_none() {
        return Err(Failure::call(
            "there is no manage.py and no SQLite database here; say `--django PATH/manage.py` or `--database URL`",
        ));
    }
    let snapshot = introspect::from_sources(project, manage.as_deref(), database.as_deref())?;
    let schema = Schema::from_snapshot(&snapshot).map_err(|problems| {
        Failure::input(
            problems
                .first()
                .map_or_else(String::new, |problem| problem.message.clone()),
        )
    })?;
    let files = [
        (root.join("schema.json"), snapshot.to_json()),
        (root.join("queries/first.djq"), first_query(&schema)),
        (
            root.join(CONFIG_FILE),
            config(manage.as_deref(), database.as_deref())?,
        ),
    ];
    // The project file comes last: until it is there, nothing has begun.
    for (path, text) in &files {
        if path.extension().is_some_and(|extension| extension == "djq") && path.exists() {
            continue;
        }
        write::whole(path, text)?;
        if !project.quiet() {
            output::say(&format!("wrote {}", project::shown(path)));
        }
    }
    if !project.quiet() {
        output::say(&introspect::summary(&snapshot));
        output::say("try: djq run queries/first.djq");
    }
    Ok(())
}

/// A SQLite database in the folder, as Django's `startproject` names it.
fn sqlite_file(root: &Path) -> Option<String> {
    root.join("db.sqlite3")
        .is_file()
        .then(|| "sqlite:db.sqlite3".to_owned())
}

fn config(manage: Option<&Path>, database: Option<&str>) -> Result<String, Failure> {
    let dialect = database.map(compiling::dialect_of).transpose()?;
    let mut text =
        String::from("[project]\nschema = \"schema.json\"\nqueries = [\"queries/**/*.djq\"]\n");
    match dialect {
        Some(dialect) => {
            let _ = writeln!(text, "dialects = [\"{}\"]", dialect.name());
        }
        None => text.push_str("dialects = [\"postgres\", \"mysql\", \"mariadb\", \"sqlite\"]\n"),
    }
    let url = match database {
        // A password does not belong into a file that is checked in.
        Some(url) if url.starts_with("sqlite:") => url,
        _ => "${DATABASE_URL}",
    };
    let _ = write!(
        text,
        "\n[database.default]\nurl = {}\n",
        toml::Value::from(url)
    );
    if let Some(manage) = manage {
        let _ = write!(
            text,
            "\n[django]\nmanage = {}\n",
            toml::Value::from(manage.display().to_string())
        );
    }
    Ok(text)
}

/// A query over the project's first model of its own that says something.
fn first_query(schema: &Schema) -> String {
    let own = |model: &&Model| {
        !["admin", "auth", "contenttypes", "sessions", "sites"].contains(&&*model.app)
    };
    let tables = || {
        schema.models.iter().filter(|model| {
            matches!(model.kind, ModelKind::Concrete | ModelKind::Inferred)
                && !model.primary_key.is_empty()
        })
    };
    let Some(model) = tables()
        .filter(own)
        .max_by_key(|model| model.relations.len())
        .or_else(|| tables().next())
    else {
        return "query first() {\n  select 1 as one\n}\n".to_owned();
    };
    let plain = |field: &&Field| {
        field.relation.is_none()
            && field
                .attname
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let fields: Vec<&str> = model
        .fields
        .iter()
        .filter(plain)
        .take(4)
        .map(|field| &*field.attname)
        .collect();
    let fields = if fields.is_empty() {
        "pk".to_owned()
    } else {
        fields.join(", ")
    };
    format!(
        "## The first rows of {label}: a query to begin with.\nquery first() {{\n  from {label}\n  order by pk\n  limit 10\n  select {fields}\n}}\n",
        label = model.label
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use djq_compiler::{Program, Settings, compile};
    use djq_sql::dialect::DialectId;

    #[test]
    fn the_first_query_compiles() {
        let schema =
            Schema::from_json(include_str!("../../../../examples/blog/schema.json")).unwrap();
        let text = first_query(&schema);
        let files = compile(
            &Program::from_text("first.djq", &text),
            &schema,
            &Settings::of(DialectId::ALL),
        );
        assert_eq!(files[0].diagnostics, [], "{text}");
        assert_eq!(files[0].queries.len(), 1);
    }

    #[test]
    fn a_password_is_not_written_down() {
        let text = config(None, Some("postgres://user:secret@localhost/blog")).unwrap();
        assert!(
            !text.contains("secret") && text.contains("${DATABASE_URL}"),
            "{text}"
        );
        djq_compiler::Config::parse(&text, Default::default()).unwrap();
    }
}
