import type { Migration } from '@tichet-albastru/event-log/database/migration';
import { createTable } from '@tichet-albastru/event-log/database/sql/table';
import { firstAttempts, firstSessions, firstThrottle } from '@tichet-albastru/event-log/operations/operation-tables';
import { openingsOfReferences, operationTables } from './operation-tables';

const { refusals, drafts, codes, people, tokens, openings, sessions, ...others } = operationTables;
const first = { ...others, attempts: firstAttempts, openings: openingsOfReferences, sessions: firstSessions, throttle: firstThrottle };
const inOrder: readonly (keyof typeof first)[] = [
  'idempotency',
  'verification',
  'email_cap',
  'throttle',
  'attempts',
  'outbox',
  'registers',
  'sessions',
  'openings',
];

/**
 * The functions take a lock on a tag until their commit, and look only then: each statement of a VOLATILE function sees what was
 * committed before it began. Without the lock, two processes could count first and then both take the last place.
 */
const functions = `
CREATE FUNCTION tichet.claim_email_place(of_tag text, of_ticket text, places integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(of_tag, 24));
  IF EXISTS (SELECT FROM tichet.email_cap c WHERE c.ticket_id = of_ticket AND c.tag = of_tag) THEN
    RETURN true;
  END IF;
  IF (SELECT count(*) FROM tichet.email_cap c WHERE c.tag = of_tag AND c.ticket_id <> of_ticket) >= places THEN
    RETURN false;
  END IF;
  INSERT INTO tichet.email_cap (ticket_id, tag) VALUES (of_ticket, of_tag)
    ON CONFLICT (ticket_id) DO UPDATE SET tag = excluded.tag;
  RETURN true;
END $$;

CREATE FUNCTION tichet.count_hit(of_tag text, hit_at text, since text) RETURNS TABLE (count integer, oldest text) LANGUAGE plpgsql AS $$
BEGIN
  -- a hit that a power cut takes may be made once more: nobody waits for the disk
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(of_tag, 25));
  DELETE FROM tichet.throttle t WHERE t.tag = of_tag AND t.at < since COLLATE "C";
  INSERT INTO tichet.throttle (tag, at) VALUES (of_tag, hit_at);
  RETURN QUERY SELECT count(*)::integer, min(t.at) FROM tichet.throttle t WHERE t.tag = of_tag AND t.at >= since COLLATE "C";
END $$`;

/** The lock on the subject ends with the commit: two processes that note at once keep the bound. */
const noteRefusal = `
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
END $$`;

export const createOperations: Migration = {
  name: 'operations-1',
  sql: [...inOrder.flatMap((name) => createTable('postgres', name, first[name])), functions].join(';\n'),
};

/** What people have typed into forms and not sent yet. */
export const createDrafts: Migration = { name: 'drafts-1', sql: createTable('postgres', 'drafts', drafts).join(';\n') };

/** An opening was of a reference, for any browser; now it is of one browser. People who await a code ask for a new one. */
export const openingsOfBrowsers: Migration = {
  name: 'openings-of-browsers-1',
  sql: ['DROP TABLE tichet.openings', ...createTable('postgres', 'openings', openings)].join(';\n'),
};

/** The journal of refused attempts. */
export const createRefusals: Migration = {
  name: 'refusals-1',
  sql: [...createTable('postgres', 'refusals', refusals), noteRefusal].join(';\n'),
};
