-- shape_of
select name, case jsonb_typeof(data) when 'array' then jsonb_array_length(data) when 'object' then (select count(*) from jsonb_object_keys(data)) end, case name when 'object' then 3 end,
 case jsonb_typeof(data) when 'object' then coalesce((select jsonb_agg(k) from jsonb_object_keys(data) k), '[]') end, coalesce((select jsonb_agg(k) from jsonb_object_keys(settings) k), '[]') from typed_document order by id
-- keys_of
select name, case when data is not null then jsonb_typeof(data) = 'object' and data ? 'a' end, case when data is not null then name = 'object' end, case when data is not null then false end, case when data is not null then name = 'keys' end, case when data is not null then name = 'keys' end,
 case name when 'object' then true when 'keys' then false when 'same' then false when 'same in another order' then false end, name in ('object', 'list', 'keys') from typed_document order by id
-- items_of
select name, case when data is not null then name = 'list' end, case when data is not null then name = 'list' end, case when data is not null then false end, case when data is not null then name = 'list' end, case when data is not null then name = 'list' end, case when data is not null then false end,
 case name when 'object' then true when 'keys' then false when 'same' then true when 'same in another order' then true end from typed_document order by id
-- by_word
select name, name = 'list' from typed_document where name in ('object', 'list', 'keys', 'same', 'same in another order') order by id
-- by_word 2
select name, false from typed_document where name in ('object', 'keys', 'same', 'same in another order') order by id
-- made
select name, jsonb_build_object('flag', flag, 'whole', whole, 'big', big, 'exact', exact, 'text', text, 'day', day::text, 'clock', clock::text, 'moment', to_char(moment at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS') || case when extract(microsecond from moment)::int % 1000000 = 0 then '' else to_char(moment at time zone 'utc', '.US') end, 'key', key, 'address', host(address), 'data', data, 'none', null),
 jsonb_build_array(flag, whole, text, data, jsonb_build_array(small), jsonb_build_object('a', 1)), '[]'::jsonb, '{}'::jsonb from typed_everything order by id
-- made_and_read
select name, flag, whole, ratio, text, day, moment, key, coalesce(jsonb_typeof(data), 'null') from typed_everything order by id
-- given
select '{"a": [1, 2, {"b": "x"}], "c": null}'::jsonb, 'x', 'null', '[{"a": [1, 2, {"b": "x"}], "c": null}]'::jsonb
