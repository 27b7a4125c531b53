-- whole
select name, data, settings from typed_document order by id
-- steps
select name, nullif(data->'a','null'), nullif(data->'a'->'b','null'), data->'a'->'c'->0, data->'a'->'c'->2->'d', null::jsonb, null::jsonb from typed_document order by id
-- indexes
select name, case when jsonb_typeof(data) = 'array' then data->0 end, data->1, case when jsonb_typeof(data) = 'array' then data->-1 end, nullif(data->-3, 'null'), null::jsonb, null::jsonb, data->5->0, data->'0' from typed_document order by id
-- keys
select '"zero as a key"'::jsonb, '"nested"'::jsonb, '"empty key"'::jsonb, '"dot"'::jsonb, '"blank"'::jsonb, '"double quote"'::jsonb, '"single quote"'::jsonb, '"backslash"'::jsonb, '"cyrillic"'::jsonb, '"emoji"'::jsonb, '"dollar"'::jsonb, '"star"'::jsonb, '"bracket"'::jsonb, '"upper"'::jsonb, '"lower"'::jsonb, '7'::jsonb, null::jsonb
-- is_null
select name, name = 'null', true, name in ('object', 'keys', 'same', 'same in another order'), settings from typed_document order by id
-- by_position
select name, case name when 'list' then '1'::jsonb end, null::text from typed_document where name in ('list', 'object', 'empty list', 'text') order by id
-- by_position 2
select name, case name when 'list' then '3.5'::jsonb end, null::text from typed_document where name in ('list', 'object', 'empty list', 'text') order by id
-- by_position 3
select name, case name when 'list' then '{"a": 6}'::jsonb end, null::text from typed_document where name in ('list', 'object', 'empty list', 'text') order by id
-- by_position 4
select name, case name when 'list' then '1'::jsonb end, null::text from typed_document where name in ('list', 'object', 'empty list', 'text') order by id
-- by_position 5
select name, null::jsonb, null::text from typed_document where name in ('list', 'object', 'empty list', 'text') order by id
-- filtered
select name from typed_document where name in ('object', 'numbers') order by id
-- grouped
select jsonb_typeof(data), count(*) from typed_document group by 1 order by 1 nulls last
