//! `djq introspect`: the schema snapshot from Django, from a database, or from both.

use crate::{
    args::Introspect,
    commands::run::refused,
    failure::Failure,
    output, progress,
    project::{self, Project},
    write,
};
use djq_client::Connection;
use djq_introspect::{
    DjangoProject, IntrospectError, Override, apply_overrides, ask_django, disagreements, infer,
    read_catalog,
};
use djq_schema::{Schema, Snapshot, diff};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) fn run(project: &Project, args: &Introspect) -> Result<(), Failure> {
    let path = project.schema_path()?;
    let (django, database) = sources(project, args)?;
    let new = from_sources(project, django.as_deref(), database.as_deref())?;
    // What cannot be read back is never written.
    Schema::from_snapshot(&new).map_err(|problems| unusable(&problems))?;
    let old = std::fs::read_to_string(&path).ok();
    let shown = project::shown(&path);
    // A snapshot that is broken is replaced; there is nothing to compare it with.
    let known = old.as_deref().and_then(|text| Snapshot::parse(text).ok());
    let changes = known.as_ref().map(|known| diff(known, &new));
    for change in changes.iter().flatten() {
        output::print(&format!("{change}\n"));
    }
    if args.check {
        return match changes {
            Some(changes) if changes.is_empty() => Ok(()),
            Some(_) => Err(Failure::input(format!(
                "`{shown}` is not what the sources say; `djq introspect` refreshes it"
            ))),
            None => Err(Failure::input(format!(
                "there is no snapshot `{shown}` that can be read; `djq introspect` writes it"
            ))),
        };
    }
    let changed = write::whole(&path, &new.to_json())?;
    if !project.quiet() {
        let what = if changed {
            "wrote"
        } else {
            "nothing changed in"
        };
        output::say(&format!("{what} {shown}: {}", summary(&new)));
    }
    Ok(())
}

/// Django's manage.py and the database to ask: what the command line says, else what the project says.
fn sources(
    project: &Project,
    args: &Introspect,
) -> Result<(Option<PathBuf>, Option<String>), Failure> {
    let said = project.named_database().is_some();
    let database = match project.database() {
        Ok(url) => Some(url),
        Err(failure) if said => return Err(failure),
        Err(_) => None,
    };
    // Who names a database and no manage.py wants the database alone.
    let configured = || {
        Some(
            project
                .workspace
                .as_ref()?
                .root
                .join(&project.workspace.as_ref()?.config.django.as_ref()?.manage),
        )
    };
    let django = args
        .django
        .clone()
        .or_else(|| if said { None } else { configured() });
    if django.is_none() && database.is_none() {
        return Err(Failure::call(
            "there is nothing to introspect; say `--django PATH/manage.py` or `--database URL`, or write [django] or [database.default] in djq.toml",
        ));
    }
    Ok((django, database))
}

/// The snapshot that the sources make together; where they disagree, that is said.
pub(crate) fn from_sources(
    project: &Project,
    django: Option<&Path>,
    database: Option<&str>,
) -> Result<Snapshot, Failure> {
    let config = project
        .workspace
        .as_ref()
        .map(|workspace| &workspace.config);
    let python = config
        .and_then(|config| config.django.as_ref()?.python.clone())
        .unwrap_or_else(|| "python3".to_owned());
    let asked = django
        .map(|manage| {
            let asked = DjangoProject {
                manage: manage.to_path_buf(),
                python: python.into(),
            };
            progress::during(project, "asking Django", || ask_django(&asked))
        })
        .transpose()
        .map_err(|error| explain(&error))?;
    let Some(url) = database else {
        return Ok(asked.unwrap_or_default());
    };
    let mut connection = Connection::open(url).map_err(|error| refused(&error))?;
    let catalog = progress::during(project, "reading the database", || {
        read_catalog(&mut connection)
    })
    .map_err(|error| explain(&error))?;
    let mut inferred = infer(&catalog);
    let overrides: BTreeMap<String, Override> = config
        .map(|config| &config.models)
        .into_iter()
        .flatten()
        .map(|(table, model)| {
            let wanted = Override {
                label: model.name.clone(),
                related_names: model.related_name.clone(),
                ignore: model.ignore,
            };
            (table.clone(), wanted)
        })
        .collect();
    for table in apply_overrides(&mut inferred, &overrides) {
        output::say(&format!(
            "djq: djq.toml's [models] names the table `{table}`, which the database does not have"
        ));
    }
    let Some(asked) = asked else {
        return Ok(inferred);
    };
    for disagreement in disagreements(&asked, &inferred, connection.database()) {
        output::say(&format!(
            "djq: Django and the database disagree on {disagreement}"
        ));
    }
    Ok(asked)
}

/// How many models and relations, in a few words.
pub(crate) fn summary(snapshot: &Snapshot) -> String {
    let guessed = snapshot
        .models
        .iter()
        .filter(|model| model.kind == "inferred")
        .count();
    let guessed = if guessed == 0 {
        String::new()
    } else {
        format!(", {guessed} of them inferred")
    };
    format!("{} models{guessed}", snapshot.models.len())
}

fn explain(error: &IntrospectError) -> Failure {
    match error {
        IntrospectError::Database(error) => refused(error),
        other => Failure::call(other.to_string()),
    }
}

fn unusable(problems: &[djq_schema::SnapshotProblem]) -> Failure {
    let first = problems
        .first()
        .map_or_else(String::new, |problem| problem.message.clone());
    Failure::input(format!("what the sources say makes no schema: {first}"))
}
