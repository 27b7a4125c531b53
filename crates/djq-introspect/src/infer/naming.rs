//! Which model a table is of: its app and its name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalog::{Catalog, Table};

use super::digest::truncated;
use super::words::{Words, camel, plural, split, spoken};

/// A model's name, and whether anything but the table's name says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) app: String,
    /// As in `django_content_type`.
    pub(super) lower: String,
    /// As the class.
    pub(super) model: String,
    pub(super) guessed: bool,
}

impl Name {
    pub(super) fn label(&self) -> String {
        format!("{}.{}", self.app, self.model)
    }
}

/// Tables of Django that have fixed names; the last is no model of a project.
const FIXED: [(&str, &str, &str); 6] = [
    ("django_content_type", "contenttypes", "ContentType"),
    ("django_session", "sessions", "Session"),
    ("django_admin_log", "admin", "LogEntry"),
    ("django_site", "sites", "Site"),
    ("django_flatpage", "flatpages", "FlatPage"),
    ("django_redirect", "redirects", "Redirect"),
];

/// The app of a table that none claims.
const NO_APP: &str = "db";

/// Names for all tables but `except` (tables of many-to-many fields, which are named by their field).
pub(super) fn name_tables(catalog: &Catalog, except: &BTreeSet<&str>) -> HashMap<String, Name> {
    let tables: Vec<&Table> = catalog
        .tables
        .iter()
        .filter(|table| table.name != "django_migrations" && !except.contains(table.name.as_str()))
        .collect();
    let mut lower: HashMap<&str, (String, String, bool)> = HashMap::new();
    for table in &tables {
        if let Some((_, app, model)) = FIXED.iter().find(|(name, _, _)| *name == table.name) {
            lower.insert(&table.name, ((*app).into(), model.to_lowercase(), false));
        }
    }
    let mut types: Vec<&(i64, String, String)> = catalog.django.content_types.iter().collect();
    types.retain(|(_, app, model)| {
        let taken = lower
            .values()
            .any(|(known_app, known, _)| known_app == app && known == model);
        let table = truncated(&format!("{app}_{model}"), catalog.database);
        let found = tables
            .iter()
            .find(|there| there.name == table || there.name.eq_ignore_ascii_case(&table));
        if let Some(found) =
            found.filter(|found| !taken && !lower.contains_key(found.name.as_str()))
        {
            lower.insert(&found.name, (app.clone(), model.clone(), false));
            return false;
        }
        !taken
    });
    for (table, found) in claims(catalog, &tables, &lower, &types) {
        lower.insert(table, found);
    }
    let apps = apps(catalog);
    for table in &tables {
        if !lower.contains_key(table.name.as_str()) {
            lower.insert(&table.name, by_prefix(&table.name, &apps, &tables));
        }
    }
    cased(catalog, &tables, &lower)
}

/// Custom table names: the content types that have no table of their own, given to the tables that no content type names.
fn claims<'c>(
    catalog: &'c Catalog,
    tables: &[&'c Table],
    known: &HashMap<&str, (String, String, bool)>,
    types: &[&(i64, String, String)],
) -> Vec<(&'c str, (String, String, bool))> {
    let mut scored: Vec<(u32, usize, usize)> = Vec::new();
    let free: Vec<&&Table> = tables
        .iter()
        .filter(|table| !known.contains_key(table.name.as_str()))
        .collect();
    for (place, table) in free.iter().enumerate() {
        let roles = roles(catalog, &table.name);
        for (index, (_, app, model)) in types.iter().enumerate() {
            let score = likeness(&table.name, app, model, &roles);
            if score > 0 {
                scored.push((score, place, index));
            }
        }
    }
    scored.sort_by(|a, b| b.cmp(a));
    let (mut tables_taken, mut types_taken) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (score, place, index) in scored {
        if tables_taken.contains(&place) || types_taken.contains(&index) {
            continue;
        }
        let (Some(table), Some((_, app, model))) = (free.get(place), types.get(index)) else {
            continue;
        };
        tables_taken.insert(place);
        types_taken.insert(index);
        found.push((
            table.name.as_str(),
            (app.clone(), model.clone(), score < 60),
        ));
    }
    found
}

/// What the columns that point to a table call it: `entry` of `entry_id`; a `true` where Django itself made the name of the model's.
fn roles(catalog: &Catalog, table: &str) -> Vec<(String, bool)> {
    let mut roles = Vec::new();
    for other in &catalog.tables {
        let link = super::links::is_link_table(other);
        for key in other.foreign_keys.iter().filter(|key| key.table == table) {
            let [column] = key.columns.as_slice() else {
                continue;
            };
            let base = column.strip_suffix("_id").unwrap_or(column);
            let parent = base
                .strip_suffix("_ptr")
                .filter(|_| other.primary_key == [column.clone()]);
            let base = match (parent, link) {
                (Some(parent), _) => parent,
                (None, true) => base
                    .strip_prefix("from_")
                    .or_else(|| base.strip_prefix("to_"))
                    .unwrap_or(base),
                (None, false) => base,
            };
            roles.push((
                base.to_lowercase().replace('_', ""),
                parent.is_some() || link,
            ));
        }
    }
    roles
}

/// How much says that a table is of this content type; 0 for nothing.
fn likeness(table: &str, app: &str, model: &str, roles: &[(String, bool)]) -> u32 {
    let words = split(table);
    let joined = words.concat();
    let app_joined = split(app).concat();
    let many = plural(model);
    let mut score = 0;
    if roles.iter().any(|(role, sure)| *sure && role == model) {
        score += 80;
    } else if roles.iter().any(|(role, _)| role == model) {
        score += 25;
    }
    if joined == format!("{app_joined}{model}")
        || joined == model
        || joined == format!("{app_joined}{many}")
        || joined == many
    {
        score += 80;
    } else if joined.ends_with(model) || joined.ends_with(&many) {
        score += 60;
    } else if model.len() > 3 && joined.contains(model) {
        score += 30;
    } else if let Some(tail) = (1..words.len()).find_map(|from| {
        words
            .get(from..)
            .map(<[String]>::concat)
            .filter(|tail| tail.len() > 3 && model.ends_with(tail.as_str()))
    }) {
        // `wiki_revision` of `ArticleRevision`.
        score += 20 + u32::try_from(tail.len()).unwrap_or(0).min(10);
    }
    if score > 0
        && (table
            .to_lowercase()
            .starts_with(&format!("{}_", app.to_lowercase()))
            || joined.starts_with(&app_joined))
    {
        score += 15;
    }
    score
}

/// All apps that are heard of, the longest first.
fn apps(catalog: &Catalog) -> Vec<String> {
    let types = catalog
        .django
        .content_types
        .iter()
        .map(|(_, app, _)| app.clone());
    let migrations = catalog.django.migrations.iter().map(|(app, _)| app.clone());
    let apps: BTreeSet<String> = types.chain(migrations).collect();
    let mut apps: Vec<String> = apps.into_iter().collect();
    apps.sort_by_key(|app| std::cmp::Reverse(app.len()));
    apps
}

/// App and model from the table's name alone.
fn by_prefix(table: &str, apps: &[String], tables: &[&Table]) -> (String, String, bool) {
    let plain = |rest: &str| rest.to_lowercase().replace('.', "_");
    let claimed = apps.iter().find_map(|app| {
        Some((
            app,
            table
                .strip_prefix(app.as_str())?
                .strip_prefix('_')
                .filter(|rest| !rest.is_empty())?,
        ))
    });
    if let Some((app, rest)) = claimed {
        return (app.clone(), plain(rest), true);
    }
    // Without any list of apps: a model's own name has no underscore in Django, so that the last one ends the app's.
    let django = tables
        .iter()
        .any(|table| table.name.starts_with("django_") || table.name == "auth_user");
    let own = table.rsplit_once('_').filter(|(app, rest)| {
        apps.is_empty() && django && !rest.is_empty() && split(app).iter().all(|word| is_word(word))
    });
    if let Some((app, rest)) = own {
        return (app.to_lowercase(), plain(rest), true);
    }
    let family = |prefix: &str| {
        tables
            .iter()
            .filter(|other| {
                other
                    .name
                    .split_once('_')
                    .is_some_and(|(other, _)| other == prefix)
            })
            .count()
    };
    match table.split_once('_') {
        Some((prefix, rest))
            if !rest.is_empty()
                && is_word(prefix)
                && (prefix == "auth" || apps.is_empty() && family(prefix) > 1) =>
        {
            (prefix.to_lowercase(), plain(rest), true)
        }
        _ => (NO_APP.into(), plain(table), true),
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|letter| letter.is_ascii_alphanumeric())
        && !text.starts_with(|letter: char| letter.is_ascii_digit())
}

/// The classes' names: with the capitals that the lower-case names have lost.
fn cased(
    catalog: &Catalog,
    tables: &[&Table],
    lower: &HashMap<&str, (String, String, bool)>,
) -> HashMap<String, Name> {
    let mut words = Words::default();
    let mut shown: HashMap<(&str, &str), &str> = HashMap::new();
    let mut verbose: HashMap<(&str, &str), &str> = HashMap::new();
    let types: BTreeMap<i64, (&str, &str)> = catalog
        .django
        .content_types
        .iter()
        .map(|(id, app, model)| (*id, (app.as_str(), model.as_str())))
        .collect();
    for (id, text) in &catalog.django.shown {
        if let (Some(model), Some((class, _))) = (types.get(id), text.split_once(" object (")) {
            shown.insert(*model, class);
        }
    }
    for (id, codename, name) in &catalog.django.permissions {
        let Some(model) = types.get(id) else { continue };
        let own = ["add", "change", "delete", "view"]
            .iter()
            .any(|verb| *codename == format!("{verb}_{}", model.1));
        let Some(name) = ["Can add ", "Can change ", "Can delete ", "Can view "]
            .iter()
            .find_map(|verb| name.strip_prefix(verb))
            .filter(|_| own)
        else {
            words.learn(codename, 1);
            continue;
        };
        if codename.starts_with("add_") || !verbose.contains_key(model) {
            verbose.insert(*model, name);
        }
        words.learn(name, 1);
    }
    learn(catalog, &mut words);
    let key = |table: &Table| {
        lower
            .get(table.name.as_str())
            .map(|(app, model, _)| (app.as_str(), model.as_str()))
    };
    // First those that are certain: their words then help with the others.
    let mut classes: HashMap<&str, String> = HashMap::new();
    for table in tables {
        let Some((app, model)) = key(table) else {
            continue;
        };
        let fixed = FIXED
            .iter()
            .find(|(_, known, class)| *known == app && class.to_lowercase() == *model)
            .map(|(_, _, class)| (*class).to_owned());
        let shown = shown
            .get(&(app, model))
            .filter(|class| class.to_lowercase() == *model)
            .map(|class| (*class).to_owned());
        let said = || {
            verbose
                .get(&(app, model))
                .map(|name| spoken(name))
                .filter(|said| said.concat().to_lowercase() == *model)
        };
        let said = fixed.or(shown).or_else(|| {
            let said = said()?;
            words.learn(&said.join("_"), 8);
            Some(camel(&said))
        });
        if let Some(class) = said {
            classes.insert(&table.name, class);
        }
    }
    let mut names = HashMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for table in tables {
        let Some((app, model, guessed)) = lower.get(table.name.as_str()) else {
            continue;
        };
        let sure = classes.get(table.name.as_str());
        let class = sure.cloned().unwrap_or_else(|| {
            guessed_class(
                model,
                verbose.get(&(app.as_str(), model.as_str())).copied(),
                &words,
            )
        });
        // Of a table that no content type names, underscores part the words; in a class's own name they are Django's.
        let class = if *guessed {
            class.replace('_', "")
        } else {
            class
        };
        let mut name = Name {
            app: app.clone(),
            lower: model.clone(),
            model: class,
            guessed: *guessed || sure.is_none(),
        };
        while !taken.insert(name.label().to_lowercase()) {
            name.model.push('_');
            name.guessed = true;
        }
        names.insert(table.name.clone(), name);
    }
    names
}

/// Takes in every name of several words that the database has.
fn learn(catalog: &Catalog, words: &mut Words) {
    for table in &catalog.tables {
        words.learn(&table.name, 1);
        for column in &table.columns {
            words.learn(&column.name, 1);
        }
        // A foreign key's column most often repeats the model's name.
        for column in table.foreign_keys.iter().flat_map(|key| &key.columns) {
            words.learn(column.strip_suffix("_id").unwrap_or(column), 4);
        }
    }
    for (_, name) in &catalog.django.migrations {
        words.learn(name, 1);
    }
    for app in apps(catalog) {
        words.learn(&app, 1);
    }
}

/// A class's name from its lower-case form, and a name for people that says something else.
fn guessed_class(lower: &str, verbose: Option<&str>, words: &Words) -> String {
    if lower.contains('_') {
        // A class may have underscores; Django keeps them.
        return lower
            .split('_')
            .map(|part| guessed_class(part, verbose, words))
            .collect::<Vec<_>>()
            .join("_");
    }
    let said = verbose
        .filter(|verbose| verbose.len() < 255)
        .map(spoken)
        .unwrap_or_default();
    let own: Vec<String> = said.iter().map(|word| word.to_lowercase()).collect();
    for start in 0..own.len() {
        for end in start + 1..=own.len() {
            // `Ticket CC` of `Ticket CC person`.
            if let (Some(part), Some(run)) = (own.get(start..end), said.get(start..end))
                && part.concat() == lower
            {
                return camel(run);
            }
        }
        // `KBItem` of `Knowledge base item`.
        let initials: String = own
            .get(..start)
            .unwrap_or(&[])
            .iter()
            .filter_map(|word| word.chars().next())
            .collect();
        let rest = own.get(start..).unwrap_or(&[]);
        if start > 1 && lower.strip_prefix(initials.as_str()) == Some(rest.concat().as_str()) {
            return camel(&[&[initials.to_uppercase()], rest].concat());
        }
    }
    // What other names say in several words: `order_line_id`, and `email` of `e-mail`.
    if let Some(run) = words.of(lower).filter(|run| run.len() > 1) {
        return camel(&run);
    }
    let pieces = words.made_of(lower, &own);
    let known = |piece: &String| words.of(piece).unwrap_or_else(|| vec![piece.clone()]);
    camel(&pieces.iter().flat_map(known).collect::<Vec<_>>())
}
