-- numbers
select name, case name when 'numbers' then 7 end, case name when 'numbers' then -3 end, null::int, case name when 'numbers' then 9007199254740993 end, case name when 'numbers' then 9223372036854775807 end,
 null::int, case name when 'numbers' then 2 end, null::bigint, case name when 'numbers' then 1e-7::float end, case name when 'numbers' then 1e20::float end, case name when 'numbers' then 19.99 end, case name when 'numbers' then 3 end, case name when 'numbers' then -3 end, case name when 'numbers' then 0.13 end, null::numeric,
 case name when 'object' then 9.99 end, case name when 'numbers' then 7.0 end, case name when 'numbers' then 1.5::float end
from typed_document where name in ('numbers', 'keys', 'strings', 'object') order by id
-- others
select name, case name when 'text' then 'plain text' when 'number text' then '12.50' end, case name when 'integer' then 42 end, case name when 'integer' then 42 when 'float' then 0.25 end, case name when 'true' then true when 'false' then false end,
 case name when 'object' then true end, null::bool, case name when 'object' then 'Kopfhörer' end from typed_document order by id
-- strings
select name, case name when 'strings' then '2024-02-29'::date end, null::date, case name when 'strings' then '12:30'::time end, case name when 'strings' then '2024-02-29 12:30:00+00'::timestamptz end, case name when 'strings' then '0dbd4b4c-5b5c-4c1e-9c6e-000000000001'::uuid end,
 null::int, case name when 'strings' then 12 end, case name when 'strings' then 'true' end, case name when 'strings' then '' end, case name when 'strings' then E'a "quoted" \\ back\tslash / é 😀' end, case name when 'strings' then 'null' end
from typed_document where name in ('strings', 'list') order by id
-- kinds
select name, jsonb_typeof(data), jsonb_typeof(data->'a'), jsonb_typeof(data->'none'), jsonb_typeof(data->'missing'), case when jsonb_typeof(data) = 'array' then jsonb_typeof(data->0) end, jsonb_typeof(data->3), case when jsonb_typeof(data) = 'array' then jsonb_typeof(data->-1) end from typed_document order by id
