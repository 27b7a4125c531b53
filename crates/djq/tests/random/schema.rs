//! Random models: their snapshot, their tables, their rows.

use crate::{dice::Dice, kind::Kind, values};
use djq_check::{Type, hir::Literal};
use djq_schema::Schema;
use djq_sql::dialect::{Dialect, DialectId};
use serde_json::json;
use std::fmt::Write;

const NAMES: [&str; 6] = ["Ant", "Bee", "Cat", "Dog", "Elk", "Fox"];

/// Models, tables and rows.
pub(crate) struct World {
    pub(crate) models: Vec<Model>,
    pub(crate) schema: Schema,
    /// In front of each table's name.
    prefix: String,
    rows: Vec<(String, Vec<Field>, Vec<Vec<Literal>>)>,
}

/// A model as the queries see it.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) name: &'static str,
    pub(crate) fields: Vec<Field>,
    pub(crate) relations: Vec<Relation>,
}

/// A field with a column.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    column: String,
    pub(crate) kind: Kind,
    storage: Storage,
    pub(crate) null: bool,
    unique: bool,
    /// The model that a foreign key leads to.
    pub(crate) target: Option<usize>,
}

/// How a column is declared, where a kind has several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Storage {
    /// Made by the database.
    Key,
    /// Said by whoever makes the row.
    OwnKey,
    Small,
    /// Unsigned on MySQL and MariaDB.
    Positive,
    Plain,
    Big,
}

/// A way from a model to another.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    pub(crate) name: String,
    pub(crate) target: usize,
    pub(crate) to_many: bool,
}

impl Model {
    /// Whether a new row is given its key by whoever makes it.
    pub(crate) fn has_own_key(&self) -> bool {
        self.fields
            .first()
            .is_some_and(|field| field.storage == Storage::OwnKey)
    }

    /// Bounds of what a column holds, as [`values::constant`] gives them.
    pub(crate) fn bound(kind: Kind) -> f64 {
        match kind {
            Kind::Int => 2_147_483_648.0,
            Kind::Text => 4.0,
            _ => 1001.0,
        }
    }
}

impl World {
    pub(crate) fn new(dice: &mut Dice, number: u64) -> Self {
        let count = dice.between(3, 5);
        let prefix = format!("w{number}_");
        let mut models: Vec<Model> = (0..count).map(|place| model(dice, place)).collect();
        let mut links = Vec::new();
        for place in 0..count {
            for (number, target) in foreign_keys(dice, place).into_iter().enumerate() {
                add_foreign_key(dice, &mut models, place, target, number);
            }
        }
        if count > 1 {
            for _ in 0..dice.between(1, 2) {
                let (from, to) = (dice.below(count), dice.below(count));
                if from != to && !links.contains(&(from, to)) {
                    links.push((from, to));
                    add_many_to_many(&mut models, from, to);
                }
            }
        }
        let mut world = Self {
            schema: snapshot(&models, &links, &prefix),
            models,
            prefix,
            rows: Vec::new(),
        };
        world.fill(dice, &links);
        world
    }

    fn fill(&mut self, dice: &mut Dice, links: &[(usize, usize)]) {
        let mut sizes = Vec::new();
        for model in &self.models {
            let size = match dice.below(8) {
                0 => 0,
                1 => 1,
                _ => dice.between(4, 14),
            };
            let size = if model.fields.iter().any(|field| {
                field.target.is_some_and(|target| {
                    !field.null && target < sizes.len() && sizes.get(target) == Some(&0)
                })
            }) {
                0
            } else {
                size
            };
            sizes.push(size);
        }
        for (place, model) in self.models.iter().enumerate() {
            let rows = (0..sizes[place])
                .map(|row| {
                    model
                        .fields
                        .iter()
                        .map(|field| cell(dice, field, row, &sizes))
                        .collect()
                })
                .collect();
            let table = format!("{}{}", self.prefix, model.name.to_lowercase());
            self.rows.push((table, model.fields.clone(), rows));
        }
        for (from, to) in links {
            let mut pairs = Vec::new();
            for a in 0..sizes[*from] {
                for b in 0..sizes[*to] {
                    if dice.chance(25) {
                        let id = i64::try_from(pairs.len() + 1).unwrap_or(0);
                        pairs.push(vec![Literal::Int(id), key(a), key(b)]);
                    }
                }
            }
            let fields = vec![
                id(),
                link_field(&self.models, *from),
                link_field(&self.models, *to),
            ];
            self.rows.push((
                format!("{}{}", self.prefix, link_table(&self.models, *from, *to)),
                fields,
                pairs,
            ));
        }
    }

    /// A query for all rows of each model.
    pub(crate) fn readings(&self) -> String {
        let mut text = String::new();
        for model in &self.models {
            let names: Vec<String> = model.fields.iter().map(Field::key_name).collect();
            let (name, names) = (model.name, names.join(", "));
            let _ = writeln!(
                text,
                "query {} {{ from {name} select {names} order by id }}",
                name.to_lowercase()
            );
        }
        text
    }

    /// The names of its tables.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(table, _, _)| &**table)
    }

    /// What makes the tables with their rows in a database.
    pub(crate) fn sql(&self, dialect: &dyn Dialect) -> String {
        let quote = dialect.quote();
        let mut sql = String::new();
        for (table, fields, rows) in &self.rows {
            let columns: Vec<String> = fields
                .iter()
                .map(|field| {
                    let null = if field.null { "NULL" } else { "NOT NULL" };
                    let key = if field.is_key() {
                        " PRIMARY KEY"
                    } else if field.unique {
                        " UNIQUE"
                    } else {
                        ""
                    };
                    format!(
                        "{quote}{}{quote} {} {null}{key}",
                        field.column,
                        column_type(field, dialect.id())
                    )
                })
                .collect();
            let _ = writeln!(
                sql,
                "CREATE TABLE {quote}{table}{quote} ({});",
                columns.join(", ")
            );
            for row in rows {
                let cells: Vec<String> = row
                    .iter()
                    .zip(fields)
                    .map(|(cell, field)| {
                        // The text of a JSON value, not a JSON text.
                        let ty = match field.kind {
                            Kind::Json => Type::Text,
                            _ => field.ty(),
                        };
                        let constant = dialect.literal(cell, &ty);
                        constant.map_or("NULL".into(), |constant| constant.sql.into_owned())
                    })
                    .collect();
                let _ = writeln!(
                    sql,
                    "INSERT INTO {quote}{table}{quote} VALUES ({});",
                    cells.join(", ")
                );
            }
        }
        sql
    }
}

fn id() -> Field {
    Field {
        name: "id".into(),
        column: "id".into(),
        kind: Kind::Int,
        storage: Storage::Key,
        null: false,
        unique: false,
        target: None,
    }
}

fn model(dice: &mut Dice, place: usize) -> Model {
    let name = NAMES[place];
    let letter = name.to_lowercase().chars().next().unwrap_or('x');
    let mut fields = vec![id()];
    if dice.chance(60) {
        fields[0].storage = Storage::OwnKey;
    }
    let mut kinds = Kind::EXACT.to_vec();
    kinds.extend([Kind::Int, Kind::Text, Kind::Int, Kind::Text, Kind::Json]);
    for number in 0..dice.between(4, 8) {
        let kind = *dice.pick(&kinds);
        let storage = match dice.below(5) {
            0 => Storage::Small,
            1 => Storage::Big,
            2 => Storage::Positive,
            _ => Storage::Plain,
        };
        let name = format!("{letter}{}{number}", &kind.name()[..2]);
        fields.push(Field {
            column: name.clone(),
            name,
            kind,
            storage,
            null: dice.chance(55),
            unique: false,
            target: None,
        });
    }
    Model {
        name,
        fields,
        relations: Vec::new(),
    }
}

/// The models that this one has keys of: earlier ones, or itself.
fn foreign_keys(dice: &mut Dice, place: usize) -> Vec<usize> {
    (0..dice.between(usize::from(place > 0), 2))
        .map(|_| dice.below(place + 1))
        .collect()
}

fn add_foreign_key(
    dice: &mut Dice,
    models: &mut [Model],
    place: usize,
    target: usize,
    number: usize,
) {
    let own = models[place].name.to_lowercase();
    let name = format!("{own}_{}{number}", models[target].name.to_lowercase());
    let to_itself = place == target;
    let one_to_one = !to_itself && dice.chance(15);
    models[place].fields.push(Field {
        column: format!("{name}_id"),
        name: name.clone(),
        kind: Kind::Int,
        storage: Storage::Key,
        null: to_itself || one_to_one || dice.chance(50),
        unique: one_to_one,
        target: Some(target),
    });
    models[place].relations.push(Relation {
        name: name.clone(),
        target,
        to_many: false,
    });
    models[target].relations.push(Relation {
        name: format!("{name}_back"),
        target: place,
        to_many: !one_to_one,
    });
}

fn link_table(models: &[Model], from: usize, to: usize) -> String {
    format!(
        "{}_{}s",
        models[from].name.to_lowercase(),
        models[to].name.to_lowercase()
    )
}

fn link_field(models: &[Model], model: usize) -> Field {
    let name = models[model].name.to_lowercase();
    Field {
        column: format!("{name}_id"),
        name,
        target: Some(model),
        ..id()
    }
}

fn add_many_to_many(models: &mut [Model], from: usize, to: usize) {
    let name = link_table(models, from, to);
    models[from].relations.push(Relation {
        name: name.clone(),
        target: to,
        to_many: true,
    });
    models[to].relations.push(Relation {
        name: format!("{name}_back"),
        target: from,
        to_many: true,
    });
}

fn key(row: usize) -> Literal {
    Literal::Int(i64::try_from(row + 1).unwrap_or(0))
}

fn cell(dice: &mut Dice, field: &Field, row: usize, sizes: &[usize]) -> Literal {
    match field.target {
        None if field.is_key() => key(row),
        Some(target) => {
            let size = sizes[target];
            if size == 0 || (field.unique && row >= size) || (field.null && dice.chance(30)) {
                Literal::Null
            } else if field.unique {
                key(row)
            } else {
                key(dice.below(size))
            }
        }
        None if field.null && dice.chance(30) => Literal::Null,
        None => {
            let (literal, _) = values::constant(dice, field.kind);
            match (literal, field.storage) {
                (Literal::Int(number), Storage::Small) => {
                    Literal::Int(number.clamp(-32_768, 32_767))
                }
                (Literal::Int(number), Storage::Positive) => {
                    Literal::Int(number.clamp(0, 2_147_483_647))
                }
                (Literal::Int(number), _) => {
                    Literal::Int(number.clamp(-2_147_483_648, 2_147_483_647))
                }
                (literal, _) => literal,
            }
        }
    }
}

impl Field {
    fn ty(&self) -> Type {
        match self.kind {
            Kind::Bool => Type::Bool,
            Kind::Int if self.storage == Storage::Big => Type::BigInt,
            Kind::Int => Type::Int,
            Kind::Float | Kind::Approximate => Type::Float,
            Kind::Decimal => Type::Decimal(12, self.scale()),
            Kind::Text => Type::Text,
            Kind::Date => Type::Date,
            Kind::DateTime => Type::DateTime,
            Kind::Time => Type::Time,
            Kind::Duration => Type::Duration,
            Kind::Uuid => Type::Uuid,
            Kind::Json => Type::Json,
        }
    }

    /// Its name where it stands for the key that it holds.
    pub(crate) fn key_name(&self) -> String {
        match self.target {
            Some(_) => format!("{}_id", self.name),
            None => self.name.clone(),
        }
    }

    fn is_key(&self) -> bool {
        self.target.is_none() && matches!(self.storage, Storage::Key | Storage::OwnKey)
    }

    /// Whether no two rows have the same.
    pub(crate) fn is_unique(&self) -> bool {
        self.unique
    }

    /// Of a decimal.
    fn scale(&self) -> u16 {
        3
    }

    /// Its class in Django, and its type in a snapshot.
    fn django(&self) -> (&'static str, &'static str) {
        match (self.kind, self.storage) {
            (Kind::Bool, _) => ("BooleanField", "bool"),
            (Kind::Int, Storage::Key) if self.target.is_some() => ("ForeignKey", "int"),
            (Kind::Int, Storage::Key) => ("AutoField", "int"),
            (Kind::Int, Storage::Small) => ("SmallIntegerField", "int"),
            (Kind::Int, Storage::Positive) => ("PositiveIntegerField", "int"),
            (Kind::Int, Storage::Big) => ("BigIntegerField", "bigint"),
            (Kind::Int, Storage::Plain | Storage::OwnKey) => ("IntegerField", "int"),
            (Kind::Float | Kind::Approximate, _) => ("FloatField", "float"),
            (Kind::Decimal, _) => ("DecimalField", "decimal"),
            (Kind::Text, Storage::Big) => ("TextField", "text"),
            (Kind::Text, _) => ("CharField", "text"),
            (Kind::Date, _) => ("DateField", "date"),
            (Kind::DateTime, _) => ("DateTimeField", "datetime"),
            (Kind::Time, _) => ("TimeField", "time"),
            (Kind::Duration, _) => ("DurationField", "duration"),
            (Kind::Uuid, _) => ("UUIDField", "uuid"),
            (Kind::Json, _) => ("JSONField", "json"),
        }
    }
}

/// What Django declares a column as.
fn column_type(field: &Field, dialect: DialectId) -> String {
    use DialectId::{MariaDb, MySql, Postgres, Sqlite};
    let text = match (field.kind, dialect) {
        (Kind::Bool, _) => "bool",
        (Kind::Int, _) => match field.storage {
            Storage::Small => "smallint",
            Storage::Big => "bigint",
            Storage::Positive if matches!(dialect, MySql | MariaDb) => "integer unsigned",
            _ => "integer",
        },
        (Kind::Float | Kind::Approximate, Sqlite) => "real",
        (Kind::Float | Kind::Approximate, _) => "double precision",
        (Kind::Decimal, Sqlite) => "decimal",
        (Kind::Decimal, _) => return format!("numeric(12, {})", field.scale()),
        (Kind::Text, MySql | MariaDb) if field.storage == Storage::Big => "longtext",
        (Kind::Text, _) if field.storage == Storage::Big => "text",
        (Kind::Text, _) => "varchar(100)",
        (Kind::Date, _) => "date",
        (Kind::DateTime, Postgres) => "timestamp with time zone",
        (Kind::DateTime, Sqlite) => "datetime",
        (Kind::DateTime, _) => "datetime(6)",
        (Kind::Time, Postgres | Sqlite) => "time",
        (Kind::Time, _) => "time(6)",
        (Kind::Duration, Postgres) => "interval",
        (Kind::Duration, _) => "bigint",
        (Kind::Uuid, Postgres) => "uuid",
        (Kind::Uuid, _) => "char(32)",
        (Kind::Json, Postgres) => "jsonb",
        (Kind::Json, MySql) => "json",
        (Kind::Json, MariaDb) => "longtext",
        (Kind::Json, Sqlite) => "text",
    };
    text.into()
}

fn snapshot(models: &[Model], links: &[(usize, usize)], prefix: &str) -> Schema {
    let label = |model: usize| format!("zoo.{}", models[model].name);
    let mut described = Vec::new();
    for (place, model) in models.iter().enumerate() {
        let mut relations = Vec::new();
        for (other, owner) in models.iter().enumerate() {
            for field in &owner.fields {
                if field.target == Some(place) {
                    relations.push(json!({
                        "name": format!("{}_back", field.name),
                        "kind": if field.unique { "reverse_one_to_one" } else { "reverse_foreign_key" },
                        "target": label(other),
                        "field": field.name,
                    }));
                }
            }
        }
        for (from, to) in links {
            let name = link_table(models, *from, *to);
            let (a, b) = (
                models[*from].name.to_lowercase(),
                models[*to].name.to_lowercase(),
            );
            let through = format!("zoo.{name}");
            if *from == place {
                relations.push(json!({"name": name, "kind": "many_to_many", "target": label(*to), "through": through,
                    "through_fields": [a, b]}));
            }
            if *to == place {
                relations.push(json!({"name": format!("{name}_back"), "kind": "reverse_many_to_many",
                    "target": label(*from), "field": name, "through": through, "through_fields": [b, a]}));
            }
        }
        described.push(described_model(
            &label(place),
            &format!("{prefix}{}", model.name.to_lowercase()),
            "concrete",
            &model.fields,
            relations,
            &label,
        ));
    }
    for (from, to) in links {
        let fields = [id(), link_field(models, *from), link_field(models, *to)];
        let name = link_table(models, *from, *to);
        let mut model = described_model(
            &format!("zoo.{name}"),
            &format!("{prefix}{name}"),
            "auto",
            &fields,
            Vec::new(),
            &label,
        );
        model["unique"] = json!([[fields[1].name, fields[2].name]]);
        described.push(model);
    }
    let text =
        json!({"version": 1, "source": "django", "use_tz": true, "models": described}).to_string();
    Schema::from_json(&text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

fn described_model(
    label: &str,
    table: &str,
    kind: &str,
    fields: &[Field],
    relations: Vec<serde_json::Value>,
    target: &dyn Fn(usize) -> String,
) -> serde_json::Value {
    let unique: Vec<[&str; 1]> = fields
        .iter()
        .filter(|field| field.unique)
        .map(|field| [&*field.name])
        .collect();
    let fields: Vec<serde_json::Value> = fields
        .iter()
        .map(|field| {
            let (django, ty) = field.django();
            let mut described = json!({"name": field.name, "column": field.column, "type": ty, "django": django,
                "null": field.null});
            if let Some(model) = field.target {
                described["django"] = json!(if field.unique { "OneToOneField" } else { "ForeignKey" });
                described["target"] = json!(target(model));
                described["to_field"] = json!("id");
                described["on_delete"] = json!(if field.null && field.name.len() % 2 == 0 {
                    "SET_NULL"
                } else {
                    "CASCADE"
                });
            }
            if field.kind == Kind::Decimal {
                described["decimal"] = json!([12, field.scale()]);
            }
            if django == "CharField" {
                described["max_length"] = json!(100);
            }
            described
        })
        .collect();
    json!({"label": label, "table": table, "kind": kind, "primary_key": ["id"], "unique": unique, "fields": fields,
        "relations": relations})
}
