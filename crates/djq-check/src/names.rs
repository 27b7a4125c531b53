//! The names that files bring: `use`, `def`, `view`; and the models they reach.

use crate::sink::Problems;
use djq_diagnostics::{Applicability, Diagnostic, Span, codes, nearest};
use djq_schema::{ModelId, ModelLookup, Schema};
use djq_syntax::ast;
use rustc_hash::FxHashMap;

/// The names of a file and of the files it uses.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    pub(crate) files: Vec<FileNames<'a>>,
    pub(crate) definitions: Vec<Definition<'a>>,
    pub(crate) views: Vec<View<'a>>,
    /// A used file is missing: a name that is not found may be its.
    pub(crate) incomplete: bool,
    functions: FxHashMap<&'a str, usize>,
    members: FxHashMap<(ModelId, &'a str), usize>,
    view_names: FxHashMap<&'a str, usize>,
}

/// What one file's `use`s say.
#[derive(Debug, Default)]
pub(crate) struct FileNames<'a> {
    apps: Vec<&'a str>,
    models: FxHashMap<&'a str, ModelId>,
    app_aliases: FxHashMap<&'a str, &'a str>,
    /// Names of `use`s that lead nowhere: said once.
    pub(crate) lost: Vec<&'a str>,
}

/// A `def`.
#[derive(Debug)]
pub(crate) struct Definition<'a> {
    pub(crate) ast: &'a ast::Def,
    /// The model it belongs to.
    pub(crate) model: Option<ModelId>,
    /// What stands above it: levels of lints.
    pub(crate) attributes: &'a [ast::Attribute],
    /// The file whose `use`s apply, a place in [`Names::files`].
    pub(crate) file: usize,
    /// Its own check found an error: uses of it are silent.
    pub(crate) broken: bool,
    /// A declared relation that a unique constraint proves to be to one.
    pub(crate) to_one: bool,
    /// A function some of whose parameters have no type: it is checked where it is used.
    pub(crate) untyped: bool,
}

/// A `view`.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) ast: &'a ast::View,
    pub(crate) attributes: &'a [ast::Attribute],
    pub(crate) file: usize,
    pub(crate) broken: bool,
}

impl<'a> Names<'a> {
    /// Collects the names of `file` (place 0) and of those it uses. Problems of other files are theirs.
    pub(crate) fn collect(
        schema: &Schema,
        file: &'a ast::File,
        imports: &[(&'a str, &'a ast::File)],
        problems: &mut Problems,
    ) -> Self {
        let mut names = Self::default();
        names.add_file(schema, file, problems);
        for (_, other) in imports {
            names.add_file(schema, other, &mut Problems::default());
        }
        names
    }

    fn add_file(&mut self, schema: &Schema, file: &'a ast::File, problems: &mut Problems) {
        let at = self.files.len();
        self.files.push(FileNames::default());
        for item in &file.items {
            // One without a name the parser has answered.
            if let ast::ItemKind::Use(ast::Use::Path { path, alias }) = &item.kind
                && path.iter().all(|name| !name.text.is_empty())
            {
                self.add_use(schema, at, path, alias.as_ref(), problems);
            }
        }
        for item in &file.items {
            match &item.kind {
                ast::ItemKind::Def(def) => {
                    self.add_def(schema, at, def, &item.attributes, problems)
                }
                ast::ItemKind::View(view) => {
                    let name = &*view.name.text;
                    if let Some(first) = self.view_names.get(name) {
                        let first = self.views[*first].ast.name.span;
                        problems.push(duplicate("view", &view.name, first));
                        continue;
                    }
                    self.view_names.insert(name, self.views.len());
                    self.views.push(View {
                        ast: view,
                        attributes: &item.attributes,
                        file: at,
                        broken: false,
                    });
                }
                _ => {}
            }
        }
    }

    fn add_use(
        &mut self,
        schema: &Schema,
        at: usize,
        path: &'a [ast::Name],
        alias: Option<&'a ast::Name>,
        problems: &mut Problems,
    ) {
        match path {
            [app] => {
                if schema.apps().iter().any(|known| **known == *app.text) {
                    self.files[at].apps.push(&app.text);
                    if let Some(alias) = alias {
                        self.files[at].app_aliases.insert(&alias.text, &app.text);
                    }
                } else {
                    problems.push(unknown_app(schema, app));
                    self.files[at].lost.push(&alias.unwrap_or(app).text);
                }
            }
            [_, name] => {
                let whole: Vec<&ast::Name> = path.iter().collect();
                if let Some(model) = self.model(schema, at, &whole, problems) {
                    let name = alias.unwrap_or(name);
                    self.files[at].models.insert(&name.text, model);
                } else {
                    self.files[at].lost.push(&alias.unwrap_or(name).text);
                }
            }
            _ => {}
        }
    }

    fn add_def(
        &mut self,
        schema: &Schema,
        at: usize,
        def: &'a ast::Def,
        attributes: &'a [ast::Attribute],
        problems: &mut Problems,
    ) {
        let place = self.definitions.len();
        let name = &*def.name.text;
        let model = match &def.model {
            None => None,
            Some(path) => {
                let whole: Vec<&ast::Name> = path.names.iter().collect();
                let Some(model) = self.model(schema, at, &whole, problems) else {
                    return;
                };
                Some(model)
            }
        };
        let first = match model {
            None => self.functions.get(name),
            Some(model) => self.members.get(&(model, name)),
        };
        if let Some(first) = first {
            let first = self.definitions[*first].ast.name.span;
            problems.push(duplicate("definition", &def.name, first));
            return;
        }
        if let Some(model) = model
            && (name == "pk" || crate::members::find_member(schema, model, name).is_some())
        {
            problems.push(
                Diagnostic::new(
                    &codes::DEFINITION_CLASH,
                    def.name.span,
                    format!(
                        "`{}` already has a field or relation `{name}`",
                        schema.model(model).label
                    ),
                )
                .label("would hide it")
                .help("give the definition another name"),
            );
            return;
        }
        match model {
            None => self.functions.insert(name, place),
            Some(model) => self.members.insert((model, name), place),
        };
        self.definitions.push(Definition {
            ast: def,
            model,
            attributes,
            file: at,
            broken: false,
            to_one: false,
            untyped: false,
        });
    }

    /// The function of this name.
    pub(crate) fn function(&self, name: &str) -> Option<usize> {
        self.functions.get(name).copied()
    }

    /// What a `def` adds to a model, its proxies' concrete model and its parents.
    pub(crate) fn member(&self, schema: &Schema, model: ModelId, name: &str) -> Option<usize> {
        if self.members.is_empty() {
            return None;
        }
        let mut found = None;
        each_ancestor(schema, model, &mut |model| {
            if found.is_none() {
                let members: &FxHashMap<(ModelId, &str), usize> = &self.members;
                found = members.get(&(model, name)).copied();
            }
        });
        found
    }

    /// The names that `def`s add to a model.
    pub(crate) fn member_names(&self, model: ModelId) -> impl Iterator<Item = &'a str> {
        self.members
            .keys()
            .filter(move |(of, _)| *of == model)
            .map(|(_, name)| *name)
    }

    /// Whether some model has a shape of this name.
    pub(crate) fn has_shape(&self, name: &str) -> bool {
        self.members.iter().any(|((_, known), place)| {
            **known == *name
                && matches!(
                    self.definitions
                        .get(*place)
                        .map(|definition| &definition.ast.body),
                    Some(ast::DefBody::Shape(_))
                )
        })
    }

    /// Whether a scope does nothing but filter.
    pub(crate) fn is_filter(&self, place: usize) -> bool {
        match self
            .definitions
            .get(place)
            .map(|definition| &definition.ast.body)
        {
            Some(ast::DefBody::Scope(clauses)) => clauses
                .iter()
                .all(|clause| matches!(clause.kind, ast::ClauseKind::Where(_))),
            _ => true,
        }
    }

    /// Whether some model has a scope of this name that does more than filter.
    pub(crate) fn has_made_scope(&self, name: &str) -> bool {
        self.members
            .iter()
            .any(|((_, known), place)| **known == *name && !self.is_filter(*place))
    }

    /// Whether some model has a computed field of this name that takes arguments.
    pub(crate) fn has_method(&self, name: &str) -> bool {
        self.members.iter().any(|((_, known), place)| {
            **known == *name
                && self
                    .definitions
                    .get(*place)
                    .is_some_and(|definition| !definition.ast.parameters.is_empty())
        })
    }

    /// The names of functions that are defined.
    pub(crate) fn function_names(&self) -> impl Iterator<Item = &'a str> {
        self.functions.keys().copied()
    }

    /// The view of this name.
    pub(crate) fn view(&self, name: &str) -> Option<usize> {
        self.view_names.get(name).copied()
    }

    /// The names of views and functions.
    pub(crate) fn item_names(&self) -> impl Iterator<Item = &'a str> {
        self.view_names.keys().chain(self.functions.keys()).copied()
    }

    /// The app a name stands for in a file.
    pub(crate) fn app<'s>(
        &'s self,
        schema: &Schema,
        file: usize,
        name: &'s str,
    ) -> Option<&'s str> {
        let known = self.files.get(file)?;
        if let Some(app) = known.app_aliases.get(name) {
            return Some(app);
        }
        schema
            .apps()
            .iter()
            .any(|app| **app == *name)
            .then_some(name)
    }

    /// What a bare name is as a model, without a word about what it is not.
    pub(crate) fn find_model(&self, schema: &Schema, file: usize, name: &str) -> ModelLookup {
        if let Some(known) = self.files.get(file) {
            if let Some(model) = known.models.get(name) {
                return ModelLookup::Found(*model);
            }
            let mut of_used =
                known
                    .apps
                    .iter()
                    .filter_map(|app| match schema.find_model(Some(app), name) {
                        ModelLookup::Found(model) => Some(model),
                        _ => None,
                    });
            if let Some(first) = of_used.next() {
                let rest: Vec<ModelId> = of_used.filter(|other| *other != first).collect();
                return if rest.is_empty() {
                    ModelLookup::Found(first)
                } else {
                    ModelLookup::Ambiguous(std::iter::once(first).chain(rest).collect())
                };
            }
        }
        schema.find_model(None, name)
    }

    /// The model that a path names; says so if there is none.
    pub(crate) fn model(
        &self,
        schema: &Schema,
        file: usize,
        path: &[&ast::Name],
        problems: &mut Problems,
    ) -> Option<ModelId> {
        match path {
            [name] => match self.find_model(schema, file, &name.text) {
                ModelLookup::Found(model) => Some(model),
                other => {
                    problems.push(self.no_model(schema, file, name, &other));
                    None
                }
            },
            [app, name] => {
                let Some(known) = self.app(schema, file, &app.text) else {
                    problems.push(unknown_app(schema, app));
                    return None;
                };
                match schema.find_model(Some(known), &name.text) {
                    ModelLookup::Found(model) => Some(model),
                    ModelLookup::WrongCase(models) => {
                        problems.push(wrong_case(schema, name, &models));
                        None
                    }
                    ModelLookup::Ambiguous(_) | ModelLookup::Unknown => {
                        let of_app = schema
                            .models
                            .iter()
                            .filter(|model| *model.app == *known)
                            .map(|model| &*model.name);
                        problems.push(with_nearest(
                            Diagnostic::new(
                                &codes::UNKNOWN_MODEL,
                                name.span,
                                format!("the app `{known}` has no model `{}`", name.text),
                            ),
                            name.span,
                            nearest(&name.text, of_app),
                        ));
                        None
                    }
                }
            }
            _ => {
                if let (Some(first), Some(last)) = (path.first(), path.last()) {
                    problems.push(
                        Diagnostic::new(
                            &codes::UNKNOWN_MODEL,
                            first.span.to(last.span),
                            "a model is named by its app and its name",
                        )
                        .help("write `app.Model`"),
                    );
                }
                None
            }
        }
    }

    /// As [`Names::model`], of a path as written.
    pub(crate) fn model_of(
        &self,
        schema: &Schema,
        file: usize,
        path: &ast::Path,
        problems: &mut Problems,
    ) -> Option<ModelId> {
        let names: Vec<&ast::Name> = path.names.iter().collect();
        self.model(schema, file, &names, problems)
    }

    /// Why a bare name is no model.
    pub(crate) fn no_model(
        &self,
        schema: &Schema,
        file: usize,
        name: &ast::Name,
        lookup: &ModelLookup,
    ) -> Diagnostic {
        match lookup {
            ModelLookup::WrongCase(models) => wrong_case(schema, name, models),
            ModelLookup::Ambiguous(models) => {
                let mut diagnostic = Diagnostic::new(
                    &codes::AMBIGUOUS_NAME,
                    name.span,
                    format!("several apps have a model `{}`", name.text),
                )
                .label("which one is meant?");
                for model in models {
                    let label = schema.model(*model).label.to_string();
                    diagnostic = diagnostic.fix(
                        Applicability::Likely,
                        format!("write `{label}`"),
                        name.span,
                        label,
                    );
                }
                diagnostic
            }
            ModelLookup::Found(_) | ModelLookup::Unknown => {
                let known = self.files.get(file);
                let candidates = schema
                    .models
                    .iter()
                    .map(|model| &*model.name)
                    .chain(self.item_names())
                    .chain(
                        known
                            .into_iter()
                            .flat_map(|file| file.models.keys().copied()),
                    );
                with_nearest(
                    Diagnostic::new(
                        &codes::UNKNOWN_MODEL,
                        name.span,
                        format!("there is no model `{}`", name.text),
                    ),
                    name.span,
                    nearest(&name.text, candidates),
                )
                .note("`djq schema` lists the models there are")
            }
        }
    }
}

/// Calls `each` with a model, its proxied model, and its multi-table parents.
pub(crate) fn each_ancestor(schema: &Schema, model: ModelId, each: &mut dyn FnMut(ModelId)) {
    fn go(schema: &Schema, model: ModelId, depth: u32, each: &mut dyn FnMut(ModelId)) {
        if depth > 32 {
            return;
        }
        each(model);
        let of = schema.model(model);
        if let Some(concrete) = of.proxy_for {
            go(schema, concrete, depth + 1, each);
        }
        for parent in &of.parents {
            if let Some(target) = of
                .relations
                .get(*parent as usize)
                .and_then(|relation| relation.target)
            {
                go(schema, target, depth + 1, each);
            }
        }
    }
    go(schema, model, 0, each);
}

/// Offers the nearest name, if there is one.
pub(crate) fn with_nearest(diagnostic: Diagnostic, span: Span, found: Option<&str>) -> Diagnostic {
    match found {
        Some(name) => diagnostic.label(format!("did you mean `{name}`?")).fix(
            Applicability::Likely,
            format!("write `{name}`"),
            span,
            name.to_owned(),
        ),
        None => diagnostic,
    }
}

fn wrong_case(schema: &Schema, name: &ast::Name, models: &[ModelId]) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        &codes::WRONG_CASE,
        name.span,
        format!("there is no model `{}`; case matters", name.text),
    );
    for model in models {
        let right = schema.model(*model).name.to_string();
        diagnostic = diagnostic.label(format!("spelt `{right}`")).fix(
            if models.len() == 1 {
                Applicability::Exact
            } else {
                Applicability::Likely
            },
            format!("write `{right}`"),
            name.span,
            right,
        );
    }
    diagnostic
}

fn unknown_app(schema: &Schema, app: &ast::Name) -> Diagnostic {
    with_nearest(
        Diagnostic::new(
            &codes::UNKNOWN_MODEL,
            app.span,
            format!("there is no app `{}`", app.text),
        ),
        app.span,
        nearest(&app.text, schema.apps().iter().map(|app| &**app)),
    )
}

/// Two things of one name.
pub(crate) fn duplicate(what: &str, name: &ast::Name, first: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::DUPLICATE_NAME,
        name.span,
        format!("there are two of the name `{}`", name.text),
    )
    .label(format!("a second {what} of this name"))
    .because(first, "the first one")
}
