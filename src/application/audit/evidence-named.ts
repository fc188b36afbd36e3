import type { Instant } from '../../domain/kernel/fact';
import type { EvidenceRow } from '../../domain/audit/evidence';
import type { Ports } from '../kernel/ports/ports';
import { gatherEvidence } from './audit-ticket';

/** An event of another stream that a verdict points at. */
export type OtherEvent =
  | {
      readonly of: 'request' | 'staff' | 'calendar';
      /** the name of its stream */
      readonly stream: string;
      readonly type: string;
      readonly recordedAt: Instant;
    }
  /** the fact of another ticket that put its meeting there */
  | { readonly of: 'ticket'; readonly ticketId: string };

const eventsIn = (key: string, row: EvidenceRow): readonly (readonly [id: string, event: OtherEvent])[] => {
  if (row.kind === 'ticket') return [];
  if (row.kind === 'meetings') return row.meetings.map(({ eventId, ticketId }) => [eventId, { of: 'ticket', ticketId }]);
  return row.events.map(({ id, fact, recordedAt }) => [id, { of: row.kind, stream: key, type: fact.type, recordedAt }]);
};

/** The events of other streams that a judgement of this ticket looks at, by their ids. */
export const evidenceNamed =
  (ports: Pick<Ports, 'readModels'>) =>
  async (ticketId: string): Promise<ReadonlyMap<string, OtherEvent>> =>
    new Map([...(await gatherEvidence(ports, ticketId))].flatMap(([key, row]) => eventsIn(key, row)));
