//! `with recursive`: a CTE whose last `union` reads the CTE itself.
//!
//! What comes before that union says which columns there are. Their types are those of both parts; since the
//! second part's follow from the CTE's own, it is read, unheard, until they no longer change.

use crate::{
    Ty, Type,
    hir::{
        Clause, ClauseKind, Column, ColumnKind, Cte, CteId, Expr, ExprKind, JoinKind, Literal,
        Pipeline, SourceId,
    },
    selection::Wanted,
    visit::{has_aggregate, has_window},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

/// After so many readings types that still change grow forever.
const READINGS: usize = 8;

/// A CTE whose second part is being read.
#[derive(Debug)]
pub(crate) struct Recursion {
    id: CteId,
    /// The sources that read it.
    uses: Vec<SourceId>,
}

impl<'a> Walker<'a> {
    /// The body of a CTE of `with recursive`, in the innermost scope; gives the CTE's id where it reads itself.
    pub(crate) fn recursive_body(&mut self, cte: &'a ast::Cte) -> Option<CteId> {
        let is_union =
            |clause: &ast::Clause| matches!(clause.kind, ast::ClauseKind::SetOperation { .. });
        let clauses = &cte.body.clauses;
        let Some(at) = clauses.iter().rposition(is_union) else {
            self.run(&cte.body);
            return None;
        };
        let (first, rest) = clauses.split_at(at);
        let (union, behind) = rest.split_first()?;
        if let Some(ast::Source {
            kind: ast::SourceKind::Expr(source),
            ..
        }) = &cte.body.source
            && let ast::ExprKind::Name(name) = &source.kind
            && name.text == cte.name.text
        {
            self.refuse_recursion(
                name.span,
                format!("the first part of `{}` cannot read it", name.text),
                "begin with the rows of the first step, and read the CTE behind `union all`",
            );
            self.scope().grain.unknown = true;
            return None;
        }
        self.run_to(&cte.body, first);
        if !cte.columns.is_empty() {
            self.rename_output(&cte.columns, cte.name.span);
        }
        self.selected_ids(union.keyword);
        let id = self.reserve(cte);
        self.settle_types(id, cte, union);

        self.recursion.push(Recursion {
            id,
            uses: Vec::new(),
        });
        self.scope().ctes.push((&cte.name.text, id));
        self.clauses(std::slice::from_ref(union));
        self.scope().ctes.pop();
        let uses = self.recursion.pop().map_or_else(Vec::new, |own| own.uses);
        if uses.is_empty() {
            self.clauses(behind);
            return Some(id);
        }
        if let Some(clause) = behind.first() {
            self.report(
                Diagnostic::new(
                    &codes::RECURSIVE_CTE,
                    clause.keyword,
                    format!("the `union` that reads `{}` ends the CTE", cte.name.text),
                )
                .because(union.keyword, "reads the CTE")
                .help("write what follows behind the CTE, where it is read"),
            );
        }
        self.check_recursion(cte, union, &uses);
        Some(id)
    }

    /// A place for the CTE, with the columns of its first part.
    fn reserve(&mut self, cte: &'a ast::Cte) -> CteId {
        let span = cte.name.span;
        let output = self.scope().output.clone().unwrap_or_default();
        let columns = output
            .iter()
            .map(|column| {
                let ty = match column.named() {
                    Some(id) => self.named(id).value.ty.clone(),
                    None => Type::Error.required(),
                };
                (column.name.clone(), ty)
            })
            .collect();
        let id = CteId(u32::try_from(self.ctes.len()).unwrap_or(u32::MAX));
        self.ctes.push(Cte {
            name: cte.name.text.clone(),
            body: stand_in(columns, span),
            span,
        });
        self.cte_unique.push(Vec::new());
        id
    }

    /// Reads the second part until the types of the columns no longer change.
    fn settle_types(&mut self, id: CteId, cte: &'a ast::Cte, union: &'a ast::Clause) {
        let ast::ClauseKind::SetOperation { right, .. } = &union.kind else {
            return;
        };
        for _ in 0..READINGS {
            let known: Vec<(Box<str>, Ty)> =
                crate::derived::columns_of(&self.ctes[id.0 as usize].body);
            let Some(types) = self.read_unheard(&known, id, cte, right) else {
                return;
            };
            if known.iter().map(|(_, ty)| ty).eq(&types) {
                return;
            }
            let columns = known.into_iter().zip(types);
            let columns = columns.map(|((name, _), ty)| (name, ty)).collect();
            self.ctes[id.0 as usize].body = stand_in(columns, cte.name.span);
        }
        self.report(
            Diagnostic::new(
                &codes::RECURSIVE_CTE,
                union.keyword,
                format!("the columns of `{}` grow with every step", cte.name.text),
            )
            .label("each step gives a type with more digits")
            .help("bring it to one type in both parts: `try_cast(x as decimal(20, 4))`"),
        );
        self.broken = true;
    }

    /// The types of the columns when the second part is read with those known; `None` where it has mistakes.
    fn read_unheard(
        &mut self,
        known: &[(Box<str>, Ty)],
        id: CteId,
        cte: &'a ast::Cte,
        right: &'a ast::Pipeline,
    ) -> Option<Vec<Ty>> {
        let said = self.problems.diagnostics.len();
        let ctes = self.ctes.len();
        let broken = self.broken;
        self.quiet += 1;
        let own = self.scopes.pop()?;
        let mut visible = own.ctes.clone();
        visible.push((&cte.name.text, id));
        self.open_scope(false);
        self.scope().ctes = visible;
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.run(right));
        let right = self.close(Wanted::Unnamed, right.span);
        self.scopes.push(own);
        let mut types = Vec::with_capacity(known.len());
        if right.columns.len() == known.len() {
            for ((_, ty), column) in known.iter().zip(right.columns) {
                let ColumnKind::Value(value) = column.kind else {
                    break;
                };
                let left = Expr {
                    kind: ExprKind::Literal(Literal::Bool(true)),
                    ty: ty.clone(),
                    span: value.span,
                };
                let nullable = ty.nullable || value.ty.nullable;
                let (left, _) = self.typing().set_column(left, value);
                if left.ty.kind == Type::Error {
                    break;
                }
                types.push(left.ty.with_null(nullable));
            }
        }
        self.quiet -= 1;
        self.broken = broken;
        self.problems.diagnostics.truncate(said);
        // CTEs and views that it uses are read again when it is heard.
        self.ctes.truncate(ctes);
        self.cte_unique.truncate(ctes);
        self.views.retain(|_, view| (view.0 as usize) < ctes);
        if let Some(outermost) = self.scopes.first_mut() {
            outermost.own_ctes.retain(|own| (own.0 as usize) < ctes);
        }
        (types.len() == known.len()).then_some(types)
    }

    /// Notes a source that reads a CTE which is being read.
    pub(crate) fn note_recursion(&mut self, cte: CteId, source: SourceId) {
        if let Some(own) = self.recursion.iter_mut().find(|own| own.id == cte) {
            own.uses.push(source);
        }
    }

    /// What every server takes: the CTE read once, by the part's own `from` or `join`, its rows one by one.
    fn check_recursion(&mut self, cte: &'a ast::Cte, union: &'a ast::Clause, uses: &[SourceId]) {
        let name = &cte.name.text;
        let Some(Clause {
            kind: ClauseKind::SetOperation {
                operator, right, ..
            },
            ..
        }) = self.scope().clauses.last().cloned()
        else {
            return;
        };
        if operator != ast::SetOperator::Union {
            self.refuse_recursion(
                union.keyword,
                format!("`{name}` goes on by `union` or `union all` alone"),
                "the rows of each step are added to those before",
            );
            return;
        }
        if let [_, second, ..] = uses {
            let span = self.source(*second).span;
            self.refuse_recursion(
                span,
                format!("`{name}` reads itself more than once"),
                "each step has the rows of the step before once; join what else is needed",
            );
            return;
        }
        let Some(source) = uses.first().copied() else {
            return;
        };
        let at = self.source(source).span;
        let mut own = right.from == Some(source);
        let mut missing = false;
        for clause in &right.clauses {
            if let ClauseKind::Join { kind, steps, .. } = &clause.kind {
                let here = steps.contains(&source);
                own |= here;
                missing |= match kind {
                    JoinKind::Inner | JoinKind::Cross => false,
                    JoinKind::Left => here,
                    JoinKind::Right | JoinKind::Full => true,
                };
            }
        }
        if !own {
            self.refuse_recursion(
                at,
                format!("`{name}` is read inside of another query here"),
                "read it by `from` or `join` of the part behind `union` itself",
            );
            return;
        }
        if missing {
            self.refuse_recursion(
                at,
                format!("an outer join may leave out the rows of `{name}`"),
                "join it by `join`, or start `from` it and `left join` what may be missing",
            );
            return;
        }
        self.check_recursive_clauses(name, &right);
    }

    fn check_recursive_clauses(&mut self, name: &str, right: &Pipeline) {
        for clause in &right.clauses {
            let what = match &clause.kind {
                ClauseKind::Join { on, .. } => match on {
                    Some(on) if has_window(on) => "a window",
                    _ => continue,
                },
                ClauseKind::Where(condition) if has_window(condition) => "a window",
                ClauseKind::Where(_) => continue,
                ClauseKind::Let(ids) | ClauseKind::Select(ids) => {
                    let any =
                        |is: fn(&Expr) -> bool| ids.iter().any(|id| is(&self.named(*id).value));
                    match (any(has_aggregate), any(has_window)) {
                        (true, _) => "an aggregate",
                        (_, true) => "a window",
                        _ => continue,
                    }
                }
                ClauseKind::GroupBy(..) => "`group by`",
                ClauseKind::Distinct => "`distinct`",
                ClauseKind::OrderBy(_) => "`order by`",
                ClauseKind::Page { .. } => "`limit`",
                ClauseKind::SetOperation { .. } => "another set operation",
                #[allow(unreachable_patterns, reason = "clauses that are none of these")]
                _ => "this clause",
            };
            self.refuse_recursion(
                clause.span,
                format!("{what} cannot stand in the part that reads `{name}`"),
                "each step is made of rows one by one; write it behind the CTE, where that is read",
            );
            return;
        }
    }

    fn refuse_recursion(&mut self, span: Span, message: String, help: &str) {
        self.report(Diagnostic::new(&codes::RECURSIVE_CTE, span, message).help(help));
    }

    /// Moves a CTE that reads itself behind those that its body has brought: each may use earlier ones alone.
    pub(crate) fn move_behind(&mut self, id: CteId) -> CteId {
        if self.ctes.len() == id.0 as usize + 1 {
            return id;
        }
        let new = CteId(u32::try_from(self.ctes.len()).unwrap_or(u32::MAX));
        let old = &mut self.ctes[id.0 as usize];
        let moved = Cte {
            name: std::mem::replace(&mut old.name, "unused".into()),
            body: std::mem::replace(&mut old.body, stand_in(Vec::new(), old.span)),
            span: old.span,
        };
        self.ctes.push(moved);
        self.cte_unique.push(Vec::new());
        for source in &mut self.sources {
            if source.kind == crate::hir::SourceKind::Cte(id) {
                source.kind = crate::hir::SourceKind::Cte(new);
            }
        }
        new
    }
}

/// Stands for a body that is not known yet: its columns alone.
fn stand_in(columns: Vec<(Box<str>, Ty)>, span: Span) -> Pipeline {
    let column = |(name, ty)| Column {
        name,
        kind: ColumnKind::Value(Expr {
            kind: ExprKind::Literal(Literal::Null),
            ty,
            span,
        }),
    };
    Pipeline {
        from: None,
        ctes: Vec::new(),
        recursive: false,
        clauses: Vec::new(),
        columns: columns.into_iter().map(column).collect(),
        at_most_one: false,
        span,
    }
}
