//! The line editor: prompt, several lines, colours, completion, history.

use crate::failure::Failure;
use djq_schema::Schema;
use djq_syntax::TokenKind;
use nu_ansi_term::{Color, Style};
use reedline::{
    ColumnarMenu, Completer, CompletionResult, Emacs, FileBackedHistory, Highlighter, KeyCode,
    KeyModifiers, MenuBuilder, PromptEditMode, PromptHistorySearch, Reedline, ReedlineEvent,
    ReedlineMenu, Span, StyledText, Suggestion, ValidationResult, Validator,
    default_emacs_keybindings,
};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

const MENU: &str = "completions";
/// How many inputs are kept.
const HISTORY: usize = 10_000;

/// An editor that knows the language and the schema.
pub(super) fn editor(schema: Arc<Schema>, colour: bool) -> Result<Reedline, Failure> {
    let mut keys = default_emacs_keybindings();
    let complete = ReedlineEvent::UntilFound(vec![
        ReedlineEvent::Menu(MENU.to_owned()),
        ReedlineEvent::MenuNext,
    ]);
    keys.add_binding(KeyModifiers::NONE, KeyCode::Tab, complete);
    let mut editor = Reedline::create()
        .with_validator(Box::new(Complete))
        .with_completer(Box::new(Names(schema)))
        .with_menu(ReedlineMenu::EngineCompleter(Box::new(
            ColumnarMenu::default().with_name(MENU),
        )))
        .with_edit_mode(Box::new(Emacs::new(keys)))
        .with_ansi_colors(colour);
    if colour {
        editor = editor.with_highlighter(Box::new(Colours));
    }
    if let Some(path) = history_file() {
        let history = FileBackedHistory::with_file(HISTORY, path.clone()).map_err(|error| {
            Failure::call(format!(
                "cannot keep history in `{}`: {error}",
                path.display()
            ))
        })?;
        editor = editor.with_history(Box::new(history));
    }
    Ok(editor)
}

/// Where the history is kept, by the XDG base directory specification; nowhere without a home.
fn history_file() -> Option<PathBuf> {
    let folder = |variable: &str| {
        std::env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let state = folder("XDG_STATE_HOME")
        .or_else(|| folder("HOME").map(|home| home.join(".local/state")))?;
    Some(state.join("djq/history"))
}

pub(super) struct Prompt;

impl reedline::Prompt for Prompt {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        "djq".into()
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        "".into()
    }

    fn render_prompt_indicator(&self, _: PromptEditMode) -> Cow<'_, str> {
        "> ".into()
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        "...  ".into()
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        format!("(search: {}) ", search.term).into()
    }
}

/// Enter ends the input where the parser sees nothing that is still open.
struct Complete;

impl Validator for Complete {
    fn validate(&self, input: &str) -> ValidationResult {
        if input.trim_start().starts_with('\\') || djq_syntax::is_complete(input) {
            ValidationResult::Complete
        } else {
            ValidationResult::Incomplete
        }
    }
}

struct Names(Arc<Schema>);

impl Completer for Names {
    fn complete(&mut self, line: &str, position: usize) -> CompletionResult {
        let found = djq_ide::complete(&self.0, line, position);
        let suggestions: Vec<Suggestion> = found
            .into_iter()
            .map(|completion| Suggestion {
                value: completion.text,
                description: Some(completion.detail).filter(|detail| !detail.is_empty()),
                span: Span::new(completion.replaces.start, completion.replaces.end),
                ..Suggestion::default()
            })
            .collect();
        CompletionResult::fresh(suggestions)
    }
}

/// Colours from the lexer.
struct Colours;

impl Highlighter for Colours {
    fn highlight(&self, line: &str, _: usize) -> StyledText {
        let mut styled = StyledText::new();
        let mut end = 0;
        for (kind, range) in djq_syntax::tokens(line) {
            styled.push((
                Style::new(),
                line.get(end..range.start).unwrap_or_default().to_owned(),
            ));
            styled.push((
                style(kind),
                line.get(range.clone()).unwrap_or_default().to_owned(),
            ));
            end = range.end;
        }
        styled.push((Style::new(), line.get(end..).unwrap_or_default().to_owned()));
        styled
    }
}

fn style(kind: TokenKind) -> Style {
    match kind {
        TokenKind::Comment => Color::DarkGray.normal(),
        TokenKind::Text => Color::Green.normal(),
        TokenKind::Int | TokenKind::Decimal | TokenKind::Float | TokenKind::Moment => {
            Color::Cyan.normal()
        }
        TokenKind::Parameter => Color::Yellow.normal(),
        kind if kind.is_reserved() => Color::Blue.bold(),
        _ => Style::new(),
    }
}
