//! `content_type(Model)`.

use crate::{
    Type,
    hir::{Expr, ExprKind},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// The key of a model's content type; its argument is a model's name.
    pub(crate) fn content_type(&mut self, call: &'a ast::Call, span: Span) -> Expr {
        let names = match call.arguments.as_slice() {
            [
                ast::Expr {
                    kind: ast::ExprKind::Name(name),
                    ..
                },
            ] => vec![name],
            [
                ast::Expr {
                    kind: ast::ExprKind::Field { base, name },
                    ..
                },
            ] => match &base.kind {
                ast::ExprKind::Name(app) => vec![app, name],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        if names.is_empty() {
            self.report(
                Diagnostic::new(
                    &codes::ARGUMENT_TYPE,
                    call.name.span,
                    "`content_type` takes the name of a model",
                )
                .help("write `content_type(Entry)`"),
            );
            return self.error(span);
        }
        let found = self
            .names
            .model(self.schema, self.file, &names, &mut self.problems);
        match found {
            // A proxy's rows are those of its concrete model, to Django's content types too.
            Some(model) => Expr {
                kind: ExprKind::ContentType(model),
                ty: Type::Int.nullable(),
                span,
            },
            None => self.error(span),
        }
    }
}
