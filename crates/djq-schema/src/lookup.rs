//! Finding models, fields and relations by Django's names.

use crate::{Field, FieldId, Model, ModelId, Relation, RelationId, Schema};

/// What a name of a model stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Member {
    /// A field's value: `title`, `author_id`.
    Field(FieldId),
    /// A relation: `author`, `entries`.
    Relation(RelationId),
}

/// What a model's written name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelLookup {
    /// This one.
    Found(ModelId),
    /// The same letters in another case: these.
    WrongCase(Vec<ModelId>),
    /// Several apps have it.
    Ambiguous(Vec<ModelId>),
    /// None.
    Unknown,
}

impl Schema {
    /// The model of an id that this schema gave.
    #[must_use]
    pub fn model(&self, id: ModelId) -> &Model {
        &self.models[id.0 as usize]
    }

    /// The field of an id that this schema gave.
    #[must_use]
    pub fn field(&self, id: FieldId) -> &Field {
        &self.model(id.model).fields[id.index as usize]
    }

    /// The relation of an id that this schema gave.
    #[must_use]
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.model(id.model).relations[id.index as usize]
    }

    /// The ids of all models, sorted by label.
    pub fn model_ids(&self) -> impl Iterator<Item = ModelId> {
        (0u32..).map(ModelId).take(self.models.len())
    }

    /// The apps, sorted.
    #[must_use]
    pub fn apps(&self) -> &[Box<str>] {
        &self.apps
    }

    /// The model `Name` where it is unique, or that of `app`.
    #[must_use]
    pub fn find_model(&self, app: Option<&str>, name: &str) -> ModelLookup {
        if let Some(app) = app {
            return match self
                .labels
                .get(format!("{app}.{name}").to_lowercase().as_str())
            {
                Some(id) if &*self.model(*id).app == app && &*self.model(*id).name == name => {
                    ModelLookup::Found(*id)
                }
                Some(id) => ModelLookup::WrongCase(vec![*id]),
                None => ModelLookup::Unknown,
            };
        }
        let Some(ids) = self.names.get(name.to_lowercase().as_str()) else {
            return ModelLookup::Unknown;
        };
        let exact: Vec<ModelId> = ids
            .iter()
            .copied()
            .filter(|id| &*self.model(*id).name == name)
            .collect();
        match exact.as_slice() {
            [] => ModelLookup::WrongCase(ids.clone()),
            [one] => ModelLookup::Found(*one),
            _ => ModelLookup::Ambiguous(exact),
        }
    }

    /// What `name` is on `model` itself (a proxy answers as its concrete model does). Names of
    /// multi-table parents are found by walking [`Model::parents`]; `pk` is for the caller.
    #[must_use]
    pub fn member(&self, model: ModelId, name: &str) -> Option<Member> {
        let found = self.model(model).members.get(name).copied();
        found.or_else(|| {
            self.model(model)
                .proxy_for
                .and_then(|concrete| self.member(concrete, name))
        })
    }

    /// The model whose table holds the rows: a proxy's concrete model, else the model itself.
    #[must_use]
    pub fn concrete(&self, model: ModelId) -> ModelId {
        self.model(model)
            .proxy_for
            .map_or(model, |concrete| self.concrete(concrete))
    }

    /// The primary key's fields, of the concrete model.
    pub fn primary_key(&self, model: ModelId) -> impl Iterator<Item = FieldId> {
        let model = self.concrete(model);
        self.model(model)
            .primary_key
            .iter()
            .map(move |index| FieldId {
                model,
                index: *index,
            })
    }
}
