-- Quarters of an hour that were offered, taken and used (A15, A16), of the 26 newest weeks that have meetings.
-- One row a week and department, and one a week with the department 'all'. More may be taken than offered where hours were closed later.
-- The same counts as in v2_capacity, of these weeks alone: SQLite would read all of that view.
WITH first_week AS (
  SELECT min(week) AS week FROM (SELECT DISTINCT week FROM v2_tickets WHERE week IS NOT NULL ORDER BY week DESC LIMIT 26) AS newest
), slots AS (
  SELECT week, department_code, slots AS offered, 0 AS booked, 0 AS held
  FROM v2_staff_days AS days
  WHERE week >= (SELECT week FROM first_week)
    AND week <= (SELECT max(week) FROM v2_tickets)
    AND (
      (working_by_law AND NOT EXISTS (SELECT 1 FROM v2_closures WHERE kind = 'bridge-day' AND from_date = days.date))
      OR EXISTS (SELECT 1 FROM v2_closures WHERE kind = 'working-day' AND from_date = days.date)
    )
    AND NOT EXISTS (
      SELECT 1 FROM v2_closures AS pause
      WHERE kind = 'pause'
        AND days.date BETWEEN from_date AND to_date
        AND (pause.department_code IS NULL OR pause.department_code = days.department_code)
    )
  UNION ALL
  SELECT week, department_code, 0, 1, CASE WHEN held THEN 1 ELSE 0 END
  FROM v2_tickets
  WHERE booked AND week >= (SELECT week FROM first_week)
), by_department AS (
  SELECT week, coalesce(department_code, '?') AS department_code, CAST(sum(offered) AS integer) AS offered,
    CAST(sum(booked) AS integer) AS booked, CAST(sum(held) AS integer) AS held
  FROM slots
  GROUP BY week, coalesce(department_code, '?')
), counted AS (
  SELECT week, department_code, offered, booked, held
  FROM by_department
  UNION ALL
  SELECT week, 'all', CAST(sum(offered) AS integer), CAST(sum(booked) AS integer), CAST(sum(held) AS integer)
  FROM by_department
  GROUP BY week
)
SELECT week, department_code, offered, booked, held, (2000 * booked + offered) / nullif(2 * offered, 0) / 10.0 AS share_booked
FROM counted
ORDER BY week, department_code
