//! Values over windows: functions and aggregates, partitions, orders, frames, named windows.

use super::{Maker, scope::Scope};
use crate::{
    kind::Kind,
    tree::{Sort, Tree},
};

/// What a function asks of its window's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Nothing,
    Order,
    /// One that leaves no row's place open.
    Total,
}

/// What is behind `over`.
struct Over {
    tree: Tree,
    /// Whether its order tells all rows apart that are not the same in everything.
    total: bool,
}

impl Maker<'_> {
    /// A function or an aggregate over a window, if one gives this kind.
    pub(super) fn windowed(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        if scope.plain || !scope.is_exact() || !self.spend() {
            return None;
        }
        let inside = Scope {
            plain: true,
            ..scope.clone()
        };
        if self.dice.chance(45) {
            return self.aggregate_over_window(&inside, kind);
        }
        let (text, arguments, total, bound) = self.window_function(&inside, kind)?;
        let need = if total { Need::Total } else { Need::Order };
        let over = self.over(&inside, need)?;
        let mut parts = arguments;
        parts.push(over.tree);
        Some(Tree::value(kind, format!("{text} over {{}}"), parts).bounded(bound))
    }

    /// A function of windows, its arguments, and whether it asks for a total order.
    fn window_function(
        &mut self,
        scope: &Scope,
        kind: Kind,
    ) -> Option<(String, Vec<Tree>, bool, f64)> {
        let of_rows = kind == Kind::Int && self.dice.chance(60);
        if of_rows {
            let parts = self.dice.between(1, 5);
            let (text, total) = match self.dice.below(4) {
                0 => ("row_number()".to_owned(), true),
                1 => ("rank()".to_owned(), false),
                2 => ("dense_rank()".to_owned(), false),
                _ => (format!("ntile({parts})"), true),
            };
            return Some((text, Vec::new(), total, 1e5));
        }
        if kind == Kind::Approximate {
            let function = *self.dice.pick(&["percent_rank()", "cume_dist()"]);
            return Some((function.to_owned(), Vec::new(), false, 1.0));
        }
        if kind == Kind::Bool {
            return None;
        }
        let value = self.value(scope, kind);
        let mut bound = value.bound;
        let mut parts = vec![value];
        let text = match self.dice.below(5) {
            0 | 1 => {
                let function = *self.dice.pick(&["lag", "lead"]);
                let offset = self.dice.below(4);
                match self.dice.below(3) {
                    0 => format!("{function}({{}})"),
                    1 => format!("{function}({{}}, {offset})"),
                    _ => {
                        let otherwise = self.value(scope, kind);
                        bound = bound.max(otherwise.bound);
                        parts.push(otherwise);
                        format!("{function}({{}}, {offset}, {{}})")
                    }
                }
            }
            2 => "first_value({})".to_owned(),
            3 => "last_value({})".to_owned(),
            _ => format!("nth_value({{}}, {})", self.dice.between(1, 3)),
        };
        Some((text, parts, true, bound))
    }

    fn aggregate_over_window(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        let aggregate = match kind {
            Kind::Int => match self.dice.below(4) {
                0 => Tree::value(kind, "count()", Vec::new()).bounded(1e5),
                1 => {
                    let of = self.exact_kind();
                    let value = self.value(scope, of);
                    Tree::value(kind, "count({})", vec![value]).bounded(1e5)
                }
                2 => {
                    let condition = self.value(scope, Kind::Bool);
                    Tree::value(kind, "count(where {})", vec![condition]).bounded(1e5)
                }
                _ => self.plain_aggregate(scope, kind, &["sum", "min", "max"])?,
            },
            Kind::Bool => self.plain_aggregate(scope, kind, &["every", "some"])?,
            Kind::Approximate => {
                let of = *self.dice.pick(&[Kind::Int, Kind::Float]);
                let value = self.value(scope, of);
                let bound = value.bound;
                Tree::value(kind, "avg({})", vec![value]).bounded(bound)
            }
            Kind::Float | Kind::Decimal | Kind::Duration => {
                self.plain_aggregate(scope, kind, &["sum", "min", "max"])?
            }
            Kind::Uuid | Kind::Json => return None,
            _ => self.plain_aggregate(scope, kind, &["min", "max"])?,
        };
        let bound = aggregate.bound;
        let over = self.over(scope, Need::Nothing)?;
        Some(Tree::value(kind, "{} over {}", vec![aggregate, over.tree]).bounded(bound))
    }

    fn plain_aggregate(&mut self, scope: &Scope, kind: Kind, of: &[&str]) -> Option<Tree> {
        let value = self.value(scope, kind);
        let function = *self.dice.pick(of);
        let bound = if function == "sum" {
            value.bound * 1e5
        } else {
            value.bound
        };
        if bound > 4e18 {
            return None;
        }
        let (condition, parts) = self.filter(scope, value);
        Some(Tree::new(Sort::Fixed, format!("{function}({{}}{condition})"), parts).bounded(bound))
    }

    /// A window, written out or by name.
    fn over(&mut self, scope: &Scope, need: Need) -> Option<Over> {
        let named: Vec<String> = scope
            .windows
            .iter()
            .filter(|(_, is_total)| *is_total || need == Need::Nothing)
            .map(|(name, _)| name.clone())
            .collect();
        if self.dice.chance(50)
            && let Some(name) = self.dice.pick_any(&named)
        {
            return Some(Over {
                tree: Tree::verbatim(name),
                total: need == Need::Total,
            });
        }
        self.specification(scope, need)
    }

    /// `(partition by … order by … rows …)`.
    fn specification(&mut self, scope: &Scope, need: Need) -> Option<Over> {
        let mut parts = Vec::new();
        if self.dice.chance(55) {
            let keys = (0..self.dice.between(1, 2))
                .map(|_| {
                    let kind = self.exact_kind();
                    self.leaf(scope, kind)
                })
                .collect();
            parts.push(Tree::new(
                Sort::Optional,
                "partition by {}\n",
                vec![Tree::list(keys)],
            ));
        }
        let total = if need == Need::Total || self.dice.chance(30) {
            let order = self.total_order(scope, &scope.named);
            parts.push(order);
            if self.dice.chance(45) {
                let frame = self.rows_frame();
                parts.push(Tree::new(Sort::Optional, frame, Vec::new()));
            }
            true
        } else {
            if need == Need::Order || self.dice.chance(70) {
                self.partial_order(scope, &mut parts);
            }
            false
        };
        let text = format!("({})", "{}".repeat(parts.len()));
        Some(Over {
            tree: Tree::new(Sort::Fixed, text, parts),
            total,
        })
    }

    /// An order by one value, perhaps with a frame by its values or by groups.
    fn partial_order(&mut self, scope: &Scope, parts: &mut Vec<Tree>) {
        let kind = *self.dice.pick(&[
            Kind::Int,
            Kind::Text,
            Kind::Date,
            Kind::Decimal,
            Kind::DateTime,
            Kind::Float,
        ]);
        let direction = *self.dice.pick(&[
            "",
            "",
            " desc",
            " nulls first",
            " desc nulls first",
            " desc nulls last",
        ]);
        let value = self.value(scope, kind);
        let order = Tree::new(
            Sort::Fixed,
            format!("order by {{}}{direction}\n"),
            vec![value],
        );
        let frame = match self.dice.below(4) {
            0 => {
                let bounds = *self.dice.pick(&[
                    "between 1 preceding and 1 following",
                    "between unbounded preceding and current row",
                    "between current row and unbounded following",
                    "between 1 following and 2 following",
                    "2 preceding",
                ]);
                Some(format!("groups {bounds}"))
            }
            1 => {
                let step = match kind {
                    Kind::Int => Some("1"),
                    Kind::Decimal => Some("0.5"),
                    Kind::Float => Some("1.5e0"),
                    Kind::Date => Some("30 days"),
                    Kind::DateTime => Some("12 hours"),
                    _ => None,
                };
                step.map(|step| {
                    let bounds = *self.dice.pick(&[
                        "between {} preceding and {} following",
                        "between {} preceding and current row",
                        "between current row and unbounded following",
                        "between {} following and unbounded following",
                        "between unbounded preceding and {} preceding",
                    ]);
                    format!("range {}", bounds.replace("{}", step))
                })
            }
            _ => None,
        };
        parts.push(order);
        if let Some(frame) = frame {
            let exclude = self.exclude();
            parts.push(Tree::new(
                Sort::Optional,
                format!("{frame}{exclude}"),
                Vec::new(),
            ));
        }
    }

    fn rows_frame(&mut self) -> String {
        let bounds = *self.dice.pick(&[
            "between 1 preceding and 1 following",
            "between unbounded preceding and unbounded following",
            "between unbounded preceding and 1 preceding",
            "between current row and unbounded following",
            "between 1 following and 3 following",
            "2 preceding",
            "unbounded preceding",
            "current row",
        ]);
        let exclude = self.exclude();
        format!("rows {bounds}{exclude}")
    }

    fn exclude(&mut self) -> &'static str {
        const EXCLUSIONS: [&str; 4] = [
            " exclude current row",
            " exclude group",
            " exclude ties",
            " exclude no others",
        ];
        if self.dice.chance(12) {
            EXCLUSIONS[self.dice.below(EXCLUSIONS.len())]
        } else {
            ""
        }
    }

    /// `window w as (…)`, for the clauses below.
    pub(super) fn named_window(&mut self, scope: &Scope) -> Option<(String, Tree, bool)> {
        let inside = Scope {
            plain: true,
            ..scope.clone()
        };
        let need = *self.dice.pick(&[Need::Total, Need::Nothing]);
        let over = self.specification(&inside, need)?;
        Some((self.alias('w'), over.tree, over.total))
    }
}
