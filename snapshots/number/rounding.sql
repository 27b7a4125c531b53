-- of_decimals
select id, score, round(score), round(score, 1), trunc(score), ceil(score), floor(score) from blog_entry where score is not null order by id
-- of_floats
select 3::float8, -3::float8, 4::float8, 1::float8, -1::float8, 2::float8, -2::float8
-- of_integers
select 5, -1, 1, 7
