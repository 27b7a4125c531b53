-- steps_from_a_window
SELECT id, (SELECT max(o.pub_date) FROM blog_entry o WHERE o.id <= e.id AND o.status = e.status) + interval '1 month' + interval '1 microsecond'
           + interval '1 month' + interval '1 microsecond' AS later
FROM blog_entry e WHERE id <= 12 ORDER BY later NULLS FIRST, id
-- steps_from_an_aggregate
SELECT status, max(pub_date) + interval '1 month' + interval '1 microsecond' + interval '1 month' + interval '1 microsecond',
       count(*) OVER (ORDER BY min(pub_date) + interval '1 month' + interval '1 microsecond' + interval '1 month' + interval '1 microsecond')
FROM blog_entry GROUP BY status ORDER BY status
-- many_steps
SELECT id, pub_date + interval '1 month' + interval '1 microsecond' + interval '1 month' + interval '1 microsecond' + interval '1 month'
           + interval '1 microsecond' + interval '1 month'
FROM blog_entry
WHERE id <= 12 AND pub_date + interval '1 month' + interval '1 microsecond' + interval '1 month' + interval '1 microsecond' + interval '1 month' > '2020-01-01T00:00:00Z'
ORDER BY id
