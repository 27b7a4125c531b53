//! Calls of the catalogue's functions: what it says of them is all that is known here.

use super::{Maker, scope::Scope};
use crate::{kind::Kind, tree::Tree};
use djq_check::functions::{self, Argument, Callable, Entry, Gives, Takes, Times};

/// The scalar functions that give the same on every database, whatever they are given.
pub(crate) struct Functions {
    entries: Vec<&'static Entry>,
}

impl Functions {
    pub(crate) fn new() -> Self {
        let entries = functions::all()
            .filter(|entry| matches!(entry.callable, Callable::Function(_)))
            .filter(|entry| !entry.name.is_empty() && !entry.volatile)
            .filter(|entry| !matches!(entry.name, "now" | "today"))
            // A pattern or a format is no text of any sort.
            .filter(|entry| !entry.name.starts_with("regexp_") && entry.name != "to_char")
            .filter(|entry| {
                use functions::Category as C;
                matches!(entry.category, C::Text | C::Numbers | C::Time | C::Choice)
            })
            .collect();
        Self { entries }
    }
}

impl Maker<'_> {
    /// A call that gives a value of this kind, if there is a function.
    pub(super) fn call(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        let entries: Vec<&'static Entry> = self
            .functions
            .entries
            .iter()
            .copied()
            .filter(|entry| gives(entry, kind))
            .collect();
        let entry = *self.dice.pick_any(&entries)?;
        let mut arguments = Vec::new();
        for argument in entry.arguments {
            let times = match argument.times {
                Times::Once => 1,
                Times::Optional => usize::from(self.dice.chance(50)),
                Times::Any => self.dice.below(3),
            };
            for _ in 0..times {
                let made = self.argument(scope, entry, argument, arguments.len(), kind)?;
                arguments.push(made);
            }
            if times == 0 {
                break;
            }
        }
        let bound = bound(entry, kind, &arguments)?;
        let holes = vec!["{}"; arguments.len()].join(", ");
        Some(Tree::value(kind, format!("{}({holes})", entry.name), arguments).bounded(bound))
    }

    fn argument(
        &mut self,
        scope: &Scope,
        entry: &Entry,
        argument: &Argument,
        place: usize,
        result: Kind,
    ) -> Option<Tree> {
        // What grows with its argument is given small ones.
        if matches!(
            (entry.name, place),
            ("repeat" | "lpad" | "rpad" | "round", 1)
        ) {
            let number = self.dice.below(8);
            return Some(Tree::new(
                crate::tree::Sort::Fixed,
                if number == 7 {
                    "-1".into()
                } else {
                    number.to_string()
                },
                Vec::new(),
            ));
        }
        // Dates before the year 1 and after 9999 are not dates everywhere, and a year near the edge is soon past it.
        if matches!((entry.name, place), ("make_date" | "make_datetime", 0)) {
            if self.dice.chance(20) {
                let year = (*self.dice.pick(&["0", "-1", "10000"])).to_owned();
                return Some(Tree::new(crate::tree::Sort::Fixed, year, Vec::new()));
            }
            let number = self.value(scope, Kind::Int);
            let year = "(2000 + {} % 100)".to_owned();
            return Some(Tree::new(crate::tree::Sort::Fixed, year, vec![number]));
        }
        if entry.name == "mod" && place == 1 {
            return Some(self.divisor(scope, result));
        }
        let same = match entry.gives {
            Gives::Same(of) => usize::from(of) == place,
            Gives::Widened | Gives::Whole | Gives::Rounded => place == 0,
            Gives::Remainder => true,
            _ => false,
        };
        let kind = match argument.takes {
            Takes::Common => result,
            Takes::Unit => {
                let units = [
                    "year", "quarter", "month", "week", "day", "hour", "minute", "second",
                ];
                let count = if result == Kind::Date { 5 } else { 8 };
                let unit = *self.dice.pick(&units[..count]);
                return Some(Tree::new(
                    crate::tree::Sort::Fixed,
                    format!("'{unit}'"),
                    Vec::new(),
                ));
            }
            Takes::Zone => {
                let zone = *self.dice.pick(&["UTC", "+02:00", "-05:30"]);
                return Some(Tree::new(
                    crate::tree::Sort::Fixed,
                    format!("'{zone}'"),
                    Vec::new(),
                ));
            }
            _ if same => result,
            Takes::Text => Kind::Text,
            Takes::Bool => Kind::Bool,
            Takes::Integer => Kind::Int,
            Takes::Number => *self.dice.pick(&[Kind::Int, Kind::Float, Kind::Decimal]),
            Takes::Quantity => {
                *self
                    .dice
                    .pick(&[Kind::Int, Kind::Float, Kind::Decimal, Kind::Duration])
            }
            Takes::Date => Kind::Date,
            Takes::DateTime => Kind::DateTime,
            Takes::Day => *self.dice.pick(&[Kind::Date, Kind::DateTime]),
            Takes::Span => *self
                .dice
                .pick(&[Kind::Date, Kind::DateTime, Kind::Duration]),
            Takes::Clock => *self.dice.pick(&[Kind::DateTime, Kind::Time]),
            Takes::Ordered | Takes::Any => self.exact_kind(),
            // What the catalogue takes beyond these kinds is not drawn yet.
            _ => return None,
        };
        Some(self.value(scope, kind))
    }
}

/// Whether a call may give a value of this kind.
fn gives(entry: &Entry, kind: Kind) -> bool {
    let takes = |takes: Takes| match takes {
        Takes::Text => kind == Kind::Text,
        Takes::Bool => kind == Kind::Bool,
        Takes::Integer => kind == Kind::Int,
        Takes::Number => kind.is_number() && kind != Kind::Approximate,
        Takes::Quantity => {
            (kind.is_number() && kind != Kind::Approximate) || kind == Kind::Duration
        }
        Takes::Date => kind == Kind::Date,
        Takes::DateTime => kind == Kind::DateTime,
        Takes::Day => matches!(kind, Kind::Date | Kind::DateTime),
        Takes::Span => matches!(kind, Kind::Date | Kind::DateTime | Kind::Duration),
        Takes::Clock => matches!(kind, Kind::Time | Kind::DateTime),
        Takes::Ordered | Takes::Any | Takes::Common => {
            !matches!(kind, Kind::Approximate | Kind::Bool | Kind::Json)
        }
        _ => false,
    };
    match entry.gives {
        Gives::Bool => kind == Kind::Bool,
        Gives::Int | Gives::BigInt => kind == Kind::Int,
        Gives::Float => kind == Kind::Approximate,
        Gives::Text => kind == Kind::Text,
        Gives::Date => kind == Kind::Date,
        Gives::Time => kind == Kind::Time,
        Gives::DateTime => kind == Kind::DateTime,
        Gives::Duration => kind == Kind::Duration,
        Gives::Uuid => kind == Kind::Uuid,
        Gives::Same(place) => entry
            .arguments
            .get(usize::from(place))
            .is_some_and(|argument| takes(argument.takes)),
        Gives::Common => takes(Takes::Common),
        Gives::Widened | Gives::Whole | Gives::Rounded | Gives::Remainder => takes(Takes::Number),
        _ => false,
    }
}

/// How large the result can be; none where that is more than every database can do.
fn bound(entry: &Entry, kind: Kind, arguments: &[Tree]) -> Option<f64> {
    let largest = arguments
        .iter()
        .map(|argument| argument.bound)
        .fold(0.0, f64::max);
    let sum: f64 = arguments.iter().map(|argument| argument.bound).sum();
    let bound = match entry.name {
        "exp" if largest > 50.0 => return None,
        "power" => {
            let exponent = arguments.get(1)?.bound;
            let base = arguments.first()?.bound.max(2.0);
            if base.log10() * exponent > 200.0 {
                return None;
            }
            base.powf(exponent)
        }
        "from_epoch" if largest > 3e9 => return None,
        "replace" => sum * sum + 10.0,
        "repeat" => sum * 8.0,
        "make_date" | "make_datetime" => 0.0,
        _ => match kind {
            Kind::Text => sum + 130.0,
            Kind::Int => largest.max(1_114_111.0),
            _ => largest.max(1e6),
        },
    };
    (bound < 1e9 || kind != Kind::Text).then_some(bound)
}
