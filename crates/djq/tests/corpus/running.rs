//! Every query on every database.

use crate::case::{self, Case, Project};
use crate::nulls::{self, FieldNulls, Seen};
use crate::rows::{self, Cell, Order, Tolerance};
use crate::{arguments, databases, oracle};
use djq_check::{Interface, NullReason, hir::Cardinality};
use djq_client::{Access, Connection, Value};
use djq_plan::plan::Nesting;
use djq_sql::{Rendered, dialect::DialectId};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

mod writing;

/// What ran.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    files: usize,
    /// Queries of `snapshots/` over the blog and the shop.
    corpus: usize,
    /// Those of them whose rows plain SQL says.
    with_oracle: usize,
    queries: usize,
    declared: usize,
    statements: usize,
    runs: usize,
    rows: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.corpus += other.corpus;
        self.with_oracle += other.with_oracle;
        self.queries += other.queries;
        self.declared += other.declared;
        self.statements += other.statements;
        self.runs += other.runs;
        self.rows += other.rows;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            files,
            corpus,
            with_oracle,
            queries,
            declared,
            statements,
            runs,
            rows,
        } = self;
        write!(
            f,
            "{files} files; {queries} queries ran of {declared}, {corpus} of them in snapshots/, where {with_oracle} have \
             reference SQL; {statements} statements prepared, {runs} runs, {rows} rows"
        )
    }
}

impl Counts {
    /// What is wrong where fewer queries ran than there are, or the corpus has shrunk.
    pub(crate) fn too_few(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.queries < self.declared {
            wrong.push(format!("{} queries ran of {}", self.queries, self.declared));
        }
        if std::env::var_os("DJQ_CORPUS").is_none() {
            if self.corpus < 150 {
                wrong.push(format!(
                    "the corpus has {} queries, fewer than 150",
                    self.corpus
                ));
            }
            if self.with_oracle * 2 < self.corpus {
                wrong.push(format!(
                    "{} of {} queries have reference SQL, fewer than half",
                    self.with_oracle, self.corpus
                ));
            }
        }
        wrong
    }
}

/// A project's queries, compiled.
pub(crate) struct Compiled {
    jobs: Vec<Job>,
    counts: Counts,
    wrong: Vec<String>,
}

/// A query to run.
struct Job {
    label: String,
    interface: Arc<Interface>,
    /// Why its values may be null.
    nulls: Vec<FieldNulls>,
    /// Whether it is proven to have one row at most, declared or not.
    at_most_one: bool,
    order: Order,
    /// As the project's own collations compare text: prepared.
    plain: Vec<(DialectId, Rendered)>,
    /// As it is run.
    sql: Vec<(DialectId, Rendered)>,
    /// With nested rows as JSON, where there are any; run beside.
    json: Vec<(DialectId, Rendered)>,
    /// Arguments, and SQL that says the rows.
    runs: Vec<(Vec<Option<Value>>, Option<String>)>,
    /// Arguments with which every database refuses what it writes.
    fails: Vec<Vec<Option<Value>>>,
    /// Whether it locks rows, which servers do not let a connection that only reads.
    locks: bool,
    /// Of one that writes: the jobs that read what is there afterwards, places among all.
    after: Vec<usize>,
}

impl Job {
    fn sql(&self, dialect: DialectId) -> Option<&Rendered> {
        self.sql
            .iter()
            .find(|(id, _)| *id == dialect)
            .map(|(_, sql)| sql)
    }
}

impl Compiled {
    pub(crate) fn of(cases: &[Case], project: Project) -> Self {
        let mut compiled = Self {
            jobs: Vec::new(),
            counts: Counts {
                files: cases.len(),
                ..Counts::default()
            },
            wrong: Vec::new(),
        };
        let exact = case::compile(cases, project, true);
        let json = case::compile_nested(cases, project, true, Nesting::Json);
        let plain = case::compile(cases, project, false);
        for ((plain, exact), json) in plain.into_iter().zip(exact).zip(json) {
            compiled.add(plain, exact, json, project);
        }
        compiled
    }

    fn add(
        &mut self,
        plain: case::CompiledCase<'_>,
        exact: case::CompiledCase<'_>,
        json: case::CompiledCase<'_>,
        project: Project,
    ) {
        let case = plain.case;
        self.wrong.extend(plain.wrong_diagnostics());
        if case.errors == 0 {
            self.counts.declared += case.queries.len();
        }
        let mut oracles = oracle::beside(case);
        let in_corpus = case.path.starts_with("snapshots/");
        let first = self.jobs.len();
        let mut after = Vec::new();
        let queries = plain.file.queries.into_iter().zip(exact.file.queries);
        for ((query, exact), json) in queries.zip(json.file.queries) {
            let name = query.name().to_owned();
            let label = format!("{}:{name}", case.path);
            let steering = case.steering(&name);
            let texts = if steering.runs.is_empty() && steering.fails.is_empty() && case.runs {
                vec![String::new()]
            } else {
                steering.runs
            };
            let mut runs = Vec::new();
            for (index, text) in texts.iter().enumerate() {
                match arguments::of(&query.hir.interface, project.schema(), text) {
                    Ok(arguments) => {
                        runs.push((arguments, oracles.remove(&(name.clone(), index + 1))))
                    }
                    Err(error) => self.wrong.push(format!("{label}: {error}")),
                }
            }
            let mut fails = Vec::new();
            for text in &steering.fails {
                match arguments::of(&query.hir.interface, project.schema(), text) {
                    Ok(arguments) => fails.push(arguments),
                    Err(error) => self.wrong.push(format!("{label}: {error}")),
                }
            }
            if case.errors == 0 {
                self.counts.queries += 1;
                self.counts.corpus += usize::from(in_corpus);
                self.counts.with_oracle +=
                    usize::from(in_corpus && runs.iter().any(|(_, oracle)| oracle.is_some()));
            }
            let mut order = Order::of(&query.plan);
            order.ordered &= !steering.ties;
            after.push(steering.after);
            let sql = if case.own_collation {
                query.sql.clone()
            } else {
                exact.sql
            };
            // Nested rows as JSON must be those that levels give.
            let json = match query.plan.statements.len() > 1 && !case.own_collation {
                true => json.sql,
                false => Vec::new(),
            };
            if !json.is_empty() && json.len() < sql.len() {
                self.wrong
                    .push(format!("{label}: not on all databases as JSON"));
            }
            let schema = project.schema();
            let inconsistent = nulls::inconsistent(&query.hir, schema).into_iter();
            self.wrong
                .extend(inconsistent.map(|wrong| format!("{label}: {wrong}")));
            self.jobs.push(Job {
                json,
                label,
                nulls: nulls::of(&query.hir, schema),
                at_most_one: query.hir.write.is_none() && query.hir.body.at_most_one
                    || query.hir.interface.cardinality != Cardinality::Many,
                locks: query.hir.lock.is_some(),
                interface: query.hir.interface,
                order,
                plain: query.sql,
                sql,
                runs,
                fails,
                after: Vec::new(),
            });
        }
        self.link(first, after, &case.path);
        let left: Vec<String> = oracles
            .into_keys()
            .map(|(query, run)| {
                format!(
                    "{}: its reference SQL has `{query} {run}`, which is no run",
                    case.path
                )
            })
            .collect();
        self.wrong.extend(left);
    }
}

impl Compiled {
    /// Finds the jobs of a file that say what is there after those that write.
    fn link(&mut self, first: usize, after: Vec<Vec<String>>, path: &str) {
        let labels: Vec<String> = self.jobs.iter().map(|job| job.label.clone()).collect();
        for (place, names) in after.into_iter().enumerate() {
            for name in names {
                let label = format!("{path}:{name}");
                match labels.iter().position(|known| *known == label) {
                    Some(found) => self.jobs[first + place].after.push(found),
                    None => self.wrong.push(format!("{label}: there is no such query")),
                }
            }
            let job = &self.jobs[first + place];
            if job.interface.writes && job.after.is_empty() && !job.runs.is_empty() {
                self.wrong.push(format!(
                    "{}: nothing says what is there afterwards (`# after:`)",
                    job.label
                ));
            }
        }
    }
}

/// What a database gave for a job: for each run its rows, settled.
struct Found {
    runs: Vec<Result<Vec<Vec<Cell>>, String>>,
    wrong: Vec<String>,
    statements: usize,
    /// What made its nulls.
    seen: BTreeSet<NullReason>,
}

impl Found {
    /// Holds rows against what the types promise of them.
    fn keep(&mut self, job: &Job, rows: &[Vec<djq_client::Field>]) {
        let mut broken = Vec::new();
        rows::broken_promises(&job.interface.row, rows, &mut broken);
        if !broken.is_empty() {
            self.wrong.push(format!(
                "null where the type has none: {}",
                broken.join(", ")
            ));
        }
        if job.at_most_one && rows.len() > 1 {
            self.wrong
                .push(format!("{} rows where there is at most one", rows.len()));
        }
        nulls::note(&job.nulls, rows, &mut self.seen);
    }
}

/// Runs a project's queries on its four databases side by side and compares.
pub(crate) fn run(project: Project, compiled: &Compiled, seen: &mut Seen) -> (Counts, Vec<String>) {
    let (mut counts, mut wrong) = (compiled.counts, compiled.wrong.clone());
    let found: Vec<(DialectId, Vec<Found>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = DialectId::ALL
            .map(|dialect| {
                (
                    dialect,
                    scope.spawn(move || on(project, dialect, &compiled.jobs)),
                )
            })
            .into_iter()
            .collect();
        workers
            .into_iter()
            .map(|(dialect, worker)| {
                (
                    dialect,
                    worker
                        .join()
                        .unwrap_or_else(|_| panic!("{dialect} failed; see above")),
                )
            })
            .collect()
    });
    for (dialect, jobs) in &found {
        for (job, found) in compiled.jobs.iter().zip(jobs) {
            wrong.extend(
                found
                    .wrong
                    .iter()
                    .map(|error| format!("{} on {dialect}: {error}", job.label)),
            );
            counts.statements += found.statements;
            seen.entry(*dialect).or_default().extend(&found.seen);
        }
    }
    let writes = compiled.jobs.iter().any(|job| job.interface.writes);
    let access = if writes { Access::Write } else { Access::Read };
    let mut oracles = databases::open_with(project, DialectId::Postgres, access);
    for (index, job) in compiled.jobs.iter().enumerate() {
        for (run, (_, oracle)) in job.runs.iter().enumerate() {
            let rows = found.iter().filter_map(|(dialect, jobs)| {
                let rows = jobs.get(index)?.runs.get(run)?.as_ref().ok()?;
                Some((*dialect, rows))
            });
            let rows: Vec<(DialectId, &Vec<Vec<Cell>>)> = rows.collect();
            counts.runs += rows.len();
            counts.rows += rows.iter().map(|(_, rows)| rows.len()).sum::<usize>();
            let label = if job.runs.len() > 1 {
                format!("{} (run {})", job.label, run + 1)
            } else {
                job.label.clone()
            };
            wrong.extend(compare(
                &label,
                job,
                &rows,
                oracle.as_deref(),
                &mut oracles,
                project,
                &compiled.jobs,
            ));
        }
    }
    (counts, wrong)
}

/// Compares with the reference rows where there are some, else with the first database.
fn compare(
    label: &str,
    job: &Job,
    found: &[(DialectId, &Vec<Vec<Cell>>)],
    oracle: Option<&str>,
    connection: &mut Connection,
    project: Project,
    jobs: &[Job],
) -> Vec<String> {
    let reference = match oracle.map(|sql| {
        if job.interface.writes {
            return writing::reference(connection, sql, job, jobs, project);
        }
        oracle::rows(connection, sql, &job.interface.row, project.schema())
    }) {
        Some(Ok(mut rows)) => {
            if !job.interface.writes {
                rows::settle(&mut rows, &job.order);
            }
            Some(("the reference SQL", rows))
        }
        Some(Err(error)) => return vec![format!("{label}: its reference SQL: {error}")],
        None => found
            .first()
            .map(|(dialect, rows)| (dialect.title(), (*rows).clone())),
    };
    let Some((whose, wanted)) = reference else {
        return Vec::new();
    };
    let difference = |(dialect, rows): &(DialectId, &Vec<Vec<Cell>>)| {
        let tolerance = if *dialect == DialectId::Sqlite {
            Tolerance::SQLITE
        } else {
            Tolerance::EXACT
        };
        let difference = rows::difference(&wanted, rows, tolerance)?;
        Some(format!(
            "{label}: {dialect} differs from {whose}: {difference}"
        ))
    };
    found.iter().filter_map(difference).collect()
}

fn on(project: Project, dialect: DialectId, jobs: &[Job]) -> Vec<Found> {
    let writes = jobs.iter().any(|job| job.interface.writes || job.locks);
    let mut writer = writes.then(|| databases::open_with(project, dialect, Access::Write));
    let mut connection = databases::open(project, dialect);
    jobs.iter()
        .map(|job| match &mut writer {
            Some(writer) if job.interface.writes => {
                writing::one(project, dialect, job, jobs, writer)
            }
            Some(writer) if job.locks => one(project, dialect, job, writer),
            _ => one(project, dialect, job, &mut connection),
        })
        .collect()
}

fn one(project: Project, dialect: DialectId, job: &Job, connection: &mut Connection) -> Found {
    let mut found = Found {
        runs: Vec::new(),
        wrong: Vec::new(),
        statements: 0,
        seen: BTreeSet::new(),
    };
    let of = |list: &[(DialectId, Rendered)]| list.iter().position(|(id, _)| *id == dialect);
    if let Some((_, plain)) = of(&job.plain).and_then(|place| job.plain.get(place)) {
        // Each text that the runs send; those of a query without guards are all the same.
        let mut prepared: Vec<String> = Vec::new();
        let none = (Vec::new(), None);
        for (arguments, _) in job.runs.iter().chain(job.runs.is_empty().then_some(&none)) {
            for statement in &plain.statements {
                let text = statement.text(&mut |guard| djq_client::holds(guard, arguments));
                if prepared.iter().any(|known| **known == *text.sql) {
                    continue;
                }
                found.statements += 1;
                if let Err(error) = connection.prepare(&text.sql) {
                    found.wrong.push(format!("{error}\n{}", text.sql));
                }
                prepared.push(text.sql.into_owned());
            }
        }
    }
    let Some((_, sql)) = of(&job.sql).and_then(|place| job.sql.get(place)) else {
        return found;
    };
    for (arguments, _) in &job.runs {
        let started = Instant::now();
        let rows = djq_client::run(connection, project.schema(), sql, arguments)
            .map_err(|error| error.to_string());
        let took = started.elapsed();
        if took > Duration::from_secs(2) {
            eprintln!("{} on {dialect}: {:.1} s", job.label, took.as_secs_f64());
        }
        match &rows {
            Ok(rows) => found.keep(job, rows),
            Err(error) => {
                let texts: Vec<String> = sql
                    .statements
                    .iter()
                    .map(|statement| {
                        let text = statement.text(&mut |guard| djq_client::holds(guard, arguments));
                        text.sql.into_owned()
                    })
                    .collect();
                found.wrong.push(format!("{error}\n{}", texts.join(";\n")));
            }
        }
        let rows = rows.map(|rows| settled(&rows, job));
        if let (Ok(rows), Some((_, json))) =
            (&rows, of(&job.json).and_then(|place| job.json.get(place)))
        {
            found.statements += 1;
            let wrong = match djq_client::run(connection, project.schema(), json, arguments) {
                Ok(json) => rows::difference(rows, &settled(&json, job), Tolerance::NONE),
                Err(error) => Some(error.to_string()),
            };
            if let Some(wrong) = wrong {
                let text: Vec<&str> = json
                    .statements
                    .iter()
                    .flat_map(|statement| &statement.pieces)
                    .map(|piece| &*piece.sql)
                    .collect();
                found
                    .wrong
                    .push(format!("as JSON: {wrong}\n{}", text.join("")));
            }
        }
        found.runs.push(rows);
    }
    found
}

fn settled(rows: &[Vec<djq_client::Field>], job: &Job) -> Vec<Vec<Cell>> {
    let mut cells = rows::cells(rows);
    rows::settle(&mut cells, &job.order);
    cells
}
