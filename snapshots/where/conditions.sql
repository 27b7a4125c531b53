-- both
select id from blog_entry where rating >= 0 and word_count > 100 order by id
-- either
select id, rating, status from blog_entry where rating = 5 or (rating = -5 and status = 'draft') order by id
-- exactly_one
select id from blog_entry where (rating > 0) <> (word_count > 100) order by id
-- between_bounds
select id from blog_entry where rating in (-1, 0, 1) and (word_count < 1 or word_count > 200) order by id
