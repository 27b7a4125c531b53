-- rows
select series, place from typed_sample where (series, place) = ('odd', 2) or (place, x) in ((1, 5), (2, 20)) order by series
-- content_types
select 'typed', 'document', false
