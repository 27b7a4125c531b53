//! Names, and when a reserved word is one.

use djq_diagnostics::{Applicability, Diagnostic, codes};

use super::foreign;
use super::input::{Input, Read};
use crate::ast::{Name, Path};
use crate::token::TokenKind as K;

/// A name where one must stand; a reserved word there is answered with backticks.
pub(super) fn name(inp: &mut Input<'_, '_>, wanted: &str) -> Name {
    let token = inp.token();
    if token.kind.is_name() && !super::recovery::item_at(inp, 0) {
        inp.bump();
        return inp.name_of(token);
    }
    if token.kind.is_reserved() && !token.first_on_line && reserved_is_name(inp) {
        return in_backticks(inp, wanted);
    }
    inp.unexpected(wanted);
    Name {
        text: "".into(),
        span: inp.previous().after(),
    }
}

/// The name of an item, behind its first word.
pub(super) fn item_name(inp: &mut Input<'_, '_>, wanted: &str) -> Name {
    let token = inp.token();
    if token.kind.is_reserved() && !token.first_on_line {
        return in_backticks(inp, wanted);
    }
    let mut name = name(inp, wanted);
    foreign::hyphens(inp, &mut name);
    name
}

/// Reads a reserved word as the name that it was meant to be.
fn in_backticks(inp: &mut Input<'_, '_>, wanted: &str) -> Name {
    let token = inp.token();
    {
        let span = inp.here();
        let state = inp.knows();
        let word = state.text(token);
        state.complain(
            Diagnostic::new(
                &codes::RESERVED_WORD,
                span,
                format!("expected {wanted}, found the reserved word `{word}`"),
            )
            .label("reserved")
            .fix(
                Applicability::Exact,
                "put it in backticks",
                span,
                format!("`{word}`"),
            ),
        );
    }
    inp.knows().recovered();
    inp.bump();
    inp.name_of(token)
}

/// A name after a dot, where every word is one.
pub(super) fn name_after_dot(inp: &mut Input<'_, '_>) -> Name {
    let token = inp.token();
    if token.kind.is_name()
        || (token.kind.is_reserved()
            && !(token.first_on_line && super::recovery::clause_at(inp, 0)))
    {
        inp.bump();
        return inp.name_of(token);
    }
    inp.unexpected("a name");
    Name {
        text: "".into(),
        span: inp.previous().after(),
    }
}

/// Whether the token `n` after the next is a word right behind the one before.
pub(super) fn is_word(inp: &mut Input<'_, '_>, n: usize) -> bool {
    let token = inp.token_at(n);
    token.adjacent && (token.kind.is_name() || token.kind.is_reserved() || token.kind == K::Int)
}

/// `a.b.c`.
pub(super) fn path(inp: &mut Input<'_, '_>, wanted: &str) -> Path {
    let first = name(inp, wanted);
    path_behind(inp, first)
}

/// `a.b.c` whose first name is read.
pub(super) fn path_behind(inp: &mut Input<'_, '_>, first: Name) -> Path {
    let start = first.span;
    let mut names = vec![first];
    // Before a star or parenthesis the dot is not the path's.
    while inp.at(K::Dot) && !matches!(inp.kind_at(1), K::Star | K::OpenParen) {
        inp.bump();
        names.push(name_after_dot(inp));
    }
    Path {
        names,
        span: inp.since(start),
    }
}

/// `as name`, where it is written.
pub(super) fn alias(inp: &mut Input<'_, '_>) -> Option<Name> {
    inp.eat(K::As)?;
    foreign::quoted_alias(inp).or_else(|| Some(name(inp, "a name")))
}

/// Whether the reserved word here is a name, since what follows cannot belong to it.
///
/// Only asked where an operand is expected: `where order = 1`, `{ id, order }`.
pub(super) fn reserved_is_name(inp: &mut Input<'_, '_>) -> bool {
    let word = inp.token();
    let next = inp.token_at(1);
    // A clause of one word on a line of its own, such as `distinct`.
    if word.first_on_line
        && next.first_on_line
        && !next.kind.closes()
        && super::recovery::clause_at(inp, 0)
    {
        return false;
    }
    // `let order = 1`, against `let = 1`.
    if word.kind == K::Let && next.kind != K::Equal && inp.kind_at(2) == K::Equal {
        return false;
    }
    match next.kind {
        // `from desc` reads a source of that name; `order by limit desc` sorts by a field.
        K::Asc | K::Desc | K::Nulls
            if matches!(
                word.kind,
                K::From
                    | K::With
                    | K::Let
                    | K::Select
                    | K::Where
                    | K::Insert
                    | K::Returning
                    | K::Distinct
                    | K::Window
            ) =>
        {
            false
        }
        K::Left | K::Right if takes_value(word.kind) && inp.kind_at(2) == K::OpenParen => false,
        // `distinct` and `delete` may be all of their clause.
        K::Join | K::By | K::Not if matches!(word.kind, K::Distinct | K::Delete) => false,
        kind if matches!(word.kind, K::Distinct | K::Delete) && begins_clause(kind) => false,
        K::Update | K::Share if word.kind == K::For => false,
        K::On if word.kind == K::Distinct => false,
        K::Equal
        | K::NotEqual
        | K::DoubleEqual
        | K::LessGreater
        | K::Less
        | K::LessEqual
        | K::Greater
        | K::GreaterEqual => true,
        K::Dot
        | K::DoubleColon
        | K::DoubleQuestion
        | K::DoublePipe
        | K::Plus
        | K::Slash
        | K::DoubleSlash
        | K::Percent => true,
        K::AtGreater
        | K::LessAt
        | K::DoubleAmpersand
        | K::MinusPipeMinus
        | K::Comma
        | K::Semicolon => true,
        K::As
        | K::Is
        | K::In
        | K::Between
        | K::Like
        | K::And
        | K::Or
        | K::Then
        | K::Else
        | K::End_ => true,
        K::Xor
        | K::ILike
        | K::Contains
        | K::IContains
        | K::StartsWith
        | K::IStartsWith
        | K::EndsWith
        | K::IEndsWith => true,
        K::IExact | K::Regex | K::IRegex => true,
        // Behind a key; `join desc(…)` joins what a definition gives.
        K::Asc | K::Desc | K::Nulls => inp.kind_at(2) != K::OpenParen,
        K::Star => word.kind != K::Select && word.kind != K::Returning,
        K::Minus => !word.first_on_line && !takes_value(word.kind),
        K::OpenBracket => next.adjacent,
        K::OpenBrace => word.kind != K::Update && !takes_value(word.kind),
        K::Not => matches!(
            inp.kind_at(2),
            K::In | K::Like | K::ILike | K::Between | K::Contains | K::IContains | K::StartsWith
        ),
        K::By => !matches!(word.kind, K::Order | K::Group),
        K::Join => !matches!(word.kind, K::Left | K::Right | K::Full | K::Cross),
        K::Distinct | K::Case | K::Exists | K::Null | K::True | K::False => false,
        kind if kind.is_reserved() => true,
        kind => kind.closes() || kind == K::End,
    }
}

/// Whether a clause begins where a value could as well.
pub(super) fn begins_clause_here(inp: &mut Input<'_, '_>) -> bool {
    // Behind a value no guard stands, so that `distinct when $q` is the clause.
    let guarded = matches!(inp.kind(), K::Distinct | K::Delete) && inp.kind_at(1) == K::When;
    super::recovery::clause_at(inp, 0) && (guarded || !reserved_is_name(inp))
}

/// Whether a value follows the word where it begins a clause.
fn takes_value(word: K) -> bool {
    matches!(
        word,
        K::Select | K::Where | K::Limit | K::Offset | K::Returning | K::From | K::Join
    )
}

/// Whether a clause may begin with it.
fn begins_clause(kind: K) -> bool {
    matches!(
        kind,
        K::From
            | K::Where
            | K::Let
            | K::Group
            | K::Select
            | K::Distinct
            | K::Order
            | K::Limit
            | K::Offset
            | K::Left
            | K::Right
            | K::Full
            | K::Cross
            | K::Union
            | K::Intersect
            | K::Except
            | K::Window
            | K::For
            | K::On
            | K::Update
            | K::Delete
            | K::Insert
            | K::Returning
    )
}
