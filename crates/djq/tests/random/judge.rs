//! What became of a query: compiled, run everywhere, compared.

use crate::{
    databases::Databases,
    kind::Kind,
    query::{Parameter, Query},
    rows::{self, Cell, Order, Tolerance},
    schema::World,
};
use djq_check::hir::Literal;
use djq_client::{ClientError, Connection, Value, Written};
use djq_compiler::{CompiledFile, CompiledQuery, LintLevel, Program, Settings};
use djq_plan::plan::Nesting;
use djq_schema::FieldType;
use djq_sql::{
    Rendered,
    dialect::{Dialect, DialectId, Options, dialect},
};
use std::{collections::BTreeMap, time::Instant};

/// What became of a query.
pub(crate) enum Verdict {
    /// All databases that can run it gave the same rows.
    Same {
        rows: usize,
        /// Which dialects refused it, and by which code.
        refused: Vec<String>,
    },
    /// A server gave up: it took too long, or the statement was too large.
    Slow,
    /// The checker refuses it, in these words.
    Miss(String),
    Wrong {
        /// What sort of failure it is.
        signature: String,
        story: String,
    },
}

/// What judges the queries over a world.
pub(crate) struct Judge<'w> {
    world: &'w World,
    databases: &'w mut Databases,
    settings: Settings,
    dialects: Vec<Box<dyn Dialect>>,
    /// All rows of each model, for what is written.
    tables: Vec<CompiledQuery>,
    pub(crate) spent: &'w mut Spent,
}

/// Where the time went, in seconds.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    compiling: f64,
    databases: BTreeMap<DialectId, f64>,
    waiting: f64,
}

impl Spent {
    /// Takes in what another has spent.
    pub(crate) fn merge(&mut self, other: Self) {
        self.compiling += other.compiling;
        self.waiting += other.waiting;
        for (id, seconds) in other.databases {
            *self.databases.entry(id).or_default() += seconds;
        }
    }
}

/// What a database did.
enum Answer {
    Rows(Vec<Vec<Cell>>),
    /// Null where the type has none, rows where there can be none.
    Broken(String),
    Failed(String),
}

const OPTIONS: Options = Options {
    exact_collation: true,
    use_tz: true,
};

impl<'w> Judge<'w> {
    pub(crate) fn new(
        world: &'w World,
        databases: &'w mut Databases,
        spent: &'w mut Spent,
    ) -> Self {
        let lints: BTreeMap<String, LintLevel> = djq_diagnostics::codes::ALL
            .iter()
            .map(|code| (code.name.to_owned(), LintLevel::Allow))
            .collect();
        let settings = Settings {
            exact_collation: true,
            lints,
            ..Settings::of(DialectId::ALL)
        };
        let tables = compiled(&world.readings(), world, &settings).queries;
        Self {
            world,
            databases,
            settings,
            tables,
            dialects: DialectId::ALL
                .into_iter()
                .map(|id| dialect(id, OPTIONS))
                .collect(),
            spent,
        }
    }

    pub(crate) fn judge(&mut self, query: &Query) -> Verdict {
        let (text, parameters) = query.text();
        let started = Instant::now();
        self.settings.nesting = if query.json {
            Nesting::Json
        } else {
            Nesting::Levels
        };
        let mut file = compiled(&text, self.world, &self.settings);
        let Some(compiled) = file.queries.pop() else {
            let first = file
                .diagnostics
                .iter()
                .find(|diagnostic| diagnostic.is_error());
            return Verdict::Miss(first.map_or("nothing".into(), |first| {
                let words = first.message.split('`').step_by(2);
                format!("{} {}", first.code.id, words.collect::<Vec<_>>().join("…"))
            }));
        };
        let refused = file
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .map(|diagnostic| format!("{} {}", diagnostic.code.id, diagnostic.message))
            .collect();
        let values: Vec<Option<Value>> = parameters
            .iter()
            .map(|parameter| (parameter.optional != Some(false)).then(|| value(parameter)))
            .collect();
        if query.writes {
            return self.judge_writing(&compiled, &values, refused);
        }
        let naive = djq_plan::plan_clause_by_clause(&compiled.hir, &self.world.schema);
        // Two of them are enough to see whether the plans mean the same.
        let naive: Vec<(DialectId, Option<Rendered>)> = self
            .dialects
            .iter()
            .filter(|dialect| matches!(dialect.id(), DialectId::Postgres | DialectId::Sqlite))
            .map(|dialect| (dialect.id(), djq_sql::compile(&naive, &**dialect).ok()))
            .collect();
        let mut order = Order::of(&compiled.plan);
        order.ordered &= query.total;
        let schema = &self.world.schema;
        let run = |sql: &Rendered, connection: &mut Connection| -> Answer {
            match djq_client::run(connection, schema, sql, &values) {
                Err(error) => Answer::Failed(error.to_string()),
                Ok(found) => match broken(&compiled, &found) {
                    Some(broken) => Answer::Broken(broken),
                    None => {
                        let mut cells = rows::cells(&found);
                        rows::settle(&mut cells, &order);
                        Answer::Rows(cells)
                    }
                },
            }
        };
        self.spent.compiling += started.elapsed().as_secs_f64();
        let started = Instant::now();
        let answers = self.databases.each(|id, connection| {
            let started = Instant::now();
            let merged = compiled.sql(id).map(|sql| run(sql, connection));
            let naive = naive
                .iter()
                .find(|(other, _)| *other == id)
                .and_then(|(_, sql)| sql.as_ref())
                .map(|sql| run(sql, connection));
            (merged, naive, started.elapsed().as_secs_f64())
        });
        self.spent.waiting += started.elapsed().as_secs_f64();
        let mut all: Vec<(String, DialectId, Answer)> = Vec::new();
        for (id, (merged, naive, seconds)) in answers {
            *self.spent.databases.entry(id).or_default() += seconds;
            all.extend(merged.map(|answer| (id.to_string(), id, answer)));
            all.extend(naive.map(|answer| (format!("{id}, clause by clause"), id, answer)));
        }
        let sql = |id: DialectId, whose: &str| -> String {
            let sql = if whose.contains(',') {
                naive
                    .iter()
                    .find(|(other, _)| *other == id)
                    .and_then(|(_, sql)| sql.as_ref())
            } else {
                compiled.sql(id)
            };
            sql.map_or(String::new(), statements)
        };
        compare(&all, &sql, refused)
    }
}

impl Judge<'_> {
    /// Of a query that writes: what it says it wrote, and all rows that are there then. Nothing of it stays.
    fn judge_writing(
        &mut self,
        compiled: &CompiledQuery,
        values: &[Option<Value>],
        refused: Vec<String>,
    ) -> Verdict {
        let (schema, tables) = (&self.world.schema, &self.tables);
        let no_order = Order::default();
        let write = |id: DialectId, connection: &mut Connection| -> Option<Answer> {
            let sql = compiled.sql(id)?;
            let begun = connection.begin();
            let mut told = || -> Result<Vec<Vec<Cell>>, ClientError> {
                let mut all = match djq_client::write(connection, schema, sql, values)? {
                    Written::Count(count) => vec![vec![Cell::Exact(count.to_string())]],
                    Written::Rows(found) => {
                        let mut cells = rows::cells(&found);
                        rows::settle(&mut cells, &no_order);
                        cells
                    }
                };
                for table in tables {
                    let reading = table.sql(id).into_iter();
                    for sql in reading {
                        let found = djq_client::run(connection, schema, sql, &[])?;
                        all.extend(rows::cells(&found));
                    }
                }
                Ok(all)
            };
            let told = begun.and_then(|()| told());
            let undone = connection.rollback();
            let told = told.and_then(|told| undone.map(|()| told));
            Some(match told {
                Ok(cells) => Answer::Rows(cells),
                Err(error) => Answer::Failed(error.to_string()),
            })
        };
        let answers = self.databases.each(write);
        let all: Vec<(String, DialectId, Answer)> = answers
            .into_iter()
            .filter_map(|(id, answer)| answer.map(|answer| (id.to_string(), id, answer)))
            .collect();
        // A key that is there twice is refused by all, each in its words.
        if all
            .iter()
            .all(|(_, _, answer)| matches!(answer, Answer::Failed(error) if is_double_key(error)))
        {
            return Verdict::Same { rows: 0, refused };
        }
        let sql = |id: DialectId, _: &str| compiled.sql(id).map_or(String::new(), statements);
        compare(&all, &sql, refused)
    }
}

/// Whether a server says that a key is there already.
fn is_double_key(error: &str) -> bool {
    [
        "duplicate key",
        "Duplicate entry",
        "UNIQUE constraint failed",
    ]
    .iter()
    .any(|words| error.contains(words))
}

fn compiled(text: &str, world: &World, settings: &Settings) -> CompiledFile {
    let program = Program::from_text("q.djq", text);
    let mut files = djq_compiler::compile(&program, &world.schema, settings);
    files.pop().unwrap_or_else(|| panic!("no file of\n{text}"))
}

fn compare(
    all: &[(String, DialectId, Answer)],
    sql: &dyn Fn(DialectId, &str) -> String,
    refused: Vec<String>,
) -> Verdict {
    let mut wanted: Option<(&str, DialectId, &Vec<Vec<Cell>>)> = None;
    for (whose, id, answer) in all {
        match answer {
            Answer::Failed(error) if is_timeout(error) || is_limit(error) => return Verdict::Slow,
            Answer::Failed(error) => {
                return Verdict::Wrong {
                    signature: format!("{whose} fails: {}", head(error)),
                    story: format!("{whose}: {error}\n{}", sql(*id, whose)),
                };
            }
            Answer::Broken(what) => {
                return Verdict::Wrong {
                    signature: format!("{whose}: {}", head(what)),
                    story: format!("{whose}: {what}\n{}", sql(*id, whose)),
                };
            }
            Answer::Rows(found) => match wanted {
                None => wanted = Some((whose, *id, found)),
                Some((first, first_id, wanted)) => {
                    let tolerance = if [*id, first_id].contains(&DialectId::Sqlite) {
                        Tolerance::SQLITE
                    } else {
                        Tolerance::EXACT
                    };
                    if let Some(difference) = rows::difference(wanted, found, tolerance) {
                        return Verdict::Wrong {
                            signature: format!("{whose} differs"),
                            story: format!(
                                "{whose} differs from {first}: {difference}\n-- {first}\n{}\n-- {whose}\n{}",
                                sql(first_id, first),
                                sql(*id, whose)
                            ),
                        };
                    }
                }
            },
        }
    }
    Verdict::Same {
        rows: wanted.map_or(0, |(_, _, rows)| rows.len()),
        refused,
    }
}

/// The beginning of a message: enough to tell sorts of failures apart.
fn head(error: &str) -> String {
    let words = error
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() > 2);
    words.take(9).collect::<Vec<_>>().join(" ")
}

/// Whether a statement is larger than a server takes: what is written twice in each of many calls in each other grows.
fn is_limit(error: &str) -> bool {
    error.contains("nested too deep") || error.contains("parser stack overflow")
}

fn is_timeout(error: &str) -> bool {
    [
        "statement timeout",
        "maximum statement execution time",
        "max_statement_time",
    ]
    .iter()
    .any(|text| error.contains(text))
}

fn statements(sql: &Rendered) -> String {
    let texts = sql.statements.iter().map(|statement| {
        statement
            .pieces
            .iter()
            .map(|piece| &*piece.sql)
            .collect::<String>()
    });
    texts.collect::<Vec<_>>().join(";\n")
}

/// A promise of the types that rows do not keep.
fn broken(compiled: &CompiledQuery, found: &[Vec<djq_client::Field>]) -> Option<String> {
    let interface = &compiled.hir.interface;
    let mut broken = Vec::new();
    rows::broken_promises(&interface.row, found, &mut broken);
    if !broken.is_empty() {
        return Some(format!(
            "null where the type has none: {}",
            broken.join(", ")
        ));
    }
    // Proven, whether it is declared or not.
    (compiled.hir.body.at_most_one && found.len() > 1)
        .then(|| format!("{} rows where there is at most one", found.len()))
}

fn value(parameter: &Parameter) -> Value {
    match &parameter.list {
        Some(list) => Value::Array(list.iter().map(|of| given(of, parameter.kind)).collect()),
        None => given(&parameter.value, parameter.kind),
    }
}

fn given(literal: &Literal, kind: Kind) -> Value {
    let ty = match kind {
        Kind::Date => FieldType::Date,
        Kind::Time => FieldType::Time,
        Kind::DateTime => FieldType::DateTime,
        _ => FieldType::Text,
    };
    match literal {
        Literal::Null | Literal::Calendar(_) => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Int(number) => Value::Int(*number),
        Literal::Float(number) => Value::Float(*number),
        Literal::Decimal(text) => Value::Decimal(text.to_string()),
        Literal::Text(text)
        | Literal::Date(text)
        | Literal::Time(text)
        | Literal::DateTime(text) => Value::Text(text.to_string()).typed(&ty).unwrap(),
        Literal::Duration(micros) => Value::Duration(*micros),
        Literal::Uuid(id) => Value::Uuid(u128::from_be_bytes(*id)),
    }
}
