//! What could be written at a place, from the words before it and the schema.
//!
//! It works on tokens, not on the tree, since the text is unfinished just where it is asked.

use djq_check::{Type, functions};
use djq_schema::{Member, ModelId, ModelLookup, Schema};
use djq_syntax::{TokenKind, tokens};
use std::ops::Range;

/// Something that could be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The text.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// More about it, in a few words: a field's type, a relation's model.
    pub detail: String,
    /// The bytes that it takes the place of.
    pub replaces: Range<usize>,
}

/// What a completion is. In the order in which they are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the thing of its name")]
pub enum CompletionKind {
    Source,
    Field,
    Relation,
    Model,
    App,
    Function,
    Keyword,
}

/// A word or sign before the place.
struct Word<'a> {
    kind: TokenKind,
    text: &'a str,
    range: Range<usize>,
}

/// What could be written at a byte offset of a text; the likeliest first.
///
/// ```
/// # let schema = djq_schema::Schema::from_json(r#"{"version": 1, "source": "django", "models": [{"label":
/// # "blog.Entry", "table": "blog_entry", "kind": "concrete", "primary_key": ["id"], "fields": [{"name": "id", "column":
/// # "id", "type": "bigint", "django": "BigAutoField", "null": false}], "relations": []}]}"#).unwrap();
/// let found = djq_ide::complete(&schema, "from Entry as e select e.", 25);
/// assert_eq!(found[0].text, "id");
/// ```
#[must_use]
pub fn complete(schema: &Schema, text: &str, offset: usize) -> Vec<Completion> {
    let before = text.get(..offset).unwrap_or(text);
    let mut words: Vec<Word<'_>> = tokens(before)
        .map(|(kind, range)| Word {
            kind,
            text: before.get(range.clone()).unwrap_or_default(),
            range,
        })
        .collect();
    // Inside a comment or an unfinished text there is nothing to offer.
    if words.last().is_some_and(|last| {
        last.range.end == before.len() && matches!(last.kind, TokenKind::Comment | TokenKind::Text)
    }) {
        return Vec::new();
    }
    let typed = words.pop_if(|last| last.range.end == before.len() && is_word(last.kind));
    let (prefix, start) = typed.map_or(("", before.len()), |word| (word.text, word.range.start));
    let place = Place {
        schema,
        sources: sources(schema, &words),
        replaces: start..before.len(),
    };
    let mut found = match path_before_dot(&words) {
        Some(path) => place.members(&path),
        None => place.names(words.last()),
    };
    let lower = prefix.to_lowercase();
    found.retain(|completion| completion.text.to_lowercase().starts_with(&lower));
    found.sort_by(|a, b| (a.kind, &a.text).cmp(&(b.kind, &b.text)));
    found.dedup_by(|a, b| a.text == b.text && a.kind == b.kind);
    found
}

fn is_word(kind: TokenKind) -> bool {
    kind.is_name() || kind.is_reserved()
}

/// The names before a dot at the end: `e.author.` gives `e`, `author`.
fn path_before_dot<'a>(words: &[Word<'a>]) -> Option<Vec<&'a str>> {
    let mut rest = words.iter().rev();
    if rest.next()?.kind != TokenKind::Dot {
        return None;
    }
    let mut path = Vec::new();
    while let Some(word) = rest.next().filter(|word| is_word(word.kind)) {
        path.push(word.text.trim_matches('`'));
        if rest.next().is_none_or(|word| word.kind != TokenKind::Dot) {
            break;
        }
    }
    path.reverse();
    Some(path)
}

/// What a source goes by, and its model.
struct Source {
    name: String,
    model: ModelId,
}

/// Every `from` and `join` before the place, with the model at the end of its path.
fn sources(schema: &Schema, words: &[Word<'_>]) -> Vec<Source> {
    let mut found: Vec<Source> = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        if !matches!(word.kind, TokenKind::From | TokenKind::Join) {
            continue;
        }
        let mut path = Vec::new();
        while let Some(name) = words.next_if(|word| is_word(word.kind)) {
            path.push(name.text.trim_matches('`'));
            if words.next_if(|word| word.kind == TokenKind::Dot).is_none() {
                break;
            }
        }
        let Some(model) = model_of(schema, &found, &path) else {
            continue;
        };
        let alias = words
            .next_if(|word| word.kind == TokenKind::As)
            .and_then(|_| words.next());
        let name = alias.map_or_else(
            || schema.model(model).name.to_string(),
            |alias| alias.text.to_owned(),
        );
        found.push(Source { name, model });
    }
    found
}

/// The model at the end of a path that starts at a source, a model or an app.
fn model_of(schema: &Schema, sources: &[Source], path: &[&str]) -> Option<ModelId> {
    let (first, rest) = path.split_first()?;
    if let Some(source) = sources.iter().rev().find(|source| source.name == *first) {
        return walk(schema, source.model, rest);
    }
    if let ModelLookup::Found(model) = schema.find_model(None, first) {
        return walk(schema, model, rest);
    }
    if let Some((second, rest)) = rest.split_first()
        && let ModelLookup::Found(model) = schema.find_model(Some(first), second)
    {
        return walk(schema, model, rest);
    }
    // A bare relation of the sources there are.
    sources
        .iter()
        .find_map(|source| walk(schema, source.model, path))
}

fn walk(schema: &Schema, model: ModelId, path: &[&str]) -> Option<ModelId> {
    path.iter()
        .try_fold(model, |model, name| match member(schema, model, name)? {
            Member::Relation(relation) => schema.relation(relation).target,
            Member::Field(_) => None,
        })
}

fn member(schema: &Schema, model: ModelId, name: &str) -> Option<Member> {
    schema
        .member(model, name)
        .or_else(|| parents(schema, model).find_map(|parent| member(schema, parent, name)))
}

fn parents(schema: &Schema, model: ModelId) -> impl Iterator<Item = ModelId> {
    let model = schema.model(schema.concrete(model));
    model
        .parents
        .iter()
        .filter_map(|index| model.relations.get(*index as usize)?.target)
}

struct Place<'a> {
    schema: &'a Schema,
    sources: Vec<Source>,
    replaces: Range<usize>,
}

impl Place<'_> {
    fn one(&self, text: &str, kind: CompletionKind, detail: impl Into<String>) -> Completion {
        Completion {
            text: text.to_owned(),
            kind,
            detail: detail.into(),
            replaces: self.replaces.clone(),
        }
    }

    /// What may stand behind `path.`.
    fn members(&self, path: &[&str]) -> Vec<Completion> {
        if let Some(model) = model_of(self.schema, &self.sources, path) {
            return self.members_of(model);
        }
        let [app] = path else { return Vec::new() };
        let models = self
            .schema
            .models
            .iter()
            .filter(|model| *model.app == **app);
        models
            .map(|model| self.one(&model.name, CompletionKind::Model, &*model.table))
            .collect()
    }

    fn members_of(&self, model: ModelId) -> Vec<Completion> {
        let concrete = self.schema.model(self.schema.concrete(model));
        let mut found: Vec<Completion> = Vec::new();
        for field in &concrete.fields {
            let detail = format!(
                "{}{}",
                Type::from(&field.ty),
                if field.null { "?" } else { "" }
            );
            found.push(self.one(&field.attname, CompletionKind::Field, detail));
        }
        for relation in &concrete.relations {
            let target = relation
                .target
                .map_or("any model", |target| &self.schema.model(target).label);
            let many = if relation.to_many { "many " } else { "" };
            found.push(self.one(
                &relation.name,
                CompletionKind::Relation,
                format!("{many}{target}"),
            ));
        }
        found.extend(parents(self.schema, model).flat_map(|parent| self.members_of(parent)));
        found
    }

    /// What may stand where no dot is before it.
    fn names(&self, last: Option<&Word<'_>>) -> Vec<Completion> {
        let mut found: Vec<Completion> = self
            .sources
            .iter()
            .map(|source| {
                self.one(
                    &source.name,
                    CompletionKind::Source,
                    &*self.schema.model(source.model).label,
                )
            })
            .collect();
        let wants_source =
            last.is_none_or(|word| matches!(word.kind, TokenKind::From | TokenKind::Join));
        if wants_source {
            found.extend(
                self.schema
                    .models
                    .iter()
                    .map(|model| self.one(&model.name, CompletionKind::Model, &*model.label)),
            );
            found.extend(
                self.schema
                    .apps()
                    .iter()
                    .map(|app| self.one(app, CompletionKind::App, "app")),
            );
        } else {
            if let [source] = self.sources.as_slice() {
                found.extend(self.members_of(source.model));
            }
            found.extend(
                functions::all()
                    .map(|entry| self.one(entry.name, CompletionKind::Function, entry.doc)),
            );
        }
        found.extend(
            TokenKind::RESERVED
                .iter()
                .map(|word| self.one(word, CompletionKind::Keyword, "")),
        );
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blog() -> Schema {
        Schema::from_json(include_str!("../../../examples/blog/schema.json")).unwrap()
    }

    /// The completions at the `|`.
    fn at(text: &str) -> Vec<String> {
        let offset = text.find('|').unwrap();
        complete(&blog(), &text.replace('|', ""), offset)
            .into_iter()
            .map(|completion| completion.text)
            .collect()
    }

    #[test]
    fn a_dot_asks_for_members_along_relations() {
        assert!(
            at("from Entry as e where e.au|")
                .starts_with(&["author_id".to_owned(), "author".to_owned()])
        );
        assert_eq!(at("from Entry as e where e.author.na|"), ["name"]);
        assert_eq!(
            at("from Author as a join a.entries as e select e.tit|"),
            ["title"]
        );
        assert_eq!(at("from blog.En|"), ["Entry", "Entry_tags"]);
    }

    #[test]
    fn from_asks_for_models_and_an_expression_for_fields_and_functions() {
        assert_eq!(at("from Autho|"), ["Author"]);
        let found = at("from Entry select ti|");
        assert_eq!(found.first().map(String::as_str), Some("title"));
        assert!(at("from Entry select low|").contains(&"lower".to_owned()));
        assert!(at("from Entry whe|").contains(&"where".to_owned()));
    }

    #[test]
    fn nothing_is_offered_in_comments_and_unfinished_text() {
        assert_eq!(at("from Entry # e.|"), Vec::<String>::new());
        assert_eq!(at("from Entry where title = 'e.|"), Vec::<String>::new());
    }
}
