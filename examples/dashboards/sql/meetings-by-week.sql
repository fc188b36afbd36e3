-- Meetings by department and week, of the 26 newest weeks that have any; those ahead of today are booked and not held yet.
-- One row a week and department, and one a week with the department 'all'. The same counts as in v2_weekly, of these weeks alone.
WITH by_department AS (
  SELECT week, department_code, count(*) AS tickets, count(*) FILTER (WHERE held) AS held,
    count(*) FILTER (WHERE held_online) AS held_online, count(*) FILTER (WHERE cancelled_by IS NOT NULL) AS cancelled
  FROM v2_tickets
  WHERE week >= (SELECT min(week) FROM (SELECT DISTINCT week FROM v2_tickets WHERE week IS NOT NULL ORDER BY week DESC LIMIT 26) AS newest)
  GROUP BY week, department_code
)
SELECT week, department_code, tickets, held, held_online, cancelled
FROM by_department
UNION ALL
SELECT week, 'all', CAST(sum(tickets) AS integer), CAST(sum(held) AS integer), CAST(sum(held_online) AS integer),
  CAST(sum(cancelled) AS integer)
FROM by_department
GROUP BY week
ORDER BY week, department_code
