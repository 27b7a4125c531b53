//! The functions there are.

/// A scalar function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the catalogue documents each under its name")]
pub enum FunctionId {
    // text
    Lower,
    Upper,
    Length,
    Trim,
    LTrim,
    RTrim,
    /// `substr(text, start [, length])`, from 1.
    Substr,
    Replace,
    /// Nulls are left out; never null.
    Concat,
    /// `concat_ws(separator, …)`: nulls are left out.
    ConcatWs,
    Left,
    Right,
    /// Always with its third argument.
    LPad,
    /// Always with its third argument.
    RPad,
    Reverse,
    Repeat,
    /// `position(part, text)`: from 1, 0 where it is not.
    Position,
    SplitPart,
    Ascii,
    Chr,
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    /// `regexp_replace(text, pattern, by)`: every match; what it is replaced by is data.
    RegexpReplace,
    RegexpCount,
    /// `collate(text, 'name')`; `'exact'` is each database's own.
    Collate,
    ToChar,
    Initcap,
    // numbers
    Abs,
    Ceil,
    Floor,
    /// `round(x [, places])`.
    Round,
    Trunc,
    Sqrt,
    Cbrt,
    Power,
    Exp,
    Ln,
    /// `log(base, x)`.
    Log,
    Log10,
    /// As `%`: the divisor's sign, null for a divisor of zero.
    Mod,
    Sign,
    /// Null where any argument is.
    Greatest,
    /// Null where any argument is.
    Least,
    Pi,
    Degrees,
    Radians,
    Sin,
    Cos,
    Tan,
    Cot,
    Asin,
    Acos,
    Atan,
    Atan2,
    Random,
    // time
    Now,
    Today,
    /// `date(datetime)`.
    Date,
    /// `time(datetime)`.
    Time,
    /// `date_trunc('month', x)`: the unit is a text literal; a date stays a date.
    DateTrunc,
    Year,
    IsoYear,
    Quarter,
    Month,
    Week,
    Day,
    /// Sunday is 1, as Django's `week_day`.
    Weekday,
    /// Monday is 1.
    IsoWeekday,
    Hour,
    Minute,
    Second,
    MakeDate,
    MakeDatetime,
    /// Seconds since 1970, with microseconds: a float.
    Epoch,
    FromEpoch,
    DaysBetween,
    /// `age(later, earlier)`: whole years.
    Age,
    /// `at_zone(datetime, 'Europe/Paris')`.
    AtZone,
    /// `date + n days`: a date and an integer; a date.
    DateAddDays,
    /// `datetime + duration`.
    DateTimeAdd,
    /// `date + n months`.
    DateAddMonths,
    /// `datetime + n months`.
    DateTimeAddMonths,
    /// `date - date`: a duration.
    DateDifference,
    /// `datetime - datetime`: a duration.
    DateTimeDifference,
    // nulls and choice
    Coalesce,
    NullIf,
    // JSON
    /// `x['a'][0]`: the value, then a text or a whole number for each step; null where there is nothing, or JSON's
    /// null. No call writes it.
    JsonGet,
    /// As `JsonGet`, taken out as the call's type; null for a value of another kind. With no steps, the value itself.
    JsonTake,
    /// `json_type(x['a'])`: the value and its steps, as `JsonGet` has them.
    JsonType,
    JsonLength,
    JsonKeys,
    /// Of a JSON value and another, or a scalar.
    JsonContains,
    HasKey,
    /// Keys, which are text literals, and values by turns; the values are numbers, text, booleans or JSON.
    JsonObject,
    /// The values are numbers, text, booleans or JSON.
    JsonArray,
    // arrays, HStore and ranges; operators and literals write all but `has_key`
    /// `['a', 'b']` beside an array: an array of the call's type.
    ArrayMake,
    /// `x[0]` of an array: the first is at 0, a negative index counts from the end.
    ArrayGet,
    /// `x['key']` of an HStore.
    HStoreGet,
    /// `has_key(x, key)` of an HStore.
    HStoreHasKey,
    /// `x @> y`: of arrays, of HStores, of ranges, of a range and a value.
    Holds,
    /// `x <@ y`.
    HeldBy,
    /// `x && y`: of arrays, of ranges.
    Overlaps,
    /// `x -|- y`: of ranges.
    Adjacent,
    // search
    /// `search(document, words)`: a text, or a full-text document.
    Search,
    SearchRank,
    Similarity,
    Headline,
    // other
    UuidV4,
}

/// An aggregate function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the catalogue documents each under its name")]
pub enum AggregateId {
    Count,
    Sum,
    Avg,
    Min,
    Max,
    /// True over no rows; never null.
    Every,
    /// False over no rows; never null.
    Some,
    StringAgg,
    BitAnd,
    BitOr,
    BitXor,
    StddevPop,
    StddevSamp,
    VarPop,
    VarSamp,
    CovarPop,
    CovarSamp,
    Corr,
    /// `percentile_cont(value, 0.5)`.
    Median,
    /// The value, then the fraction, which is a literal or a parameter.
    PercentileCont,
    /// As `PercentileCont`.
    PercentileDisc,
    Mode,
    ArrayAgg,
    /// Of what JSON has a form for: numbers, text, truth values, JSON.
    JsonAgg,
    /// The key, then what `JsonAgg` takes.
    JsonObjectAgg,
    // The dependent value, then the independent one.
    RegrCount,
    RegrAvgX,
    RegrAvgY,
    RegrSxx,
    RegrSyy,
    RegrSxy,
    RegrSlope,
    RegrIntercept,
    RegrR2,
    AnyValue,
}

impl AggregateId {
    /// Whether what it gives depends on the order of its rows.
    #[must_use]
    pub fn keeps_order(self) -> bool {
        matches!(self, Self::StringAgg | Self::ArrayAgg | Self::JsonAgg)
    }
}

/// A function of a window: it sees the rows around its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the catalogue documents each under its name")]
pub enum WindowId {
    RowNumber,
    Rank,
    DenseRank,
    PercentRank,
    CumeDist,
    Ntile,
    /// `lag(value [, offset [, default]])`.
    Lag,
    /// `lead(value [, offset [, default]])`.
    Lead,
    FirstValue,
    LastValue,
    NthValue,
}

impl WindowId {
    /// Its name, which is SQL's on every database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RowNumber => "row_number",
            Self::Rank => "rank",
            Self::DenseRank => "dense_rank",
            Self::PercentRank => "percent_rank",
            Self::CumeDist => "cume_dist",
            Self::Ntile => "ntile",
            Self::Lag => "lag",
            Self::Lead => "lead",
            Self::FirstValue => "first_value",
            Self::LastValue => "last_value",
            Self::NthValue => "nth_value",
        }
    }

    /// Whether it looks at the rows of the frame, and not at the whole partition.
    #[must_use]
    pub fn has_frame(self) -> bool {
        matches!(self, Self::FirstValue | Self::LastValue | Self::NthValue)
    }

    /// Whether it only compares rows by their order, so that without one all rows are equal.
    #[must_use]
    pub fn compares(self) -> bool {
        matches!(
            self,
            Self::Rank | Self::DenseRank | Self::PercentRank | Self::CumeDist
        )
    }
}
