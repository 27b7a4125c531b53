//! The parser: chumsky over tokens, a file for each subject. Never fails.
//!
//! The grammar is `grammar/djq.ebnf`. It needs no backtracking: what `(` opens is decided after the
//! first expression inside it.

mod calls;
mod clauses;
mod escapes;
mod expressions;
mod foreign;
mod input;
mod items;
mod names;
mod operands;
mod operators;
mod pipelines;
mod recovery;
mod shapes;
mod types;

use chumsky::Parser;
use chumsky::primitive::custom;
use djq_diagnostics::{Diagnostic, FileId, Span, codes};

use crate::ast::{File, Item, ItemKind, Query};
use crate::lexer::{self, Lexed, MOST_DIAGNOSTICS};
use crate::roles::Roles;
use crate::token::Token;
use crate::trivia::Trivia;
use crate::{ast, brackets};
use input::{Input, State};

/// Longer texts are refused; no one writes them.
const LONGEST: usize = 4 * 1024 * 1024;

/// A file as parsed: the tree, what it leaves out, and what is wrong.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// The items; broken parts are `Error` nodes.
    pub ast: ast::File,
    /// Comments and blank lines.
    pub trivia: Trivia,
    /// The problems, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// A bare pipeline as parsed, with the items that may stand before it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ParsedPipeline {
    /// The items before the pipeline.
    pub items: ast::File,
    /// The pipeline as a query with an empty name; `None` where nothing but items was written.
    pub query: Option<ast::Query>,
    /// Comments and blank lines.
    pub trivia: Trivia,
    /// The problems, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl ParsedPipeline {
    /// The same as a file, the nameless query its last item.
    #[must_use]
    pub fn into_parsed(self) -> Parsed {
        let mut ast = self.items;
        if let Some(query) = self.query {
            let span = query.body.span;
            ast.items.push(Item {
                docs: None,
                attributes: Vec::new(),
                kind: ItemKind::Query(Box::new(query)),
                span,
            });
        }
        Parsed {
            ast,
            trivia: self.trivia,
            diagnostics: self.diagnostics,
        }
    }
}

/// Parses a file. Never fails: what is wrong is in the diagnostics.
///
/// ```
/// let parsed = djq_syntax::parse(Default::default(), "query titles() { from Entry select title }");
/// assert!(parsed.diagnostics.is_empty());
/// assert_eq!(parsed.ast.items.len(), 1);
/// ```
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed {
    let (ast, trivia, diagnostics) = parse_with(file, text, items::file);
    Parsed {
        ast: ast.unwrap_or_default(),
        trivia,
        diagnostics,
    }
}

/// Parses a bare pipeline, as `djq run -e` and the REPL take it; items may stand before it.
///
/// ```
/// let parsed = djq_syntax::parse_pipeline(Default::default(), "from Entry where rating > 3 limit 10");
/// assert!(parsed.diagnostics.is_empty());
/// assert_eq!(parsed.query.unwrap().body.clauses.len(), 2);
/// ```
#[must_use]
pub fn parse_pipeline(file: FileId, text: &str) -> ParsedPipeline {
    let (parsed, trivia, diagnostics): (Option<(File, Option<Query>)>, _, _) =
        parse_with(file, text, items::items_and_pipeline);
    let (items, query) = parsed.unwrap_or_default();
    ParsedPipeline {
        items,
        query,
        trivia,
        diagnostics,
    }
}

/// What the formatter works on.
pub(crate) struct Recorded {
    pub(crate) tokens: Vec<Token>,
    pub(crate) trivia: Trivia,
    pub(crate) roles: Roles,
}

/// Parses a file and records what each token was taken for.
pub(crate) fn record(text: &str) -> Result<Recorded, Vec<Diagnostic>> {
    let file = FileId::default();
    let mut read = read(file, text).map_err(|(_, diagnostics)| diagnostics)?;
    let roles = Roles::new(read.tokens.len());
    let (_, roles) = read.parse(file, text, Some(roles), items::file);
    match roles {
        Some(roles) if read.diagnostics.is_empty() => Ok(Recorded {
            tokens: read.tokens,
            trivia: read.trivia,
            roles,
        }),
        _ => Err(read.diagnostics),
    }
}

fn parse_with<T>(
    file: FileId,
    text: &str,
    parse: impl Fn(&mut Input<'_, '_>) -> T,
) -> (Option<T>, Trivia, Vec<Diagnostic>) {
    match read(file, text) {
        Ok(mut read) => {
            let (parsed, _) = read.parse(file, text, None, parse);
            (parsed, read.trivia, read.diagnostics)
        }
        Err((trivia, diagnostics)) => (None, trivia, diagnostics),
    }
}

/// A text as tokens, its brackets paired.
struct ReadText {
    tokens: Vec<Token>,
    trivia: Trivia,
    diagnostics: Vec<Diagnostic>,
}

/// Reads the tokens of a text; `Err` where it is not to be parsed.
fn read(file: FileId, text: &str) -> Result<ReadText, (Trivia, Vec<Diagnostic>)> {
    if text.len() > LONGEST {
        let start = Span::new(file, 0, text.chars().next().map_or(0, char::len_utf8));
        let diagnostic = Diagnostic::new(
            &codes::TOO_LARGE,
            start,
            format!("this file has {} MB", text.len() / 1_000_000),
        )
        .label("too large")
        .help("a file of queries may have 4 MB; split it, and join the parts with `use`");
        return Err((Trivia::default(), vec![diagnostic]));
    }
    let Lexed {
        mut tokens,
        trivia,
        mut diagnostics,
    } = lexer::lex(file, text, 0..text.len());
    let brackets = brackets::pair(file, text, &mut tokens);
    let swallowed = swallowed_closers(text, &tokens, &diagnostics);
    diagnostics.extend(brackets.diagnostics.into_iter().filter(|diagnostic| {
        // What would close it stands in a text that is never closed.
        diagnostic.code != &codes::UNCLOSED_BRACKET
            || swallowed
                .last()
                .is_none_or(|last| *last < diagnostic.primary.span.start)
    }));
    if brackets.too_deep {
        // The one that matters; the rest cannot be read.
        diagnostics.retain(|diagnostic| diagnostic.code == &codes::TOO_DEEP);
        return Err((trivia, diagnostics));
    }
    Ok(ReadText {
        tokens,
        trivia,
        diagnostics,
    })
}

/// Where texts that are never closed begin and have a closing bracket inside.
fn swallowed_closers(text: &str, tokens: &[Token], diagnostics: &[Diagnostic]) -> Vec<u32> {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == &codes::UNCLOSED_TEXT)
        .map(|diagnostic| diagnostic.primary.span.start)
        .filter(|start| {
            let at = tokens.partition_point(|token| token.start < *start);
            tokens
                .get(at)
                .and_then(|token| text.get(token.range()))
                .is_some_and(|text| text.contains([')', ']', '}']))
        })
        .collect()
}

impl ReadText {
    /// Parses the tokens, adding what is wrong to the diagnostics.
    fn parse<T>(
        &mut self,
        file: FileId,
        text: &str,
        roles: Option<Roles>,
        parse: impl Fn(&mut Input<'_, '_>) -> T,
    ) -> (Option<T>, Option<Roles>) {
        let passed_over = passed_over(&self.diagnostics);
        let mut state = State::new(file, text, &self.tokens, &self.trivia, &passed_over);
        state.roles = roles;
        if self.diagnostics.len() >= MOST_DIAGNOSTICS {
            // Nobody reads more.
            state.stop();
        }
        let parsed = run(&mut state, parse);
        self.diagnostics
            .retain(|diagnostic| !state.is_consequence(diagnostic));
        self.diagnostics.append(&mut state.diagnostics);
        self.diagnostics
            .sort_by_key(|diagnostic| diagnostic.primary.span.start);
        self.diagnostics.truncate(MOST_DIAGNOSTICS);
        (parsed, state.roles)
    }
}

/// Where something was left out of the tokens and has been reported: what is missing there is a
/// consequence.
fn passed_over(diagnostics: &[Diagnostic]) -> Vec<u32> {
    let mut places: Vec<u32> = diagnostics
        .iter()
        .filter(|diagnostic| {
            diagnostic.code == &codes::UNKNOWN_CHARACTER || diagnostic.code == &codes::STRAY_BRACKET
        })
        .map(|diagnostic| diagnostic.primary.span.start)
        .collect();
    places.sort_unstable();
    places
}

/// Runs a parser over the tokens of a state. It never fails, so `None` does not happen.
fn run<'src, T>(state: &mut State<'src>, parse: impl Fn(&mut Input<'src, '_>) -> T) -> Option<T> {
    let tokens = state.tokens;
    let parser = custom::<_, input::Tokens<'src>, T, input::Extra<'src>>(|inp| {
        let parsed = parse(inp);
        // chumsky wants all of its input consumed; what is left has been reported.
        while inp.next_ref().is_some() {}
        Ok(parsed)
    });
    parser.parse_with_state(tokens, state).into_output()
}
