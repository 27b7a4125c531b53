-- of_integers
select id, word_count / 7::float8, word_count / 7, word_count % 7 from blog_entry where id < 30 order by id
-- of_negatives
select -3.5::float8, -4, 2, -2, 3
-- by_zero
select id, 100 / nullif(rating, 0)::float8, floor(100 / nullif(rating, 0)::float8)::int, mod(mod(100, nullif(rating, 0)) + rating, nullif(rating, 0)) from blog_entry where id < 40 order by id
-- of_decimals
select id, round(score / 3, 10), round(score / nullif(word_count, 0), 10) from blog_entry where score is not null order by id
