-- rounded
select series, place, round(amount, 0), round(x, 0)::int, round(y::numeric, 0)::float from typed_sample where series in ('negative', 'even', 'nulls') order by id
-- rounded 2
select series, place, round(amount, 2), round(x, 2)::int, round(y::numeric, 2)::float from typed_sample where series in ('negative', 'even', 'nulls') order by id
-- rounded 3
select series, place, round(amount, -1), round(x, -1)::int, round(y::numeric, -1)::float from typed_sample where series in ('negative', 'even', 'nulls') order by id
