//! The four databases: tables for the operands, and the answers.

use crate::{
    case::{Case, expr, literal},
    value::V,
};
use djq_check::{
    Interface, RowShape, Type,
    hir::{BinaryOperator, Cardinality, Literal},
};
use djq_client::{Access, Connection, Value};
use djq_diagnostics::Span;
use djq_plan::plan::{
    Body, Expr, ExprKind, From, Item, Plan, Query, Select, Statement, Table, TableId,
};
use djq_runtime::sqlite::FUNCTIONS;
use djq_schema::FieldType;
use djq_sql::{
    compile,
    dialect::{Dialect, DialectId, Options, dialect},
};
use std::collections::HashMap;

/// How operands are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As literals.
    Literals,
    /// As columns.
    Columns,
    /// The first as a column, the others as literals.
    Mixed,
}

/// A database with a table for each sort of operands.
pub(crate) struct Server {
    pub(crate) dialect: Box<dyn Dialect>,
    connection: Connection,
    tables: HashMap<String, String>,
    rows: i64,
}

impl Server {
    pub(crate) fn open(id: DialectId, options: Options) -> Server {
        let url = match id {
            DialectId::Postgres => std::env::var("DJQ_TEST_POSTGRES_URL"),
            DialectId::MySql => std::env::var("DJQ_TEST_MYSQL_URL"),
            DialectId::MariaDb => std::env::var("DJQ_TEST_MARIADB_URL"),
            DialectId::Sqlite => Ok("sqlite::memory:".to_owned()),
        };
        let url = url.unwrap_or_else(|_| {
            panic!("no URL of {id}'s test server: eval \"$(tools/testdb env)\"")
        });
        let mut connection = Connection::open_with(&url, Access::Write).expect("a test server");
        // Nothing may depend on the session's time zone.
        match id {
            DialectId::Postgres => connection
                .batch("SET TimeZone TO 'America/New_York'; SET client_min_messages TO warning")
                .expect("settings"),
            DialectId::MySql | DialectId::MariaDb => {
                connection
                    .batch("SET time_zone = '+05:30'")
                    .expect("settings");
                // Each row on its own would wait for the disk.
                connection.begin().expect("a transaction");
            }
            DialectId::Sqlite => {}
        }
        Server {
            dialect: dialect(id, options),
            connection,
            tables: HashMap::new(),
            rows: 0,
        }
    }

    /// The SQL of a case, or why it is refused.
    pub(crate) fn sql(
        &self,
        case: &Case,
        operands: Vec<Expr>,
        table: Option<(&str, i64)>,
    ) -> Result<String, String> {
        let value = case.expr(operands);
        let plan = plan(value, table, case.is_aggregate());
        let rendered = compile(&plan, &*self.dialect).map_err(|found| format!("{found:?}"))?;
        for name in &rendered.functions {
            assert!(FUNCTIONS.contains(name), "nobody registers {name}");
        }
        Ok(rendered.statements[0].pieces[0].sql.to_string())
    }

    /// What an expression gives, over the row with id 1 of a table or over none.
    pub(crate) fn value(&mut self, value: Expr, table: Option<&str>) -> Value {
        let id = self.dialect.id();
        let ty = field_type(&value.ty.kind);
        let plan = plan(value, table.map(|table| (table, 1)), false);
        let rendered = compile(&plan, &*self.dialect).unwrap_or_else(|found| panic!("{found:?}"));
        let sql = &rendered.statements[0].pieces[0].sql;
        let rows = self
            .connection
            .query(sql, &[])
            .unwrap_or_else(|error| panic!("{id}: {error}\n{sql}"));
        rows.rows[0][0]
            .clone()
            .typed(&ty)
            .unwrap_or_else(|error| panic!("{id}: {error}\n{sql}"))
    }

    /// Runs statements of the test's own.
    pub(crate) fn batch(&mut self, statements: &[&str]) {
        for sql in statements {
            self.connection
                .execute(sql, &[])
                .unwrap_or_else(|error| panic!("{}: {error}\n{sql}", self.dialect.id()));
        }
    }

    /// What a case gives, or what went wrong; none where it is refused.
    pub(crate) fn answer(
        &mut self,
        case: &Case,
        mode: Mode,
    ) -> Result<Option<(Value, String)>, String> {
        let table = match mode {
            Mode::Literals => None,
            Mode::Columns | Mode::Mixed => Some(self.stored(case)),
        };
        let operands = case
            .operands
            .iter()
            .enumerate()
            .map(|(place, value)| {
                let column = !value.fixed
                    && match mode {
                        Mode::Literals => false,
                        Mode::Columns => true,
                        Mode::Mixed => place == 0,
                    };
                if column {
                    let name = format!("c{place}").into_boxed_str();
                    expr(
                        ExprKind::Column(TableId(0), name),
                        value.ty.clone().nullable(),
                    )
                } else {
                    literal(value)
                }
            })
            .collect();
        let table = table.as_ref().map(|(name, id)| (name.as_str(), *id));
        let sql = match self.sql(case, operands, table) {
            Ok(sql) => sql,
            Err(_) if case.refused.contains(&self.dialect.id()) => return Ok(None),
            Err(why) => return Err(format!("refused: {why}")),
        };
        if case.refused.contains(&self.dialect.id()) {
            return Err(format!("not refused\n    {sql}"));
        }
        let rows = self
            .connection
            .query(&sql, &[])
            .map_err(|error| format!("{error}\n    {sql}"))?;
        let value = rows
            .rows
            .first()
            .and_then(|row| row.first())
            .cloned()
            .ok_or_else(|| format!("no row\n    {sql}"))?;
        self.canonical(&value, &case.expected)
            .map_err(|why| format!("{why}\n    {sql}"))?;
        match value.typed(&field_type(&case.expected.ty)) {
            Ok(value) => Ok(Some((value, sql))),
            Err(error) => Err(format!("{error}\n    {sql}")),
        }
    }

    /// SQLite has one way to write each value, since text is how it compares.
    fn canonical(&self, value: &Value, expected: &V) -> Result<(), String> {
        if self.dialect.id() != DialectId::Sqlite || value.is_null() {
            return Ok(());
        }
        let good = match (&expected.literal, value) {
            (
                Literal::Date(text) | Literal::Time(text) | Literal::DateTime(text),
                Value::Text(found),
            ) => **text == **found,
            (Literal::Decimal(digits), Value::Float(found)) => digits.parse() == Ok(*found),
            (Literal::Int(_) | Literal::Duration(_), Value::Int(_)) => true,
            (Literal::Int(_) | Literal::Duration(_), _) => false,
            _ => true,
        };
        if good {
            Ok(())
        } else {
            Err(format!("SQLite holds {value:?}"))
        }
    }

    /// The table with the case's rows, and the number that they have there.
    fn stored(&mut self, case: &Case) -> (String, i64) {
        let id = self.dialect.id();
        let use_tz = self.dialect.options().use_tz;
        let signature: Vec<String> = case
            .operands
            .iter()
            .map(|value| column_type(id, &value.ty, use_tz))
            .collect();
        let key = signature.join(", ");
        let name = match self.tables.get(&key) {
            Some(name) => name.clone(),
            None => {
                let name = format!("operands_{}", self.tables.len());
                let columns: Vec<String> = signature
                    .iter()
                    .enumerate()
                    .map(|(place, ty)| format!(", c{place} {ty}"))
                    .collect();
                // Not the connection's collation: what is compared has to go together all the same.
                let end = match id {
                    DialectId::MySql | DialectId::MariaDb => {
                        " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
                    }
                    DialectId::Postgres | DialectId::Sqlite => "",
                };
                let sql = format!(
                    "CREATE TEMPORARY TABLE {name} (id integer NOT NULL{}){end}",
                    columns.concat()
                );
                self.connection
                    .execute(&sql, &[])
                    .unwrap_or_else(|error| panic!("{id}: {error}: {sql}"));
                self.tables.insert(key, name.clone());
                name
            }
        };
        self.rows += 1;
        let number = self.rows;
        for row in &case.rows {
            let mut sql = format!("INSERT INTO {name} VALUES ({number}");
            for value in row {
                let constant = self
                    .dialect
                    .literal(&value.literal, &value.ty)
                    .unwrap_or_else(|why| panic!("{id}: {why:?}"));
                sql.push_str(", ");
                sql.push_str(&constant.sql);
            }
            sql.push(')');
            self.connection
                .execute(&sql, &[])
                .unwrap_or_else(|error| panic!("{id}: {error}: {sql}"));
        }
        (name, number)
    }
}

/// `SELECT value FROM table WHERE id = number`.
fn plan(value: Expr, table: Option<(&str, i64)>, grouped: bool) -> Plan {
    let ty = value.ty.clone();
    let filter = table.map(|(_, number)| {
        let int = || Type::Int.required();
        let column = expr(ExprKind::Column(TableId(0), "id".into()), int());
        let number = expr(ExprKind::Literal(Literal::Int(number)), int());
        expr(
            ExprKind::Binary(BinaryOperator::Equal, Box::new(column), Box::new(number)),
            Type::Bool.required(),
        )
    });
    Plan {
        interface: Interface {
            name: "case".into(),
            docs: None,
            parameters: Vec::new(),
            cardinality: Cardinality::Many,
            row: RowShape { fields: Vec::new() },
            writes: false,
        }
        .into(),
        tables: vec![Table {
            alias: "o".into(),
            reason: None,
            span: Span::default(),
        }],
        statements: vec![Statement {
            query: Query {
                ctes: Vec::new(),
                body: Body::Select(Box::new(Select {
                    items: vec![Item {
                        value,
                        name: "answer".into(),
                    }],
                    from: table.map(|(table, _)| From::Table {
                        id: TableId(0),
                        schema: None,
                        table: table.into(),
                    }),
                    filter: filter.into_iter().collect(),
                    grouped,
                    ..Select::default()
                })),
                order_by: Vec::new(),
                limit: None,
                offset: None,
            },
            parent: None,
            lock: None,
            columns: vec![ty],
        }],
        write: None,
        row: Vec::new(),
        counts: Vec::new(),
        has_forms: false,
    }
}

/// A column of a type, as Django makes it.
fn column_type(id: DialectId, ty: &Type, use_tz: bool) -> String {
    let name = match (id, ty.base()) {
        (_, Type::Text) => "varchar(200)",
        (DialectId::Sqlite | DialectId::Postgres, Type::Bool) => "bool",
        (_, Type::Bool) => "tinyint(1)",
        (_, Type::Int) => "integer",
        (_, Type::BigInt) => "bigint",
        (DialectId::Sqlite, Type::Float) => "real",
        (_, Type::Float) => "double precision",
        (DialectId::Sqlite, Type::Decimal(..)) => "decimal",
        (_, Type::Decimal(precision, scale)) => return format!("numeric({precision}, {scale})"),
        (_, Type::Date) => "date",
        (DialectId::MySql | DialectId::MariaDb, Type::Time) => "time(6)",
        (_, Type::Time) => "time",
        (DialectId::MySql | DialectId::MariaDb, Type::DateTime) => "datetime(6)",
        (DialectId::Sqlite, Type::DateTime) => "datetime",
        (DialectId::Postgres, Type::DateTime) if use_tz => "timestamptz",
        (DialectId::Postgres, Type::DateTime) => "timestamp",
        (DialectId::Postgres, Type::Duration) => "interval",
        (_, Type::Duration) => "bigint",
        (DialectId::Postgres | DialectId::MariaDb, Type::Uuid) => "uuid",
        (DialectId::Postgres, Type::Json) => "jsonb",
        (DialectId::Sqlite, Type::Json) => "text",
        (_, Type::Json) => "json",
        (_, Type::Uuid) => "char(32)",
        (_, other) => panic!("no case has a column of type {other}"),
    };
    name.to_owned()
}

/// The type that a value is read as.
fn field_type(ty: &Type) -> FieldType {
    match ty.base() {
        Type::Bool => FieldType::Bool,
        Type::Int => FieldType::Int,
        Type::BigInt => FieldType::BigInt,
        Type::Float => FieldType::Float,
        Type::Decimal(precision, scale) => FieldType::Decimal(*precision, *scale),
        Type::Date => FieldType::Date,
        Type::Time => FieldType::Time,
        Type::DateTime => FieldType::DateTime,
        Type::Duration => FieldType::Duration,
        Type::Uuid => FieldType::Uuid,
        Type::Text => FieldType::Text,
        Type::Json => FieldType::Json,
        Type::Array(of) => FieldType::Array(Box::new(field_type(of))),
        other => panic!("no case gives a {other}"),
    }
}
