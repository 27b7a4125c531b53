//! Random queries over the blog with guards in them, and what they are for given parameters: without the clauses
//! whose guards do not hold.

/// The parameters: three that may be left out, and one of three values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    /// `n?: int`.
    pub(crate) n: Option<i64>,
    /// `q?: text`.
    pub(crate) q: Option<&'static str>,
    /// `r?: int?`: given or not, and null or not.
    pub(crate) r: Option<Option<i64>>,
    /// `mode: 'a' | 'b' | 'c'`.
    pub(crate) mode: &'static str,
}

impl Given {
    /// Every combination of given and left out.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for n in [None, Some(2)] {
            for q in [None, Some("a")] {
                for r in [None, Some(None), Some(Some(1))] {
                    for mode in ["a", "b", "c"] {
                        all.push(Self { n, q, r, mode });
                    }
                }
            }
        }
        all
    }
}

/// A guard.
#[derive(Debug, Clone)]
enum When {
    N,
    Q,
    R,
    Mode(&'static str),
    Big,
    Low,
    Not(Box<When>),
    And(Box<When>, Box<When>),
    Or(Box<When>, Box<When>),
}

impl When {
    fn text(&self) -> String {
        match self {
            When::N => "$n".into(),
            When::Q => "$q".into(),
            When::R => "$r".into(),
            When::Mode(mode) => format!("$mode = '{mode}'"),
            When::Big => "$n > 1".into(),
            When::Low => "$r < 1".into(),
            When::Not(of) => format!("not ({})", of.text()),
            When::And(a, b) => format!("({}) and ({})", a.text(), b.text()),
            When::Or(a, b) => format!("({}) or ({})", a.text(), b.text()),
        }
    }

    /// SQL's three values.
    fn truth(&self, given: &Given) -> Option<bool> {
        match self {
            When::N => Some(given.n.is_some()),
            When::Q => Some(given.q.is_some()),
            When::R => Some(given.r.is_some()),
            When::Mode(mode) => Some(given.mode == *mode),
            When::Big => given.n.map(|n| n > 1),
            When::Low => given.r.flatten().map(|r| r < 1),
            When::Not(of) => of.truth(given).map(|truth| !truth),
            When::And(a, b) => match (a.truth(given), b.truth(given)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            When::Or(a, b) => match (a.truth(given), b.truth(given)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

/// A piece of a query's text.
#[derive(Debug, Clone)]
enum Part {
    Text(String),
    /// A clause that may be left out.
    Clause(Vec<Part>, When),
}

/// A query.
#[derive(Debug)]
pub(crate) struct Drawn {
    parts: Vec<Part>,
    /// Whether it writes.
    pub(crate) writes: bool,
}

impl Drawn {
    /// With its guards.
    pub(crate) fn guarded(&self) -> String {
        let mut text = String::new();
        write(&self.parts, None, &mut text);
        format!("query drawn(n?: int, q?: text, r?: int?, mode: 'a' | 'b' | 'c') {{\n{text}\n}}\n")
    }

    /// Without the clauses that are left out for these parameters.
    pub(crate) fn plain(&self, given: &Given) -> String {
        let mut text = String::new();
        write(&self.parts, Some(given), &mut text);
        let mark = |given: bool| if given { "" } else { "?" };
        let (n, q, r) = (
            mark(given.n.is_some()),
            mark(given.q.is_some()),
            mark(given.r.is_some()),
        );
        format!(
            "query drawn(n{n}: int, q{q}: text, r{r}: int?, mode: 'a' | 'b' | 'c') {{\n{text}\n}}\n"
        )
    }
}

fn write(parts: &[Part], given: Option<&Given>, text: &mut String) {
    for part in parts {
        match part {
            Part::Text(part) => text.push_str(part),
            Part::Clause(parts, when) => match given {
                None => {
                    write(parts, given, text);
                    text.push_str(&format!(" when {}", when.text()));
                }
                Some(given) if when.truth(given) == Some(true) => {
                    write(parts, Some(given), text);
                }
                Some(_) => {}
            },
        }
    }
}

/// A stream of numbers from a seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % count
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

/// A query in the making.
struct Draft<'d> {
    dice: &'d mut Dice,
    parts: Vec<Part>,
    /// Joins to many: the alias, its guard.
    many: Vec<(&'static str, Option<When>)>,
    /// The guard under which `ed` is joined.
    editor: Option<Option<When>>,
}

/// A random query.
pub(crate) fn draw(dice: &mut Dice) -> Drawn {
    let mut draft = Draft {
        dice,
        parts: Vec::new(),
        many: Vec::new(),
        editor: None,
    };
    let writes = draft.dice.one_in(5);
    if writes {
        draft.change();
    } else {
        draft.query();
    }
    Drawn {
        parts: draft.parts,
        writes,
    }
}

impl Draft<'_> {
    fn text(&mut self, text: &str) {
        self.parts.push(Part::Text(format!("{text}\n")));
    }

    /// A clause, mostly with a guard that implies `needs`.
    fn clause(&mut self, parts: Vec<Part>, needs: Option<When>) {
        let when = match needs {
            Some(needs) if self.dice.one_in(3) => {
                Some(When::And(Box::new(needs), Box::new(self.when())))
            }
            Some(needs) => Some(needs),
            None if self.dice.one_in(4) => None,
            None => Some(self.when()),
        };
        self.parts.push(match when {
            Some(when) => Part::Clause(parts, when),
            None => return self.plain(parts),
        });
        self.text("");
    }

    fn plain(&mut self, parts: Vec<Part>) {
        self.parts.extend(parts);
        self.text("");
    }

    fn when(&mut self) -> When {
        let atoms = [
            When::N,
            When::Q,
            When::R,
            When::Mode("a"),
            When::Mode("b"),
            When::Big,
            When::Low,
        ];
        let atom = self.dice.pick(&atoms);
        match self.dice.below(7) {
            0 => When::Not(Box::new(atom)),
            1 => When::And(Box::new(atom), Box::new(self.dice.pick(&atoms))),
            2 => When::Or(Box::new(atom), Box::new(self.dice.pick(&atoms))),
            _ => atom,
        }
    }

    fn query(&mut self) {
        let clauses = 1 + self.dice.below(5);
        if self.dice.one_in(5) {
            self.text("with picked as (\nfrom Entry as e");
            self.condition();
            self.text("order by e.id");
            self.page();
            self.text("select e.id, e.author\n)");
            self.text("from picked as p\njoin p.author.entries as e");
        } else {
            self.text("from Entry as e");
        }
        self.text("order by e.id");
        for _ in 0..clauses {
            match self.dice.below(8) {
                0 | 1 => self.join(),
                2 => self.order(),
                _ => self.condition(),
            }
        }
        self.total_order();
        if self.dice.one_in(2) {
            self.page();
            if self.dice.one_in(2) {
                self.condition();
                self.join();
                self.condition();
            }
        }
        match self.dice.below(9) {
            0 => self.groups(),
            1 => self.distinct(),
            2 => self.united(),
            3 => self.per(),
            4 => self.windows(),
            _ => self.rows(),
        }
    }

    /// So many rows for each key.
    fn per(&mut self) {
        self.total_order();
        let key = self
            .dice
            .pick(&["e.author", "e.status", "e.rating, e.author_id"]);
        self.clause(vec![Part::Text(format!("limit 2 per {key}"))], None);
        self.condition();
        if self.dice.one_in(2) {
            self.clause(
                vec![Part::Text("limit $n per e.editor".into())],
                Some(When::N),
            );
        }
        self.rows();
    }

    /// Rows that a window's value chooses.
    fn windows(&mut self) {
        self.total_order();
        self.text("let place = rank() over (partition by e.author order by e.id), best = max(e.rating) over (partition by e.status)");
        self.clause(vec![Part::Text("where place < 4".into())], None);
        self.clause(vec![Part::Text("where place > $n".into())], Some(When::N));
        self.condition();
        self.clause(
            vec![Part::Text("where best > 1 or best is null".into())],
            None,
        );
        self.total_order();
        if self.dice.one_in(2) {
            self.page();
        }
        self.text("select e.id, place, best");
    }

    /// A change of rows, of what is given alone.
    fn change(&mut self) {
        self.text("from Entry as e where e.id > 2");
        for _ in 0..1 + self.dice.below(3) {
            self.condition();
        }
        self.text("update { body = e.body");
        /// A value, and what its guard needs.
        type Value = (&'static str, Option<When>);
        let assignments: [(&str, Vec<Value>); 5] = [
            (
                "rating",
                vec![
                    ("$n", Some(When::N)),
                    ("$r", Some(When::R)),
                    ("e.word_count", None),
                ],
            ),
            (
                "title",
                vec![
                    ("$q", Some(When::Q)),
                    ("e.author.name", None),
                    ("e.slug || '!'", None),
                ],
            ),
            (
                "word_count",
                vec![("$n", Some(When::N)), ("e.word_count + 1", None)],
            ),
            ("status", vec![("'draft'", None), ("'archived'", None)]),
            ("editor", vec![("e.author", None), ("null", None)]),
        ];
        for (field, values) in assignments {
            if self.dice.one_in(3) {
                continue;
            }
            let (value, needs) = self.dice.pick(&values);
            self.clause(vec![Part::Text(format!(", {field} = {value}"))], needs);
        }
        self.text("}");
    }

    fn condition(&mut self) {
        let plain = [
            "e.status = 'published'",
            "e.author.name icontains 'a'",
            "e.editor.company.city is not null",
            "e.rating is null or e.rating > 0",
            "exists (e.tags where id < 6)",
            "count(e.comments) > 1",
            "e.author.company.name is null",
            "e.word_count > 100 or e.editor.name != 'x'",
            "e.id in (from Entry where rating > 1 order by id limit 40 select id)",
        ];
        let inner = |when: When, text: &str| Part::Clause(vec![Part::Text(text.into())], when);
        let text = |text: &str| Part::Text(text.to_owned());
        let (parts, needs) = match self.dice.below(10) {
            0 => (vec![text("where e.rating >= $n")], Some(When::N)),
            1 => (vec![text("where e.title icontains $q")], Some(When::Q)),
            2 => (
                vec![text("where e.rating is not distinct from $r")],
                Some(When::R),
            ),
            3 => (
                vec![
                    text("where exists (e.comments where id > 3"),
                    inner(When::Q, " where text icontains $q"),
                    text(")"),
                ],
                None,
            ),
            4 => (
                vec![
                    text("where e.id in (from Entry as x where x.rating > 0"),
                    inner(When::N, " where x.author_id > $n"),
                    text(" order by x.id limit 60"),
                    inner(When::N, " offset $n"),
                    text(" select x.id)"),
                ],
                None,
            ),
            5 if !self.many.is_empty() => {
                let (alias, when) = self.many[0].clone();
                (vec![Part::Text(format!("where {alias}.id > 2"))], when)
            }
            6 if self.editor.is_some() => {
                let when = self.editor.clone().flatten();
                (vec![text("where ed.company.name is not null")], when)
            }
            _ => {
                let condition = self.dice.pick(&plain);
                (vec![Part::Text(format!("where {condition}"))], None)
            }
        };
        self.clause(parts, needs);
    }

    fn join(&mut self) {
        let join = if self.dice.one_in(2) {
            "join"
        } else {
            "left join"
        };
        let on = if self.dice.one_in(2) {
            " on t.id < 6"
        } else {
            ""
        };
        let before = self.parts.len();
        match self.dice.below(3) {
            0 if !self.many.iter().any(|(alias, _)| *alias == "t") => {
                self.clause(vec![Part::Text(format!("{join} e.tags as t{on}"))], None);
                let guard = self.guard_at(before);
                self.many.push(("t", guard));
            }
            1 if !self.many.iter().any(|(alias, _)| *alias == "c") => {
                let text = format!("{join} e.comments as c on c.id > 2");
                self.clause(vec![Part::Text(text)], None);
                let guard = self.guard_at(before);
                self.many.push(("c", guard));
            }
            2 if self.editor.is_none() => {
                self.clause(vec![Part::Text(format!("{join} e.editor as ed"))], None);
                let guard = self.guard_at(before);
                self.editor = Some(guard);
            }
            _ => {}
        }
    }

    fn guard_at(&self, place: usize) -> Option<When> {
        match self.parts.get(place) {
            Some(Part::Clause(_, when)) => Some(when.clone()),
            _ => None,
        }
    }

    fn order(&mut self) {
        let key = self
            .dice
            .pick(&["e.rating desc", "e.author.id", "e.word_count", "e.status"]);
        self.clause(vec![Part::Text(format!("order by {key}, e.id"))], None);
    }

    /// An order that leaves nothing open, whatever is joined.
    fn total_order(&mut self) {
        self.text("order by e.id");
        if self.dice.one_in(2) {
            self.order();
        }
        let many = self.many.clone();
        let mut sets: Vec<(Vec<&str>, Vec<When>)> = vec![(Vec::new(), Vec::new())];
        for (alias, when) in many {
            let with = sets.clone().into_iter().map(|(mut aliases, mut whens)| {
                aliases.push(alias);
                whens.extend(when.clone());
                (aliases, whens)
            });
            let with: Vec<_> = with.collect();
            sets.extend(with);
        }
        for (aliases, whens) in sets.into_iter().skip(1) {
            let keys: String = aliases
                .iter()
                .map(|alias| format!(", {alias}.id"))
                .collect();
            let parts = vec![Part::Text(format!("order by e.id{keys}"))];
            match whens
                .into_iter()
                .reduce(|a, b| When::And(Box::new(a), Box::new(b)))
            {
                Some(when) => {
                    self.parts.push(Part::Clause(parts, when));
                    self.text("");
                }
                None => self.plain(parts),
            }
        }
    }

    fn page(&mut self) {
        let limit = match self.dice.below(4) {
            0 => (vec![Part::Text("limit $n".into())], Some(When::N)),
            _ => (vec![Part::Text("limit 12".into())], None),
        };
        let offset = match self.dice.below(3) {
            0 => (vec![Part::Text("offset $n".into())], Some(When::N)),
            _ => (vec![Part::Text("offset 3".into())], None),
        };
        match self.dice.below(4) {
            0 => self.clause(limit.0, limit.1),
            1 => self.clause(offset.0, offset.1),
            2 => {
                self.clause(limit.0, limit.1);
                self.clause(offset.0, offset.1);
            }
            _ => {
                self.clause(offset.0, offset.1);
                self.clause(limit.0, limit.1);
            }
        }
    }

    fn rows(&mut self) {
        self.total_order();
        if self.dice.one_in(3) {
            self.page();
        }
        if self.many.is_empty() && self.dice.one_in(2) {
            self.parts.push(Part::Text(
                "select e.id, e.author.name as author, (e.comments where id > 1".into(),
            ));
            let when = self.when();
            self.parts
                .push(Part::Clause(vec![Part::Text(" where id > 9".into())], when));
            self.parts.push(Part::Text(" order by id".into()));
            let when = self.when();
            self.parts.push(Part::Clause(
                vec![Part::Text(" order by id desc".into())],
                when,
            ));
            let when = self.when();
            self.parts
                .push(Part::Clause(vec![Part::Text(" limit 2".into())], when));
            if self.dice.one_in(2) {
                let when = self.when();
                self.parts
                    .push(Part::Clause(vec![Part::Text(" offset 1".into())], when));
            }
            self.text(") { id, text } as comments");
        } else {
            self.text("select e.id, e.rating");
        }
    }

    fn groups(&mut self) {
        self.text("group by e.author as a\nselect a.id, count() as n, max(e.rating) as best");
        let conditions = [
            "where n > 2",
            "where a.company.city is not null",
            "where max(e.word_count) > 200",
            "where best > 1 and a.name icontains 'a'",
        ];
        for _ in 0..1 + self.dice.below(3) {
            let condition = self.dice.pick(&conditions);
            self.clause(vec![Part::Text(condition.into())], None);
        }
        self.text("order by a.id");
        self.clause(vec![Part::Text("order by n desc, a.id".into())], None);
        self.clause(
            vec![Part::Text("order by a.company.name, a.id".into())],
            None,
        );
        if self.dice.one_in(2) {
            self.page();
        }
    }

    fn distinct(&mut self) {
        self.text("select e.author_id as author, e.status\ndistinct");
        self.clause(vec![Part::Text("where status != 'draft'".into())], None);
        self.text("order by author, status");
        self.clause(
            vec![Part::Text("order by status desc, author".into())],
            None,
        );
        if self.dice.one_in(2) {
            self.page();
        }
    }

    fn united(&mut self) {
        let operator = self
            .dice
            .pick(&["union", "union all", "except", "intersect"]);
        self.text("select e.id, e.status");
        self.parts
            .push(Part::Text(format!("{operator} (from Entry as o")));
        let when = self.when();
        self.parts.push(Part::Clause(
            vec![Part::Text(" where o.rating > 0".into())],
            when,
        ));
        self.parts.push(Part::Text(" order by o.id desc".into()));
        let when = self.when();
        self.parts
            .push(Part::Clause(vec![Part::Text(" limit 70".into())], when));
        self.text(" select o.id, o.status)");
        self.clause(vec![Part::Text("where id > 7".into())], None);
        self.text("order by id, status");
        if self.dice.one_in(2) {
            self.page();
        }
    }
}
