//! Guards: whether an optional clause is there. They are about parameters alone, and either hold or do not.
//!
//! A guard as written has SQL's logic of three values: a comparison with a parameter that is left out or null is
//! neither true nor false. What stands here says when it is true, so `not` is plain here.

use crate::hir::{Literal, ParamId};
use std::cmp::Ordering;

mod proof;

/// When an optional clause is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Guard {
    /// The parameter is given.
    Given(ParamId),
    /// The parameter is given, and null.
    Null(ParamId),
    /// The parameter is given, not null, and compares so with a constant of its type.
    Compare(ParamId, Comparison, Literal),
    /// It does not hold.
    Not(Box<Guard>),
    /// All of them hold; of none, it holds.
    All(Vec<Guard>),
    /// One of them holds; of none, it does not.
    Any(Vec<Guard>),
}

/// How a parameter compares with a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the operator of its name")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Comparison {
    /// Whether a value that is `ordering` the constant compares so.
    #[must_use]
    pub fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterEqual => ordering.is_ge(),
        }
    }

    /// What is true of a value exactly where this is false.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterEqual,
            Self::LessEqual => Self::Greater,
            Self::Greater => Self::LessEqual,
            Self::GreaterEqual => Self::Less,
        }
    }

    /// As the language and SQL write it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }
}

impl Guard {
    /// Whether it holds, where `atom` says whether a `Given`, `Null` or `Compare` does.
    pub fn holds(&self, atom: &mut dyn FnMut(&Guard) -> bool) -> bool {
        match self {
            Self::Given(_) | Self::Null(_) | Self::Compare(..) => atom(self),
            Self::Not(of) => stacker::maybe_grow(32 * 1024, 1024 * 1024, || !of.holds(atom)),
            Self::All(of) => stacker::maybe_grow(32 * 1024, 1024 * 1024, || {
                of.iter().all(|guard| guard.holds(atom))
            }),
            Self::Any(of) => stacker::maybe_grow(32 * 1024, 1024 * 1024, || {
                of.iter().any(|guard| guard.holds(atom))
            }),
        }
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Guard) -> Guard {
        match (self, other) {
            (Self::All(mut all), Self::All(more)) => {
                all.extend(more);
                Self::All(all)
            }
            (Self::All(mut all), other) => {
                all.push(other);
                Self::All(all)
            }
            (guard, Self::All(mut all)) => {
                all.insert(0, guard);
                Self::All(all)
            }
            (guard, other) => Self::All(vec![guard, other]),
        }
    }

    /// It does not hold.
    #[must_use]
    pub fn negated(self) -> Guard {
        match self {
            Self::Not(of) => *of,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Calls `visit` with every parameter that it is about.
    pub fn parameters(&self, visit: &mut dyn FnMut(ParamId)) {
        match self {
            Self::Given(id) | Self::Null(id) | Self::Compare(id, ..) => visit(*id),
            Self::Not(of) => {
                stacker::maybe_grow(32 * 1024, 1024 * 1024, || of.parameters(visit));
            }
            Self::All(of) | Self::Any(of) => {
                stacker::maybe_grow(32 * 1024, 1024 * 1024, || {
                    of.iter().for_each(|guard| guard.parameters(visit));
                });
            }
        }
    }

    /// Whether `other` surely holds wherever this does. A `false` may be one that was too long to find out.
    #[must_use]
    pub fn implies(&self, other: &Guard) -> bool {
        proof::never(&[(self, true), (other, false)])
    }

    /// Whether `other` surely holds wherever all of `guards` do.
    #[must_use]
    pub fn all_imply(guards: &[&Guard], other: &Guard) -> bool {
        let said = guards.iter().map(|guard| (*guard, true));
        proof::never(&said.chain([(other, false)]).collect::<Vec<_>>())
    }

    /// As the language writes it, with the parameters' names as `name` gives them.
    #[must_use]
    pub fn show(&self, name: &dyn Fn(ParamId) -> String) -> String {
        self.show_within(name, 0)
    }

    /// `least`: how tightly what is around it binds: `or`, `and`, `not`.
    fn show_within(&self, name: &dyn Fn(ParamId) -> String, least: u8) -> String {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            let (binds, text) = match self {
                Self::Given(id) => (3, name(*id)),
                Self::Null(id) => (3, format!("{} is null", name(*id))),
                Self::Compare(id, comparison, literal) => {
                    let symbol = comparison.symbol();
                    (
                        3,
                        format!("{} {symbol} {}", name(*id), show_literal(literal)),
                    )
                }
                Self::Not(of) => match &**of {
                    Self::Null(id) => (3, format!("{} is not null", name(*id))),
                    of => (2, format!("not {}", of.show_within(name, 2))),
                },
                Self::All(of) if of.is_empty() => (3, "true".into()),
                Self::Any(of) if of.is_empty() => (3, "false".into()),
                Self::All(of) | Self::Any(of) => {
                    let (binds, word) = match self {
                        Self::All(_) => (1, " and "),
                        _ => (0, " or "),
                    };
                    let of: Vec<_> = of
                        .iter()
                        .map(|guard| guard.show_within(name, binds))
                        .collect();
                    (if of.len() == 1 { 3 } else { binds }, of.join(word))
                }
            };
            if binds < least {
                format!("({text})")
            } else {
                text
            }
        })
    }

    /// Whether surely never both hold.
    #[must_use]
    pub fn excludes(&self, other: &Guard) -> bool {
        proof::never(&[(self, true), (other, true)])
    }

    /// Whether it surely always holds.
    #[must_use]
    pub fn is_always(&self) -> bool {
        proof::never(&[(self, false)])
    }

    /// Whether it surely never holds.
    #[must_use]
    pub fn is_never(&self) -> bool {
        proof::never(&[(self, true)])
    }
}

/// A constant as the language writes it.
fn show_literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".into(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Decimal(digits) => digits.to_string(),
        Literal::Float(value) => format!("{value:e}"),
        Literal::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Literal::Date(text) | Literal::Time(text) => format!("@{text}"),
        Literal::DateTime(text) => format!("@{}Z", text.replacen(' ', "T", 1)),
        Literal::Duration(microseconds) => format!("{microseconds} microseconds"),
        Literal::Calendar(months) => format!("{months} months"),
        Literal::Uuid(value) => format!("'{:032x}'", u128::from_be_bytes(*value)),
    }
}

/// The order of two constants of one type, where constants have one.
#[must_use]
pub fn compare(left: &Literal, right: &Literal) -> Option<Ordering> {
    Some(match (left, right) {
        (Literal::Bool(a), Literal::Bool(b)) => a.cmp(b),
        (Literal::Int(a), Literal::Int(b)) => a.cmp(b),
        (Literal::Float(a), Literal::Float(b)) => a.partial_cmp(b)?,
        (Literal::Decimal(a), Literal::Decimal(b)) => decimal(a, b),
        (Literal::Text(a), Literal::Text(b))
        | (Literal::Date(a), Literal::Date(b))
        | (Literal::Time(a), Literal::Time(b))
        | (Literal::DateTime(a), Literal::DateTime(b)) => a.cmp(b),
        (Literal::Duration(a), Literal::Duration(b)) => a.cmp(b),
        (Literal::Uuid(a), Literal::Uuid(b)) => a.cmp(b),
        _ => return None,
    })
}

/// The order of two decimals, written as digits with a point and perhaps a sign.
#[must_use]
pub fn decimal(left: &str, right: &str) -> Ordering {
    fn parts(text: &str) -> (bool, &str, &str) {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (whole, fraction) = (
            whole.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        (
            negative && !(whole.is_empty() && fraction.is_empty()),
            whole,
            fraction,
        )
    }
    let (a_negative, a_whole, a_fraction) = parts(left);
    let (b_negative, b_whole, b_fraction) = parts(right);
    let size = (a_whole.len(), a_whole, a_fraction).cmp(&(b_whole.len(), b_whole, b_fraction));
    match (a_negative, b_negative) {
        (false, false) => size,
        (true, true) => size.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}
