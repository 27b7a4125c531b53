-- the_others
select id,
  sum(word_count) over (order by id rows between 2 preceding and 2 following exclude current row),
  count(*) over (partition by author_id order by id rows between unbounded preceding and unbounded following exclude current row),
  min(rating) over (order by id rows between 1 preceding and 1 following exclude current row),
  max(score) over (partition by status order by id rows between 3 preceding and current row exclude current row),
  coalesce(bool_and(rating > 2) over (order by id rows between current row and 2 following exclude current row), true),
  coalesce(bool_or(rating > 4) filter (where word_count > 100) over (order by id rows between 2 preceding and 1 following exclude current row), false),
  null::bigint,
  count(rating) over (order by id rows between 3 following and 5 following exclude current row)
from blog_entry order by id
-- other_groups
select id,
  count(*) over (order by rating groups between 1 preceding and 1 following exclude group),
  sum(word_count) over (partition by status order by rating groups between unbounded preceding and current row exclude group),
  max(id) over (order by rating groups between unbounded preceding and unbounded following exclude group),
  count(*) over (order by rating groups between 1 preceding and 1 following exclude ties),
  sum(rating) over (order by rating groups between 1 following and 2 following exclude ties)
from blog_entry order by id
