import { clockKey, evidenceKeysOf, type EvidenceRow } from '../../../domain/audit/evidence';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { tables } from '../ports/tables';

/**
 * What a judgement of this ticket rests on, by key. Rows name further rows: asked until nothing new is named.
 * @throws RowParked where some of it waits for a person
 */
export const gatherEvidence = async (
  { readModels }: { readonly readModels: Pick<ReadModels, 'get'> },
  ticketId: string,
): Promise<ReadonlyMap<string, EvidenceRow>> => {
  const rows = new Map<string, EvidenceRow>();
  const asked = new Set<string>();
  for (;;) {
    const keys = [...evidenceKeysOf(ticketId, (key) => rows.get(key)), clockKey].filter((key) => !asked.has(key));
    if (keys.length === 0) return rows;
    for (const key of keys) {
      asked.add(key);
      const row = await readModels.get<EvidenceRow>(tables.auditEvidence, key);
      if (row !== undefined) rows.set(key, row);
    }
  }
};
