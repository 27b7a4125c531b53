-- replaced
select name, regexp_replace(text, '[a-zÄ]', '-', 'g'), case name when 'plain' then 'Ä$1\0&fel & Öl' when 'greatest' then E'$1\\0&\n\ttab 😀' else text end, regexp_replace(name, '^(.)', 'X'), case name when 'plain' then 5 when 'least' then 0 when 'greatest' then 5 end, case name when 'nulls' then 1 when 'plain' then 1 when 'least' then 1 when 'greatest' then 0 end, name from typed_everything order by id
-- replaced_by
select name, replace(replace(name, 'll', 'l'), 'l', '$\1&'), case when text is not null then replace(replace(name, 'll', 'l'), 'l', text) end from typed_everything order by id
-- collated
select series, label from typed_sample where label = 'a' or label > 'u' collate "C" order by label collate "C", id
