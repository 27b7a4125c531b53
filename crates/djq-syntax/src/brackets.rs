//! Which bracket closes which, before anything is parsed: so an unclosed one is reported where it
//! opens, and the parser can step over a broken part to the right place.

use djq_diagnostics::{Applicability, Diagnostic, FileId, Span, codes};

use crate::lexer::MOST_DIAGNOSTICS;
use crate::token::{Token, TokenKind};

/// Brackets deeper than this are refused; nobody writes them, and every later stage can rely on it.
pub(crate) const DEEPEST: usize = 128;

/// What the brackets of a file are like.
pub(crate) struct Brackets {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Nested past [`DEEPEST`]; nothing should be parsed.
    pub(crate) too_deep: bool,
    /// Where a missing `{` should stand, and the `}` that it belongs to.
    unopened: Vec<(usize, usize)>,
}

/// Gives each bracket its partner, and takes out those that close nothing.
pub(crate) fn pair(file: FileId, text: &str, tokens: &mut Vec<Token>) -> Brackets {
    let mut brackets = Brackets {
        diagnostics: Vec::new(),
        too_deep: false,
        unopened: Vec::new(),
    };
    let mut open: Vec<usize> = Vec::new();
    let mut strays: Vec<usize> = Vec::new();
    for index in 0..tokens.len() {
        let Some(&token) = tokens.get(index) else {
            break;
        };
        if token.kind.opens() {
            open.push(index);
            if open.len() > DEEPEST {
                let span = Span::new(file, token.start as usize, token.end as usize);
                brackets.diagnostics = vec![too_deep(span)];
                brackets.too_deep = true;
                return brackets;
            }
        } else if token.kind.closes() {
            close(
                file,
                text,
                tokens,
                index,
                &mut open,
                &mut strays,
                &mut brackets,
            );
        } else if !open.is_empty()
            && (token.kind == TokenKind::End || begins_item(text, tokens, index))
        {
            unclosed(file, text, tokens, open.drain(..), index, &mut brackets);
        }
    }
    for (at, closer) in std::mem::take(&mut brackets.unopened).into_iter().rev() {
        for stray in strays.iter_mut().filter(|stray| **stray >= at) {
            *stray += 1;
        }
        insert(tokens, at, closer);
    }
    if !strays.is_empty() {
        remove(tokens, &strays);
    }
    brackets
}

/// The diagnostic for what is nested too deep.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(&codes::TOO_DEEP, span, "this is nested too deep")
        .label(format!("more than {DEEPEST} levels"))
        .help("split it: a `def`, a `let` or a CTE gives a part of it a name")
}

fn close(
    file: FileId,
    text: &str,
    tokens: &mut [Token],
    index: usize,
    open: &mut Vec<usize>,
    strays: &mut Vec<usize>,
    brackets: &mut Brackets,
) {
    let Some(&closer) = tokens.get(index) else {
        return;
    };
    let kind_at = |at: &usize| tokens.get(*at).map(|token| token.kind);
    let wanted = match closer.kind {
        TokenKind::CloseParen => TokenKind::OpenParen,
        TokenKind::CloseBracket => TokenKind::OpenBracket,
        _ => TokenKind::OpenBrace,
    };
    // A parenthesis does not reach past the brace that it stands in.
    let found = open.iter().rposition(|at| {
        kind_at(at) == Some(wanted)
            || (wanted != TokenKind::OpenBrace && kind_at(at) == Some(TokenKind::OpenBrace))
    });
    let found = found.filter(|position| open.get(*position).and_then(kind_at) == Some(wanted));
    let span = Span::new(file, closer.start as usize, closer.end as usize);
    match found {
        Some(position) => {
            let opener = open.get(position).copied();
            let inner: Vec<usize> = open.drain(position..).skip(1).collect();
            unclosed(file, text, tokens, inner.into_iter(), index, brackets);
            if let Some(opener) = opener {
                link(tokens, opener, index);
            }
        }
        None => {
            let last = open
                .last()
                .copied()
                .and_then(|at| tokens.get(at).copied().map(|token| (at, token)));
            match last {
                Some((at, opener)) if opener.kind != TokenKind::OpenBrace => {
                    open.pop();
                    link(tokens, at, index);
                    let right = if opener.kind == TokenKind::OpenParen {
                        ")"
                    } else {
                        "]"
                    };
                    let written = text.get(closer.range()).unwrap_or("");
                    let opened = text.get(opener.range()).unwrap_or("");
                    brackets.report(|| {
                        Diagnostic::new(
                            &codes::UNCLOSED_BRACKET,
                            span,
                            format!("`{opened}` is closed by `{written}`"),
                        )
                        .label(format!("should be `{right}`"))
                        .because(
                            Span::new(file, opener.start as usize, opener.end as usize),
                            "opened here",
                        )
                        .fix(
                            Applicability::Likely,
                            format!("write `{right}`"),
                            span,
                            right,
                        )
                    });
                }
                _ if closer.kind == TokenKind::CloseBrace
                    && let Some((first, closer)) = unopened(tokens, index) =>
                {
                    let at = tokens.get(first).map_or(span.start, |token| token.start);
                    if closer != index
                        && let Some(outer) = tokens.get(closer).map(|token| token.partner)
                    {
                        // It is the brace around that this one closes.
                        link(tokens, outer as usize, index);
                    }
                    let span = tokens.get(closer).map_or(span, |token| {
                        Span::new(file, token.start as usize, token.end as usize)
                    });
                    brackets.unopened.push((first, closer));
                    brackets.report(|| {
                        Diagnostic::new(&codes::STRAY_BRACKET, span, "`}` closes nothing")
                            .label("its `{` is missing")
                            .fix(
                                Applicability::Likely,
                                "write `{` behind the relation",
                                Span::new(file, at as usize, at as usize),
                                "{ ",
                            )
                    });
                }
                _ => {
                    strays.push(index);
                    let written = text.get(closer.range()).unwrap_or("");
                    brackets.report(|| {
                        Diagnostic::new(
                            &codes::STRAY_BRACKET,
                            span,
                            format!("`{written}` closes nothing"),
                        )
                        .label("no bracket is open here")
                        .fix(Applicability::Likely, "remove it", span, "")
                    });
                }
            }
        }
    }
}

impl Brackets {
    /// Adds a diagnostic while there are few; a hostile file does not pay for those nobody reads.
    fn report(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic());
        }
    }
}

fn link(tokens: &mut [Token], opener: usize, closer: usize) {
    let as_link = |at: usize| u32::try_from(at).unwrap_or(Token::ALONE);
    if let Some(token) = tokens.get_mut(opener) {
        token.partner = as_link(closer);
    }
    if let Some(token) = tokens.get_mut(closer) {
        token.partner = as_link(opener);
    }
}

fn unclosed(
    file: FileId,
    text: &str,
    tokens: &[Token],
    openers: impl Iterator<Item = usize>,
    until: usize,
    brackets: &mut Brackets,
) {
    let mut before: Option<Token> = None;
    for opener in openers {
        let Some(&token) = tokens.get(opener) else {
            continue;
        };
        // Right after another unclosed one it is the same mistake.
        if before.is_none_or(|before| before.end != token.start) {
            let sign = token.kind.spelling().unwrap_or("(");
            let closer = match token.kind {
                TokenKind::OpenParen => ")",
                TokenKind::OpenBracket => "]",
                _ => "}",
            };
            let span = Span::new(file, token.start as usize, token.end as usize);
            brackets.report(|| {
                let diagnostic = Diagnostic::new(
                    &codes::UNCLOSED_BRACKET,
                    span,
                    format!("`{sign}` is never closed"),
                )
                .label("opened here");
                match end_of(text, tokens, opener, until) {
                    Some(end) => diagnostic.fix(
                        Applicability::Likely,
                        format!("write `{closer}` where it ends"),
                        Span::new(file, end, end),
                        closer,
                    ),
                    None => diagnostic.help(format!("write `{closer}` where it ends")),
                }
            });
        }
        before = Some(token);
    }
}

/// Where an unclosed bracket's end is missing: before the clause behind it, which cannot stand inside, or where
/// nothing more can.
fn end_of(text: &str, tokens: &[Token], opener: usize, until: usize) -> Option<usize> {
    use TokenKind as K;
    let open = tokens.get(opener)?;
    let next = tokens.get(opener + 1)?;
    let holds_clauses = open.kind == K::OpenBrace
        || matches!(
            next.kind,
            K::From | K::Select | K::With | K::Where | K::Order
        );
    // What an aggregate is given may be filtered, ordered and cut.
    let calls = opener
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.kind.is_name() && before.end == open.start);
    let mut last = open;
    let mut at = opener + 1;
    while at < until {
        let token = tokens.get(at)?;
        let begins = match token.kind {
            K::Select | K::Group | K::From | K::Join | K::Union | K::Let => true,
            K::Where | K::Order | K::Limit => !calls,
            _ => false,
        };
        if begins && !holds_clauses && last.kind != K::Dot && last.end > open.end {
            break;
        }
        last = token;
        let closes = token.kind.opens() && token.partner != Token::ALONE;
        if closes {
            at = token.partner as usize;
            last = tokens.get(at)?;
        }
        at += 1;
    }
    // A word that wants something behind it is no end.
    let ends = last.kind.closes()
        || last.kind.is_name()
        || matches!(
            last.kind,
            K::Int
                | K::Decimal
                | K::Float
                | K::Text
                | K::Moment
                | K::Parameter
                | K::End
                | K::Null
                | K::True
                | K::False
        );
    (ends && text.is_char_boundary(last.end as usize)).then_some(last.end as usize)
}

/// Whether an item begins here, at the left margin: then nothing can still be open.
fn begins_item(text: &str, tokens: &[Token], index: usize) -> bool {
    let Some(token) = tokens.get(index) else {
        return false;
    };
    if !matches!(
        token.kind,
        TokenKind::Query | TokenKind::Def | TokenKind::View | TokenKind::Use
    ) || !token.first_on_line
    {
        return false;
    }
    let margin = token.start == 0 || text.as_bytes().get(token.start as usize - 1) == Some(&b'\n');
    margin
        && tokens.get(index + 1).is_some_and(|next| {
            next.kind.is_name() || (token.kind == TokenKind::Use && next.kind == TokenKind::Text)
        })
}

/// The first of the names before a `}` whose `{` is missing, where they follow the path of a relation, and that `}`:
/// `a.entries title, pub_date }`. One that closes nothing may be the brace around, whose place another has taken.
fn unopened(tokens: &[Token], closer: usize) -> Option<(usize, usize)> {
    let before = closer.checked_sub(1)?;
    let taken = tokens
        .get(before)
        .is_some_and(|token| token.kind == TokenKind::CloseBrace && token.partner != Token::ALONE);
    let closer = if taken { before } else { closer };
    let mut at = closer.checked_sub(1)?;
    loop {
        let (before, token) = (tokens.get(at.checked_sub(1)?)?, tokens.get(at)?);
        if !token.kind.is_name() && !matches!(token.kind, TokenKind::Comma | TokenKind::Dot) {
            return None;
        }
        if token.kind == TokenKind::Name && before.kind == TokenKind::Name {
            return Some((at, closer));
        }
        at -= 1;
    }
}

/// Puts the `{` that is missing at a place, as the partner of a `}`.
fn insert(tokens: &mut Vec<Token>, at: usize, closer: usize) {
    let Some(mut opener) = tokens.get(at).copied() else {
        return;
    };
    for token in tokens.iter_mut() {
        if token.partner != Token::ALONE && token.partner as usize >= at {
            token.partner += 1;
        }
    }
    opener.kind = TokenKind::OpenBrace;
    opener.end = opener.start;
    opener.adjacent = false;
    tokens.insert(at, opener);
    link(tokens, at, closer + 1);
}

fn remove(tokens: &mut Vec<Token>, strays: &[usize]) {
    // Partners move down by the number of strays before them.
    let moved = |partner: u32| {
        let before = strays.partition_point(|stray| *stray < partner as usize);
        partner - u32::try_from(before).unwrap_or(0)
    };
    for token in tokens
        .iter_mut()
        .filter(|token| token.partner != Token::ALONE)
    {
        token.partner = moved(token.partner);
    }
    let mut index = 0;
    let mut next = strays.iter().copied().peekable();
    tokens.retain(|_| {
        let stray = next.next_if_eq(&index).is_some();
        index += 1;
        !stray
    });
}
