-- Answered requests whose 30 days (Art. 2 b) end within ten days: how many, and how many of them have no ticket that is going on.
-- One row a number of days left and department, and one with the department 'all'; 0 is the last day.
WITH by_department AS (
  SELECT days_left, coalesce(department_code, '?') AS department_code, count(*) AS requests,
    count(*) FILTER (WHERE active_ticket_id IS NULL) AS without_ticket
  FROM v2_requests
  WHERE state = 'clarification' AND days_left BETWEEN 0 AND 10
  GROUP BY days_left, coalesce(department_code, '?')
)
SELECT days_left, department_code, requests, without_ticket
FROM by_department
UNION ALL
SELECT days_left, 'all', CAST(sum(requests) AS integer), CAST(sum(without_ticket) AS integer)
FROM by_department
GROUP BY days_left
ORDER BY days_left, department_code
