-- dates
select id, joined + 1, joined - 30, joined + 14, (joined + interval '1 month')::date, (joined - interval '1 year')::date from blog_author order by id
-- moments
select id, pub_date + interval '1 hour', pub_date - interval '90 minutes', (pub_date at time zone 'UTC' + interval '1 month') at time zone 'UTC',
  (pub_date at time zone 'UTC' - interval '1 year') at time zone 'UTC', pub_date + interval '1 microsecond' from blog_entry where pub_date is not null order by id
-- ends_of_months
select date '2024-02-29', date '2023-02-28', date '2025-02-28', date '2024-02-29', date '2025-01-01', timestamptz '2025-01-01 00:00:00+00'
-- days
select id, date '2020-03-01' - joined, (joined - date '2020-01-01') * interval '1 day' from blog_author order by id
