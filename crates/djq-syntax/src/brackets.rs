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
}

/// Gives each bracket its partner, and takes out those that close nothing.
pub(crate) fn pair(file: FileId, text: &str, tokens: &mut Vec<Token>) -> Brackets {
    let mut brackets = Brackets {
        diagnostics: Vec::new(),
        too_deep: false,
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
            unclosed(file, tokens, open.drain(..), &mut brackets);
        }
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
            unclosed(file, tokens, inner.into_iter(), brackets);
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
    tokens: &[Token],
    openers: impl Iterator<Item = usize>,
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
                Diagnostic::new(
                    &codes::UNCLOSED_BRACKET,
                    span,
                    format!("`{sign}` is never closed"),
                )
                .label("opened here")
                .help(format!("write `{closer}` where it ends"))
            });
        }
        before = Some(token);
    }
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
