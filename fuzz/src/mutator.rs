//! Changes that know the language: pieces of a query are replaced by pieces of others of the same sort, left out, doubled
//! or wrapped. What comes out is checked far more often than what changed bytes give.

use super::{
    Project,
    checker::is_accepted,
    dice::Dice,
    pieces::{Sort, pieces},
    seeds::{seeds, words},
};
use std::ops::Range;
use std::sync::OnceLock;

/// The pieces of all seeds of a project.
struct Pool {
    seeds: Vec<String>,
    pieces: Vec<(Sort, String)>,
    words: Vec<String>,
    functions: Vec<&'static str>,
}

impl Pool {
    fn of(project: Project) -> &'static Self {
        static POOLS: [OnceLock<Pool>; 4] = [const { OnceLock::new() }; 4];
        POOLS[project as usize].get_or_init(|| {
            let mut pool = Self {
                seeds: seeds()
                    .into_iter()
                    .map(|(_, seed)| seed)
                    .filter(|seed| Project::of(seed) == project)
                    .collect(),
                pieces: Vec::new(),
                words: words(Some(project)),
                functions: djq_check::functions::all()
                    .map(|entry| entry.name)
                    .collect(),
            };
            for seed in &pool.seeds {
                for (sort, range) in pieces(seed) {
                    let text = seed.get(range).unwrap_or("");
                    if text.len() < 400 {
                        pool.pieces.push((sort, text.to_owned()));
                    }
                }
            }
            pool.pieces
                .sort_by(|a, b| (a.0 as u8, &a.1).cmp(&(b.0 as u8, &b.1)));
            pool.pieces.dedup();
            pool
        })
    }

    /// A piece of a sort.
    fn piece(&self, sort: Sort, dice: &mut Dice) -> &str {
        let first = self
            .pieces
            .partition_point(|(of, _)| (*of as u8) < sort as u8);
        let end = self
            .pieces
            .partition_point(|(of, _)| *of as u8 <= sort as u8);
        let of = self.pieces.get(first..end).unwrap_or_default();
        dice.pick(of).map_or("", |(_, text)| text)
    }
}

/// Literals at which something ends.
const EDGES: [&str; 24] = [
    "0",
    "1",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "2147483648",
    "0.0",
    "1e308",
    "1e-3",
    "0.5",
    "99999999999999999999.99",
    "''",
    "'%'",
    "'a\\'",
    "'it''s'",
    "null",
    "true",
    "@2024-02-29",
    "@9999-12-31",
    "@2024-01-31T12:00:00Z",
    "@23:59:59.999999",
    "1 month",
    "30 days",
    "[]",
];

const WRAPS: [(&str, &str); 26] = [
    ("(", ")"),
    ("not ", ""),
    ("-", ""),
    ("count(", ")"),
    ("sum(", ")"),
    ("max(distinct ", ")"),
    ("coalesce(", ", null)"),
    ("case when true then ", " end"),
    ("case when ", " then 1 else 2 end"),
    ("", " is null"),
    ("", " is not true"),
    ("", " ?? 1"),
    ("", "::text"),
    ("", "::float"),
    ("", "::decimal(8, 2)"),
    ("try_cast(", " as int)"),
    ("(select ", " as v)"),
    ("(from Entry select ", " as v limit 1)"),
    ("row_number() over (order by ", ")"),
    ("sum(", ") over (partition by 1)"),
    ("exists ", ""),
    ("(", ", 1)"),
    ("[", "]"),
    ("{ ", " }"),
    ("", " as x"),
    ("", " in (1, 2)"),
];

/// Changes `data` and gives its new length, at most `max_size`; `bytes` is what changes plain bytes.
pub fn mutate(
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
    bytes: fn(&mut [u8], usize, usize) -> usize,
) -> usize {
    let mut dice = Dice::new(seed.into());
    let text = std::str::from_utf8(data.get(..size).unwrap_or_default()).ok();
    let Some(text) = text.filter(|_| dice.below(8) > 0) else {
        return bytes(data, size, max_size);
    };
    // Most of the time only changes are kept after which the text has no error: then it is the later stages' turn.
    let stays_right = dice.below(4) > 0;
    let mut changed = text.to_owned();
    for _ in 0..=dice.below(5) {
        for _ in 0..if stays_right { 20 } else { 1 } {
            let next = change(changed.clone(), &mut dice);
            if next.len() <= max_size && (!stays_right || is_accepted(next.as_bytes())) {
                changed = next;
                break;
            }
        }
    }
    let mut length = changed.len().min(max_size).min(data.len());
    while !changed.is_char_boundary(length) {
        length -= 1;
    }
    data[..length].copy_from_slice(&changed.as_bytes()[..length]);
    length
}

/// One change.
fn change(text: String, dice: &mut Dice) -> String {
    let project = match Project::named(&text) {
        Some(project) => project,
        None => *dice.pick(&Project::ALL).unwrap_or(&Project::Blog),
    };
    let pool = Pool::of(project);
    let all = pieces(&text);
    let Some((sort, range)) = dice.pick(&all).cloned().filter(|_| dice.below(100) > 0) else {
        return dice.pick(&pool.seeds).cloned().unwrap_or_default();
    };
    let piece = text.get(range.clone()).unwrap_or("");
    let with = |new: &str| replaced(&text, &range, new);
    match dice.below(16) {
        // Another of the seeds', or of this text.
        0..=4 => with(pool.piece(sort, dice)),
        5..=6 => {
            let same: Vec<&(Sort, Range<usize>)> =
                all.iter().filter(|(of, _)| *of == sort).collect();
            let other = dice.pick(&same).map_or(0..0, |(_, range)| range.clone());
            with(text.get(other).unwrap_or(""))
        }
        // A clause more, before or behind a clause.
        7..=8 => {
            let clauses: Vec<&(Sort, Range<usize>)> =
                all.iter().filter(|(of, _)| *of == Sort::Clause).collect();
            let at = dice
                .pick(&clauses)
                .map_or(text.len(), |(_, range)| match dice.below(2) {
                    0 => range.start,
                    _ => range.end,
                });
            replaced(
                &text,
                &(at..at),
                &format!("\n{}\n", pool.piece(Sort::Clause, dice)),
            )
        }
        9 => with(""),
        10 => with(&format!("{piece} {piece}")),
        11 => with(&format!("{piece}, {piece}")),
        12 => match dice.pick(&WRAPS) {
            Some((before, behind)) => with(&format!("{before}{piece}{behind}")),
            None => text,
        },
        13 => match dice.pick(&pool.functions) {
            Some(function) => with(&format!("{function}({piece})")),
            None => text,
        },
        14 => {
            let operator = pool.piece(Sort::Sign, dice);
            with(&format!(
                "{piece} {operator} {}",
                pool.piece(Sort::Value, dice)
            ))
        }
        _ => match sort {
            Sort::Literal => with(dice.pick(&EDGES).copied().unwrap_or("")),
            _ => with(dice.pick(&pool.words).map_or("", String::as_str)),
        },
    }
}

fn replaced(text: &str, range: &Range<usize>, new: &str) -> String {
    let before = text.get(..range.start).unwrap_or("");
    let behind = text.get(range.end..).unwrap_or("");
    let gap = |a: Option<char>, b: Option<char>| match (a, b) {
        (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric() => " ",
        _ => "",
    };
    let first = gap(before.chars().next_back(), new.chars().next());
    let second = gap(new.chars().next_back(), behind.chars().next());
    format!("{before}{first}{new}{second}{behind}")
}
