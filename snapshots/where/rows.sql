-- row_equals
select id from blog_entry where rating = 5 and word_count = 7 order by id
-- row_greater
select id, rating, word_count from blog_entry where rating > 3 or (rating = 3 and word_count > 120) order by id
-- row_at_most
select id, word_count from blog_entry where word_count < 1 or (word_count = 1 and id <= 30) order by id
