-- How far each table is behind the log, what is parked, and up to which moment verdicts, duties and states are judged.
SELECT table_name, filled_at, behind_rows, behind_seconds, parked, source_parked, judged_until
FROM v2_freshness
ORDER BY table_name
