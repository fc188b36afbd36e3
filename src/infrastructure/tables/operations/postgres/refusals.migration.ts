import type { Migration } from '../../../database/postgres/migration';

/**
 * The journal of refused attempts. `entry` is `<subject> <command id>`: the same command about the same subject is one line.
 * The lock on the subject ends with the commit: two processes that note at once keep the bound.
 */
export const createRefusals: Migration = {
  name: 'refusals-1',
  sql: `
CREATE TABLE tichet.refusals (
  entry text COLLATE "C" PRIMARY KEY,
  subject text COLLATE "C" NOT NULL,
  command_id text NOT NULL,
  at text COLLATE "C" NOT NULL,
  command text NOT NULL,
  code text NOT NULL,
  article text,
  actor_kind text NOT NULL,
  actor_id text NOT NULL
);
CREATE INDEX refusals_subject ON tichet.refusals (subject, at);
CREATE INDEX refusals_at ON tichet.refusals (at);

CREATE FUNCTION tichet.note_refusal(
  of_entry text, of_subject text, of_command text, noted_at text, of_use_case text, with_code text, of_article text,
  by_kind text, by_id text, most integer
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- a line that a power cut takes is no fact: nobody waits for the disk
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(of_subject, 26));
  INSERT INTO tichet.refusals (entry, subject, command_id, at, command, code, article, actor_kind, actor_id)
    VALUES (of_entry, of_subject, of_command, noted_at, of_use_case, with_code, of_article, by_kind, by_id)
    ON CONFLICT (entry) DO NOTHING;
  DELETE FROM tichet.refusals r WHERE r.entry IN
    (SELECT o.entry FROM tichet.refusals o WHERE o.subject = of_subject ORDER BY o.at DESC, o.entry DESC OFFSET most);
END $$;
`,
};
