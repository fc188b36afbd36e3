import type { Operations } from '../../../../application/kernel/ports/operations';
import type { AskDatabase } from '../../../database/postgres/ask-database';

type Hits = { readonly count: number; readonly oldest: string | null };

const statements = {
  claim: { name: 'tichet-claim-place', text: 'SELECT tichet.claim_email_place($1, $2, $3) AS claimed' },
  release: { name: 'tichet-release-place', text: 'DELETE FROM tichet.email_cap WHERE ticket_id = $1' },
  count: { name: 'tichet-count-hit', text: 'SELECT count, oldest FROM tichet.count_hit($1, $2, $3)' },
  look: {
    name: 'tichet-look-at-hits',
    text: 'SELECT count(*)::integer AS count, min(at) AS oldest FROM tichet.throttle WHERE tag = $1 AND at >= $2',
  },
};

/** Places under a tag; the table has the name of what they were first for (A24). */
export const postgresPlaces = (database: AskDatabase): Operations['places'] => ({
  claim: async (tag, ticketId, limit) => {
    const { rows } = await database.write<{ readonly claimed: boolean }>(statements.claim, tag, ticketId, limit);
    return rows[0]?.claimed ?? false;
  },
  release: async (ticketId) => {
    await database.write(statements.release, ticketId);
  },
});

/** Hits by tag within a sliding window. */
export const postgresThrottle = (database: AskDatabase): Operations['throttle'] => ({
  hits: async (tag, at, since, count) => {
    const { rows } = count
      ? await database.write<Hits>(statements.count, tag, at, since)
      : await database.read<Hits>(statements.look, tag, since);
    const [row] = rows;
    return { count: row?.count ?? 0, ...(typeof row?.oldest === 'string' && { oldest: row.oldest }) };
  },
});
