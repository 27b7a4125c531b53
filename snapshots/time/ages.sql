-- ages
select name, extract(year from age(day, '2000-02-29'))::int, extract(year from age('2000-02-29', day))::int, extract(year from age(moment at time zone 'utc', '2000-02-29 23:59:59.123456'))::int, case when true then 2 end, 4, -2, extract(year from age(day::timestamp, moment at time zone 'utc'))::int from typed_everything order by id
