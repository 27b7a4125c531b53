-- pairs
select series, covar_pop(x, amount), covar_samp(x, amount), corr(x, amount), covar_pop(x, x) filter (where x > 1) from typed_sample where series <> 'large' group by series order by series
-- large_pairs
select 2/3::float, 1::float, 1::float, 2/3::float
-- places
select series, percentile_cont(0.5) within group (order by x), percentile_cont(0.5) within group (order by y), percentile_cont(0.5) within group (order by amount), percentile_cont(0.25) within group (order by x), percentile_cont(0.9) within group (order by amount), percentile_cont(0) within group (order by y),
 percentile_cont(1) within group (order by x), percentile_disc(0.5) within group (order by x), percentile_disc(0.3) within group (order by amount), percentile_disc(0.5) within group (order by label), percentile_disc(0) within group (order by x), percentile_disc(1) within group (order by x), percentile_cont(0.5) within group (order by x) filter (where y > 1)
from typed_sample group by series order by series
-- by_fraction
select series, percentile_cont(0.4) within group (order by x), percentile_disc(0.4) within group (order by x) from typed_sample group by series order by series
-- most_frequent
select series, mode() within group (order by x), mode() within group (order by y), mode() within group (order by amount), mode() within group (order by label), mode() within group (order by x) filter (where x > 1) from typed_sample group by series order by series
-- bits
select series, bit_and(flags), bit_or(flags), bit_xor(flags), bit_or(flags) filter (where x > 1), stddev_pop(x), stddev_samp(y), var_pop(amount), var_samp(x), series from typed_sample group by series order by series
-- combined
with g as (select series, percentile_cont(0.5) within group (order by x) as m, percentile_cont(0.25) within group (order by y) as q, covar_pop(x, place) as c, percentile_cont(0.5) within group (order by amount) as a, mode() within group (order by x) as o from typed_sample where series <> 'large' group by series)
select series, m * 2, 1 - m, 10 - q * 2, 2 / nullif(1 + c, 0), round(a::numeric, 1)::float, coalesce(o, 0) + 1 from g where m > 0 or o is null order by m desc nulls last, series
-- none
select null::float, null::float, null::float, null::text, null::int, null::bigint, null::jsonb, null::jsonb
-- gathered
select series, jsonb_agg(x order by place), jsonb_agg(y order by y desc nulls last, place), jsonb_agg(label order by place) filter (where x > 1), jsonb_agg(x > 1 order by place), jsonb_agg(jsonb_build_object('x', x, 'label', label) order by place desc), jsonb_object_agg(series || place, x), jsonb_object_agg(label, 1) filter (where series = 'even' and label is not null), jsonb_agg(amount order by place) from typed_sample group by series order by series
-- of_relations
select name, (select percentile_cont(0.5) within group (order by x) from typed_sample where series = 'odd'), (select mode() within group (order by label) from typed_sample where place < d.id), (select jsonb_agg(x order by place desc) from typed_sample where series = 'ties') from typed_document d where name in ('text', 'list') order by name
