//! Expressions of a kind.

use super::{Maker, scope::Scope};
use crate::{
    kind::Kind,
    tree::{Sort, Tree},
};

/// Beyond this, 64 bits may not hold a whole number.
const LARGEST: f64 = 4e18;

impl Maker<'_> {
    /// An expression over what is in sight.
    pub(super) fn value(&mut self, scope: &Scope, kind: Kind) -> Tree {
        if !self.spend() || self.dice.chance(30) {
            return self.leaf(scope, kind);
        }
        let made = match self.dice.below(10) {
            0 if self.dice.chance(40) => self
                .own_call(scope, kind)
                .or_else(|| self.call(scope, kind)),
            0 | 1 => self.call(scope, kind),
            2 => self.of_relation(scope, kind),
            3 => self.choice(scope, kind),
            4 if scope.rows.is_some() => self.aggregate(scope, kind),
            4 => self.scalar(scope, kind),
            5 if self.dice.chance(50) => self.windowed(scope, kind),
            5 if self.dice.chance(40) => self.cast(scope, kind),
            6 if self.dice.chance(40) => self.taken_from_json(scope, kind),
            _ => self.operation(scope, kind),
        };
        made.unwrap_or_else(|| self.leaf(scope, kind))
    }

    /// A column, a name, an aggregate of the group, a constant.
    pub(super) fn leaf(&mut self, scope: &Scope, kind: Kind) -> Tree {
        if scope.rows.is_some()
            && self.dice.chance(40)
            && let Some(aggregate) = self.aggregate(scope, kind)
        {
            return aggregate;
        }
        if kind == Kind::Int
            && let Some(grouping) = &scope.grouping
            && self.dice.chance(15)
        {
            return Tree::value(kind, grouping.clone(), Vec::new()).bounded(7.0);
        }
        let columns = self.columns(scope, kind);
        match self.dice.pick_any(&columns) {
            Some((name, bound)) if self.dice.chance(80) => {
                Tree::value(kind, name.clone(), Vec::new()).bounded(*bound)
            }
            _ => self.constant(kind),
        }
    }

    /// The columns and names of a kind in sight, over relations to one too.
    pub(super) fn columns(&mut self, scope: &Scope, kind: Kind) -> Vec<(String, f64)> {
        let is_kind =
            |other: Kind| other == kind || (kind == Kind::Approximate && other == Kind::Float);
        let mut found: Vec<(String, f64)> = scope
            .named
            .iter()
            .filter(|column| is_kind(column.kind))
            .map(|column| (column.name.clone(), column.bound))
            .collect();
        let sources = scope.sources.iter().chain(&scope.outer);
        for source in sources {
            for column in &source.columns {
                if is_kind(column.kind) {
                    found.push((source.name(&column.name), column.bound));
                }
            }
            let Some(model) = source.model else { continue };
            for relation in &self.world.models[model].relations {
                if relation.to_many || !self.dice.chance(50) {
                    continue;
                }
                let path = source.name(&relation.name);
                for field in &self.world.models[relation.target].fields {
                    if is_kind(field.kind) {
                        let bound = crate::schema::Model::bound(field.kind);
                        found.push((format!("{path}.{}", field.key_name()), bound));
                    }
                }
                for next in &self.world.models[relation.target].relations {
                    if !next.to_many && kind == Kind::Int && self.dice.chance(30) {
                        found.push((format!("{path}.{}.id", next.name), 1000.0));
                    }
                }
            }
        }
        found
    }

    /// An expression with this in it.
    pub(super) fn around(&mut self, value: Tree, scope: &Scope, kind: Kind) -> Tree {
        let bound = value.bound;
        if self.dice.chance(60) {
            return Tree::value(kind, "{}", vec![value]).bounded(bound);
        }
        let other = self.value(scope, kind);
        let bound = bound.max(other.bound);
        Tree::value(kind, "({} ?? {})", vec![value, other]).bounded(bound)
    }

    /// `case`, `??`, `iif`.
    fn choice(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        if self.dice.chance(12) {
            return Some(self.case_of(scope, kind));
        }
        let first = self.value(scope, kind);
        let second = self.value(scope, kind);
        let bound = first.bound.max(second.bound);
        let text = match self.dice.below(4) {
            0 => {
                let condition = self.value(scope, Kind::Bool);
                let parts = vec![condition, first, second];
                return Some(
                    Tree::value(kind, "(case when {} then {} else {} end)", parts).bounded(bound),
                );
            }
            1 => {
                let condition = self.value(scope, Kind::Bool);
                let parts = vec![condition, first];
                return Some(Tree::value(kind, "(case when {} then {} end)", parts).bounded(bound));
            }
            2 if !matches!(kind, Kind::Approximate | Kind::Bool | Kind::Json) => "nullif({}, {})",
            _ => "({} ?? {})",
        };
        Some(Tree::value(kind, text, vec![first, second]).bounded(bound))
    }

    /// A pipeline of one row.
    fn scalar(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        if scope.level > 1 {
            return None;
        }
        let pipeline = self.one_row(scope, kind)?;
        let bound = pipeline.bound;
        Some(Tree::value(kind, "(\n{})", vec![pipeline]).bounded(bound))
    }

    /// An aggregate over the rows of the group.
    pub(super) fn aggregate(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        let mut rows = (**scope.rows.as_ref()?).clone();
        rows.rows = None;
        rows.plain = true;
        self.aggregate_over(&rows, kind)
            // `max((from …))` is an aggregate over that pipeline's rows, and no value of the group's rows.
            .filter(|made| {
                !made
                    .parts
                    .iter()
                    .any(|part| part.to_string().starts_with("(\nfrom"))
            })
    }

    fn aggregate_over(&mut self, rows: &Scope, kind: Kind) -> Option<Tree> {
        if !self.spend() {
            return (kind == Kind::Int).then(|| Tree::value(kind, "count()", Vec::new()));
        }
        if self.dice.chance(15)
            && let Some(made) = self.gathered(rows, kind)
        {
            return Some(made);
        }
        let made = match (kind, self.dice.below(6)) {
            (Kind::Int, 0) => Tree::value(kind, "count()", Vec::new()).bounded(1e6),
            (Kind::Int, 1) => {
                let condition = self.value(rows, Kind::Bool);
                Tree::value(kind, "count(where {})", vec![condition]).bounded(1e6)
            }
            (Kind::Int, 2) => {
                let of = self.exact_kind();
                let value = self.value(rows, of);
                // MySQL counts a null that is bound as a value where it counts different ones.
                let distinct = if self.dice.chance(60) && !value.to_string().starts_with('$') {
                    "distinct "
                } else {
                    ""
                };
                Tree::value(kind, format!("count({distinct}{{}})"), vec![value]).bounded(1e6)
            }
            (Kind::Bool, _) => {
                let function = *self.dice.pick(&["every", "some"]);
                let value = self.value(rows, kind);
                Tree::value(kind, format!("{function}({{}})"), vec![value])
            }
            (Kind::Approximate, _) => {
                let of = *self.dice.pick(&[Kind::Int, Kind::Float]);
                let function = *self
                    .dice
                    .pick(&["avg", "stddev_samp", "var_pop", "stddev_pop"]);
                let value = self.value(rows, of);
                let bound = value.bound * value.bound;
                Tree::value(kind, format!("{function}({{}})"), vec![value]).bounded(bound)
            }
            (Kind::Int | Kind::Decimal, 3) => {
                let value = self.value(rows, kind);
                let bound = value.bound * 1e6;
                if bound > LARGEST {
                    return None;
                }
                let (condition, parts) = self.filter(rows, value);
                Tree::value(kind, format!("sum({{}}{condition})"), parts).bounded(bound)
            }
            (Kind::Uuid | Kind::Json, _) => return None,
            _ => {
                let function = *self.dice.pick(&["min", "max"]);
                let value = self.value(rows, kind);
                let bound = value.bound;
                let (condition, parts) = self.filter(rows, value);
                Tree::value(kind, format!("{function}({{}}{condition})"), parts).bounded(bound)
            }
        };
        Some(made)
    }

    /// Perhaps a condition behind an aggregate's argument.
    pub(super) fn filter(&mut self, rows: &Scope, value: Tree) -> (&'static str, Vec<Tree>) {
        if self.dice.chance(30) {
            let condition = self.value(rows, Kind::Bool);
            (" where {}", vec![value, condition])
        } else {
            ("", vec![value])
        }
    }

    /// An operator with its operands.
    fn operation(&mut self, scope: &Scope, kind: Kind) -> Option<Tree> {
        match kind {
            Kind::Bool => self.condition(scope),
            Kind::Int => self.whole(scope),
            Kind::Float => {
                if self.dice.chance(30) {
                    let a = self.value(scope, Kind::Int);
                    let b = self.divisor(scope, Kind::Int);
                    let bound = a.bound;
                    return Some(Tree::value(kind, "({} / {})", vec![a, b]).bounded(bound));
                }
                self.sum_or_product(scope, kind, 1e15)
            }
            Kind::Approximate => self.sum_or_product(scope, kind, 1e100),
            Kind::Decimal => {
                if self.dice.chance(25) {
                    let (a, b) = (self.value(scope, kind), self.divisor(scope, kind));
                    let bound = a.bound * 1000.0;
                    return Some(Tree::value(kind, "({} / {})", vec![a, b]).bounded(bound));
                }
                self.sum_or_product(scope, kind, 1e9)
            }
            Kind::Text => self.text(scope),
            Kind::Date => {
                let step = *self.dice.pick(&[
                    "1 day",
                    "30 days",
                    "1 month",
                    "11 months",
                    "1 year",
                    "2 weeks",
                ]);
                let sign = *self.dice.pick(&["+", "-"]);
                let date = self.value(scope, kind);
                Some(Tree::value(
                    kind,
                    format!("({{}} {sign} {step})"),
                    vec![date],
                ))
            }
            Kind::DateTime => {
                let step =
                    *self
                        .dice
                        .pick(&["1 day", "90 minutes", "1 month", "1 microsecond", "1 year"]);
                let sign = *self.dice.pick(&["+", "-"]);
                let moment = self.value(scope, kind);
                Some(Tree::value(
                    kind,
                    format!("({{}} {sign} {step})"),
                    vec![moment],
                ))
            }
            Kind::Duration => {
                let of = *self
                    .dice
                    .pick(&[Kind::Date, Kind::DateTime, Kind::Duration]);
                let (a, b) = (self.value(scope, of), self.value(scope, of));
                Some(Tree::value(kind, "({} - {})", vec![a, b]))
            }
            Kind::Time | Kind::Uuid => None,
            Kind::Json => self.json(scope),
        }
    }

    fn sum_or_product(&mut self, scope: &Scope, kind: Kind, most: f64) -> Option<Tree> {
        let a = self.value(scope, kind);
        if self.dice.chance(10) {
            let bound = a.bound;
            return Some(Tree::value(kind, "(-{})", vec![a]).bounded(bound));
        }
        let b = self.value(scope, kind);
        let (sign, bound) = match self.dice.below(3) {
            0 => ("*", a.bound * b.bound),
            1 => ("-", a.bound + b.bound),
            _ => ("+", a.bound + b.bound),
        };
        (bound < most)
            .then(|| Tree::value(kind, format!("({{}} {sign} {{}})"), vec![a, b]).bounded(bound))
    }

    /// Any value but a literal zero, which the checker refuses.
    pub(super) fn divisor(&mut self, scope: &Scope, kind: Kind) -> Tree {
        let value = self.value(scope, kind);
        if value
            .to_string()
            .chars()
            .all(|c| matches!(c, '0' | '.' | 'e'))
        {
            let two = match kind {
                Kind::Int => "2",
                Kind::Float | Kind::Approximate => "2e0",
                _ => "2.0",
            };
            return Tree::value(kind, two, Vec::new());
        }
        value
    }

    fn whole(&mut self, scope: &Scope) -> Option<Tree> {
        let kind = Kind::Int;
        match self.dice.below(8) {
            0 => {
                let (a, b) = (self.value(scope, kind), self.divisor(scope, kind));
                let bound = a.bound;
                Some(Tree::value(kind, "({} // {})", vec![a, b]).bounded(bound))
            }
            1 => {
                let (a, b) = (self.value(scope, kind), self.divisor(scope, kind));
                let bound = b.bound;
                Some(Tree::value(kind, "({} % {})", vec![a, b]).bounded(bound))
            }
            2 => {
                let value = self.value(scope, Kind::Bool);
                Some(Tree::value(kind, "iif({}, 1, 0)", vec![value]).bounded(1.0))
            }
            _ => self.sum_or_product(scope, kind, LARGEST),
        }
    }

    fn text(&mut self, scope: &Scope) -> Option<Tree> {
        let kind = Kind::Text;
        if self.dice.chance(30) {
            let of =
                *self
                    .dice
                    .pick(&[Kind::Int, Kind::Decimal, Kind::Bool, Kind::Date, Kind::Uuid]);
            let value = self.value(scope, of);
            return Some(
                Tree::value(
                    kind,
                    "{}::text",
                    vec![Tree::new(Sort::Fixed, "({})", vec![value])],
                )
                .bounded(40.0),
            );
        }
        let (a, b) = (self.value(scope, kind), self.value(scope, kind));
        let bound = a.bound + b.bound;
        (bound < 1e5).then(|| Tree::value(kind, "({} || {})", vec![a, b]).bounded(bound))
    }

    fn condition(&mut self, scope: &Scope) -> Option<Tree> {
        let kind = Kind::Bool;
        Some(match self.dice.below(12) {
            0..=2 => {
                let operator = *self.dice.pick(&["and", "and", "or", "or", "xor"]);
                let (a, b) = (self.value(scope, kind), self.value(scope, kind));
                Tree::value(kind, format!("({{}} {operator} {{}})"), vec![a, b])
            }
            3 => {
                let value = self.value(scope, kind);
                Tree::value(kind, "(not {})", vec![value])
            }
            4 => {
                let of = self.exact_kind();
                let value = self.value(scope, of);
                let test = *self.dice.pick(&["is null", "is not null"]);
                Tree::value(kind, format!("({{}} {test})"), vec![value])
            }
            5 => {
                let value = self.value(scope, kind);
                let test = *self
                    .dice
                    .pick(&["is true", "is not true", "is false", "is not false"]);
                Tree::value(kind, format!("({{}} {test})"), vec![value])
            }
            6 => self.membership(scope)?,
            7 => {
                let lookup = *self.dice.pick(&[
                    "contains",
                    "icontains",
                    "startswith",
                    "istartswith",
                    "endswith",
                    "iendswith",
                    "iexact",
                    "like",
                    "ilike",
                    "regex",
                    "iregex",
                ]);
                let not = if self.dice.chance(25) { "not " } else { "" };
                let value = self.value(scope, Kind::Text);
                let pattern = if lookup.ends_with("like") {
                    let pattern = *self.dice.pick(&[
                        "'a%'", "'%b'", "'_'", "'%'", "''", "'a_b'", "'x%y'", "'%\\%'",
                    ]);
                    Tree::value(Kind::Text, pattern, Vec::new())
                } else if lookup.ends_with("regex") {
                    let pattern = *self.dice.pick(&[
                        "'^a'", "'b$'", "'[ab]'", "'a.*b'", "'^.$'", "'x[%_]y'", "'é|b'",
                    ]);
                    Tree::value(Kind::Text, pattern, Vec::new())
                } else {
                    self.value(scope, Kind::Text)
                };
                Tree::value(
                    kind,
                    format!("({{}} {not}{lookup} {{}})"),
                    vec![value, pattern],
                )
            }
            8 => {
                let of = self.ordered_kind();
                let not = if self.dice.chance(25) { "not " } else { "" };
                let parts = (0..3).map(|_| self.value(scope, of)).collect();
                Tree::value(kind, format!("({{}} {not}between {{}} and {{}})"), parts)
            }
            _ => {
                let of = self.exact_kind();
                let operators: &[&str] = if matches!(of, Kind::Bool | Kind::Uuid) {
                    &["=", "!=", "is distinct from", "is not distinct from"]
                } else {
                    &[
                        "=",
                        "!=",
                        "<",
                        "<=",
                        ">",
                        ">=",
                        "is distinct from",
                        "is not distinct from",
                    ]
                };
                if self.dice.chance(15) {
                    return self.row_comparison(scope);
                }
                let operator = *self.dice.pick(operators);
                let (a, b) = (self.value(scope, of), self.value(scope, of));
                Tree::value(kind, format!("({{}} {operator} {{}})"), vec![a, b])
            }
        })
    }

    /// `(a, b) > (c, d)`.
    fn row_comparison(&mut self, scope: &Scope) -> Option<Tree> {
        let (a, b) = (self.ordered_kind(), self.ordered_kind());
        let operator = *self.dice.pick(&["=", "!=", "<", "<=", ">", ">="]);
        let parts = [a, b, a, b].map(|kind| self.value(scope, kind));
        Some(Tree::value(
            Kind::Bool,
            format!("(({{}}, {{}}) {operator} ({{}}, {{}}))"),
            parts.into(),
        ))
    }

    fn ordered_kind(&mut self) -> Kind {
        loop {
            let kind = self.exact_kind();
            if !matches!(kind, Kind::Bool | Kind::Uuid) {
                return kind;
            }
        }
    }

    fn membership(&mut self, scope: &Scope) -> Option<Tree> {
        let of = self.exact_kind();
        let not = if self.dice.chance(40) { "not " } else { "" };
        let value = self.value(scope, of);
        let kind = Kind::Bool;
        if scope.level < 2 && self.dice.chance(40) && self.spend() {
            if self.dice.chance(25) {
                let other = self.exact_kind();
                let second = self.value(scope, other);
                let made = self.pipeline(&scope.around(), Some(&[of, other]), false);
                let parts = vec![value, second, made.tree];
                return Some(Tree::value(
                    kind,
                    format!("(({{}}, {{}}) {not}in (\n{{}}))"),
                    parts,
                ));
            }
            let made = self.pipeline(&scope.around(), Some(&[of]), false);
            return Some(Tree::value(
                kind,
                format!("({{}} {not}in (\n{{}}))"),
                vec![value, made.tree],
            ));
        }
        if !self.bare && self.dice.chance(20) {
            return Some(self.among_bound(value, of, not));
        }
        let items = (0..self.dice.between(1, 3))
            .map(|_| self.value(scope, of))
            .collect();
        Some(Tree::value(
            kind,
            format!("({{}} {not}in ({{}}))"),
            vec![value, Tree::list(items)],
        ))
    }
}
