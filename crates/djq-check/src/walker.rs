//! The state of checking one query: its arenas of sources and named values, and the scopes that are open.
//!
//! What the parts of the walk do with it stands in `paths`, `pipeline`, `expressions` and their like.

use crate::{
    Ty, Type,
    facts::{FactKind, Facts},
    hir::{self, CteId, Expr, ExprKind, Literal, NamedId, SourceId},
    names::Names,
    paths::{Meaning, Via},
    scope::Scope,
    sink::{ParameterTypes, Problems, Typing},
};
use djq_diagnostics::{Diagnostic, FileId, Span};
use djq_schema::{ModelId, RelationId, Schema};
use djq_syntax::ast;
use rustc_hash::FxHashMap;

/// What the walk knows of a source beyond the HIR.
#[derive(Debug, Clone)]
pub(crate) struct SourceInfo {
    /// The model whose names its rows answer to (perhaps a proxy).
    pub(crate) model: Option<ModelId>,
    /// The scope that its rows are of.
    pub(crate) scope: u32,
    /// Whether an expression used it.
    pub(crate) used: bool,
    /// Of a guarded join: when its rows are there.
    pub(crate) guard: Option<hir::Guard>,
    /// Whether a use where they are not has been reported.
    pub(crate) missed: bool,
    /// The names and types of a CTE's or derived table's columns.
    pub(crate) columns: Vec<(Box<str>, Ty)>,
    /// Sets of those columns that are unique.
    pub(crate) unique: Vec<Vec<u32>>,
    /// Whether its name stands for the value of its one column: a series.
    pub(crate) is_value: bool,
    /// Of a row of a tree: the source that knows its depth.
    pub(crate) depth_of: Option<SourceId>,
}

/// What the walk knows of a named value beyond the HIR.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedInfo {
    /// The scope that named it.
    pub(crate) scope: u32,
    /// Which of its frames.
    pub(crate) level: usize,
}

/// What makes an implied join the same join.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum ImpliedKey {
    /// A relation of a source; which hop.
    Relation(SourceId, RelationId),
    /// A declared relation of a source.
    Declared(SourceId, usize),
    /// The key in a column of a CTE or derived table.
    Output(SourceId, u32),
    /// The key that a named value holds.
    Named(NamedId),
    /// A generic key, read as a model.
    Generic(SourceId, RelationId, ModelId),
}

/// The walk over one query.
pub(crate) struct Walker<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) names: &'a Names<'a>,
    /// The file whose `use`s apply, a place in [`Names::files`].
    pub(crate) file: usize,
    /// The text that this is the query of, and its file.
    pub(crate) text: (FileId, &'a str),
    /// The query's name, behind which its parameters are declared.
    pub(crate) header: Option<Span>,
    pub(crate) problems: Problems,
    pub(crate) parameters: ParameterTypes,
    pub(crate) used_parameters: Vec<bool>,
    /// Whether parameters need no declaration.
    pub(crate) bare: bool,
    /// Those of a bare pipeline that its guards ask for.
    pub(crate) asked_for: Vec<Box<str>>,
    pub(crate) facts: Facts,
    /// Depth of definitions being expanded: facts and diagnostics inside are not this query's.
    pub(crate) quiet: u32,
    /// What definitions have unfolded to so far.
    pub(crate) unfolded: crate::unfolding::Unfolded,
    /// Definitions being expanded, to end cycles.
    pub(crate) expanding: Vec<usize>,
    pub(crate) sources: Vec<hir::Source>,
    pub(crate) infos: Vec<SourceInfo>,
    pub(crate) named: Vec<hir::Named>,
    pub(crate) named_infos: Vec<NamedInfo>,
    pub(crate) ctes: Vec<hir::Cte>,
    pub(crate) cte_unique: Vec<Vec<Vec<u32>>>,
    pub(crate) views: FxHashMap<usize, CteId>,
    /// CTEs that read themselves, and are being read.
    pub(crate) recursion: Vec<crate::recursion::Recursion>,
    pub(crate) implied: FxHashMap<ImpliedKey, SourceId>,
    /// The source whose row a group key is the key of.
    pub(crate) key_models: FxHashMap<NamedId, SourceId>,
    pub(crate) scopes: Vec<Scope<'a>>,
    pub(crate) next_scope: u32,
    /// Levels of lints that are not their own; the last that names a lint says.
    pub(crate) levels: Vec<(Box<str>, crate::lints::Level)>,
    /// Something could not be read: no query comes of it.
    pub(crate) broken: bool,
    /// This walk is a definition's own check.
    pub(crate) checking_definition: bool,
}

impl<'a> Walker<'a> {
    pub(crate) fn new(schema: &'a Schema, names: &'a Names<'a>, file: usize) -> Self {
        Self {
            schema,
            names,
            file,
            text: (FileId::default(), ""),
            header: None,
            problems: Problems::default(),
            parameters: ParameterTypes::default(),
            used_parameters: Vec::new(),
            bare: false,
            asked_for: Vec::new(),
            facts: Facts::default(),
            quiet: 0,
            unfolded: crate::unfolding::Unfolded::default(),
            expanding: Vec::new(),
            sources: Vec::new(),
            infos: Vec::new(),
            named: Vec::new(),
            named_infos: Vec::new(),
            ctes: Vec::new(),
            cte_unique: Vec::new(),
            views: FxHashMap::default(),
            recursion: Vec::new(),
            implied: FxHashMap::default(),
            key_models: FxHashMap::default(),
            scopes: Vec::new(),
            next_scope: 0,
            levels: Vec::new(),
            broken: false,
            checking_definition: false,
        }
    }

    /// What typing needs, for one call.
    pub(crate) fn typing(&mut self) -> Typing<'_> {
        Typing {
            schema: self.schema,
            problems: &mut self.problems,
            parameters: &mut self.parameters,
        }
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// An expression after whose diagnostic nothing more is said.
    /// It makes a query that cannot be handed on.
    pub(crate) fn error(&mut self, span: Span) -> Expr {
        self.broken = true;
        self.hollow(span)
    }

    /// Stands where an expression is taken out to be worked on.
    pub(crate) fn hollow(&self, span: Span) -> Expr {
        Expr {
            kind: ExprKind::Literal(Literal::Null),
            ty: Type::Error.required(),
            span,
        }
    }

    pub(crate) fn fact(&mut self, span: Span, kind: FactKind) {
        if self.quiet == 0 {
            self.facts.push(span, kind);
        }
    }

    pub(crate) fn source(&self, id: SourceId) -> &hir::Source {
        &self.sources[id.0 as usize]
    }

    pub(crate) fn info(&self, id: SourceId) -> &SourceInfo {
        &self.infos[id.0 as usize]
    }

    pub(crate) fn info_mut(&mut self, id: SourceId) -> &mut SourceInfo {
        &mut self.infos[id.0 as usize]
    }

    pub(crate) fn named(&self, id: NamedId) -> &hir::Named {
        &self.named[id.0 as usize]
    }

    /// Adds a source of the innermost scope.
    pub(crate) fn add_source(&mut self, source: hir::Source, model: Option<ModelId>) -> SourceId {
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        self.sources.push(source);
        self.infos.push(SourceInfo {
            model,
            scope: self.scopes.last().map_or(0, |scope| scope.id),
            used: false,
            guard: None,
            missed: false,
            columns: Vec::new(),
            unique: Vec::new(),
            is_value: false,
            depth_of: None,
        });
        id
    }

    /// Adds a named value of the innermost scope; who makes it visible is the caller.
    pub(crate) fn add_named(&mut self, name: &str, value: Expr, span: Span) -> NamedId {
        let id = NamedId(u32::try_from(self.named.len()).unwrap_or(u32::MAX));
        let (scope, level) = self
            .scopes
            .last()
            .map_or((0, 0), |scope| (scope.id, scope.level));
        self.named.push(hir::Named {
            name: name.into(),
            value,
            span,
        });
        self.named_infos.push(NamedInfo { scope, level });
        id
    }

    /// A named value as an expression.
    pub(crate) fn named_expr(&self, id: NamedId, span: Span) -> Expr {
        Expr {
            kind: ExprKind::Named(id),
            ty: self.named(id).value.ty.clone(),
            span,
        }
    }

    pub(crate) fn open_scope(&mut self, barrier: bool) {
        self.next_scope += 1;
        self.scopes.push(Scope::new(self.next_scope, barrier));
    }

    /// The innermost scope. There is one whenever a clause or an expression is checked.
    pub(crate) fn scope(&mut self) -> &mut Scope<'a> {
        if self.scopes.is_empty() {
            self.open_scope(true);
        }
        let last = self.scopes.len() - 1;
        &mut self.scopes[last]
    }

    pub(crate) fn scope_ref(&self) -> Option<&Scope<'a>> {
        self.scopes.last()
    }

    /// Marks a source and what it hangs on as used, at a place where its rows must be there.
    pub(crate) fn touch(&mut self, id: SourceId, span: Span) {
        self.needs_join(id, span);
        let mut at = Some(id);
        let mut steps = 0;
        while let Some(id) = at {
            let info = self.info_mut(id);
            if info.used {
                return;
            }
            info.used = true;
            steps += 1;
            at = self
                .source(id)
                .link
                .as_ref()
                .map(|link| link.parent)
                .filter(|_| steps < 64 && self.source(id).role == hir::Role::Implied);
        }
    }

    /// The written source that an implied one hangs on in the end.
    pub(crate) fn root(&self, id: SourceId) -> SourceId {
        let mut at = id;
        while let hir::Source {
            role: hir::Role::Implied,
            link: Some(link),
            ..
        } = self.source(at)
        {
            at = link.parent;
        }
        at
    }

    /// A word for a meaning, in messages.
    pub(crate) fn describe(&self, meaning: &Meaning<'a>) -> String {
        match meaning {
            Meaning::Error => "?".into(),
            Meaning::Value(expr) => format!("a value of type `{}`", self.type_name(&expr.ty)),
            Meaning::Row(id) => format!("a row of `{}`", self.source(*id).name),
            Meaning::One(one) => match &one.via {
                Via::Relation {
                    parent: _,
                    relation,
                } => {
                    format!("the relation `{}`", self.schema.relation(*relation).name)
                }
                _ => "a relation".into(),
            },
            Meaning::Many(_) => "a relation to many rows".into(),
            Meaning::Model(model, _) => format!("the model `{}`", self.schema.model(*model).label),
            Meaning::App(app) => format!("the app `{app}`"),
            Meaning::Cte(cte) => format!("the CTE `{}`", self.ctes[cte.0 as usize].name),
            Meaning::View(_) => "a view".into(),
            Meaning::Made(_) => "rows of its own".into(),
            Meaning::Shape { .. } => "a shape".into(),
        }
    }

    /// A type with the names that only the schema knows.
    pub(crate) fn type_name(&self, ty: &Ty) -> String {
        let null = if ty.nullable { "?" } else { "" };
        match &ty.kind {
            Type::Key(model) => format!("{}{null}", self.schema.model(*model).label),
            other => format!("{other}{null}"),
        }
    }

    /// The model a written path names; says so if it is none.
    pub(crate) fn model_path(&mut self, path: &ast::Path) -> Option<ModelId> {
        let found = self
            .names
            .model_of(self.schema, self.file, path, &mut self.problems)?;
        self.fact(path.span, FactKind::Model(found));
        Some(found)
    }
}
